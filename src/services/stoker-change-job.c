/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-run-job.h"

#include "stoker-error.h"
#include "stoker-gate-private.h"
#include "stoker-job-history.h"
#include "stoker-keep-jobs.h"
#include "stoker-quote-private.h"
#include "stoker-task.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

/* Waiting for a job to come to a state: the handler on it goes with the task. */
typedef struct
{
  StokerJob *job; /* owned */
  gulong state_changed_id;
  gulong cancelled_id;
} Waiting;

static void
waiting_free (Waiting *self)
{
  if (self->state_changed_id != 0)
    g_signal_handler_disconnect (self->job, self->state_changed_id);
  g_clear_object (&self->job);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Waiting, waiting, waiting_free)

static gboolean
is_over (StokerJob *job)
{
  return stoker_job_state_is_final (stoker_job_get_state (job));
}

static gboolean
is_handed_over (StokerJob *job)
{
  StokerJobState state = stoker_job_get_state (job);

  return state != STOKER_JOB_WAITING && state != STOKER_JOB_SUBMITTING;
}

static gboolean
is_reached (GTask *task, StokerJob *job)
{
  if (g_async_result_is_tagged (G_ASYNC_RESULT (task), stoker_wait_handed_over_async))
    return is_handed_over (job);
  return is_over (job);
}

static void
state_changed_cb (StokerJob *job, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Waiting *waiting;

  if (!is_reached (user_data, job))
    return;
  task = user_data; /* The reference that the handler held. */
  waiting = stoker_task_get_waiting_state (task);
  g_clear_signal_handler (&waiting->state_changed_id, job);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

/* A cancelled wait ends at the job's next change or when the job goes: the job itself is not
 * touched. */
static void
start_waiting (GTask *task, StokerJob *job)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->job = g_object_ref (job);
  stoker_task_set_waiting_state (task, waiting);
  if (is_reached (task, job))
    g_task_return_boolean (task, TRUE);
  else
    waiting->state_changed_id =
      g_signal_connect (job, "notify::state", G_CALLBACK (state_changed_cb), g_object_ref (task));
}

/**
 * stoker_wait_job_async:
 * @workspace: the workspace
 * @job: a job
 * @cancellable: (nullable): to stop waiting
 * @callback: called when the job is over
 * @user_data: for @callback
 *
 * Waits until @job is in a final state.
 */
void
stoker_wait_job_async (StokerWorkspace *workspace,
                       StokerJob *job,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_wait_job_async);
  start_waiting (task, job);
}

/**
 * stoker_wait_job_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when the job is over, however it ended
 */
gboolean
stoker_wait_job_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_wait_job_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * stoker_wait_handed_over_async:
 * @workspace: the workspace
 * @job: a job
 * @cancellable: (nullable): to stop waiting
 * @callback: called when the job is with its provider, or over
 * @user_data: for @callback
 *
 * Waits until @job no longer needs this process.
 */
void
stoker_wait_handed_over_async (StokerWorkspace *workspace,
                               StokerJob *job,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_wait_handed_over_async);
  start_waiting (task, job);
}

/**
 * stoker_wait_handed_over_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when this process may leave
 */
gboolean
stoker_wait_handed_over_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_wait_handed_over_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * stoker_cancel_job_async:
 * @workspace: the workspace
 * @job: a job
 * @cancellable: (nullable): unused once the wish is noted
 * @callback: called when the wish is noted
 * @user_data: for @callback
 *
 * Cancels a job. The wish is on disk when @callback is called; the job's state tells when it was
 * carried out.
 */
void
stoker_cancel_job_async (StokerWorkspace *workspace,
                         StokerJob *job,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_cancel_job_async);
  if (is_over (job))
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_CONFIG,
                             _ ("the job %s is over already"), stoker_job_get_id (job));
  else if (stoker_workspace_require_scheduler (workspace, task))
    {
      stoker_workspace_cancel_in_scheduler (workspace, job);
      g_task_return_boolean (task, TRUE);
    }
}

/**
 * stoker_cancel_job_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when the wish was noted
 */
gboolean
stoker_cancel_job_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_cancel_job_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
check_retry (StokerWorkspace *workspace, StokerJob *job, const char *provider_id, GError **error)
{
  StokerJobState state = stoker_job_get_state (job);
  const char *target = provider_id != NULL ? provider_id : stoker_job_get_provider_id (job);

  if (stoker_job_get_dry_run (job))
    g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                         _ ("a dry run was never sent; submit it live instead"));
  else if (!stoker_job_state_is_final (state) || state == STOKER_JOB_SUCCEEDED)
    g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                         _ (
                           "only a job that failed, was cancelled or was lost can be tried again"));
  else if (stoker_workspace_lookup_provider (workspace, target) == NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("there is no provider “%s”"), target);
  else
    return stoker_gate_require_flag (
      stoker_workspace_get_settings (workspace),
      stoker_workspace_get_profile (workspace,
                                    stoker_workspace_lookup_provider (workspace, target)),
      error);
  return FALSE;
}

/* It comes last in the queue. */
static void
reset_job (StokerJob *job, const char *provider_id)
{
  if (provider_id != NULL)
    stoker_job_set_provider_id (job, provider_id);
  stoker_job_set_message (job, NULL, -1);
  stoker_job_set_stage (job, NULL);
  stoker_job_set_progress (job, -1);
  stoker_job_set_times (job, stoker_job_get_created (job), 0, 0);
  stoker_job_set_queue_place (job, g_get_real_time ());
  stoker_job_set_state (job, STOKER_JOB_WAITING);
  stoker_job_note_state (job, g_get_real_time ());
}

