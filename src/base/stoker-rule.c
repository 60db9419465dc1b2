/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-rule.h"

#include "stoker-json.h"

/**
 * stoker_rule_get:
 *
 * Returns: (transfer none) (nullable): the member @name; JSON null counts as none
 */
JsonNode *
stoker_rule_get (JsonNode *rule, const char *name)
{
  StokerJsonPlace place = stoker_json_root (rule, "manifest");
  StokerJsonPlace member = stoker_json_member (&place, name);

  return stoker_json_is_present (&member) ? member.node : NULL;
}

/**
 * stoker_rule_get_text:
 *
 * Returns: (transfer none) (nullable): the text of the member @name
 */
const char *
stoker_rule_get_text (JsonNode *rule, const char *name)
{
  JsonNode *member = stoker_rule_get (rule, name);

  return stoker_rule_is_text (member) ? json_node_get_string (member) : NULL;
}

/**
 * stoker_rule_get_flag:
 *
 * Returns: the boolean @name, or @fallback without one
 */
gboolean
stoker_rule_get_flag (JsonNode *rule, const char *name, gboolean fallback)
{
  JsonNode *member = stoker_rule_get (rule, name);

  return member != NULL ? json_node_get_boolean (member) : fallback;
}

/**
 * stoker_rule_get_number:
 *
 * Returns: the number @name, or @fallback without one
 */
double
stoker_rule_get_number (JsonNode *rule, const char *name, double fallback)
{
  JsonNode *member = stoker_rule_get (rule, name);

  return member != NULL ? json_node_get_double (member) : fallback;
}

/**
 * stoker_rule_is_text:
 *
 * Returns: whether @rule is a string
 */
gboolean
stoker_rule_is_text (JsonNode *rule)
{
  return rule != NULL && JSON_NODE_HOLDS_VALUE (rule) &&
         json_node_get_value_type (rule) == G_TYPE_STRING;
}

/**
 * stoker_rule_count:
 *
 * Returns: how many elements there are: 0 for nothing, 1 for what is no array
 */
guint
stoker_rule_count (JsonNode *list)
{
  StokerJsonPlace place = stoker_json_root (list, "manifest");

  if (list == NULL)
    return 0;

  return JSON_NODE_HOLDS_ARRAY (list) ? stoker_json_length (&place) : 1;
}

/**
 * stoker_rule_nth:
 *
 * Returns: (transfer none): that element; what is no array is its own
 */
JsonNode *
stoker_rule_nth (JsonNode *list, guint index)
{
  StokerJsonPlace place = stoker_json_root (list, "manifest");

  return JSON_NODE_HOLDS_ARRAY (list) ? stoker_json_element (&place, index).node : list;
}

/**
 * stoker_rule_lists:
 * @text: (nullable): a text
 *
 * Returns: whether @text is one of the texts in @list
 */
gboolean
stoker_rule_lists (JsonNode *list, const char *text)
{
  for (guint i = 0; text != NULL && i < stoker_rule_count (list); i++)
    {
      JsonNode *element = stoker_rule_nth (list, i);

      if (stoker_rule_is_text (element) && g_str_equal (json_node_get_string (element), text))
        return TRUE;
    }

  return FALSE;
}

/**
 * stoker_rule_iterate:
 * @iter: (out): stands before the first member
 *
 * Returns: whether @rule is an object
 */
gboolean
stoker_rule_iterate (JsonNode *rule, JsonObjectIter *iter)
{
  if (rule == NULL || !JSON_NODE_HOLDS_OBJECT (rule))
    return FALSE;

  json_object_iter_init_ordered (iter, json_node_get_object (rule));

  return TRUE;
}
