/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-store.h"

#include "store-calls.h"

#include <glib/gstdio.h>

#define N_MANY_JOBS 10000

/* Ten thousand jobs are read in a fraction of this on a slow computer; a query for each would not
 * be. A sanitizer is slower than any computer. */
#ifdef __SANITIZE_ADDRESS__
#define MANY_JOBS_S 60
#else
#define MANY_JOBS_S 10
#endif

typedef struct
{
  char *folder;
  char *path;
  StokerStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = make_folder ();
  fixture->path = g_build_filename (fixture->folder, "stoker.db", NULL);
  fixture->store = open_good_store (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_store (fixture->store);
  remove_folder (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
reopen (Fixture *fixture)
{
  close_store (g_steal_pointer (&fixture->store));
  fixture->store = open_good_store (fixture->path);
}

static void
save (Fixture *fixture, StokerJob *job)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (save_job (fixture->store, job, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_only_job (Fixture *fixture, StokerJob *expected)
{
  g_autoptr (GPtrArray) jobs = load_jobs (fixture->store);
  g_autofree char *expected_text = print_job (expected);
  g_autofree char *text = NULL;

  g_assert_cmpuint (jobs->len, ==, 1);
  text = print_job (g_ptr_array_index (jobs, 0));
  g_assert_cmpstr (text, ==, expected_text);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJob) job = make_job ("job-1", 1700000000000000);
  StokerAttempt *attempt = NULL;

  save (fixture, job);
  reopen (fixture);
  assert_only_job (fixture, job);

  stoker_job_set_state (job, STOKER_JOB_LOST);
  stoker_job_set_accrued (job, stoker_money_usd (5));
  stoker_job_set_estimated (job, stoker_money_unknown ());
  stoker_job_set_message (job, NULL, -1);
  stoker_job_append_log (job, "line 3\n");
  attempt = stoker_job_get_current_attempt (job);
  attempt->accrued = stoker_money_usd (9);
  attempt->state = STOKER_JOB_LOST;
  g_clear_pointer (&attempt->handle, json_node_unref);
  save (fixture, job);
  reopen (fixture);
  assert_only_job (fixture, job);
}

/* That the beginning of a log is not kept is known for as long as its end. */
static void
test_log_dropped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJob) job = make_job ("job-1", 1700000000000000);
  g_autofree char *text = g_strnfill (2000000, 'x');
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GPtrArray) later = NULL;

  stoker_job_set_log (job, text);
  g_assert_cmpint (stoker_job_get_log_dropped (job), ==, 2000000 - 1024 * 1024);
  save (fixture, job);
  reopen (fixture);
  jobs = load_jobs (fixture->store);
  g_assert_cmpint (stoker_job_get_log_dropped (jobs->pdata[0]), ==, 2000000 - 1024 * 1024);
  g_assert_cmpuint (strlen (stoker_job_get_log (jobs->pdata[0])), ==, 1024 * 1024);
  stoker_job_set_log (job, "anew");
  save (fixture, job);
  reopen (fixture);
  later = load_jobs (fixture->store);
  g_assert_cmpint (stoker_job_get_log_dropped (later->pdata[0]), ==, 0);
}

/* The long texts of a job that has ended come when they are asked for, and stay where they are when
 * the job is written without them. */
static void
test_lazy_documents (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "job-1", "no-such-job", NULL };
  g_autoptr (StokerJob) job = make_job ("job-1", 1700000000000000);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  StokerJob *bare = NULL;

  stoker_job_set_state (job, STOKER_JOB_FAILED);
  save (fixture, job);
  jobs = load_bare_jobs (fixture->store);
  bare = g_ptr_array_index (jobs, 0);
  g_assert_false (stoker_job_has_documents (bare));
  g_assert_cmpstr (stoker_job_get_log (bare), ==, "");
  g_assert_null (stoker_job_get_workload (bare));

  stoker_job_set_name (bare, "renamed");
  save (fixture, bare);
  documents = load_documents (fixture->store, ids);
  g_assert_cmpuint (documents->len, ==, 2);
  g_assert_cmpstr (stoker_job_get_log (documents->pdata[0]), ==, stoker_job_get_log (job));
  g_assert_nonnull (stoker_job_get_workload (documents->pdata[0]));
  g_assert_cmpstr (stoker_job_get_id (documents->pdata[1]), ==, "no-such-job");
  g_assert_null (stoker_job_get_workload (documents->pdata[1]));
}

static void
save_queue (Fixture *fixture, GPtrArray *jobs)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  stoker_store_save_queue_async (fixture->store, jobs, NULL, keep_result_cb, &pending);
  result = wait_for (&pending);
  g_assert_true (stoker_store_write_finish (fixture->store, result, &error));
  g_assert_no_error (error);
}

