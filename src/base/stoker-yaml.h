/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *stoker_yaml_parse (const char *text, gsize length, const char *name, GError **error);

G_END_DECLS
