/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-process.h"

#include "stoker-error.h"
#include "stoker-task.h"

#define MAX_OUTPUT_BYTES (4 * 1024 * 1024)

/* A short command on its way. */
typedef struct
{
  StokerProcess *process; /* owned */
  char *program;
  GString *output;
  GString *errors;
  GSource *clock; /* owned */
  GSource *stop;  /* owned, nullable */
  gulong line_id;
  int exit_status;
} Run;

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
run_free (Run *self)
{
  clear_source (&self->clock);
  clear_source (&self->stop);
  if (self->process != NULL)
    g_signal_handler_disconnect (self->process, self->line_id);
  g_clear_object (&self->process);
  g_string_free (self->output, TRUE);
  g_string_free (self->errors, TRUE);
  g_free (self->program);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Run, run, run_free)

static void
stop_clocks (Run *self)
{
  g_source_destroy (self->clock);
  if (self->stop != NULL)
    g_source_destroy (self->stop);
}

/* A command that hangs in the kernel cannot be ended at all, so nobody waits for its end. */
static void
give_up (GTask *task, GError *error)
{
  Run *self = stoker_task_get_run_state (task);

  stop_clocks (self);
  stoker_process_stop (self->process);
  g_task_return_error (task, error);
}

static gboolean
is_given_up (GTask *task)
{
  Run *self = stoker_task_get_run_state (task);

  return g_source_is_destroyed (self->clock);
}

static gboolean
timed_out_cb (gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  Run *self = stoker_task_get_run_state (task);

  give_up (task, g_error_new (STOKER_ERROR, STOKER_ERROR_UNAVAILABLE, "%s did not end in time",
                              self->program));
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  GError *error = NULL;

  g_cancellable_set_error_if_cancelled (cancellable, &error);
  give_up (task, error);
  return G_SOURCE_REMOVE;
}

static void
got_line (StokerProcess *process, const char *text, gboolean is_error, GTask *task)
{
  Run *self = stoker_task_get_run_state (task);
  GString *target = is_error ? self->errors : self->output;

  if (is_given_up (task))
    return;
  g_string_append (target, text);
  g_string_append_c (target, '\n');
  if (target->len <= MAX_OUTPUT_BYTES)
    return;
  give_up (task,
           g_error_new (STOKER_ERROR, STOKER_ERROR_PROTOCOL, "%s wrote too much", self->program));
}

static void
did_end (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *self = stoker_task_get_run_state (task);
  GString *told = NULL;

  stoker_process_wait_finish (STOKER_PROCESS (source), result, &self->exit_status, NULL);
  if (is_given_up (task))
    return;
  stop_clocks (self);
  told = self->output->len == 0 && self->exit_status != 0 ? self->errors : self->output;
  g_task_return_pointer (task, g_strdup (told->str), g_free);
}

static GSource *
attach (GTask *task, GSource *source, GSourceFunc func)
{
  g_source_set_callback (source, func, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_task_get_context (task));
  return source;
}

static void
begin (GTask *task, guint timeout_s)
{
  Run *self = stoker_task_get_run_state (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->clock = attach (task, g_timeout_source_new (timeout_s * 1000), timed_out_cb);
  if (cancellable != NULL)
    self->stop = attach (task, g_cancellable_source_new (cancellable), (GSourceFunc) cancelled_cb);
  self->line_id = g_signal_connect (self->process, "line", G_CALLBACK (got_line), task);
  stoker_process_wait_async (self->process, NULL, did_end, g_object_ref (task));
}

/**
 * stoker_process_run_async:
 * @argv: the program, looked for in PATH, and its arguments
 * @timeout_s: the longest it may take, in seconds; then it is ended with everything it started
 * @cancellable: (nullable): ends it as well
 *
 * Runs a short command to its end. It speaks English: its messages may have to be understood.
 */
void
stoker_process_run_async (const char *const *argv,
                          guint timeout_s,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  const char *const environment[] = { "LC_ALL=C.UTF-8", NULL };
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (StokerProcess) process = NULL;
  GError *error = NULL;
  Run *self = NULL;

  g_task_set_source_tag (task, stoker_process_run_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  process = stoker_process_spawn (argv, environment, NULL, &error);
  if (process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self = g_new0 (Run, 1);
  self->process = g_steal_pointer (&process);
  self->program = g_strdup (argv[0]);
  self->output = g_string_new (NULL);
  self->errors = g_string_new (NULL);
  stoker_task_set_run_state (task, self);
  begin (task, timeout_s);
}

/**
 * stoker_process_run_finish:
 * @exit_status: (out) (optional): what the command returned, or 128 and the number of the signal
 * that ended it
 *
 * A command that fails is an answer: look at @exit_status.
 *
 * Returns: (transfer full): its standard output, or, when it failed and wrote nothing there, its
 * standard error; %NULL with %STOKER_ERROR_NOT_FOUND (no such program), %STOKER_ERROR_UNAVAILABLE
 * (too slow), %STOKER_ERROR_PROTOCOL (too much output) or cancellation
 */
char *
stoker_process_run_finish (GAsyncResult *result, int *exit_status, GError **error)
{
  char *output = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_process_run_async), NULL);

  output = g_task_propagate_pointer (G_TASK (result), error);
  if (output != NULL && exit_status != NULL)
    *exit_status = stoker_task_get_run_state (G_TASK (result))->exit_status;
  return output;
}