static void
test_queue_places (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJob) job = make_job ("job-1", 1700000000000000);
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  g_autoptr (GPtrArray) jobs = NULL;

  stoker_job_set_gpu (job, "RTX 4090");
  save (fixture, job);
  g_assert_cmpint (stoker_job_get_queue_place (job), ==, 1700000000000000);
  stoker_job_set_queue_place (job, 42);
  g_ptr_array_add (changed, job);
  save_queue (fixture, changed);
  reopen (fixture);
  jobs = load_jobs (fixture->store);
  g_assert_cmpint (stoker_job_get_queue_place (jobs->pdata[0]), ==, 42);
  g_assert_cmpstr (stoker_job_get_gpu (jobs->pdata[0]), ==, "RTX 4090");
}

static void
test_remove_many (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "job-1", "job-3", "no-such-job", NULL };
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  for (int i = 1; i <= 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("job-%d", i);
      g_autoptr (StokerJob) job = make_job (id, i);

      save (fixture, job);
    }
  stoker_store_remove_jobs_async (fixture->store, ids, NULL, keep_result_cb, &pending);
  result = wait_for (&pending);
  g_assert_true (stoker_store_write_finish (fixture->store, result, NULL));
  jobs = load_jobs (fixture->store);
  g_assert_cmpuint (jobs->len, ==, 1);
  g_assert_cmpstr (stoker_job_get_id (jobs->pdata[0]), ==, "job-2");
}

static void
test_bare (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJob) job = stoker_job_new ("job-1", NULL, NULL);

  save (fixture, job);
  reopen (fixture);
  assert_only_job (fixture, job);
}

/* What was there and is no more, is gone from the file too. */
static void
test_cleared (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJob) full = make_job ("job-1", 5);
  g_autoptr (StokerJob) bare = stoker_job_new ("job-1", "name", "p");
  g_autofree char *documents = NULL;

  save (fixture, full);
  save (fixture, bare);
  assert_only_job (fixture, bare);
  documents = query_sql (fixture->path, "SELECT count (*) FROM job_documents WHERE kind <> 'log'");
  g_assert_cmpstr (documents, ==, "0");
}

/* The state at the time of the call is written, whatever happens to the job afterwards. */
static void
test_snapshot (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJob) job = make_job ("job-1", 5);
  g_autoptr (StokerJob) same = make_job ("job-1", 5);
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  stoker_store_save_job_async (fixture->store, job, NULL, NULL, keep_result_cb, &pending);
  stoker_job_set_log (job, "changed");
  stoker_job_set_state (job, STOKER_JOB_FAILED);
  g_free (stoker_job_get_current_attempt (job)->message);
  stoker_job_get_current_attempt (job)->message = g_strdup ("changed");
  result = wait_for (&pending);
  g_assert_true (stoker_store_write_finish (fixture->store, result, &error));
  g_assert_no_error (error);
  assert_only_job (fixture, same);
}

static void
assert_ids (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) jobs = load_jobs (fixture->store);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < jobs->len; i++)
    g_string_append (text, stoker_job_get_id (g_ptr_array_index (jobs, i)));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  const char *const ids[] = { "b", "a", "d", "c" };
  const gint64 created_us[] = { 20, 30, 10, 20 };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (StokerJob) job = make_job (ids[i], created_us[i]);

      save (fixture, job);
      /* Saving again is no change of the order. */
      if (i == 1)
        save (fixture, job);
    }
  reopen (fixture);
  assert_ids (fixture, "acbd");

  g_assert_true (remove_job (fixture->store, "c", NULL));
  assert_ids (fixture, "abd");
}

/* Nothing of a removed job stays behind. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJob) job = make_job ("a", 1);
  g_autofree char *rest = NULL;

  save (fixture, job);
  g_assert_true (remove_job (fixture->store, "a", NULL));
  rest = query_sql (fixture->path, "SELECT (SELECT count (*) FROM attempts) +"
                                   " (SELECT count (*) FROM artifacts) +"
                                   " (SELECT count (*) FROM job_documents)");
  g_assert_cmpstr (rest, ==, "0");
}

/* A long log that has not changed is not written again: the write-ahead log grows by a few pages,
 * not by its length. */
static void
test_unchanged_log (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJob) job = make_job ("a", 1);
  g_autofree char *log = g_strnfill (1000000, 'x');
  g_autofree char *wal_path = g_strconcat (fixture->path, "-wal", NULL);
  GStatBuf before, after;

  stoker_job_set_log (job, log);
  save (fixture, job);
  g_assert_cmpint (g_stat (wal_path, &before), ==, 0);
  g_assert_cmpint (before.st_size, >, 1000000);
  stoker_job_set_progress (job, 0.5);
  save (fixture, job);
  g_assert_cmpint (g_stat (wal_path, &after), ==, 0);
  g_assert_cmpint (after.st_size - before.st_size, <, 100000);
  assert_only_job (fixture, job);
}

