/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-session.h"
#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-error.h"
#include "stoker-price-request.h"

#include <string.h>

/* A service that is paid for each film, and tells how. */
#define FILMS                                                                                      \
  "\"submit\": {\"parameters\": [{\"name\": \"prompt\", \"type\": \"text\", \"required\": true}, " \
  "{\"name\": \"duration\", \"type\": \"seconds\", \"min\": 1, \"max\": 10, \"default\": 5}, "     \
  "{\"name\": \"sound\", \"type\": \"flag\"}], \"cost\": [{\"amount\": \"0.05\", \"per\": "        \
  "\"second\", \"times\": [\"duration\"], \"source\": \"films.example/prices\", \"as_of\": "       \
  "\"2026-11-20\"}, {\"when\": {\"job.payload.sound\": true}, \"extra\": true, \"amount\": "       \
  "\"0.025\", \"per\": \"film with sound\"}], \"steps\": [{\"method\": \"POST\", \"url\": "        \
  "\"${base.api}/films\", \"body\": {\"json\": \"${job.payload}\"}, \"take\": {\"id\": \"$.id\", " \
  "\"state\": \"$.state\"}}]},"                                                                    \
  "\"poll\": {\"needs\": [\"job.remote_id\"], \"steps\": [{\"url\": "                              \
  "\"${base.api}/films/${job.remote_id}\", \"take\": {\"state\": \"$.state\"}}]},"                 \
  "\"outputs\": {\"needs\": [\"job.remote_id\"], \"steps\": [{\"url\": \"${base.api}/result\"}], " \
  "\"records\": [{\"items\": \"$.result\", \"document\": true}]}"
#define MAKE "POST /films/films"
#define WORKLOAD(budget, payload) "{" budget "\"payload\":{\"prompt\":\"a door\"" payload "}}"

static void
set_up_with (RestSession *self, const char *operations)
{
  static const char *const ids[] = { "films", NULL };

  rest_session_set_up (self, ids, operations);
  rest_provider_answer (&self->rest, MAKE, 200, "{\"id\": \"f-1\", \"state\": \"run\"}");
  rest_provider_answer (&self->rest, "GET /films/films/f-1", 200, "{\"state\": \"run\"}");
  rest_provider_answer (&self->rest, "GET /films/films/f-1", 200, "{\"state\": \"done\"}");
  rest_provider_answer (&self->rest, "GET /films/result", 200, "{\"result\": {\"a\": 1}}");
}

static void
set_up (RestSession *self)
{
  set_up_with (self, FILMS);
}

static StokerEstimate *
price (RestSession *self, const char *json, GError **error)
{
  g_autoptr (StokerWorkload) workload = rest_session_read_workload (json);
  StokerEstimate *estimate = NULL;

  if (stoker_price_request (self->workspace, "films", workload, NULL, &estimate, error))
    return estimate;
  g_assert_null (estimate);
  return NULL;
}

static void
test_price (void)
{
  RestSession self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerEstimate) plain = NULL;
  g_autoptr (StokerEstimate) loud = NULL;
  g_autofree char *formula = NULL;
  const StokerEstimateItem *item = NULL;

  set_up (&self);
  plain = price (&self, WORKLOAD ("", ""), &error);
  g_assert_no_error (error);
  rest_session_assert_money (plain->total, "0.25");
  item = g_ptr_array_index (plain->items, 0);
  g_assert_cmpstr (item->formula, ==, "$0.05 per second × 5 (duration)");
  g_assert_cmpstr (item->source, ==, "films.example/prices");
  g_assert_cmpint (item->as_of_us, !=, 0);
  loud = price (&self, WORKLOAD ("", ",\"duration\":8,\"sound\":true"), &error);
  g_assert_no_error (error);
  rest_session_assert_money (loud->total, "0.425");
  formula = stoker_price_describe (loud);
  g_assert_cmpstr (formula, ==, "$0.05 per second × 8 (duration) + $0.025 per film with sound");
  g_assert_null (price (&self, WORKLOAD ("", ",\"duration\":30"), &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_cmpstr (error->message, ==,
                   "payload: parameter \"duration\" is \"30\": it must be at most 10");
  g_assert_cmpstr (self.rest.requests->str, ==, "");
  rest_session_tear_down (&self);
}

static JsonNode *
preview (RestSession *self, StokerWorkload *workload)
{
  StokerSubmission submission = { .workload = workload, .provider_id = "films" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *envelope = NULL;

  stoker_preview_job_async (self->workspace, &submission, NULL, test_session_take_result, &result);
  envelope = stoker_preview_job_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  return envelope;
}

/* What the dry run shows and what the job keeps is the price of the request. */
static void
test_kept (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerWorkload)
    workload = rest_session_read_workload (WORKLOAD ("", ",\"duration\":8"));
  StokerSubmission submission = { .workload = workload, .provider_id = "films", .is_live = TRUE };
  g_autoptr (JsonNode) envelope = NULL;
  g_autofree char *text = NULL;

  set_up (&self);
  envelope = preview (&self, workload);
  text = stoker_json_to_string (envelope, FALSE);
  g_assert_nonnull (strstr (text, "$0.05 per second × 8 (duration)"));
  g_assert_cmpstr (self.rest.requests->str, ==, "");
  rest_session_submit (&self, &submission);
  rest_session_assert_money (stoker_job_get_estimated (self.job), "0.4");
  g_assert_true (test_session_wait_until (rest_session_is_running, &self));
  g_assert_false (stoker_job_get_accrued (self.job).is_known);
  rest_session_wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_SUCCEEDED);
  rest_session_assert_money (stoker_job_get_accrued (self.job), "0.4");
  rest_session_restart (&self);
  rest_session_assert_money (stoker_job_get_estimated (self.job), "0.4");
  rest_session_tear_down (&self);
}

