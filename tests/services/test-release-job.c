/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-session.h"
#include "test-session.h"

#include "stoker-confirm-ended.h"
#include "stoker-data-resource.h"
#include "stoker-error.h"

#include <string.h>

/* What a job used at its provider is given back, however the job ended, and whatever happens
 * meanwhile. */
#define UNSTOPPABLE                                                                                \
  "\"submit\": {\"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/machines\", \"take\": "  \
  "{\"id\": \"$.id\", \"state\": \"$.state\"}}]}, \"poll\": {\"steps\": [{\"url\": "               \
  "\"${base.api}/machines/m-1\", \"take\": {\"state\": \"$.state\"}}]}, \"outputs\": {\"steps\": " \
  "[{\"url\": \"${base.api}/result\"}], \"records\": [{\"items\": \"$.result\", \"document\": true}]}"
#define RELEASE "DELETE /mill/machines/m-1"

#define PAYLOAD "{\"payload\":{\"prompt\":\"a door\"}}"

static const char *const ids[] = { "mill", NULL };

static void
set_up_with (RestSession *self, const char *operations)
{
  rest_session_set_up (self, ids, operations);
  rest_provider_answer (&self->rest, "POST /mill/machines", 200,
                        "{\"id\": \"m-1\", \"disk\": \"d-1\", \"state\": \"run\"}");
}

static void
set_up (RestSession *self)
{
  set_up_with (self, REST_PROVIDER_MACHINES);
}

static void
submit (RestSession *self)
{
  g_autoptr (StokerWorkload) workload = rest_session_read_workload (PAYLOAD);
  StokerSubmission submission = { .workload = workload, .provider_id = "mill", .is_live = TRUE };

  rest_session_submit (self, &submission);
}

static gboolean
is_asked (gpointer user_data)
{
  RestSession *self = user_data;

  return rest_provider_count (&self->rest, RELEASE) > 0;
}

static gboolean
is_asked_twice (gpointer user_data)
{
  RestSession *self = user_data;

  return rest_provider_count (&self->rest, RELEASE) > 1;
}

static void
tell_success (RestSession *self)
{
  rest_provider_answer (&self->rest, "POST /mill/tags", 200, "{}");
  rest_provider_answer (&self->rest, "GET /mill/machines/m-1", 200, "{\"state\": \"done\"}");
  rest_provider_answer (&self->rest, "GET /mill/result", 200, "{\"result\": {\"a\": 1}}");
}

static void
test_succeeded (void)
{
  RestSession self = { 0 };
  const char *fetched = NULL;

  set_up (&self);
  tell_success (&self);
  rest_provider_answer (&self.rest, RELEASE, 200, "{}");
  submit (&self);
  rest_session_wait_for_end (&self);
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
  rest_session_tear_down (&self);
}

static void
test_failed (void)
{
  RestSession self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, "POST /mill/tags", 200, "{}");
  rest_provider_answer (&self.rest, "GET /mill/machines/m-1", 200, "{\"state\": \"bad\"}");
  rest_provider_answer (&self.rest, RELEASE, 404, "{\"error\": \"gone\"}");
  submit (&self);
  rest_session_wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_FAILED);
  g_assert_cmpstr (stoker_job_get_message (self.job), ==, "it broke");
  g_assert_cmpint (stoker_job_get_error_code (self.job), ==, STOKER_ERROR_FAILED);
  g_assert_cmpuint (rest_provider_count (&self.rest, RELEASE), ==, 1);
  rest_session_tear_down (&self);
}

static void
test_cancelled (void)
{
  RestSession self = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  set_up (&self);
  rest_provider_answer (&self.rest, "POST /mill/tags", 200, "{}");
  rest_provider_answer (&self.rest, "GET /mill/machines/m-1", 200, "{\"state\": \"run\"}");
  rest_provider_answer (&self.rest, "POST /mill/stop", 200, "{\"state\": \"ended\"}");
  rest_provider_answer (&self.rest, RELEASE, 200, "{}");
  submit (&self);
  g_assert_true (test_session_wait_until (rest_session_is_running, &self));
  stoker_cancel_job_async (self.workspace, self.job, NULL, test_session_take_result, &result);
  g_assert_true (stoker_cancel_job_finish (test_session_wait (&result), NULL));
  g_clear_object (&result);
  rest_session_wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_CANCELLED);
  g_assert_cmpuint (rest_provider_count (&self.rest, RELEASE), ==, 1);
  rest_session_tear_down (&self);
}

