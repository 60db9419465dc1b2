/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-local-connector-private.h"

#include "connector-harness.h"
#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-local-job-private.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  StokerLocalConnector *connector;
  StokerConnection *connection;
  StokerWorkload *workload;
  StokerJobRequest request;
  char *dir;
} Fixture;

static void
set_script (Fixture *fixture, const char *script)
{
  g_autoptr (JsonArray) command = json_array_new ();
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_array_add_string_element (command, "sh");
  json_array_add_string_element (command, "-c");
  json_array_add_string_element (command, script);
  json_object_set_array_member (object, "command", g_steal_pointer (&command));
  json_node_set_object (node, object);
  text = stoker_json_to_string (node, FALSE);
  g_clear_pointer (&fixture->workload, stoker_workload_unref);
  fixture->workload = harness_workload (text);
  fixture->request.workload = fixture->workload;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->connector = stoker_local_connector_new ();
  fixture->connection = harness_connect ("local");
  fixture->dir = harness_make_dir ();
  fixture->request =
    (StokerJobRequest){ .job_id = "job-1", .token = "stoker-abc", .output_dir = fixture->dir };
  set_script (fixture, data != NULL ? data : "exit 0");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->workload, stoker_workload_unref);
  g_clear_pointer (&fixture->request.handle, json_node_unref);
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

/* Polls until the job is over, or until its log holds a text. */
static StokerJobReport *
poll_until (Fixture *fixture, const char *text)
{
  for (int i = 0; i < 1000; i++)
    {
      g_autoptr (StokerJobReport) report = run (fixture, STOKER_JOB_POLL);

      if (stoker_job_state_is_final (report->state) ||
          (text != NULL && report->log != NULL && strstr (report->log, text) != NULL))
        return g_steal_pointer (&report);
      harness_pause ();
    }
  g_assert_not_reached ();
}

/* A job keeps only the end of its log; the faces read all of it there. */
static void
assert_log_is_found (StokerJobReport *report)
{
  StokerJsonPlace root = stoker_json_root (report->handle, "handle");
  g_autofree char *path = NULL;

  g_assert_true (stoker_json_get_string (&root, "log_path", STOKER_JSON_REQUIRED, &path, NULL));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
submit (Fixture *fixture)
{
  g_autoptr (StokerJobReport) report = run (fixture, STOKER_JOB_SUBMIT);

  g_assert_nonnull (report->remote_id);
  g_assert_nonnull (report->handle);
  g_clear_pointer (&fixture->request.handle, json_node_unref);
  fixture->request.handle = json_node_ref (report->handle);
  assert_log_is_found (report);
}

static void
test_success (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) ended = NULL;
  g_autoptr (StokerJobReport) fetched = NULL;
  const StokerRemoteOutput *output = NULL;
  g_autofree char *text = NULL;

  submit (fixture);
  ended = poll_until (fixture, NULL);
  g_assert_cmpint (ended->state, ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpfloat (ended->progress, ==, 1);
  g_assert_cmpstr (ended->log, ==, "on out\non err\n");
  g_assert_cmpint (ended->started_us, >, 0);
  g_assert_cmpint (ended->ended_us, >=, ended->started_us);
  g_assert_true (stoker_money_equal (ended->billed, stoker_money_usd (0)));
  fetched = run (fixture, STOKER_JOB_FETCH);
  g_assert_cmpuint (fetched->outputs->len, ==, 2);
  output = g_ptr_array_index (fetched->outputs, 0);
  g_assert_cmpstr (output->name, ==, "a.txt");
  g_assert_cmpstr (output->media_type, ==, "text/plain");
  g_assert_true (g_file_get_contents (output->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "job-1 stoker-abc\n");
  output = g_ptr_array_index (fetched->outputs, 1);
  g_assert_cmpstr (output->name, ==, "sub/b.png");
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) ended = NULL;

  submit (fixture);
  ended = poll_until (fixture, NULL);
  g_assert_cmpint (ended->state, ==, STOKER_JOB_FAILED);
  g_assert_cmpint (ended->error_code, ==, STOKER_ERROR_FAILED);
  g_assert_cmpstr (ended->message, ==, "the command ended with status 7");
}

static void
test_unknown_command (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerWorkload)
    workload = harness_workload ("{\"command\": [\"stoker-no-such-program\"]}");
  g_autoptr (StokerJobReport) ended = NULL;

  fixture->request.workload = workload;
  submit (fixture);
  ended = poll_until (fixture, NULL);
  g_assert_cmpint (ended->state, ==, STOKER_JOB_FAILED);
  g_assert_cmpstr (ended->message, ==, "there is no such command on this computer");
}

