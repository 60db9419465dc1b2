/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-follower-private.h"

#include "stoker-error.h"
#include "stoker-job-history.h"

#include <glib/gi18n-lib.h>

/*
 * The end of a job, and what comes before it: what the job used at its provider is given back.
 *
 * Until then the job is not at an end, so that everybody who counts on one still sees it: its
 * attempt has the state that it will end in, and its stage is "releasing". Both are on the disk
 * before the provider is asked, and whoever takes the job up again goes on there.
 *
 * A provider may refuse for good. Then only its user can end what is left, and say so: the stage is
 * "ended by hand" from there on, and the provider is not asked again.
 */

void
stoker_attempt_note_end (StokerAttempt *attempt, const char *message)
{
  char *copy = g_strdup (message);

  g_free (attempt->message);
  attempt->message = copy;
  if (attempt->ended_us == 0)
    attempt->ended_us = g_get_real_time ();
}

/* The job is over, this way or that, and nothing is left at its provider; or it goes elsewhere. */
void
stoker_job_follower_finish (StokerJobFollower *self,
                            StokerJobState state,
                            const char *message,
                            int error_code)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (self->job);
  g_autofree char *copy = g_strdup (message);

  self->is_ending = FALSE;
  if (stoker_job_follower_move (self, state, copy, error_code))
    return;
  /* Whoever waits for the end hears of it after it was given to the database. */
  g_object_freeze_notify (G_OBJECT (self->job));
  if (attempt != NULL)
    stoker_attempt_note_end (attempt, copy);
  stoker_job_set_message (self->job, copy, error_code);
  stoker_job_set_stage (self->job, NULL);
  stoker_job_set_times (self->job, stoker_job_get_created (self->job),
                        stoker_job_get_started (self->job), g_get_real_time ());
  stoker_job_follower_set_state (self, state);
  stoker_job_follower_save (self);
  g_object_thaw_notify (G_OBJECT (self->job));
}

/* What never was at the provider leaves nothing there. */
static gboolean
may_leave_something (StokerJobFollower *self)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (self->job);

  return attempt != NULL && (attempt->remote_id != NULL || attempt->handle != NULL);
}

static void
begin_release (StokerJobFollower *self, StokerJobState state, const char *message, int error_code)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (self->job);

  self->is_ending = TRUE;
  self->end_code = error_code;
  self->failures = 0;
  self->due_us = 0;
  g_object_freeze_notify (G_OBJECT (self->job));
  stoker_attempt_note_end (attempt, message);
  /* The provider has answered: nothing is uncertain any more. */
  if (stoker_job_follower_is_uncertain (self))
    stoker_job_follower_set_state (self, STOKER_JOB_PROVISIONING);
  attempt->state = state;
  stoker_job_set_message (self->job, _ ("it has ended; what it used is being given back"),
                          error_code);
  stoker_job_set_stage (self->job, STOKER_STAGE_RELEASING);
  stoker_job_follower_save (self);
  g_object_thaw_notify (G_OBJECT (self->job));
}

/* The job has ended; it is final when nothing of it goes on costing. */
void
stoker_job_follower_end (StokerJobFollower *self,
                         StokerJobState state,
                         const char *message,
                         int error_code)
{
  if (self->is_late && state == STOKER_JOB_CANCELLED)
    message = stoker_job_follower_get_late_cause ();
  if (may_leave_something (self))
    begin_release (self, state, message, error_code);
  else
    stoker_job_follower_finish (self, state, message, error_code);
}

/* The trouble with giving back has taken the place of the code that the job ended with. */
static int
read_end_code (StokerJobFollower *self, StokerJobState state)
{
  int code = stoker_job_get_error_code (self->job);

  if (state != STOKER_JOB_FAILED && state != STOKER_JOB_LOST)
    return -1;
  return code == STOKER_ERROR_HELD ? STOKER_ERROR_FAILED : code;
}

