/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-order-queue.h"
#include "stoker-queue-places.h"
#include "stoker-run-job.h"

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
  g_autoptr (GError) error = NULL;
  StokerJob *job = NULL;

  stoker_submit_job_async (workspace, &submission, NULL, test_session_take_result, &result);
  job = stoker_submit_job_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  return job;
}

static StokerWorkspace *
open_paused (void)
{
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace = NULL;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  stoker_queue_set_paused (workspace, TRUE);
  provider = test_session_register (
    workspace,
    "{\"template_id\":\"simulated\",\"id\":\"rehearsal\",\"config\":{\"seconds\":\"1\"}}", &error);
  g_assert_no_error (error);
  return workspace;
}

static void
close_session (StokerWorkspace *workspace)
{
  stoker_queue_set_paused (workspace, FALSE);
  test_session_close (workspace);
  test_session_clear ();
}

static char *
print_queue (StokerWorkspace *workspace)
{
  g_autoptr (GPtrArray) queue = stoker_list_queue (workspace);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < queue->len; i++)
    g_string_append_printf (text, "%s ", stoker_job_get_name (queue->pdata[i]));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_queue (StokerWorkspace *workspace, const char *expected)
{
  g_autofree char *text = print_queue (workspace);

  g_assert_cmpstr (text, ==, expected);
}

static void
move (StokerWorkspace *workspace, StokerJob *job, int places)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  stoker_move_job_async (workspace, job, places, NULL, test_session_take_result, &result);
  g_assert_true (stoker_move_job_finish (test_session_wait (&result), &error));
  g_assert_no_error (error);
}

static void
test_order_stays (void)
{
  StokerWorkspace *workspace = open_paused ();
  g_autoptr (StokerJob) a = submit (workspace, "a");
  g_autoptr (StokerJob) b = submit (workspace, "b");
  g_autoptr (StokerJob) c = submit (workspace, "c");
  g_autoptr (StokerJob) d = submit (workspace, "d");

  assert_queue (workspace, "a b c d ");
  move (workspace, d, -1);
  assert_queue (workspace, "a b d c ");
  move (workspace, a, 2);
  assert_queue (workspace, "b d a c ");
  move (workspace, c, STOKER_QUEUE_TO_TOP);
  assert_queue (workspace, "c b d a ");
  /* Beyond the ends is at the ends. */
  move (workspace, c, -1);
  move (workspace, a, G_MAXINT);
  assert_queue (workspace, "c b d a ");

  g_clear_object (&a);
  g_clear_object (&b);
  g_clear_object (&c);
  g_clear_object (&d);
  test_session_close (workspace);
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  g_assert_true (stoker_queue_is_paused (workspace));
  assert_queue (workspace, "c b d a ");
  close_session (workspace);
}

static void
move_beside (StokerWorkspace *workspace, StokerJob *job, StokerJob *other, gboolean is_after)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  stoker_move_job_beside_async (workspace, job, other, is_after, NULL, test_session_take_result,
                                &result);
  g_assert_true (stoker_move_job_finish (test_session_wait (&result), &error));
  g_assert_no_error (error);
}

static void
test_moved_beside (void)
{
  StokerWorkspace *workspace = open_paused ();
  g_autoptr (StokerJob) a = submit (workspace, "a");
  g_autoptr (StokerJob) b = submit (workspace, "b");
  g_autoptr (StokerJob) c = submit (workspace, "c");
  g_autoptr (StokerJob) d = submit (workspace, "d");

  move_beside (workspace, d, b, FALSE);
  assert_queue (workspace, "a d b c ");
  move_beside (workspace, a, b, TRUE);
  assert_queue (workspace, "d b a c ");
  move_beside (workspace, d, c, FALSE);
  assert_queue (workspace, "b a d c ");
  move_beside (workspace, c, b, TRUE);
  assert_queue (workspace, "b c a d ");
  /* There it is already. */
  move_beside (workspace, c, b, TRUE);
  move_beside (workspace, c, a, FALSE);
  move_beside (workspace, c, c, TRUE);
  assert_queue (workspace, "b c a d ");

  g_clear_object (&a);
  g_clear_object (&b);
  g_clear_object (&c);
  g_clear_object (&d);
  close_session (workspace);
}

static void
count_cb (guint *n_told)
{
  (*n_told)++;
}

static gboolean
is_told (gpointer user_data)
{
  return *(guint *) user_data > 0;
}

