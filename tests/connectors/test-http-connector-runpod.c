/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "http-fixture.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-machine-host.h"

#include <string.h>

/* Pods, endpoints and volumes at RunPod: what the matrix does not go through. */

static void
connect_with (HttpFixture *fixture, const char *field, const char *value)
{
  g_autoptr (JsonObject) known = http_fixture_load_case ("runpod-pods");

  if (field != NULL)
    json_object_set_string_member (json_object_get_object_member (known, "config"), field, value);
  http_fixture_connect_case (fixture, known, json_object_get_object_member (known, "secrets"),
                             stoker_emulator_get_url (fixture->emulator));
}

static void
set_up (HttpFixture *fixture, gconstpointer data)
{
  fixture->is_impatient = TRUE;
  http_fixture_set_up (fixture, "runpod");
  connect_with (fixture, NULL, NULL);
  http_fixture_set_payload (fixture, "{\"image\": \"debian\", \"command\": \"echo a fox\"}");
  fixture->request.plan_id = "pod-community";
  fixture->request.gpu = "RTX 4090";
  fixture->request.region = "EU-RO-1";
}

static char *
dup_member (JsonNode *node, const char *name)
{
  JsonNode *member = json_object_get_member (json_node_get_object (node), name);

  return member != NULL ? json_to_string (member, FALSE) : NULL;
}

/* Frees @node. */
static void
assert_member (JsonNode *node, const char *name, const char *expected)
{
  g_autoptr (JsonNode) owned = node;
  g_autofree char *text = NULL;

  g_assert_nonnull (owned);
  text = dup_member (owned, name);
  g_assert_cmpstr (text, ==, expected);
}

static void
release (HttpFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  stoker_job_runner_release_async (STOKER_JOB_RUNNER (fixture->connector), fixture->connection,
                                   &fixture->request, NULL, http_calls_keep, &result);
  g_assert_true (stoker_job_runner_release_finish (STOKER_JOB_RUNNER (fixture->connector),
                                                   http_calls_wait (&result), &error));
  g_assert_no_error (error);
}

/* What the pod was asked for. */
static JsonObject *
get_order (JsonNode *state, guint index)
{
  JsonArray *jobs = json_object_get_array_member (json_node_get_object (state), "jobs");

  return json_object_get_object_member (json_array_get_object_element (jobs, index), "input");
}

static void
test_order (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode)
    volume = http_fixture_act (fixture, "volume.create",
                               "{\"name\": \"weights\", \"size_gb\": 50, \"region\": "
                               "\"EU-RO-1\"}");
  g_autofree char *id = dup_member (volume, "id");
  g_autofree char *payload = g_strdup_printf ("{\"image\": \"debian\", \"command\": \"echo 'a "
                                              "fox'\", \"network_volume\": %s, \"min_cuda\": "
                                              "\"12.1\", \"disk_gb\": 7}",
                                              id);
  g_autoptr (JsonNode) state = NULL;
  g_autofree char *mounts = NULL;
  JsonObject *order = NULL;

  http_fixture_set_payload (fixture, payload);
  http_fixture_submit (fixture);
  state = stoker_emulator_get_state (fixture->emulator);
  order = get_order (state, 0);
  g_assert_cmpstr (json_object_get_string_member (order, "name"), ==, "stoker-token-1");
  g_assert_cmpstr (json_object_get_string_member (order, "args"), ==, "echo 'a fox'");
  g_assert_cmpstr (json_object_get_string_member (order, "cloud"), ==, "COMMUNITY");
  g_assert_cmpint (json_object_get_int_member (order, "disk"), ==, 7);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (order, "gpu"),
                                                  "id"),
                   ==, "NVIDIA GeForce RTX 4090");
  mounts = json_to_string (json_object_get_member (order, "mounts"), FALSE);
  g_assert_nonnull (strstr (mounts, "\"path\":\"/workspace\""));
  release (fixture);
  release (fixture);
}

/* The log is a stream that has no end while the pod runs. */
static void
test_endless_log (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  http_fixture_control (fixture, "{\"settings\": {\"stream_seconds\": 60}}");
  http_fixture_submit (fixture);
  report = http_fixture_go_on (fixture, 70, STOKER_JOB_POLL);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (report->state, ==, STOKER_JOB_RUNNING);
  g_assert_cmpstr (report->log, ==, "begun: echo a fox");
  http_fixture_control (fixture, "{\"settings\": {\"stream_seconds\": 0.1}}");
  release (fixture);
}

/* A command that left no files has its log for an output. */
static void
test_log_only (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) fetched = NULL;
  g_autofree char *contents = NULL;
  const StokerRemoteOutput *output = NULL;

  http_fixture_control (fixture, "{\"next\": {\"command_only\": true}}");
  http_fixture_submit (fixture);
  http_fixture_control (fixture, "{\"advance\": 400}");
  http_fixture_assert_state (fixture, STOKER_JOB_SUCCEEDED);
  fetched = http_fixture_run (fixture, STOKER_JOB_FETCH);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fetched->outputs->len, ==, 1);
  output = fetched->outputs->pdata[0];
  g_assert_true (g_str_has_suffix (output->path, "log.txt"));
  g_assert_true (g_file_get_contents (output->path, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "begun: echo a fox\na fox was drawn\n"));
  release (fixture);
}