/* Takes up again an end that a restart interrupted, and whether it was for the deadline. */
void
stoker_job_follower_resume_end (StokerJobFollower *self)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (self->job);
  const char *stage = stoker_job_get_stage (self->job);

  self->is_confirmed = g_strcmp0 (stage, STOKER_STAGE_ENDED_BY_HAND) == 0;
  self->is_ending = attempt != NULL && stoker_job_state_is_final (attempt->state) &&
                    (self->is_confirmed || g_strcmp0 (stage, STOKER_STAGE_RELEASING) == 0);
  self->is_late = self->is_ending && attempt->state == STOKER_JOB_CANCELLED &&
                  g_strcmp0 (attempt->message, stoker_job_follower_get_late_cause ()) == 0;
  self->end_code = self->is_ending ? read_end_code (self, attempt->state) : -1;
}

/* Held: a person should look, for whatever the reason is, it may cost money all the while. */
void
stoker_job_follower_say_unreleased (StokerJobFollower *self, const GError *error)
{
  g_autofree char *message = NULL;

  message = g_strdup_printf (_ ("it has ended, but the machine may still cost money: it could not "
                                "be given back (%s)"),
                             error->message);
  stoker_job_set_message (self->job, message, STOKER_ERROR_HELD);
  stoker_job_follower_save (self);
}

/* There is no giving up: what is not given back goes on costing. */
static void
handle_release_error (StokerJobFollower *self, const GError *error)
{
  /* A key may have been changed meanwhile: ask the keyring again. */
  if (!stoker_job_follower_is_passing_trouble (error))
    g_clear_pointer (&self->connection, stoker_connection_unref);
  stoker_job_follower_back_off (self, error);
}

/* How it ended, and by whom what it used was. */
static char *
describe_end (StokerJobFollower *self, const StokerAttempt *attempt)
{
  const char *by_hand = _ ("what it used was ended by you, not by Stoker");

  if (!self->is_confirmed)
    return g_strdup (attempt->message);
  if (attempt->message == NULL)
    return g_strdup (by_hand);
  return g_strdup_printf ("%s; %s", attempt->message, by_hand);
}

static void
finish_released (StokerJobFollower *self)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (self->job);
  g_autofree char *message = describe_end (self, attempt);

  self->is_confirmed = FALSE;
  stoker_job_follower_finish (self, attempt->state, message, self->end_code);
}

static void
did_release (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobFollower) self = user_data;
  g_autoptr (GError) local_error = NULL;
  gboolean is_released = stoker_job_runner_release_finish (STOKER_JOB_RUNNER (source), result,
                                                           &local_error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (is_released || g_error_matches (local_error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND))
    finish_released (self);
  else
    handle_release_error (self, local_error);
  stoker_job_follower_done (self);
}

static void
send_release (StokerJobFollower *self, GObject *connector)
{
  StokerJobRequest request;
  g_autoptr (GError) local_error = NULL;

  if (stoker_job_follower_make_request (self, &request, &local_error))
    {
      stoker_job_runner_release_async (STOKER_JOB_RUNNER (connector), self->connection, &request,
                                       self->cancellable, did_release, g_object_ref (self));
      return;
    }
  handle_release_error (self, local_error);
  stoker_job_follower_done (self);
}

static void
did_write_end (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobFollower) self = user_data;
  g_autoptr (GError) local_error = NULL;
  gboolean is_written = stoker_store_write_finish (STOKER_STORE (source), result, &local_error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (is_written)
    {
      stoker_job_follower_with_connector (self, send_release);
      return;
    }
  handle_release_error (self, local_error);
  stoker_job_follower_done (self);
}

/* That it has ended goes to disk first: once the machine is gone, its provider cannot tell any
 * more how the job ended. */
void
stoker_job_follower_release (StokerJobFollower *self)
{
  self->is_busy = TRUE;
  if (self->is_confirmed)
    {
      finish_released (self);
      stoker_job_follower_done (self);
      return;
    }
  stoker_store_save_job_async (stoker_workspace_get_store (self->workspace), self->job, NULL, NULL,
                               did_write_end, g_object_ref (self));
}

/* Notes, on disk too, that its user has ended what the job used; a request that is on its way is
 * waited for, and no other is sent. */
void
stoker_job_follower_confirm_ended (StokerJobFollower *self)
{
  if (!self->is_ending)
    return;
  self->is_confirmed = TRUE;
  self->due_us = 0;
  stoker_job_set_stage (self->job, STOKER_STAGE_ENDED_BY_HAND);
  stoker_job_follower_save (self);
}
