/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-follower-private.h"

#include "stoker-deadline-private.h"
#include "stoker-error.h"
#include "stoker-job-history.h"
#include "stoker-output-folder.h"
#include "stoker-quote-private.h"
#include "stoker-rate-private.h"

#include <glib/gi18n-lib.h>

#define FIRST_INTERVAL_S 1.0
/* A job that may run this much longer than its deadline was not stopped by its backend: we do it.
 */
#define DEADLINE_GRACE_S 60

G_DEFINE_FINAL_TYPE (StokerJobFollower, stoker_job_follower, G_TYPE_OBJECT)

enum {
  STEPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stoker_job_follower_dispose (GObject *object)
{
  StokerJobFollower *self = STOKER_JOB_FOLLOWER (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (stoker_job_follower_parent_class)->dispose (object);
}

static void
stoker_job_follower_finalize (GObject *object)
{
  StokerJobFollower *self = STOKER_JOB_FOLLOWER (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->job);
  g_clear_pointer (&self->workload, stoker_workload_unref);
  g_clear_pointer (&self->opened, stoker_workload_unref);
  g_clear_pointer (&self->connection, stoker_connection_unref);
  g_clear_pointer (&self->output_dir, g_free);
  g_clear_pointer (&self->plan_id, g_free);
  g_clear_pointer (&self->gpu, g_free);
  g_clear_pointer (&self->region, g_free);
  g_clear_pointer (&self->offer_id, g_free);

  G_OBJECT_CLASS (stoker_job_follower_parent_class)->finalize (object);
}

static void
stoker_job_follower_class_init (StokerJobFollowerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_job_follower_dispose;
  G_OBJECT_CLASS (klass)->finalize = stoker_job_follower_finalize;

  signals[STEPPED] = g_signal_new ("stepped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
stoker_job_follower_init (StokerJobFollower *self)
{
  self->cancellable = g_cancellable_new ();
  self->interval_s = FIRST_INTERVAL_S;
}

/* What the job was estimated for. */
void
stoker_job_follower_read_target (StokerJobFollower *self)
{
  JsonNode *estimate = stoker_job_get_estimate (self->job);
  StokerJsonPlace root = stoker_json_root (estimate, "estimate");
  StokerJsonPlace target;

  if (estimate == NULL)
    return;
  g_clear_pointer (&self->plan_id, g_free);
  g_clear_pointer (&self->gpu, g_free);
  g_clear_pointer (&self->region, g_free);
  g_clear_pointer (&self->offer_id, g_free);
  self->gpus = 0;
  target = stoker_json_member (&root, "target");
  stoker_json_get_string (&target, "plan", STOKER_JSON_OPTIONAL, &self->plan_id, NULL);
  stoker_json_get_string (&target, "gpu", STOKER_JSON_OPTIONAL, &self->gpu, NULL);
  stoker_json_get_string (&target, "region", STOKER_JSON_OPTIONAL, &self->region, NULL);
  stoker_json_get_string (&target, "offer_id", STOKER_JSON_OPTIONAL, &self->offer_id, NULL);
  stoker_json_get_int (&target, "gpus", STOKER_JSON_OPTIONAL, 0, G_MAXINT, &self->gpus, NULL);
}

/* Makes the follower of @job; a wish to cancel that a crash interrupted is taken up again. */
StokerJobFollower *
stoker_job_follower_new (StokerWorkspace *workspace, StokerJob *job)
{
  StokerJobFollower *self = g_object_new (STOKER_TYPE_JOB_FOLLOWER, NULL);
  StokerSettings *settings = stoker_workspace_get_settings (workspace);

  self->workspace = workspace;
  self->job = g_object_ref (job);
  self->output_dir = stoker_output_folder_of (settings, job);
  self->longest_interval_s = stoker_settings_get_poll_seconds (settings);
  self->wants_cancel = g_strcmp0 (stoker_job_get_stage (job), STOKER_CANCELLING_STAGE) == 0;
  stoker_job_follower_read_target (self);
  stoker_job_follower_resume_end (self);
  return self;
}

/* TRUE while a request of this job may or may not have arrived: nothing else is sent to that
 * provider until it is known. */
gboolean
stoker_job_follower_is_uncertain (StokerJobFollower *self)
{
  return stoker_job_get_state (self->job) == STOKER_JOB_SUBMITTING;
}

void
stoker_job_follower_done (StokerJobFollower *self)
{
  self->is_busy = FALSE;
  g_signal_emit (self, signals[STEPPED], 0);
}

/* After the scheduler has let go of the job, what the backend still told is asked for again by the
 * next one, so nothing is lost when the database was closed first. */
static void
did_save (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobFollower) self = user_data;
  g_autoptr (GError) local_error = NULL;

  if (!stoker_store_write_finish (STOKER_STORE (source), result, &local_error) &&
      !g_cancellable_is_cancelled (self->cancellable))
    g_warning ("a job's state could not be written: %s", local_error->message);
}

static StokerLedgerEntry *
make_accrued_entry (StokerJobFollower *self)
{
  StokerMoney accrued = stoker_job_get_accrued (self->job);

  if (!accrued.is_known || stoker_job_get_dry_run (self->job))
    return NULL;
  return stoker_ledger_entry_new (STOKER_LEDGER_ACCRUED, stoker_job_get_id (self->job),
                                  stoker_job_get_provider_id (self->job), accrued);
}

/* Writes the job as it is now, and a line of the ledger. The store keeps the order, so nobody waits
 * here. */
void
stoker_job_follower_save_with (StokerJobFollower *self, const StokerLedgerEntry *entry)
{
  stoker_store_save_job_async (stoker_workspace_get_store (self->workspace), self->job, entry, NULL,
                               did_save, g_object_ref (self));
}

void
stoker_job_follower_save (StokerJobFollower *self)
{
  g_autoptr (StokerLedgerEntry) entry = make_accrued_entry (self);

  stoker_job_follower_save_with (self, entry);
}

void
stoker_job_follower_set_state (StokerJobFollower *self, StokerJobState state)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (self->job);

  if (attempt != NULL)
    attempt->state = state;
  if (stoker_job_get_state (self->job) != state)
    self->interval_s = FIRST_INTERVAL_S;
  stoker_job_set_state (self->job, state);
  stoker_job_note_state (self->job, g_get_real_time ());
}

/* Fills @request from the job; its strings are borrowed from @self. */
gboolean
stoker_job_follower_make_request (StokerJobFollower *self,
                                  StokerJobRequest *request,
                                  GError **error)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (self->job);

  if (self->workload == NULL)
    self->workload = stoker_workload_decode (stoker_job_get_workload (self->job),
                                             stoker_job_get_id (self->job), error);
  if (self->workload == NULL)
    return FALSE;

  *request = (StokerJobRequest){
    .job_id = stoker_job_get_id (self->job),
    .token = attempt != NULL ? attempt->token : stoker_job_get_id (self->job),
    .remote_id = attempt != NULL ? attempt->remote_id : NULL,
    .handle = attempt != NULL ? attempt->handle : NULL,
    .workload = self->opened != NULL ? self->opened : self->workload,
    .plan_id = self->plan_id,
    .gpu = self->gpu,
    .region = self->region,
    .offer_id = self->offer_id,
    .gpus = (int) self->gpus,
    .deadline_s = stoker_deadline_choose (self->workload),
    .intended_us = attempt != NULL ? attempt->started_us : g_get_real_time (),
    .output_dir = self->output_dir,
  };
  return TRUE;
}

typedef struct
{
  StokerJobFollower *self; /* owned */
  StokerFollowerStep step;
} Connecting;

static void
run_step (StokerJobFollower *self, StokerFollowerStep step)
{
  GObject *connector = stoker_workspace_get_connector (self->workspace,
                                                       stoker_connection_get_profile (
                                                         self->connection));

  if (connector != NULL && STOKER_IS_JOB_RUNNER (connector))
    {
      step (self, connector);
      return;
    }
  stoker_job_follower_finish (self, STOKER_JOB_FAILED,
                              _ ("Stoker cannot send jobs to this provider yet"),
                              STOKER_ERROR_UNSUPPORTED);
  stoker_job_follower_done (self);
}

static void
did_connect (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Connecting *connecting = user_data;
  g_autoptr (StokerJobFollower) self = connecting->self;
  g_autoptr (GError) local_error = NULL;

  self->connection = stoker_workspace_connect_finish (STOKER_WORKSPACE (source), result,
                                                      &local_error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (self->connection != NULL)
    {
      run_step (self, connecting->step);
      return;
    }
  stoker_job_follower_back_off (self, local_error);
  stoker_job_follower_done (self);
}

/* Makes the connection when there is none yet, then takes @step. */
void
stoker_job_follower_with_connector (StokerJobFollower *self, StokerFollowerStep step)
{
  StokerProvider *provider =
    stoker_workspace_lookup_provider (self->workspace, stoker_job_get_provider_id (self->job));
  Connecting *connecting;

  self->is_busy = TRUE;
  if (self->connection != NULL)
    {
      run_step (self, step);
      return;
    }
  if (provider == NULL)
    {
      stoker_job_follower_finish (self, STOKER_JOB_LOST, _ ("its provider is no longer registered"),
                                  STOKER_ERROR_NOT_FOUND);
      stoker_job_follower_done (self);
      return;
    }

  connecting = g_new (Connecting, 1);
  connecting->self = g_object_ref (self);
  connecting->step = step;
  stoker_workspace_connect_async (self->workspace, provider, self->cancellable, did_connect,
                                  connecting);
}

/* Money: what the backend bills, else the price of the request once it has succeeded, else its
 * seconds at the agreed rate, else the clock's, from when it began or was first seen running. What
 * has run and was never seen running has cost nobody knows what. */

static StokerMoney
work_out_accrued (StokerJobFollower *self, StokerJobReport *report)
{
  gint64 start_us = stoker_job_get_started (self->job);
  gint64 end_us = report->ended_us > 0 ? report->ended_us : g_get_real_time ();
  StokerRate rate;

  if (report->billed.is_known)
    return report->billed;
  if (stoker_quote_is_by_request (stoker_job_get_estimate (self->job)))
    return report->state == STOKER_JOB_SUCCEEDED ? stoker_job_get_estimated (self->job)
                                                 : stoker_money_unknown ();
  if (!stoker_rate_read (&rate, self->job))
    return stoker_money_unknown ();
  if (report->billed_s >= 0)
    return stoker_rate_cost (&rate, report->billed_s);
  if (start_us > 0)
    return stoker_rate_cost (&rate, (end_us - start_us) / G_USEC_PER_SEC);
  return report->state == STOKER_JOB_SUCCEEDED ? stoker_money_unknown ()
                                               : stoker_money_new (0, rate.price.currency);
}

/* What all attempts have cost; unknown while the current one's is. */
void
stoker_job_follower_sum_money (StokerJobFollower *self)
{
  GPtrArray *attempts = stoker_job_get_attempts (self->job);
  StokerAttempt *current = stoker_job_get_current_attempt (self->job);
  StokerMoney sum = current->accrued;

  for (guint i = 0; i < attempts->len; i++)
    {
      StokerAttempt *attempt = attempts->pdata[i];

      if (attempt != current && attempt->accrued.is_known)
        sum = stoker_money_add (sum, attempt->accrued);
    }
  stoker_job_set_accrued (self->job, sum);
}

static void
update_money (StokerJobFollower *self, StokerJobReport *report)
{
  stoker_job_get_current_attempt (self->job)->accrued = work_out_accrued (self, report);
  stoker_job_follower_sum_money (self);
}

/* Polling. */

static void
take_identity (StokerAttempt *attempt, StokerJobReport *report)
{
  if (report->remote_id != NULL && attempt->remote_id == NULL)
    attempt->remote_id = g_strdup (report->remote_id);
  if (report->handle != NULL)
    {
      g_clear_pointer (&attempt->handle, json_node_unref);
      attempt->handle = json_node_copy (report->handle);
    }
}

/* Not every backend tells when it began; then it is when it was first seen running. */
static void
take_start (StokerJobFollower *self, StokerJobReport *report)
{
  gint64 started_us = report->started_us;

  if (started_us <= 0 && report->state == STOKER_JOB_RUNNING &&
      stoker_job_get_started (self->job) == 0)
    started_us = g_get_real_time ();
  if (started_us > 0)
    stoker_job_set_times (self->job, stoker_job_get_created (self->job), started_us, 0);
}

/* Of a long log backends tell the end. */
void
stoker_job_follower_take_log (StokerJobFollower *self, StokerJobReport *report)
{
  if (report->log == NULL)
    return;
  stoker_job_set_log (self->job, report->log);
  stoker_job_set_log_dropped (self->job,
                              MAX (report->log_dropped, stoker_job_get_log_dropped (self->job)));
}

static void
take_progress (StokerJobFollower *self, StokerJobReport *report)
{
  stoker_job_set_progress (self->job, report->progress);
  if (!self->wants_cancel)
    stoker_job_set_stage (self->job, report->stage);
  if (report->message != NULL || !self->cannot_cancel)
    stoker_job_set_message (self->job, report->message, report->error_code);
  stoker_job_follower_take_log (self, report);
  take_start (self, report);
}

/* Outputs are fetched at once, and what the job used is given back at once. */
static void
plan_next_poll (StokerJobFollower *self, StokerJobState state)
{
  if (state == STOKER_JOB_SUCCEEDED || self->is_ending)
    {
      self->due_us = 0;
      return;
    }
  self->due_us = g_get_monotonic_time () +
                 (gint64) (MAX (self->interval_s, (double) self->least_interval_s) *
                           G_USEC_PER_SEC);
  self->interval_s = MIN (self->interval_s * 1.5, self->longest_interval_s);
}

/* Takes over what the backend told. Success means that the outputs can be fetched now. */
void
stoker_job_follower_apply_report (StokerJobFollower *self, StokerJobReport *report)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (self->job);

  self->failures = 0;
  self->least_interval_s = report->poll_s;
  g_object_freeze_notify (G_OBJECT (self->job));
  take_identity (attempt, report);
  take_progress (self, report);
  update_money (self, report);
  if (report->ended_us > 0)
    attempt->ended_us = report->ended_us;

  if (report->state == STOKER_JOB_SUCCEEDED)
    stoker_job_follower_set_state (self, STOKER_JOB_FETCHING);
  else if (stoker_job_state_is_final (report->state))
    stoker_job_follower_end (self, report->state, report->message, report->error_code);
  else
    stoker_job_follower_set_state (self, report->state);

  if (!stoker_job_state_is_final (report->state) || report->state == STOKER_JOB_SUCCEEDED)
    stoker_job_follower_save (self);
  plan_next_poll (self, report->state);
  g_object_thaw_notify (G_OBJECT (self->job));
}

static void
handle_poll_error (StokerJobFollower *self, const GError *error)
{
  if (g_error_matches (error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND))
    {
      g_autofree char *message = g_strdup_printf (_ ("the provider no longer knows this job: %s"),
                                                  error->message);

      stoker_job_follower_end (self, STOKER_JOB_LOST, message, error->code);
      return;
    }
  if (!stoker_job_follower_is_passing_trouble (error))
    {
      /* A key may have been changed meanwhile: ask the keyring again. */
      g_clear_pointer (&self->connection, stoker_connection_unref);
      self->failures = MAX (self->failures, 4);
    }
  stoker_job_follower_back_off (self, error);
}

static void
did_poll (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobFollower) self = user_data;
  g_autoptr (StokerJobReport) report = NULL;
  g_autoptr (GError) local_error = NULL;

