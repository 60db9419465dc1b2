/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-keep-jobs.h"

#include "stoker-error.h"
#include "stoker-job-history.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

/* A plain copy would take over how the caller's array frees its members, which may be not at all.
 */
static GPtrArray *
copy_jobs (GPtrArray *jobs)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_extend (copy, jobs, (GCopyFunc) g_object_ref, NULL);
  return copy;
}

static GStrv
list_ids (GPtrArray *jobs)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < jobs->len; i++)
    g_strv_builder_add (ids, stoker_job_get_id (jobs->pdata[i]));
  return g_strv_builder_end (ids);
}

/* Documents. */

/* Unless somebody else was quicker. */
static void
take_documents (StokerJob *job, StokerJob *source)
{
  if (stoker_job_has_documents (job))
    return;
  stoker_job_set_has_documents (job, TRUE);
  stoker_job_set_workload (job, stoker_job_get_workload (source));
  stoker_job_set_request (job, stoker_job_get_request (source));
  stoker_job_set_estimate (job, stoker_job_get_estimate (source));
  stoker_job_set_history (job, stoker_job_get_history (source));
  stoker_job_set_log (job, stoker_job_get_log (source));
  stoker_job_set_log_dropped (job, stoker_job_get_log_dropped (source));
}

/* The answers come in the order of the questions. */
static void
got_documents (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GPtrArray *jobs = g_task_get_task_data (task);
  g_autoptr (GPtrArray) sources = NULL;
  GError *error = NULL;

  sources = stoker_store_load_documents_finish (STOKER_STORE (source), result, &error);
  if (sources == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < MIN (jobs->len, sources->len); i++)
    take_documents (jobs->pdata[i], sources->pdata[i]);
  g_task_return_boolean (task, TRUE);
}

/**
 * stoker_load_documents_async:
 * @workspace: the workspace
 * @jobs: (element-type StokerJob): jobs
 * @cancellable: (nullable): to give up
 * @callback: called when they have their documents
 * @user_data: for @callback
 *
 * Brings log, workload, request and estimate of jobs that were read without.
 */
void
stoker_load_documents_async (StokerWorkspace *workspace,
                             GPtrArray *jobs,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  g_autoptr (GPtrArray) lacking = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) ids = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_load_documents_async);
  for (guint i = 0; i < jobs->len; i++)
    if (!stoker_job_has_documents (jobs->pdata[i]))
      g_ptr_array_add (lacking, g_object_ref (jobs->pdata[i]));
  if (lacking->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!stoker_workspace_require_store (workspace, task))
    return;
  ids = list_ids (lacking);
  g_task_set_task_data (task, g_steal_pointer (&lacking), (GDestroyNotify) g_ptr_array_unref);
  stoker_store_load_documents_async (stoker_workspace_get_store (workspace),
                                     (const char *const *) ids, cancellable, got_documents,
                                     g_object_ref (task));
}

/**
 * stoker_load_documents_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when the jobs have their documents
 */
gboolean
stoker_load_documents_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_load_documents_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Export. */

static void
export_documents_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GPtrArray *jobs = g_task_get_task_data (task);
  g_autoptr (JsonArray) array = NULL;
  GError *error = NULL;

  if (!stoker_load_documents_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  array = json_array_new ();
  for (guint i = 0; i < jobs->len; i++)
    json_array_add_element (array, stoker_job_to_json (jobs->pdata[i]));
  g_task_return_pointer (task, json_node_init_array (json_node_alloc (), array),
                         (GDestroyNotify) json_node_unref);
}

/**
 * stoker_export_jobs_async:
 * @workspace: the workspace
 * @jobs: (element-type StokerJob): jobs
 * @cancellable: (nullable): to give up
 * @callback: called when the document is made
 * @user_data: for @callback
 *
 * Writes down all that is known of jobs, except their logs.
 */
void
stoker_export_jobs_async (StokerWorkspace *workspace,
                          GPtrArray *jobs,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_export_jobs_async);
  g_task_set_task_data (task, copy_jobs (jobs), (GDestroyNotify) g_ptr_array_unref);
  stoker_load_documents_async (workspace, jobs, cancellable, export_documents_loaded,
                               g_object_ref (task));
}

/**
 * stoker_export_jobs_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a JSON array, in the order of the jobs
 */
JsonNode *
stoker_export_jobs_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_export_jobs_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
