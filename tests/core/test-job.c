/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-job.h"
#include "stoker-json.h"

#include <string.h>

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", pspec->name);
}

static void
test_new (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("j1", "Job", "runpod");

  g_assert_cmpstr (stoker_job_get_id (job), ==, "j1");
  g_assert_cmpint ((int) stoker_job_get_state (job), ==, STOKER_JOB_WAITING);
  g_assert_cmpfloat (stoker_job_get_progress (job), ==, -1);
  g_assert_cmpint (stoker_job_get_error_code (job), ==, -1);
  g_assert_cmpstr (stoker_job_get_provider_name (job), ==, "runpod");
  g_assert_cmpstr (stoker_job_get_log (job), ==, "");
  g_assert_false (stoker_job_get_estimated (job).is_known);
  g_assert_false (stoker_job_get_accrued (job).is_known);
  g_assert_null (stoker_job_get_current_attempt (job));
  g_assert_null (stoker_job_get_workload (job));
}

static void
test_ends (void)
{
  g_assert_false (stoker_job_state_is_final (STOKER_JOB_WAITING));
  g_assert_false (stoker_job_state_is_final (STOKER_JOB_RUNNING));
  g_assert_false (stoker_job_state_is_final (STOKER_JOB_FETCHING));
  g_assert_true (stoker_job_state_is_final (STOKER_JOB_SUCCEEDED));
  g_assert_true (stoker_job_state_is_final (STOKER_JOB_FAILED));
  g_assert_true (stoker_job_state_is_final (STOKER_JOB_CANCELLED));
  g_assert_true (stoker_job_state_is_final (STOKER_JOB_LOST));
}

static void
test_setters_notify_once (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("j1", "Job", "runpod");
  g_autoptr (GString) told = g_string_new (NULL);

  g_signal_connect (job, "notify", G_CALLBACK (count_cb), told);
  for (int i = 0; i < 2; i++)
    {
      stoker_job_set_name (job, "N");
      stoker_job_set_provider_id (job, "vast");
      stoker_job_set_provider_name (job, "Vast.ai");
      stoker_job_set_state (job, STOKER_JOB_RUNNING);
      stoker_job_set_progress (job, 0.5);
      stoker_job_set_stage (job, "sampling");
      stoker_job_set_message (job, "why", STOKER_ERROR_QUOTA);
      stoker_job_set_dry_run (job, TRUE);
      stoker_job_set_estimated (job, stoker_money_usd (1));
      stoker_job_set_accrued (job, stoker_money_usd (2));
      stoker_job_set_times (job, 1, 2, 0);
      stoker_job_set_log (job, "log");
    }
  g_assert_cmpstr (told->str, ==,
                   "name provider-id provider-name provider-name state progress stage message "
                   "error-code is-dry-run "
                   "estimated accrued created started log ");
}

static void
test_is_live_follows_the_state (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("j1", "Job", "runpod");
  g_autoptr (GString) told = g_string_new (NULL);
  gboolean is_live = TRUE;

  g_signal_connect (job, "notify::is-live", G_CALLBACK (count_cb), told);
  stoker_job_set_state (job, STOKER_JOB_RUNNING);
  g_assert_cmpstr (told->str, ==, "");
  stoker_job_set_state (job, STOKER_JOB_LOST);
  g_assert_cmpstr (told->str, ==, "is-live ");
  g_object_get (job, "is-live", &is_live, NULL);
  g_assert_false (is_live);
}

static void
test_properties (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("j1", "Job", "runpod");
  g_autofree char *estimated = NULL;
  g_autofree char *accrued = NULL;
  g_autofree char *provider_name = NULL;
  gint64 started = 0;
  double progress = 0;
  int state = 0;
  int error_code = 0;

  stoker_job_set_state (job, STOKER_JOB_FAILED);
  stoker_job_set_message (job, "no", STOKER_ERROR_AUTH);
  stoker_job_set_estimated (job, stoker_money_usd (450000000));
  stoker_job_set_times (job, 5, 6, 7);
  g_object_get (job, "estimated", &estimated, "accrued", &accrued, "provider-name", &provider_name,
                "started", &started, "progress", &progress, "state", &state, "error-code",
                &error_code, NULL);
  g_assert_cmpstr (estimated, ==, "$0.45");
  g_assert_cmpstr (accrued, ==, "unknown");
  g_assert_cmpstr (provider_name, ==, "runpod");
  g_assert_cmpint (started, ==, 6);
  g_assert_cmpfloat (progress, ==, -1);
  g_assert_cmpint (state, ==, STOKER_JOB_FAILED);
  g_assert_cmpint (error_code, ==, STOKER_ERROR_AUTH);
}

static void
test_progress_out_of_range_is_not_told (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("j1", "Job", "runpod");

  stoker_job_set_progress (job, 0.25);
  stoker_job_set_progress (job, 1.5);
  g_assert_cmpfloat (stoker_job_get_progress (job), ==, -1);
  stoker_job_set_progress (job, 1);
  g_assert_cmpfloat (stoker_job_get_progress (job), ==, 1);
}

#define MEBIBYTE (1024 * 1024)

