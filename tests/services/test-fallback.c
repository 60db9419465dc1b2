/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-session.h"
#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-error.h"
#include "stoker-give-advice.h"
#include "stoker-job-history.h"

#include <string.h>

/* A job whose provider cannot run it goes to the next candidate of its advice. Of the two the first
 * in the advice is "forge", which comes first by name where all else is alike. */
#define BUDGET(limit)                                                                         \
  "{\"budget\":{\"limit_usd\":" limit                                                         \
  "},\"requirements\":{\"min_vram_gb\":12,\"estimated_minutes\":10},\"payload\":{\"prompt\":" \
  "\"a door\"}}"
#define WORKLOAD BUDGET ("500")
#define MAKE_FIRST "POST /forge/machines"
#define MAKE_SECOND "POST /mill/machines"
#define FULL "{\"full\": true}"

#define STOP_FIRST "POST /forge/stop"
#define POLL_FIRST "GET /forge/machines/m-1"
#define END_FIRST "DELETE /forge/machines/m-1"

static const char *const ids[] = { "forge", "mill", NULL };

static void
set_up (RestSession *self)
{
  rest_session_set_up (self, ids, REST_PROVIDER_MACHINES);
  rest_session_answer_all (self, "forge");
  rest_session_answer_all (self, "mill");
  g_hash_table_remove (self->rest.answers, MAKE_FIRST);
  g_settings_set_boolean (rest_session_get_settings (self), "fallback", TRUE);
  g_settings_set_int (rest_session_get_settings (self), "settle-seconds", 1);
}

static void
tear_down (RestSession *self)
{
  g_settings_reset (rest_session_get_settings (self), "fallback");
  g_settings_reset (rest_session_get_settings (self), "settle-seconds");
  rest_session_tear_down (self);
}

static const StokerCandidate *
find_candidate (StokerAdvice *advice, const char *id)
{
  for (guint i = 0; i < advice->candidates->len; i++)
    {
      const StokerCandidate *candidate = g_ptr_array_index (advice->candidates, i);

      if (g_str_equal (candidate->id, id))
        return candidate;
    }
  g_assert_not_reached ();
}

static GPtrArray *
list_warnings (StokerAdvice *advice)
{
  GPtrArray *all = g_ptr_array_new ();

  for (guint i = 0; i < advice->candidates->len; i++)
    {
      const StokerCandidate *candidate = g_ptr_array_index (advice->candidates, i);

      for (guint j = 0; j < candidate->warnings->len; j++)
        g_ptr_array_add (all, candidate->warnings->pdata[j]);
    }
  g_ptr_array_add (all, NULL);
  return all;
}

static void
submit_naming (RestSession *self,
               StokerAdvice *advice,
               gboolean agrees,
               const char *const *alternatives)
{
  g_autoptr (GPtrArray) warnings = list_warnings (advice);
  StokerSubmission submission = { .workload = advice->workload,
                                  .provider_id = "forge",
                                  .candidate = find_candidate (advice, "forge"),
                                  .advice = advice,
                                  .alternatives = alternatives,
                                  .is_live = TRUE };

  if (agrees)
    submission.acknowledged = (const char *const *) warnings->pdata;
  rest_session_submit (self, &submission);
}

static void
submit_advised (RestSession *self, StokerAdvice *advice, gboolean agrees)
{
  submit_naming (self, advice, agrees, NULL);
}

static void
submit (RestSession *self, gboolean agrees)
{
  g_autoptr (StokerAdvice) advice = rest_session_advise (self, WORKLOAD);

  submit_advised (self, advice, agrees);
}

static void
assert_attempt (RestSession *self, guint index, const char *provider_id, StokerJobState state)
{
  const StokerAttempt *attempt = NULL;

  g_assert_cmpuint (index, <, stoker_job_get_attempts (self->job)->len);
  attempt = stoker_job_get_attempts (self->job)->pdata[index];
  g_assert_cmpstr (attempt->provider_id, ==, provider_id);
  g_assert_cmpint (attempt->state, ==, state);
}

