/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "http-fixture.h"

#include "stoker-error.h"
#include "stoker-job-pricer.h"
#include "stoker-json.h"
#include "stoker-machine-host.h"

#include <string.h>

#define KEY "r8_test_good"
/* One whose input the manifest does not describe. */
#define MODEL "black-forest-labs/flux-pro"
#define VERSION "39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b"

static void
set_up (HttpFixture *fixture, gconstpointer data)
{
  http_fixture_set_up (fixture, "replicate");
  http_fixture_connect (fixture, "replicate", KEY, "model", MODEL, NULL);
  http_fixture_set_payload (fixture, "{\"prompt\": \"a fox\", \"steps\": 4}");
}

static void
test_check (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerHealth) health = http_fixture_check (fixture);
  g_autoptr (StokerHealth) bare = NULL;
  g_autoptr (StokerHealth) wrong = NULL;

  g_assert_true (health->is_ok);
  g_assert_cmpstr (health->account, ==, "acme");
  g_assert_cmpstr (health->balance, ==, NULL);
  g_assert_cmpstr (health->message, ==, NULL);
  http_fixture_connect (fixture, "replicate", KEY, NULL);
  bare = http_fixture_check (fixture);
  g_assert_true (bare->is_ok);
  g_assert_nonnull (strstr (bare->message, "neither model, version nor deployment"));
  http_fixture_connect (fixture, "replicate", "r8_wrong", NULL);
  wrong = http_fixture_check (fixture);
  g_assert_false (wrong->is_ok);
  g_assert_nonnull (strstr (wrong->message, "https://replicate.com/account/api-tokens"));
}

static void
test_life (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) running = NULL;
  g_autoptr (StokerJobReport) done = NULL;
  g_autoptr (StokerJobReport) fetched = NULL;
  g_autofree char *state = NULL;

  http_fixture_submit (fixture);
  http_fixture_assert_state (fixture, STOKER_JOB_QUEUED);
  running = http_fixture_go_on (fixture, 18, STOKER_JOB_POLL);
  g_assert_cmpint (running->state, ==, STOKER_JOB_RUNNING);
  g_assert_cmpfloat_with_epsilon (running->progress, 0.5, 0.001);
  g_assert_nonnull (strstr (running->log, "Using seed: 1234"));
  g_assert_cmpint (running->started_us, >, 0);
  done = http_fixture_go_on (fixture, 12, STOKER_JOB_POLL);
  g_assert_cmpint (done->state, ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpint (done->billed_s, ==, 20);
  g_assert_cmpint (done->ended_us - done->started_us, ==, 20 * G_USEC_PER_SEC);

  fetched = http_fixture_run (fixture, STOKER_JOB_FETCH);
  g_assert_cmpuint (fetched->outputs->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const StokerRemoteOutput *output = g_ptr_array_index (fetched->outputs, i);

      g_assert_true (g_file_test (output->path, G_FILE_TEST_IS_REGULAR));
      g_assert_cmpstr (output->media_type, ==, "image/png");
    }
  state = http_fixture_describe_state (fixture);
  g_assert_null (strstr (state, "out-0.png\",\"authorization\":true"));
  g_assert_nonnull (strstr (state, "out-1.png\",\"authorization\":false"));
  g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, 1);
}

static void
test_three_ways (HttpFixture *fixture, gconstpointer data)
{
  g_autofree char *state = NULL;
  g_autoptr (StokerJobReport) none = NULL;

  http_fixture_submit (fixture);
  http_fixture_connect (fixture, "replicate", KEY, "model", MODEL, "version", VERSION, NULL);
  http_fixture_submit (fixture);
  http_fixture_connect (fixture, "replicate", KEY, "model", MODEL, "version", VERSION, "deployment",
                        "acme/portrait", NULL);
  http_fixture_submit (fixture);
  state = http_fixture_describe_state (fixture);
  g_assert_nonnull (strstr (state, "/v1/models/" MODEL "/predictions"));
  g_assert_nonnull (strstr (state, "/v1/predictions"));
  g_assert_nonnull (strstr (state, "/v1/deployments/acme/portrait/predictions"));
  g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, 3);

  http_fixture_connect (fixture, "replicate", KEY, NULL);
  none = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "fill in");
  http_fixture_connect (fixture, "replicate", KEY, "model", "acme/none", NULL);
  none = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "no official model \"acme/none\"");
}

