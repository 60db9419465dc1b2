/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-each-job.h"
#include "stoker-cli-job.h"
#include "stoker-cli-log.h"
#include "stoker-cli-provider.h"
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

static const GOptionEntry list_options[] = {
  { "limit", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Show the newest so many; 0 shows all"), "N" },
  { NULL },
};

static const GOptionEntry cancel_options[] = {
  { "ended-by-hand", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("The provider refuses to end what it used, and you did: stop asking"), NULL },
  { NULL },
};

static const GOptionEntry retry_options[] = {
  { "provider", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Try it at another provider"), "ID" },
  { NULL },
};

static gboolean
run_list (StokerCliContext *context, GError **error)
{
  GListModel *jobs = stoker_workspace_get_jobs (stoker_cli_context_get_workspace (context));
  const char *provider = stoker_cli_context_get_text (context, "provider");
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 limit = DEFAULT_LIMIT;
  guint n_more = 0;

  if (!stoker_cli_context_get_count (context, "limit", MAX_LIMIT, &limit, error))
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (jobs, i);

      if (provider != NULL && g_strcmp0 (provider, stoker_job_get_provider_id (job)) != 0)
        continue;
      if (limit == 0 || shown->len < limit)
        g_ptr_array_add (shown, g_steal_pointer (&job));
      else
        n_more++;
    }
  if (shown->len == 0 && provider != NULL && !stoker_cli_context_get_flag (context, "json"))
    stoker_cli_context_print (context, _ ("No jobs at “%s”.\n"), provider);
  else
    stoker_cli_job_print_list (context, shown);
  stoker_cli_context_print_more (context, n_more);

  return TRUE;
}

static void
start_with_documents (StokerCliContext *context, GTask *task_in, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = task_in;
  g_autoptr (GPtrArray) jobs = stoker_cli_each_job_find (context, task);

  if (jobs != NULL)
    stoker_load_documents_async (stoker_cli_context_get_workspace (context), jobs,
                                 stoker_cli_context_get_cancellable (context), callback,
                                 g_steal_pointer (&task));
}

/* Whether the jobs have their documents; the task is over when not. */
static gboolean
are_loaded (GTask *task, GAsyncResult *result)
{
  GError *error = NULL;

  if (stoker_load_documents_finish (result, &error))
    return TRUE;
  g_task_return_error (task, error);
  return FALSE;
}

static void
show_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (!are_loaded (task, result))
    return;
  stoker_cli_job_print_all (g_task_get_source_object (task), g_task_get_task_data (task));
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
start_show (StokerCliContext *context, GTask *task)
{
  start_with_documents (context, task, show_loaded_cb);
}

static void
logs_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GPtrArray *jobs = g_task_get_task_data (task);

  if (are_loaded (task, result))
    stoker_cli_log_print (g_steal_pointer (&task), jobs);
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
  g_autoptr (GPtrArray) jobs = stoker_cli_each_job_find (context, task);

  if (jobs != NULL)
    stoker_export_jobs_async (stoker_cli_context_get_workspace (context), jobs,
                              stoker_cli_context_get_cancellable (context), exported_cb,
                              g_steal_pointer (&task));
}

/* With each of several jobs. */

static void
followed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  int status = stoker_cli_job_follow_finish (STOKER_CLI_CONTEXT (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, status);
}

static void
wait_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!stoker_load_documents_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_cli_job_follow_async (g_task_get_source_object (task), g_task_get_task_data (task),
                               STOKER_CLI_UNTIL_ENDED, followed_cb, g_object_ref (task));
}

static void
wait_for_job (StokerCliContext *context, GTask *task)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();

  g_ptr_array_add (jobs, g_task_get_task_data (task));
  stoker_load_documents_async (stoker_cli_context_get_workspace (context), jobs,
                               stoker_cli_context_get_cancellable (context), wait_loaded_cb, task);
}

static void
start_wait (StokerCliContext *context, GTask *task)
{
  stoker_cli_each_job_start (context, task, wait_for_job);
}

