/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-export.h"
#include "stoker-log-line.h"
#include "stoker-log-search.h"
#include "stoker-log-selection.h"

#include <string.h>

#define N_MANY 1000000

static void
append (StokerLogModel *model, const char *text)
{
  stoker_log_model_append (model, text, strlen (text));
}

static guint
get_length (gpointer model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (model));
}

static void
assert_lines (StokerLogModel *model, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < get_length (model); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", stoker_log_model_peek_line (model, i));
  g_assert_cmpstr (text->str, ==, expected);
}

/* What the list told of its changes must add up to its length. */
static void
count_cb (GListModel *model, guint position, guint n_removed, guint n_added, guint *count)
{
  g_assert_cmpuint (position + n_removed, <=, *count);
  *count = *count - n_removed + n_added;
  g_assert_cmpuint (*count, ==, g_list_model_get_n_items (model));
}

static void
test_append (void)
{
  g_autoptr (StokerLogModel) model = stoker_log_model_new ();
  guint count = 0;

  g_signal_connect (model, "items-changed", G_CALLBACK (count_cb), &count);
  append (model, "one\ntw");
  assert_lines (model, "one|tw");
  append (model, "o\n\033[3");
  assert_lines (model, "one|two|");
  append (model, "1mred\033[0m\n\nlast");
  assert_lines (model, "one|two|red||last");
  append (model, "\n");
  assert_lines (model, "one|two|red||last");
  append (model, "");
  g_assert_cmpuint (count, ==, 5);
  stoker_log_model_clear (model);
  g_assert_cmpuint (count, ==, 0);
  append (model, "anew");
  assert_lines (model, "anew");
  g_assert_finalize_object (g_steal_pointer (&model));
}

static void
test_update (void)
{
  g_autoptr (StokerLogModel) model = stoker_log_model_new ();
  g_autoptr (GString) whole = g_string_new (NULL);

  stoker_log_model_update (model, "a\nb\n");
  stoker_log_model_update (model, "a\nb\nc\n");
  assert_lines (model, "a|b|c");
  stoker_log_model_update (model, "another job\n");
  assert_lines (model, "another job");
  stoker_log_model_update (model, NULL);
  assert_lines (model, "");

  /* The source keeps only the end of a long log; what it forgot stays here. */
  for (int i = 0; i < 2000; i++)
    g_string_append_printf (whole, "line %d\n", i);
  stoker_log_model_update (model, whole->str);
  g_string_append (whole, "line 2000\n");
  g_string_erase (whole, 0, strstr (whole->str, "line 500\n") - whole->str);
  stoker_log_model_update (model, whole->str);
  g_assert_cmpuint (get_length (model), ==, 2001);
  g_assert_cmpstr (stoker_log_model_peek_line (model, 3), ==, "line 3");
  g_assert_cmpstr (stoker_log_model_peek_line (model, 2000), ==, "line 2000");
}

static void
test_items (void)
{
  g_autoptr (StokerLogModel) model = stoker_log_model_new ();
  g_autofree char *text = g_strnfill (10000, 'x');
  g_autoptr (StokerLogLine) first = NULL;
  g_autoptr (StokerLogLine) cut = NULL;

  append (model, "first\n");
  append (model, text);
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  cut = g_list_model_get_item (G_LIST_MODEL (model), 1);
  g_assert_cmpuint (stoker_log_line_get_number (first), ==, 1);
  g_assert_cmpstr (stoker_log_line_get_text (first), ==, "first");
  g_assert_cmpuint (strlen (stoker_log_line_get_text (cut)), <, 3000);
  g_assert_cmpuint (strlen (stoker_log_model_peek_line (model, 1)), ==, 10000);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 2));
}

