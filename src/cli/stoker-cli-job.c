/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-job.h"

#include "stoker-cli-text.h"
#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-table.h"

#include <glib/gi18n-lib.h>

#define MAX_ITEMS 100

static const StokerTableColumn job_columns[] = {
  { N_ ("Id"), "id", FALSE },
  { N_ ("Name"), "name", FALSE },
  { N_ ("Provider"), "provider", FALSE },
  { N_ ("State"), "state", FALSE },
  { N_ ("Estimated"), "estimated", TRUE },
  { N_ ("Accrued"), "accrued", TRUE },
  { N_ ("Created"), "created", FALSE },
};

static const StokerTableColumn attempt_columns[] = {
  { N_ ("Attempt"), "attempt", TRUE },
  { N_ ("Provider"), "provider", FALSE },
  { N_ ("State"), "state", FALSE },
  { N_ ("Accrued"), "accrued", TRUE },
  { N_ ("There called"), "remote_id", FALSE },
  { N_ ("Message"), "message", FALSE },
};

/* The estimate, and what has accrued, as text: a dry run costs nothing. */
static char *
describe_accrued (StokerJob *job)
{
  return stoker_job_get_dry_run (job) ? g_strdup (_ ("dry run"))
                                      : stoker_money_format (stoker_job_get_accrued (job));
}

static void
add_job (StokerTable *table, StokerJob *job)
{
  g_autofree char *estimated = stoker_money_format (stoker_job_get_estimated (job));
  g_autofree char *accrued = describe_accrued (job);
  g_autofree char *created = stoker_cli_text_time (stoker_job_get_created (job));
  const char *const cells[] = { stoker_job_get_id (job),
                                stoker_job_get_name (job),
                                stoker_job_get_provider_id (job),
                                stoker_cli_job_state_word (stoker_job_get_state (job)),
                                estimated,
                                accrued,
                                created };

  stoker_table_add_row (table, cells);
}

static void
print_attempts (StokerCliContext *context, StokerJob *job)
{
  GPtrArray *attempts = stoker_job_get_attempts (job);
  g_autoptr (StokerTable)
    table = stoker_table_new (attempt_columns, G_N_ELEMENTS (attempt_columns));
  g_autofree char *text = NULL;

  if (attempts->len == 0)
    return;

  for (guint i = 0; i < attempts->len; i++)
    {
      const StokerAttempt *attempt = g_ptr_array_index (attempts, i);
      g_autofree char *number = g_strdup_printf ("%d", attempt->number);
      g_autofree char *accrued = stoker_money_format (attempt->accrued);
      const char *const cells[] = {
        number,  attempt->provider_id, stoker_cli_job_state_word (attempt->state),
        accrued, attempt->remote_id,   attempt->message
      };

      stoker_table_add_row (table, cells);
    }

  text = stoker_table_to_text (table);
  stoker_cli_context_print (context, "\n%s", text);
}

static void
print_artifacts (StokerCliContext *context, StokerJob *job)
{
  GPtrArray *artifacts = stoker_job_get_artifacts (job);

  if (artifacts->len == 0)
    return;

  stoker_cli_context_print (context, "\n%s\n", _ ("Outputs"));
  for (guint i = 0; i < artifacts->len; i++)
    {
      const StokerArtifact *artifact = g_ptr_array_index (artifacts, i);
      g_autofree char *name = stoker_cli_text_clean (artifact->name, FALSE);

      stoker_cli_context_print (context, "- %s\n", artifact->path != NULL ? artifact->path : name);
    }
}

/* The provider's own words come before it; they tell the cause, and often the cure. */
static char *
describe_remedy (StokerJob *job)
{
  const char *id = stoker_job_get_id (job);

  if (stoker_job_get_state (job) == STOKER_JOB_LOST)
    return g_strdup_printf (_ ("stoker jobs retry %s sends it again"), id);

  switch (stoker_job_get_error_code (job))
    {
    case STOKER_ERROR_AUTH:
    case STOKER_ERROR_FORBIDDEN:
      return g_strdup_printf (_ ("give it another key with stoker providers set %s --secret-stdin, "
                                 "then stoker jobs retry %s"),
                              stoker_job_get_provider_id (job), id);
    case STOKER_ERROR_QUOTA:
    case STOKER_ERROR_RATE_LIMITED:
    case STOKER_ERROR_UNAVAILABLE:
      return g_strdup_printf (
        _ ("stoker jobs retry %s tries it again, with --provider ID elsewhere"), id);
    default:
      return g_strdup_printf (
        _ ("stoker jobs show %s tells more, stoker jobs retry %s tries it again"), id, id);
    }
}

