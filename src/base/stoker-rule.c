/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-rule.h"

/**
 * stoker_rule_get:
 *
 * Returns: (transfer none) (nullable): the member @name; JSON null counts as none
 */
JsonNode *
stoker_rule_get (JsonNode *rule, const char *name)
{
  JsonNode *member = NULL;

  if (stoker_rule_is_object (rule))
    member = json_object_get_member (json_node_get_object (rule), name);

  return member != NULL && !JSON_NODE_HOLDS_NULL (member) ? member : NULL;
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
 * stoker_rule_is_object:
 *
 * Returns: whether @rule is an object
 */
gboolean
stoker_rule_is_object (JsonNode *rule)
{
  return rule != NULL && JSON_NODE_HOLDS_OBJECT (rule);
}

/**
 * stoker_rule_count:
 *
 * Returns: how many elements there are: 0 for nothing, 1 for what is no array
 */
guint
stoker_rule_count (JsonNode *list)
{
  if (list == NULL)
    return 0;

  return JSON_NODE_HOLDS_ARRAY (list) ? json_array_get_length (json_node_get_array (list)) : 1;
}

/**
 * stoker_rule_nth:
 *
 * Returns: (transfer none): that element; what is no array is its own
 */
JsonNode *
stoker_rule_nth (JsonNode *list, guint index)
{
  return JSON_NODE_HOLDS_ARRAY (list) ? json_array_get_element (json_node_get_array (list), index)
                                      : list;
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
 * stoker_members_of:
 * @rule: (nullable): an object; anything else has no members
 *
 * Returns: what stands before the first member of @rule, which must outlive it
 */
StokerMembers
stoker_members_of (JsonNode *rule)
{
  StokerMembers self = { .is_object = stoker_rule_is_object (rule) };

  if (self.is_object)
    json_object_iter_init_ordered (&self.iter, json_node_get_object (rule));

  return self;
}

/**
 * stoker_members_next:
 *
 * Returns: whether there is another member; it is the one at hand then
 */
gboolean
stoker_members_next (StokerMembers *self)
{
  return self->is_object && json_object_iter_next_ordered (&self->iter, &self->name, &self->value);
}
