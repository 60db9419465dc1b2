/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A value that came from outside, as text or number whatever it is there; NULL for none. */
char *stoker_value_dup_text (JsonNode *value);
gboolean stoker_value_get_number (JsonNode *value, double *number);
JsonNode *stoker_value_from_number (double number);
JsonNode *stoker_value_from_text (const char *text);
JsonNode *stoker_value_convert (JsonNode *value, const char *as);

G_END_DECLS