static void
test_no_command (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerWorkload) workload = harness_workload ("{}");
  g_autoptr (GError) error = NULL;

  fixture->request.workload = workload;
  g_assert_null (harness_run (fixture->connector, STOKER_JOB_SUBMIT, fixture->connection,
                              &fixture->request, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_cmpstr (error->message, ==, "workload has no command to run here");
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;
  g_autoptr (StokerJobReport) ended = NULL;

  submit (fixture);
  report = poll_until (fixture, "42");
  g_assert_cmpint (report->state, ==, STOKER_JOB_RUNNING);
  g_assert_cmpfloat_with_epsilon (report->progress, 0.42, 1e-9);
  ended = run (fixture, STOKER_JOB_CANCEL);
  g_assert_cmpint (ended->state, ==, STOKER_JOB_CANCELLED);
}

/* The command's own child goes with it. */
static void
test_cancel_group (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) running = NULL;
  g_autoptr (StokerJobReport) ended = NULL;
  g_autoptr (StokerJobReport) again = NULL;
  StokerProcessId child = { 0 };

  submit (fixture);
  running = poll_until (fixture, "\n");
  g_assert_true (stoker_process_id_lookup ((int) g_ascii_strtoll (running->log, NULL, 10), &child));
  ended = run (fixture, STOKER_JOB_CANCEL);
  g_assert_cmpint (ended->state, ==, STOKER_JOB_CANCELLED);
  for (int i = 0; i < 500 && stoker_process_id_is_alive (&child); i++)
    harness_pause ();
  g_assert_false (stoker_process_id_is_alive (&child));
  again = run (fixture, STOKER_JOB_CANCEL);
  g_assert_cmpint (again->state, ==, STOKER_JOB_CANCELLED);
}

static void
test_cancel_stubborn (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerLocalJob) job = NULL;
  g_autoptr (StokerJobReport) running = NULL;
  g_autoptr (StokerJobReport) ended = NULL;
  g_autofree char *dir = stoker_local_job_get_dir (fixture->dir, fixture->request.token);
  g_autoptr (GError) error = NULL;

  submit (fixture);
  running = poll_until (fixture, "ready");
  job = stoker_local_job_open (dir, fixture->request.token, &error);
  g_assert_no_error (error);
  g_assert_true (stoker_local_job_stop (job, 100, &error));
  ended = poll_until (fixture, NULL);
  g_assert_cmpint (ended->state, ==, STOKER_JOB_CANCELLED);
}

static void
test_deadline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) ended = NULL;

  fixture->request.deadline_s = 1;
  submit (fixture);
  ended = poll_until (fixture, NULL);
  g_assert_cmpint (ended->state, ==, STOKER_JOB_FAILED);
  g_assert_cmpstr (ended->message, ==, "stopped at its deadline");
}

static void
test_killed_from_outside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) running = NULL;
  g_autoptr (StokerJobReport) ended = NULL;

  submit (fixture);
  running = poll_until (fixture, "ready");
  g_assert_cmpint (kill (-(int) g_ascii_strtoll (running->remote_id, NULL, 10), SIGKILL), ==, 0);
  ended = poll_until (fixture, NULL);
  g_assert_cmpint (ended->state, ==, STOKER_JOB_FAILED);
  g_assert_true (g_str_has_prefix (ended->message, "it was ended from outside"));
}

