/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-feed.h"

#include "stoker-log-export.h"

#include <glib/gstdio.h>

#include <stdio.h>

#define N_MANY 1000000

typedef struct
{
  char *folder;
  char *path;
  StokerLogModel *model;
  StokerLogFeed *feed;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("stoker-log-feed-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "job.log", NULL);
  fixture->model = stoker_log_model_new ();
  fixture->feed = stoker_log_feed_new (fixture->model, fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->feed);
  g_assert_finalize_object (fixture->model);
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static guint
get_length (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
}

static void
write_lines (Fixture *fixture, const char *mode, int from, int to)
{
  FILE *file = fopen (fixture->path, mode);

  g_assert_nonnull (file);
  for (int i = from; i < to; i++)
    fprintf (file, "step %d\n", i);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
pull (Fixture *fixture)
{
  stoker_log_feed_pull (fixture->feed);
  g_assert_true (stoker_log_feed_is_reading (fixture->feed));
  while (stoker_log_feed_is_reading (fixture->feed))
    g_main_context_iteration (NULL, TRUE);
}

/* Far more than a job keeps of its log; a line may lie on the border of two pieces. */
static void
test_million (Fixture *fixture, gconstpointer data)
{
  write_lines (fixture, "w", 0, N_MANY);
  pull (fixture);
  g_assert_null (stoker_log_feed_get_error (fixture->feed));
  g_assert_cmpuint (get_length (fixture), ==, N_MANY);
  for (int i = 0; i < N_MANY; i += 997)
    {
      g_autofree char *line = g_strdup_printf ("step %d", i);

      g_assert_cmpstr (stoker_log_model_peek_line (fixture->model, (guint) i), ==, line);
    }
}

static void
test_grows (Fixture *fixture, gconstpointer data)
{
  write_lines (fixture, "w", 0, 10);
  pull (fixture);
  g_assert_cmpuint (get_length (fixture), ==, 10);
  write_lines (fixture, "a", 10, 25);
  pull (fixture);
  g_assert_cmpuint (get_length (fixture), ==, 25);
  g_assert_cmpstr (stoker_log_model_peek_line (fixture->model, 24), ==, "step 24");
}

static void
test_begins_anew (Fixture *fixture, gconstpointer data)
{
  write_lines (fixture, "w", 0, 10);
  pull (fixture);
  write_lines (fixture, "w", 5, 7);
  pull (fixture);
  g_assert_cmpuint (get_length (fixture), ==, 2);
  g_assert_cmpstr (stoker_log_model_peek_line (fixture->model, 0), ==, "step 5");
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  pull (fixture);
  g_assert_nonnull (strstr (stoker_log_feed_get_error (fixture->feed), fixture->path));
  write_lines (fixture, "w", 0, 1);
  pull (fixture);
  g_assert_null (stoker_log_feed_get_error (fixture->feed));
  g_assert_cmpuint (get_length (fixture), ==, 1);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  write_lines (fixture, "w", 0, 10);
  stoker_log_feed_pull (fixture->feed);
  stoker_log_feed_stop (fixture->feed);
  /* Until the reading that was under way has let go of it. */
  while (G_OBJECT (fixture->feed)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (get_length (fixture), ==, 0);
}

static void
got_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (stoker_log_save_finish (result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* What is saved is the file, not what is shown of it. */
static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.log", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (copy);
  g_autofree char *expected = NULL;
  g_autofree char *saved = NULL;
  gsize expected_length = 0;
  gsize length = 0;
  gboolean is_saved = FALSE;

  write_lines (fixture, "w", 0, N_MANY / 2);
  stoker_log_save_async (fixture->model, fixture->path, file, NULL, got_saved, &is_saved);
  while (!is_saved)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_file_get_contents (fixture->path, &expected, &expected_length, NULL));
  g_assert_true (g_file_get_contents (copy, &saved, &length, NULL));
  g_assert_cmpmem (saved, length, expected, expected_length);
  g_unlink (copy);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/ui/log-feed/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("million", test_million);
  ADD ("grows", test_grows);
  ADD ("begins-anew", test_begins_anew);
  ADD ("error", test_error);
  ADD ("stop", test_stop);
  ADD ("save", test_save);
#undef ADD

  return g_test_run ();
}
