/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "http-fixture.h"

#include "stoker-error.h"

#include <string.h>

#define KEY "rpa_test_good"
#define COMFY_PAYLOAD "{\"workflow\": {\"3\": {\"class_type\": \"KSampler\", \"inputs\": {}}}}"

static void
set_up (HttpFixture *fixture, gconstpointer data)
{
  http_fixture_set_up (fixture, "runpod");
  http_fixture_connect (fixture, "runpod", KEY, "endpoint_id", "comfy4090", NULL);
  http_fixture_set_payload (fixture, COMFY_PAYLOAD);
}

static void
assert_png (const StokerRemoteOutput *output)
{
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_assert_nonnull (output->path);
  g_assert_cmpstr (output->media_type, ==, "image/png");
  g_assert_true (g_file_get_contents (output->path, &contents, &length, NULL));
  g_assert_cmpuint (length, >, 60);
  g_assert_cmpmem (contents, 4, "\x89PNG", 4);
}

static void
test_check (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerHealth) health = http_fixture_check (fixture);

  g_assert_no_error (fixture->error);
  g_assert_true (health->is_ok);
  g_assert_cmpstr (health->account, ==, "good@example.com");
  g_assert_cmpstr (health->balance, ==, "$12.34");
  g_assert_cmpstr (health->message, ==, NULL);
  g_assert_cmpint (health->latency_us, >, 0);
}

static void
test_check_without_endpoint (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerHealth) health = NULL;

  http_fixture_connect (fixture, "runpod", KEY, NULL);
  health = http_fixture_check (fixture);
  g_assert_true (health->is_ok);
  g_assert_nonnull (strstr (health->message, "no endpoint id"));
}

typedef struct
{
  const char *key;
  const char *endpoint;
  int code;
  const char *part;
} BadCheck;

static void
test_check_failures (HttpFixture *fixture, gconstpointer data)
{
  static const BadCheck checks[] = {
    { "rpa_wrong_key", "comfy4090", STOKER_ERROR_AUTH, "does not accept the key" },
    { NULL, "comfy4090", STOKER_ERROR_AUTH, "add one" },
    { KEY, "nothere99", STOKER_ERROR_CONFIG, "\"nothere99\"" },
    { "rpa_test_busy", "comfy4090", STOKER_ERROR_RATE_LIMITED, "asks to wait 1 s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr (StokerHealth) health = NULL;

      http_fixture_connect (fixture, "runpod", checks[i].key, "endpoint_id", checks[i].endpoint,
                            NULL);
      health = http_fixture_check (fixture);
      g_assert_no_error (fixture->error);
      g_assert_false (health->is_ok);
      g_assert_cmpint (health->error_code, ==, checks[i].code);
      g_assert_nonnull (strstr (health->message, checks[i].part));
    }
}

static void
test_offers (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerOfferTable) table = http_fixture_list (fixture);
  const StokerOffer *first = NULL;
  const StokerOffer *sold_out = NULL;
  const StokerOffer *pod = NULL;
  const StokerOffer *community = NULL;

  g_assert_no_error (fixture->error);
  g_assert_cmpuint (stoker_offer_table_get_length (table), ==, 20);
  first = stoker_offer_table_get (table, 0);
  g_assert_cmpstr (first->gpu, ==, "RTX 4090");
  g_assert_cmpstr (first->region, ==, "EU-RO-1");
  g_assert_cmpstr (first->plan->id, ==, "serverless");
  g_assert_cmpfloat (first->vram_gb, ==, 24);
  g_assert_cmpint (first->gpus, ==, 1);
  g_assert_cmpint (first->price.nanos, ==, 1116000000);
  g_assert_cmpint (first->price_unit, ==, STOKER_UNIT_HOUR);
  g_assert_cmpint (first->is_available, ==, STOKER_TRI_YES);
  g_assert_cmpstr (stoker_offer_table_get (table, 1)->region, ==, "US-KS-2");
  sold_out = stoker_offer_table_get (table, 4);
  g_assert_cmpstr (sold_out->gpu, ==, "H200 SXM");
  g_assert_cmpstr (sold_out->region, ==, "*");
  g_assert_cmpint (sold_out->is_available, ==, STOKER_TRI_NO);
  pod = stoker_offer_table_get (table, 6);
  g_assert_cmpstr (pod->plan->id, ==, "pod");
  g_assert_cmpint (pod->price.nanos, ==, 690000000);
  community = stoker_offer_table_get (table, 13);
  g_assert_cmpstr (community->plan->id, ==, "pod-community");
  g_assert_cmpint (community->price.nanos, ==, 340000000);
}

