/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-run.h"

G_BEGIN_DECLS

/**
 * StokerStepStack:
 *
 * Where an operation is: lists of steps, the innermost last. A list that a step with `each` began
 * is gone through once for each element; one of `undo` cleans up after an element that was refused.
 * Sends nothing: who does says how it ended.
 */
typedef struct _StokerStepStack StokerStepStack;

StokerStepStack *stoker_step_stack_new (StokerRun *run);
void stoker_step_stack_free (StokerStepStack *self);
JsonNode *stoker_step_stack_get_step (const StokerStepStack *self);
JsonNode *stoker_step_stack_find_request (StokerStepStack *self, GError **error);
void stoker_step_stack_advance (StokerStepStack *self);
gboolean stoker_step_stack_fail (StokerStepStack *self, GError *failure, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerStepStack, stoker_step_stack_free)

G_END_DECLS