static void
test_deadline (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) before = NULL;

  fixture->request.deadline_s = 15;
  http_fixture_submit (fixture);
  http_fixture_control (fixture, "{\"advance\": 40}");
  http_fixture_assert_state (fixture, STOKER_JOB_CANCELLED);
  /* Less than the least that Replicate takes becomes the least. */
  http_fixture_control (fixture, "{\"advance\": 1000}");
  fixture->request.deadline_s = 1;
  http_fixture_submit (fixture);
  before = http_fixture_go_on (fixture, 6, STOKER_JOB_POLL);
  g_assert_cmpint (before->state, ==, STOKER_JOB_CANCELLED);
  g_assert_nonnull (strstr (before->message, "before it began"));
}

static void
test_cancel (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  http_fixture_submit (fixture);
  report = http_fixture_go_on (fixture, 10, STOKER_JOB_CANCEL);
  g_assert_cmpint (report->state, ==, STOKER_JOB_CANCELLED);
  /* What it ran before it was cancelled is billed: two seconds and a moment. */
  g_assert_cmpint (report->billed_s, >=, 2);
  g_assert_cmpint (report->billed_s, <=, 3);
  http_fixture_assert_state (fixture, STOKER_JOB_CANCELLED);
}

static void
fetch_with (HttpFixture *fixture, const char *payload, guint outputs)
{
  g_autoptr (StokerJobReport) fetched = NULL;

  http_fixture_set_payload (fixture, payload);
  http_fixture_submit (fixture);
  fetched = http_fixture_go_on (fixture, 30, STOKER_JOB_FETCH);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fetched->outputs->len, ==, outputs);
  for (guint i = 0; i < outputs; i++)
    g_assert_nonnull (((StokerRemoteOutput *) g_ptr_array_index (fetched->outputs, i))->path);
}

static void
test_output_forms (HttpFixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *path = g_build_filename (fixture->output_dir, "output.txt", NULL);

  fetch_with (fixture, "{\"output\": \"string\"}", 1);
  fetch_with (fixture, "{\"output\": \"object\"}", 2);
  http_fixture_control (fixture, "{\"next\": {\"output\": \"hello Alice\"}}");
  fetch_with (fixture, "{\"text\": \"Alice\"}", 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "hello Alice");
}

static void
test_hostile_outputs (HttpFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *output;
    const char *part;
  } outputs[] = {
    { "\"http://example.invalid/a.png\"", "not https" },
    { "\"data:image/png;base64,@@@\"", "Base64" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      g_autofree char *order = g_strdup_printf ("{\"next\": {\"output\": %s}}", outputs[i].output);
      g_autoptr (StokerJobReport) none = NULL;

      http_fixture_control (fixture, order);
      http_fixture_submit (fixture);
      none = http_fixture_go_on (fixture, 30, STOKER_JOB_FETCH);
      http_fixture_assert_error (fixture, STOKER_ERROR_PROTOCOL, outputs[i].part);
    }
}

static void
test_expiry (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) none = NULL;

  http_fixture_submit (fixture);
  http_fixture_control (fixture, "{\"advance\": 4000}");
  http_fixture_assert_state (fixture, STOKER_JOB_SUCCEEDED);
  none = http_fixture_run (fixture, STOKER_JOB_FETCH);
  http_fixture_assert_error (fixture, STOKER_ERROR_NOT_FOUND, "an hour after");
}

