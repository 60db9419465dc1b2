/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-list.h"

#include "stoker-error.h"

#include <string.h>

static StokerJob *
make_job (int number)
{
  g_autofree char *id = g_strdup_printf ("job-%d", number);
  StokerJob *job = stoker_job_new (id, "Job", "runpod");

  stoker_job_set_times (job, number, 0, 0);
  return job;
}

/* Jobs n…1, newest first. */
static StokerJobList *
make_list (int n_jobs)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  StokerJobList *list = stoker_job_list_new ();

  for (int i = n_jobs; i > 0; i--)
    g_ptr_array_add (jobs, make_job (i));
  stoker_job_list_add_all (list, jobs);
  return list;
}

static char *
print_list (StokerJobList *list)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append_printf (text, "%s ", stoker_job_get_id (job) + strlen ("job-"));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_list (StokerJobList *list, const char *expected)
{
  g_autofree char *text = print_list (list);

  g_assert_cmpstr (text, ==, expected);
}

static void
tell_cb (GListModel *model, guint position, guint n_removed, guint n_added, GString *told)
{
  g_string_append_printf (told, "%u-%u+%u ", position, n_removed, n_added);
}

static void
test_keeps_order (void)
{
  g_autoptr (StokerJobList) list = make_list (3);
  g_autoptr (StokerJob) newest = make_job (9);
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) told = g_string_new (NULL);

  g_signal_connect (list, "items-changed", G_CALLBACK (tell_cb), told);
  stoker_job_list_add (list, newest);
  assert_list (list, "9 3 2 1 ");
  g_assert_true (stoker_job_list_lookup (list, "job-9") == newest);

  g_ptr_array_add (some, stoker_job_list_lookup (list, "job-3"));
  g_ptr_array_add (some, stoker_job_list_lookup (list, "job-1"));
  g_ptr_array_add (kept, g_object_ref (some->pdata[0]));
  g_ptr_array_add (kept, g_object_ref (some->pdata[1]));
  stoker_job_list_remove_all (list, some);
  assert_list (list, "9 2 ");
  g_assert_null (stoker_job_list_lookup (list, "job-3"));
  /* A second time there is nothing to do. */
  stoker_job_list_remove_all (list, some);
  stoker_job_list_add_all (list, kept);
  assert_list (list, "9 3 2 1 ");
  g_assert_cmpstr (told->str, ==, "0-0+1 3-1+0 1-1+0 2-0+1 1-0+1 ");
}

static void
test_many_gaps_are_told_at_once (void)
{
  g_autoptr (StokerJobList) list = make_list (1000);
  g_autoptr (GPtrArray) odd = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; i < 1000; i += 2)
    g_ptr_array_add (odd, g_list_model_get_item (G_LIST_MODEL (list), i));
  g_signal_connect (list, "items-changed", G_CALLBACK (tell_cb), told);
  stoker_job_list_remove_all (list, odd);
  g_assert_cmpstr (told->str, ==, "0-1000+500 ");
  g_assert_cmpuint (stoker_job_list_get_n_live (list), ==, 500);
  g_assert_null (stoker_job_list_lookup (list, "job-1000"));
  g_assert_nonnull (stoker_job_list_lookup (list, "job-999"));
}

static void
count_cb (int *count)
{
  (*count)++;
}

static void
assert_counts (StokerJobList *list, guint running, guint attention, guint done, guint failed)
{
  g_assert_cmpuint (stoker_job_list_get_count (list, STOKER_JOB_IS_RUNNING), ==, running);
  g_assert_cmpuint (stoker_job_list_get_count (list, STOKER_JOB_NEEDS_ATTENTION), ==, attention);
  g_assert_cmpuint (stoker_job_list_get_count (list, STOKER_JOB_IS_DONE), ==, done);
  g_assert_cmpuint (stoker_job_list_get_count (list, STOKER_JOB_HAS_FAILED), ==, failed);
}

static void
test_counts_follow (void)
{
  g_autoptr (StokerJobList) list = make_list (4);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  StokerJob *job = stoker_job_list_lookup (list, "job-1");
  int n_changes = 0;
  int n_live_changes = 0;

  g_signal_connect_swapped (list, "standing-changed", G_CALLBACK (count_cb), &n_changes);
  g_signal_connect_swapped (list, "notify::n-live", G_CALLBACK (count_cb), &n_live_changes);
  assert_counts (list, 4, 0, 0, 0);
  stoker_job_set_state (job, STOKER_JOB_RUNNING);
  stoker_job_set_progress (job, 0.5);
  g_assert_cmpint (n_changes, ==, 0);
  stoker_job_set_message (job, "the key was rejected", STOKER_ERROR_AUTH);
  assert_counts (list, 3, 1, 0, 0);
  stoker_job_set_state (job, STOKER_JOB_FAILED);
  assert_counts (list, 3, 0, 0, 1);
  g_assert_cmpint (n_changes, ==, 2);
  g_assert_cmpint (n_live_changes, ==, 1);
  stoker_job_set_state (stoker_job_list_lookup (list, "job-2"), STOKER_JOB_LOST);
  stoker_job_set_state (stoker_job_list_lookup (list, "job-3"), STOKER_JOB_CANCELLED);
  assert_counts (list, 1, 1, 1, 1);
  g_assert_cmpuint (stoker_job_list_get_n_live (list), ==, 1);

  g_ptr_array_add (one, job);
  g_object_ref (job);
  stoker_job_list_remove_all (list, one);
  assert_counts (list, 1, 1, 1, 0);
  /* It is nobody's any more. */
  stoker_job_set_state (job, STOKER_JOB_WAITING);
  assert_counts (list, 1, 1, 1, 0);
  g_object_unref (job);
}

/* A job may outlive the list. */
static void
test_list_goes_first (void)
{
  StokerJobList *list = make_list (1);
  g_autoptr (StokerJob) job = g_object_ref (stoker_job_list_lookup (list, "job-1"));

  g_assert_finalize_object (list);
  stoker_job_set_state (job, STOKER_JOB_RUNNING);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job-list/keeps-order", test_keeps_order);
  g_test_add_func ("/job-list/many-gaps-are-told-at-once", test_many_gaps_are_told_at_once);
  g_test_add_func ("/job-list/counts-follow", test_counts_follow);
  g_test_add_func ("/job-list/list-goes-first", test_list_goes_first);
  return g_test_run ();
}
