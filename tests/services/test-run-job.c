/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-error.h"
#include "stoker-give-advice.h"
#include "stoker-job-history.h"
#include "stoker-list-spending.h"
#include "stoker-order-queue.h"
#include "stoker-register-provider.h"
#include "stoker-rehearse.h"
#include "stoker-run-job.h"

static StokerWorkload *
parse_workload (const char *json)
{
  g_autoptr (JsonNode) node = stoker_json_parse (json, -1, "workload.json", NULL);
  g_autoptr (GError) error = NULL;
  StokerWorkload *workload = stoker_workload_decode (node, "workload.json", &error);

  g_assert_no_error (error);
  return workload;
}

static StokerJob *
submit (StokerWorkspace *workspace,
        const char *provider_id,
        const char *json,
        gboolean is_live,
        GError **error)
{
  g_autoptr (StokerWorkload) workload = parse_workload (json);
  g_autoptr (GAsyncResult) result = NULL;
  StokerSubmission submission = { .workload = workload,
                                  .provider_id = provider_id,
                                  .is_live = is_live };

  stoker_submit_job_async (workspace, &submission, NULL, test_session_take_result, &result);
  return stoker_submit_job_finish (test_session_wait (&result), error);
}

static void
wait_for_end (StokerWorkspace *workspace, StokerJob *job)
{
  g_autoptr (GAsyncResult) result = NULL;

  stoker_wait_job_async (workspace, job, NULL, test_session_take_result, &result);
  g_assert_true (stoker_wait_job_finish (test_session_wait (&result), NULL));
}

static void
add_rehearsal (StokerWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) provider = test_session_register (
    workspace,
    "{\"template_id\":\"simulated\",\"id\":\"rehearsal\",\"config\":{\"seconds\":\"1\"}}", &error);

  g_assert_no_error (error);
}

static StokerJob *
rehearse (StokerWorkspace *workspace)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerJob *job = NULL;

  stoker_rehearse_async (workspace, NULL, test_session_take_result, &result);
  job = stoker_rehearse_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  return job;
}

static void
test_first_rehearsal (void)
{
  g_autoptr (StokerJob) first = NULL;
  g_autoptr (StokerJob) second = NULL;
  GListModel *providers = NULL;
  StokerWorkspace *workspace;
  guint n_providers;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  providers = stoker_workspace_get_providers (workspace);
  n_providers = g_list_model_get_n_items (providers);
  first = rehearse (workspace);
  g_assert_cmpuint (g_list_model_get_n_items (providers), ==, n_providers + 1);
  g_assert_false (stoker_job_get_dry_run (first));
  g_assert_true (stoker_job_get_estimated (first).is_known);

  /* The provider is there now, and is not added again. */
  second = rehearse (workspace);
  g_assert_cmpuint (g_list_model_get_n_items (providers), ==, n_providers + 1);
  g_assert_cmpstr (stoker_job_get_id (first), !=, stoker_job_get_id (second));
  g_clear_object (&first);
  g_clear_object (&second);
  test_session_close (workspace);
  test_session_clear ();
}

static void
test_dry_run_is_deterministic (void)
{
  g_autoptr (StokerJob) first = NULL;
  g_autoptr (StokerJob) second = NULL;
  g_autoptr (StokerProvider) provider = NULL;
  g_autofree char *envelope = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  g_setenv ("REPLICATE_API_TOKEN", "r8_test_0123456789", TRUE);
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  provider =
    test_session_register (workspace,
                           "{\"template_id\":\"replicate\",\"config\":{\"model\":\"acme/flux\"}}",
                           NULL);
  g_assert_nonnull (provider);
  first = submit (workspace, "replicate", "{\"payload\":{\"prompt\":\"a door\"}}", FALSE, NULL);
  second = submit (workspace, "replicate", "{\"payload\":{\"prompt\":\"a door\"}}", FALSE, NULL);
  g_assert_cmpstr (stoker_job_get_id (first), ==, "mock-replicate-1");
  g_assert_cmpstr (stoker_job_get_id (second), ==, "mock-replicate-2");
  g_assert_true (stoker_job_get_dry_run (first));
  g_assert_cmpint (stoker_job_get_state (first), ==, STOKER_JOB_SUCCEEDED);

  envelope = stoker_json_to_string (stoker_job_get_request (first), FALSE);
  g_assert_nonnull (strstr (envelope, "\"execution_allowed\":false"));
  g_assert_nonnull (strstr (envelope, "turn on “Public GPU Clouds” first"));
  g_assert_nonnull (strstr (envelope, "a door"));
  g_assert_null (strstr (envelope, "r8_test_0123456789"));
  g_clear_object (&provider);
  g_clear_object (&first);
  g_clear_object (&second);
  test_session_close (workspace);
  g_unsetenv ("REPLICATE_API_TOKEN");
  test_session_clear ();
}