static void
test_find (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) nothing = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (StokerJobReport) lost = NULL;
  g_autofree char *state = NULL;

  nothing = http_fixture_find (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (nothing->len, ==, 0);

  /* Two like the one that is looked for, and one that is not, on a page each. */
  http_fixture_control (fixture, "{\"settings\": {\"page_size\": 1}}");
  http_fixture_submit (fixture);
  http_fixture_set_payload (fixture, "{\"prompt\": \"a hen\", \"steps\": 4}");
  http_fixture_submit (fixture);
  http_fixture_set_payload (fixture, "{\"steps\": 4.0, \"prompt\": \"a fox\"}");
  http_fixture_control (fixture, "{\"fault\": \"reset-after-accept\", \"path\": \"predictions$\"}");
  fixture->request.remote_id = NULL;
  lost = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (fixture, STOKER_ERROR_UNCERTAIN, "127.0.0.1");
  found = http_fixture_find (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (found->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const StokerJobReport *report = g_ptr_array_index (found, i);

      g_assert_cmpuint (strlen (report->remote_id), ==, 26);
      g_assert_cmpint (report->state, ==, STOKER_JOB_QUEUED);
    }
  g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, 3);

  /* What was there long before the intention is somebody else's. */
  fixture->request.intended_us = g_get_real_time () + (gint64) 3600 * G_USEC_PER_SEC;
  g_clear_pointer (&found, g_ptr_array_unref);
  found = http_fixture_find (fixture);
  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_offers (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerOfferTable) table = NULL;

  http_fixture_connect (fixture, "replicate", KEY, NULL);
  g_assert_null (http_fixture_list (fixture));
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "fill in");
  http_fixture_connect (fixture, "replicate", KEY, "model", "acme/none", NULL);
  g_assert_null (http_fixture_list (fixture));
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "no model \"acme/none\"");
  http_fixture_connect (fixture, "replicate", KEY, "version", VERSION, NULL);
  table = http_fixture_list (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (stoker_offer_table_get_length (table), ==, 0);
}

static void
expect_refusal (HttpFixture *fixture, const char *payload, const char *text)
{
  g_autoptr (GPtrArray) items = NULL;

  g_clear_error (&fixture->error);
  http_fixture_set_payload (fixture, payload);
  items = stoker_job_pricer_itemise (STOKER_JOB_PRICER (fixture->connector), fixture->connection,
                                     &fixture->request, &fixture->error);
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, text);
}

/* What a model takes is told by Replicate, and checked from then on. */
static void
test_described (HttpFixture *fixture, gconstpointer data)
{
  const char *expected =
    "[{\"name\":\"prompt\",\"type\":\"text\",\"label\":\"Prompt\",\"note\":\"What is made of it in two "
    "lines\",\"required\":true},{\"name\":\"image\",\"type\":\"file\",\"label\":\"Image\",";
  const char *choice =
    "\"type\":\"choice\",\"label\":\"scheduler\",\"note\":\"What is made of it in "
    "two lines\",\"choices\":[\"DDIM\",\"K_EULER\",\"PNDM\"],\"default\":\"DDIM\"}";
  g_autoptr (StokerOfferTable) table = NULL;
  g_autoptr (JsonNode) parameters = NULL;
  g_autofree char *text = NULL;
  g_autofree char *state = NULL;

  http_fixture_connect (fixture, "replicate", KEY, "deployment", "acme/portrait", NULL);
  table = http_fixture_list (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (stoker_offer_table_get_length (table), ==, 1);
  g_assert_cmpstr (stoker_offer_table_get (table, 0)->gpu, ==, "L40S");
  g_assert_cmpint (stoker_offer_table_get (table, 0)->gpus, ==, 1);
  stoker_connection_describe (fixture->connection, stoker_offer_table_get_description (table));
  parameters = stoker_job_pricer_list_parameters (STOKER_JOB_PRICER (fixture->connector),
                                                  fixture->connection);
  text = json_to_string (parameters, FALSE);
  g_assert_true (g_str_has_prefix (text, expected));
  g_assert_nonnull (strstr (text, choice));
  expect_refusal (fixture, "{\"prompt\": \"a fox\", \"num_outputs\": 5}", "at most 4");
  expect_refusal (fixture, "{\"prompt\": \"a fox\", \"scheduler\": \"X\"}", "one of DDIM, K_EULER");
  expect_refusal (fixture, "{\"prompt\": \"a fox\", \"image\": \"fox.png\"}", "a file");
  expect_refusal (fixture, "{\"seed\": 7}", "\"prompt\" is missing");
  http_fixture_set_payload (fixture, "{\"prompt\": \"a fox\", \"num_outputs\": 2}");
  http_fixture_submit (fixture);
  state = http_fixture_describe_state (fixture);
  g_assert_nonnull (strstr (state, "DDIM"));
}

static void
test_render (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  const StokerRenderedRequest *request = NULL;

  fixture->request.deadline_s = 90;
  requests = stoker_job_runner_render (STOKER_JOB_RUNNER (fixture->connector), fixture->connection,
                                       &fixture->request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (requests->len, ==, 1);
  request = g_ptr_array_index (requests, 0);
  g_assert_true (g_str_has_suffix (request->url, "/v1/models/" MODEL "/predictions"));
  g_assert_cmpstr (g_ptr_array_index (request->headers, 0), ==, "Authorization: Bearer •••");
  g_assert_cmpstr (g_ptr_array_index (request->headers, 1), ==, "Cancel-After: 90s");
  g_assert_nonnull (strstr (request->body, "a fox"));
}

/* Frees @node. */
static void
assert_text (JsonNode *node, const char *name, const char *expected)
{
  g_autoptr (JsonNode) owned = node;

  g_assert_nonnull (owned);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (owned), name), ==,
                   expected);
}

