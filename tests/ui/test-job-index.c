/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-data-resource.h"
#include "stoker-job-index.h"
#include "test-session.h"

#include <string.h>

#define MANY_JOBS 1000

typedef struct
{
  StokerWorkspace *workspace;
  StokerJobList *jobs; /* borrowed */
  StokerJobIndex *index;
} Fixture;

static gboolean
is_idle (gpointer user_data)
{
  return !stoker_job_index_is_busy (user_data);
}

static StokerJob *
add_job (Fixture *fixture, int number, const char *name, const char *provider_id)
{
  g_autofree char *id = g_strdup_printf ("%d", number);
  g_autoptr (StokerJob) job = stoker_job_new (id, name, provider_id);

  stoker_job_set_times (job, number * G_TIME_SPAN_DAY, 0, 0);
  stoker_job_list_add (fixture->jobs, job);
  return job;
}

static void
set_up (Fixture *fixture)
{
  fixture->workspace = test_session_open (STOKER_WORKSPACE_REGISTRY);
  fixture->jobs = STOKER_JOB_LIST (stoker_workspace_get_jobs (fixture->workspace));
  add_job (fixture, 1, "Voices", "runpod");
  add_job (fixture, 2, "portraits", "vast");
  add_job (fixture, 3, "Ärzte", "runpod");
  add_job (fixture, 4, "Bees", "lambda");
  fixture->index = stoker_job_index_new (fixture->workspace);
}

static void
tear_down (Fixture *fixture)
{
  g_assert_finalize_object (fixture->index);
  test_session_close (fixture->workspace);
}

/* The ids that are listed, once the index has done its work. */
static void
assert_listed (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_true (test_session_wait_until (is_idle, fixture->index));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->index)); i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (G_LIST_MODEL (fixture->index), i);

      g_string_append_printf (text, "%s ", stoker_job_get_id (job));
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_order (void)
{
  Fixture fixture;

  set_up (&fixture);
  assert_listed (&fixture, "4 3 2 1 ");
  stoker_job_index_set_order (fixture.index, STOKER_JOB_ORDER_PROVIDER, FALSE);
  assert_listed (&fixture, "4 3 1 2 ");
  stoker_job_index_set_order (fixture.index, STOKER_JOB_ORDER_NAME, TRUE);
  g_assert_true (test_session_wait_until (is_idle, fixture.index));
  stoker_job_index_set_order (fixture.index, STOKER_JOB_ORDER_NEWEST, FALSE);
  assert_listed (&fixture, "4 3 2 1 ");
  tear_down (&fixture);
}

static void
test_search (void)
{
  Fixture fixture;

  set_up (&fixture);
  stoker_job_index_set_search (fixture.index, "ÄRZ");
  assert_listed (&fixture, "3 ");
  stoker_job_index_set_search (fixture.index, "PORT");
  assert_listed (&fixture, "2 ");
  stoker_job_index_set_search (fixture.index, "nothing like it");
  assert_listed (&fixture, "");
  stoker_job_index_set_search (fixture.index, "");
  assert_listed (&fixture, "4 3 2 1 ");
  tear_down (&fixture);
}

/* What changes keeps its row; what becomes of interest gets one. */
static void
test_filter (void)
{
  Fixture fixture;

  set_up (&fixture);
  stoker_job_set_state (stoker_job_list_lookup (fixture.jobs, "2"), STOKER_JOB_FAILED);
  stoker_job_index_set_filter (fixture.index, STOKER_JOB_FILTER_FAILED);
  assert_listed (&fixture, "2 ");
  stoker_job_set_state (stoker_job_list_lookup (fixture.jobs, "1"), STOKER_JOB_FAILED);
  assert_listed (&fixture, "1 2 ");
  stoker_job_set_state (stoker_job_list_lookup (fixture.jobs, "2"), STOKER_JOB_WAITING);
  assert_listed (&fixture, "1 2 ");
  stoker_job_index_sort_again (fixture.index);
  assert_listed (&fixture, "1 ");
  tear_down (&fixture);
}

