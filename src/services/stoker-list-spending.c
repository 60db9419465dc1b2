/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-list-spending.h"

#include "stoker-workspace-private.h"

/* Keeps the lines of the job that the task is about. */
static void
keep_job (GPtrArray *entries, const char *job_id)
{
  for (guint i = entries->len; job_id != NULL && i > 0; i--)
    {
      const StokerLedgerEntry *entry = g_ptr_array_index (entries, i - 1);

      if (g_strcmp0 (entry->job_id, job_id) != 0)
        g_ptr_array_remove_index (entries, i - 1);
    }
}

static void
got_ledger (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GPtrArray *entries;
  GError *error = NULL;

  entries = stoker_store_list_ledger_finish (STOKER_STORE (source), result, &error);
  if (entries == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  keep_job (entries, g_task_get_task_data (task));
  g_task_return_pointer (task, entries, (GDestroyNotify) g_ptr_array_unref);
}

static void
list_since (GTask *task, gint64 since_us)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);

  g_task_set_source_tag (task, stoker_list_spending_async);
  if (stoker_workspace_require_store (workspace, task))
    stoker_store_list_ledger_async (stoker_workspace_get_store (workspace), since_us,
                                    g_task_get_cancellable (task), got_ledger, g_object_ref (task));
}

/**
 * stoker_list_spending_async:
 * @workspace: the workspace
 * @since_us: first instant that counts; 0 for all
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads the ledger.
 */
void
stoker_list_spending_async (StokerWorkspace *workspace,
                            gint64 since_us,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  list_since (task, since_us);
}

/**
 * stoker_list_job_spending_async:
 * @workspace: the workspace
 * @job: a job
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads what the ledger has of one job. Ends with stoker_list_spending_finish().
 */
void
stoker_list_job_spending_async (StokerWorkspace *workspace,
                                StokerJob *job,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_task_data (task, g_strdup (stoker_job_get_id (job)), g_free);
  list_since (task, stoker_job_get_created (job));
}

/**
 * stoker_list_spending_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (element-type StokerLedgerEntry): the lines, oldest first
 */
GPtrArray *
stoker_list_spending_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_list_spending_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The lines of a job that count: what was billed, else what has accrued. */
static void
collect_billed_jobs (const GPtrArray *entries, GHashTable *billed)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const StokerLedgerEntry *entry = entries->pdata[i];

      if (entry->kind == STOKER_LEDGER_BILLED && entry->job_id != NULL)
        g_hash_table_add (billed, entry->job_id);
    }
}

static gboolean
is_spent (const StokerLedgerEntry *entry, GHashTable *billed)
{
  if (entry->kind == STOKER_LEDGER_BILLED)
    return TRUE;
  return entry->kind == STOKER_LEDGER_ACCRUED &&
         (entry->job_id == NULL || !g_hash_table_contains (billed, entry->job_id));
}

/**
 * stoker_sum_spending:
 * @entries: (element-type StokerLedgerEntry): lines of the ledger
 * @provider_id: (nullable): the provider that counts; %NULL for all
 * @since_us: first instant that counts
 *
 * Adds what was billed and, for the jobs that were not billed yet, what has accrued.
 *
 * Returns: the sum; unknown when a part of it is
 */
StokerMoney
stoker_sum_spending (const GPtrArray *entries, const char *provider_id, gint64 since_us)
{
  g_autoptr (GHashTable) billed = g_hash_table_new (g_str_hash, g_str_equal);
  StokerMoney sum = stoker_money_usd (0);
  gboolean is_first = TRUE;

  collect_billed_jobs (entries, billed);
  for (guint i = 0; i < entries->len; i++)
    {
      const StokerLedgerEntry *entry = entries->pdata[i];

      if (entry->at_us < since_us || !is_spent (entry, billed) ||
          (provider_id != NULL && g_strcmp0 (entry->provider_id, provider_id) != 0))
        continue;
      sum = is_first ? entry->amount : stoker_money_add (sum, entry->amount);
      is_first = FALSE;
    }
  return sum;
}