static void
test_consent_is_kept_with_the_job (void)
{
  static const char *const acknowledged[] = { "Your files leave this machine.", NULL };
  g_autoptr (StokerWorkload) workload = parse_workload ("{\"payload\":{\"prompt\":\"a door\"}}");
  g_autoptr (StokerJob) job = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *envelope = NULL;
  StokerSubmission submission = { .workload = workload,
                                  .provider_id = "rehearsal",
                                  .acknowledged = acknowledged };
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  add_rehearsal (workspace);
  stoker_submit_job_async (workspace, &submission, NULL, test_session_take_result, &result);
  job = stoker_submit_job_finish (test_session_wait (&result), NULL);
  g_assert_nonnull (job);
  envelope = stoker_json_to_string (stoker_job_get_request (job), FALSE);
  g_assert_nonnull (strstr (envelope, "\"acknowledged\":[\"Your files leave this machine.\"]"));
  g_clear_object (&result);
  g_clear_object (&job);
  test_session_close (workspace);
  test_session_clear ();
}

static void
test_live_is_held_without_flag (void)
{
  g_autoptr (StokerJob) job = NULL;
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  provider = test_session_register (workspace, "{\"template_id\":\"replicate\"}", NULL);
  job = submit (workspace, "replicate", "{\"payload\":{\"prompt\":\"a door\"}}", TRUE, &error);
  g_assert_null (job);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_HELD);
  /* As people call it, and as a command does. */
  g_assert_nonnull (strstr (error->message, "“Public GPU Clouds” (enable_public_gpu)"));
  g_assert_cmpuint (g_list_model_get_n_items (stoker_workspace_get_jobs (workspace)), ==, 0);
  g_clear_object (&provider);
  test_session_close (workspace);
  test_session_clear ();
}

