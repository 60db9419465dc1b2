/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-call.h"

#include "stoker-cli-verb.h"
#include "stoker-error.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

/* A call that has this process to itself. */
typedef struct
{
  GMainLoop *loop;           /* owned */
  StokerCliContext *context; /* borrowed */
  gboolean is_concluded;
  int status;
} OwnProcess;

static void
workspace_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OwnProcess *process = user_data;

  stoker_workspace_close_finish (STOKER_WORKSPACE (source), result);
  g_main_loop_quit (process->loop);
}

static void
conclude (OwnProcess *process, int status, const GError *error)
{
  StokerWorkspace *workspace = stoker_cli_context_get_workspace (process->context);

  if (process->is_concluded)
    return;

  process->is_concluded = TRUE;
  process->status = stoker_cli_context_conclude (process->context, status, error);
  if (workspace != NULL)
    stoker_workspace_close_async (workspace, workspace_closed_cb, process);
  else
    g_main_loop_quit (process->loop);
}

/* Does not wait for what is under way: a request to a provider may take its time. What was begun is
 * on disk. */
static gboolean
was_interrupted_cb (gpointer user_data)
{
  OwnProcess *process = user_data;
  g_autoptr (GError) error = g_error_new_literal (
    STOKER_ERROR, STOKER_ERROR_FAILED,
    _ ("interrupted; jobs that were sent go on and are followed at the next start"));

  conclude (process, STOKER_CLI_FAILED, error);
  g_cancellable_cancel (stoker_cli_context_get_cancellable (process->context));

  return G_SOURCE_CONTINUE;
}

static void
verb_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  int status = stoker_cli_call_run_finish (STOKER_CLI_CONTEXT (source), result, &error);

  conclude (user_data, status, error);
}

static gboolean
check_scheduler (StokerCliContext *context, GError **error)
{
  StokerWorkspaceParts parts = stoker_cli_context_get_parts (context);

  if ((parts & STOKER_WORKSPACE_SCHEDULER) == 0 ||
      stoker_workspace_is_scheduler (stoker_cli_context_get_workspace (context)))
    return TRUE;

  g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_FAILED,
                       _ ("another Stoker follows the jobs and can not be reached over this "
                          "session's bus; wait until it is "
                          "done, or call it from its own session"));
  return FALSE;
}

static void
workspace_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OwnProcess *process = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkspace) workspace = stoker_workspace_open_finish (result, &error);

  if (workspace == NULL)
    {
      conclude (process, STOKER_CLI_FAILED, error);
      return;
    }

  stoker_cli_context_set_workspace (process->context, workspace);
  if (stoker_workspace_get_notice (workspace) != NULL)
    stoker_cli_context_note (process->context, "%s", stoker_workspace_get_notice (workspace));
  if (!check_scheduler (process->context, &error))
    conclude (process, STOKER_CLI_FAILED, error);
  else
    stoker_cli_call_run_async (process->context, verb_done_cb, process);
}

/**
 * stoker_cli_call_run_async:
 * @context: prepared, and given its workspace
 *
 * Runs the verb.
 */
void
stoker_cli_call_run_async (StokerCliContext *context,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  const StokerCliVerb *verb = stoker_cli_context_get_verb (context);
  g_autoptr (GTask)
    task = g_task_new (context, stoker_cli_context_get_cancellable (context), callback, user_data);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, stoker_cli_call_run_async);
  g_task_set_check_cancellable (task, FALSE);
  if (verb->start != NULL)
    verb->start (context, g_steal_pointer (&task));
  else if (verb->run (context, &error))
    g_task_return_int (task, STOKER_CLI_DONE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * stoker_cli_call_run_finish:
 *
 * Returns: the exit status; -1 with @error
 */
int
stoker_cli_call_run_finish (StokerCliContext *context, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}

/**
 * stoker_cli_call_run_here:
 * @context: prepared
 *
 * Opens the parts of the workspace the verb needs, runs it and closes the workspace again.
 *
 * Returns: the exit status
 */
int
stoker_cli_call_run_here (StokerCliContext *context)
{
  OwnProcess process = { .context = context, .status = STOKER_CLI_FAILED };
  GCancellable *cancellable = stoker_cli_context_get_cancellable (context);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint interrupt_id = g_unix_signal_add (SIGINT, was_interrupted_cb, &process);
  guint terminate_id = g_unix_signal_add (SIGTERM, was_interrupted_cb, &process);

  process.loop = loop;
  stoker_workspace_open_async (stoker_cli_context_get_parts (context), cancellable,
                               workspace_opened_cb, &process);
  g_main_loop_run (loop);
  g_source_remove (interrupt_id);
  g_source_remove (terminate_id);

  return process.status;
}
