/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-list-machines.h"

#include "stoker-error.h"
#include "stoker-machine-host.h"
#include "stoker-reach-private.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

#define LIST "machines.list"

/**
 * stoker_provider_lists_machines:
 * @workspace: the workspace
 * @provider: a registered provider
 *
 * Returns: whether Stoker can ask it for the machines that are rented there
 */
gboolean
stoker_provider_lists_machines (StokerWorkspace *workspace, StokerProvider *provider)
{
  return stoker_provider_has_operation (workspace, provider, LIST);
}

static void
did_list (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *machines = stoker_machine_host_list_finish (STOKER_MACHINE_HOST (source), result,
                                                         &error);

  if (machines != NULL)
    g_task_return_pointer (task, machines, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
did_reach (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = STOKER_WORKSPACE (source);
  g_autoptr (StokerConnection) connection = NULL;
  GError *error = NULL;
  GObject *connector = NULL;

  connection = stoker_reach_provider_finish (workspace, result, &error);
  if (connection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  connector = stoker_workspace_get_connector (workspace,
                                              stoker_connection_get_profile (connection));
  stoker_machine_host_list_async (STOKER_MACHINE_HOST (connector), connection,
                                  g_task_get_cancellable (task), did_list, g_object_ref (task));
}

/**
 * stoker_list_machines_async:
 * @workspace: the workspace
 * @provider: a registered provider
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks the provider what is rented there.
 */
void
stoker_list_machines_async (StokerWorkspace *workspace,
                            StokerProvider *provider,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_list_machines_async);
  if (!stoker_provider_lists_machines (workspace, provider))
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                             _ ("%s rents out no machines that Stoker could list"),
                             stoker_provider_get_id (provider));
  else
    stoker_reach_provider_async (workspace, provider, TRUE, cancellable, did_reach,
                                 g_object_ref (task));
}

/**
 * stoker_list_machines_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type StokerMachine): all machines of the account;
 * %NULL with %STOKER_ERROR_HELD when the feature flag is off, %STOKER_ERROR_UNSUPPORTED when the
 * provider has no list, or with what it answered
 */
GPtrArray *
stoker_list_machines_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_list_machines_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
runs_on (StokerJob *job, const char *provider_id, const char *machine_id)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (job);

  return attempt != NULL && !stoker_job_state_is_final (stoker_job_get_state (job)) &&
         g_strcmp0 (attempt->provider_id, provider_id) == 0 &&
         g_strcmp0 (attempt->remote_id, machine_id) == 0;
}

/**
 * stoker_machine_find_job:
 * @workspace: the workspace
 * @provider_id: where the machine is
 * @machine: a machine
 *
 * Returns: (transfer none) (nullable): the job that runs on it
 */
StokerJob *
stoker_machine_find_job (StokerWorkspace *workspace,
                         const char *provider_id,
                         const StokerMachine *machine)
{
  g_autoptr (GPtrArray)
    jobs = stoker_job_list_list_live (STOKER_JOB_LIST (stoker_workspace_get_jobs (workspace)));

  for (guint i = 0; i < jobs->len; i++)
    if (runs_on (jobs->pdata[i], provider_id, machine->id))
      return jobs->pdata[i];
  return NULL;
}
