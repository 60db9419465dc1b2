/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-provider.h"
#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-error.h"
#include "stoker-run-job.h"

#include <string.h>

/* What a job used at its provider is given back, however the job ended, and whatever happens
 * meanwhile. */
#define UNSTOPPABLE                                                                                \
  "\"submit\": {\"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/machines\", \"take\": "  \
  "{\"id\": \"$.id\", \"state\": \"$.state\"}}]}, \"poll\": {\"steps\": [{\"url\": "               \
  "\"${base.api}/machines/m-1\", \"take\": {\"state\": \"$.state\"}}]}, \"outputs\": {\"steps\": " \
  "[{\"url\": \"${base.api}/result\"}], \"records\": [{\"items\": \"$.result\", \"document\": true}]}"
#define RELEASE "DELETE /mill/machines/m-1"

typedef struct
{
  RestProvider rest;
  StokerWorkspace *workspace;
  StokerJob *job; /* owned, nullable */
} Fixture;

static void
set_up_with (Fixture *self, const char *operations)
{
  test_session_init ();
  rest_provider_set_up (&self->rest);
  rest_provider_add (&self->rest, "mill", operations);
  self->workspace = test_session_open (STOKER_WORKSPACE_ALL);
  rest_provider_answer (&self->rest, "POST /mill/machines", 200,
                        "{\"id\": \"m-1\", \"disk\": \"d-1\", \"state\": \"run\"}");
}

static void
set_up (Fixture *self)
{
  set_up_with (self, REST_PROVIDER_MACHINES);
}

static void
tear_down (Fixture *self)
{
  g_clear_object (&self->job);
  test_session_close (self->workspace);
  rest_provider_tear_down (&self->rest);
  test_session_clear ();
}

static void
submit (Fixture *self)
{
  g_autoptr (JsonNode)
    node = stoker_json_parse ("{\"payload\":{\"prompt\":\"a door\"}}", -1, "workload.json", NULL);
  g_autoptr (StokerWorkload) workload = stoker_workload_decode (node, "workload.json", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) provider = NULL;
  StokerSubmission submission = { .workload = workload, .provider_id = "mill", .is_live = TRUE };

  provider = test_session_register (self->workspace, "{\"template_id\":\"mill\"}", &error);
  g_assert_no_error (error);
  stoker_settings_set_flag (stoker_workspace_get_settings (self->workspace), "enable_public_gpu",
                            TRUE);
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

/* The process goes away in the middle, and another one comes. */
static void
restart (Fixture *self)
{
  g_autofree char *id = g_strdup (stoker_job_get_id (self->job));

  g_clear_object (&self->job);
  test_session_close (self->workspace);
  self->workspace = test_session_open (STOKER_WORKSPACE_ALL);
  self->job = g_object_ref (stoker_workspace_lookup_job (self->workspace, id));
}

static gboolean
is_held (gpointer user_data)
{
  Fixture *self = user_data;

  return stoker_job_get_error_code (self->job) == STOKER_ERROR_HELD;
}

static gboolean
is_asked (gpointer user_data)
{
  Fixture *self = user_data;

  return rest_provider_count (&self->rest, RELEASE) > 0;
}

static gboolean
is_running (gpointer user_data)
{
  Fixture *self = user_data;

  return stoker_job_get_state (self->job) == STOKER_JOB_RUNNING;
}

static void
tell_success (Fixture *self)
{
  rest_provider_answer (&self->rest, "POST /mill/tags", 200, "{}");
  rest_provider_answer (&self->rest, "GET /mill/machines/m-1", 200, "{\"state\": \"done\"}");
  rest_provider_answer (&self->rest, "GET /mill/result", 200, "{\"result\": {\"a\": 1}}");
}

static void
test_succeeded (void)
{
  Fixture self = { 0 };
  const char *fetched = NULL;

  set_up (&self);
  tell_success (&self);
  rest_provider_answer (&self.rest, RELEASE, 200, "{}");
  submit (&self);
  wait_for_end (&self);
  g_assert_cmpstr (stoker_job_get_message (self.job), ==, NULL);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpint (stoker_job_get_error_code (self.job), ==, -1);
  g_assert_cmpstr (stoker_job_get_stage (self.job), ==, NULL);
  g_assert_cmpuint (stoker_job_get_artifacts (self.job)->len, ==, 1);
  /* Once, and not before the outputs were here. */
  g_assert_cmpuint (rest_provider_count (&self.rest, RELEASE), ==, 1);
  fetched = strstr (self.rest.requests->str, "GET /mill/result");
  g_assert_nonnull (fetched);
  g_assert_nonnull (strstr (fetched, RELEASE));
  tear_down (&self);
}

static void
test_failed (void)
{
  Fixture self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, "POST /mill/tags", 200, "{}");
  rest_provider_answer (&self.rest, "GET /mill/machines/m-1", 200, "{\"state\": \"bad\"}");
  rest_provider_answer (&self.rest, RELEASE, 404, "{\"error\": \"gone\"}");
  submit (&self);
  wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_FAILED);
  g_assert_cmpstr (stoker_job_get_message (self.job), ==, "it broke");
  g_assert_cmpint (stoker_job_get_error_code (self.job), ==, STOKER_ERROR_FAILED);
  g_assert_cmpuint (rest_provider_count (&self.rest, RELEASE), ==, 1);
  tear_down (&self);
}