/**
 * stoker_cli_job_find:
 * @argument: which argument names the job
 *
 * Returns: (transfer none): the job, or %NULL with @error
 */
StokerJob *
stoker_cli_job_find (StokerCliContext *context, guint argument, GError **error)
{
  const char *id = stoker_cli_context_get_argument (context, argument);
  StokerJob *job = stoker_workspace_lookup_job (stoker_cli_context_get_workspace (context), id);

  if (job == NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("%s: no such job; stoker jobs list tells them"), id);

  return job;
}

/**
 * stoker_cli_job_state_word:
 *
 * Returns: (transfer none): the state in a word
 */
const char *
stoker_cli_job_state_word (StokerJobState state)
{
  switch (state)
    {
    case STOKER_JOB_WAITING:
      return _ ("waiting");
    case STOKER_JOB_SUBMITTING:
      return _ ("being sent");
    case STOKER_JOB_QUEUED:
      return _ ("queued");
    case STOKER_JOB_PROVISIONING:
      return _ ("starting");
    case STOKER_JOB_RUNNING:
      return _ ("running");
    case STOKER_JOB_FETCHING:
      return _ ("fetching outputs");
    case STOKER_JOB_SUCCEEDED:
      return _ ("done");
    case STOKER_JOB_FAILED:
      return _ ("failed");
    case STOKER_JOB_CANCELLED:
      return _ ("cancelled");
    case STOKER_JOB_LOST:
    default:
      return _ ("lost");
    }
}

/**
 * stoker_cli_job_describe_end:
 * @job: one that ended
 *
 * Returns: (transfer full) (nullable): what went wrong and what helps
 */
char *
stoker_cli_job_describe_end (StokerJob *job)
{
  const char *message = stoker_job_get_message (job);
  StokerJobState state = stoker_job_get_state (job);
  g_autofree char *remedy = NULL;

  if (state != STOKER_JOB_FAILED && state != STOKER_JOB_LOST)
    return NULL;

  remedy = describe_remedy (job);

  return g_strdup_printf (_ ("%s: %s at %s: %s; %s"), stoker_job_get_id (job),
                          stoker_cli_job_state_word (state), stoker_job_get_provider_id (job),
                          message != NULL ? message : _ ("no reason was given"), remedy);
}

/* "This request: $0.05 per second × 8 (duration) = $0.40 (provider.example/prices, 2 days ago)" */
static void
print_item (StokerCliContext *context, const StokerJsonPlace *item)
{
  g_autofree char *label = NULL;
  g_autofree char *formula = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *source = NULL;
  g_autofree char *line = NULL;

  stoker_json_get_string (item, "label", STOKER_JSON_OPTIONAL, &label, NULL);
  stoker_json_get_string (item, "formula", STOKER_JSON_OPTIONAL, &formula, NULL);
  stoker_json_get_string (item, "text", STOKER_JSON_OPTIONAL, &amount, NULL);
  stoker_json_get_string (item, "source", STOKER_JSON_OPTIONAL, &source, NULL);
  if (label == NULL || formula == NULL || amount == NULL)
    return;
  line = g_strdup_printf ("  %s: %s = %s%s%s%s", label, formula, amount, source != NULL ? " (" : "",
                          source != NULL ? source : "", source != NULL ? ")" : "");
  stoker_cli_context_print (context, "%s\n", line);
}

/* "8 × H100 SXM, plan on-demand, us-east-1" */
static void
print_target (StokerCliContext *context, JsonNode *estimate)
{
  StokerJsonPlace root = stoker_json_root (estimate, "estimate");
  StokerJsonPlace target = stoker_json_member (&root, "target");
  g_autofree char *gpu = NULL;
  g_autofree char *plan = NULL;
  g_autofree char *region = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 gpus = 1;

  stoker_json_get_string (&target, "gpu", STOKER_JSON_OPTIONAL, &gpu, NULL);
  stoker_json_get_string (&target, "plan", STOKER_JSON_OPTIONAL, &plan, NULL);
  stoker_json_get_string (&target, "region", STOKER_JSON_OPTIONAL, &region, NULL);
  stoker_json_get_int (&target, "gpus", STOKER_JSON_OPTIONAL, 0, G_MAXINT, &gpus, NULL);
  if (plan == NULL)
    return;
  if (gpu != NULL && gpus > 1)
    g_string_append_printf (text, "%d × ", (int) gpus);
  if (gpu != NULL)
    g_string_append_printf (text, "%s, ", gpu);
  g_string_append_printf (text, _ ("plan %s"), plan);
  if (region != NULL && !g_str_equal (region, "*"))
    g_string_append_printf (text, ", %s", region);
  stoker_cli_context_print (context, _ ("On: %s\n"), text->str);
}

