/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-job.h"
#include "stoker-cli-log.h"
#include "stoker-cli-text.h"
#include "stoker-cli-verb.h"
#include "stoker-confirm-ended.h"
#include "stoker-error.h"
#include "stoker-keep-jobs.h"
#include "stoker-run-job.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 1000000
#define READ_PARTS (STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_JOBS)

static const GOptionEntry json_option[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print one JSON document"), NULL },
  { NULL },
};

static const GOptionEntry list_options[] = {
  { "limit", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Show the newest so many; 0 shows all"), "N" },
  { "provider", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Only those of this provider"), "ID" },
  { "json", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print one JSON document"), NULL },
  { NULL },
};

static const GOptionEntry cancel_options[] = {
  { "ended-by-hand", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("The provider refuses to end what it used, and you did: stop asking"), NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print one JSON document"), NULL },
  { NULL },
};

static const GOptionEntry retry_options[] = {
  { "provider", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Try it at another provider"), "ID" },
  { "wait", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Stay until it ended"), NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print one JSON document"), NULL },
  { NULL },
};

static gboolean
run_list (StokerCliContext *context, GError **error)
{
  GListModel *jobs = stoker_workspace_get_jobs (stoker_cli_context_get_workspace (context));
  const char *provider = stoker_cli_context_get_text (context, "provider");
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 limit = DEFAULT_LIMIT;

  if (!stoker_cli_context_get_count (context, "limit", MAX_LIMIT, &limit, error))
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (jobs) && (limit == 0 || shown->len < limit); i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (jobs, i);

      if (provider == NULL || g_strcmp0 (provider, stoker_job_get_provider_id (job)) == 0)
        g_ptr_array_add (shown, g_steal_pointer (&job));
    }
  stoker_cli_job_print_list (context, shown);

  return TRUE;
}

/* The jobs of all arguments; NULL when the task is over. */
static GPtrArray *
take_jobs (StokerCliContext *context, GTask *task)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < stoker_cli_context_get_n_arguments (context); i++)
    {
      GError *error = NULL;
      StokerJob *job = stoker_cli_job_find (context, i, &error);

      if (job == NULL)
        {
          g_task_return_error (task, error);
          return NULL;
        }
      g_ptr_array_add (jobs, g_object_ref (job));
    }
  g_task_set_task_data (task, g_ptr_array_ref (jobs), (GDestroyNotify) g_ptr_array_unref);
  return g_steal_pointer (&jobs);
}

static void
start_with_documents (StokerCliContext *context, GTask *task_in, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = task_in;
  g_autoptr (GPtrArray) jobs = take_jobs (context, task);

  if (jobs != NULL)
    stoker_load_documents_async (stoker_cli_context_get_workspace (context), jobs,
                                 stoker_cli_context_get_cancellable (context), callback,
                                 g_steal_pointer (&task));
}

/* The first job, once it has its documents; NULL when the task is over. */
static StokerJob *
get_loaded (GTask *task, GAsyncResult *result)
{
  GError *error = NULL;

  if (stoker_load_documents_finish (result, &error))
    return g_ptr_array_index ((GPtrArray *) g_task_get_task_data (task), 0);
  g_task_return_error (task, error);
  return NULL;
}

static void
show_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerJob *job = get_loaded (task, result);

  if (job == NULL)
    return;
  stoker_cli_job_print (g_task_get_source_object (task), job);
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
start_show (StokerCliContext *context, GTask *task)
{
  start_with_documents (context, task, show_loaded_cb);
}

static void
log_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *log = NULL;
  GError *error = NULL;

  log = stoker_cli_log_read_finish (result, &error);
  if (log == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_cli_context_print_text (g_task_get_source_object (task), log);
  if (*log != '\0' && !g_str_has_suffix (log, "\n"))
    stoker_cli_context_print_text (g_task_get_source_object (task), "\n");
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
logs_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerCliContext *context = g_task_get_source_object (task);
  StokerJob *job = get_loaded (task, result);

  if (job == NULL)
    return;
  stoker_cli_log_read_async (job, stoker_cli_context_get_cancellable (context), log_read_cb,
                             g_steal_pointer (&task));
}

static void
start_logs (StokerCliContext *context, GTask *task)
{
  start_with_documents (context, task, logs_loaded_cb);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) document = NULL;
  GError *error = NULL;

  document = stoker_export_jobs_finish (result, &error);
  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_cli_context_print_json (g_task_get_source_object (task), document);
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
start_export (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  g_autoptr (GPtrArray) jobs = take_jobs (context, task);

  if (jobs != NULL)
    stoker_export_jobs_async (stoker_cli_context_get_workspace (context), jobs,
                              stoker_cli_context_get_cancellable (context), exported_cb,
                              g_steal_pointer (&task));
}

static void
followed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = STOKER_CLI_CONTEXT (source);
  int status = stoker_cli_job_follow_finish (context, result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  stoker_cli_job_print (context, g_task_get_task_data (task));
  g_task_return_int (task, status);
}

/* Finds the job of the first argument and keeps it with the task; NULL when the task is over. */
static StokerJob *
take_job (StokerCliContext *context, GTask *task)
{
  g_autoptr (GError) error = NULL;
  StokerJob *job = stoker_cli_job_find (context, 0, &error);

  if (job == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_set_task_data (task, g_object_ref (job), g_object_unref);

  return job;
}

static void
wait_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerCliContext *context = g_task_get_source_object (task);
  StokerJob *job = get_loaded (task, result);

  if (job == NULL)
    return;
  g_task_set_task_data (task, g_object_ref (job), g_object_unref);
  stoker_cli_job_follow_async (context, job, STOKER_CLI_UNTIL_ENDED, followed_cb,
                               g_steal_pointer (&task));
}

static void
start_wait (StokerCliContext *context, GTask *task)
{
  start_with_documents (context, task, wait_loaded_cb);
}

/* Over by itself meanwhile is as good: nothing costs money any more. */
static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = STOKER_CLI_CONTEXT (source);
  StokerJob *job = g_task_get_task_data (task);
  int status = stoker_cli_job_follow_finish (context, result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  stoker_cli_job_print (context, job);
  g_task_return_int (task,
                     stoker_job_get_state (job) == STOKER_JOB_CANCELLED ? STOKER_CLI_DONE : status);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = g_task_get_source_object (task);
  StokerJob *job = g_task_get_task_data (task);

  if (stoker_cancel_job_finish (result, &error))
    stoker_cli_job_follow_async (context, job, STOKER_CLI_UNTIL_CANCELLED, ended_cb,
                                 g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* However the job ended before: that it is over now is what was asked for. */
static void
released_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  StokerCliContext *context = STOKER_CLI_CONTEXT (source);

  stoker_cli_job_follow_finish (context, result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_cli_job_print (context, g_task_get_task_data (task));
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  StokerCliContext *context = g_task_get_source_object (task);
  StokerJob *job = g_task_get_task_data (task);

  if (stoker_confirm_ended_finish (result, &error))
    stoker_cli_job_follow_async (context, job, STOKER_CLI_UNTIL_ENDED, released_cb,
                                 g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
start_cancel (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  StokerJob *job = take_job (context, task);

  if (job == NULL)
    return;
  if (stoker_cli_context_get_flag (context, "ended-by-hand"))
    stoker_confirm_ended_async (stoker_cli_context_get_workspace (context), job,
                                stoker_cli_context_get_cancellable (context), confirmed_cb,
                                g_steal_pointer (&task));
  else
    stoker_cancel_job_async (stoker_cli_context_get_workspace (context), job,
                             stoker_cli_context_get_cancellable (context), cancelled_cb,
                             g_steal_pointer (&task));
}

static void
retried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = g_task_get_source_object (task);
  StokerJob *job = g_task_get_task_data (task);

  if (!stoker_retry_job_finish (result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  stoker_cli_job_follow_async (context, job,
                               stoker_cli_context_get_flag (context, "wait")
                                 ? STOKER_CLI_UNTIL_ENDED
                                 : STOKER_CLI_UNTIL_HANDED_OVER,
                               followed_cb, g_steal_pointer (&task));
}

static void
start_retry (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  StokerWorkspace *workspace = stoker_cli_context_get_workspace (context);
  const char *provider_id = stoker_cli_context_get_text (context, "provider");
  StokerJob *job = take_job (context, task);

  if (job == NULL)
    return;
  if (provider_id != NULL && stoker_workspace_lookup_provider (workspace, provider_id) == NULL)
    {
      g_task_return_new_error (
        task, STOKER_ERROR, STOKER_ERROR_CONFIG,
        _ ("--provider: “%s” is not registered; stoker providers add does it"), provider_id);
      return;
    }

  stoker_retry_job_async (workspace, job, provider_id, stoker_cli_context_get_cancellable (context),
                          retried_cb, g_steal_pointer (&task));
}

const StokerCliVerb stoker_verbs_jobs[] = {
  {
    .name = "jobs",
    .action = "list",
    .arguments = "",
    .summary = N_ ("List the jobs, newest first"),
    .options = list_options,
    .parts = READ_PARTS,
    .run = run_list,
  },
  {
    .name = "jobs",
    .action = "show",
    .arguments = "ID",
    .summary = N_ ("Show one with its attempts, cost and outputs"),
    .options = json_option,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = READ_PARTS,
    .start = start_show,
  },
  {
    .name = "jobs",
    .action = "logs",
    .arguments = "ID",
    .summary = N_ ("Print what it wrote"),
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = READ_PARTS,
    .start = start_logs,
  },
  {
    .name = "jobs",
    .action = "wait",
    .arguments = "ID",
    .summary = N_ ("Stay until it ended"),
    .options = json_option,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_ALL,
    .changes_things = TRUE,
    .start = start_wait,
  },
  {
    .name = "jobs",
    .action = "cancel",
    .arguments = "ID",
    .summary = N_ ("End it at the provider"),
    .options = cancel_options,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_ALL,
    .changes_things = TRUE,
    .start = start_cancel,
  },
  {
    .name = "jobs",
    .action = "retry",
    .arguments = "ID",
    .summary = N_ ("Try again one that ended badly"),
    .options = retry_options,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_ALL,
    .changes_things = TRUE,
    .start = start_retry,
  },
  {
    .name = "jobs",
    .action = "export",
    .arguments = "ID…",
    .summary = N_ ("Print all that is known of them as JSON"),
    .options = json_option,
    .min_arguments = 1,
    .max_arguments = -1,
    .parts = READ_PARTS,
    .start = start_export,
  },
  { NULL },
};