static void
test_groups (void)
{
  Fixture fixture;

  set_up (&fixture);
  stoker_job_index_set_grouping (fixture.index, STOKER_JOB_GROUP_PROVIDER);
  assert_listed (&fixture, "4 3 1 2 ");
  g_assert_true (stoker_job_index_starts_group (fixture.index, 0));
  g_assert_true (stoker_job_index_starts_group (fixture.index, 1));
  g_assert_false (stoker_job_index_starts_group (fixture.index, 2));
  g_assert_true (stoker_job_index_starts_group (fixture.index, 3));
  g_assert_false (stoker_job_index_starts_group (fixture.index, 4));
  tear_down (&fixture);
}

static void
test_removal (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) some = g_ptr_array_new_with_free_func (g_object_unref);
  guint position = 0;

  set_up (&fixture);
  assert_listed (&fixture, "4 3 2 1 ");
  g_ptr_array_add (some, g_object_ref (stoker_job_list_lookup (fixture.jobs, "4")));
  g_ptr_array_add (some, g_object_ref (stoker_job_list_lookup (fixture.jobs, "2")));
  stoker_job_list_remove_all (fixture.jobs, some);
  assert_listed (&fixture, "3 1 ");
  g_assert_false (stoker_job_index_find (fixture.index, some->pdata[0], &position));
  stoker_job_list_add_all (fixture.jobs, some);
  assert_listed (&fixture, "4 3 2 1 ");
  g_assert_true (stoker_job_index_find (fixture.index, some->pdata[1], &position));
  g_assert_cmpuint (position, ==, 2);
  tear_down (&fixture);
}

/* A view that believes what the model tells must end with what the model has. */
static void
mirror_cb (GListModel *model, guint position, guint n_removed, guint n_added, GPtrArray *mirror)
{
  g_assert_cmpuint (position + n_removed, <=, mirror->len);
  if (n_removed > 0)
    g_ptr_array_remove_range (mirror, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (model, position + i);

      g_assert_nonnull (job);
      g_ptr_array_insert (mirror, (int) (position + i), job);
    }
}

static void
assert_mirrored (Fixture *fixture, GPtrArray *mirror, guint n_expected)
{
  GListModel *model = G_LIST_MODEL (fixture->index);

  g_assert_true (test_session_wait_until (is_idle, fixture->index));
  g_assert_cmpuint (mirror->len, ==, n_expected);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, n_expected);
  for (guint i = 0; i < n_expected; i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (model, i);

      g_assert_true (mirror->pdata[i] == job);
    }
}

static void
test_pieces (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) mirror = g_ptr_array_new ();

  set_up (&fixture);
  g_signal_connect (fixture.index, "items-changed", G_CALLBACK (mirror_cb), mirror);
  for (int i = 5; i <= MANY_JOBS; i++)
    add_job (&fixture, i, i % 3 == 0 ? "third" : "other", "runpod");
  assert_mirrored (&fixture, mirror, MANY_JOBS);
  stoker_job_index_set_search (fixture.index, "third");
  assert_mirrored (&fixture, mirror, MANY_JOBS / 3 - 1);
  stoker_job_index_set_search (fixture.index, "bees");
  assert_mirrored (&fixture, mirror, 1);
  stoker_job_index_set_search (fixture.index, NULL);
  assert_mirrored (&fixture, mirror, MANY_JOBS);
  stoker_job_index_set_order (fixture.index, STOKER_JOB_ORDER_NAME, TRUE);
  assert_mirrored (&fixture, mirror, MANY_JOBS);
  stoker_job_index_set_search (fixture.index, "nothing like it");
  assert_mirrored (&fixture, mirror, 0);
  stoker_job_index_set_search (fixture.index, NULL);
  stoker_job_index_tell_again (fixture.index);
  assert_mirrored (&fixture, mirror, MANY_JOBS);
  tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());
  test_session_init ();
  g_test_add_func ("/job-index/order", test_order);
  g_test_add_func ("/job-index/search", test_search);
  g_test_add_func ("/job-index/filter", test_filter);
  g_test_add_func ("/job-index/groups", test_groups);
  g_test_add_func ("/job-index/removal", test_removal);
  g_test_add_func ("/job-index/pieces", test_pieces);
  status = g_test_run ();
  test_session_clear ();
  return status;
}
