/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-client.h"
#include "stoker-scope.h"

G_BEGIN_DECLS

/* A value that came out of an answer, as text; NULL for none. */
char *stoker_value_dup_text (JsonNode *value);
gboolean stoker_value_get_number (JsonNode *value, double *number);
JsonNode *stoker_value_from_number (double number);

/* Names in @scope are those of the manifest's templates. */
gboolean stoker_conditions_hold (JsonNode *when, const StokerScope *scope);
gboolean stoker_takes_apply (JsonNode *takes,
                             JsonNode *answer,
                             StokerHttpResponse *response,
                             StokerScope *scope,
                             GError **error);
JsonNode *stoker_paths_find (const StokerManifest *manifest, JsonNode *paths, JsonNode *answer);

/* The closed list of conversions. Seconds, fractions, GB and money (a decimal text) are what Stoker
 * works with. */
extern const char *const stoker_conversion_names[];

G_END_DECLS
