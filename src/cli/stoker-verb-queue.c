/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-job.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-keep-jobs.h"
#include "stoker-order-queue.h"

#include <glib/gi18n-lib.h>

/* Further actions of `jobs`: the queue, and what is thrown away. */

static const GOptionEntry move_options[] = {
  { "top", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Make it the next one"), NULL },
  { "up", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("So many places up"), "N" },
  { "down", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("So many places down"), "N" },
  { NULL },
};

static const GOptionEntry delete_options[] = {
  { "outputs", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Delete the output files too"), NULL },
  { NULL },
};

static gboolean
run_pause (StokerCliContext *context, GError **error)
{
  stoker_queue_set_paused (stoker_cli_context_get_workspace (context), TRUE);
  stoker_cli_context_print (context, "%s\n",
                            _ ("The queue is paused. What is with a provider goes on."));
  return TRUE;
}

static gboolean
run_resume (StokerCliContext *context, GError **error)
{
  stoker_queue_set_paused (stoker_cli_context_get_workspace (context), FALSE);
  stoker_cli_context_print (context, "%s\n", _ ("The queue goes on."));
  return TRUE;
}

static gboolean
read_places (StokerCliContext *context, int *places, GError **error)
{
  gint64 up = 0;
  gint64 down = 0;

  if (!stoker_cli_context_get_count (context, "up", G_MAXINT, &up, error) ||
      !stoker_cli_context_get_count (context, "down", G_MAXINT, &down, error))
    return FALSE;
  *places = stoker_cli_context_get_flag (context, "top") ? STOKER_QUEUE_TO_TOP : (int) (down - up);
  if (*places != 0)
    return TRUE;
  g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                       _ ("where to? --top, --up N or --down N"));
  return FALSE;
}

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (stoker_move_job_finish (result, &error))
    g_task_return_int (task, STOKER_CLI_DONE);
  else
    g_task_return_error (task, error);
}

static void
start_move (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  StokerJob *job = NULL;
  GError *error = NULL;
  int places = 0;

  if (!read_places (context, &places, &error) ||
      (job = stoker_cli_job_find (context, 0, &error)) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_move_job_async (stoker_cli_context_get_workspace (context), job, places,
                         stoker_cli_context_get_cancellable (context), moved_cb,
                         g_steal_pointer (&task));
}

/* All or none: a job that runs is named, and nothing is deleted. */
static GPtrArray *
find_ended (StokerCliContext *context, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();

  for (guint i = 0; i < stoker_cli_context_get_n_arguments (context); i++)
    {
      StokerJob *job = stoker_cli_job_find (context, i, error);

      if (job == NULL)
        return NULL;
      if (!stoker_job_state_is_final (stoker_job_get_state (job)))
        {
          g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                       _ ("%s: the job has not ended; cancel it first"), stoker_job_get_id (job));
          return NULL;
        }
      g_ptr_array_add (jobs, job);
    }
  return g_steal_pointer (&jobs);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (stoker_delete_jobs_finish (result, &error))
    g_task_return_int (task, STOKER_CLI_DONE);
  else
    g_task_return_error (task, error);
}

static void
start_delete (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GPtrArray) away = NULL;
  StokerWorkspace *workspace = stoker_cli_context_get_workspace (context);
  GError *error = NULL;

  jobs = find_ended (context, &error);
  if (jobs == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  away = stoker_put_jobs_away (workspace, jobs);
  stoker_delete_jobs_async (workspace, away, stoker_cli_context_get_flag (context, "outputs"),
                            stoker_cli_context_get_cancellable (context), deleted_cb,
                            g_steal_pointer (&task));
}

const StokerCliVerb stoker_verbs_queue[] = {
  {
    .name = "jobs",
    .action = "delete",
    .arguments = "ID…",
    .summary = N_ ("Forget jobs that have ended; their cost stays in the ledger"),
    .options = delete_options,
    .min_arguments = 1,
    .max_arguments = -1,
    .parts = STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_JOBS,
    .changes_things = TRUE,
    .start = start_delete,
  },
  {
    .name = "jobs",
    .action = "pause",
    .arguments = "",
    .summary = N_ ("Send nothing that waits until the queue is resumed"),
    .parts = STOKER_WORKSPACE_REGISTRY,
    .changes_things = TRUE,
    .run = run_pause,
  },
  {
    .name = "jobs",
    .action = "resume",
    .arguments = "",
    .summary = N_ ("Let the queue go on"),
    .parts = STOKER_WORKSPACE_REGISTRY,
    .changes_things = TRUE,
    .run = run_resume,
  },
  {
    .name = "jobs",
    .action = "move",
    .arguments = "ID",
    .summary = N_ ("Move a waiting job within the queue"),
    .options = move_options,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_ALL,
    .changes_things = TRUE,
    .start = start_move,
  },
  { NULL },
};
