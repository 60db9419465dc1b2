/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-error.h"
#include "stoker-forget-everything.h"
#include "stoker-json.h"
#include "stoker-output-folder.h"
#include "stoker-paths.h"
#include "stoker-run-job.h"

#include <glib/gstdio.h>

static gboolean
job_is_over (gpointer user_data)
{
  return stoker_job_state_is_final (stoker_job_get_state (user_data));
}

/* Sends a job to the rehearsal provider, which sends nothing anywhere. */
static StokerJob *
submit_job (StokerWorkspace *workspace)
{
  g_autoptr (JsonNode) document =
    stoker_json_parse ("{\"name\":\"Night/Train\",\"requirements\":{\"type\":\"image\"}}", -1,
                       "workload.json", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkload) workload = stoker_workload_decode (document, "workload.json", &error);
  StokerSubmission submission = { .workload = workload,
                                  .provider_id = "rehearsal",
                                  .is_live = TRUE };
  StokerJob *job = NULL;

  g_assert_no_error (error);
  stoker_submit_job_async (workspace, &submission, NULL, test_session_take_result, &result);
  job = stoker_submit_job_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  return job;
}

static StokerWorkspace *
open_with_rehearsal (void)
{
  StokerWorkspace *workspace = test_session_open (STOKER_WORKSPACE_ALL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) provider = test_session_register (
    workspace,
    "{\"template_id\":\"simulated\",\"id\":\"rehearsal\",\"config\":{\"seconds\":\"1\"}}", &error);

  g_assert_no_error (error);
  return workspace;
}

static gboolean
forget (StokerWorkspace *workspace, gboolean with_outputs, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  stoker_forget_everything_async (workspace, with_outputs, NULL, test_session_take_result, &result);
  return stoker_forget_everything_finish (test_session_wait (&result), error);
}

static void
assert_has_artifacts (StokerJob *job, gboolean are_there)
{
  GPtrArray *artifacts = stoker_job_get_artifacts (job);

  g_assert_cmpuint (artifacts->len, >, 0);
  for (guint i = 0; i < artifacts->len; i++)
    {
      const StokerArtifact *artifact = artifacts->pdata[i];

      g_assert_cmpint (g_file_test (artifact->path, G_FILE_TEST_EXISTS), ==, are_there);
    }
}

static void
write_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, "{}", -1, &error);
  g_assert_no_error (error);
}

static void
assert_fresh (void)
{
  StokerWorkspace *workspace = test_session_open (STOKER_WORKSPACE_ALL);

  g_assert_cmpuint (g_list_model_get_n_items (stoker_workspace_get_jobs (workspace)), ==, 0);
  g_assert_null (stoker_workspace_lookup_provider (workspace, "rehearsal"));
  g_assert_false (
    stoker_settings_get_flag (stoker_workspace_get_settings (workspace), "enable_public_gpu"));
  test_session_close (workspace);
}

static void
test_forget (gconstpointer data)
{
  gboolean with_outputs = GPOINTER_TO_INT (data);
  g_autofree char *data_dir = NULL;
  g_autofree char *catalog_dir = NULL;
  g_autofree char *backup = NULL;
  g_autofree char *own_profile = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerJob) job = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  data_dir = stoker_paths_get_data_dir ();
  catalog_dir = g_build_filename (data_dir, "catalog", NULL);
  workspace = open_with_rehearsal ();
  stoker_settings_set_flag (stoker_workspace_get_settings (workspace), "enable_public_gpu", TRUE);
  job = submit_job (workspace);
  g_assert_true (test_session_wait_until (job_is_over, job));
  assert_has_artifacts (job, TRUE);
  write_file (data_dir, "stoker.db.v1.bak");
  write_file (catalog_dir, "mine.txt");

  g_assert_true (forget (workspace, with_outputs, &error));
  g_assert_no_error (error);
  test_session_close (workspace);

  assert_has_artifacts (job, !with_outputs);
  backup = g_build_filename (data_dir, "stoker.db.v1.bak", NULL);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
  own_profile = g_build_filename (catalog_dir, "mine.txt", NULL);
  g_assert_true (g_file_test (own_profile, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_remove (own_profile), ==, 0);
  assert_fresh ();
}

/* What still costs must not be forgotten. */
static void
test_refused_while_a_job_runs (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerJob) job = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = open_with_rehearsal ();
  job = submit_job (workspace);
  g_assert_false (forget (workspace, TRUE, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_HELD);
  g_assert_nonnull (strstr (error->message, "Night/Train"));
  g_assert_nonnull (stoker_workspace_lookup_provider (workspace, "rehearsal"));
  g_assert_true (test_session_wait_until (job_is_over, job));
  g_clear_error (&error);
  g_assert_true (forget (workspace, TRUE, &error));
  test_session_close (workspace);
}

static void
assert_folder (StokerJob *job, const char *pattern, const char *expected)
{
  g_autofree char *name = stoker_output_folder_name (pattern, job);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_output_folder (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("0123456789abcdef", "../Night/Train", "runpod");

  /* 2026-11-21 08:30:00 UTC. */
  g_setenv ("TZ", "UTC", TRUE);
  stoker_job_set_times (job, G_GINT64_CONSTANT (1795249800) * G_USEC_PER_SEC, 0, 0);
  assert_folder (job, "${date} ${id}", "2026-11-21 0123456789ab");
  assert_folder (job, "${name}", "Night-Train 0123456789ab");
  assert_folder (job, "${time}_${provider}_${id}", "08-30_runpod_0123456789ab");
  assert_folder (job, "${nonsense} ${id}", "0123456789abcdef");
  assert_folder (job, "../../${id}", "0123456789ab");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());
  g_test_add_func ("/forget/output-folder", test_output_folder);
  g_test_add_data_func ("/forget/keeps-outputs", GINT_TO_POINTER (FALSE), test_forget);
  g_test_add_data_func ("/forget/with-outputs", GINT_TO_POINTER (TRUE), test_forget);
  g_test_add_func ("/forget/refused-while-a-job-runs", test_refused_while_a_job_runs);
  status = g_test_run ();
  test_session_clear ();
  return status;
}
