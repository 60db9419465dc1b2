/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "stoker-money.h"

G_BEGIN_DECLS

/* Writers that know how Stoker says "not told" in JSON: null, never 0 and never an empty text. */
void stoker_json_set_text (JsonObject *object, const char *name, const char *text);
void stoker_json_set_strings (JsonObject *object, const char *name, const char *const *strings);
void stoker_json_set_texts (JsonObject *object, const char *name, GPtrArray *texts);
void stoker_json_set_measure (JsonObject *object, const char *name, double value);
void stoker_json_set_count (JsonObject *object, const char *name, gint64 value);
void stoker_json_set_time (JsonObject *object, const char *name, gint64 time_us);
void stoker_json_set_money (JsonObject *object, const char *name, StokerMoney money);
void stoker_json_set_copy (JsonObject *object, const char *name, JsonNode *node);

G_END_DECLS
