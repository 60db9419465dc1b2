/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-operation.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-parameter.h"
#include "stoker-value-rule.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/**
 * stoker_operation_fill_payload:
 *
 * Puts the defaults of typed parameters into the payload, where they are like all others; one of
 * them, such as the model, may say which others there are.
 */
void
stoker_operation_fill_payload (JsonNode *operation, StokerScope *scope)
{
  JsonNode *parameters = stoker_rule_get (operation, "parameters");

  for (guint pass = 0; pass < 2 && parameters != NULL; pass++)
    {
      g_autoptr (JsonNode) payload = stoker_scope_get (scope, "job.payload");

      if (payload != NULL)
        stoker_scope_set_payload (scope, stoker_parameters_fill (scope, parameters, payload));
    }
}

/* What people know of `config.a|config.b`: a / b. */
static char *
show_needs (const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names, "|", -1);

  g_autoptr (GString) shown = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *dot = strrchr (parts[i], '.');

      g_string_append_printf (shown, "%s%s", i > 0 ? " / " : "", dot != NULL ? dot + 1 : parts[i]);
    }

  return g_strdup (shown->str);
}

static void
set_need_error (const StokerScope *scope, const char *name, GError **error)
{
  const char *provider = stoker_scope_get_profile (scope)->name;
  g_autofree char *shown = show_needs (name);

  if (g_str_has_prefix (name, "secret."))
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_AUTH, _ ("there is no key for %s yet; add one"),
                 provider);
  else if (g_str_equal (name, "job.payload"))
    g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                         _ ("the workload has no payload to send"));
  else if (g_str_has_prefix (name, "config."))
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("fill in \"%s\" in the settings of %s first"), shown, provider);
  else
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s: no %s is known", provider, shown);
}

/* `a|b` wants one of the two. */
static gboolean
has_one_of (const StokerScope *scope, const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names, "|", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *text = stoker_scope_dup_text (scope, parts[i]);

      if (text != NULL && *text != '\0')
        return TRUE;
    }

  return FALSE;
}

/**
 * stoker_operation_check_parameters:
 *
 * Those of a job are in its payload, those of an action are what it was given.
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG naming the parameter that the operation does not take
 */
gboolean
stoker_operation_check_parameters (JsonNode *operation, const StokerScope *scope, GError **error)
{
  JsonNode *parameters = stoker_rule_get (operation, "parameters");
  JsonNode *input = stoker_rule_get (scope->told, "input");
  g_autoptr (JsonNode) payload = stoker_scope_get (scope, "job.payload");

  if (input != NULL)
    return stoker_parameters_check (scope, parameters, input, error);
  if (stoker_parameters_check (scope, parameters, payload, error))
    return TRUE;
  /* Where it stands in the workload. */
  g_prefix_error (error, "payload: ");
  return FALSE;
}

/**
 * stoker_operation_check_needs:
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG or %STOKER_ERROR_AUTH naming the first thing that the
 * operation cannot do without and nobody told, or the parameter that it does not take
 */
gboolean
stoker_operation_check_needs (JsonNode *operation, const StokerScope *scope, GError **error)
{
  JsonNode *needs = stoker_rule_get (operation, "needs");

  for (guint i = 0; i < stoker_rule_count (needs); i++)
    {
      JsonNode *need = stoker_rule_nth (needs, i);
      const char *names = stoker_rule_is_text (need) ? json_node_get_string (need)
                                                     : stoker_rule_get_text (need, "name");

      if (!stoker_conditions_hold (stoker_rule_get (need, "when"), scope) ||
          has_one_of (scope, names))
        continue;
      set_need_error (scope, names, error);
      return FALSE;
    }

  return stoker_operation_check_parameters (operation, scope, error);
}

static void
add_element (JsonArray *elements, JsonNode *element)
{
  if (!JSON_NODE_HOLDS_NULL (element))
    json_array_add_element (elements, json_node_copy (element));
}

/* `a, b` is two elements. */
static void
add_texts (JsonArray *elements, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      json_array_add_string_element (elements, parts[i]);
}

/* A member is a thing with `name` and `value`. */
static void
add_members (JsonArray *elements, JsonNode *list)
{
  StokerMembers at = stoker_members_of (list);

  while (stoker_members_next (&at))
    {
      JsonObject *member = json_object_new ();

      json_object_set_string_member (member, "name", at.name);
      json_object_set_member (member, "value", json_node_copy (at.value));
      json_array_add_object_element (elements, member);
    }
}

/**
 * stoker_step_list_elements:
 * @each: the rule
 *
 * Returns: (transfer full): an array of what a step is done for: matches in the last answer, or the
 * elements of a list or members of an object; a text is a list with commas
 */
JsonNode *
stoker_step_list_elements (JsonNode *each, GPtrArray *answers, const StokerScope *scope)
{
  JsonNode *in = stoker_rule_get (each, "in");
  JsonNode *of = stoker_rule_get (each, "of");
  g_autoptr (JsonArray) elements = json_array_new ();
  g_autoptr (JsonNode) list = NULL;

  for (guint i = 0; in != NULL && i < answers->len; i++)
    {
      g_autoptr (JsonNode)
        matches = stoker_manifest_match (scope->manifest, in, g_ptr_array_index (answers, i));

      for (guint n = 0; n < stoker_rule_count (matches); n++)
        add_element (elements, stoker_rule_nth (matches, n));
    }
  if (of != NULL)
    list = stoker_scope_expand_tree (scope, of, NULL);
  if (stoker_rule_is_text (list))
    add_texts (elements, json_node_get_string (list));
  else if (stoker_rule_is_object (list))
    add_members (elements, list);
  else
    for (guint n = 0; n < stoker_rule_count (list); n++)
      add_element (elements, stoker_rule_nth (list, n));

  return json_node_init_array (json_node_alloc (), elements);
}

/**
 * stoker_step_put:
 * @step: a step that was done
 *
 * Changes the member of the payload that `put` of @step names.
 */
void
stoker_step_put (JsonNode *step, StokerScope *scope)
{
  JsonNode *put = stoker_rule_get (step, "put");
  JsonNode *value = stoker_rule_get (put, "value");
  g_autoptr (JsonNode) payload = NULL;
  g_autoptr (JsonNode) expanded = NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) changed = json_node_init_object (json_node_alloc (), object);
  g_autofree char *name = NULL;

  if (put == NULL)
    return;
  payload = stoker_scope_get (scope, "job.payload");
  name = stoker_scope_expand (scope, stoker_rule_get_text (put, "name"), NULL);
  expanded = stoker_scope_expand_tree (scope, value, NULL);
  if (payload == NULL || name == NULL || expanded == NULL || !JSON_NODE_HOLDS_OBJECT (payload))
    return;
  /* The job goes on having what it had: it may be sent again, or be looked for. */
  stoker_json_merge (changed, payload);
  json_object_set_member (object, name, g_steal_pointer (&expanded));
  stoker_scope_set_payload (scope, g_steal_pointer (&changed));
}
