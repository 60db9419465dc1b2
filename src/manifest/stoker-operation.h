/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-scope.h"

G_BEGIN_DECLS

/* What an operation must be given. */
void stoker_operation_fill_payload (JsonNode *operation, StokerScope *scope);
gboolean
stoker_operation_check_parameters (JsonNode *operation, const StokerScope *scope, GError **error);
gboolean
stoker_operation_check_needs (JsonNode *operation, const StokerScope *scope, GError **error);

/* What a step is done for, and what it changes. */
JsonNode *stoker_step_list_elements (JsonNode *each, GPtrArray *answers, const StokerScope *scope);
gboolean stoker_step_set_values (JsonNode *step, StokerScope *scope, GError **error);
void stoker_step_put (JsonNode *step, StokerScope *scope);

G_END_DECLS
