/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-manifest.h"
#include "stoker-step-context.h"

G_BEGIN_DECLS

/* What came back for a step: the response and, when it is JSON, its tree. */
gboolean stoker_step_answer_check (const StokerManifest *manifest,
                                   const StokerOperation *operation,
                                   const StokerStep *step,
                                   StokerHttpResponse *response,
                                   JsonNode *answer,
                                   const StokerStepContext *context,
                                   GError **error);
const StokerStateRule *stoker_states_find (GPtrArray *states, const StokerStepContext *context);

G_END_DECLS