static void
assert_moved_from (RestSession *self, StokerJobState state, const char *cause)
{
  const StokerAttempt *first = stoker_job_get_attempts (self->job)->pdata[0];

  g_assert_cmpint (stoker_job_get_state (self->job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpstr (stoker_job_get_provider_id (self->job), ==, "mill");
  g_assert_cmpuint (stoker_job_get_attempts (self->job)->len, ==, 2);
  assert_attempt (self, 0, "forge", state);
  assert_attempt (self, 1, "mill", STOKER_JOB_SUCCEEDED);
  g_assert_nonnull (strstr (first->message, cause));
  g_assert_cmpuint (rest_provider_count (&self->rest, MAKE_FIRST), ==, 1);
  g_assert_cmpuint (rest_provider_count (&self->rest, MAKE_SECOND), ==, 1);
}

static void
assert_moved (RestSession *self, const char *cause)
{
  assert_moved_from (self, STOKER_JOB_FAILED, cause);
}

static void
assert_stayed (RestSession *self, StokerJobState state)
{
  g_assert_cmpint (stoker_job_get_state (self->job), ==, state);
  g_assert_cmpstr (stoker_job_get_provider_id (self->job), ==, "forge");
  g_assert_cmpuint (rest_provider_count (&self->rest, MAKE_SECOND), ==, 0);
}

/* A refusal at the first, and what comes of it. */
typedef struct
{
  const char *path;
  guint status;
  const char *json;
  const char *cause; /* of moving; nullable: it stays */
  StokerJobState state;
} Refusal;

static const Refusal refusals[] = {
  { "/fallback/no-capacity", 409, FULL, "no GPU is free", STOKER_JOB_SUCCEEDED },
  { "/fallback/quota", 402, "{\"error\": \"no credit\"}", "no credit", STOKER_JOB_SUCCEEDED },
  { "/fallback/bad-request", 422, "{\"error\": \"no such size\"}", NULL, STOKER_JOB_FAILED },
  /* It may have been taken: another one would cost twice. */
  { "/fallback/uncertain", 500, "{\"error\": \"oh\"}", NULL, STOKER_JOB_LOST },
};

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  RestSession self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, MAKE_FIRST, refusal->status, refusal->json);
  submit (&self, TRUE);
  rest_session_wait_for_end (&self);
  if (refusal->cause != NULL)
    assert_moved (&self, refusal->cause);
  else
    assert_stayed (&self, refusal->state);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, refusal->state);
  g_assert_cmpuint (stoker_job_get_attempts (self.job)->len, ==, refusal->cause != NULL ? 2 : 1);
  tear_down (&self);
}

/* What is done is paid for: that its outputs are out of reach is no reason to pay elsewhere. */
static void
test_done (void)
{
  RestSession self = { 0 };

  set_up (&self);
  rest_session_answer_all (&self, "forge");
  rest_session_answer_now (&self, "GET /forge/result", 402, "{\"error\": \"no credit\"}");
  submit (&self, TRUE);
  rest_session_wait_for_end (&self);
  assert_stayed (&self, STOKER_JOB_FAILED);
  g_assert_nonnull (strstr (stoker_job_get_message (self.job), "could not be fetched"));
  tear_down (&self);
}

/* Nobody answers at all, so nothing was sent. */
static void
test_absent (void)
{
  RestSession self = { .absent = "forge" };

  set_up (&self);
  submit (&self, TRUE);
  rest_session_wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpstr (stoker_job_get_provider_id (self.job), ==, "mill");
  assert_attempt (&self, 0, "forge", STOKER_JOB_FAILED);
  assert_attempt (&self, 1, "mill", STOKER_JOB_SUCCEEDED);
  g_assert_nonnull (((StokerAttempt *) stoker_job_get_attempts (self.job)->pdata[0])->message);
  g_assert_cmpuint (rest_provider_count (&self.rest, MAKE_SECOND), ==, 1);
  tear_down (&self);
}

/* The provider fails under the job, and says so. */
static void
test_breakdown (void)
{
  RestSession self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, MAKE_FIRST, 200, "{\"id\": \"m-1\", \"state\": \"run\"}");
  rest_session_answer_now (&self, POLL_FIRST, 200, "{\"state\": \"down\"}");
  submit (&self, TRUE);
  rest_session_wait_for_end (&self);
  assert_moved (&self, "its host went away");
  g_assert_cmpuint (rest_provider_count (&self.rest, END_FIRST), ==, 1);
  tear_down (&self);
}

/* One job may go elsewhere although jobs in general may not, but only where its user said. */
static void
test_named (gconstpointer data)
{
  const char *const names[] = { data, NULL };
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;

  set_up (&self);
  g_settings_set_boolean (rest_session_get_settings (&self), "fallback", FALSE);
  rest_provider_answer (&self.rest, MAKE_FIRST, 402, "{\"error\": \"no credit\"}");
  advice = rest_session_advise (&self, WORKLOAD);
  submit_naming (&self, advice, TRUE, names);
  rest_session_wait_for_end (&self);
  if (g_str_equal (data, "mill"))
    assert_moved (&self, "no credit");
  else
    assert_stayed (&self, STOKER_JOB_FAILED);
  tear_down (&self);
}