/* The same name does not start a second command. */
static void
test_submit_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) ended = NULL;

  submit (fixture);
  submit (fixture);
  ended = poll_until (fixture, NULL);
  submit (fixture);
  g_clear_pointer (&ended, stoker_job_report_unref);
  ended = poll_until (fixture, NULL);
  g_assert_cmpstr (ended->log, ==, "once\n");
}

static GPtrArray *
find (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *reports = harness_find (fixture->connector, fixture->connection, &fixture->request,
                                     &error);

  g_assert_no_error (error);
  return reports;
}

static void
test_find_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = find (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (reports->len, ==, 0);
  g_assert_null (harness_run (fixture->connector, STOKER_JOB_POLL, fixture->connection,
                              &fixture->request, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND);
}

static char *
get_marker (Fixture *fixture)
{
  return g_build_filename (fixture->dir, fixture->request.token, STOKER_LOCAL_MARKER, NULL);
}

/* Killed before the command was started: the intention alone is no job. */
static void
test_find_intention (Fixture *fixture, gconstpointer data)
{
  g_autofree char *marker = get_marker (fixture);
  g_autofree char *folder = g_path_get_dirname (marker);
  g_autoptr (GPtrArray) reports = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (
    g_file_set_contents (marker,
                         "{\"token\":\"stoker-abc\",\"job_id\":\"job-1\",\"started_us\":1,"
                         "\"pid\":0,\"pid_start_ticks\":0}",
                         -1, NULL));
  reports = find (fixture);
  g_assert_cmpuint (reports->len, ==, 0);
}

/* Killed after the command was started and before its number was written down. */
static void
test_find_by_environment (Fixture *fixture, gconstpointer data)
{
  g_autofree char *marker = get_marker (fixture);
  g_autoptr (StokerJobReport) running = NULL;
  g_autoptr (StokerJobReport) ended = NULL;
  g_autoptr (GPtrArray) reports = NULL;
  const StokerJobReport *found = NULL;

  submit (fixture);
  running = poll_until (fixture, "ready");
  g_assert_true (
    g_file_set_contents (marker,
                         "{\"token\":\"stoker-abc\",\"job_id\":\"job-1\",\"started_us\":1,"
                         "\"pid\":0,\"pid_start_ticks\":0}",
                         -1, NULL));
  g_clear_pointer (&fixture->request.handle, json_node_unref);
  reports = find (fixture);
  g_assert_cmpuint (reports->len, ==, 1);
  found = g_ptr_array_index (reports, 0);
  g_assert_cmpstr (found->remote_id, ==, running->remote_id);
  g_assert_cmpint (found->state, ==, STOKER_JOB_RUNNING);
  ended = run (fixture, STOKER_JOB_CANCEL);
  g_assert_cmpint (ended->state, ==, STOKER_JOB_CANCELLED);
}

static void
test_find_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *marker = get_marker (fixture);
  g_autofree char *folder = g_path_get_dirname (marker);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (marker, "{\"token\":", -1, NULL));
  g_assert_null (harness_find (fixture->connector, fixture->connection, &fixture->request, &error));
  g_assert_nonnull (error);
}

