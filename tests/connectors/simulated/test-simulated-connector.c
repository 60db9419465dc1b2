/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-simulated-connector.h"

#include "connector-harness.h"
#include "stoker-error.h"

#include <string.h>

typedef struct
{
  StokerSimulatedConnector *connector;
  StokerConnection *connection;
  StokerWorkload *workload;
  StokerJobRequest request;
  char *dir;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->connector = stoker_simulated_connector_new ();
  fixture->connection = harness_connect ("simulated");
  fixture->workload = harness_workload (data != NULL ? data : "{}");
  fixture->dir = harness_make_dir ();
  fixture->request = (StokerJobRequest){ .job_id = "job-1",
                                         .token = "stoker-abc",
                                         .output_dir = fixture->dir,
                                         .workload = fixture->workload };
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->request.handle, json_node_unref);
  g_clear_pointer (&fixture->workload, stoker_workload_unref);
  g_clear_pointer (&fixture->connection, stoker_connection_unref);
  harness_assert_finalize (fixture->connector);
  harness_remove_tree (fixture->dir);
  g_free (fixture->dir);
}

static StokerJobReport *
run (Fixture *fixture, StokerJobOperation operation)
{
  g_autoptr (GError) error = NULL;
  StokerJobReport *report = harness_run (fixture->connector, operation, fixture->connection,
                                         &fixture->request, &error);

  g_assert_no_error (error);
  return report;
}

static void
set_handle (Fixture *fixture, gint64 submitted_us)
{
  g_autofree char *text = g_strdup_printf (
    "{\"token\":\"stoker-abc\",\"fail\":\"none\",\"cancelled_us\":\"0\",\"seconds\":\"6\","
    "\"submitted_us\":\"%" G_GINT64_FORMAT "\"}",
    submitted_us);

  g_clear_pointer (&fixture->request.handle, json_node_unref);
  fixture->request.handle = harness_json (text);
}

static void
test_submit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = run (fixture, STOKER_JOB_SUBMIT);

  g_assert_cmpint (report->state, ==, STOKER_JOB_QUEUED);
  g_assert_cmpstr (report->remote_id, ==, "stoker-abc");
  g_assert_nonnull (report->handle);
}

static void
test_fetch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) fetched = NULL;
  const StokerRemoteOutput *output = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  set_handle (fixture, g_get_real_time () - 60 * G_USEC_PER_SEC);
  fetched = run (fixture, STOKER_JOB_FETCH);
  g_assert_cmpint (fetched->state, ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpuint (fetched->outputs->len, ==, 1);
  output = g_ptr_array_index (fetched->outputs, 0);
  g_assert_cmpstr (output->media_type, ==, "image/png");
  g_assert_true (g_file_get_contents (output->path, &text, &length, NULL));
  g_assert_cmpmem (text, length, g_bytes_get_data (output->data, NULL),
                   g_bytes_get_size (output->data));
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) cancelled = NULL;
  g_autoptr (StokerJobReport) polled = NULL;

  set_handle (fixture, g_get_real_time () - 4 * G_USEC_PER_SEC);
  cancelled = run (fixture, STOKER_JOB_CANCEL);
  g_assert_cmpint (cancelled->state, ==, STOKER_JOB_CANCELLED);
  g_clear_pointer (&fixture->request.handle, json_node_unref);
  fixture->request.handle = json_node_ref (cancelled->handle);
  polled = run (fixture, STOKER_JOB_POLL);
  g_assert_cmpint (polled->state, ==, STOKER_JOB_CANCELLED);
}

typedef struct
{
  const char *workload;
  int code;
} MishapCase;

static const MishapCase mishap_cases[] = {
  { "{\"payload\": {\"fail\": \"no-capacity\"}}", STOKER_ERROR_UNAVAILABLE },
  { "{\"payload\": {\"fail\": \"auth\"}}", STOKER_ERROR_AUTH },
  { "{\"payload\": {\"fail\": \"quota\"}}", STOKER_ERROR_QUOTA },
  { "{\"payload\": {\"fail\": \"rate-limit\"}}", STOKER_ERROR_RATE_LIMITED },
  { "{\"payload\": {\"fail\": \"gremlins\"}}", STOKER_ERROR_CONFIG },
};

static void
test_mishaps (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mishap_cases); i++)
    {
      g_autoptr (StokerWorkload) workload = harness_workload (mishap_cases[i].workload);
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (GError) error = NULL;

      fixture->request.workload = workload;
      g_assert_null (harness_run (fixture->connector, STOKER_JOB_SUBMIT, fixture->connection,
                                  &fixture->request, &error));
      g_assert_error (error, STOKER_ERROR, mishap_cases[i].code);
      g_clear_error (&error);
      found = harness_find (fixture->connector, fixture->connection, &fixture->request, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, 0);
    }
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  set_handle (fixture, g_get_real_time ());
  found = harness_find (fixture->connector, fixture->connection, &fixture->request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
}

static void
test_render (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GError) error = NULL;
  const StokerRenderedRequest *request = NULL;

  requests = stoker_job_runner_render (STOKER_JOB_RUNNER (fixture->connector), fixture->connection,
                                       &fixture->request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (requests->len, ==, 1);
  request = g_ptr_array_index (requests, 0);
  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_nonnull (strstr (request->body, "\"prompt\""));
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerHealth) health = harness_check (fixture->connector, fixture->connection, &error);

  g_assert_no_error (error);
  g_assert_true (health->is_ok);
}

#define ADD(name, workload, function) \
  g_test_add ("/simulated-connector/" name, Fixture, workload, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("submit", NULL, test_submit);
  ADD ("fetch", NULL, test_fetch);
  ADD ("cancel", NULL, test_cancel);
  ADD ("mishaps", NULL, test_mishaps);
  ADD ("find", NULL, test_find);
  ADD ("render", "{\"payload\": {\"prompt\": \"a boat\"}}", test_render);
  ADD ("check", NULL, test_check);

  return g_test_run ();
}
