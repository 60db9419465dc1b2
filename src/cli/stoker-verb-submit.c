/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-advice.h"
#include "stoker-cli-job.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-run-job.h"

#include <glib/gi18n-lib.h>

static const GOptionEntry options[] = {
  { "provider", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Where to run it"), "ID" },
    { "live", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_ ("Really send it; without this it is a dry run"), NULL },
      { "wait", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Stay until it ended"), NULL },
        { "name", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Name of the job"), "NAME" },
          { "json", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print one JSON document"), NULL }, { NULL },
        };

/* The best of the provider's candidates; its estimate goes with the job. */
static const StokerCandidate *
find_candidate (const StokerAdvice *advice, const char *provider_id)
{
  for (guint i = 0; i < advice->candidates->len; i++)
    {
      const StokerCandidate *candidate = g_ptr_array_index (advice->candidates, i);

      if (g_str_equal (candidate->id, provider_id))
        return candidate;
    }

  return NULL;
}

static void
print_requests (StokerCliContext *context, StokerJob *job)
{
  JsonNode *request = stoker_job_get_request (job);
  g_autofree char *text = NULL;

  if (request == NULL || stoker_cli_context_get_flag (context, "json"))
    return;

  text = stoker_json_to_string (request, TRUE);
  stoker_cli_context_print (context,
                            _ ("\nA dry run: nothing was sent. With --live this would be:\n%s\n"),
                               text);
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

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = g_task_get_source_object (task);
  g_autoptr (StokerJob) job = stoker_submit_job_finish (result, &error);

  if (job == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (stoker_job_get_dry_run (job))
    {
      stoker_cli_job_print (context, job);
      print_requests (context, job);
      g_task_return_int (task, STOKER_CLI_DONE);
      return;
    }

  g_task_set_task_data (task, g_object_ref (job), g_object_unref);
  stoker_cli_job_follow_async (context, job,
                               stoker_cli_context_get_flag (context, "wait")
                                 ? STOKER_CLI_UNTIL_ENDED
                                 : STOKER_CLI_UNTIL_HANDED_OVER,
                               followed_cb, g_steal_pointer (&task));
}

static void
advice_given_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = STOKER_CLI_CONTEXT (source);
  g_autoptr (StokerAdvice) advice = stoker_cli_advice_ask_finish (context, result, &error);
  StokerSubmission submission = { NULL };

  if (advice == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  submission.workload = advice->workload;
  submission.provider_id = stoker_cli_context_get_text (context, "provider");
  submission.name = stoker_cli_context_get_text (context, "name");
  submission.candidate = find_candidate (advice, submission.provider_id);
  submission.is_live = stoker_cli_context_get_flag (context, "live");
  stoker_submit_job_async (stoker_cli_context_get_workspace (context), &submission,
                           stoker_cli_context_get_cancellable (context), submitted_cb,
                           g_steal_pointer (&task));
}

static void
start_submit (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  const char *provider_id = stoker_cli_context_get_text (context, "provider");

  if (provider_id == NULL)
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_CONFIG,
                             _ ("submit needs --provider ID; stoker advise tells which"));
  else if (stoker_workspace_lookup_provider (stoker_cli_context_get_workspace (context),
                                             provider_id) == NULL)
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_CONFIG,
                             _ ("--provider: “%s” is not registered; stoker providers add does it"),
                                provider_id);
  else
    stoker_cli_advice_ask_async (context, advice_given_cb, g_steal_pointer (&task));
}

const StokerCliVerb stoker_verbs_submit[] = {
  {
    .name = "submit",
    .arguments = "WORKLOAD.json",
    .summary = N_ ("Run a workload at a provider, or rehearse it"),
                   .options = options,
                   .min_arguments = 1,
                   .max_arguments = 1,
                   .parts = STOKER_WORKSPACE_ALL,
                   .changes_things = TRUE,
                   .start = start_submit,
    },
    { NULL },
};