typedef struct
{
  StokerJob *job;                   /* owned */
  char *provider_id;                /* owned, nullable */
  StokerAdvice *advice;             /* owned, nullable */
  const StokerCandidate *candidate; /* of the advice, nullable */
} Retry;

static void
retry_free (Retry *self)
{
  g_clear_object (&self->job);
  g_clear_pointer (&self->advice, stoker_advice_unref);
  g_free (self->provider_id);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Retry, retry, retry_free)

static gboolean
is_elsewhere (const Retry *self)
{
  return self->candidate != NULL ||
         (self->provider_id != NULL &&
          g_strcmp0 (self->provider_id, stoker_job_get_provider_id (self->job)) != 0);
}

/* Elsewhere it costs something else, and its rate counts from now on. */
static gboolean
quote_anew (StokerWorkspace *workspace, const Retry *self, GError **error)
{
  StokerJob *job = self->job;
  StokerProvider *provider = stoker_workspace_lookup_provider (workspace, self->provider_id);
  g_autoptr (StokerWorkload) workload = stoker_workload_decode (stoker_job_get_workload (job),
                                                                stoker_job_get_id (job), error);
  StokerQuote quote = { 0 };
  gboolean is_quoted = FALSE;

  if (workload == NULL)
    return FALSE;
  is_quoted = stoker_quote_init (&quote, workspace, provider, workload, self->candidate, NULL,
                                 error) &&
              stoker_quote_take_price (&quote, workspace, provider, workload, error);
  if (is_quoted)
    {
      stoker_job_set_estimate (job, quote.json);
      stoker_job_set_estimated (job, quote.total);
    }
  stoker_quote_clear (&quote);
  return is_quoted;
}

static StokerLedgerEntry *
make_estimated_entry (StokerJob *job)
{
  StokerMoney estimated = stoker_job_get_estimated (job);

  if (!estimated.is_known)
    return NULL;
  return stoker_ledger_entry_new (STOKER_LEDGER_ESTIMATED, stoker_job_get_id (job),
                                  stoker_job_get_provider_id (job), estimated);
}

static void
did_save_retry (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!stoker_store_write_finish (STOKER_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_workspace_follow_job (g_task_get_source_object (task),
                               stoker_task_get_retry_state (task)->job);
  g_task_return_boolean (task, TRUE);
}

/* Looks once more: while the documents were read, somebody else may have been quicker. */
static void
retry_documents_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Retry *retry = stoker_task_get_retry_state (task);
  gboolean has_new_price = is_elsewhere (retry);
  g_autoptr (StokerLedgerEntry) entry = NULL;
  GError *error = NULL;

  if (!stoker_load_documents_finish (result, &error) ||
      !check_retry (workspace, retry->job, retry->provider_id, &error) ||
      (has_new_price && !quote_anew (workspace, retry, &error)))
    {
      g_task_return_error (task, error);
      return;
    }
  reset_job (retry->job, retry->provider_id);
  entry = has_new_price ? make_estimated_entry (retry->job) : NULL;
  stoker_store_save_job_async (stoker_workspace_get_store (workspace), retry->job, entry,
                               g_task_get_cancellable (task), did_save_retry, g_object_ref (task));
}

static void
start_retry (
  GTask *task, StokerJob *job, const char *provider_id, StokerAdvice *advice, guint index)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  Retry *retry = g_new0 (Retry, 1);
  GError *error = NULL;

  retry->job = g_object_ref (job);
  retry->provider_id = g_strdup (provider_id);
  if (advice != NULL)
    {
      retry->advice = stoker_advice_ref (advice);
      retry->candidate = g_ptr_array_index (advice->candidates, index);
    }
  stoker_task_set_retry_state (task, retry);
  g_ptr_array_add (jobs, job);
  if (!check_retry (workspace, job, provider_id, &error))
    g_task_return_error (task, error);
  else if (stoker_workspace_require_scheduler (workspace, task))
    stoker_load_documents_async (workspace, jobs, g_task_get_cancellable (task),
                                 retry_documents_loaded, g_object_ref (task));
}

/**
 * stoker_retry_job_async:
 * @workspace: the workspace
 * @job: a job that failed, was cancelled or was lost
 * @provider_id: (nullable): another provider to try it on
 * @cancellable: (nullable): to give up before it is on disk
 * @callback: called when the new intention is on disk
 * @user_data: for @callback
 *
 * Tries a job again, as a further attempt of the same job.
 */
void
stoker_retry_job_async (StokerWorkspace *workspace,
                        StokerJob *job,
                        const char *provider_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_retry_job_async);
  start_retry (task, job, provider_id, NULL, 0);
}

/**
 * stoker_retry_job_on_async:
 * @workspace: the workspace
 * @job: a job that failed, was cancelled or was lost
 * @advice: an advice on its workload
 * @index: which of the candidates it shall be tried on
 * @cancellable: (nullable): to give up before it is on disk
 * @callback: called when the new intention is on disk
 * @user_data: for @callback
 *
 * Tries a job again on what a candidate offers, for its price. Ends with stoker_retry_job_finish().
 */
void
stoker_retry_job_on_async (StokerWorkspace *workspace,
                           StokerJob *job,
                           StokerAdvice *advice,
                           guint index,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  const StokerCandidate *candidate = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));
  g_return_if_fail (index < advice->candidates->len);

  candidate = g_ptr_array_index (advice->candidates, index);
  g_task_set_source_tag (task, stoker_retry_job_async);
  start_retry (task, job, candidate->id, advice, index);
}

/**
 * stoker_retry_job_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when the job waits for its next attempt
 */
gboolean
stoker_retry_job_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_retry_job_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