static void
test_life (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) starting = NULL;
  g_autoptr (StokerJobReport) done = NULL;
  g_autoptr (StokerJobReport) fetched = NULL;
  g_autoptr (StokerJobReport) again = NULL;
  g_autofree char *state = NULL;

  fixture->request.deadline_s = 600;
  http_fixture_submit (fixture);
  starting = http_fixture_run (fixture, STOKER_JOB_POLL);
  g_assert_cmpint (starting->state, ==, STOKER_JOB_PROVISIONING);
  g_assert_cmpstr (starting->stage, ==, "a worker is starting");
  g_assert_cmpstr (starting->remote_id, ==, fixture->remote_id);
  http_fixture_control (fixture, "{\"advance\": 13}");
  http_fixture_assert_state (fixture, STOKER_JOB_RUNNING);
  done = http_fixture_go_on (fixture, 31, STOKER_JOB_POLL);
  g_assert_cmpint (done->state, ==, STOKER_JOB_SUCCEEDED);
  /* 30 s of work; the time until a worker had it is not all billed, and counts for nothing. */
  g_assert_cmpint (done->billed_s, ==, 30);
  g_assert_false (done->billed.is_known);

  fetched = http_fixture_run (fixture, STOKER_JOB_FETCH);
  g_assert_cmpuint (fetched->outputs->len, ==, 1);
  assert_png (g_ptr_array_index (fetched->outputs, 0));
  again = http_fixture_run (fixture, STOKER_JOB_FETCH);
  g_assert_true (
    g_str_has_suffix (((StokerRemoteOutput *) g_ptr_array_index (again->outputs, 0))->path,
                      "ComfyUI_00001_-2.png"));

  state = http_fixture_describe_state (fixture);
  g_assert_nonnull (strstr (state, "\"policy\":{\"executionTimeout\":600000,\"ttl\":4200000}"));
  g_assert_nonnull (strstr (state, "\"class_type\":\"KSampler\""));
  g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, 1);
}

static void
test_bucket (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) fetched = NULL;
  g_autofree char *state = NULL;

  http_fixture_connect (fixture, "runpod", KEY, "endpoint_id", "comfys3", NULL);
  http_fixture_submit (fixture);
  fetched = http_fixture_go_on (fixture, 60, STOKER_JOB_FETCH);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fetched->outputs->len, ==, 1);
  assert_png (g_ptr_array_index (fetched->outputs, 0));
  /* The key must not go to the other origin. */
  state = http_fixture_describe_state (fixture);
  g_assert_nonnull (strstr (state, "ComfyUI_00001_.png\",\"authorization\":false"));
}

static void
test_own_worker (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) fetched = NULL;
  g_autoptr (StokerJobReport) document = NULL;
  g_autofree char *text = NULL;

  http_fixture_connect (fixture, "runpod", KEY, "endpoint_id", "generic01", NULL);
  http_fixture_submit (fixture);
  fetched = http_fixture_go_on (fixture, 60, STOKER_JOB_FETCH);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fetched->outputs->len, ==, 2);
  assert_png (g_ptr_array_index (fetched->outputs, 0));
  assert_png (g_ptr_array_index (fetched->outputs, 1));

  http_fixture_control (fixture, "{\"next\": {\"output\": {\"translation\": \"Guten Tag\"}}}");
  http_fixture_submit (fixture);
  document = http_fixture_go_on (fixture, 60, STOKER_JOB_FETCH);
  g_assert_cmpuint (document->outputs->len, ==, 1);
  g_assert_true (
    g_file_get_contents (((StokerRemoteOutput *) g_ptr_array_index (document->outputs, 0))->path,
                         &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "Guten Tag"));
}

typedef struct
{
  const char *next;
  const char *message;
  StokerJobState state;
} Outcome;