  report = stoker_job_runner_start_finish (STOKER_JOB_RUNNER (source), result, &local_error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (report != NULL)
    stoker_job_follower_apply_report (self, report);
  else if (self->wants_cancel &&
           g_error_matches (local_error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED))
    stoker_job_follower_give_up_cancelling (self, local_error);
  else
    handle_poll_error (self, local_error);
  stoker_job_follower_done (self);
}

static void
start_operation (StokerJobFollower *self, GObject *connector, StokerJobOperation operation)
{
  StokerJobRequest request;
  g_autoptr (GError) local_error = NULL;

  if (!stoker_job_follower_make_request (self, &request, &local_error))
    {
      stoker_job_follower_end (self, STOKER_JOB_LOST, local_error->message, local_error->code);
      stoker_job_follower_done (self);
      return;
    }
  stoker_job_runner_start_async (STOKER_JOB_RUNNER (connector), operation, self->connection,
                                 &request, self->cancellable, did_poll, g_object_ref (self));
}

static void
poll_job (StokerJobFollower *self, GObject *connector)
{
  start_operation (self, connector, STOKER_JOB_POLL);
}

static void
cancel_job (StokerJobFollower *self, GObject *connector)
{
  start_operation (self, connector, STOKER_JOB_CANCEL);
}

static gboolean
is_overdue (StokerJobFollower *self)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (self->job);