static void
test_rehearsal_runs_to_its_end (void)
{
  g_autoptr (StokerJob) job = NULL;
  g_autoptr (GError) error = NULL;
  StokerArtifact *artifact;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  add_rehearsal (workspace);
  g_assert_true (stoker_workspace_is_scheduler (workspace));
  job = submit (workspace, "rehearsal", "{\"name\":\"Try\",\"payload\":{\"prompt\":\"a door\"}}",
                TRUE, &error);
  g_assert_no_error (error);
  wait_for_end (workspace, job);
  g_assert_cmpstr (stoker_job_get_message (job), ==, NULL);
  g_assert_cmpint (stoker_job_get_state (job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpuint (stoker_job_get_attempts (job)->len, ==, 1);
  g_assert_cmpuint (stoker_job_get_artifacts (job)->len, >=, 1);
  artifact = stoker_job_get_artifacts (job)->pdata[0];
  g_assert_true (g_file_test (artifact->path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (strlen (artifact->checksum), ==, 64);
  g_clear_object (&job);
  test_session_close (workspace);

  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_JOBS);
  g_assert_cmpuint (g_list_model_get_n_items (stoker_workspace_get_jobs (workspace)), ==, 1);
  test_session_close (workspace);
  test_session_clear ();
}

static gboolean
is_running (gpointer user_data)
{
  return stoker_job_get_state (user_data) == STOKER_JOB_RUNNING;
}

static void
test_cancel_and_retry (void)
{
  g_autoptr (StokerJob) job = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) retried = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  add_rehearsal (workspace);
  job = submit (workspace, "rehearsal", "{}", TRUE, NULL);
  g_assert_true (test_session_wait_until (is_running, job));
  stoker_cancel_job_async (workspace, job, NULL, test_session_take_result, &cancelled);
  g_assert_true (stoker_cancel_job_finish (test_session_wait (&cancelled), NULL));
  wait_for_end (workspace, job);
  g_assert_cmpint (stoker_job_get_state (job), ==, STOKER_JOB_CANCELLED);

  stoker_retry_job_async (workspace, job, NULL, NULL, test_session_take_result, &retried);
  g_assert_true (stoker_retry_job_finish (test_session_wait (&retried), NULL));
  wait_for_end (workspace, job);
  g_assert_cmpint (stoker_job_get_state (job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpuint (stoker_job_get_attempts (job)->len, ==, 2);
  g_clear_object (&job);
  g_clear_object (&cancelled);
  g_clear_object (&retried);
  test_session_close (workspace);
  test_session_clear ();
}

static gboolean
is_queued (gpointer user_data)
{
  StokerJobState state = stoker_job_get_state (user_data);

  return state != STOKER_JOB_WAITING && state != STOKER_JOB_SUBMITTING;
}

/* A process that leaves in the middle finds its job again, and sends it once. */
static void
test_taken_up_after_restart (void)
{
  g_autoptr (StokerJob) job = NULL;
  g_autofree char *id = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  add_rehearsal (workspace);
  job = submit (workspace, "rehearsal", "{}", TRUE, NULL);
  id = g_strdup (stoker_job_get_id (job));
  g_assert_true (test_session_wait_until (is_queued, job));
  g_clear_object (&job);
  test_session_close (workspace);

  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  job = g_object_ref (stoker_workspace_lookup_job (workspace, id));
  wait_for_end (workspace, job);
  g_assert_cmpint (stoker_job_get_state (job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpuint (stoker_job_get_attempts (job)->len, ==, 1);
  g_clear_object (&job);
  test_session_close (workspace);
  test_session_clear ();
}

static void
test_estimate_goes_into_the_ledger (void)
{
  g_autoptr (StokerJob) job = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  add_rehearsal (workspace);
  job = submit (workspace, "rehearsal", "{\"requirements\":{\"estimated_minutes\":10}}", TRUE,
                NULL);
  stoker_list_spending_async (workspace, 0, NULL, test_session_take_result, &result);
  entries = stoker_list_spending_finish (test_session_wait (&result), NULL);
  g_assert_cmpuint (entries->len, >=, 1);
  g_assert_cmpint (((StokerLedgerEntry *) entries->pdata[0])->kind, ==, STOKER_LEDGER_ESTIMATED);
  g_assert_true (stoker_money_equal (((StokerLedgerEntry *) entries->pdata[0])->amount,
                                     stoker_job_get_estimated (job)));
  wait_for_end (workspace, job);
  g_clear_object (&job);
  g_clear_object (&result);
  test_session_close (workspace);
  test_session_clear ();
}

static void
register_another (StokerWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider)
    provider = test_session_register (workspace, "{\"template_id\":\"runpod\"}", &error);

  g_assert_no_error (error);
  stoker_settings_set_flag (stoker_workspace_get_settings (workspace), "enable_public_gpu", TRUE);
}

static StokerAdvice *
advise (StokerWorkspace *workspace, const char *json)
{
  g_autoptr (StokerWorkload) workload = parse_workload (json);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerAdvice *advice = NULL;

  stoker_preview_advice_async (workspace, workload, NULL, test_session_take_result, &result);
  advice = stoker_preview_advice_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  return advice;
}

static guint
find_candidate (StokerAdvice *advice, const char *provider_id)
{
  for (guint i = 0; i < advice->candidates->len; i++)
    {
      const StokerCandidate *candidate = g_ptr_array_index (advice->candidates, i);

      if (g_strcmp0 (candidate->id, provider_id) == 0 && stoker_candidate_can_run (candidate))
        return i;
    }
  g_assert_not_reached ();
}

static GPtrArray *
list_entries (StokerWorkspace *workspace, StokerJob *job)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *entries = NULL;

  stoker_list_job_spending_async (workspace, job, NULL, test_session_take_result, &result);
  entries = stoker_list_spending_finish (test_session_wait (&result), NULL);
  g_assert_nonnull (entries);
  return entries;
}

static guint
count_estimates (GPtrArray *entries, const char *provider_id, StokerMoney amount)
{
  guint count = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const StokerLedgerEntry *entry = g_ptr_array_index (entries, i);

      count += entry->kind == STOKER_LEDGER_ESTIMATED &&
               g_strcmp0 (entry->provider_id, provider_id) == 0 &&
               stoker_money_equal (entry->amount, amount);
    }
  return count;
}

static void
cancel (StokerWorkspace *workspace, StokerJob *job)
{
  g_autoptr (GAsyncResult) result = NULL;

  stoker_cancel_job_async (workspace, job, NULL, test_session_take_result, &result);
  g_assert_true (stoker_cancel_job_finish (test_session_wait (&result), NULL));
  wait_for_end (workspace, job);
}

static void
retry_on (StokerWorkspace *workspace, StokerJob *job, StokerAdvice *advice, guint index)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  stoker_retry_job_on_async (workspace, job, advice, index, NULL, test_session_take_result,
                             &result);
  stoker_retry_job_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
}

static void
assert_moved (StokerWorkspace *workspace, StokerJob *job, StokerMoney first, StokerMoney second)
{
  g_autoptr (GPtrArray) entries = list_entries (workspace, job);

  g_assert_cmpstr (stoker_job_get_provider_id (job), ==, "runpod");
  g_assert_true (stoker_money_equal (stoker_job_get_estimated (job), second));
  /* The first try stays; the second is counted when it is sent. */
  g_assert_cmpuint (stoker_job_get_attempts (job)->len, ==, 1);
  /* One estimate for each provider, and nothing was paid. */
  g_assert_cmpuint (count_estimates (entries, "rehearsal", first), ==, 1);
  g_assert_cmpuint (count_estimates (entries, "runpod", second), ==, 1);
  g_assert_true (stoker_job_get_accrued (job).is_known);
  g_assert_cmpint (stoker_job_get_accrued (job).nanos, ==, 0);
}

/* It is cancelled at one provider and waits for another, at the price of that one. The queue stands
 * still, so that nothing is sent. */
static void
test_retry_elsewhere (void)
{
  const char *json = "{\"requirements\":{\"min_vram_gb\":12,\"estimated_minutes\":10},"
                     "\"payload\":{\"image\":\"debian\",\"command\":\"true\"}}";
  g_autoptr (StokerJob) job = NULL;
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *candidate = NULL;
  StokerMoney first_price;
  StokerWorkspace *workspace = NULL;
  guint index = 0;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  add_rehearsal (workspace);
  register_another (workspace);
  job = submit (workspace, "rehearsal", json, TRUE, NULL);
  first_price = stoker_job_get_estimated (job);
  g_assert_true (test_session_wait_until (is_running, job));
  cancel (workspace, job);

  stoker_queue_set_paused (workspace, TRUE);
  advice = advise (workspace, json);
  index = find_candidate (advice, "runpod");
  candidate = g_ptr_array_index (advice->candidates, index);
  g_assert_false (stoker_money_equal (candidate->estimate->total, first_price));
  retry_on (workspace, job, advice, index);
  g_assert_cmpint (stoker_job_get_state (job), ==, STOKER_JOB_WAITING);
  assert_moved (workspace, job, first_price, candidate->estimate->total);

  cancel (workspace, job);
  g_assert_cmpint (stoker_job_get_state (job), ==, STOKER_JOB_CANCELLED);
  assert_moved (workspace, job, first_price, candidate->estimate->total);
  stoker_queue_set_paused (workspace, FALSE);
  g_clear_object (&job);
  test_session_close (workspace);
  test_session_clear ();
}

static void
assert_event (GPtrArray *events, guint index, StokerJobState state, int attempt)
{
  const StokerJobEvent *event = NULL;

  g_assert_cmpuint (index, <, events->len);
  event = g_ptr_array_index (events, index);
  g_assert_cmpint (event->state, ==, state);
  g_assert_cmpint (event->attempt, ==, attempt);
  g_assert_cmpint (event->at_us, >, 0);
}

/* Each step of its way is noted, and the cause of the last. */
static void
test_steps_are_noted (void)
{
  g_autoptr (StokerJob) job = NULL;
  g_autoptr (GPtrArray) events = NULL;
  const StokerJobEvent *last = NULL;
  StokerWorkspace *workspace = NULL;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  add_rehearsal (workspace);
  job = submit (workspace, "rehearsal", "{\"payload\":{\"fail\":\"quota\"}}", TRUE, NULL);
  wait_for_end (workspace, job);
  g_assert_cmpint (stoker_job_get_state (job), ==, STOKER_JOB_FAILED);
  g_assert_cmpint (stoker_job_get_error_code (job), ==, STOKER_ERROR_QUOTA);
  events = stoker_job_list_events (job);
  g_assert_cmpuint (events->len, ==, 3);
  assert_event (events, 0, STOKER_JOB_WAITING, 0);
  assert_event (events, 1, STOKER_JOB_SUBMITTING, 1);
  assert_event (events, 2, STOKER_JOB_FAILED, 1);
  last = g_ptr_array_index (events, 2);
  g_assert_cmpstr (last->message, ==, "rehearsed: the account is out of credit");
  g_clear_object (&job);
  test_session_close (workspace);
  test_session_clear ();
}

/* No account, no flag and no network stand between a person and his own computer. */
static void
test_runs_here (void)
{
  const char *workload = "{\"name\":\"Here\",\"command\":[\"sh\",\"-c\",\"echo done\"]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerJob) rehearsed = NULL;
  g_autoptr (StokerJob) job = NULL;
  g_autofree char *request = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  rehearsed = submit (workspace, "local", workload, FALSE, &error);
  g_assert_no_error (error);
  request = json_to_string (stoker_job_get_request (rehearsed), FALSE);
  g_assert_nonnull (strstr (request, "STOKER_OUTPUT_DIR"));
  job = submit (workspace, "local", workload, TRUE, &error);
  g_assert_no_error (error);
  wait_for_end (workspace, job);
  g_assert_cmpint (stoker_job_get_state (job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpstr (stoker_job_get_log (job), ==, "done\n");
  g_clear_object (&rehearsed);
  g_clear_object (&job);
  test_session_close (workspace);
  test_session_clear ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/run-job/first-rehearsal", test_first_rehearsal);
  g_test_add_func ("/run-job/dry-run-is-deterministic", test_dry_run_is_deterministic);
  g_test_add_func ("/run-job/consent-is-kept-with-the-job", test_consent_is_kept_with_the_job);
  g_test_add_func ("/run-job/live-is-held-without-flag", test_live_is_held_without_flag);
  g_test_add_func ("/run-job/rehearsal-runs-to-its-end", test_rehearsal_runs_to_its_end);
  g_test_add_func ("/run-job/cancel-and-retry", test_cancel_and_retry);
  g_test_add_func ("/run-job/taken-up-after-restart", test_taken_up_after_restart);
  g_test_add_func ("/run-job/estimate-goes-into-the-ledger", test_estimate_goes_into_the_ledger);
  g_test_add_func ("/run-job/retry-elsewhere", test_retry_elsewhere);
  g_test_add_func ("/run-job/steps-are-noted", test_steps_are_noted);
  g_test_add_func ("/run-job/runs-here", test_runs_here);
  return g_test_run ();
}
