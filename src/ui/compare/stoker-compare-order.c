/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-compare-order.h"

static const char *const names[STOKER_N_COLUMNS] = {
  [STOKER_COLUMN_NAME] = "name",
  [STOKER_COLUMN_TOTAL] = "total",
  [STOKER_COLUMN_PER_MONTH] = "per-month",
  [STOKER_COLUMN_TIME] = "time",
  [STOKER_COLUMN_PER_OUTPUT] = "per-output",
  [STOKER_COLUMN_GPU] = "gpu",
  [STOKER_COLUMN_COLD_START] = "cold-start",
  [STOKER_COLUMN_SPEED] = "speed",
  [STOKER_COLUMN_EASE] = "ease",
  [STOKER_COLUMN_UPTIME] = "uptime",
  [STOKER_COLUMN_SUPPORT] = "support",
  [STOKER_COLUMN_CHOOSE_IF] = "choose-if",
};

/* GTK 4.8 does not tell by which column a view sorts. So the sorter of all columns is asked about
 * the view itself, and the first column that is asked in turn is it. */
static gconstpointer asker;
static StokerCompareColumn asked_column;

/**
 * stoker_compare_order_items:
 * @a: a #StokerCompareItem
 * @b: another one
 * @column: the #StokerCompareColumn
 *
 * Orders rows by a column: for the sorters of the view.
 *
 * Returns: less than 0 when @a comes first
 */
int
stoker_compare_order_items (gconstpointer a, gconstpointer b, gpointer column)
{
  if (a == asker)
    {
      asked_column = GPOINTER_TO_INT (column);
      return 1;
    }
  return stoker_compare_item_compare ((StokerCompareItem *) a, (StokerCompareItem *) b,
                                      GPOINTER_TO_INT (column));
}

/**
 * stoker_compare_order_read:
 * @view: a view whose columns are sorted by stoker_compare_order_items()
 *
 * Returns: (transfer full): how it is sorted first
 */
char *
stoker_compare_order_read (GtkColumnView *view)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (view);
  GtkOrdering ordering;

  asked_column = STOKER_N_COLUMNS;
  asker = view;
  /* Of one thing with itself it would ask nobody. */
  ordering = gtk_sorter_compare (sorter, view, sorter);
  asker = NULL;
  if (asked_column == STOKER_N_COLUMNS)
    return g_strdup ("");
  return g_strconcat (ordering == GTK_ORDERING_SMALLER ? "-" : "", names[asked_column], NULL);
}

/**
 * stoker_compare_order_show:
 * @view: a view with a column for each #StokerCompareColumn
 * @order: how to sort it; what is not known is the order of the advice
 *
 * Sorts and marks the head of the column.
 */
void
stoker_compare_order_show (GtkColumnView *view, const char *order)
{
  gboolean is_descending = *order == '-';
  GListModel *columns = gtk_column_view_get_columns (view);

  /* First by none, because a column that is the first already turns round. */
  gtk_column_view_sort_by_column (view, NULL, GTK_SORT_ASCENDING);
  for (guint i = 0; i < STOKER_N_COLUMNS; i++)
    if (g_str_equal (order + is_descending, names[i]))
      {
        g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

        gtk_column_view_sort_by_column (view, column,
                                        is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
      }
}