/* An altered text costs its job that text. */
static void
test_altered_document (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJob) first = make_job ("a", 2);
  g_autoptr (StokerJob) second = make_job ("b", 1);
  g_autoptr (GPtrArray) jobs = NULL;

  save (fixture, first);
  save (fixture, second);
  run_sql (fixture->path,
           "UPDATE job_documents SET text = '{' WHERE job_id = 'a' AND kind = 'request'");
  run_sql (fixture->path, "UPDATE jobs SET state = 'nosuch' WHERE id = 'a'");
  jobs = load_jobs (fixture->store);
  g_assert_cmpuint (jobs->len, ==, 2);
  g_assert_null (stoker_job_get_request (g_ptr_array_index (jobs, 0)));
  g_assert_nonnull (stoker_job_get_workload (g_ptr_array_index (jobs, 0)));
  g_assert_cmpint (stoker_job_get_state (g_ptr_array_index (jobs, 0)), ==, STOKER_JOB_LOST);
  g_assert_nonnull (stoker_job_get_request (g_ptr_array_index (jobs, 1)));
}

/* Made by SQL: ten thousand acknowledged writes would take the disk a while. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJob) job = make_job ("pattern", 1);
  g_autoptr (GPtrArray) jobs = NULL;
  gint64 started_us, duration_us;
  StokerJob *last = NULL;

  save (fixture, job);
  run_sql (fixture->path,
           "BEGIN;"
           "CREATE TEMP TABLE n AS WITH RECURSIVE count (i) AS"
           " (SELECT 1 UNION ALL SELECT i + 1 FROM count WHERE i < 9999) SELECT i FROM count;"
           "INSERT INTO jobs SELECT 'job-' || i, name, provider_id, state, progress, stage,"
           " message, error_code, dry_run, estimated_nanos, estimated_currency, accrued_nanos,"
           " accrued_currency, 1 + i, started_us, ended_us, queue_place, gpu FROM n, jobs WHERE id "
           "= 'pattern';"
           "INSERT INTO job_documents SELECT 'job-' || i, kind, text FROM n, job_documents"
           " WHERE job_id = 'pattern';"
           "INSERT INTO attempts SELECT NULL, 'job-' || i, position, number, provider_id, token,"
           " remote_id, handle, state, message, started_us, ended_us, accrued_nanos,"
           " accrued_currency FROM n, attempts WHERE job_id = 'pattern';"
           "INSERT INTO artifacts SELECT 'job-' || i, position, name, path, media_type, bytes,"
           " checksum FROM n, artifacts WHERE job_id = 'pattern';"
           "COMMIT");
  started_us = g_get_monotonic_time ();
  jobs = load_bare_jobs (fixture->store);
  duration_us = g_get_monotonic_time () - started_us;
  g_test_message ("%d jobs in %" G_GINT64_FORMAT " ms", N_MANY_JOBS, duration_us / 1000);

  g_assert_cmpuint (jobs->len, ==, N_MANY_JOBS);
  g_assert_cmpint (duration_us, <, MANY_JOBS_S * G_USEC_PER_SEC);
  g_assert_cmpstr (stoker_job_get_id (g_ptr_array_index (jobs, 0)), ==, "job-9999");
  last = g_ptr_array_index (jobs, N_MANY_JOBS - 1);
  g_assert_cmpstr (stoker_job_get_id (last), ==, "pattern");
  g_assert_cmpuint (stoker_job_get_attempts (last)->len, ==, 2);
  g_assert_cmpuint (stoker_job_get_artifacts (g_ptr_array_index (jobs, 5))->len, ==, 2);
}

static void
add (const char *path, void (*run) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, run, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/store-jobs/round-trip", test_round_trip);
  add ("/store-jobs/bare", test_bare);
  add ("/store-jobs/cleared", test_cleared);
  add ("/store-jobs/snapshot", test_snapshot);
  add ("/store-jobs/order", test_order);
  add ("/store-jobs/removed", test_removed);
  add ("/store-jobs/log-dropped", test_log_dropped);
  add ("/store-jobs/unchanged-log", test_unchanged_log);
  add ("/store-jobs/altered-document", test_altered_document);
  add ("/store-jobs/lazy-documents", test_lazy_documents);
  add ("/store-jobs/queue-places", test_queue_places);
  add ("/store-jobs/remove-many", test_remove_many);
  add ("/store-jobs/many", test_many);
  return g_test_run ();
}
