/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-json.h"
#include "stoker-keep-jobs.h"
#include "stoker-run-job.h"

#include <string.h>

static StokerJob *
submit (StokerWorkspace *workspace, const char *name)
{
  g_autofree char *json = g_strdup_printf ("{\"name\":\"%s\"}", name);
  g_autoptr (JsonNode) node = stoker_json_parse (json, -1, "workload.json", NULL);
  g_autoptr (StokerWorkload) workload = stoker_workload_decode (node, "workload.json", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  StokerSubmission submission = { .workload = workload,
                                  .provider_id = "rehearsal",
                                  .is_live = TRUE };

  stoker_submit_job_async (workspace, &submission, NULL, test_session_take_result, &result);
  return stoker_submit_job_finish (test_session_wait (&result), NULL);
}

static void
wait_for_end (StokerWorkspace *workspace, StokerJob *job)
{
  g_autoptr (GAsyncResult) result = NULL;

  stoker_wait_job_async (workspace, job, NULL, test_session_take_result, &result);
  g_assert_true (stoker_wait_job_finish (test_session_wait (&result), NULL));
}

static StokerWorkspace *
open_with_rehearsal (void)
{
  g_autoptr (StokerProvider) provider = NULL;
  StokerWorkspace *workspace = NULL;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  provider = test_session_register (
    workspace,
    "{\"template_id\":\"simulated\",\"id\":\"rehearsal\",\"config\":{\"seconds\":\"1\"}}", NULL);
  g_assert_nonnull (provider);
  return workspace;
}

static guint
count_jobs (StokerWorkspace *workspace)
{
  return g_list_model_get_n_items (stoker_workspace_get_jobs (workspace));
}

static void
delete_jobs (StokerWorkspace *workspace, GPtrArray *jobs, gboolean with_outputs)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  stoker_delete_jobs_async (workspace, jobs, with_outputs, NULL, test_session_take_result, &result);
  g_assert_true (stoker_delete_jobs_finish (test_session_wait (&result), &error));
  g_assert_no_error (error);
}

static void
test_delete (void)
{
  StokerWorkspace *workspace = open_with_rehearsal ();
  g_autoptr (StokerJob) ended = submit (workspace, "ended");
  g_autoptr (StokerJob) running = NULL;
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  g_autoptr (GPtrArray) away = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;

  wait_for_end (workspace, ended);
  path = g_strdup (((StokerArtifact *) stoker_job_get_artifacts (ended)->pdata[0])->path);
  folder = g_path_get_dirname (path);
  running = submit (workspace, "running");
  g_ptr_array_add (jobs, ended);
  g_ptr_array_add (jobs, running);

  away = stoker_put_jobs_away (workspace, jobs);
  g_assert_cmpuint (away->len, ==, 1);
  g_assert_cmpuint (count_jobs (workspace), ==, 1);
  stoker_put_jobs_back (workspace, away);
  g_assert_cmpuint (count_jobs (workspace), ==, 2);
  g_assert_true (stoker_workspace_lookup_job (workspace, stoker_job_get_id (ended)) == ended);

  again = stoker_put_jobs_away (workspace, jobs);
  delete_jobs (workspace, again, FALSE);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  delete_jobs (workspace, again, TRUE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));

  wait_for_end (workspace, running);
  g_clear_object (&ended);
  g_clear_object (&running);
  g_clear_pointer (&away, g_ptr_array_unref);
  g_clear_pointer (&again, g_ptr_array_unref);
  test_session_close (workspace);
  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_JOBS);
  g_assert_cmpuint (count_jobs (workspace), ==, 1);
  test_session_close (workspace);
  test_session_clear ();
}

/* After a restart the long texts are still in the database, and the export has them. */
static void
test_export (void)
{
  StokerWorkspace *workspace = open_with_rehearsal ();
  StokerJob *job = submit (workspace, "first");
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) document = NULL;
  g_autofree char *text = NULL;
  g_autofree char *log = NULL;

  wait_for_end (workspace, job);
  log = g_strdup (stoker_job_get_log (job));
  g_object_unref (job);
  test_session_close (workspace);

  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_JOBS);
  job = g_list_model_get_item (stoker_workspace_get_jobs (workspace), 0);
  g_assert_false (stoker_job_has_documents (job));
  g_ptr_array_add (jobs, job);
  stoker_export_jobs_async (workspace, jobs, NULL, test_session_take_result, &result);
  document = stoker_export_jobs_finish (test_session_wait (&result), NULL);
  g_assert_nonnull (document);
  text = stoker_json_to_string (document, FALSE);
  g_assert_nonnull (strstr (text, "\"workload\":{\"name\":\"first\""));
  g_assert_true (stoker_job_has_documents (job));
  g_assert_cmpstr (stoker_job_get_log (job), ==, log);
  g_object_unref (job);
  g_clear_object (&result);
  test_session_close (workspace);
  test_session_clear ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/keep-jobs/delete", test_delete);
  g_test_add_func ("/keep-jobs/export", test_export);
  return g_test_run ();
}
