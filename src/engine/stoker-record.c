/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-record.h"

#include "stoker-json.h"
#include "stoker-value-rule.h"

typedef struct
{
  StokerRecordFunc func;
  gpointer user_data;
  guint count;
} Reading;

static gboolean read_rule (Reading *reading,
                           JsonNode *rule,
                           JsonNode *answer,
                           const StokerScope *parent,
                           guint *found,
                           GError **error);

/* A record with others inside it stands for each of those, or for itself when there is none. */
static gboolean
read_item (
  Reading *reading, JsonNode *rule, JsonNode *item, const StokerScope *parent, GError **error)
{
  g_autoptr (StokerScope) record = stoker_scope_new_child (parent);
  JsonNode *within = stoker_rule_get (rule, "within");
  guint inner = 0;

  if (!stoker_takes_apply (stoker_rule_get (rule, "fields"), item, NULL, record, error))
    return FALSE;
  if (!stoker_conditions_hold (stoker_rule_get (rule, "when"), record))
    return TRUE;
  if (within != NULL && !read_rule (reading, within, item, record, &inner, error))
    return FALSE;
  if (inner > 0)
    return TRUE;
  reading->count++;

  return reading->func (rule, item, record, reading->user_data, error);
}

static JsonNode *
list_items (JsonNode *rule, JsonNode *answer, const StokerScope *parent)
{
  JsonNode *of = stoker_rule_get (rule, "of");

  if (of != NULL)
    return stoker_scope_expand_tree (parent, of, NULL);

  return stoker_manifest_match (stoker_scope_get_manifest (parent), stoker_rule_get (rule, "items"),
                                answer);
}

/* Some lists are of texts that are documents themselves. */
static JsonNode *
open_item (JsonNode *rule, JsonNode *item)
{
  if (stoker_rule_get_flag (rule, "json", FALSE) && stoker_rule_is_text (item))
    return stoker_json_parse (json_node_get_string (item), -1, "item", NULL);

  return JSON_NODE_HOLDS_NULL (item) ? NULL : json_node_ref (item);
}

static gboolean
read_rule (Reading *reading,
           JsonNode *rule,
           JsonNode *answer,
           const StokerScope *parent,
           guint *found,
           GError **error)
{
  g_autoptr (JsonNode) items = list_items (rule, answer, parent);

  for (guint i = 0; i < stoker_rule_count (items) && reading->count < STOKER_MAX_RECORDS; i++)
    {
      g_autoptr (JsonNode) item = open_item (rule, stoker_rule_nth (items, i));

      if (item == NULL)
        continue;
      (*found)++;
      if (!read_item (reading, rule, item, parent, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * stoker_records_read:
 * @rule: what to read
 * @run: a finished operation; every page of its last answer is read
 *
 * Returns: %FALSE with @error set when a required field is missing or @func stopped
 */
gboolean
stoker_records_read (
  JsonNode *rule, const StokerRun *run, StokerRecordFunc func, gpointer user_data, GError **error)
{
  Reading reading = { func, user_data, 0 };
  guint found = 0;

  if (stoker_rule_get_flag (rule, "body", FALSE))
    return read_item (&reading, rule, NULL, run->scope, error);
  if (stoker_rule_get (rule, "of") != NULL)
    return read_rule (&reading, rule, NULL, run->scope, &found, error);
  for (guint i = 0; i < run->answers->len; i++)
    if (!read_rule (&reading, rule, g_ptr_array_index (run->answers, i), run->scope, &found, error))
      return FALSE;

  return TRUE;
}
