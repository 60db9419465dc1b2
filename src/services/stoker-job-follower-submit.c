/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-follower-private.h"

#include "stoker-error.h"
#include "stoker-job-history.h"
#include "stoker-payload-files-private.h"

#include <glib/gi18n-lib.h>

#define MAX_TRIES 5
#define MAX_FIND_FAILURES 12

/* A request on its way when the connection broke may still arrive: a look at the backend's list
 * counts only after this. */
static gint64
get_settle_us (StokerJobFollower *self)
{
  return (gint64) stoker_settings_get_settle_seconds (
           stoker_workspace_get_settings (self->workspace)) *
         G_USEC_PER_SEC;
}

/* Files of this machine that the payload names are read when it is sent, or when a backend is asked
 * whether it has a job with just this input, and let go of when the answer is here. */

typedef void (*FailureHandler) (StokerJobFollower *self, const GError *error);

typedef struct
{
  StokerJobFollower *self; /* owned */
  GObject *connector;      /* owned */
  StokerFollowerStep step;
  FailureHandler failed;
} Opening;

static void
opening_free (Opening *self)
{
  g_object_unref (self->self);
  g_object_unref (self->connector);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
did_open_files (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  StokerJobFollower *self = opening->self;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (StokerWorkload) opened = stoker_payload_files_open_finish (result, &local_error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (opened == NULL)
    {
      opening->failed (self, local_error);
      stoker_job_follower_done (self);
      return;
    }
  g_clear_pointer (&self->opened, stoker_workload_unref);
  self->opened = g_steal_pointer (&opened);
  opening->step (self, opening->connector);
}

static void
with_files (StokerJobFollower *self,
            GObject *connector,
            StokerFollowerStep step,
            FailureHandler failed)
{
  StokerJobRequest request;
  g_autoptr (GError) local_error = NULL;
  Opening *opening = NULL;

  if (!stoker_job_follower_make_request (self, &request, &local_error))
    {
      failed (self, local_error);
      stoker_job_follower_done (self);
      return;
    }
  if (!stoker_payload_files_are_named (self->workload,
                                       stoker_connection_get_profile (self->connection)))
    {
      step (self, connector);
      return;
    }
  opening = g_new (Opening, 1);
  *opening = (Opening){ g_object_ref (self), g_object_ref (connector), step, failed };
  stoker_payload_files_open_async (self->workload, self->cancellable, did_open_files, opening);
}

static void
fail_attempt (StokerJobFollower *self, const GError *error)
{
  stoker_job_get_current_attempt (self->job)->accrued = stoker_money_usd (0);
  stoker_job_follower_sum_money (self);
  stoker_job_follower_end (self, STOKER_JOB_FAILED, error->message, error->code);
  if (stoker_job_get_state (self->job) == STOKER_JOB_FAILED && stoker_error_get_wait (error) > 0)
    stoker_job_set_retry_at (self->job,
                             g_get_real_time () + stoker_error_get_wait (error) * G_USEC_PER_SEC);
}

/* The backend surely did not take it: the job waits for another attempt. */
static void
wait_for_next_attempt (StokerJobFollower *self, const char *message, int error_code)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (self->job);

  attempt->ended_us = g_get_real_time ();
  attempt->accrued = stoker_money_usd (0);
  g_free (attempt->message);
  attempt->message = g_strdup (message);
  attempt->state = STOKER_JOB_FAILED;
  stoker_job_follower_sum_money (self);
  stoker_job_set_state (self->job, STOKER_JOB_WAITING);
  stoker_job_set_message (self->job, message, error_code);
  stoker_job_note_state (self->job, attempt->ended_us);
  stoker_job_follower_save (self);
}

static void
handle_submit_error (StokerJobFollower *self, const GError *error)
{
  if (g_error_matches (error, STOKER_ERROR, STOKER_ERROR_UNCERTAIN))
    {
      stoker_job_set_message (self->job, error->message, error->code);
      self->due_us = g_get_monotonic_time () + get_settle_us (self);
      return;
    }
  /* It was refused, so it has cost nothing. */
  stoker_job_get_current_attempt (self->job)->accrued = stoker_money_usd (0);
  stoker_job_follower_sum_money (self);
  if (!stoker_job_follower_is_passing_trouble (error) || ++self->tries >= MAX_TRIES ||
      stoker_job_follower_would_move (self, error))
    {
      fail_attempt (self, error);
      return;
    }
  wait_for_next_attempt (self, error->message, error->code);
  stoker_job_follower_back_off (self, error);
}

static void
did_submit (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobFollower) self = user_data;
  g_autoptr (StokerJobReport) report = NULL;
  g_autoptr (GError) local_error = NULL;

  report = stoker_job_runner_start_finish (STOKER_JOB_RUNNER (source), result, &local_error);
  g_clear_pointer (&self->opened, stoker_workload_unref);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (report != NULL)
    stoker_job_follower_apply_report (self, report);
  else
    handle_submit_error (self, local_error);
  stoker_job_follower_done (self);
}

static void
send_attempt (StokerJobFollower *self, GObject *connector)
{
  StokerJobRequest request;
  g_autoptr (GError) local_error = NULL;

  if (stoker_job_follower_make_request (self, &request, &local_error))
    {
      stoker_job_runner_start_async (STOKER_JOB_RUNNER (connector), STOKER_JOB_SUBMIT,
                                     self->connection, &request, self->cancellable, did_submit,
                                     g_object_ref (self));
      return;
    }
  fail_attempt (self, local_error);
  stoker_job_follower_done (self);
}

