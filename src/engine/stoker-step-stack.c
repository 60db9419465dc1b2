/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-step-stack.h"

#include "stoker-error.h"
#include "stoker-operation.h"
#include "stoker-value-rule.h"

#include <glib/gi18n-lib.h>

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
  GPtrArray *frames; /* owned, of Frame; empty: the operation is over */
  GError *refusal;   /* owned, nullable: of the element before */
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

static void
pop (StokerStepStack *self)
{
  g_ptr_array_set_size (self->frames, (int) self->frames->len - 1);
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
  g_clear_error (&self->refusal);
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
 * stoker_step_stack_advance:
 *
 * Goes to the step behind the one now, which is done.
 */
void
stoker_step_stack_advance (StokerStepStack *self)
{
  get_frame (self)->index++;
}

/* Elements */

static JsonNode *
get_each (const Frame *frame)
{
  return stoker_rule_get (frame->owner, "each");
}

static gboolean
wants_all (JsonNode *each)
{
  return g_strcmp0 (stoker_rule_get_text (each, "until"), "end") == 0;
}

static void
begin_element (StokerStepStack *self)
{
  Frame *frame = get_frame (self);

  frame->index = 0;
  stoker_scope_set (self->run->scope, stoker_rule_get_text (get_each (frame), "name"),
                    json_node_copy (stoker_rule_nth (frame->elements, frame->element)));
}

/* What was plainly refused for one is tried for the next. After the last the list is left, with the
 * refusal when none was taken. */
static gboolean
next_element (StokerStepStack *self, GError **error)
{
  Frame *frame = get_frame (self);
  gboolean is_fine = self->refusal == NULL || wants_all (get_each (frame));

  if (++frame->element < stoker_rule_count (frame->elements))
    {
      begin_element (self);
      return TRUE;
    }
  pop (self);
  if (!is_fine)
    return stoker_step_stack_fail (self, g_steal_pointer (&self->refusal), error);
  stoker_step_stack_advance (self);

  return TRUE;
}

static gboolean
begin_each (StokerStepStack *self, JsonNode *step, GError **error)
{
  JsonNode *each = stoker_rule_get (step, "each");
  JsonNode *inner = stoker_rule_get (step, "steps");
  g_autoptr (JsonNode)
    elements = stoker_step_list_elements (each, self->run->answers, self->run->scope);

  if (stoker_rule_count (elements) > 0)
    {
      push (self, inner != NULL ? inner : step, step)->elements = g_steal_pointer (&elements);
      begin_element (self);
      return TRUE;
    }
  if (!wants_all (each))
    return stoker_step_stack_fail (self,
                                   g_error_new (STOKER_ERROR, STOKER_ERROR_UNAVAILABLE,
                                                _ ("%s has nothing that fits right now"),
                                                stoker_scope_get_profile (self->run->scope)->name),
                                   error);
  stoker_step_stack_advance (self);

  return TRUE;
}

/* The last step of a list is done. */
static gboolean
end_list (StokerStepStack *self, GError **error)
{
  const Frame *frame = get_frame (self);
  gboolean is_undo = frame->is_undo;

  if (frame->elements != NULL && wants_all (get_each (frame)))
    return next_element (self, error);
  pop (self);
  if (is_undo)
    {
      stoker_scope_set (self->run->scope, "id", NULL);
      return next_element (self, error);
    }
  g_clear_error (&self->refusal);
  if (self->frames->len > 0)
    stoker_step_stack_advance (self);

  return TRUE;
}

/* Does what needs no request: passes over a step, sets values, begins or ends a list. */
static gboolean
go_on (StokerStepStack *self, JsonNode *step, GError **error)
{
  const Frame *frame = get_frame (self);
  StokerScope *scope = self->run->scope;
  GError *local_error = NULL;

  if (step == NULL)
    return end_list (self, error);
  if (stoker_rule_get (step, "each") != NULL && step != frame->owner)
    return begin_each (self, step, error);
  if (!stoker_step_set_values (step, scope, &local_error))
    return stoker_step_stack_fail (self, local_error, error);
  stoker_step_stack_advance (self);

  return TRUE;
}

/* The step now, or the next one whose conditions hold; NULL at the end of the innermost list. */
static JsonNode *
find_step (StokerStepStack *self)
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
 * stoker_step_stack_find_request:
 *
 * Returns: (transfer none) (nullable): the next step that sends something; %NULL at the end of the
 * operation, with @error set when it failed
 */
JsonNode *
stoker_step_stack_find_request (StokerStepStack *self, GError **error)
{
  while (self->frames->len > 0)
    {
      JsonNode *step = find_step (self);
      gboolean is_each = stoker_rule_get (step, "each") != NULL && step != get_frame (self)->owner;

      if (stoker_rule_get (step, "url") != NULL && !is_each)
        return step;
      if (!go_on (self, step, error))
        return NULL;
    }

  return NULL;
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

/* How many lists there are down to the innermost that may go on to another element; 0: none. */
static guint
find_way_on (const StokerStepStack *self, const GError *error)
{
  for (guint depth = self->frames->len; depth > 0; depth--)
    {
      const Frame *frame = g_ptr_array_index (self->frames, depth - 1);

      if (frame->is_undo)
        return 0;
      if (may_go_on (frame, error))
        return depth;
    }

  return 0;
}

/**
 * stoker_step_stack_fail:
 * @failure: (transfer full): what the step now failed with
 *
 * Passes over a step that may fail, or goes on to another element, with what cleans up before it.
 *
 * Returns: whether the operation goes on; else %FALSE with @error, the failure of all
 */
gboolean
stoker_step_stack_fail (StokerStepStack *self, GError *failure, GError **error)
{
  guint depth = find_way_on (self, failure);
  gboolean is_cancelled = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  gboolean is_optional = stoker_rule_get_flag (stoker_step_stack_get_step (self), "optional",
                                               FALSE);
  JsonNode *undo = NULL;

  if (is_optional && !is_cancelled)
    {
      g_debug ("an optional step failed: %s", failure->message);
      g_error_free (failure);
      stoker_step_stack_advance (self);
      return TRUE;
    }
  if (depth > 0)
    undo = stoker_rule_get (get_each (g_ptr_array_index (self->frames, depth - 1)), "undo");
  if (depth == 0 || (undo == NULL && stoker_run_has_left_something (self->run)))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  g_debug ("one of several was refused: %s", failure->message);
  g_ptr_array_set_size (self->frames, (int) depth);
  g_clear_error (&self->refusal);
  self->refusal = failure;
  if (undo == NULL)
    return next_element (self, error);
  push (self, undo, NULL)->is_undo = TRUE;

  return TRUE;
}