/* A stream tells what there is so far; nobody's key goes with it. */
static void
test_stream (HttpFixture *fixture, gconstpointer data)
{
  assert_text (http_fixture_act (fixture, "prediction.stream", "{\"id\": \"yesterday\"}"), "text",
               "hello dear\nfox");
  http_fixture_submit (fixture);
  g_assert_null (
    http_fixture_act (fixture, "prediction.stream", "{\"id\": \"%s\"}", fixture->remote_id));
  http_fixture_assert_error (fixture, STOKER_ERROR_UNSUPPORTED, "does not stream");
}

static void
test_models (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerHealth) other = NULL;
  g_autoptr (StokerHealth) unknown = NULL;

  assert_text (http_fixture_act (fixture, "model.search", "{\"query\": \"flux dev\"}"), "models",
               "https://replicate.com/black-forest-labs/flux-dev");
  assert_text (http_fixture_act (fixture, "model.versions", "{\"model\": \"stability-ai/sdxl\"}"),
               "versions", VERSION);
  assert_text (http_fixture_act (fixture, "hardware.list", "{}"), "hardware",
               "cpu, gpu-t4, gpu-l40s, gpu-a100-large, gpu-h100");
  g_assert_null (http_fixture_act (fixture, "model.show", "{\"model\": \"acme/nothing\"}"));
  http_fixture_assert_error (fixture, STOKER_ERROR_NOT_FOUND, "no model \"acme/nothing\"");

  http_fixture_connect (fixture, "replicate", KEY, "model", "stability-ai/sdxl", NULL);
  other = http_fixture_check (fixture);
  g_assert_true (other->is_ok);
  g_assert_nonnull (strstr (other->message, "fill in a version"));
  http_fixture_connect (fixture, "replicate", KEY, "model", "acme/nothing", NULL);
  unknown = http_fixture_check (fixture);
  g_assert_cmpint (unknown->error_code, ==, STOKER_ERROR_CONFIG);
}

