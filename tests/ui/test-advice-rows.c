/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The rows of an advice are written frame by frame, and show others when the order changes: which
 * candidates they show in the end, and that what is open or selected stays with its candidate.
 */

#include "config.h"

#include "advisor-fixture.h"
#include "stoker-candidate-list.h"
#include "stoker-candidate-row.h"
#include "stoker-compare-item.h"
#include "stoker-compare-table.h"
#include "stoker-curve.h"
#include "stoker-ui.h"

#define LIMIT_S 30
#define FIRST_CANDIDATES 8
#define VOLUME 4000

typedef gboolean (*Condition) (GtkWidget *widget, gpointer data);

static gboolean
timed_out_cb (gpointer user_data)
{
  g_assert_not_reached ();
  return G_SOURCE_REMOVE;
}

static void
wait_until (Condition condition, gpointer widget, gpointer data)
{
  guint limit = g_timeout_add_seconds (LIMIT_S, timed_out_cb, NULL);

  while (!condition (widget, data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
}

static GtkWidget *
find_widget (GtkWidget *root, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (root), type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
}

static GtkWidget *
show_in_window (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static StokerAdvice *
advise (Fixture *fixture, const char *more)
{
  g_autofree char *json =
    g_strdup_printf ("{'requirements': {'type': 'image'}, 'allow_spot': true,"
                     " 'outputs': {'count': 1000, 'seconds_per_output': 20, 'per_month': 4000}%s}",
                     more);

  fixture_set_workload (fixture, json);
  return fixture_advise (fixture);
}

/* That there is a row for each of the first candidates, in their order, and no other. */
static gboolean
has_rows_of (GtkWidget *list, gpointer data)
{
  StokerAdvice *advice = data;
  GtkWidget *row = find_widget (list, STOKER_TYPE_CANDIDATE_ROW);
  guint n_rows = 0;

  for (; row != NULL; row = gtk_widget_get_next_sibling (row), n_rows++)
    if (stoker_candidate_row_get_advice (STOKER_CANDIDATE_ROW (row)) != advice ||
        stoker_candidate_row_get_index (STOKER_CANDIDATE_ROW (row)) != n_rows)
      return FALSE;
  return n_rows == MIN (advice->candidates->len, FIRST_CANDIDATES);
}

/* The candidate of the only row that is open. */
static const StokerCandidate *
find_open (GtkWidget *list, StokerAdvice *advice)
{
  const StokerCandidate *open = NULL;
  GtkWidget *row = find_widget (list, STOKER_TYPE_CANDIDATE_ROW);

  for (guint i = 0; row != NULL; row = gtk_widget_get_next_sibling (row), i++)
    if (stoker_candidate_row_is_open (STOKER_CANDIDATE_ROW (row)))
      {
        g_assert_null (open);
        open = advice->candidates->pdata[i];
      }
  return open;
}

static void
open_row (GtkWidget *list, int position)
{
  GtkListBox *box = GTK_LIST_BOX (find_widget (list, GTK_TYPE_LIST_BOX));

  g_signal_emit_by_name (box, "row-activated", gtk_list_box_get_row_at_index (box, position));
}

static void
test_open_row (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = g_object_new (STOKER_TYPE_CANDIDATE_LIST, NULL);
  GtkWidget *window = show_in_window (list);
  g_autoptr (StokerAdvice) first = advise (fixture, "");
  g_autoptr (StokerAdvice) second = NULL;
  const StokerCandidate *opened = NULL;
  const StokerCandidate *open = NULL;
  g_autofree char *more = NULL;

  stoker_candidate_list_show (STOKER_CANDIDATE_LIST (list), first);
  wait_until (has_rows_of, list, first);
  opened = first->candidates->pdata[3];
  open_row (list, 3);

  more = g_strdup_printf (", 'preferred_provider': '%s'", opened->id);
  second = advise (fixture, more);
  g_assert_cmpstr (((StokerCandidate *) second->candidates->pdata[3])->id, !=, opened->id);
  stoker_candidate_list_show (STOKER_CANDIDATE_LIST (list), second);
  wait_until (has_rows_of, list, second);
  open = find_open (list, second);
  g_assert_nonnull (open);
  g_assert_cmpstr (open->id, ==, opened->id);
  g_assert_cmpstr (open->offer.plan->id, ==, opened->offer.plan->id);

  stoker_candidate_list_show (STOKER_CANDIDATE_LIST (list), first);
  wait_until (has_rows_of, list, first);
  g_assert_true (find_open (list, first) == opened);
  gtk_window_destroy (GTK_WINDOW (window));
}

typedef struct
{
  GListModel *rows;
  StokerAdvice *advice;
  StokerCompareColumn column;
} Order;

/* Each candidate has one row, and none stands above one that comes before it. */
static gboolean
is_ordered (GtkWidget *table, gpointer data)
{
  const Order *order = data;
  guint n_rows = g_list_model_get_n_items (order->rows);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (StokerCompareItem) above = NULL;

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (StokerCompareItem) row = g_list_model_get_item (order->rows, i);

      if (above != NULL && stoker_compare_item_compare (above, row, order->column) > 0)
        return FALSE;
      g_hash_table_add (ids, g_strdup (stoker_compare_item_get_id (row)));
      g_set_object (&above, row);
    }
  return n_rows == order->advice->candidates->len && g_hash_table_size (ids) == n_rows;
}

static gboolean
has_all_rows (GtkWidget *table, gpointer data)
{
  const Order *order = data;

  return g_list_model_get_n_items (order->rows) == order->advice->candidates->len;
}

static void
sort_by (GtkColumnView *view, StokerCompareColumn column)
{
  g_autoptr (GtkColumnViewColumn)
    clicked = g_list_model_get_item (gtk_column_view_get_columns (view), column);

  gtk_column_view_sort_by_column (view, clicked, GTK_SORT_ASCENDING);
}

static void
test_table (Fixture *fixture, gconstpointer data)
{
  GtkWidget *table = g_object_new (STOKER_TYPE_COMPARE_TABLE, NULL);
  GtkWidget *window = show_in_window (table);
  GtkColumnView *view = GTK_COLUMN_VIEW (find_widget (table, GTK_TYPE_COLUMN_VIEW));
  g_autoptr (StokerAdvice) advice = advise (fixture, "");
  g_autoptr (StokerLineUp) all = stoker_line_up_new (advice, 0, VOLUME);
  g_autoptr (StokerLineUp) few = stoker_line_up_new (advice, 3, VOLUME);
  g_autofree char *id = stoker_comparison_name_row (few->candidates->pdata[1]);
  Order order = { G_LIST_MODEL (gtk_column_view_get_model (view)), advice, STOKER_COLUMN_NAME };
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_column_view_get_model (view));

  stoker_compare_table_set_line_up (STOKER_COMPARE_TABLE (table), few);
  g_assert_cmpuint (g_list_model_get_n_items (order.rows), ==, 3);
  stoker_compare_table_set_selected_id (STOKER_COMPARE_TABLE (table), id);
  stoker_compare_table_set_line_up (STOKER_COMPARE_TABLE (table), all);
  wait_until (has_all_rows, table, &order);
  for (int column = STOKER_COLUMN_NAME; column < STOKER_N_COLUMNS; column++)
    {
      order.column = (StokerCompareColumn) column;
      sort_by (view, order.column);
      wait_until (is_ordered, table, &order);
      g_assert_cmpstr (stoker_compare_table_get_selected_id (STOKER_COMPARE_TABLE (table)), ==, id);
      g_assert_cmpstr (stoker_compare_item_get_id (
                         gtk_single_selection_get_selected_item (selection)),
                       ==, id);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;
  stoker_ui_init ();
  g_test_add ("/ui/advice-rows/open-row", Fixture, NULL, fixture_set_up, test_open_row,
              fixture_tear_down);
  g_test_add ("/ui/advice-rows/table", Fixture, NULL, fixture_set_up, test_table,
              fixture_tear_down);
  return g_test_run ();
}