static void
print_money (StokerCliContext *context, StokerJob *job)
{
  g_autofree char *estimated = stoker_money_format (stoker_job_get_estimated (job));
  g_autofree char *accrued = describe_accrued (job);
  JsonNode *estimate = stoker_job_get_estimate (job);
  StokerJsonPlace root = stoker_json_root (estimate, "estimate");
  StokerJsonPlace items;

  stoker_cli_context_print (context, _ ("Estimated: %s\n"), estimated);
  if (estimate != NULL &&
      stoker_json_get_array (&root, "items", STOKER_JSON_REQUIRED, MAX_ITEMS, &items, NULL))
    for (guint i = 0; i < stoker_json_length (&items); i++)
      {
        StokerJsonPlace item = stoker_json_element (&items, i);

        print_item (context, &item);
      }
  stoker_cli_context_print (context, _ ("Accrued: %s\n"), accrued);
}

/**
 * stoker_cli_job_print:
 *
 * Prints a job as JSON with `--json`, else in words.
 */
void
stoker_cli_job_print (StokerCliContext *context, StokerJob *job)
{
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;
  g_autofree char *created = NULL;

  if (stoker_cli_context_get_flag (context, "json"))
    {
      g_autoptr (JsonNode) document = stoker_job_to_json (job);

      stoker_cli_context_print_json (context, document);
      return;
    }

  name = stoker_cli_text_clean (stoker_job_get_name (job), FALSE);
  created = stoker_cli_text_time (stoker_job_get_created (job));
  stoker_cli_context_print (context, _ ("%s · %s at %s: %s\n"), stoker_job_get_id (job), name,
                            stoker_job_get_provider_id (job),
                            stoker_cli_job_state_word (stoker_job_get_state (job)));
  if (stoker_job_get_message (job) != NULL)
    {
      message = stoker_cli_text_clean (stoker_job_get_message (job), FALSE);
      stoker_cli_context_print (context, "%s\n", message);
    }
  stoker_cli_context_print (context, _ ("Created: %s\n"), created);
  if (stoker_job_get_estimate (job) != NULL)
    print_target (context, stoker_job_get_estimate (job));
  print_money (context, job);
  print_attempts (context, job);
  print_artifacts (context, job);
}

/**
 * stoker_cli_job_print_list:
 * @jobs: (element-type StokerJob): as they are to be listed
 *
 * Prints an array with `--json`, else a table.
 */
void
stoker_cli_job_print_list (StokerCliContext *context, GPtrArray *jobs)
{
  g_autoptr (StokerTable) table = stoker_table_new (job_columns, G_N_ELEMENTS (job_columns));
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;

  for (guint i = 0; i < jobs->len; i++)
    {
      add_job (table, g_ptr_array_index (jobs, i));
      json_array_add_element (array, stoker_job_to_json (g_ptr_array_index (jobs, i)));
    }

  json_node_set_array (document, array);
  text = stoker_table_to_text (table);
  if (stoker_cli_context_get_flag (context, "json"))
    stoker_cli_context_print_json (context, document);
  else
    stoker_cli_context_print_text (context, jobs->len > 0 ? text : _ ("No jobs yet.\n"));
}

/**
 * stoker_cli_job_print_all:
 * @jobs: (element-type StokerJob): that were asked for
 *
 * Prints all that is known of them: one as stoker_cli_job_print(), several as an array with
 * `--json`, else one after the other.
 */
void
stoker_cli_job_print_all (StokerCliContext *context, GPtrArray *jobs)
{
  if (jobs->len > 1 && stoker_cli_context_get_flag (context, "json"))
    {
      stoker_cli_job_print_list (context, jobs);
      return;
    }
  for (guint i = 0; i < jobs->len; i++)
    {
      if (i > 0)
        stoker_cli_context_print_text (context, "\n");
      stoker_cli_job_print (context, jobs->pdata[i]);
    }
}