/* What the first made before it refused is given back before the second is asked. */
static void
test_half_success (void)
{
  RestSession self = { 0 };
  const char *released = NULL;

  set_up (&self);
  rest_provider_answer (&self.rest, MAKE_FIRST, 200, "{\"id\": \"m-1\", \"state\": \"run\"}");
  rest_session_answer_now (&self, "POST /forge/tags", 402, "{\"error\": \"no credit\"}");
  submit (&self, TRUE);
  rest_session_wait_for_end (&self);
  assert_moved (&self, "no credit");
  released = strstr (self.rest.requests->str, END_FIRST);
  g_assert_nonnull (released);
  g_assert_nonnull (strstr (released, MAKE_SECOND));
  /* Each is asked for what its own offer has. */
  g_assert_nonnull (
    strstr (self.rest.requests->str, MAKE_FIRST " Bearer r8_test_0123456789 {\"gpus\":1}"));
  g_assert_nonnull (strstr (released, MAKE_SECOND " Bearer r8_test_0123456789 {\"gpus\":1}"));
  tear_down (&self);
}

/* Each is tried once. */
static void
test_all_full (void)
{
  RestSession self = { 0 };

  set_up (&self);
  g_settings_set_int (rest_session_get_settings (&self), "jobs-per-provider", 1);
  rest_provider_answer (&self.rest, MAKE_FIRST, 402, "{\"error\": \"no credit\"}");
  rest_session_answer_now (&self, MAKE_SECOND, 402, "{\"error\": \"none here\"}");
  submit (&self, TRUE);
  rest_session_wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_FAILED);
  g_assert_cmpint (stoker_job_get_error_code (self.job), ==, STOKER_ERROR_QUOTA);
  g_assert_cmpuint (stoker_job_get_attempts (self.job)->len, ==, 2);
  assert_attempt (&self, 0, "forge", STOKER_JOB_FAILED);
  assert_attempt (&self, 1, "mill", STOKER_JOB_FAILED);
  g_settings_reset (rest_session_get_settings (&self), "jobs-per-provider");
  tear_down (&self);
}

static void
test_not_wanted (void)
{
  RestSession self = { 0 };

  set_up (&self);
  g_settings_set_boolean (rest_session_get_settings (&self), "fallback", FALSE);
  rest_provider_answer (&self.rest, MAKE_FIRST, 402, "{\"error\": \"no credit\"}");
  submit (&self, TRUE);
  rest_session_wait_for_end (&self);
  assert_stayed (&self, STOKER_JOB_FAILED);
  tear_down (&self);
}

static void
test_switched_off (void)
{
  RestSession self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, MAKE_FIRST, 402, "{\"error\": \"no credit\"}");
  submit (&self, TRUE);
  stoker_provider_set_active (stoker_workspace_lookup_provider (self.workspace, "mill"), FALSE);
  rest_session_wait_for_end (&self);
  assert_stayed (&self, STOKER_JOB_FAILED);
  tear_down (&self);
}

/* What a person would have to agree to first is not chosen for them. */
static void
test_without_consent (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;

  set_up (&self);
  advice = rest_session_advise (&self, WORKLOAD);
  g_assert_cmpuint (find_candidate (advice, "mill")->warnings->len, >, 0);
  rest_provider_answer (&self.rest, MAKE_FIRST, 402, "{\"error\": \"no credit\"}");
  submit (&self, FALSE);
  rest_session_wait_for_end (&self);
  assert_stayed (&self, STOKER_JOB_FAILED);
  tear_down (&self);
}

/* It runs at the first until the test's clock says that it is overdue; then it is ended there, at
 * what the answer says was billed. */
static void
begin_late (RestSession *self, StokerAdvice *advice, const char *stopped)
{
  rest_session_answer_now (self, MAKE_FIRST, 200, "{\"id\": \"m-1\", \"state\": \"run\"}");
  rest_session_answer_now (self, POLL_FIRST, 200, "{\"state\": \"run\"}");
  rest_provider_answer (&self->rest, STOP_FIRST, 200, stopped);
  submit_advised (self, advice, TRUE);
  g_assert_true (test_session_wait_until (rest_session_is_running, self));
  stoker_job_get_current_attempt (self->job)->started_us -= G_TIME_SPAN_DAY;
}

