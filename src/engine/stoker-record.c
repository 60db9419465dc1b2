/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-record.h"

#include "stoker-json.h"
#include "stoker-value-rule.h"

/* A list from outside is read no further than this. */
#define MAX_RECORDS 10000

typedef struct
{
  const StokerRun *run;
  GPtrArray *records; /* of StokerRecord */
} Reading;

static void
record_free (gpointer data)
{
  StokerRecord *self = data;

  g_clear_pointer (&self->item, json_node_unref);
  g_clear_pointer (&self->scope, stoker_scope_free);
  g_free (self);
}

static gboolean read_rule (const Reading *reading,
                           JsonNode *rule,
                           JsonNode *answer,
                           const StokerScope *outer,
                           guint *found,
                           GError **error);

/* What is inside of a record knows its fields too. */
static StokerScope *
make_scope (const Reading *reading, const StokerScope *outer)
{
  StokerScope *scope = stoker_scope_new_child (reading->run->scope);
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer value = NULL;

  if (outer == NULL)
    return scope;
  g_hash_table_iter_init (&iter, outer->values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    stoker_scope_set (scope, name, json_node_copy (value));

  return scope;
}

/* A record with others inside it stands for each of those, or for itself when there is none. */
static gboolean
read_item (
  const Reading *reading, JsonNode *rule, JsonNode *item, const StokerScope *outer, GError **error)
{
  g_autoptr (StokerScope) scope = make_scope (reading, outer);
  JsonNode *within = stoker_rule_get (rule, "within");
  StokerRecord *record = NULL;
  guint inner = 0;

  if (!stoker_takes_apply (stoker_rule_get (rule, "fields"), item, NULL, scope, error))
    return FALSE;
  if (!stoker_conditions_hold (stoker_rule_get (rule, "when"), scope))
    return TRUE;
  if (within != NULL && !read_rule (reading, within, item, scope, &inner, error))
    return FALSE;
  if (inner > 0)
    return TRUE;

  record = g_new0 (StokerRecord, 1);
  record->rule = rule;
  record->item = item != NULL ? json_node_ref (item) : NULL;
  record->scope = g_steal_pointer (&scope);
  g_ptr_array_add (reading->records, record);

  return TRUE;
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
read_rule (const Reading *reading,
           JsonNode *rule,
           JsonNode *answer,
           const StokerScope *outer,
           guint *found,
           GError **error)
{
  const StokerScope *scope = outer != NULL ? outer : reading->run->scope;
  JsonNode *of = stoker_rule_get (rule, "of");
  g_autoptr (JsonNode)
    items = of != NULL
              ? stoker_scope_expand_tree (scope, of, NULL)
              : stoker_manifest_match (scope->manifest, stoker_rule_get (rule, "items"), answer);

  for (guint i = 0; i < stoker_rule_count (items) && reading->records->len < MAX_RECORDS; i++)
    {
      g_autoptr (JsonNode) item = open_item (rule, stoker_rule_nth (items, i));

      if (item == NULL)
        continue;
      (*found)++;
      if (!read_item (reading, rule, item, outer, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_answers (const Reading *reading, JsonNode *rule, GError **error)
{
  const GPtrArray *answers = reading->run->answers;
  guint found = 0;

  if (stoker_rule_get_flag (rule, "body", FALSE))
    return read_item (reading, rule, NULL, NULL, error);
  if (stoker_rule_get (rule, "of") != NULL)
    return read_rule (reading, rule, NULL, NULL, &found, error);
  for (guint i = 0; i < answers->len; i++)
    if (!read_rule (reading, rule, g_ptr_array_index (answers, i), NULL, &found, error))
      return FALSE;

  return TRUE;
}

/**
 * stoker_records_read:
 * @rules: (nullable): what to read: a list, or one of it
 * @run: a finished operation; every page of its last answer is read
 *
 * Returns: (transfer full) (nullable) (element-type StokerRecord): what the rules find; %NULL with
 * %STOKER_ERROR_PROTOCOL when a required field is missing
 */
GPtrArray *
stoker_records_read (JsonNode *rules, const StokerRun *run, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (record_free);
  const Reading reading = { run, records };

  for (guint i = 0; i < stoker_rule_count (rules); i++)
    if (!read_answers (&reading, stoker_rule_nth (rules, i), error))
      return NULL;

  return g_steal_pointer (&records);
}
