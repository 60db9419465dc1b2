/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-provider.h"
#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-error.h"
#include "stoker-give-advice.h"
#include "stoker-run-job.h"

#include <string.h>

/* A job whose provider cannot run it goes to the next candidate of its advice. Of the two the first
 * in the advice is "forge", which comes first by name where all else is alike. */
#define WORKLOAD                                                                                                                \
  "{\"budget\":{\"limit_usd\":500},\"requirements\":{\"min_vram_gb\":12,\"estimated_minutes\":10},\"payload\":{\"prompt\":\"a " \
  "door\"}}"
#define MAKE_FIRST "POST /forge/machines"
#define MAKE_SECOND "POST /mill/machines"
#define FULL "{\"full\": true}"

typedef struct
{
  RestProvider rest;
  StokerWorkspace *workspace;
  StokerJob *job; /* owned, nullable */
} Fixture;

static void
add_provider (Fixture *self, const char *id)
{
  g_autofree char *json = g_strdup_printf ("{\"template_id\":\"%s\"}", id);
  g_autofree char *make = g_strdup_printf ("POST /%s/tags", id);
  g_autofree char *poll = g_strdup_printf ("GET /%s/machines/m-1", id);
  g_autofree char *result = g_strdup_printf ("GET /%s/result", id);
  g_autofree char *release = g_strdup_printf ("DELETE /%s/machines/m-1", id);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) provider = test_session_register (self->workspace, json, &error);

  g_assert_no_error (error);
  rest_provider_answer (&self->rest, make, 200, "{}");
  rest_provider_answer (&self->rest, poll, 200, "{\"state\": \"done\"}");
  rest_provider_answer (&self->rest, result, 200, "{\"result\": {\"a\": 1}}");
  rest_provider_answer (&self->rest, release, 200, "{}");
}

static GSettings *
get_settings (Fixture *self)
{
  return stoker_settings_get_gsettings (stoker_workspace_get_settings (self->workspace));
}

static void
set_up (Fixture *self)
{
  test_session_init ();
  rest_provider_set_up (&self->rest);
  rest_provider_add (&self->rest, "forge", REST_PROVIDER_MACHINES);
  rest_provider_add (&self->rest, "mill", REST_PROVIDER_MACHINES);
  self->workspace = test_session_open (STOKER_WORKSPACE_ALL);
  add_provider (self, "forge");
  add_provider (self, "mill");
  rest_provider_answer (&self->rest, MAKE_SECOND, 200, "{\"id\": \"m-1\", \"state\": \"run\"}");
  stoker_settings_set_flag (stoker_workspace_get_settings (self->workspace), "enable_public_gpu",
                            TRUE);
  g_settings_set_boolean (get_settings (self), "fallback", TRUE);
  g_settings_set_int (get_settings (self), "settle-seconds", 1);
}

static void
tear_down (Fixture *self)
{
  g_settings_reset (get_settings (self), "fallback");
  g_settings_reset (get_settings (self), "settle-seconds");
  g_clear_object (&self->job);
  test_session_close (self->workspace);
  rest_provider_tear_down (&self->rest);
  test_session_clear ();
}