static void
open_and_send (StokerJobFollower *self, GObject *connector)
{
  with_files (self, connector, send_attempt, fail_attempt);
}

static void
did_write_intention (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobFollower) self = user_data;
  g_autoptr (GError) local_error = NULL;

  if (!stoker_store_write_finish (STOKER_STORE (source), result, &local_error))
    {
      fail_attempt (self, local_error);
      stoker_job_follower_done (self);
      return;
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  stoker_job_follower_with_connector (self, open_and_send);
}

/* The intention goes to disk first, under a name that no other attempt has; only then is anything
 * sent. */
void
stoker_job_follower_begin_attempt (StokerJobFollower *self)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *token = g_strconcat ("stoker-", uuid, NULL);
  StokerAttempt *attempt = stoker_attempt_new (stoker_job_get_provider_id (self->job), token);

  self->is_busy = TRUE;
  attempt->number = (int) stoker_job_get_attempts (self->job)->len + 1;
  attempt->started_us = g_get_real_time ();
  attempt->state = STOKER_JOB_SUBMITTING;
  attempt->accrued = stoker_money_unknown ();
  stoker_job_add_attempt (self->job, attempt);
  stoker_job_follower_set_state (self, STOKER_JOB_SUBMITTING);
  stoker_store_save_job_async (stoker_workspace_get_store (self->workspace), self->job, NULL, NULL,
                               did_write_intention, g_object_ref (self));
}

/* Finding out what became of a request whose answer never came. */

static gboolean
has_remote_id (StokerJob *job, const char *remote_id)
{
  GPtrArray *attempts = stoker_job_get_attempts (job);

  for (guint i = 0; i < attempts->len; i++)
    {
      if (g_strcmp0 (((StokerAttempt *) attempts->pdata[i])->remote_id, remote_id) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_claimed (StokerJobFollower *self, const char *remote_id)
{
  GListModel *jobs = stoker_workspace_get_jobs (self->workspace);
  guint length = g_list_model_get_n_items (jobs);

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (jobs, i);

      if (has_remote_id (job, remote_id))
        return TRUE;
    }
  return FALSE;
}

static StokerJobReport *
choose_unclaimed (StokerJobFollower *self, GPtrArray *reports)
{
  for (guint i = 0; i < reports->len; i++)
    {
      StokerJobReport *report = reports->pdata[i];

      if (report->remote_id != NULL && !is_claimed (self, report->remote_id))
        return report;
    }
  return NULL;
}

static void
give_up_finding (StokerJobFollower *self, const GError *error)
{
  g_autofree char *message = NULL;

  message = g_strdup_printf (_ ("the answer to the request never came, and the provider cannot "
                                "tell whether it took the job: look at its "
                                "console before sending it again (%s)"),
                             error->message);
  stoker_job_follower_end (self, STOKER_JOB_LOST, message, STOKER_ERROR_UNCERTAIN);
}

static void
handle_found (StokerJobFollower *self, GPtrArray *reports)
{
  StokerJobReport *report = choose_unclaimed (self, reports);

  self->failures = 0;
  if (report != NULL)
    stoker_job_follower_apply_report (self, report);
  else if (self->wants_cancel)
    stoker_job_follower_end (self, STOKER_JOB_CANCELLED,
                             _ ("cancelled; the request had not arrived"), -1);
  else
    wait_for_next_attempt (self, _ ("the request had not arrived; it is sent again"), -1);
}

static void
did_find (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobFollower) self = user_data;
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) local_error = NULL;

  reports = stoker_job_finder_find_finish (STOKER_JOB_FINDER (source), result, &local_error);
  g_clear_pointer (&self->opened, stoker_workload_unref);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (reports != NULL)
    handle_found (self, reports);
  else if (stoker_job_follower_is_passing_trouble (local_error) &&
           self->failures < MAX_FIND_FAILURES)
    stoker_job_follower_back_off (self, local_error);
  else
    give_up_finding (self, local_error);
  stoker_job_follower_done (self);
}

static void
look_for_attempt (StokerJobFollower *self, GObject *connector)
{
  StokerJobRequest request;
  g_autoptr (GError) local_error = NULL;

  if (!STOKER_IS_JOB_FINDER (connector))
    g_set_error_literal (&local_error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                         "it keeps no list of jobs");
  if (local_error == NULL && stoker_job_follower_make_request (self, &request, &local_error))
    {
      stoker_job_finder_find_async (STOKER_JOB_FINDER (connector), self->connection, &request,
                                    self->cancellable, did_find, g_object_ref (self));
      return;
    }
  give_up_finding (self, local_error);
  stoker_job_follower_done (self);
}

static void
open_and_look (StokerJobFollower *self, GObject *connector)
{
  with_files (self, connector, look_for_attempt, give_up_finding);
}

void
stoker_job_follower_find (StokerJobFollower *self)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (self->job);
  gint64 age_us = g_get_real_time () - attempt->started_us;

  /* The clock may have been set back meanwhile: an intention from the future is simply old. */
  if (age_us >= 0 && age_us < get_settle_us (self))
    {
      self->due_us = g_get_monotonic_time () + get_settle_us (self) - age_us;
      stoker_job_follower_done (self);
      return;
    }
  stoker_job_follower_with_connector (self, open_and_look);
}