static void
wait_for_search (StokerLogSearch *search)
{
  gint64 until_us = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (stoker_log_search_is_searching (search) && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (stoker_log_search_is_searching (search));
}

/* Takes the last reference but those of threads that are about to put their work away. */
static void
assert_goes (gpointer object)
{
  gint64 until_us = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  gpointer weak = object;

  g_object_add_weak_pointer (object, &weak);
  g_object_unref (object);
  while (g_atomic_pointer_get (&weak) != NULL && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (weak);
}

static void
test_search (void)
{
  g_autoptr (StokerLogModel) model = stoker_log_model_new ();
  g_autoptr (StokerLogSearch) search = stoker_log_search_new (model);
  guint position = 0;

  append (model, "an Error\nfine\nerror again\nfine\n");
  stoker_log_search_set_text (search, "ERROR");
  wait_for_search (search);
  g_assert_cmpuint (stoker_log_search_get_count (search), ==, 2);
  g_assert_true (stoker_log_search_step (search, 0, &position));
  g_assert_cmpuint (position, ==, 0);
  g_assert_true (stoker_log_search_step (search, 1, &position));
  g_assert_cmpuint (position, ==, 2);
  g_assert_true (stoker_log_search_step (search, 1, &position));
  g_assert_cmpuint (position, ==, 0);
  g_assert_true (stoker_log_search_step (search, -1, &position));
  g_assert_cmpuint (position, ==, 2);
  g_assert_cmpuint (stoker_log_search_get_index (search), ==, 2);

  /* It goes on with what is added, and looks again at a line that was not at its end. */
  append (model, "er");
  append (model, "ror three\n");
  wait_for_search (search);
  g_assert_cmpuint (stoker_log_search_get_count (search), ==, 3);
  stoker_log_search_set_text (search, "nowhere");
  wait_for_search (search);
  g_assert_cmpuint (stoker_log_search_get_count (search), ==, 0);
  g_assert_false (stoker_log_search_step (search, 1, &position));
  stoker_log_model_clear (model);
  stoker_log_search_set_text (search, "");
  assert_goes (g_steal_pointer (&search));
}

static void
got_text (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(char **) user_data = stoker_log_join_finish (result, &error);
  g_assert_no_error (error);
}

static char *
join (StokerLogModel *model, GtkBitset *chosen)
{
  char *text = NULL;

  stoker_log_join_async (model, chosen, NULL, got_text, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  return text;
}

static void
test_selection (void)
{
  g_autoptr (StokerLogModel) model = stoker_log_model_new ();
  g_autoptr (StokerLogSelection) selection = stoker_log_selection_new (model);
  GtkSelectionModel *lines = GTK_SELECTION_MODEL (selection);
  g_autoptr (GtkBitset) chosen = NULL;
  g_autofree char *some = NULL;
  g_autofree char *all = NULL;

  append (model, "a\nb\nc\nd\n");
  g_assert_true (gtk_selection_model_select_range (lines, 1, 2, TRUE));
  append (model, "e\n");
  chosen = gtk_selection_model_get_selection (lines);
  some = join (model, chosen);
  g_assert_cmpstr (some, ==, "b\nc\n");
  all = join (model, NULL);
  g_assert_cmpstr (all, ==, "a\nb\nc\nd\ne\n");
  g_assert_true (gtk_selection_model_select_all (lines));
  g_assert_true (gtk_selection_model_is_selected (lines, 4));
  g_assert_true (gtk_selection_model_unselect_item (lines, 4));
  g_assert_false (gtk_selection_model_is_selected (lines, 4));
  assert_goes (g_steal_pointer (&selection));
}

static void
got_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (stoker_log_save_finish (result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
test_save (void)
{
  g_autoptr (StokerLogModel) model = stoker_log_model_new ();
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("stoker-log-XXXXXX", &stream, &error);
  g_autofree char *text = NULL;
  gboolean is_saved = FALSE;

  g_assert_no_error (error);
  append (model, "\033[32mok\033[0m\nend");
  stoker_log_save_async (model, NULL, file, NULL, got_saved, &is_saved);
  while (!is_saved)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "ok\nend\n");
  g_file_delete (file, NULL, NULL);
}

static void
test_million (void)
{
  g_autoptr (StokerLogModel) model = stoker_log_model_new ();
  g_autoptr (StokerLogSearch) search = stoker_log_search_new (model);
  g_autoptr (GString) piece = g_string_new (NULL);
  g_autoptr (StokerLogLine) last = NULL;

  for (int i = 0; i < N_MANY; i++)
    {
      g_string_append_printf (piece, "step %d of %d\n", i, N_MANY);
      if (piece->len < 60000 && i < N_MANY - 1)
        continue;
      stoker_log_model_append (model, piece->str, piece->len);
      g_string_truncate (piece, 0);
    }
  g_assert_cmpuint (get_length (model), ==, N_MANY);
  g_assert_cmpstr (stoker_log_model_peek_line (model, 543210), ==, "step 543210 of 1000000");
  last = g_list_model_get_item (G_LIST_MODEL (model), N_MANY - 1);
  g_assert_cmpuint (stoker_log_line_get_number (last), ==, N_MANY);
  stoker_log_search_set_text (search, "STEP 99999");
  wait_for_search (search);
  g_assert_cmpuint (stoker_log_search_get_count (search), ==, 11);
}

/* The memory has a bound: the oldest lines go, the numbers of the others stay. */
static void
test_bound (void)
{
  g_autoptr (StokerLogModel) model = stoker_log_model_new ();
  g_autoptr (StokerLogSearch) search = stoker_log_search_new (model);
  g_autofree char *line = g_strnfill (1024 * 1024, 'y');
  g_autoptr (StokerLogLine) first = NULL;
  guint count = 0;

  g_signal_connect (model, "items-changed", G_CALLBACK (count_cb), &count);
  line[1024 * 1024 - 1] = '\n';
  stoker_log_search_set_text (search, "yyy");
  for (int i = 0; i < 300; i++)
    stoker_log_model_append (model, line, 1024 * 1024);
  wait_for_search (search);
  g_assert_cmpuint (get_length (model), ==, 256);
  g_assert_cmpuint (stoker_log_model_get_first_line (model), ==, 44);
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_cmpuint (stoker_log_line_get_number (first), ==, 45);
  g_assert_cmpuint (stoker_log_search_get_count (search), ==, 256);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/log-model/append", test_append);
  g_test_add_func ("/ui/log-model/update", test_update);
  g_test_add_func ("/ui/log-model/items", test_items);
  g_test_add_func ("/ui/log-model/search", test_search);
  g_test_add_func ("/ui/log-model/selection", test_selection);
  g_test_add_func ("/ui/log-model/save", test_save);
  g_test_add_func ("/ui/log-model/million", test_million);
  g_test_add_func ("/ui/log-model/bound", test_bound);

  return g_test_run ();
}
