/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-step-stack.h"

#include "stoker-error.h"
#include "stoker-value-rule.h"

typedef struct
{
  JsonNode *steps; /* borrowed */
  guint index;
  JsonNode *owner;    /* borrowed, nullable: the step with `each` that began it */
  JsonNode *elements; /* owned, nullable */
  guint element;
  gboolean is_undo;
} Frame;

struct _StokerStepStack
{
  StokerRun *run;    /* borrowed */
  GPtrArray *frames; /* owned, of Frame */
};

static void
frame_free (gpointer data)
{
  Frame *self = data;

  g_clear_pointer (&self->elements, json_node_unref);
  g_free (self);
}

static Frame *
get_frame (const StokerStepStack *self)
{
  return g_ptr_array_index (self->frames, self->frames->len - 1);
}

static Frame *
push (StokerStepStack *self, JsonNode *steps, JsonNode *owner)
{
  Frame *frame = g_new0 (Frame, 1);

  frame->steps = steps;
  frame->owner = owner;
  g_ptr_array_add (self->frames, frame);

  return frame;
}

/**
 * stoker_step_stack_new:
 * @run: must outlive it
 *
 * Returns: (transfer full): stands at the first step of the operation
 */
StokerStepStack *
stoker_step_stack_new (StokerRun *run)
{
  StokerStepStack *self = g_new0 (StokerStepStack, 1);

  self->run = run;
  self->frames = g_ptr_array_new_with_free_func (frame_free);
  push (self, stoker_rule_get (run->operation, "steps"), NULL);

  return self;
}

/**
 * stoker_step_stack_free:
 * @self: (transfer full): a stack
 */
void
stoker_step_stack_free (StokerStepStack *self)
{
  g_ptr_array_unref (self->frames);
  g_free (self);
}

/**
 * stoker_step_stack_get_step:
 *
 * Returns: (transfer none): the step now
 */
JsonNode *
stoker_step_stack_get_step (const StokerStepStack *self)
{
  const Frame *frame = get_frame (self);

  return stoker_rule_nth (frame->steps, frame->index);
}

/**
 * stoker_step_stack_find_step:
 *
 * Returns: (transfer none) (nullable): the step now or the next one whose conditions hold; %NULL at
 * the end of the innermost list
 */
JsonNode *
stoker_step_stack_find_step (StokerStepStack *self)
{
  Frame *frame = get_frame (self);

  for (; frame->index < stoker_rule_count (frame->steps); frame->index++)
    {
      JsonNode *step = stoker_step_stack_get_step (self);

      if (step == frame->owner ||
          stoker_conditions_hold (stoker_rule_get (step, "when"), self->run->scope))
        return step;
    }

  return NULL;
}

/**
 * stoker_step_stack_advance:
 *
 * Goes to the step behind the one now.
 */
void
stoker_step_stack_advance (StokerStepStack *self)
{
  get_frame (self)->index++;
}

/**
 * stoker_step_stack_is_new_each:
 *
 * Returns: whether @step has elements that are not being gone through yet
 */
gboolean
stoker_step_stack_is_new_each (const StokerStepStack *self, JsonNode *step)
{
  return stoker_rule_get (step, "each") != NULL && step != get_frame (self)->owner;
}

static JsonNode *
get_each (const Frame *frame)
{
  return stoker_rule_get (frame->owner, "each");
}

static void
begin_element (StokerStepStack *self, Frame *frame)
{
  frame->index = 0;
  stoker_scope_set (self->run->scope, stoker_rule_get_text (get_each (frame), "name"),
                    json_node_copy (stoker_rule_nth (frame->elements, frame->element)));
}

/**
 * stoker_step_stack_begin_each:
 *
 * Returns: whether there is a first element; it is the one at hand then
 */
gboolean
stoker_step_stack_begin_each (StokerStepStack *self, JsonNode *step)
{
  JsonNode *inner = stoker_rule_get (step, "steps");
  g_autoptr (JsonNode)
    elements = stoker_run_list_elements (self->run, stoker_rule_get (step, "each"));
  Frame *frame = NULL;

  if (stoker_rule_count (elements) == 0)
    return FALSE;
  frame = push (self, inner != NULL ? inner : step, step);
  frame->elements = g_steal_pointer (&elements);
  begin_element (self, frame);

  return TRUE;
}

/**
 * stoker_step_stack_next_element:
 *
 * Returns: whether there is another element; it is the one at hand then
 */
gboolean
stoker_step_stack_next_element (StokerStepStack *self)
{
  Frame *frame = get_frame (self);

  if (++frame->element >= stoker_rule_count (frame->elements))
    return FALSE;
  begin_element (self, frame);

  return TRUE;
}

/**
 * stoker_step_stack_wants_all:
 *
 * Returns: whether the innermost list is gone through for every element
 */
gboolean
stoker_step_stack_wants_all (const StokerStepStack *self)
{
  const char *until = stoker_rule_get_text (get_each (get_frame (self)), "until");

  return get_frame (self)->elements != NULL && g_strcmp0 (until, "end") == 0;
}

/* An answer that never came may have done what was asked, so nothing goes on after it. */
static gboolean
may_go_on (const Frame *frame, const GError *error)
{
  JsonNode *codes = stoker_rule_get (get_each (frame), "codes");

  if (frame->elements == NULL || error->domain != STOKER_ERROR ||
      error->code == STOKER_ERROR_UNCERTAIN)
    return FALSE;
  if (codes == NULL)
    return error->code == STOKER_ERROR_UNAVAILABLE || error->code == STOKER_ERROR_QUOTA;

  return stoker_rule_lists (codes, stoker_error_code_to_string (error->code));
}

/**
 * stoker_step_stack_unwind:
 * @error: what the step now failed with
 *
 * Leaves the lists inside of the innermost one that may go on to another element after @error.
 *
 * Returns: whether there is one; the stack is as it was when there is none
 */
gboolean
stoker_step_stack_unwind (StokerStepStack *self, const GError *error)
{
  for (guint i = self->frames->len; i > 0; i--)
    {
      const Frame *frame = g_ptr_array_index (self->frames, i - 1);

      if (frame->is_undo)
        return FALSE;
      if (!may_go_on (frame, error))
        continue;
      g_ptr_array_set_size (self->frames, (int) i);
      return TRUE;
    }

  return FALSE;
}

/**
 * stoker_step_stack_get_undo:
 *
 * Returns: (transfer none) (nullable): what is to be done after an element that was refused
 */
JsonNode *
stoker_step_stack_get_undo (const StokerStepStack *self)
{
  return stoker_rule_get (get_each (get_frame (self)), "undo");
}

/**
 * stoker_step_stack_begin_undo:
 *
 * Goes to the steps of stoker_step_stack_get_undo().
 */
void
stoker_step_stack_begin_undo (StokerStepStack *self)
{
  push (self, stoker_step_stack_get_undo (self), NULL)->is_undo = TRUE;
}

/**
 * stoker_step_stack_is_undo:
 *
 * Returns: whether the steps now clean up
 */
gboolean
stoker_step_stack_is_undo (const StokerStepStack *self)
{
  return get_frame (self)->is_undo;
}

/**
 * stoker_step_stack_pop:
 *
 * Leaves the innermost list.
 *
 * Returns: whether there is another around it
 */
gboolean
stoker_step_stack_pop (StokerStepStack *self)
{
  g_ptr_array_set_size (self->frames, (int) self->frames->len - 1);

  return self->frames->len > 0;
}