/* Stoker was closed meanwhile: the pod has ended itself, and the job is not taken for done. */
static void
test_ends_itself (HttpFixture *fixture, gconstpointer data)
{
  http_fixture_submit (fixture);
  http_fixture_control (fixture, "{\"advance\": 5000}");
  http_fixture_assert_state (fixture, STOKER_JOB_LOST);
  release (fixture);
}

static void
test_found (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) none = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) others = NULL;

  http_fixture_control (fixture,
                        "{\"fault\": \"reset-after-accept\", \"path\": \"/v2/pods$\", \"body\": "
                        "\"image\"}");
  none = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (fixture, STOKER_ERROR_UNCERTAIN, "");
  found = http_fixture_find (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (found->len, ==, 1);
  fixture->request.remote_id = ((StokerJobReport *) found->pdata[0])->remote_id;
  release (fixture);
  fixture->request.token = "stoker-token-2";
  others = http_fixture_find (fixture);
  g_assert_cmpuint (others->len, ==, 0);
}

static void
test_missing (HttpFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *payload;
    const char *gpu;
    const char *text;
  } cases[] = {
    { "{\"command\": \"true\"}", "RTX 4090", "parameter \"image\" is missing" },
    { "{\"image\": \"debian\", \"command\": \"true\"}", NULL, "no gpu / gpus is known" },
    { "{\"image\": \"debian\", \"command\": \"true\", \"workflow\": {}}", "RTX 4090",
      "there is no parameter \"workflow\"" },
    { "{\"image\": \"debian\", \"command\": \"true\", \"network_volume\": \"nowhere\"}", "RTX 4090",
      "network volume not found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StokerJobReport) none = NULL;

      http_fixture_set_payload (fixture, cases[i].payload);
      fixture->request.gpu = cases[i].gpu;
      none = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
      http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, cases[i].text);
    }
  g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, 0);
}

static void
test_machines (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerMachine)
    made = http_fixture_change (fixture, STOKER_MACHINE_LAUNCH,
                                "{\"name\": \"comfy\", \"image\": "
                                "\"runpod/comfyui:latest\", \"gpus\": \"H200 SXM, RTX "
                                "4090\"}");
  g_autofree char *input = NULL;
  g_autoptr (GPtrArray) machines = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (StokerMachine) stopped = NULL;
  g_autoptr (StokerMachine) gone = NULL;
  g_autofree char *address = NULL;
  const StokerMachine *machine = NULL;

  g_assert_no_error (fixture->error);
  g_assert_cmpint (made->state, ==, STOKER_MACHINE_STARTING);
  http_fixture_control (fixture, "{\"advance\": 100}");
  machines = http_fixture_list_machines (fixture);
  g_assert_cmpuint (machines->len, ==, 2);
  machine = machines->pdata[1];
  address = g_strdup_printf ("https://%s-8188.proxy.runpod.net", made->id);
  g_assert_cmpstr (machine->address, ==, address);
  g_assert_cmpstr (machine->gpu, ==, "NVIDIA GeForce RTX 4090");
  g_assert_cmpstr (machine->plan, ==, "pod");
  g_assert_cmpint (machine->state, ==, STOKER_MACHINE_RUNNING);
  g_assert_cmpint (machine->price.nanos, ==, 690000000);

  input = g_strdup_printf ("{\"id\": \"%s\"}", made->id);
  stopped = http_fixture_change (fixture, STOKER_MACHINE_STOP, input);
  g_assert_cmpint (stopped->state, ==, STOKER_MACHINE_STOPPED);
  g_assert_null (http_fixture_act (fixture, "pod.restart", "%s", input));
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "present state of the pod");
  assert_member (http_fixture_act (fixture, "pod.start", "%s", input), "state", "\"running\"");
  gone = http_fixture_change (fixture, STOKER_MACHINE_TERMINATE, input);
  g_assert_cmpint (gone->state, ==, STOKER_MACHINE_GONE);
  rest = http_fixture_list_machines (fixture);
  g_assert_cmpuint (rest->len, ==, 1);
}

