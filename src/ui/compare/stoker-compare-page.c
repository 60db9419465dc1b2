/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-compare-page.h"

#include "stoker-amount-row.h"
#include "stoker-back-button.h"
#include "stoker-closures.h"
#include "stoker-compare-item.h"
#include "stoker-cost-chart.h"
#include "stoker-page-stack.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

/* As many as one can take in at a glance. */
#define MAX_CANDIDATES 12

struct _StokerComparePage
{
  StokerPage parent_instance;

  StokerAdvice *advice; /* owned, nullable: the one shown */
  GListStore *items;    /* owned, of StokerCompareItem */

  StokerCostChart *chart;
  GtkLabel *count_label;
  GtkColumnView *table;
  StokerAmountRow *volume_row;
};

G_DEFINE_FINAL_TYPE (StokerComparePage, stoker_compare_page, STOKER_TYPE_PAGE)

static void
cell_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  gboolean is_name = GPOINTER_TO_INT (user_data) == STOKER_COLUMN_NAME;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), is_name ? 0 : 1);
  if (!is_name)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, label);
}

static void
cell_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  g_autofree char *text = stoker_compare_item_get_text (gtk_list_item_get_item (list_item),
                                                        GPOINTER_TO_INT (user_data));

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (list_item)), text);
}

static void
add_column (StokerComparePage *self, int column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (cell_setup_cb), GINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (cell_bind_cb), GINT_TO_POINTER (column));
  view_column = gtk_column_view_column_new (stoker_compare_item_get_title (column), factory);
  gtk_column_view_column_set_expand (view_column, column == STOKER_COLUMN_NAME);
  gtk_column_view_append_column (self->table, view_column);
}

static void
add_columns (StokerComparePage *self)
{
  add_column (self, STOKER_COLUMN_NAME);
  for (int kind = 0; kind < STOKER_N_ITEMS; kind++)
    add_column (self, kind);
  add_column (self, STOKER_COLUMN_TOTAL);
  add_column (self, STOKER_COLUMN_PER_OUTPUT);
  add_column (self, STOKER_COLUMN_PER_MONTH);
}

static gboolean
has_kind (StokerComparePage *self, int kind)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (StokerCompareItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (stoker_compare_item_has_kind (item, kind))
        return TRUE;
    }
  return FALSE;
}

/* A kind of cost that nobody has needs no column. */
static void
show_columns (StokerComparePage *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->table);

  for (int kind = 0; kind < STOKER_N_ITEMS; kind++)
    {
      /* The first column is the name. */
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, kind + 1);

      gtk_column_view_column_set_visible (column, has_kind (self, kind));
    }
}

static void
show_table (StokerComparePage *self)
{
  gint64 volume = (gint64) stoker_amount_row_get_value (self->volume_row);

  g_list_store_remove_all (self->items);
  for (guint i = 0; self->advice != NULL && i < MIN (MAX_CANDIDATES, self->advice->candidates->len);
       i++)
    {
      g_autoptr (StokerCompareItem) item = stoker_compare_item_new (self->advice, i, volume);

      g_list_store_append (self->items, item);
    }
  show_columns (self);
}

static void
show_count (StokerComparePage *self)
{
  guint n_candidates = self->advice->candidates->len;
  g_autofree char *text = NULL;

  if (n_candidates > MAX_CANDIDATES)
    text = g_strdup_printf (_ ("The best %d of %u candidates, best first"), MAX_CANDIDATES,
                            n_candidates);
  else
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u candidate",
                                         "%u candidates, best first", n_candidates),
                            n_candidates);
  gtk_label_set_label (self->count_label, text);
}

static void
advice_changed_cb (StokerComparePage *self)
{
  StokerDesk *desk = stoker_page_get_desk (STOKER_PAGE (self));
  StokerAdvice *advice = desk != NULL ? stoker_desk_get_advice (desk) : NULL;

  if (advice == NULL || advice == self->advice)
    return;
  g_clear_pointer (&self->advice, stoker_advice_unref);
  self->advice = stoker_advice_ref (advice);
  stoker_cost_chart_set_advice (self->chart, advice, MAX_CANDIDATES);
  show_count (self);
  show_table (self);
}

static void
retry_cb (StokerComparePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.retry", NULL);
}

static char *
get_state (gpointer unused, GObject *workspace, const char *problem, StokerAdvice *advice)
{
  return stoker_closure_page_state (NULL, workspace, problem,
                                    advice != NULL && advice->candidates->len > 0);
}

static void
stoker_compare_page_constructed (GObject *object)
{
  StokerComparePage *self = STOKER_COMPARE_PAGE (object);
  StokerDesk *desk = NULL;

  G_OBJECT_CLASS (stoker_compare_page_parent_class)->constructed (object);
  desk = stoker_page_get_desk (STOKER_PAGE (self));
  if (desk == NULL)
    return;
  g_signal_connect_object (desk, "notify::advice", G_CALLBACK (advice_changed_cb), self,
                           G_CONNECT_SWAPPED);
  advice_changed_cb (self);
}

static void
stoker_compare_page_finalize (GObject *object)
{
  StokerComparePage *self = STOKER_COMPARE_PAGE (object);

  g_clear_object (&self->items);
  g_clear_pointer (&self->advice, stoker_advice_unref);
  G_OBJECT_CLASS (stoker_compare_page_parent_class)->finalize (object);
}

static void
stoker_compare_page_class_init (StokerComparePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = stoker_compare_page_constructed;
  object_class->finalize = stoker_compare_page_finalize;

  g_type_ensure (STOKER_TYPE_AMOUNT_ROW);
  g_type_ensure (STOKER_TYPE_BACK_BUTTON);
  g_type_ensure (STOKER_TYPE_COST_CHART);
  g_type_ensure (STOKER_TYPE_PAGE_STACK);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/compare/stoker-compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, chart);
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, count_label);
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, table);
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, volume_row);
  gtk_widget_class_bind_template_callback (widget_class, show_table);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_state);
}

static void
stoker_compare_page_init (StokerComparePage *self)
{
  g_autoptr (GtkSelectionModel) selection = NULL;

  self->items = g_list_store_new (STOKER_TYPE_COMPARE_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_columns (self);
  selection = GTK_SELECTION_MODEL (
    gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->items))));
  gtk_column_view_set_model (self->table, selection);
}
