/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-sheet-view.h"

#include "stoker-chart-sheet.h"
#include "stoker-ui.h"

/* Where a factory keeps whose cells it makes. */
#define VIEW_KEY "stoker-sheet-view"

struct _StokerSheetView
{
  AdwBin parent_instance;

  StokerChartSheet *sheet; /* owned, nullable */
  GtkStringList *rows;     /* owned: one a row, without a text */

  GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE (StokerSheetView, stoker_sheet_view, ADW_TYPE_BIN)

/* Figures stand on the right; the first column says what they are of. */
static void
cell_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), GPOINTER_TO_UINT (user_data) == 0 ? 0 : 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, label);
}

static void
cell_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  StokerSheetView *self = g_object_get_data (G_OBJECT (factory), VIEW_KEY);
  guint row = gtk_list_item_get_position (list_item);
  const char *text = stoker_chart_sheet_get_cell (self->sheet, row, GPOINTER_TO_UINT (user_data));

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (list_item)), text);
}

static void
remove_columns (StokerSheetView *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

static void
add_columns (StokerSheetView *self)
{
  for (guint i = 0; i < self->sheet->titles->len; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn)
        column = gtk_column_view_column_new (self->sheet->titles->pdata[i], factory);

      g_object_set_data (G_OBJECT (factory), VIEW_KEY, self);
      g_signal_connect (factory, "setup", G_CALLBACK (cell_setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (cell_bind_cb), GUINT_TO_POINTER (i));
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_append_column (self->view, column);
      if (i > 0)
        stoker_ui_set_head_at_end (self->view, i);
    }
}

static void
fill_rows (StokerSheetView *self)
{
  guint n_rows = self->sheet != NULL ? stoker_chart_sheet_get_n_rows (self->sheet) : 0;
  g_autofree const char **texts = g_new0 (const char *, n_rows + 1);

  for (guint i = 0; i < n_rows; i++)
    texts[i] = "";
  gtk_string_list_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                          texts);
}

static void
stoker_sheet_view_finalize (GObject *object)
{
  StokerSheetView *self = STOKER_SHEET_VIEW (object);

  g_clear_object (&self->rows);
  g_clear_pointer (&self->sheet, stoker_chart_sheet_free);
  G_OBJECT_CLASS (stoker_sheet_view_parent_class)->finalize (object);
}

static void
stoker_sheet_view_class_init (StokerSheetViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_sheet_view_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/compare/stoker-sheet-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerSheetView, view);
}

static void
stoker_sheet_view_init (StokerSheetView *self)
{
  g_autoptr (GtkSelectionModel) selection = NULL;

  self->rows = gtk_string_list_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows))));
  gtk_column_view_set_model (self->view, selection);
}

/**
 * stoker_sheet_view_set_model:
 * @model: (nullable): the chart to tell in figures
 */
void
stoker_sheet_view_set_model (StokerSheetView *self, StokerChartModel *model)
{
  g_return_if_fail (STOKER_IS_SHEET_VIEW (self));

  remove_columns (self);
  g_clear_pointer (&self->sheet, stoker_chart_sheet_free);
  fill_rows (self);
  if (model == NULL)
    return;
  self->sheet = stoker_chart_sheet_new (model);
  add_columns (self);
  fill_rows (self);
  stoker_ui_set_label (GTK_WIDGET (self->view), model->title);
}