static void
test_log_keeps_its_tail (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("j1", "Job", "runpod");
  g_autofree char *line = g_strnfill (1023, 'x');
  g_autofree char *full_line = g_strconcat (line, "\n", NULL);

  for (int i = 0; i < 1500; i++)
    stoker_job_append_log (job, full_line);
  stoker_job_append_log (job, "the end\n");
  g_assert_cmpuint (strlen (stoker_job_get_log (job)), <=, MEBIBYTE);
  g_assert_cmpuint (strlen (stoker_job_get_log (job)), >, MEBIBYTE - 2 * 1024);
  g_assert_true (g_str_has_prefix (stoker_job_get_log (job), full_line));
  g_assert_true (g_str_has_suffix (stoker_job_get_log (job), "the end\n"));
  g_assert_cmpint (stoker_job_get_log_dropped (job) + (gint64) strlen (stoker_job_get_log (job)),
                   ==, 1500 * 1024 + 8);
  stoker_job_set_log (job, "short\n");
  g_assert_cmpint (stoker_job_get_log_dropped (job), ==, 0);
}

static void
test_log_is_text (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("j1", "Job", "runpod");
  g_autofree char *wide = g_strnfill (3 * MEBIBYTE, 'x');

  /* Three bytes a character: the cut falls inside one. */
  for (gsize i = 0; i + 3 <= 3 * MEBIBYTE; i += 3)
    memcpy (wide + i, "日", 3);
  stoker_job_set_log (job, wide);
  g_assert_true (g_utf8_validate (stoker_job_get_log (job), -1, NULL));
  g_assert_cmpuint (strlen (stoker_job_get_log (job)), >, MEBIBYTE - 4);
  stoker_job_set_log (job, "a\xff b");
  g_assert_true (g_utf8_validate (stoker_job_get_log (job), -1, NULL));
  stoker_job_set_log (job, NULL);
  g_assert_cmpstr (stoker_job_get_log (job), ==, "");
}

static void
test_attempts (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("j1", "Job", "runpod");
  g_autoptr (StokerAttempt) attempt = stoker_attempt_new ("runpod", "t1");
  g_autoptr (StokerAttempt) copy = NULL;

  attempt->remote_id = g_strdup ("r1");
  attempt->handle = stoker_json_parse ("{\"a\":\"b\"}", -1, "h", NULL);
  copy = stoker_attempt_copy (attempt);
  g_assert_cmpstr (copy->token, ==, "t1");
  g_assert_true (copy->remote_id != attempt->remote_id);
  g_assert_true (json_node_equal (copy->handle, attempt->handle));
  stoker_job_add_attempt (job, g_steal_pointer (&attempt));
  stoker_job_add_attempt (job, g_steal_pointer (&copy));
  g_assert_cmpuint (stoker_job_get_attempts (job)->len, ==, 2);
  g_assert_true (stoker_job_get_current_attempt (job) ==
                 g_ptr_array_index (stoker_job_get_attempts (job), 1));
}

static void
test_json (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("j1", "Job", "runpod");
  g_autoptr (JsonNode) workload = stoker_json_parse ("{\"name\":\"w\"}", -1, "w", NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  StokerArtifact *artifact = stoker_artifact_new ("a.png");

  artifact->bytes = 9;
  stoker_job_set_state (job, STOKER_JOB_FAILED);
  stoker_job_set_message (job, "no credit", STOKER_ERROR_QUOTA);
  stoker_job_set_estimated (job, stoker_money_usd (450000000));
  stoker_job_set_times (job, G_USEC_PER_SEC, 0, 0);
  stoker_job_set_workload (job, workload);
  stoker_job_add_attempt (job, stoker_attempt_new ("runpod", "t1"));
  stoker_job_add_artifact (job, artifact);
  node = stoker_job_to_json (job);
  text = stoker_json_to_string (node, FALSE);
  g_assert_cmpstr (
    text, ==,
    "{\"id\":\"j1\",\"name\":\"Job\",\"provider\":\"runpod\",\"gpu\":null,\"state\":\"failed\","
    "\"progress\":null,\"stage\":null,"
    "\"message\":\"no credit\",\"error\":\"quota\",\"dry_run\":false,"
    "\"estimated\":{\"amount\":\"0.45\",\"currency\":\"USD\"},\"accrued\":null,"
    "\"created_at\":\"1970-01-01T00:00:01Z\",\"started_at\":null,\"ended_at\":null,"
    "\"attempts\":[{\"number\":1,\"provider\":\"runpod\",\"token\":\"t1\",\"remote_"
    "id\":null,\"state\":\"waiting\","
    "\"message\":null,\"started_at\":null,\"ended_at\":null,\"accrued\":null}],"
    "\"artifacts\":[{\"name\":\"a.png\",\"path\":null,\"media_type\":null,\"bytes\":"
    "9,\"sha256\":null}],"
    "\"workload\":{\"name\":\"w\"},\"request\":null,\"estimate\":null}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/job/new", test_new);
  g_test_add_func ("/job/ends", test_ends);
  g_test_add_func ("/job/setters-notify-once", test_setters_notify_once);
  g_test_add_func ("/job/is-live-follows-the-state", test_is_live_follows_the_state);
  g_test_add_func ("/job/properties", test_properties);
  g_test_add_func ("/job/progress-out-of-range-is-not-told",
                   test_progress_out_of_range_is_not_told);
  g_test_add_func ("/job/log-keeps-its-tail", test_log_keeps_its_tail);
  g_test_add_func ("/job/log-is-text", test_log_is_text);
  g_test_add_func ("/job/attempts", test_attempts);
  g_test_add_func ("/job/json", test_json);

  return g_test_run ();
}