static void
test_places (void)
{
  StokerWorkspace *workspace = open_paused ();
  StokerQueuePlaces *places = stoker_queue_places_of (workspace);
  g_autoptr (StokerJob) a = submit (workspace, "a");
  g_autoptr (StokerJob) b = submit (workspace, "b");
  g_autoptr (StokerJob) c = submit (workspace, "c");
  guint n_told = 0;

  g_assert_true (stoker_queue_places_of (workspace) == places);
  g_assert_cmpuint (stoker_queue_places_lookup (places, a), ==, 1);
  g_assert_cmpuint (stoker_queue_places_lookup (places, c), ==, 3);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  g_signal_connect_swapped (places, "changed", G_CALLBACK (count_cb), &n_told);
  move (workspace, c, STOKER_QUEUE_TO_TOP);
  g_assert_cmpuint (stoker_queue_places_lookup (places, a), ==, 2);
  g_assert_cmpuint (stoker_queue_places_lookup (places, c), ==, 1);
  g_assert_true (test_session_wait_until (is_told, &n_told));
  g_assert_cmpuint (n_told, ==, 1);
  n_told = 0;
  stoker_job_set_state (c, STOKER_JOB_CANCELLED);
  g_assert_cmpuint (stoker_queue_places_lookup (places, c), ==, 0);
  g_assert_cmpuint (stoker_queue_places_lookup (places, a), ==, 1);
  g_assert_true (test_session_wait_until (is_told, &n_told));

  g_clear_object (&a);
  g_clear_object (&b);
  g_clear_object (&c);
  close_session (workspace);
}

static gboolean
has_ended (gpointer user_data)
{
  return stoker_job_state_is_final (stoker_job_get_state (user_data));
}

/* With one place at the provider the order of the queue is the order of the starts. */
static void
test_paused_and_sent_in_order (void)
{
  StokerWorkspace *workspace = open_paused ();
  GSettings *settings = stoker_settings_get_gsettings (stoker_workspace_get_settings (workspace));
  g_autoptr (StokerJob) first = submit (workspace, "first");
  g_autoptr (StokerJob) second = submit (workspace, "second");

  g_settings_set_int (settings, "jobs-per-provider", 1);
  move (workspace, second, STOKER_QUEUE_TO_TOP);
  /* Whatever is due has had its turn. */
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (stoker_job_get_state (first), ==, STOKER_JOB_WAITING);
  g_assert_cmpint (stoker_job_get_state (second), ==, STOKER_JOB_WAITING);

  stoker_queue_set_paused (workspace, FALSE);
  g_assert_true (test_session_wait_until (has_ended, second));
  g_assert_cmpint (stoker_job_get_state (second), ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpint (stoker_job_get_started (first), ==, 0);
  g_assert_true (test_session_wait_until (has_ended, first));
  g_assert_cmpint (stoker_job_get_state (first), ==, STOKER_JOB_SUCCEEDED);

  g_settings_reset (settings, "jobs-per-provider");
  g_clear_object (&first);
  g_clear_object (&second);
  close_session (workspace);
}

/* A waiting job can be given up while the queue is paused; what has ended cannot be moved. */
static void
test_cancelled_while_paused (void)
{
  StokerWorkspace *workspace = open_paused ();
  g_autoptr (StokerJob) job = submit (workspace, "a");
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) moved = NULL;
  g_autoptr (GError) error = NULL;

  stoker_cancel_job_async (workspace, job, NULL, test_session_take_result, &cancelled);
  g_assert_true (stoker_cancel_job_finish (test_session_wait (&cancelled), NULL));
  g_assert_true (test_session_wait_until (has_ended, job));
  g_assert_cmpint (stoker_job_get_state (job), ==, STOKER_JOB_CANCELLED);
  stoker_move_job_async (workspace, job, 1, NULL, test_session_take_result, &moved);
  g_assert_false (stoker_move_job_finish (test_session_wait (&moved), &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_clear_object (&job);
  g_clear_object (&cancelled);
  g_clear_object (&moved);
  close_session (workspace);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/order-queue/order-stays", test_order_stays);
  g_test_add_func ("/order-queue/moved-beside", test_moved_beside);
  g_test_add_func ("/order-queue/places", test_places);
  g_test_add_func ("/order-queue/paused-and-sent-in-order", test_paused_and_sent_in_order);
  g_test_add_func ("/order-queue/cancelled-while-paused", test_cancelled_while_paused);
  return g_test_run ();
}
