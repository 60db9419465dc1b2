/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-client.h"
#include "stoker-scope.h"

G_BEGIN_DECLS

/* Names in @scope are those of the manifest's templates. */
gboolean stoker_conditions_hold (JsonNode *when, const StokerScope *scope);
gboolean stoker_takes_apply (JsonNode *takes,
                             JsonNode *answer,
                             StokerHttpResponse *response,
                             StokerScope *scope,
                             GError **error);
JsonNode *stoker_paths_find (const StokerManifest *manifest, JsonNode *paths, JsonNode *answer);

G_END_DECLS
