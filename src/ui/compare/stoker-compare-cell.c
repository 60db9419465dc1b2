/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-compare-cell.h"

/* A sentence is cut after so many characters; the tooltip has all of it. Where there is little
 * room, after fewer; a name takes more lines then. */
#define SENTENCE_CHARS 32
#define LEAST_SENTENCE_CHARS 14
#define SENTENCE_LINES 2
#define NAME_CHARS 44
#define LEAST_NAME_CHARS 20
#define NAME_LINES 3

/* Where a cell keeps what it shows. */
#define ITEM_KEY "stoker-compare-item"
#define COLUMN_KEY "stoker-compare-column"

static void
set_up_text (GtkLabel *label, int least_chars, int chars, int lines)
{
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_lines (label, lines);
  gtk_label_set_width_chars (label, least_chars);
  gtk_label_set_max_width_chars (label, chars);
}

static void
cell_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  StokerCompareColumn column = GPOINTER_TO_INT (user_data);
  gboolean is_number = stoker_compare_column_is_number (column);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1 : 0);
  if (is_number || column == STOKER_COLUMN_COLD_START)
    gtk_widget_add_css_class (label, "numeric");
  if (column == STOKER_COLUMN_NAME)
    set_up_text (GTK_LABEL (label), LEAST_NAME_CHARS, NAME_CHARS, NAME_LINES);
  else if (column >= STOKER_COLUMN_SUPPORT)
    set_up_text (GTK_LABEL (label), LEAST_SENTENCE_CHARS, SENTENCE_CHARS, SENTENCE_LINES);
  gtk_list_item_set_child (list_item, label);
}

static void
write_cell (GtkWidget *label)
{
  StokerCompareItem *item = g_object_get_data (G_OBJECT (label), ITEM_KEY);
  StokerCompareColumn column = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (label), COLUMN_KEY));
  g_autofree char *text = stoker_compare_item_get_text (item, column);

  gtk_label_set_label (GTK_LABEL (label), text);
  if (gtk_label_get_ellipsize (GTK_LABEL (label)) != PANGO_ELLIPSIZE_NONE)
    gtk_widget_set_tooltip_text (label, text);
}

static void
cell_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  StokerCompareColumn column = GPOINTER_TO_INT (user_data);
  StokerCompareItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *label = gtk_list_item_get_child (list_item);

  g_object_set_data_full (G_OBJECT (label), ITEM_KEY, g_object_ref (item), g_object_unref);
  g_object_set_data (G_OBJECT (label), COLUMN_KEY, GINT_TO_POINTER (column));
  g_signal_connect_swapped (item,
                            column == STOKER_COLUMN_PER_MONTH ? "notify::per-month" : "changed",
                            G_CALLBACK (write_cell), label);
  write_cell (label);
}

static void
cell_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  GtkWidget *label = gtk_list_item_get_child (list_item);

  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), label);
  g_object_set_data (G_OBJECT (label), ITEM_KEY, NULL);
}

/**
 * stoker_compare_cell_factory_new:
 * @column: a column of the table
 *
 * Returns: (transfer full): what makes its cells, of #StokerCompareItem
 */
GtkListItemFactory *
stoker_compare_cell_factory_new (StokerCompareColumn column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (cell_setup_cb), GINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (cell_bind_cb), GINT_TO_POINTER (column));
  g_signal_connect (factory, "unbind", G_CALLBACK (cell_unbind_cb), GINT_TO_POINTER (column));
  return factory;
}

/**
 * stoker_compare_cell_find_item:
 * @widget: (nullable): what the pointer is over
 *
 * Returns: (transfer none) (nullable): what is shown in the cells of which @widget is one, or the
 * row
 */
StokerCompareItem *
stoker_compare_cell_find_item (GtkWidget *widget)
{
  for (GtkWidget *child = widget; child != NULL; child = gtk_widget_get_first_child (child))
    {
      StokerCompareItem *item = g_object_get_data (G_OBJECT (child), ITEM_KEY);

      if (item != NULL)
        return item;
    }
  return NULL;
}