static void
test_deployment (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerHealth) health = NULL;
  g_autoptr (JsonNode) deleted = NULL;

  assert_text (
    http_fixture_act (fixture, "deployment.create",
                      "{\"name\": \"mine\", \"model\": \"stability-ai/sdxl\", \"version\": "
                      "\"" VERSION "\", \"hardware\": \"gpu-t4\"}"),
    "owner", "acme");
  http_fixture_connect (fixture, "replicate", KEY, "deployment", "acme/mine", NULL);
  assert_text (http_fixture_act (fixture, "deployment.scale",
                                 "{\"min_instances\": 2, \"hardware\": \"gpu-h100\"}"),
               "hardware", "gpu-h100");
  health = http_fixture_check (fixture);
  g_assert_true (health->is_ok);
  g_assert_nonnull (strstr (health->message, "keeps 2 instance(s) of gpu-h100"));
  g_assert_null (http_fixture_act (fixture, "deployment.scale", "{\"hardware\": \"gpu-abacus\"}"));
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "hardware does not exist");
  http_fixture_submit (fixture);
  g_assert_null (
    http_fixture_act (fixture, "deployment.delete", "{\"deployment\": \"acme/mine\"}"));
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "unused");
  http_fixture_control (fixture, "{\"advance\": 100}");
  deleted = http_fixture_act (fixture, "deployment.delete", "{\"deployment\": \"acme/mine\"}");
  g_assert_nonnull (deleted);
}

static void
test_files (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode)
    made = http_fixture_act (fixture, "file.upload",
                             "{\"file\": \"data:image/png;base64,AAECAw==\", \"name\": "
                             "\"fox.png\"}");
  g_autoptr (JsonNode) deleted = NULL;
  JsonObject *object = json_node_get_object (made);

  g_assert_no_error (fixture->error);
  g_assert_cmpint (json_object_get_int_member (object, "size"), ==, 4);
  g_assert_true (
    g_str_has_suffix (json_object_get_string_member (object, "address"), "/files/file1"));
  deleted = http_fixture_act (fixture, "file.delete", "{\"id\": \"file1\"}");
  g_assert_nonnull (deleted);
  g_assert_null (http_fixture_act (fixture, "file.delete", "{\"id\": \"file1\"}"));
  http_fixture_assert_error (fixture, STOKER_ERROR_NOT_FOUND, "no file \"file1\"");
}

/* A large file goes ahead of the request, a small one with it. A request whose answer was lost is
 * then not looked for: what is listed has other addresses. */
static void
test_large_files (HttpFixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (400000, 'A');
  g_autofree char *payload = g_strdup_printf ("{\"prompt\": \"a fox\", \"image\": "
                                              "\"data:image/png;base64,%s\", \"mask\": "
                                              "\"data:image/png;base64,AAAA\"}",
                                              large);
  g_autoptr (JsonNode) state = NULL;
  g_autoptr (GPtrArray) none = NULL;
  JsonArray *jobs = NULL;
  JsonObject *input = NULL;

  http_fixture_set_payload (fixture, payload);
  http_fixture_submit (fixture);
  state = stoker_emulator_get_state (fixture->emulator);
  jobs = json_object_get_array_member (json_node_get_object (state), "jobs");
  input = json_object_get_object_member (json_array_get_object_element (jobs, 0), "input");
  g_assert_true (g_str_has_suffix (json_object_get_string_member (input, "image"), "/files/file1"));
  g_assert_cmpstr (json_object_get_string_member (input, "mask"), ==, "data:image/png;base64,AAAA");
  g_assert_cmpstr (json_object_get_string_member (input, "prompt"), ==, "a fox");
  none = http_fixture_find (fixture);
  http_fixture_assert_error (fixture, STOKER_ERROR_UNSUPPORTED, "were uploaded");
}

int
main (int argc, char **argv)
{
  static const HttpTest tests[] = {
    { "check", test_check },
    { "life", test_life },
    { "three-ways", test_three_ways },
    { "deadline", test_deadline },
    { "cancel", test_cancel },
    { "output-forms", test_output_forms },
    { "hostile-outputs", test_hostile_outputs },
    { "expiry", test_expiry },
    { "find", test_find },
    { "offers", test_offers },
    { "described", test_described },
    { "render", test_render },
    { "stream", test_stream },
    { "models", test_models },
    { "deployment", test_deployment },
    { "files", test_files },
    { "large-files", test_large_files },
  };

  return http_fixture_run_tests (argc, argv, "/http/replicate/", set_up, tests,
                                 G_N_ELEMENTS (tests));
}