static gboolean
is_refused (gpointer user_data)
{
  RestSession *self = user_data;

  return stoker_job_get_error_code (self->job) == STOKER_ERROR_UNSUPPORTED;
}

/* A provider that has no way to stop a job: that is told, and the job goes on to its outputs, which
 * are paid for. */
static void
test_cannot_be_cancelled (void)
{
  RestSession self = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  set_up_with (&self, UNSTOPPABLE);
  rest_provider_answer (&self.rest, "GET /mill/machines/m-1", 200, "{\"state\": \"run\"}");
  submit (&self);
  g_assert_true (test_session_wait_until (rest_session_is_running, &self));
  stoker_cancel_job_async (self.workspace, self.job, NULL, test_session_take_result, &result);
  g_assert_true (stoker_cancel_job_finish (test_session_wait (&result), NULL));
  g_clear_object (&result);
  g_assert_true (test_session_wait_until (is_refused, &self));
  g_assert_nonnull (stoker_job_get_message (self.job));
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_RUNNING);
  tell_success (&self);
  rest_session_wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpint (stoker_job_get_error_code (self.job), ==, -1);
  g_assert_cmpuint (stoker_job_get_artifacts (self.job)->len, ==, 1);
  rest_session_tear_down (&self);
}

/* The provider does not know the job any more; its machine may be there all the same. */
static void
test_lost (void)
{
  RestSession self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, "POST /mill/tags", 200, "{}");
  rest_provider_answer (&self.rest, "GET /mill/machines/m-1", 404, "{\"error\": \"unknown\"}");
  rest_provider_answer (&self.rest, RELEASE, 200, "{}");
  submit (&self);
  rest_session_wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_LOST);
  g_assert_cmpint (stoker_job_get_error_code (self.job), ==, STOKER_ERROR_NOT_FOUND);
  g_assert_cmpuint (rest_provider_count (&self.rest, RELEASE), ==, 1);
  rest_session_tear_down (&self);
}

/* The machine was made, and what came after it was refused. */
static void
test_half_success (void)
{
  RestSession self = { 0 };

  set_up (&self);
  rest_provider_answer (&self.rest, "POST /mill/tags", 403, "{\"error\": \"no tags\"}");
  rest_provider_answer (&self.rest, RELEASE, 200, "{}");
  submit (&self);
  rest_session_wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_FAILED);
  g_assert_cmpint (stoker_job_get_error_code (self.job), ==, STOKER_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (stoker_job_get_message (self.job), "no tags"));
  g_assert_cmpuint (rest_provider_count (&self.rest, RELEASE), ==, 1);
  rest_session_tear_down (&self);
}

/* Nothing was taken, so there is nothing to give back. */
static void
test_refused (void)
{
  RestSession self = { 0 };

  set_up (&self);
  rest_session_answer_now (&self, "POST /mill/machines", 403, "{\"error\": \"no\"}");
  submit (&self);
  rest_session_wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_FAILED);
  g_assert_cmpuint (rest_provider_count (&self.rest, RELEASE), ==, 0);
  rest_session_tear_down (&self);
}

/* It is said until it is done, and the job is not at an end before. */
static void
test_trouble (void)
{
  RestSession self = { 0 };

  set_up (&self);
  tell_success (&self);
  rest_provider_answer (&self.rest, RELEASE, 403, "{\"error\": \"not now\"}");
  rest_provider_answer (&self.rest, RELEASE, 409, "{\"error\": \"busy\"}");
  rest_provider_answer (&self.rest, RELEASE, 200, "{}");
  submit (&self);
  g_assert_true (test_session_wait_until (rest_session_is_held, &self));
  g_assert_false (stoker_job_state_is_final (stoker_job_get_state (self.job)));
  g_assert_cmpint (stoker_job_get_standing (self.job), ==, STOKER_JOB_NEEDS_ATTENTION);
  g_assert_nonnull (strstr (stoker_job_get_message (self.job), "may still cost money"));
  g_assert_nonnull (strstr (stoker_job_get_message (self.job), "not now"));
  rest_session_wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpint (stoker_job_get_error_code (self.job), ==, -1);
  g_assert_cmpstr (stoker_job_get_message (self.job), ==, NULL);
  g_assert_cmpuint (rest_provider_count (&self.rest, RELEASE), ==, 3);
  rest_session_tear_down (&self);
}