/* An endpoint of its own: made, used, scaled, deleted. */
static void
test_endpoint (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode)
    made = http_fixture_act (fixture, "endpoint.create",
                             "{\"name\": \"painter\", \"image\": \"acme/worker\", "
                             "\"max_workers\": 0}");
  const char *id = json_object_get_string_member (json_node_get_object (made), "id");
  g_autoptr (JsonNode) deleted = NULL;

  assert_member (json_node_copy (made), "idle_timeout_s", "10");
  connect_with (fixture, "endpoint_id", id);
  http_fixture_set_payload (fixture, "{\"prompt\": \"a fox\"}");
  fixture->request.plan_id = "serverless";
  http_fixture_submit (fixture);
  http_fixture_control (fixture, "{\"advance\": 60}");
  http_fixture_assert_state (fixture, STOKER_JOB_QUEUED);

  assert_member (
    http_fixture_act (fixture, "endpoint.scale",
                      "{\"min_workers\": 1, \"max_workers\": 2, \"queue_delay_s\": 8}"),
    "max_workers", "2");
  http_fixture_assert_state (fixture, STOKER_JOB_PROVISIONING);
  assert_member (http_fixture_act (fixture, "endpoint.workers", "{}"), "initializing", "2");
  http_fixture_control (fixture, "{\"advance\": 13}");
  http_fixture_assert_state (fixture, STOKER_JOB_RUNNING);
  release (fixture);
  g_assert_null (
    http_fixture_act (fixture, "endpoint.scale", "{\"min_workers\": 5, \"max_workers\": 2}"));
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "above workers.max");
  deleted = http_fixture_act (fixture, "endpoint.delete", "{\"endpoint\": \"%s\"}", id);
  g_assert_nonnull (deleted);
  g_assert_null (http_fixture_act (fixture, "endpoint.workers", "{}"));
  http_fixture_assert_error (fixture, STOKER_ERROR_NOT_FOUND, "has no endpoint");
}

static void
test_requests (HttpFixture *fixture, gconstpointer data)
{
  connect_with (fixture, "endpoint_id", "generic01");
  http_fixture_set_payload (fixture, "{\"prompt\": \"a fox\"}");
  fixture->request.plan_id = "serverless";
  http_fixture_control (fixture, "{\"next\": {\"fail\": \"it broke\"}}");
  http_fixture_submit (fixture);
  http_fixture_control (fixture, "{\"advance\": 60}");
  http_fixture_assert_state (fixture, STOKER_JOB_FAILED);
  assert_member (http_fixture_act (fixture, "request.retry", "{\"id\": \"%s\"}",
                                   fixture->remote_id),
                 "status", "\"IN_QUEUE\"");
  http_fixture_control (fixture, "{\"advance\": 25}");
  assert_member (http_fixture_act (fixture, "request.stream", "{\"id\": \"%s\"}",
                                   fixture->remote_id),
                 "pieces", "\"piece 0\\npiece 1\"");
  http_fixture_control (fixture, "{\"advance\": 60, \"fault\": \"no-capacity\"}");
  http_fixture_submit (fixture);
  assert_member (http_fixture_act (fixture, "endpoint.purge", "{}"), "removed", "1");
  http_fixture_assert_state (fixture, STOKER_JOB_CANCELLED);
  http_fixture_control (fixture, "{\"fault\": \"none\", \"speed\": 1000}");
  assert_member (http_fixture_act (fixture, "request.run-now", "{\"input\": {\"prompt\": 1}}"),
                 "status", "\"COMPLETED\"");
}

static void
test_volumes (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode)
    made = http_fixture_act (fixture, "volume.create",
                             "{\"name\": \"weights\", \"size_gb\": 50, \"region\": "
                             "\"EU-RO-1\", \"type\": \"HIGH_PERFORMANCE\"}");
  const char *id = json_object_get_string_member (json_node_get_object (made), "id");
  g_autoptr (JsonNode) deleted = NULL;

  assert_member (http_fixture_act (fixture, "volume.grow", "{\"id\": \"%s\", \"size_gb\": 60}", id),
                 "size_gb", "60");
  g_assert_null (
    http_fixture_act (fixture, "volume.grow", "{\"id\": \"%s\", \"size_gb\": 20}", id));
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "only increase");
  g_assert_null (http_fixture_act (fixture, "volume.create",
                                   "{\"name\": \"x\", \"size_gb\": 5, \"region\": \"EU-RO-1\"}"));
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "at least 10");
  deleted = http_fixture_act (fixture, "volume.delete", "{\"id\": \"%s\"}", id);
  g_assert_nonnull (deleted);
  g_assert_null (http_fixture_act (fixture, "volume.delete", "{\"id\": \"%s\"}", id));
  http_fixture_assert_error (fixture, STOKER_ERROR_NOT_FOUND, "has no volume");
}

int
main (int argc, char **argv)
{
  static const HttpTest tests[] = {
    { "order", test_order },       { "endless-log", test_endless_log },
    { "log-only", test_log_only }, { "ends-itself", test_ends_itself },
    { "found", test_found },       { "missing", test_missing },
    { "machines", test_machines }, { "endpoint", test_endpoint },
    { "requests", test_requests }, { "volumes", test_volumes },
  };

  return http_fixture_run_tests (argc, argv, "/runpod/", set_up, tests, G_N_ELEMENTS (tests));
}
