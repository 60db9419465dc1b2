/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-each-job.h"

#include "stoker-cli-job.h"
#include "stoker-cli-verb.h"
#include "stoker-task.h"

/* The jobs of one call, and how it went so far. */
typedef struct
{
  GPtrArray *jobs; /* owned, of StokerJob */
  guint n_pending;
  int status;
  GError *error; /* owned, nullable: of the only one */
} Each;

static void
each_free (Each *self)
{
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Each, each, each_free)

static GPtrArray *
find_jobs (StokerCliContext *context, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < stoker_cli_context_get_n_arguments (context); i++)
    {
      StokerJob *job = stoker_cli_job_find (context, i, error);

      if (job == NULL)
        return NULL;
      if (!g_ptr_array_find (jobs, job, NULL))
        g_ptr_array_add (jobs, g_object_ref (job));
    }
  return g_steal_pointer (&jobs);
}

static void
finish_one (GTask *task)
{
  Each *each = stoker_task_get_each_state (task);
  StokerCliContext *context = g_task_get_source_object (task);

  if (--each->n_pending > 0)
    return;
  if (each->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&each->error));
      return;
    }
  stoker_cli_job_print_all (context, each->jobs);
  g_task_return_int (task, each->status);
}

/* One that fails does not keep the others back. */
static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerCliContext *context = STOKER_CLI_CONTEXT (source);
  Each *each = stoker_task_get_each_state (task);
  StokerJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  int status = (int) g_task_propagate_int (G_TASK (result), &error);

  if (error != NULL && each->jobs->len == 1)
    each->error = g_steal_pointer (&error);
  else if (error != NULL)
    stoker_cli_context_note (context, "%s: %s", stoker_job_get_id (job), error->message);
  each->status = MAX (each->status, error != NULL ? STOKER_CLI_FAILED : status);
  finish_one (task);
}

/**
 * stoker_cli_each_job_find:
 * @context: of a verb whose arguments are jobs
 * @task: of the verb; over when there is no such job
 *
 * Returns: (transfer full) (nullable) (element-type StokerJob): the jobs, each once; also the data
 * of @task
 */
GPtrArray *
stoker_cli_each_job_find (StokerCliContext *context, GTask *task)
{
  GError *error = NULL;
  GPtrArray *jobs = find_jobs (context, &error);

  if (jobs == NULL)
    g_task_return_error (task, error);
  else
    g_task_set_task_data (task, g_ptr_array_ref (jobs), (GDestroyNotify) g_ptr_array_unref);
  return jobs;
}

/**
 * stoker_cli_each_job_start:
 * @context: of a verb whose arguments are jobs
 * @task: (transfer full): of the verb
 * @deed: what is done with each
 *
 * Does it with all of them at once, and prints them when it is done with the last. @task returns
 * the worst of their statuses.
 */
void
stoker_cli_each_job_start (StokerCliContext *context, GTask *task, StokerCliDeed deed)
{
  g_autoptr (GTask) owned = task;
  GError *error = NULL;
  g_autoptr (GPtrArray) jobs = find_jobs (context, &error);
  Each *each = NULL;

  if (jobs == NULL)
    {
      g_task_return_error (owned, error);
      return;
    }
  each = g_new0 (Each, 1);
  each->jobs = g_ptr_array_ref (jobs);
  each->n_pending = jobs->len + 1;
  stoker_task_set_each_state (owned, each);
  for (guint i = 0; i < jobs->len; i++)
    {
      GTask *one = g_task_new (context, g_task_get_cancellable (owned), done_cb,
                               g_object_ref (owned));

      g_task_set_task_data (one, g_object_ref (jobs->pdata[i]), g_object_unref);
      deed (context, one);
    }
  finish_one (owned);
}
