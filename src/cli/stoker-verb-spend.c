/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-text.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-list-spending.h"
#include "stoker-table.h"
#include "stoker-time.h"

#include <glib/gi18n-lib.h>

#define N_KINDS (STOKER_LEDGER_BILLED + 1)

static const GOptionEntry options[] = {
  { "since", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("First day to count, YYYY-MM-DD"), "DATE" },
  { "csv", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the entries as CSV"), NULL },
  { NULL },
};

static const StokerTableColumn entry_columns[] = {
  { N_ ("Time"), "time", FALSE },         { N_ ("Kind"), "kind", FALSE },
  { N_ ("Job"), "job", FALSE },           { N_ ("Provider"), "provider", FALSE },
  { N_ ("Project"), "project", FALSE },   { N_ ("Amount"), "amount", TRUE },
  { N_ ("Currency"), "currency", FALSE }, { N_ ("Note"), "note", FALSE },
};

static const StokerTableColumn job_columns[] = {
  { N_ ("Job"), "job", FALSE },
  { N_ ("Provider"), "provider", FALSE },
  { N_ ("Estimated"), "estimated", TRUE },
  { N_ ("Accrued"), "accrued", TRUE },
  { N_ ("Billed"), "billed", TRUE },
};

/* The amounts of one job (or of all), by kind; without an entry of a kind there is none to show. */
typedef struct
{
  const char *job_id;      /* borrowed, nullable */
  const char *provider_id; /* borrowed */
  StokerMoney amounts[N_KINDS];
  gboolean has[N_KINDS];
} Line;

static void
line_add (Line *self, const StokerLedgerEntry *entry)
{
  self->amounts[entry->kind] = self->has[entry->kind]
                                 ? stoker_money_add (self->amounts[entry->kind], entry->amount)
                                 : entry->amount;
  self->has[entry->kind] = TRUE;
}

static char *
describe_amount (const Line *self, StokerLedgerKind kind)
{
  return self->has[kind] ? stoker_money_format (self->amounts[kind]) : g_strdup (_ ("none yet"));
}

static void
add_line (StokerTable *table, const Line *line)
{
  g_autofree char *estimated = describe_amount (line, STOKER_LEDGER_ESTIMATED);
  g_autofree char *accrued = describe_amount (line, STOKER_LEDGER_ACCRUED);
  g_autofree char *billed = describe_amount (line, STOKER_LEDGER_BILLED);
  const char *const cells[] = { line->job_id, line->provider_id, estimated, accrued, billed };

  stoker_table_add_row (table, cells);
}

/* One line a job, in the order of its first entry. */
static GPtrArray *
collect_lines (const GPtrArray *entries)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) by_job = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < entries->len; i++)
    {
      const StokerLedgerEntry *entry = g_ptr_array_index (entries, i);
      const char *key = entry->job_id != NULL ? entry->job_id : entry->provider_id;
      Line *line = g_hash_table_lookup (by_job, key);

      if (line == NULL)
        {
          line = g_new0 (Line, 1);
          line->job_id = entry->job_id;
          line->provider_id = entry->provider_id;
          g_hash_table_insert (by_job, (gpointer) key, line);
          g_ptr_array_add (lines, line);
        }
      line_add (line, entry);
    }

  return lines;
}

static void
sum_entries (const GPtrArray *entries, Line *total)
{
  for (guint i = 0; i < entries->len; i++)
    line_add (total, g_ptr_array_index (entries, i));
}

static void
print_text (StokerCliContext *context, const GPtrArray *entries)
{
  g_autoptr (StokerTable) table = stoker_table_new (job_columns, G_N_ELEMENTS (job_columns));
  g_autoptr (GPtrArray) lines = collect_lines (entries);
  Line total = { _ ("Total"), "" };
  g_autofree char *text = NULL;

  if (entries->len == 0)
    {
      stoker_cli_context_print (context, "%s\n", _ ("Nothing was spent."));
      return;
    }

  for (guint i = 0; i < lines->len; i++)
    add_line (table, g_ptr_array_index (lines, i));
  sum_entries (entries, &total);
  add_line (table, &total);

  text = stoker_table_to_text (table);
  stoker_cli_context_print_text (context, text);
}