static StokerAdvice *
advise (Fixture *self)
{
  g_autoptr (JsonNode) node = stoker_json_parse (WORKLOAD, -1, "workload.json", NULL);
  g_autoptr (StokerWorkload) workload = stoker_workload_decode (node, "workload.json", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerAdvice *advice = NULL;

  stoker_preview_advice_async (self->workspace, workload, NULL, test_session_take_result, &result);
  advice = stoker_preview_advice_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  return advice;
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
submit (Fixture *self, gboolean agrees)
{
  g_autoptr (StokerAdvice) advice = advise (self);
  g_autoptr (GPtrArray) warnings = list_warnings (advice);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerSubmission submission = { .workload = advice->workload,
                                  .provider_id = "forge",
                                  .candidate = find_candidate (advice, "forge"),
                                  .advice = advice,
                                  .is_live = TRUE };

  if (agrees)
    submission.acknowledged = (const char *const *) warnings->pdata;
  stoker_submit_job_async (self->workspace, &submission, NULL, test_session_take_result, &result);
  self->job = stoker_submit_job_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
}

static void
wait_for_end (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  stoker_wait_job_async (self->workspace, self->job, NULL, test_session_take_result, &result);
  g_assert_true (stoker_wait_job_finish (test_session_wait (&result), NULL));
}

static void
assert_attempt (Fixture *self, guint index, const char *provider_id, StokerJobState state)
{
  const StokerAttempt *attempt = NULL;

  g_assert_cmpuint (index, <, stoker_job_get_attempts (self->job)->len);
  attempt = stoker_job_get_attempts (self->job)->pdata[index];
  g_assert_cmpstr (attempt->provider_id, ==, provider_id);
  g_assert_cmpint (attempt->state, ==, state);
}

static void
assert_moved (Fixture *self, const char *cause)
{
  const StokerAttempt *first = stoker_job_get_attempts (self->job)->pdata[0];

  g_assert_cmpint (stoker_job_get_state (self->job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpstr (stoker_job_get_provider_id (self->job), ==, "mill");
  g_assert_cmpuint (stoker_job_get_attempts (self->job)->len, ==, 2);
  assert_attempt (self, 0, "forge", STOKER_JOB_FAILED);
  assert_attempt (self, 1, "mill", STOKER_JOB_SUCCEEDED);
  g_assert_nonnull (strstr (first->message, cause));
  g_assert_cmpuint (rest_provider_count (&self->rest, MAKE_FIRST), ==, 1);
  g_assert_cmpuint (rest_provider_count (&self->rest, MAKE_SECOND), ==, 1);
}

static void
assert_stayed (Fixture *self, StokerJobState state)
{
  g_assert_cmpint (stoker_job_get_state (self->job), ==, state);
  g_assert_cmpstr (stoker_job_get_provider_id (self->job), ==, "forge");
  g_assert_cmpuint (rest_provider_count (&self->rest, MAKE_SECOND), ==, 0);
}

static void
test_no_capacity (void)
{
  Fixture self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, MAKE_FIRST, 409, FULL);
  submit (&self, TRUE);
  wait_for_end (&self);
  assert_moved (&self, "no GPU is free");
  tear_down (&self);
}

static void
test_quota (void)
{
  Fixture self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, MAKE_FIRST, 402, "{\"error\": \"no credit\"}");
  submit (&self, TRUE);
  wait_for_end (&self);
  assert_moved (&self, "no credit");
  tear_down (&self);
}

/* What the first made before it refused is given back before the second is asked. */
static void
test_half_success (void)
{
  Fixture self = { 0 };
  const char *released = NULL;

  set_up (&self);
  rest_provider_answer (&self.rest, MAKE_FIRST, 200, "{\"id\": \"m-1\", \"state\": \"run\"}");
  g_hash_table_remove (self.rest.answers, "POST /forge/tags");
  rest_provider_answer (&self.rest, "POST /forge/tags", 402, "{\"error\": \"no credit\"}");
  submit (&self, TRUE);
  wait_for_end (&self);
  assert_moved (&self, "no credit");
  released = strstr (self.rest.requests->str, "DELETE /forge/machines/m-1");
  g_assert_nonnull (released);
  g_assert_nonnull (strstr (released, MAKE_SECOND));
  tear_down (&self);
}

/* Each is tried once. */
static void
test_all_full (void)
{
  Fixture self = { 0 };

  set_up (&self);
  g_settings_set_int (get_settings (&self), "jobs-per-provider", 1);
  rest_provider_answer (&self.rest, MAKE_FIRST, 402, "{\"error\": \"no credit\"}");
  g_hash_table_remove (self.rest.answers, MAKE_SECOND);
  rest_provider_answer (&self.rest, MAKE_SECOND, 402, "{\"error\": \"none here\"}");
  submit (&self, TRUE);
  wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_FAILED);
  g_assert_cmpint (stoker_job_get_error_code (self.job), ==, STOKER_ERROR_QUOTA);
  g_assert_cmpuint (stoker_job_get_attempts (self.job)->len, ==, 2);
  assert_attempt (&self, 0, "forge", STOKER_JOB_FAILED);
  assert_attempt (&self, 1, "mill", STOKER_JOB_FAILED);
  g_settings_reset (get_settings (&self), "jobs-per-provider");
  tear_down (&self);
}

static void
test_bad_request (void)
{
  Fixture self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, MAKE_FIRST, 422, "{\"error\": \"no such size\"}");
  submit (&self, TRUE);
  wait_for_end (&self);
  assert_stayed (&self, STOKER_JOB_FAILED);
  g_assert_cmpuint (stoker_job_get_attempts (self.job)->len, ==, 1);
  tear_down (&self);
}

/* It may have been taken: another one would cost twice. */
static void
test_uncertain (void)
{
  Fixture self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, MAKE_FIRST, 500, "{\"error\": \"oh\"}");
  submit (&self, TRUE);
  wait_for_end (&self);
  assert_stayed (&self, STOKER_JOB_LOST);
  tear_down (&self);
}

static void
test_not_wanted (void)
{
  Fixture self = { 0 };

  set_up (&self);
  g_settings_set_boolean (get_settings (&self), "fallback", FALSE);
  rest_provider_answer (&self.rest, MAKE_FIRST, 402, "{\"error\": \"no credit\"}");
  submit (&self, TRUE);
  wait_for_end (&self);
  assert_stayed (&self, STOKER_JOB_FAILED);
  tear_down (&self);
}

static void
test_switched_off (void)
{
  Fixture self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, MAKE_FIRST, 402, "{\"error\": \"no credit\"}");
  submit (&self, TRUE);
  stoker_provider_set_active (stoker_workspace_lookup_provider (self.workspace, "mill"), FALSE);
  wait_for_end (&self);
  assert_stayed (&self, STOKER_JOB_FAILED);
  tear_down (&self);
}

/* What a person would have to agree to first is not chosen for them. */
static void
test_without_consent (void)
{
  Fixture self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;

  set_up (&self);
  advice = advise (&self);
  g_assert_cmpuint (find_candidate (advice, "mill")->warnings->len, >, 0);
  rest_provider_answer (&self.rest, MAKE_FIRST, 402, "{\"error\": \"no credit\"}");
  submit (&self, FALSE);
  wait_for_end (&self);
  assert_stayed (&self, STOKER_JOB_FAILED);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/fallback/no-capacity", test_no_capacity);
  g_test_add_func ("/fallback/quota", test_quota);
  g_test_add_func ("/fallback/half-success", test_half_success);
  g_test_add_func ("/fallback/all-full", test_all_full);
  g_test_add_func ("/fallback/bad-request", test_bad_request);
  g_test_add_func ("/fallback/uncertain", test_uncertain);
  g_test_add_func ("/fallback/not-wanted", test_not_wanted);
  g_test_add_func ("/fallback/switched-off", test_switched_off);
  g_test_add_func ("/fallback/without-consent", test_without_consent);
  return g_test_run ();
}
