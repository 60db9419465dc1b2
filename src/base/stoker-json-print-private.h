/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char *stoker_json_print (JsonNode *node, gboolean pretty);
void stoker_json_format_double (double value, char *buffer, int size);

G_END_DECLS
