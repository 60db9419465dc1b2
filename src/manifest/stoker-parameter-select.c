/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-parameter.h"

#include "stoker-value-rule.h"

static gboolean
is_a_number (JsonNode *node)
{
  return node == NULL || (JSON_NODE_HOLDS_VALUE (node) && !stoker_rule_is_text (node));
}

/* It was kept in a file, where anything may have happened to it. */
static gboolean
is_sound (JsonNode *rule)
{
  static const char *const texts[] = { "name", "type", "label", "note" };
  static const char *const numbers[] = { "min", "max", "multiple_of", "max_length", "required" };
  static const char *const others[] = { "when", "also", "pattern" };
  gboolean is_fine = stoker_rule_is_object (rule) && stoker_rule_get (rule, "name") != NULL &&
                     stoker_rule_get (rule, "type") != NULL;

  for (guint i = 0; is_fine && i < G_N_ELEMENTS (texts); i++)
    is_fine = stoker_rule_get (rule, texts[i]) == NULL ||
              stoker_rule_is_text (stoker_rule_get (rule, texts[i]));
  for (guint i = 0; is_fine && i < G_N_ELEMENTS (numbers); i++)
    is_fine = is_a_number (stoker_rule_get (rule, numbers[i]));
  for (guint i = 0; is_fine && i < G_N_ELEMENTS (others); i++)
    is_fine = stoker_rule_get (rule, others[i]) == NULL;

  return is_fine;
}

static gboolean
has_parameter (JsonArray *list, const char *name)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (g_strcmp0 (stoker_rule_get_text (json_array_get_element (list, i), "name"), name) == 0)
      return TRUE;

  return FALSE;
}

/* Those that the provider told, but for what the manifest itself tells of. */
static void
add_described (JsonArray *list, const char *name, const StokerScope *scope)
{
  g_autofree char *place = g_strconcat ("described.", name, NULL);
  g_autoptr (JsonNode) described = stoker_scope_get (scope, place);

  for (guint i = 0; described != NULL && i < stoker_rule_count (described); i++)
    {
      JsonNode *rule = stoker_rule_nth (described, i);

      if (is_sound (rule) && !has_parameter (list, stoker_rule_get_text (rule, "name")))
        json_array_add_element (list, json_node_copy (rule));
    }
}

/**
 * stoker_parameters_select:
 * @parameters: (nullable): their rules
 *
 * Returns: (transfer full): an array of those that apply: whose `when` holds, or that have none;
 * with those that the provider told of in the place of one of type `described`
 */
JsonNode *
stoker_parameters_select (const StokerScope *scope, JsonNode *parameters)
{
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; i < stoker_rule_count (parameters); i++)
    {
      JsonNode *rule = stoker_rule_nth (parameters, i);

      if (!stoker_conditions_hold (stoker_rule_get (rule, "when"), scope))
        continue;
      if (g_str_equal (stoker_rule_get_text (rule, "type"), "described"))
        add_described (list, stoker_rule_get_text (rule, "name"), scope);
      else
        json_array_add_element (list, json_node_copy (rule));
    }

  return json_node_init_array (json_node_alloc (), list);
}