  if (attempt == NULL || self->workload == NULL)
    return FALSE;
  return g_get_real_time () - attempt->started_us >
         (stoker_deadline_choose (self->workload) + DEADLINE_GRACE_S) * G_USEC_PER_SEC;
}

static void
follow_remote (StokerJobFollower *self)
{
  if (!self->wants_cancel && !self->cannot_cancel && is_overdue (self))
    {
      stoker_job_follower_cancel (self);
      self->is_late = TRUE;
    }
  stoker_job_follower_with_connector (self, self->wants_cancel ? cancel_job : poll_job);
}

/* Takes the next step. The caller looked that it is due, not busy, and that a waiting job may
 * start. */
void
stoker_job_follower_step (StokerJobFollower *self)
{
  if (self->is_ending)
    {
      stoker_job_follower_release (self);
      return;
    }
  switch (stoker_job_get_state (self->job))
    {
    case STOKER_JOB_WAITING:
      stoker_job_follower_begin_attempt (self);
      break;
    case STOKER_JOB_SUBMITTING:
      stoker_job_follower_find (self);
      break;
    case STOKER_JOB_QUEUED:
    case STOKER_JOB_PROVISIONING:
    case STOKER_JOB_RUNNING:
      follow_remote (self);
      break;
    case STOKER_JOB_FETCHING:
      stoker_job_follower_fetch (self);
      break;
    case STOKER_JOB_SUCCEEDED:
    case STOKER_JOB_FAILED:
    case STOKER_JOB_CANCELLED:
    case STOKER_JOB_LOST:
    default:
      break;
    }
}
