/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-job.h"

#include "stoker-cli-text.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-run-job.h"
#include "stoker-task.h"

#include <glib/gi18n-lib.h>

/* A job that is being followed, and what was last said of it. */
typedef struct
{
  StokerCliContext *context; /* borrowed: the task holds it */
  StokerJob *job;            /* owned */
  gulong notify_id;
  GTask *task;     /* borrowed: holds this */
  guint say_id;    /* source; 0 when nothing is to be said */
  char *last_line; /* nullable */
  StokerCliPatience patience;
  gboolean is_answered; /* the task has returned */
} Follow;

static void
follow_free (Follow *self)
{
  g_clear_handle_id (&self->say_id, g_source_remove);
  g_clear_signal_handler (&self->notify_id, self->job);
  g_clear_object (&self->job);
  g_clear_pointer (&self->last_line, g_free);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Follow, follow, follow_free)

static void wait_for_job (GTask *task);

/* It could not run there, and waits for another provider. */
static void
append_move (GString *text, StokerJob *job)
{
  GPtrArray *attempts = stoker_job_get_attempts (job);
  const StokerAttempt *last = attempts->len > 0 ? attempts->pdata[attempts->len - 1] : NULL;
  const char *next = stoker_job_get_provider_id (job);

  if (last != NULL && stoker_job_get_state (job) == STOKER_JOB_WAITING &&
      g_strcmp0 (last->provider_id, next) != 0)
    g_string_append_printf (text, _ (", to go on at %s after %s"), next, last->provider_id);
}

static char *
describe_progress (StokerJob *job)
{
  g_autoptr (GString) text = g_string_new (stoker_job_get_id (job));
  StokerJobState state = stoker_job_get_state (job);
  double progress = stoker_job_get_progress (job);

  g_string_append_printf (text, ": %s", stoker_cli_job_state_word (state));
  append_move (text, job);
  if (state == STOKER_JOB_RUNNING && progress >= 0)
    g_string_append_printf (text, _ (", %.0f %%"), progress * 100);
  if (stoker_job_get_stage (job) != NULL)
    g_string_append_printf (text, ", %s", stoker_job_get_stage (job));
  if (stoker_job_get_message (job) != NULL && !stoker_job_state_is_final (state) &&
      state != STOKER_JOB_SUBMITTING)
    g_string_append_printf (text, ": %s", stoker_job_get_message (job));
  if (state == STOKER_JOB_QUEUED && stoker_job_get_error_code (job) == STOKER_ERROR_UNAVAILABLE)
    g_string_append_printf (text, _ ("; it may wait, or interrupt this and stoker jobs cancel %s"),
                            stoker_job_get_id (job));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
say_progress (Follow *self)
{
  g_autofree char *line = describe_progress (self->job);

  if (g_strcmp0 (line, self->last_line) == 0)
    return;

  stoker_cli_context_note (self->context, "%s", line);
  g_free (self->last_line);
  self->last_line = g_steal_pointer (&line);
}

/* Its provider cannot stop it. */
static gboolean
goes_on (const Follow *self)
{
  return self->patience == STOKER_CLI_UNTIL_CANCELLED &&
         !stoker_job_state_is_final (stoker_job_get_state (self->job)) &&
         stoker_job_get_error_code (self->job) == STOKER_ERROR_UNSUPPORTED;
}

static gboolean
say_progress_cb (gpointer user_data)
{
  Follow *self = user_data;

  self->say_id = 0;
  say_progress (self);
  if (goes_on (self) && !self->is_answered)
    {
      self->is_answered = TRUE;
      g_task_return_int (self->task, STOKER_CLI_FAILED);
    }

  return G_SOURCE_REMOVE;
}

/* Several properties change in one step; what counts is how it looks after the step. */
static void
job_notify_cb (StokerJob *job, GParamSpec *pspec, Follow *self)
{
  if (self->say_id == 0)
    self->say_id = g_idle_add_full (G_PRIORITY_DEFAULT, say_progress_cb, self, NULL);
}

static int
judge_end (Follow *self)
{
  StokerJobState state = stoker_job_get_state (self->job);
  g_autofree char *end = NULL;

  if (!stoker_job_state_is_final (state) || state == STOKER_JOB_SUCCEEDED)
    return STOKER_CLI_DONE;

  end = stoker_cli_job_describe_end (self->job);
  if (end != NULL)
    stoker_cli_context_note (self->context, "%s", end);

  return STOKER_CLI_FAILED;
}

static gboolean
is_reached (const Follow *self)
{
  StokerJobState state = stoker_job_get_state (self->job);

  if (self->patience != STOKER_CLI_UNTIL_HANDED_OVER)
    return stoker_job_state_is_final (state);

  return state != STOKER_JOB_WAITING && state != STOKER_JOB_SUBMITTING;
}

static gboolean
step_done_cb (gpointer user_data)
{
  GTask *task = user_data;
  Follow *self = stoker_task_get_follow_state (task);

  if (self->is_answered)
    return G_SOURCE_REMOVE;
  self->is_answered = is_reached (self);
  if (self->is_answered)
    g_task_return_int (task, judge_end (self));
  else
    wait_for_job (task);

  return G_SOURCE_REMOVE;
}

static void
followed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Follow *self = stoker_task_get_follow_state (task);
  gboolean is_done = self->patience != STOKER_CLI_UNTIL_HANDED_OVER
                       ? stoker_wait_job_finish (result, &error)
                       : stoker_wait_handed_over_finish (result, &error);

  if (self->is_answered)
    return;
  if (!is_done)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    /* This is the middle of the step that changed the state: it is yet to be written down, and the
     * end of one attempt may be followed by the next. */
    g_idle_add_full (G_PRIORITY_DEFAULT, step_done_cb, g_steal_pointer (&task), g_object_unref);
}

static void
wait_for_job (GTask *task)
{
  Follow *self = stoker_task_get_follow_state (task);
  StokerWorkspace *workspace = stoker_cli_context_get_workspace (self->context);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (self->patience != STOKER_CLI_UNTIL_HANDED_OVER)
    stoker_wait_job_async (workspace, self->job, cancellable, followed_cb, g_object_ref (task));
  else
    stoker_wait_handed_over_async (workspace, self->job, cancellable, followed_cb,
                                   g_object_ref (task));
}

/**
 * stoker_cli_job_follow_async:
 *
 * Waits for the job; unless it is only to be handed over, it tells on standard error how it goes.
 */
void
stoker_cli_job_follow_async (StokerCliContext *context,
                             StokerJob *job,
                             StokerCliPatience patience,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask)
    task = g_task_new (context, stoker_cli_context_get_cancellable (context), callback, user_data);
  Follow *self = g_new0 (Follow, 1);

  g_task_set_source_tag (task, stoker_cli_job_follow_async);
  self->context = context;
  self->job = g_object_ref (job);
  self->patience = patience;
  self->task = task;
  stoker_task_set_follow_state (task, self);

  if (patience != STOKER_CLI_UNTIL_HANDED_OVER)
    {
      self->notify_id = g_signal_connect (job, "notify", G_CALLBACK (job_notify_cb), self);
      say_progress (self);
    }
  wait_for_job (task);
}

/**
 * stoker_cli_job_follow_finish:
 *
 * Returns: the exit status; -1 with @error
 */
int
stoker_cli_job_follow_finish (StokerCliContext *context, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}
