/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-confirm-ended.h"

#include "stoker-error.h"
#include "stoker-job-follower-private.h"

#include <glib/gi18n-lib.h>

/**
 * stoker_job_may_confirm_ended:
 * @job: a job
 *
 * Returns: %TRUE when it has ended, what it used could not be given back, and only its user can
 * tell that it costs nothing any more
 */
gboolean
stoker_job_may_confirm_ended (StokerJob *job)
{
  return !stoker_job_state_is_final (stoker_job_get_state (job)) &&
         stoker_job_get_error_code (job) == STOKER_ERROR_HELD &&
         g_strcmp0 (stoker_job_get_stage (job), STOKER_STAGE_RELEASING) == 0;
}

static void
did_audit (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (stoker_store_write_finish (STOKER_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * stoker_confirm_ended_async:
 * @workspace: the workspace
 * @job: one of which stoker_job_may_confirm_ended() is true
 * @cancellable: (nullable): unused once it is noted
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Takes the user's word that what @job used at its provider is ended. The provider is not asked
 * again, not even after a restart, and the job ends as it was going to.
 */
void
stoker_confirm_ended_async (StokerWorkspace *workspace,
                            StokerJob *job,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_confirm_ended_async);
  if (!stoker_job_may_confirm_ended (job))
    {
      g_task_return_new_error (
        task, STOKER_ERROR, STOKER_ERROR_CONFIG,
        _ ("nothing that the job %s used is waiting to be ended by hand; cancel it instead"),
        stoker_job_get_id (job));
      return;
    }
  if (!stoker_workspace_require_scheduler (workspace, task))
    return;
  stoker_workspace_confirm_in_scheduler (workspace, job);
  /* The store keeps the order: what was written before this is on disk when this is. */
  stoker_store_append_audit_async (stoker_workspace_get_store (workspace), "job.ended-by-hand",
                                   stoker_job_get_id (job), NULL, NULL, did_audit,
                                   g_object_ref (task));
}

/**
 * stoker_confirm_ended_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when it is noted; the job's state tells when it has come to its end
 */
gboolean
stoker_confirm_ended_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_confirm_ended_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