static void
test_outcomes (HttpFixture *fixture, gconstpointer data)
{
  static const Outcome outcomes[] = {
    { "{\"fail\": \"CUDA out of memory at rpa_test_good\"}", "the GPU ran out of memory: CUDA",
      STOKER_JOB_FAILED },
    { "{\"fail\": \"Workflow validation failed\"}", "Workflow validation failed",
      STOKER_JOB_FAILED },
    /* What a worker's exception looks like: JSON in a string. */
    { "{\"fail\": \"{\\\"error_type\\\": \\\"ValueError\\\", \\\"error_message\\\": \\\"no such "
      "voice\\\"}\"}",
      "no such voice", STOKER_JOB_FAILED },
    { "{\"warnings\": [\"node 3\", \"node 4\"]}", "finished with warnings: node 3; node 4",
      STOKER_JOB_SUCCEEDED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autofree char *order = g_strdup_printf ("{\"next\": %s}", outcomes[i].next);
      g_autoptr (StokerJobReport) report = NULL;

      http_fixture_control (fixture, order);
      http_fixture_submit (fixture);
      report = http_fixture_go_on (fixture, 60, STOKER_JOB_POLL);
      g_assert_cmpint (report->state, ==, outcomes[i].state);
      g_assert_nonnull (strstr (report->message, outcomes[i].message));
      g_assert_null (strstr (report->message, KEY));
      g_assert_null (strstr (report->message, "error_type"));
      g_assert_cmpint (report->error_code, ==,
                       report->state == STOKER_JOB_FAILED ? STOKER_ERROR_FAILED : -1);
    }
}

static void
test_time_limit (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  fixture->request.deadline_s = 2;
  http_fixture_submit (fixture);
  report = http_fixture_go_on (fixture, 60, STOKER_JOB_POLL);
  g_assert_cmpint (report->state, ==, STOKER_JOB_FAILED);
  g_assert_nonnull (strstr (report->message, "time limit"));
}

static void
test_cancel (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  http_fixture_submit (fixture);
  report = http_fixture_run (fixture, STOKER_JOB_CANCEL);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (report->state, ==, STOKER_JOB_CANCELLED);
  http_fixture_assert_state (fixture, STOKER_JOB_CANCELLED);
}

static void
test_lost (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;
  g_autoptr (StokerJobReport) none = NULL;

  http_fixture_submit (fixture);
  report = http_fixture_go_on (fixture, 3600, STOKER_JOB_POLL);
  g_assert_cmpint (report->state, ==, STOKER_JOB_LOST);
  g_assert_nonnull (strstr (report->message, "30 minutes"));
  none = http_fixture_run (fixture, STOKER_JOB_FETCH);
  http_fixture_assert_error (fixture, STOKER_ERROR_NOT_FOUND, "keeps them for 30 minutes");
}

static void
test_expired_output (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) none = NULL;
  g_autoptr (GDir) dir = NULL;

  http_fixture_connect (fixture, "runpod", KEY, "endpoint_id", "generic01", NULL);
  http_fixture_control (fixture, "{\"next\": {\"output\": \"http://127.0.0.1:1/gone.png\"}}");
  http_fixture_submit (fixture);
  none = http_fixture_go_on (fixture, 60, STOKER_JOB_FETCH);
  http_fixture_assert_error (fixture, STOKER_ERROR_UNAVAILABLE, "127.0.0.1");
  /* What was reserved for it is gone again. */
  dir = g_dir_open (fixture->output_dir, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
}

static void
test_no_capacity (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  http_fixture_control (fixture, "{\"fault\": \"no-capacity\"}");
  http_fixture_submit (fixture);
  report = http_fixture_run (fixture, STOKER_JOB_POLL);
  g_assert_cmpint (report->state, ==, STOKER_JOB_QUEUED);
  g_assert_cmpint (report->error_code, ==, STOKER_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (report->message, "no free GPU"));
  http_fixture_control (fixture, "{\"fault\": \"none\"}");
  http_fixture_control (fixture, "{\"advance\": 13}");
  http_fixture_assert_state (fixture, STOKER_JOB_RUNNING);
}

static void
test_find (HttpFixture *fixture, gconstpointer data)
{
  g_assert_null (http_fixture_find (fixture));
  http_fixture_assert_error (fixture, STOKER_ERROR_UNSUPPORTED, "no list of jobs");
}

static void
test_missing_settings (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  http_fixture_connect (fixture, "runpod", KEY, NULL);
  report = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "fill in \"endpoint_id\"");
  http_fixture_connect (fixture, "runpod", NULL, "endpoint_id", "comfy4090", NULL);
  report = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (fixture, STOKER_ERROR_AUTH, "no key");
  fixture->request.workload = NULL;
  http_fixture_connect (fixture, "runpod", KEY, "endpoint_id", "comfy4090", NULL);
  report = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "no payload");
  g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, 0);
}