static void
refuse (RestSession *self, const char *json, int code, const char *words)
{
  g_autoptr (StokerWorkload) workload = rest_session_read_workload (json);
  StokerSubmission submission = { .workload = workload, .provider_id = "films", .is_live = TRUE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  stoker_submit_job_async (self->workspace, &submission, NULL, test_session_take_result, &result);
  g_assert_null (stoker_submit_job_finish (test_session_wait (&result), &error));
  g_assert_error (error, STOKER_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpstr (self->rest.requests->str, ==, "");
  g_assert_cmpuint (g_list_model_get_n_items (stoker_workspace_get_jobs (self->workspace)), ==, 0);
}

/* Neither beyond a limit nor beyond the budget is anything sent. */
static void
test_refused (void)
{
  RestSession self = { 0 };

  set_up (&self);
  refuse (&self, WORKLOAD ("", ",\"duration\":11"), STOKER_ERROR_CONFIG, "at most 10");
  refuse (&self, WORKLOAD ("", ",\"length\":3"), STOKER_ERROR_CONFIG,
          "there is no parameter \"length\"");
  refuse (&self, WORKLOAD ("\"budget\":{\"limit_usd\":0.24},", ""), STOKER_ERROR_HELD, "$0.25");
  rest_session_tear_down (&self);
}

/* A price is known where nothing that can be rented would do. */
static void
test_without_offers (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerWorkload) workload = rest_session_read_workload (
    WORKLOAD ("\"requirements\":{\"min_vram_gb\":1000},", ""));
  StokerSubmission submission = { .workload = workload, .provider_id = "films", .is_live = TRUE };
  g_autofree char *text = NULL;

  set_up_with (&self, FILMS "}, \"plans\": [\"deployment\"], \"actions\": {");
  rest_session_submit (&self, &submission);
  text = stoker_json_to_string (stoker_job_get_estimate (self.job), FALSE);
  g_assert_nonnull (strstr (text, "$0.05 per second × 5 (duration)"));
  rest_session_assert_money (stoker_job_get_estimated (self.job), "0.25");
  rest_session_wait_for_end (&self);
  rest_session_tear_down (&self);
}

/* Billed by time: nothing is told, and nothing is in the way. */
static void
test_untold (void)
{
  static const char *const ids[] = { "mill", NULL };
  RestSession self = { 0 };
  g_autoptr (StokerWorkload) workload = rest_session_read_workload (WORKLOAD ("", ""));
  g_autoptr (GError) error = NULL;
  StokerEstimate *estimate = NULL;

  rest_session_set_up (&self, ids, REST_PROVIDER_MACHINES);
  g_assert_true (stoker_price_request (self.workspace, "mill", workload, NULL, &estimate, &error));
  g_assert_no_error (error);
  g_assert_null (estimate);
  g_assert_true (stoker_price_check_budget (NULL, workload, &error));
  rest_session_tear_down (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/price-request/price", test_price);
  g_test_add_func ("/price-request/kept", test_kept);
  g_test_add_func ("/price-request/refused", test_refused);
  g_test_add_func ("/price-request/untold", test_untold);
  g_test_add_func ("/price-request/without-offers", test_without_offers);
  return g_test_run ();
}