/* The process ends while the provider is being asked, and again after a refusal. */
static void
test_restart (void)
{
  RestSession self = { 0 };
  guint n_asked = 0;

  set_up (&self);
  tell_success (&self);
  rest_provider_answer (&self.rest, RELEASE, 0, "{}");
  submit (&self);
  g_assert_true (test_session_wait_until (is_asked, &self));
  rest_session_answer_now (&self, RELEASE, 403, "{\"error\": \"not now\"}");
  rest_session_restart (&self);
  g_assert_false (stoker_job_state_is_final (stoker_job_get_state (self.job)));
  g_assert_true (test_session_wait_until (rest_session_is_held, &self));
  rest_session_answer_now (&self, RELEASE, 200, "{}");
  n_asked = rest_provider_count (&self.rest, "GET /mill/machines/m-1");
  rest_session_restart (&self);
  rest_session_wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpuint (stoker_job_get_artifacts (self.job)->len, ==, 1);
  g_assert_cmpuint (stoker_job_get_attempts (self.job)->len, ==, 1);
  /* It goes on where it was: neither asked about nor fetched once more. */
  g_assert_cmpuint (rest_provider_count (&self.rest, "GET /mill/machines/m-1"), ==, n_asked);
  g_assert_cmpuint (rest_provider_count (&self.rest, "GET /mill/result"), ==, 1);
  g_assert_cmpuint (rest_provider_count (&self.rest, "POST /mill/machines"), ==, 1);
  rest_session_tear_down (&self);
}

/* What a provider refuses for good its user ends by hand, and says so: it is not asked again. */
static void
confirm_ended (RestSession *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  stoker_confirm_ended_async (self->workspace, self->job, NULL, test_session_take_result, &result);
  g_assert_true (stoker_confirm_ended_finish (test_session_wait (&result), &error));
  g_assert_no_error (error);
}

static void
assert_ended_by_hand (RestSession *self, guint n_asked)
{
  g_assert_cmpint (stoker_job_get_state (self->job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpint (stoker_job_get_standing (self->job), ==, STOKER_JOB_IS_DONE);
  g_assert_cmpint (stoker_job_get_error_code (self->job), ==, -1);
  g_assert_cmpstr (stoker_job_get_stage (self->job), ==, NULL);
  g_assert_nonnull (strstr (stoker_job_get_message (self->job), "ended by you"));
  g_assert_cmpuint (rest_provider_count (&self->rest, RELEASE), ==, n_asked);
}

static void
test_ended_by_hand (void)
{
  RestSession self = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_asked = 0;

  set_up (&self);
  tell_success (&self);
  rest_provider_answer (&self.rest, RELEASE, 403, "{\"error\": \"not yours\"}");
  submit (&self);
  g_assert_false (stoker_job_may_confirm_ended (self.job));
  stoker_confirm_ended_async (self.workspace, self.job, NULL, test_session_take_result, &result);
  g_assert_false (stoker_confirm_ended_finish (test_session_wait (&result), &error));
  g_clear_object (&result);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);

  g_assert_true (test_session_wait_until (rest_session_is_held, &self));
  g_assert_true (stoker_job_may_confirm_ended (self.job));
  n_asked = rest_provider_count (&self.rest, RELEASE);
  confirm_ended (&self);
  rest_session_wait_for_end (&self);
  assert_ended_by_hand (&self, n_asked);
  g_assert_false (stoker_job_may_confirm_ended (self.job));
  rest_session_restart (&self);
  assert_ended_by_hand (&self, n_asked);
  rest_session_tear_down (&self);
}

/* The process goes away before the job is at its end: the word is on the disk already. */
static void
test_ended_by_hand_restart (void)
{
  RestSession self = { 0 };
  guint n_asked = 0;

  set_up (&self);
  tell_success (&self);
  rest_provider_answer (&self.rest, RELEASE, 403, "{\"error\": \"not yours\"}");
  /* The second time nobody answers, so that the follower waits when the word comes. */
  rest_provider_answer (&self.rest, RELEASE, 0, "{}");
  submit (&self);
  g_assert_true (test_session_wait_until (is_asked_twice, &self));
  g_assert_true (stoker_job_may_confirm_ended (self.job));
  confirm_ended (&self);
  g_assert_false (stoker_job_state_is_final (stoker_job_get_state (self.job)));
  n_asked = rest_provider_count (&self.rest, RELEASE);
  rest_session_restart (&self);
  rest_session_wait_for_end (&self);
  assert_ended_by_hand (&self, n_asked);
  rest_session_tear_down (&self);
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
  g_test_add_func ("/release-job/ended-by-hand", test_ended_by_hand);
  g_test_add_func ("/release-job/ended-by-hand-restart", test_ended_by_hand_restart);
  return g_test_run ();
}