static void
test_cancelled (void)
{
  Fixture self = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  set_up (&self);
  rest_provider_answer (&self.rest, "POST /mill/tags", 200, "{}");
  rest_provider_answer (&self.rest, "GET /mill/machines/m-1", 200, "{\"state\": \"run\"}");
  rest_provider_answer (&self.rest, "POST /mill/stop", 200, "{\"state\": \"ended\"}");
  rest_provider_answer (&self.rest, RELEASE, 200, "{}");
  submit (&self);
  g_assert_true (test_session_wait_until (is_running, &self));
  stoker_cancel_job_async (self.workspace, self.job, NULL, test_session_take_result, &result);
  g_assert_true (stoker_cancel_job_finish (test_session_wait (&result), NULL));
  g_clear_object (&result);
  wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_CANCELLED);
  g_assert_cmpuint (rest_provider_count (&self.rest, RELEASE), ==, 1);
  tear_down (&self);
}

static gboolean
is_refused (gpointer user_data)
{
  Fixture *self = user_data;

  return stoker_job_get_error_code (self->job) == STOKER_ERROR_UNSUPPORTED;
}

/* A provider that has no way to stop a job: that is told, and the job goes on to its outputs, which
 * are paid for. */
static void
test_cannot_be_cancelled (void)
{
  Fixture self = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  set_up_with (&self, UNSTOPPABLE);
  rest_provider_answer (&self.rest, "GET /mill/machines/m-1", 200, "{\"state\": \"run\"}");
  submit (&self);
  g_assert_true (test_session_wait_until (is_running, &self));
  stoker_cancel_job_async (self.workspace, self.job, NULL, test_session_take_result, &result);
  g_assert_true (stoker_cancel_job_finish (test_session_wait (&result), NULL));
  g_clear_object (&result);
  g_assert_true (test_session_wait_until (is_refused, &self));
  g_assert_nonnull (stoker_job_get_message (self.job));
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_RUNNING);
  tell_success (&self);
  wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpint (stoker_job_get_error_code (self.job), ==, -1);
  g_assert_cmpuint (stoker_job_get_artifacts (self.job)->len, ==, 1);
  tear_down (&self);
}

/* The provider does not know the job any more; its machine may be there all the same. */
static void
test_lost (void)
{
  Fixture self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, "POST /mill/tags", 200, "{}");
  rest_provider_answer (&self.rest, "GET /mill/machines/m-1", 404, "{\"error\": \"unknown\"}");
  rest_provider_answer (&self.rest, RELEASE, 200, "{}");
  submit (&self);
  wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_LOST);
  g_assert_cmpint (stoker_job_get_error_code (self.job), ==, STOKER_ERROR_NOT_FOUND);
  g_assert_cmpuint (rest_provider_count (&self.rest, RELEASE), ==, 1);
  tear_down (&self);
}