static void
run_late (RestSession *self, StokerAdvice *advice, const char *stopped)
{
  begin_late (self, advice, stopped);
  rest_session_wait_for_end (self);
  g_assert_cmpuint (rest_provider_count (&self->rest, STOP_FIRST), ==, 1);
  g_assert_cmpuint (rest_provider_count (&self->rest, END_FIRST), ==, 1);
}

static void
test_deadline (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;
  StokerMoney billed = stoker_money_unknown ();

  set_up (&self);
  advice = rest_session_advise (&self, WORKLOAD);
  run_late (&self, advice, "{\"state\": \"ended\", \"usd\": 3.5}");
  assert_moved_from (&self, STOKER_JOB_CANCELLED, "not done by its deadline");
  billed = ((StokerAttempt *) stoker_job_get_attempts (self.job)->pdata[0])->accrued;
  g_assert_true (billed.is_known);
  g_assert_cmpint (billed.nanos, ==, G_GINT64_CONSTANT (3500000000));
  tear_down (&self);
}

/* It goes elsewhere also when the process went away while the first machine was given back. */
static void
test_deadline_and_restart (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;

  set_up (&self);
  advice = rest_session_advise (&self, WORKLOAD);
  rest_session_answer_now (&self, END_FIRST, 500, "{\"error\": \"not now\"}");
  begin_late (&self, advice, "{\"state\": \"ended\"}");
  g_assert_true (test_session_wait_until (rest_session_is_held, &self));
  rest_session_restart (&self);
  rest_session_answer_now (&self, END_FIRST, 200, "{}");
  rest_session_wait_for_end (&self);
  assert_moved_from (&self, STOKER_JOB_CANCELLED, "not done by its deadline");
  tear_down (&self);
}

/* But not when its user meanwhile wants it nowhere. */
static void
test_deadline_and_cancelled (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  set_up (&self);
  advice = rest_session_advise (&self, WORKLOAD);
  rest_session_answer_now (&self, END_FIRST, 500, "{\"error\": \"not now\"}");
  begin_late (&self, advice, "{\"state\": \"ended\"}");
  g_assert_true (test_session_wait_until (rest_session_is_held, &self));
  stoker_cancel_job_async (self.workspace, self.job, NULL, test_session_take_result, &result);
  g_assert_true (stoker_cancel_job_finish (test_session_wait (&result), NULL));
  g_clear_object (&result);
  rest_session_restart (&self);
  rest_session_answer_now (&self, END_FIRST, 200, "{}");
  rest_session_wait_for_end (&self);
  assert_stayed (&self, STOKER_JOB_CANCELLED);
  tear_down (&self);
}

/* Who does not tell when it began is paid from when it was first seen running. */
static void
test_cost_until_stopped (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;
  StokerMoney cost = stoker_money_unknown ();

  set_up (&self);
  g_settings_set_boolean (rest_session_get_settings (&self), "fallback", FALSE);
  advice = rest_session_advise (&self, WORKLOAD);
  run_late (&self, advice, "{\"state\": \"ended\"}");
  assert_stayed (&self, STOKER_JOB_CANCELLED);
  g_assert_cmpstr (stoker_job_get_message (self.job), ==, "it was not done by its deadline");
  cost = stoker_job_get_accrued (self.job);
  g_assert_true (cost.is_known);
  g_assert_cmpint (cost.nanos, >, 0);
  tear_down (&self);
}

/* A person who cancels it does not want it elsewhere. */
static void
test_cancelled (void)
{
  RestSession self = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  set_up (&self);
  rest_provider_answer (&self.rest, MAKE_FIRST, 200, "{\"id\": \"m-1\", \"state\": \"run\"}");
  rest_session_answer_now (&self, POLL_FIRST, 200, "{\"state\": \"run\"}");
  rest_provider_answer (&self.rest, STOP_FIRST, 200, "{\"state\": \"ended\"}");
  submit (&self, TRUE);
  g_assert_true (test_session_wait_until (rest_session_is_running, &self));
  stoker_cancel_job_async (self.workspace, self.job, NULL, test_session_take_result, &result);
  g_assert_true (stoker_cancel_job_finish (test_session_wait (&result), NULL));
  g_clear_object (&result);
  rest_session_wait_for_end (&self);
  assert_stayed (&self, STOKER_JOB_CANCELLED);
  tear_down (&self);
}

