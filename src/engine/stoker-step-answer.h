/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-client.h"
#include "stoker-scope.h"

G_BEGIN_DECLS

/* What came back for a step: the response and, when it can be read, its tree. */
gboolean stoker_step_answer_check (JsonNode *operation,
                                   JsonNode *step,
                                   StokerHttpResponse *response,
                                   JsonNode *answer,
                                   StokerScope *scope,
                                   GError **error);
gboolean stoker_step_answer_is_rate_limit (JsonNode *operation,
                                           JsonNode *step,
                                           StokerHttpResponse *response,
                                           const StokerScope *scope);
void stoker_step_judge_error (JsonNode *step, GError *error);
JsonNode *stoker_states_find (const StokerScope *scope);

G_END_DECLS
