/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-read-log.h"

#include "stoker-error.h"
#include "stoker-json.h"

#include <glib/gstdio.h>

#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("stoker-read-log-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "job.log", NULL);
  g_assert_nonnull (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
write_log (Fixture *fixture, const char *text)
{
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
}

static void
assert_piece (Fixture *fixture, gint64 offset, gsize max_bytes, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = stoker_read_log_piece (fixture->path, offset, max_bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (piece, NULL), g_bytes_get_size (piece), expected,
                   strlen (expected));
}

static void
test_pieces (Fixture *fixture, gconstpointer data)
{
  write_log (fixture, "one\ntwo\n");
  assert_piece (fixture, 0, 3, "one");
  assert_piece (fixture, 3, 100, "\ntwo\n");
  assert_piece (fixture, 8, 100, "");
}

static void
assert_refused (Fixture *fixture, gint64 offset, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = stoker_read_log_piece (fixture->path, offset, 100, &error);

  g_assert_null (piece);
  g_assert_error (error, STOKER_ERROR, code);
}

static void
test_shorter (Fixture *fixture, gconstpointer data)
{
  write_log (fixture, "one\n");
  assert_refused (fixture, 5, STOKER_ERROR_NOT_FOUND);
}

/* The program whose log it is may put there whatever it likes. */
static void
test_not_a_file (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, 0, STOKER_ERROR_STORAGE);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_refused (fixture, 0, STOKER_ERROR_STORAGE);
  g_unlink (fixture->path);
  g_assert_cmpint (symlink ("/etc/passwd", fixture->path), ==, 0);
  assert_refused (fixture, 0, STOKER_ERROR_STORAGE);
}

static void
got_piece (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(GBytes **) user_data = stoker_read_log_piece_finish (result, &error);
  g_assert_no_error (error);
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) piece = NULL;

  write_log (fixture, "one\ntwo\n");
  stoker_read_log_piece_async (fixture->path, 4, 100, NULL, got_piece, &piece);
  while (piece == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpmem (g_bytes_get_data (piece, NULL), g_bytes_get_size (piece), "two\n", 4);
}

static StokerJob *
make_job (const char *path)
{
  StokerJob *job = stoker_job_new ("j1", "Job", "local");
  StokerAttempt *attempt = stoker_attempt_new ("local", "token");
  g_autofree char *text = g_strdup_printf ("{\"log_path\": \"%s\"}", path);

  attempt->handle = stoker_json_parse (text, -1, NULL, NULL);
  g_assert_nonnull (attempt->handle);
  stoker_job_add_attempt (job, attempt);
  return job;
}

static void
test_find_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJob) bare = stoker_job_new ("j0", "Job", "local");
  g_autoptr (StokerJob) job = make_job (fixture->path);
  g_autoptr (StokerJob) relative = make_job ("job.log");
  g_autoptr (StokerJob) folder = make_job (fixture->folder);
  g_autofree char *found = NULL;

  g_assert_null (stoker_read_log_find_file (bare));
  g_assert_null (stoker_read_log_find_file (job));
  g_assert_null (stoker_read_log_find_file (relative));
  g_assert_null (stoker_read_log_find_file (folder));
  write_log (fixture, "one\n");
  found = stoker_read_log_find_file (job);
  g_assert_cmpstr (found, ==, fixture->path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) \
  g_test_add ("/services/read-log/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("pieces", test_pieces);
  ADD ("shorter", test_shorter);
  ADD ("not-a-file", test_not_a_file);
  ADD ("async", test_async);
  ADD ("find-file", test_find_file);
#undef ADD

  return g_test_run ();
}