/* What the first has billed is gone: the rest of the budget must do for the second. */
static void
test_budget_spent (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;

  set_up (&self);
  advice = rest_session_advise (&self, WORKLOAD);
  g_assert_true (find_candidate (advice, "mill")->estimate->total.nanos > 10000000);
  run_late (&self, advice, "{\"state\": \"ended\", \"usd\": 499.99}");
  assert_stayed (&self, STOKER_JOB_CANCELLED);
  g_assert_cmpuint (stoker_job_get_attempts (self.job)->len, ==, 1);
  tear_down (&self);
}

/* As much is left as the second costs, and not a billionth more. */
static void
test_budget_exact (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;
  g_autofree char *stopped = NULL;
  g_autofree char *spent = NULL;
  StokerMoney total = stoker_money_unknown ();

  set_up (&self);
  advice = rest_session_advise (&self, WORKLOAD);
  total = find_candidate (advice, "mill")->estimate->total;
  g_assert_true (total.is_known);
  spent = stoker_money_to_decimal (stoker_money_subtract (advice->workload->budget, total));
  stopped = g_strdup_printf ("{\"state\": \"ended\", \"usd\": \"%s\"}", spent);
  run_late (&self, advice, stopped);
  assert_moved_from (&self, STOKER_JOB_CANCELLED, "not done by its deadline");
  tear_down (&self);
}

static guint
count_alternatives (RestSession *self)
{
  StokerJsonPlace root = stoker_json_root (stoker_job_get_estimate (self->job), "estimate");
  StokerJsonPlace list = stoker_json_member (&root, "alternatives");

  return stoker_json_length (&list);
}

/* Whatever the second offers. */
static void
set_total (StokerAdvice *advice, StokerMoney total)
{
  for (guint i = 0; i < advice->candidates->len; i++)
    {
      StokerCandidate *candidate = g_ptr_array_index (advice->candidates, i);

      if (g_str_equal (candidate->id, "mill"))
        candidate->estimate->total = total;
    }
}

/* What alone costs more than the cap is not even written down. */
static void
test_over_cap (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;

  set_up (&self);
  rest_provider_answer (&self.rest, MAKE_FIRST, 402, "{\"error\": \"no credit\"}");
  advice = rest_session_advise (&self, WORKLOAD);
  set_total (advice, stoker_money_usd (G_GINT64_CONSTANT (501000000000)));
  submit_advised (&self, advice, TRUE);
  g_assert_cmpuint (count_alternatives (&self), ==, 0);
  rest_session_wait_for_end (&self);
  assert_stayed (&self, STOKER_JOB_FAILED);
  tear_down (&self);
}

/* What nobody knows the price of may be dearer than any cap. */
static void
test_unknown_price (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;

  set_up (&self);
  rest_provider_answer (&self.rest, MAKE_FIRST, 402, "{\"error\": \"no credit\"}");
  advice = rest_session_advise (&self, WORKLOAD);
  set_total (advice, stoker_money_unknown ());
  submit_advised (&self, advice, TRUE);
  g_assert_cmpuint (count_alternatives (&self), ==, 0);
  rest_session_wait_for_end (&self);
  assert_stayed (&self, STOKER_JOB_FAILED);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    g_test_add_data_func (refusals[i].path, &refusals[i], test_refusal);
  g_test_add_func ("/fallback/done", test_done);
  g_test_add_func ("/fallback/absent", test_absent);
  g_test_add_func ("/fallback/breakdown", test_breakdown);
  g_test_add_data_func ("/fallback/named", "mill", test_named);
  g_test_add_data_func ("/fallback/not-named", "anvil", test_named);
  g_test_add_func ("/fallback/half-success", test_half_success);
  g_test_add_func ("/fallback/all-full", test_all_full);
  g_test_add_func ("/fallback/not-wanted", test_not_wanted);
  g_test_add_func ("/fallback/switched-off", test_switched_off);
  g_test_add_func ("/fallback/without-consent", test_without_consent);
  g_test_add_func ("/fallback/deadline", test_deadline);
  g_test_add_func ("/fallback/deadline-and-restart", test_deadline_and_restart);
  g_test_add_func ("/fallback/deadline-and-cancelled", test_deadline_and_cancelled);
  g_test_add_func ("/fallback/cost-until-stopped", test_cost_until_stopped);
  g_test_add_func ("/fallback/cancelled", test_cancelled);
  g_test_add_func ("/fallback/budget-spent", test_budget_spent);
  g_test_add_func ("/fallback/budget-exact", test_budget_exact);
  g_test_add_func ("/fallback/over-cap", test_over_cap);
  g_test_add_func ("/fallback/unknown-price", test_unknown_price);
  return g_test_run ();
}
