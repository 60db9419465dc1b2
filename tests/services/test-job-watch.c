/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-watch.h"
#include "stoker-json.h"
#include "stoker-running-cost.h"

typedef struct
{
  guint n_changes;
  guint n_states;
  guint n_states_when_counted;
  StokerJobState before;
} Seen;

static void
changed_cb (StokerJobWatch *watch, StokerJob *job, Seen *seen)
{
  seen->n_changes++;
}

static void
state_changed_cb (StokerJobWatch *watch, StokerJob *job, int before, Seen *seen)
{
  seen->n_states++;
  seen->before = (StokerJobState) before;
}

static StokerJob *
add_job (StokerJobList *jobs, const char *id)
{
  g_autoptr (StokerJob) job = stoker_job_new (id, id, "runpod");

  stoker_job_list_add (jobs, job);
  return job;
}

static void
test_follows_the_list (void)
{
  g_autoptr (StokerJobList) jobs = stoker_job_list_new ();
  StokerJob *first = add_job (jobs, "first");
  StokerJobWatch *watch = stoker_job_watch_new (G_LIST_MODEL (jobs));
  StokerJob *second = NULL;
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func (g_object_unref);
  Seen seen = { 0 };

  g_signal_connect (watch, "changed", G_CALLBACK (changed_cb), &seen);
  g_signal_connect (watch, "state-changed", G_CALLBACK (state_changed_cb), &seen);
  g_assert_cmpuint (stoker_job_watch_get_n_active (watch), ==, 1);
  second = add_job (jobs, "second");
  g_assert_cmpuint (stoker_job_watch_get_n_active (watch), ==, 2);
  g_assert_cmpuint (stoker_job_watch_get_n_jobs (watch), ==, 2);
  g_assert_cmpuint (seen.n_changes, ==, 1);

  stoker_job_set_state (second, STOKER_JOB_FAILED);
  g_assert_cmpuint (seen.n_states, ==, 1);
  g_assert_cmpint (seen.before, ==, STOKER_JOB_WAITING);
  g_assert_cmpuint (stoker_job_watch_get_n_active (watch), ==, 1);
  stoker_job_set_state (second, STOKER_JOB_WAITING);
  g_assert_cmpuint (stoker_job_watch_get_n_active (watch), ==, 2);
  seen = (Seen){ 0 };
  stoker_job_append_log (first, "a line\n");
  g_assert_cmpuint (seen.n_changes, ==, 0);
  stoker_job_set_progress (first, 0.5);
  g_assert_cmpuint (seen.n_changes, >, 0);
  g_assert_cmpuint (seen.n_states, ==, 0);

  g_ptr_array_add (removed, g_object_ref (second));
  stoker_job_list_remove_all (jobs, removed);
  g_assert_cmpuint (stoker_job_watch_get_n_active (watch), ==, 1);
  g_ptr_array_add (removed, g_object_ref (first));
  stoker_job_list_remove_all (jobs, removed);
  g_assert_cmpuint (stoker_job_watch_get_n_active (watch), ==, 0);
  g_assert_finalize_object (watch);
}

static void
counted_cb (StokerJobWatch *watch, GParamSpec *pspec, Seen *seen)
{
  seen->n_states_when_counted = seen->n_states;
}

static void
test_tells_before_it_counts (void)
{
  g_autoptr (StokerJobList) jobs = stoker_job_list_new ();
  g_autoptr (StokerJobWatch) watch = stoker_job_watch_new (G_LIST_MODEL (jobs));
  StokerJob *job = add_job (jobs, "job");
  Seen seen = { 0 };

  g_signal_connect (watch, "notify::n-active", G_CALLBACK (counted_cb), &seen);
  g_signal_connect (watch, "state-changed", G_CALLBACK (state_changed_cb), &seen);
  stoker_job_set_state (job, STOKER_JOB_SUCCEEDED);
  g_assert_cmpuint (stoker_job_watch_get_n_active (watch), ==, 0);
  g_assert_cmpuint (seen.n_states_when_counted, ==, 1);
}

static StokerJob *
make_running_job (const char *rate)
{
  StokerJob *job = stoker_job_new ("job", "job", "runpod");
  g_autofree char *text = g_strdup_printf ("{\"rate\":%s}", rate);
  g_autoptr (JsonNode) estimate = stoker_json_parse (text, -1, "estimate", NULL);

  stoker_job_set_estimate (job, estimate);
  stoker_job_set_state (job, STOKER_JOB_RUNNING);
  return job;
}

static void
test_running_cost (void)
{
  g_autoptr (StokerJob) priced = make_running_job (
    "{\"amount\":\"0.0001\",\"currency\":\"USD\",\"unit_s\":1,\"increment_s\":1,\"minimum_s\":0}");
  g_autoptr (StokerJob) unpriced = make_running_job ("null");
  StokerRunningCost cost = { 0 };

  stoker_running_cost_add (&cost, priced, TRUE);
  g_assert_cmpuint (cost.n_running, ==, 1);
  g_assert_true (stoker_money_equal (stoker_sum_get_main (&cost.per_hour),
                                     stoker_money_usd (360 * STOKER_NANOS_PER_UNIT / 1000)));
  stoker_running_cost_add (&cost, unpriced, TRUE);
  g_assert_cmpuint (cost.per_hour.n_unknown, ==, 1);

  /* What nobody bills costs nothing, what waits neither, what has ended is not there. */
  stoker_running_cost_add (&cost, unpriced, FALSE);
  g_assert_cmpuint (cost.per_hour.n_unknown, ==, 1);
  g_assert_cmpuint (cost.n_running, ==, 3);
  stoker_job_set_state (priced, STOKER_JOB_WAITING);
  stoker_running_cost_add (&cost, priced, TRUE);
  stoker_job_set_state (priced, STOKER_JOB_SUCCEEDED);
  stoker_running_cost_add (&cost, priced, TRUE);
  g_assert_cmpuint (cost.n_waiting, ==, 1);
  g_assert_cmpuint (cost.n_running, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job-watch/follows-the-list", test_follows_the_list);
  g_test_add_func ("/job-watch/tells-before-it-counts", test_tells_before_it_counts);
  g_test_add_func ("/running-cost/adds-up", test_running_cost);
  return g_test_run ();
}
