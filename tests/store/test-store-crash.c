/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-store.h"

#include "stoker-error.h"
#include "store-calls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Other processes at the same file. They are this program again:
 *   test-store-crash --write PATH NAME COUNT
 * writes jobs NAME-0, NAME-1, … with a ledger line and an audit line each, and says "NUMBER\n" when
 * a job is on disk.
 */
#define ENDLESS 100000

static char *program; /* owned */

static int
write_job (StokerStore *store, const char *name, int number)
{
  g_autofree char *id = g_strdup_printf ("%s-%d", name, number);
  g_autoptr (StokerJob) job = make_job (id, number);
  g_autoptr (StokerLedgerEntry)
    entry = stoker_ledger_entry_new (STOKER_LEDGER_BILLED, id, "p", stoker_money_usd (number));
  g_autoptr (GError) error = NULL;

  if (!save_job (store, job, entry, &error) || !append_audit (store, "write", id, NULL, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  printf ("%d\n", number);
  fflush (stdout);
  return 0;
}

static int
write_jobs (const char *path, const char *name, int count)
{
  g_autoptr (GError) error = NULL;
  StokerStore *store = open_store (path, &error);
  int status = 0;

  if (store == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  for (int i = 0; i < count && status == 0; i++)
    status = write_job (store, name, i);
  close_store (store);
  return status;
}

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = make_folder ();
  fixture->path = g_build_filename (fixture->folder, "stoker.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_folder (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static GSubprocess *
start_writer (Fixture *fixture, const char *name, int count)
{
  g_autofree char *count_text = g_strdup_printf ("%d", count);
  g_autoptr (GError) error = NULL;
  GSubprocess *writer = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                                          "--write", fixture->path, name, count_text, NULL);

  g_assert_no_error (error);
  return writer;
}

/* The last number that was said, after @n_lines; -1 when the output ended before. */
static int
read_numbers (GDataInputStream *stream, int n_lines)
{
  int last = -1;

  for (int i = 0; i < n_lines; i++)
    {
      g_autofree char *line = g_data_input_stream_read_line (stream, NULL, NULL, NULL);

      if (line == NULL)
        break;
      last = atoi (line);
    }
  return last;
}

static void
assert_intact (Fixture *fixture, guint min_jobs, guint max_jobs)
{
  StokerStore *store = open_good_store (fixture->path);
  g_autoptr (GPtrArray) jobs = load_jobs (store);
  g_autoptr (GPtrArray) ledger = list_ledger (store, 0);
  gboolean is_intact = FALSE;
  g_autoptr (JsonNode) audit = list_audit (store, 0, &is_intact);
  g_autofree char *check = NULL;

  g_assert_cmpuint (jobs->len, >=, min_jobs);
  g_assert_cmpuint (jobs->len, <=, max_jobs);
  g_assert_cmpuint (ledger->len, ==, jobs->len);
  g_assert_true (is_intact);
  for (guint i = 0; i < jobs->len; i++)
    {
      g_assert_cmpuint (stoker_job_get_attempts (g_ptr_array_index (jobs, i))->len, ==, 2);
      g_assert_cmpuint (stoker_job_get_artifacts (g_ptr_array_index (jobs, i))->len, ==, 2);
    }
  close_store (store);
  check = query_sql (fixture->path, "PRAGMA integrity_check");
  g_assert_cmpstr (check, ==, "ok");
}

/* Killed in the middle of writing: what was acknowledged is there, and of what was not either all
 * or nothing. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  int n_lines = GPOINTER_TO_INT (data);
  g_autoptr (GSubprocess) writer = start_writer (fixture, "job", ENDLESS);
  g_autoptr (GDataInputStream)
    stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (writer));
  int last = read_numbers (stream, n_lines);
  int rest;

  g_assert_cmpint (last, ==, n_lines - 1);
  g_subprocess_force_exit (writer);
  rest = read_numbers (stream, ENDLESS);
  g_subprocess_wait (writer, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (writer));

  last = MAX (last, rest);
  g_test_message ("killed after job %d", last);
  assert_intact (fixture, (guint) last + 1, (guint) last + 2);
}

/* The command line beside the window: both write, nothing is lost, and the chain has every line. */
static void
test_two_writers (Fixture *fixture, gconstpointer data)
{
  enum {
    N_JOBS = 20
  };
  g_autoptr (GSubprocess) first = start_writer (fixture, "first", N_JOBS);
  g_autoptr (GSubprocess) second = start_writer (fixture, "second", N_JOBS);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_subprocess_wait_check (first, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (second, NULL, &error));
  g_assert_no_error (error);
  assert_intact (fixture, 2 * N_JOBS, 2 * N_JOBS);
}

int
main (int argc, char *argv[])
{
  int status;

  if (argc == 5 && strcmp (argv[1], "--write") == 0)
    return write_jobs (argv[2], argv[3], atoi (argv[4]));

  g_test_init (&argc, &argv, NULL);
  program = g_canonicalize_filename (argv[0], NULL);
  g_test_add ("/store-crash/killed/soon", Fixture, GINT_TO_POINTER (1), set_up, test_killed,
              tear_down);
  g_test_add ("/store-crash/killed/later", Fixture, GINT_TO_POINTER (7), set_up, test_killed,
              tear_down);
  g_test_add ("/store-crash/killed/late", Fixture, GINT_TO_POINTER (40), set_up, test_killed,
              tear_down);
  g_test_add ("/store-crash/two-writers", Fixture, NULL, set_up, test_two_writers, tear_down);
  status = g_test_run ();
  g_free (program);
  return status;
}
