/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-operation.h"
#include "stoker-run.h"
#include "stoker-step-request.h"
#include "stoker-value-rule.h"

#include <string.h>

/* Whether nothing that an answer may bring could change the conditions. */
static gboolean
is_certain (const StokerRun *self, JsonNode *conditions)
{
  static const char *const told[] = { "config", "job", "handle", "input", "described", NULL };
  StokerMembers at = stoker_members_of (conditions);

  while (stoker_members_next (&at))
    {
      g_autofree char *first = g_strndup (at.name, strcspn (at.name, "."));

      if (!g_strv_contains (told, first) && !g_hash_table_contains (self->scope->values, first))
        return FALSE;
    }

  return TRUE;
}

/* What a step takes that is passed over is known to be absent. */
static void
note_absent (StokerRun *self, JsonNode *step)
{
  StokerMembers takes = stoker_members_of (stoker_rule_get (step, "take"));

  while (stoker_members_next (&takes))
    if (!g_hash_table_contains (self->scope->values, takes.name))
      stoker_scope_set (self->scope, takes.name, json_node_new (JSON_NODE_NULL));
}

/* What a step takes would come with its answer: a placeholder stands for it. */
static void
note_awaited (StokerRun *self, JsonNode *step)
{
  StokerMembers takes = stoker_members_of (stoker_rule_get (step, "take"));

  while (stoker_members_next (&takes))
    stoker_scope_set (self->scope, takes.name, NULL);
}

static gboolean
rehearse_step (StokerRun *self, JsonNode *step, GPtrArray *rendered, GError **error)
{
  g_autoptr (StokerStepRequest) request = NULL;

  if (stoker_rule_get (step, "url") == NULL)
    return stoker_step_set_values (step, self->scope, error);
  request = stoker_step_request_new (step, NULL, self->scope, error);
  if (request == NULL)
    return FALSE;
  g_ptr_array_add (rendered, stoker_step_request_describe (request, self->scope));
  note_awaited (self, step);
  stoker_step_put (step, self->scope);

  return TRUE;
}

/* Of several elements the first is shown: with luck it is the only one. */
static void
take_first_element (StokerRun *self, JsonNode *each)
{
  g_autoptr (JsonNode)
    elements = each != NULL ? stoker_step_list_elements (each, self->answers, self->scope) : NULL;

  if (stoker_rule_count (elements) > 0)
    stoker_scope_set (self->scope, stoker_rule_get_text (each, "name"),
                      json_node_copy (stoker_rule_nth (elements, 0)));
}

static gboolean
rehearse_steps (StokerRun *self, JsonNode *steps, GPtrArray *rendered, GError **error)
{
  for (guint i = 0; i < stoker_rule_count (steps); i++)
    {
      JsonNode *step = stoker_rule_nth (steps, i);
      JsonNode *when = stoker_rule_get (step, "when");
      JsonNode *inner = stoker_rule_get (step, "steps");

      if (!stoker_conditions_hold (when, self->scope))
        {
          if (is_certain (self, when))
            note_absent (self, step);
          continue;
        }
      take_first_element (self, stoker_rule_get (step, "each"));
      if (inner != NULL ? !rehearse_steps (self, inner, rendered, error)
                        : !rehearse_step (self, step, rendered, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * stoker_run_rehearse:
 * @self: an operation whose scope is masked from here on
 *
 * Needs no key.
 *
 * Returns: (transfer full) (nullable) (element-type StokerRenderedRequest): what would be sent, in
 * its order; values that an answer brings are shown by their names
 */
GPtrArray *
stoker_run_rehearse (StokerRun *self, GError **error)
{
  g_autoptr (GPtrArray)
    rendered = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_rendered_request_free);

  self->scope->is_masked = TRUE;
  if (!stoker_operation_check_needs (self->operation, self->scope, error) ||
      !rehearse_steps (self, stoker_rule_get (self->operation, "steps"), rendered, error))
    return NULL;

  return g_steal_pointer (&rendered);
}