static void
test_large_payload (HttpFixture *fixture, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (11 * 1024 * 1024, 'x');
  g_autofree char *payload = g_strdup_printf ("{\"workflow\": {}, \"images\": \"%s\"}", filler);
  g_autoptr (StokerJobReport) report = NULL;

  http_fixture_set_payload (fixture, payload);
  report = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "takes at most 10.0 MB");
  g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, 0);
}

static void
test_large_answer (HttpFixture *fixture, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (2 * 1024 * 1024, 'A');
  g_autofree char *order =
    g_strdup_printf ("{\"next\": {\"output\": {\"images\": [{\"filename\": \"../../big.png\", "
                     "\"type\": \"base64\", \"data\": \"%s\"}]}}}",
                     filler);
  g_autoptr (StokerJobReport) fetched = NULL;
  const StokerRemoteOutput *output = NULL;

  http_fixture_control (fixture, order);
  http_fixture_submit (fixture);
  fetched = http_fixture_go_on (fixture, 60, STOKER_JOB_FETCH);
  g_assert_no_error (fixture->error);
  output = g_ptr_array_index (fetched->outputs, 0);
  g_assert_cmpuint (g_bytes_get_size (output->data), ==, 2 * 1024 * 1024 / 4 * 3);
  /* A name from outside stays in the folder. */
  g_assert_true (g_str_has_prefix (output->path, fixture->output_dir));
  g_assert_true (g_str_has_suffix (output->path, "/big.png"));
}

static void
test_cancelled_call (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerJobRunner *runner = STOKER_JOB_RUNNER (fixture->connector);

  g_cancellable_cancel (cancellable);
  stoker_job_runner_start_async (runner, STOKER_JOB_SUBMIT, fixture->connection, &fixture->request,
                                 cancellable, http_calls_keep, &result);
  g_assert_null (stoker_job_runner_start_finish (runner, http_calls_wait (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, 0);
}

static void
test_render (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  const StokerRenderedRequest *request = NULL;

  fixture->request.deadline_s = 60;
  requests = stoker_job_runner_render (STOKER_JOB_RUNNER (fixture->connector), fixture->connection,
                                       &fixture->request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (requests->len, ==, 1);
  request = g_ptr_array_index (requests, 0);
  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_true (g_str_has_suffix (request->url, "/runpod-jobs/v2/comfy4090/run"));
  g_assert_cmpstr (g_ptr_array_index (request->headers, 0), ==, "Authorization: Bearer •••");
  g_assert_nonnull (strstr (request->body, "\"executionTimeout\""));
  g_assert_nonnull (strstr (request->body, "60000"));
  g_assert_nonnull (strstr (request->body, "KSampler"));
  for (guint i = 0; i < request->headers->len; i++)
    g_assert_null (strstr (g_ptr_array_index (request->headers, i), KEY));
  g_assert_null (strstr (request->body, KEY));
  g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, 0);
}

static void
test_render_without_key (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = NULL;

  http_fixture_connect (fixture, "runpod", NULL, "endpoint_id", "comfy4090", NULL);
  requests = stoker_job_runner_render (STOKER_JOB_RUNNER (fixture->connector), fixture->connection,
                                       &fixture->request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (requests->len, ==, 1);
}

int
main (int argc, char **argv)
{
  static const HttpTest tests[] = {
    { "check", test_check },
    { "check-without-endpoint", test_check_without_endpoint },
    { "check-failures", test_check_failures },
    { "offers", test_offers },
    { "life", test_life },
    { "bucket", test_bucket },
    { "own-worker", test_own_worker },
    { "outcomes", test_outcomes },
    { "time-limit", test_time_limit },
    { "cancel", test_cancel },
    { "lost", test_lost },
    { "expired-output", test_expired_output },
    { "no-capacity", test_no_capacity },
    { "find", test_find },
    { "missing-settings", test_missing_settings },
    { "large-payload", test_large_payload },
    { "large-answer", test_large_answer },
    { "cancelled-call", test_cancelled_call },
    { "render", test_render },
    { "render-without-key", test_render_without_key },
  };

  return http_fixture_run_tests (argc, argv, "/http/runpod/", set_up, tests, G_N_ELEMENTS (tests));
}
