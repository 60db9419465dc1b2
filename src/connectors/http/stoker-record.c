/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-record.h"

#include "stoker-json.h"

typedef struct
{
  StokerRecordFunc func;
  gpointer user_data;
  guint count;
} Reading;

static gboolean read_rule (Reading *reading,
                           const StokerRecordRule *rule,
                           JsonNode *answer,
                           const StokerStepContext *parent,
                           guint *found,
                           GError **error);

/* A record with others inside it stands for each of those, or for itself when there is none. */
static gboolean
read_item (Reading *reading,
           const StokerRecordRule *rule,
           JsonNode *item,
           const StokerStepContext *parent,
           GError **error)
{
  g_autoptr (StokerStepContext) record = stoker_step_context_new_child (parent);
  guint inner = 0;

  if (!stoker_takes_apply (rule->fields, item, NULL, record, error))
    return FALSE;
  if (!stoker_conditions_hold (rule->when, record))
    return TRUE;
  if (rule->within != NULL && !read_rule (reading, rule->within, item, record, &inner, error))
    return FALSE;
  if (inner > 0)
    return TRUE;
  reading->count++;

  return reading->func (rule, item, record, reading->user_data, error);
}

static gboolean
read_rule (Reading *reading,
           const StokerRecordRule *rule,
           JsonNode *answer,
           const StokerStepContext *parent,
           guint *found,
           GError **error)
{
  g_autoptr (JsonNode) matches = json_path_match (rule->items, answer);
  StokerJsonPlace place = stoker_json_root (matches, "items");

  for (guint i = 0; i < stoker_json_length (&place) && reading->count < STOKER_MAX_RECORDS; i++)
    {
      StokerJsonPlace item = stoker_json_element (&place, i);

      if (!stoker_json_is_present (&item))
        continue;
      (*found)++;
      if (!read_item (reading, rule, item.node, parent, error))
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
stoker_records_read (const StokerRecordRule *rule,
                     const StokerOperationRun *run,
                     StokerRecordFunc func,
                     gpointer user_data,
                     GError **error)
{
  Reading reading = { func, user_data, 0 };
  guint found = 0;

  for (guint i = 0; i < run->answers->len; i++)
    if (!read_rule (&reading, rule, g_ptr_array_index (run->answers, i), run->context, &found,
                    error))
      return FALSE;

  return TRUE;
}
