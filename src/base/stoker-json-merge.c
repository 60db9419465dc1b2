/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json.h"

/**
 * stoker_json_merge:
 * @into: an object
 * @from: an object
 *
 * Puts the members of @from into @into, in the place of those of the same name; two objects of the
 * same name are merged in turn. The depth is that of the parsed text, which is bounded.
 */
void
stoker_json_merge (JsonNode *into, JsonNode *from)
{
  JsonObject *object = json_node_get_object (into);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, json_node_get_object (from));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      JsonNode *old = json_object_get_member (object, name);

      if (old != NULL && JSON_NODE_HOLDS_OBJECT (old) && JSON_NODE_HOLDS_OBJECT (value))
        stoker_json_merge (old, value);
      else
        json_object_set_member (object, name, json_node_copy (value));
    }
}