/* The process that submits is gone before the command ends; another one takes over. */
static void
test_survives (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (StokerJobReport) ended = NULL;
  g_autofree char *go = NULL;

  if (g_test_subprocess ())
    {
      set_up (&fixture, "while [ ! -e go ]; do sleep 0.02; done; echo survived");
      fixture.request.output_dir = g_getenv ("STOKER_TEST_DIR");
      submit (&fixture);
      tear_down (&fixture, NULL);
      return;
    }
  set_up (&fixture, NULL);
  g_setenv ("STOKER_TEST_DIR", fixture.dir, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  reports = find (&fixture);
  g_assert_cmpuint (reports->len, ==, 1);
  g_assert_cmpint (((StokerJobReport *) g_ptr_array_index (reports, 0))->state, ==,
                   STOKER_JOB_RUNNING);
  go = g_build_filename (fixture.dir, fixture.request.token, "go", NULL);
  g_assert_true (g_file_set_contents (go, "", 0, NULL));
  ended = poll_until (&fixture, NULL);
  g_assert_cmpint (ended->state, ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpstr (ended->log, ==, "survived\n");
  tear_down (&fixture, NULL);
}

static void
test_hostile_token (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = stoker_local_job_get_dir ("/out", "../../etc/passwd");

  g_assert_cmpstr (dir, ==, "/out/passwd");
}

static void
test_render (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerWorkload)
    workload = harness_workload ("{\"command\": [\"sh\", \"-c\", \"echo it's\"]}");
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GError) error = NULL;
  const StokerRenderedRequest *request = NULL;

  fixture->request.workload = workload;
  requests = stoker_job_runner_render (STOKER_JOB_RUNNER (fixture->connector), fixture->connection,
                                       &fixture->request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (requests->len, ==, 1);
  request = g_ptr_array_index (requests, 0);
  g_assert_cmpstr (request->method, ==, "EXEC");
  g_assert_true (g_str_has_suffix (request->url, "/sh"));
  g_assert_cmpstr (request->body, ==, "'sh' '-c' 'echo it'\\''s'");
  g_assert_cmpstr (g_ptr_array_index (request->headers, 0), ==, "STOKER_JOB_ID: job-1");
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autofree char *root = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"),
                                            "tests/data/machines/amd", NULL);
  g_autoptr (StokerHealth) health = NULL;
  g_autoptr (GError) error = NULL;

  stoker_local_connector_set_sys_root (fixture->connector, root);
  health = harness_check (fixture->connector, fixture->connection, &error);
  g_assert_no_error (error);
  g_assert_true (health->is_ok);
  g_assert_cmpint (health->latency_us, >=, 0);
  g_assert_true (g_str_has_prefix (health->message, "Radeon RX 7900 XTX (24 GB), "));
  g_clear_pointer (&health, stoker_health_unref);
  stoker_local_connector_set_sys_root (fixture->connector, "/nonexistent");
  health = harness_check (fixture->connector, fixture->connection, &error);
  g_assert_true (health->is_ok);
  g_assert_true (g_str_has_prefix (health->message, "No GPU was found"));
}

#define ADD(name, script, function) \
  g_test_add ("/local-connector/" name, Fixture, script, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("success",
       "echo $STOKER_JOB_ID $STOKER_TOKEN > \"$STOKER_OUTPUT_DIR/a.txt\"; mkdir sub; echo x > "
       "sub/b.png; "
       "ln -s /etc/passwd link; echo on out; echo on err >&2",
       test_success);
  ADD ("failure", "exit 7", test_failure);
  ADD ("unknown-command", NULL, test_unknown_command);
  ADD ("no-command", NULL, test_no_command);
  ADD ("progress", "printf 'Working: 42%%|####'; sleep 1000", test_progress);
  ADD ("cancel-group", "sleep 1000 & echo $!; wait", test_cancel_group);
  ADD ("cancel-stubborn", "trap '' TERM; echo ready; while :; do sleep 1000; done",
       test_cancel_stubborn);
  ADD ("deadline", "sleep 1000", test_deadline);
  ADD ("killed-from-outside", "echo ready; sleep 1000", test_killed_from_outside);
  ADD ("submit-twice", "echo once", test_submit_twice);
  ADD ("find/nothing", NULL, test_find_nothing);
  ADD ("find/intention", NULL, test_find_intention);
  ADD ("find/by-environment", "echo ready; sleep 1000", test_find_by_environment);
  ADD ("find/damaged", NULL, test_find_damaged);
  ADD ("hostile-token", NULL, test_hostile_token);
  ADD ("render", NULL, test_render);
  ADD ("check", NULL, test_check);
  g_test_add_func ("/local-connector/survives", test_survives);

  return g_test_run ();
}
