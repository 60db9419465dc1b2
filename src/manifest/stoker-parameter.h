/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-estimate.h"
#include "stoker-scope.h"

G_BEGIN_DECLS

/* @parameters is the list of an operation or action, @values an object by their names. */
gboolean stoker_parameters_check (const StokerScope *scope,
                                  JsonNode *parameters,
                                  JsonNode *values,
                                  GError **error);
JsonNode *stoker_parameters_fill (const StokerScope *scope, JsonNode *parameters, JsonNode *values);
JsonNode *stoker_parameters_select (const StokerScope *scope, JsonNode *parameters);
GPtrArray *stoker_cost_itemise (JsonNode *cost, const StokerScope *scope);

G_END_DECLS