static void
add_entry (StokerTable *table, const StokerLedgerEntry *entry)
{
  g_autofree char *time = stoker_time_format_iso (entry->at_us);
  g_autofree char *amount = entry->amount.is_known ? stoker_money_to_decimal (entry->amount)
                                                   : g_strdup ("");
  const char *const cells[] = { time,
                                stoker_ledger_kind_names[entry->kind],
                                entry->job_id,
                                entry->provider_id,
                                entry->project,
                                amount,
                                entry->amount.is_known ? entry->amount.currency : "",
                                entry->note };

  stoker_table_add_row (table, cells);
}

static void
print_csv (StokerCliContext *context, const GPtrArray *entries)
{
  g_autoptr (StokerTable) table = stoker_table_new (entry_columns, G_N_ELEMENTS (entry_columns));
  g_autofree char *text = NULL;

  for (guint i = 0; i < entries->len; i++)
    add_entry (table, g_ptr_array_index (entries, i));

  text = stoker_table_to_csv (table);
  stoker_cli_context_print_text (context, text);
}

/* {"estimated": "0.45", …}: decimal texts; null is an amount that is unknown, an absent member one
 * that is not there. */
static JsonObject *
line_to_json (const Line *self)
{
  JsonObject *object = json_object_new ();

  for (int kind = 0; kind < N_KINDS; kind++)
    {
      g_autofree char *amount = NULL;

      if (!self->has[kind])
        continue;
      if (!self->amounts[kind].is_known)
        {
          json_object_set_null_member (object, stoker_ledger_kind_names[kind]);
          continue;
        }
      amount = stoker_money_to_decimal (self->amounts[kind]);
      json_object_set_string_member (object, stoker_ledger_kind_names[kind], amount);
    }

  return object;
}

static JsonArray *
jobs_to_json (const GPtrArray *entries)
{
  g_autoptr (GPtrArray) lines = collect_lines (entries);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines, i);
      JsonObject *object = line_to_json (line);

      if (line->job_id != NULL)
        json_object_set_string_member (object, "job", line->job_id);
      json_object_set_string_member (object, "provider", line->provider_id);
      json_array_add_object_element (array, object);
    }

  return array;
}

static void
print_json (StokerCliContext *context, const GPtrArray *entries, gint64 since_us)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *since = stoker_time_format_iso (since_us);
  JsonArray *array = json_array_new ();
  Line total = { NULL };

  sum_entries (entries, &total);
  for (guint i = 0; i < entries->len; i++)
    json_array_add_element (array, stoker_ledger_entry_to_json (g_ptr_array_index (entries, i)));

  if (since_us > 0)
    json_object_set_string_member (object, "since", since);
  else
    json_object_set_null_member (object, "since");
  json_object_set_object_member (object, "totals", line_to_json (&total));
  json_object_set_array_member (object, "jobs", jobs_to_json (entries));
  json_object_set_array_member (object, "entries", array);
  json_node_set_object (document, object);
  stoker_cli_context_print_json (context, document);
}

static gboolean
read_since (StokerCliContext *context, gint64 *since_us, GError **error)
{
  const char *since = stoker_cli_context_get_text (context, "since");

  if (since == NULL || stoker_date_parse (since, since_us))
    return TRUE;

  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
               _ ("--since: “%s” is not a date like 2026-11-21"), since);
  return FALSE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = g_task_get_source_object (task);
  g_autoptr (GPtrArray) entries = stoker_list_spending_finish (result, &error);
  gint64 since_us = 0;

  if (entries == NULL || !read_since (context, &since_us, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (stoker_cli_context_get_flag (context, "json"))
    print_json (context, entries, since_us);
  else if (stoker_cli_context_get_flag (context, "csv"))
    print_csv (context, entries);
  else
    print_text (context, entries);
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
start_spend (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  g_autoptr (GError) error = NULL;
  gint64 since_us = 0;

  if (!read_since (context, &since_us, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    stoker_list_spending_async (stoker_cli_context_get_workspace (context), since_us,
                                stoker_cli_context_get_cancellable (context), listed_cb,
                                g_steal_pointer (&task));
}

const StokerCliVerb stoker_verbs_spend[] = {
  {
    .name = "spend",
    .arguments = "",
    .summary = N_ ("Tell what was estimated and what has accrued"),
    .options = options,
    .shared_options = STOKER_CLI_JSON,
    .parts = STOKER_WORKSPACE_REGISTRY,
    .start = start_spend,
  },
  { NULL },
};