/* The machine was made, and what came after it was refused. */
static void
test_half_success (void)
{
  Fixture self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, "POST /mill/tags", 403, "{\"error\": \"no tags\"}");
  rest_provider_answer (&self.rest, RELEASE, 200, "{}");
  submit (&self);
  wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_FAILED);
  g_assert_cmpint (stoker_job_get_error_code (self.job), ==, STOKER_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (stoker_job_get_message (self.job), "no tags"));
  g_assert_cmpuint (rest_provider_count (&self.rest, RELEASE), ==, 1);
  tear_down (&self);
}

/* Nothing was taken, so there is nothing to give back. */
static void
test_refused (void)
{
  Fixture self = { 0 };

  set_up (&self);
  g_hash_table_remove (self.rest.answers, "POST /mill/machines");
  rest_provider_answer (&self.rest, "POST /mill/machines", 403, "{\"error\": \"no\"}");
  submit (&self);
  wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_FAILED);
  g_assert_cmpuint (rest_provider_count (&self.rest, RELEASE), ==, 0);
  tear_down (&self);
}

/* It is said until it is done, and the job is not at an end before. */
static void
test_trouble (void)
{
  Fixture self = { 0 };

  set_up (&self);
  tell_success (&self);
  rest_provider_answer (&self.rest, RELEASE, 403, "{\"error\": \"not now\"}");
  rest_provider_answer (&self.rest, RELEASE, 409, "{\"error\": \"busy\"}");
  rest_provider_answer (&self.rest, RELEASE, 200, "{}");
  submit (&self);
  g_assert_true (test_session_wait_until (is_held, &self));
  g_assert_false (stoker_job_state_is_final (stoker_job_get_state (self.job)));
  g_assert_cmpint (stoker_job_get_standing (self.job), ==, STOKER_JOB_NEEDS_ATTENTION);
  g_assert_nonnull (strstr (stoker_job_get_message (self.job), "may still cost money"));
  g_assert_nonnull (strstr (stoker_job_get_message (self.job), "not now"));
  wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpint (stoker_job_get_error_code (self.job), ==, -1);
  g_assert_cmpstr (stoker_job_get_message (self.job), ==, NULL);
  g_assert_cmpuint (rest_provider_count (&self.rest, RELEASE), ==, 3);
  tear_down (&self);
}

/* The process ends while the provider is being asked, and again after a refusal. */
static void
test_restart (void)
{
  Fixture self = { 0 };
  guint n_asked = 0;

  set_up (&self);
  tell_success (&self);
  rest_provider_answer (&self.rest, RELEASE, 0, "{}");
  submit (&self);
  g_assert_true (test_session_wait_until (is_asked, &self));
  g_hash_table_remove (self.rest.answers, RELEASE);
  rest_provider_answer (&self.rest, RELEASE, 403, "{\"error\": \"not now\"}");
  restart (&self);
  g_assert_false (stoker_job_state_is_final (stoker_job_get_state (self.job)));
  g_assert_true (test_session_wait_until (is_held, &self));
  g_hash_table_remove (self.rest.answers, RELEASE);
  rest_provider_answer (&self.rest, RELEASE, 200, "{}");
  n_asked = rest_provider_count (&self.rest, "GET /mill/machines/m-1");
  restart (&self);
  wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpuint (stoker_job_get_artifacts (self.job)->len, ==, 1);
  g_assert_cmpuint (stoker_job_get_attempts (self.job)->len, ==, 1);
  /* It goes on where it was: neither asked about nor fetched once more. */
  g_assert_cmpuint (rest_provider_count (&self.rest, "GET /mill/machines/m-1"), ==, n_asked);
  g_assert_cmpuint (rest_provider_count (&self.rest, "GET /mill/result"), ==, 1);
  g_assert_cmpuint (rest_provider_count (&self.rest, "POST /mill/machines"), ==, 1);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/release-job/succeeded", test_succeeded);
  g_test_add_func ("/release-job/failed", test_failed);
  g_test_add_func ("/release-job/cancelled", test_cancelled);
  g_test_add_func ("/release-job/cannot-be-cancelled", test_cannot_be_cancelled);
  g_test_add_func ("/release-job/lost", test_lost);
  g_test_add_func ("/release-job/half-success", test_half_success);
  g_test_add_func ("/release-job/refused", test_refused);
  g_test_add_func ("/release-job/trouble", test_trouble);
  g_test_add_func ("/release-job/restart", test_restart);
  return g_test_run ();
}
