/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-rehearse.h"

#include "stoker-register-provider.h"
#include "stoker-run-job.h"

#define TEMPLATE_ID "simulated"
#define WORKLOAD_URI "resource:///io/github/stokerapp/Stoker/samples/rehearsal.json"

/**
 * stoker_rehearsal_workload:
 * @error: return location
 *
 * Returns: (transfer full): the workload that comes with Stoker to try it out
 */
StokerWorkload *
stoker_rehearsal_workload (GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_uri (WORKLOAD_URI);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, error);
  g_autoptr (JsonNode) node = NULL;
  gconstpointer data;
  gsize size;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  node = stoker_json_parse (data, (gssize) size, WORKLOAD_URI, error);
  return node != NULL ? stoker_workload_decode (node, WORKLOAD_URI, error) : NULL;
}

static void
did_submit (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  StokerJob *job = stoker_submit_job_finish (result, &error);

  if (job != NULL)
    g_task_return_pointer (task, job, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
submit (GTask *task, StokerProvider *provider)
{
  GError *error = NULL;
  g_autoptr (StokerWorkload) workload = stoker_rehearsal_workload (&error);
  StokerSubmission submission = { .workload = workload,
                                  .provider_id = stoker_provider_get_id (provider),
                                  .is_live = TRUE };

  if (workload == NULL)
    g_task_return_error (task, error);
  else
    stoker_submit_job_async (g_task_get_source_object (task), &submission,
                             g_task_get_cancellable (task), did_submit, g_object_ref (task));
}

static void
did_register (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (StokerProvider) provider = stoker_register_provider_finish (result, &error);

  if (provider != NULL)
    submit (task, provider);
  else
    g_task_return_error (task, error);
}

static StokerProvider *
find_provider (StokerWorkspace *workspace)
{
  GListModel *providers = stoker_workspace_get_providers (workspace);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      if (g_strcmp0 (stoker_provider_get_template_id (provider), TEMPLATE_ID) == 0)
        return g_steal_pointer (&provider);
    }
  return NULL;
}

/**
 * stoker_rehearse_async:
 * @workspace: the workspace
 * @cancellable: (nullable): to give up before it is on disk
 * @callback: called when the job is on disk
 * @user_data: for @callback
 *
 * Rehearses a first run.
 */
void
stoker_rehearse_async (StokerWorkspace *workspace,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (JsonNode) payload = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_rehearse_async);
  provider = find_provider (workspace);
  if (provider != NULL)
    {
      submit (task, provider);
      return;
    }
  payload = stoker_json_parse ("{\"template_id\":\"" TEMPLATE_ID "\"}", -1, NULL, NULL);
  stoker_register_provider_async (workspace, payload, NULL, NULL, cancellable, did_register,
                                  g_object_ref (task));
}

/**
 * stoker_rehearse_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the job, which is on its way
 */
StokerJob *
stoker_rehearse_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_rehearse_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
