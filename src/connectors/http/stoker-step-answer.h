/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-client.h"
#include "stoker-step-context.h"

G_BEGIN_DECLS

/* What came back for a step: the response and, when it can be read, its tree. */
gboolean stoker_step_answer_check (JsonNode *operation,
                                   JsonNode *step,
                                   StokerHttpResponse *response,
                                   JsonNode *answer,
                                   StokerStepContext *context,
                                   GError **error);
gboolean stoker_step_answer_is_rate_limit (JsonNode *operation,
                                           JsonNode *step,
                                           StokerHttpResponse *response,
                                           const StokerStepContext *context);
void stoker_step_judge_error (JsonNode *step, GError *error);
JsonNode *stoker_states_find (const StokerStepContext *context);
gboolean stoker_step_is_repeatable (JsonNode *step);
gboolean stoker_step_creates (JsonNode *step);

G_END_DECLS
