/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-action.h"
#include "stoker-cli-advice.h"
#include "stoker-cli-job.h"
#include "stoker-cli-provider.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-give-advice.h"
#include "stoker-json.h"
#include "stoker-price-request.h"
#include "stoker-request-curl.h"
#include "stoker-request-parameters.h"
#include "stoker-run-job.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define PAYLOAD_PLACE "payload: "

static const GOptionEntry options[] = {
  { "workflow", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Send this ComfyUI workflow, also out of a picture that holds one"), "FILE" },
  { "plan", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("On which of its plans; the cheapest that will do unless told"), "PLAN" },
  { "gpu", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("On which GPU; the cheapest that will do unless told"), "NAME" },
  { "fallback", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL,
    N_ ("Where it may go on when it cannot run there; may be given repeatedly"), "ID" },
  { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL,
    N_ (
      "A parameter of the request, such as duration=5 or image=@fox.png; may be given repeatedly"),
    "NAME=VALUE" },
  { "name", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Name of the job"), "NAME" },
  { "curl", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Print the requests of the dry run as curl commands, the key as a variable"), NULL },
  { NULL },
};

static void
print_requests (StokerCliContext *context, StokerJob *job)
{
  JsonNode *request = stoker_job_get_request (job);
  g_autofree char *text = NULL;

  if (request == NULL || stoker_cli_context_get_flag (context, "json"))
    return;

  if (stoker_cli_context_get_flag (context, "curl"))
    {
      text = stoker_envelope_to_curl (request);
      stoker_cli_context_print (context, "\n%s", text);
      return;
    }
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

/* A mistake in what would be sent is one in the file, where there is one. */
static void
name_file (StokerCliContext *context, GError *error)
{
  const char *file = stoker_cli_context_get_argument (context, 0);
  g_autofree char *message = NULL;

  if (!g_error_matches (error, STOKER_ERROR, STOKER_ERROR_CONFIG) ||
      !g_str_has_prefix (error->message, PAYLOAD_PLACE))
    return;
  if (file == NULL)
    file = stoker_cli_context_get_text (context, "workflow");
  if (file != NULL)
    message = g_strdup_printf ("%s: %s", file, error->message);
  else
    message = g_strdup (error->message + strlen (PAYLOAD_PLACE));
  g_free (error->message);
  error->message = g_steal_pointer (&message);
}

/* Said before anything is sent; a mistake is told by what comes after it. */
static void
note_price (StokerCliContext *context, const StokerSubmission *submission)
{
  g_autoptr (StokerEstimate) price = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *formula = NULL;

  if (!stoker_price_request (stoker_cli_context_get_workspace (context), submission->provider_id,
                             submission->workload, NULL, &price, NULL) ||
      price == NULL)
    return;
  amount = stoker_money_format (price->total);
  formula = stoker_price_describe (price);
  stoker_cli_context_note (context, _ ("This request costs %s: %s"), amount, formula);
}

static void
note_alternatives (StokerCliContext *context, StokerJob *job)
{
  g_auto (GStrv) ids = stoker_job_list_alternatives (job);
  g_autofree char *list = ids != NULL ? g_strjoinv (", ", ids) : NULL;

  if (list == NULL)
    return;
  if (*list != '\0')
    stoker_cli_context_note (context, _ ("When it cannot run there, it goes on at: %s"), list);
  else
    stoker_cli_context_note (context,
                             _ ("It goes on nowhere else: of the others none comes after %s in the "
                                "advice, takes this request and is within the budget"),
                             stoker_job_get_provider_id (job));
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
      name_file (context, error);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  note_alternatives (context, job);
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

/* The providers of --fallback, or NULL. */
static GStrv
dup_named (StokerCliContext *context)
{
  g_auto (GStrv) named = stoker_cli_context_get_texts (context, "fallback");

  return *named != NULL ? g_steal_pointer (&named) : NULL;
}

static const StokerCandidate *
find_candidate_with (StokerCliContext *context,
                     const StokerAdvice *advice,
                     gboolean (*is_gpu) (const StokerOffer *offer, const char *name))
{
  const char *provider_id = stoker_cli_context_get_text (context, "provider");
  const char *plan_id = stoker_cli_context_get_text (context, "plan");
  const char *gpu = stoker_cli_context_get_text (context, "gpu");

  for (guint i = 0; i < advice->candidates->len; i++)
    {
      const StokerCandidate *candidate = g_ptr_array_index (advice->candidates, i);
      const StokerPlan *plan = candidate->offer.plan;

      if (g_str_equal (candidate->id, provider_id) && stoker_candidate_can_run (candidate) &&
          (plan_id == NULL || (plan != NULL && g_str_equal (plan->id, plan_id))) &&
          (gpu == NULL || is_gpu (&candidate->offer, gpu)))
        return candidate;
    }
  return NULL;
}

/* Of the provider, plan and GPU that were named; who gives the whole name of a GPU wants no other.
 */
static const StokerCandidate *
find_candidate (StokerCliContext *context, const StokerAdvice *advice)
{
  const StokerCandidate *candidate = find_candidate_with (context, advice, stoker_offer_is_gpu);

  return candidate != NULL ? candidate
                           : find_candidate_with (context, advice, stoker_offer_has_gpu);
}

/* Who names a provider agrees to what there is to be said of it, and is told. */
static GPtrArray *
list_warnings (StokerCliContext *context, const StokerAdvice *advice, const char *const *ids)
{
  GPtrArray *agreed = g_ptr_array_new ();
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; ids != NULL && i < advice->candidates->len; i++)
    {
      const StokerCandidate *candidate = g_ptr_array_index (advice->candidates, i);

      if (!g_strv_contains (ids, candidate->id))
        continue;
      for (guint j = 0; j < candidate->warnings->len; j++)
        {
          char *warning = candidate->warnings->pdata[j];

          g_ptr_array_add (agreed, warning);
          if (g_hash_table_add (said, g_strdup_printf ("%s: %s", candidate->id, warning)))
            stoker_cli_context_note (context, "%s: %s", candidate->id, warning);
        }
    }
  g_ptr_array_add (agreed, NULL);
  return agreed;
}

/* With advice it may go on elsewhere, when its candidate is part of it. */
static void
send_workload (StokerCliContext *context,
               StokerWorkload *workload,
               StokerAdvice *advice,
               GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  StokerWorkspace *workspace = stoker_cli_context_get_workspace (context);
  g_auto (GStrv) named = dup_named (context);
  const char *const *alternatives = (const char *const *) named;
  g_autoptr (GPtrArray) agreed = NULL;
  StokerSubmission submission = { .workload = workload };

  submission.provider_id = stoker_cli_context_get_text (context, "provider");
  submission.plan_id = stoker_cli_context_get_text (context, "plan");
  submission.gpu = stoker_cli_context_get_text (context, "gpu");
  submission.name = stoker_cli_context_get_text (context, "name");
  submission.is_live = stoker_cli_context_get_flag (context, "live");
  if (advice != NULL)
    submission.candidate = find_candidate (context, advice);
  if (submission.candidate != NULL)
    {
      agreed = list_warnings (context, advice, alternatives);
      submission.advice = advice;
      submission.alternatives = alternatives;
      submission.acknowledged = (const char *const *) agreed->pdata;
    }
  else if (alternatives != NULL)
    {
      g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_CONFIG,
                               _ (
                                 "--fallback: the advice does not have %s for this workload, so it "
                                 "cannot go on elsewhere; stoker advise tells why"),
                               submission.provider_id);
      return;
    }
  if (submission.is_live)
    note_price (context, &submission);
  stoker_submit_job_async (workspace, &submission, stoker_cli_context_get_cancellable (context),
                           submitted_cb, g_steal_pointer (&task));
}

static void
advised_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerCliContext *context = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (StokerAdvice) advice = stoker_preview_advice_finish (result, &error);

  if (advice == NULL)
    g_task_return_error (task, error);
  else
    send_workload (context, advice->workload, advice, g_steal_pointer (&task));
}

/* A request that --set describes as a whole needs no file. */
static StokerWorkload *
make_workload (GHashTable *settings, GError **error)
{
  g_autoptr (JsonNode) node = stoker_json_parse ("{}", -1, NULL, error);

  if (g_hash_table_size (settings) > 0)
    return stoker_workload_decode (node, NULL, error);
  g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                       _ ("submit needs a workload: a file, --workflow FILE or --set NAME=VALUE"));
  return NULL;
}

/* A workload is a file, a ComfyUI workflow, or a file that says how large the work of that one is.
 */
static StokerWorkload *
load_files (StokerCliContext *context, GHashTable *settings, GError **error)
{
  gboolean has_file = stoker_cli_context_get_argument (context, 0) != NULL;
  gboolean has_workflow = stoker_cli_context_get_text (context, "workflow") != NULL;
  g_autoptr (StokerWorkload) told = NULL;

  if (!has_file && !has_workflow)
    return make_workload (settings, error);
  if (has_file)
    {
      told = stoker_cli_advice_load_workload (context, error);
      if (told == NULL)
        return NULL;
    }
  return has_workflow ? stoker_cli_advice_load_workflow (context, told, error)
                      : g_steal_pointer (&told);
}

/* The workload of the files, with what --set says in its payload. */
static StokerWorkload *
load_workload (StokerCliContext *context, GError **error)
{
  g_autoptr (GHashTable) settings = stoker_cli_action_read_settings (context, error);
  g_autoptr (StokerWorkload) workload = NULL;

  if (settings == NULL)
    return NULL;
  workload = load_files (context, settings, error);
  if (workload == NULL)
    return NULL;
  if (g_hash_table_size (settings) == 0)
    return g_steal_pointer (&workload);
  return stoker_set_request_parameters (stoker_cli_context_get_workspace (context),
                                        stoker_cli_context_get_text (context, "provider"), workload,
                                        NULL, settings, error);
}

static gboolean
is_registered (StokerCliContext *context, const char *id, GError **error)
{
  StokerWorkspace *workspace = stoker_cli_context_get_workspace (context);

  if (stoker_workspace_lookup_provider (workspace, id) != NULL)
    return TRUE;
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
               _ ("--fallback: “%s” is not registered; stoker providers add does it"), id);
  return FALSE;
}