/* Over by itself meanwhile is as good: nothing costs money any more. */
static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  StokerJob *job = g_task_get_task_data (task);
  int status = stoker_cli_job_follow_finish (STOKER_CLI_CONTEXT (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, stoker_job_get_state (job) == STOKER_JOB_CANCELLED ? STOKER_CLI_DONE
                                                                                : status);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (stoker_cancel_job_finish (result, &error))
    stoker_cli_job_follow_async (g_task_get_source_object (task), g_task_get_task_data (task),
                                 STOKER_CLI_UNTIL_CANCELLED, ended_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
cancel_job (StokerCliContext *context, GTask *task)
{
  stoker_cancel_job_async (stoker_cli_context_get_workspace (context), g_task_get_task_data (task),
                           stoker_cli_context_get_cancellable (context), cancelled_cb, task);
}

/* However the job ended before: that it is over now is what was asked for. */
static void
released_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  stoker_cli_job_follow_finish (STOKER_CLI_CONTEXT (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, STOKER_CLI_DONE);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (stoker_confirm_ended_finish (result, &error))
    stoker_cli_job_follow_async (g_task_get_source_object (task), g_task_get_task_data (task),
                                 STOKER_CLI_UNTIL_ENDED, released_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
confirm_ended (StokerCliContext *context, GTask *task)
{
  stoker_confirm_ended_async (stoker_cli_context_get_workspace (context),
                              g_task_get_task_data (task),
                              stoker_cli_context_get_cancellable (context), confirmed_cb, task);
}

static void
start_cancel (StokerCliContext *context, GTask *task)
{
  gboolean is_by_hand = stoker_cli_context_get_flag (context, "ended-by-hand");

  stoker_cli_each_job_start (context, task, is_by_hand ? confirm_ended : cancel_job);
}

static void
retried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  StokerCliContext *context = g_task_get_source_object (task);

  if (!stoker_retry_job_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_cli_job_follow_async (context, g_task_get_task_data (task),
                               stoker_cli_context_get_flag (context, "wait")
                                 ? STOKER_CLI_UNTIL_ENDED
                                 : STOKER_CLI_UNTIL_HANDED_OVER,
                               followed_cb, g_object_ref (task));
}

static void
retry_job (StokerCliContext *context, GTask *task)
{
  stoker_retry_job_async (stoker_cli_context_get_workspace (context), g_task_get_task_data (task),
                          stoker_cli_context_get_text (context, "provider"),
                          stoker_cli_context_get_cancellable (context), retried_cb, task);
}

static void
start_retry (StokerCliContext *context, GTask *task)
{
  GError *error = NULL;

  if (stoker_cli_context_get_text (context, "provider") != NULL &&
      stoker_cli_provider_find_named (context, "stoker providers list", &error) == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  stoker_cli_each_job_start (context, task, retry_job);
}

const StokerCliVerb stoker_verbs_jobs[] = {
  {
    .name = "jobs",
    .action = "list",
    .arguments = "",
    .summary = N_ ("List the jobs, newest first"),
    .options = list_options,
    .shared_options = STOKER_CLI_ONLY_PROVIDER | STOKER_CLI_JSON,
    .parts = READ_PARTS,
    .run = run_list,
  },
  {
    .name = "jobs",
    .action = "show",
    .arguments = "ID…",
    .summary = N_ ("Show them with their attempts, cost and outputs"),
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = -1,
    .parts = READ_PARTS,
    .start = start_show,
  },
  {
    .name = "jobs",
    .action = "logs",
    .arguments = "ID…",
    .summary = N_ ("Print what they wrote"),
    .min_arguments = 1,
    .max_arguments = -1,
    .parts = READ_PARTS,
    .start = start_logs,
  },
  {
    .name = "jobs",
    .action = "wait",
    .arguments = "ID…",
    .summary = N_ ("Stay until all of them ended"),
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = -1,
    .parts = STOKER_WORKSPACE_ALL,
    .changes_things = TRUE,
    .start = start_wait,
  },
  {
    .name = "jobs",
    .action = "cancel",
    .arguments = "ID…",
    .summary = N_ ("End them at the provider"),
    .options = cancel_options,
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = -1,
    .parts = STOKER_WORKSPACE_ALL,
    .changes_things = TRUE,
    .start = start_cancel,
  },
  {
    .name = "jobs",
    .action = "retry",
    .arguments = "ID…",
    .summary = N_ ("Try again what ended badly"),
    .options = retry_options,
    .shared_options = STOKER_CLI_WAIT | STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = -1,
    .parts = STOKER_WORKSPACE_ALL,
    .changes_things = TRUE,
    .start = start_retry,
  },
  {
    .name = "jobs",
    .action = "export",
    .arguments = "ID…",
    .summary = N_ ("Print all that is known of them as JSON"),
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = -1,
    .parts = READ_PARTS,
    .start = start_export,
  },
  { NULL },
};
