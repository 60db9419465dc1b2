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
 */
typedef struct _StokerStepStack StokerStepStack;

StokerStepStack *stoker_step_stack_new (StokerRun *run);
void stoker_step_stack_free (StokerStepStack *self);
JsonNode *stoker_step_stack_get_step (const StokerStepStack *self);
JsonNode *stoker_step_stack_find_step (StokerStepStack *self);
void stoker_step_stack_advance (StokerStepStack *self);

/* A step with `each`. */
gboolean stoker_step_stack_is_new_each (const StokerStepStack *self, JsonNode *step);
gboolean stoker_step_stack_begin_each (StokerStepStack *self, JsonNode *step);
gboolean stoker_step_stack_next_element (StokerStepStack *self);
gboolean stoker_step_stack_wants_all (const StokerStepStack *self);
gboolean stoker_step_stack_unwind (StokerStepStack *self, const GError *error);
JsonNode *stoker_step_stack_get_undo (const StokerStepStack *self);
void stoker_step_stack_begin_undo (StokerStepStack *self);
gboolean stoker_step_stack_is_undo (const StokerStepStack *self);
gboolean stoker_step_stack_pop (StokerStepStack *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerStepStack, stoker_step_stack_free)

G_END_DECLS
