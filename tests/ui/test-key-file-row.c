/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-key-file-row.h"
#include "stoker-ui.h"

#include <glib/gstdio.h>

#include <string.h>

#define LIMIT_S 10

static char *folder;

static void
count_cb (StokerKeyFileRow *row, guint *n_read)
{
  (*n_read)++;
}

static gboolean
timed_out_cb (gpointer user_data)
{
  g_assert_not_reached ();
  return G_SOURCE_REMOVE;
}

static void
wait_for (const guint *n_read, guint wanted)
{
  guint limit = g_timeout_add_seconds (LIMIT_S, timed_out_cb, NULL);

  while (*n_read < wanted)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
}

static char *
write_file (const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static const char *
get_title (StokerKeyFileRow *row)
{
  return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
}

static void
test_says_what_it_is (void)
{
  g_autofree char *good = write_file ("config", "clusters:\n- name: a\n  cluster:\n    server: "
                                                "https://a.example\ncontexts:\n- name: <one>\n"
                                                "  context:\n    cluster: a\n    user: u\n"
                                                "current-context: <one>\nusers:\n- name: u\n"
                                                "  user:\n    token: t\n");
  g_autofree char *bad = write_file ("notes.txt", "hello\n");
  StokerKeyFileRow *row = g_object_ref_sink (stoker_key_file_row_new (STOKER_KEY_FILE_KUBECONFIG));
  guint n_read = 0;

  g_signal_connect (row, "read", G_CALLBACK (count_cb), &n_read);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (row)));
  stoker_key_file_row_set_path (row, good);
  g_assert_false (stoker_key_file_row_is_good (row));
  wait_for (&n_read, 1);
  g_assert_true (stoker_key_file_row_is_good (row));
  g_assert_nonnull (strstr (get_title (row), "&lt;one&gt;"));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (row)));

  stoker_key_file_row_set_path (row, bad);
  wait_for (&n_read, 2);
  g_assert_false (stoker_key_file_row_is_good (row));
  g_assert_cmpstr (get_title (row), ==, "notes.txt: is no kubeconfig: it names no cluster");

  stoker_key_file_row_set_path (row, "");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (row)));
  g_assert_finalize_object (row);
}

/* A path that is typed further is read once, at its end; a row that goes takes its reading with it.
 */
static void
test_typing (void)
{
  g_autofree char *path = write_file ("typed", "hello\n");
  StokerKeyFileRow *row = g_object_ref_sink (stoker_key_file_row_new (STOKER_KEY_FILE_SSH));
  guint n_read = 0;

  g_signal_connect (row, "read", G_CALLBACK (count_cb), &n_read);
  for (gsize length = 1; length <= strlen (path); length++)
    {
      g_autofree char *part = g_strndup (path, length);

      stoker_key_file_row_set_path (row, part);
    }
  wait_for (&n_read, 1);
  g_assert_cmpstr (get_title (row), ==, "typed: is no SSH private key");
  stoker_key_file_row_set_path (row, "/nonexistent");
  g_assert_finalize_object (row);
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;
  stoker_ui_init ();
  folder = g_dir_make_tmp ("stoker-test-XXXXXX", NULL);
  g_test_add_func ("/ui/key-file-row/says-what-it-is", test_says_what_it_is);
  g_test_add_func ("/ui/key-file-row/typing", test_typing);
  status = g_test_run ();
  for (gsize i = 0; i < 3; i++)
    {
      const char *const names[] = { "config", "notes.txt", "typed" };
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
  return status;
}
