/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-fallback-private.h"

#include "stoker-gate-private.h"
#include "stoker-json-write.h"
#include "stoker-quote-private.h"

#define KEY "fallback"
#define MEMBER "alternatives"
#define ASKED "asked_for_alternatives"
#define MAX_ALTERNATIVES 4

static gboolean
is_wanted (StokerWorkspace *workspace)
{
  GSettings *settings = stoker_settings_get_gsettings (stoker_workspace_get_settings (workspace));

  return g_settings_get_boolean (settings, KEY);
}

/* By its user, for this job, or for all of them. */
static gboolean
may_move (StokerWorkspace *workspace, StokerJob *job)
{
  StokerJsonPlace root = stoker_json_root (stoker_job_get_estimate (job), "estimate");
  gboolean is_asked = FALSE;

  stoker_json_get_boolean (&root, ASKED, STOKER_JSON_OPTIONAL, &is_asked, NULL);
  return is_asked || is_wanted (workspace);
}

/* Recording. */

/* What a person would have to agree to first is not for a machine to choose. */
static gboolean
is_agreed_to (const StokerSubmission *submission, const StokerCandidate *candidate)
{
  for (guint i = 0; i < candidate->warnings->len; i++)
    {
      if (submission->acknowledged == NULL ||
          !g_strv_contains (submission->acknowledged, candidate->warnings->pdata[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_within (StokerMoney budget, StokerMoney spent, StokerMoney total)
{
  StokerMoney left;

  if (!budget.is_known)
    return TRUE;
  left = stoker_money_subtract (stoker_money_subtract (budget, spent), total);
  return left.is_known && left.nanos >= 0;
}

static const char *
get_plan_id (const StokerCandidate *candidate)
{
  return candidate->offer.plan != NULL ? candidate->offer.plan->id : NULL;
}

static gboolean
can_follow (StokerWorkspace *workspace,
            const StokerSubmission *submission,
            const StokerCandidate *candidate)
{
  StokerWorkload *workload = submission->workload;
  StokerProvider *provider = NULL;
  g_autofree char *missing = NULL;

  if (!candidate->is_registered || candidate->is_local || !stoker_candidate_can_run (candidate) ||
      !is_agreed_to (submission, candidate))
    return FALSE;
  if (submission->alternatives != NULL &&
      !g_strv_contains (submission->alternatives, candidate->id))
    return FALSE;
  provider = stoker_workspace_lookup_provider (workspace, candidate->id);
  if (provider == NULL)
    return FALSE;
  missing = stoker_describe_missing_input_for_plan (workload,
                                                    stoker_workspace_get_profile (workspace,
                                                                                  provider),
                                                    get_plan_id (candidate));
  return missing == NULL;
}

static JsonNode *
describe_quote (const StokerCandidate *candidate, const StokerQuote *quote)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *amount = NULL;

  json_object_set_string_member (object, "provider", candidate->id);
  if (quote->total.is_known)
    {
      amount = stoker_money_to_decimal (quote->total);
      json_object_set_string_member (object, "amount", amount);
      json_object_set_string_member (object, "currency", quote->total.currency);
    }
  stoker_json_set_copy (object, "estimate", quote->json);
  json_node_take_object (node, object);
  return node;
}

/* What does not take the request, or alone costs more than the cap, is no alternative. */
static JsonNode *
describe (StokerWorkspace *workspace,
          const StokerSubmission *submission,
          const StokerCandidate *candidate)
{
  StokerProvider *provider = stoker_workspace_lookup_provider (workspace, candidate->id);
  StokerMoney budget = submission->workload->budget;
  StokerMoney nothing = stoker_money_new (0, budget.currency);
  StokerQuote quote = { 0 };
  JsonNode *node = NULL;

  if (stoker_quote_init (&quote, workspace, provider, submission->workload, candidate, NULL,
                         NULL) &&
      stoker_quote_take_price (&quote, workspace, provider, submission->workload, NULL) &&
      is_within (budget, nothing, quote.total))
    node = describe_quote (candidate, &quote);
  stoker_quote_clear (&quote);
  return node;
}

static void
add_alternatives (JsonArray *array, StokerWorkspace *workspace, const StokerSubmission *submission)
{
  GPtrArray *candidates = submission->advice->candidates;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint index = 0;

  if (!g_ptr_array_find (candidates, submission->candidate, &index))
    return;
  g_hash_table_add (seen, submission->candidate->id);
  for (guint i = index + 1; i < candidates->len; i++)
    {
      StokerCandidate *candidate = g_ptr_array_index (candidates, i);
      JsonNode *node = NULL;

      if (json_array_get_length (array) < MAX_ALTERNATIVES &&
          !g_hash_table_contains (seen, candidate->id) &&
          can_follow (workspace, submission, candidate))
        node = describe (workspace, submission, candidate);
      if (node == NULL)
        continue;
      json_array_add_element (array, node);
      g_hash_table_add (seen, candidate->id);
    }
}

/**
 * stoker_fallback_record:
 * @workspace: the workspace
 * @submission: what is sent where
 * @estimate: (nullable): the estimate that is kept with the job; the alternatives go into it
 *
 * Writes down where the job may go when it cannot run where it is sent: one candidate a provider,
 * in the order of the advice, without those whose warnings were not agreed to. Nothing is written
 * unless the setting `fallback` is on, or the submission names those that may follow.
 */
void
stoker_fallback_record (StokerWorkspace *workspace,
                        const StokerSubmission *submission,
                        JsonNode *estimate)
{
  JsonArray *array = NULL;
  JsonObject *object = NULL;

  if (estimate == NULL || submission->advice == NULL || submission->candidate == NULL ||
      (submission->alternatives == NULL && !is_wanted (workspace)))
    return;
  array = json_array_new ();
  object = json_node_get_object (estimate);
  add_alternatives (array, workspace, submission);
  json_object_set_array_member (object, MEMBER, array);
  if (submission->alternatives != NULL)
    json_object_set_boolean_member (object, ASKED, TRUE);
}

/* Taking. */

static StokerMoney
read_total (const StokerJsonPlace *place)
{
  g_autofree char *amount = NULL;
  g_autofree char *currency = NULL;
  StokerMoney total;

  if (stoker_json_get_string (place, "amount", STOKER_JSON_REQUIRED, &amount, NULL) &&
      stoker_json_get_string (place, "currency", STOKER_JSON_REQUIRED, &currency, NULL) &&
      stoker_money_parse (amount, currency, &total, NULL))
    return total;
  return stoker_money_unknown ();
}

/* Looked at when it is wanted: much may have changed since the advice. */
static gboolean
is_ready (StokerWorkspace *workspace, const char *provider_id)
{
  StokerProvider *provider = stoker_workspace_lookup_provider (workspace, provider_id);
  StokerProfile *profile = NULL;
  StokerHealth *health = NULL;

  if (provider == NULL || !stoker_provider_get_active (provider))
    return FALSE;
  health = stoker_provider_get_health (provider);
  profile = stoker_workspace_get_profile (workspace, provider);
  return (health == NULL || health->is_ok) && profile != NULL &&
         stoker_settings_allows (stoker_workspace_get_settings (workspace), profile);
}

static gboolean
can_take (StokerWorkspace *workspace, StokerJob *job, JsonNode *node, StokerMoney budget)
{
  StokerJsonPlace place = stoker_json_root (node, "alternative");
  g_autofree char *provider_id = NULL;

  return stoker_json_get_string (&place, "provider", STOKER_JSON_REQUIRED, &provider_id, NULL) &&
         is_ready (workspace, provider_id) &&
         is_within (budget, stoker_job_get_accrued (job), read_total (&place));
}

/* The next alternative, which belongs to the job's estimate, and its place among them. */
static JsonNode *
find_next (StokerWorkspace *workspace, StokerJob *job, guint *index)
{
  StokerJsonPlace root = stoker_json_root (stoker_job_get_estimate (job), "estimate");
  StokerJsonPlace list;
  g_autoptr (StokerWorkload) workload = NULL;

  if (stoker_job_get_estimate (job) == NULL || !may_move (workspace, job) ||
      !stoker_json_get_array (&root, MEMBER, STOKER_JSON_REQUIRED, MAX_ALTERNATIVES, &list, NULL))
    return NULL;
  workload = stoker_workload_decode (stoker_job_get_workload (job), stoker_job_get_id (job), NULL);
  for (guint i = 0; workload != NULL && i < stoker_json_length (&list); i++)
    {
      StokerJsonPlace place = stoker_json_element (&list, i);

      *index = i;
      if (can_take (workspace, job, place.node, workload->budget))
        return place.node;
    }
  return NULL;
}

/**
 * stoker_fallback_has_next:
 * @workspace: the workspace
 * @job: a job
 *
 * Returns: whether there is somewhere else to send it: registered, switched on, not unhealthy, its
 * feature flag on, and within what is left of the job's budget
 */
gboolean
stoker_fallback_has_next (StokerWorkspace *workspace, StokerJob *job)
{
  guint index = 0;

  return find_next (workspace, job, &index) != NULL;
}

static void
keep_rest (JsonNode *estimate, JsonNode *before, guint taken)
{
  JsonArray *rest = json_array_new ();
  StokerJsonPlace root = stoker_json_root (before, "estimate");
  StokerJsonPlace list = stoker_json_member (&root, MEMBER);
  gboolean is_asked = FALSE;

  stoker_json_get_boolean (&root, ASKED, STOKER_JSON_OPTIONAL, &is_asked, NULL);
  if (is_asked)
    json_object_set_boolean_member (json_node_get_object (estimate), ASKED, TRUE);

  for (guint i = taken + 1; i < stoker_json_length (&list); i++)
    {
      StokerJsonPlace place = stoker_json_element (&list, i);

      json_array_add_element (rest, json_node_copy (place.node));
    }
  json_object_set_array_member (json_node_get_object (estimate), MEMBER, rest);
}

/**
 * stoker_job_list_alternatives:
 * @job: a job
 *
 * Returns: (transfer full) (nullable): the ids of the providers where it may go on when it cannot
 * run where it is, the next one first; %NULL when that was not asked for
 */
GStrv
stoker_job_list_alternatives (StokerJob *job)
{
  StokerJsonPlace root = stoker_json_root (stoker_job_get_estimate (job), "estimate");
  StokerJsonPlace list;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  if (stoker_job_get_estimate (job) == NULL ||
      !stoker_json_get_array (&root, MEMBER, STOKER_JSON_REQUIRED, MAX_ALTERNATIVES, &list, NULL))
    return NULL;
  for (guint i = 0; i < stoker_json_length (&list); i++)
    {
      StokerJsonPlace place = stoker_json_element (&list, i);
      g_autofree char *id = NULL;

      if (stoker_json_get_string (&place, "provider", STOKER_JSON_REQUIRED, &id, NULL))
        g_strv_builder_add (ids, id);
    }
  return g_strv_builder_end (ids);
}

/**
 * stoker_fallback_take_next:
 * @workspace: the workspace
 * @job: a job that is at an end where it was
 *
 * Makes the next provider the job's own, with the estimate that the advice gave for it. What was
 * passed over and what was taken is not tried again.
 *
 * Returns: whether there was one
 */
gboolean
stoker_fallback_take_next (StokerWorkspace *workspace, StokerJob *job)
{
  StokerJsonPlace quote;
  StokerJsonPlace target;
  guint index = 0;
  JsonNode *node = find_next (workspace, job, &index);
  StokerJsonPlace place = stoker_json_root (node, "alternative");
  g_autofree char *provider_id = NULL;
  g_autofree char *gpu = NULL;
  g_autoptr (JsonNode) estimate = NULL;
  StokerMoney total;

  if (node == NULL ||
      !stoker_json_get_object (&place, "estimate", STOKER_JSON_REQUIRED, &quote, NULL) ||
      !stoker_json_get_string (&place, "provider", STOKER_JSON_REQUIRED, &provider_id, NULL))
    return FALSE;
  target = stoker_json_member (&quote, "target");
  stoker_json_get_string (&target, "gpu", STOKER_JSON_OPTIONAL, &gpu, NULL);
  total = read_total (&place);
  estimate = json_node_copy (quote.node);
  keep_rest (estimate, stoker_job_get_estimate (job), index);
  stoker_job_set_provider_id (job, provider_id);
  stoker_job_set_estimated (job, total);
  stoker_job_set_gpu (job, gpu);
  stoker_job_set_estimate (job, estimate);
  return TRUE;
}