static gboolean
check_providers (StokerCliContext *context, GError **error)
{
  g_auto (GStrv) named = dup_named (context);

  if (stoker_cli_provider_find_named (context, "stoker advise", error) == NULL)
    return FALSE;
  for (guint i = 0; named != NULL && named[i] != NULL; i++)
    if (!is_registered (context, named[i], error))
      return FALSE;
  return TRUE;
}

/* Asked for, or switched on for all that is really sent. */
static gboolean
may_go_on (StokerCliContext *context)
{
  StokerSettings *settings = stoker_workspace_get_settings (
    stoker_cli_context_get_workspace (context));
  g_auto (GStrv) named = dup_named (context);

  return named != NULL ||
         (stoker_cli_context_get_flag (context, "live") &&
          g_settings_get_boolean (stoker_settings_get_gsettings (settings), "fallback"));
}

static gboolean
submit (StokerCliContext *context, GTask **task, GError **error)
{
  g_autoptr (StokerWorkload) workload = NULL;

  if (!check_providers (context, error))
    return FALSE;
  workload = load_workload (context, error);
  if (workload == NULL)
    return FALSE;
  if (may_go_on (context))
    stoker_preview_advice_async (stoker_cli_context_get_workspace (context), workload,
                                 stoker_cli_context_get_cancellable (context), advised_cb,
                                 g_steal_pointer (task));
  else
    send_workload (context, workload, NULL, g_steal_pointer (task));
  return TRUE;
}

static void
start_submit (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  g_autoptr (GError) error = NULL;

  if (!submit (context, &task, &error))
    g_task_return_error (task, g_steal_pointer (&error));
}

const StokerCliVerb stoker_verbs_submit[] = {
  {
    .name = "submit",
    .arguments = "[WORKLOAD.json]",
    .summary = N_ ("Run a workload at a provider, or rehearse it"),
    .options = options,
    .shared_options = STOKER_CLI_AT_PROVIDER | STOKER_CLI_LIVE | STOKER_CLI_WAIT | STOKER_CLI_JSON,
    .min_arguments = 0,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_JOBS | STOKER_WORKSPACE_SECRETS,
    .live_parts = STOKER_WORKSPACE_ALL,
    .changes_things = TRUE,
    .start = start_submit,
  },
  { NULL },
};
