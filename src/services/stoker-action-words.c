/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-run-action.h"

#include <glib/gi18n-lib.h>

/**
 * stoker_action_read_words:
 * @place: an action, or one of its parameters
 * @member: `label` or `note`
 *
 * Returns: (transfer full) (nullable): what it says, in the reader's language where the catalog is
 * translated
 */
char *
stoker_action_read_words (const StokerJsonPlace *place, const char *member)
{
  g_autofree char *text = NULL;

  stoker_json_get_string (place, member, STOKER_JSON_OPTIONAL, &text, NULL);
  return text != NULL ? g_strdup (stoker_catalog_translate (text)) : NULL;
}

/**
 * stoker_action_read_default:
 * @parameter: of an action
 *
 * A default may be a number, a flag, or a list, which people write with commas.
 *
 * Returns: (transfer full): as stoker_action_read_input() takes it; "" when there is none
 */
char *
stoker_action_read_default (const StokerJsonPlace *parameter)
{
  StokerJsonPlace place = stoker_json_member (parameter, "default");
  g_auto (GStrv) list = NULL;

  if (place.node == NULL || JSON_NODE_HOLDS_NULL (place.node))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (place.node) && json_node_get_value_type (place.node) == G_TYPE_STRING)
    return json_node_dup_string (place.node);
  if (JSON_NODE_HOLDS_ARRAY (place.node) &&
      stoker_json_get_strings (parameter, "default", STOKER_JSON_OPTIONAL, &list, NULL))
    return g_strjoinv (", ", list);
  return stoker_json_to_string (place.node, FALSE);
}

/**
 * stoker_action_describe:
 * @action: one of stoker_list_actions()
 *
 * Returns: (transfer full): what it does, in the reader's language where the catalog is translated
 */
char *
stoker_action_describe (JsonNode *action)
{
  StokerJsonPlace root = stoker_json_root (action, "action");
  char *label = stoker_action_read_words (&root, "label");
  g_autofree char *id = NULL;

  if (label != NULL)
    return label;
  stoker_json_get_string (&root, "id", STOKER_JSON_OPTIONAL, &id, NULL);
  if (g_strcmp0 (id, STOKER_ACTION_LAUNCH) == 0)
    return g_strdup (_ ("Rent a machine; it costs until it is ended"));
  return id != NULL ? g_steal_pointer (&id) : g_strdup ("");
}
