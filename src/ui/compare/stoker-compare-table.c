/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-compare-table.h"

#include "stoker-compare-cell.h"
#include "stoker-compare-order.h"
#include "stoker-curve.h"
#include "stoker-ui.h"

/* A row has a dozen cells, and each row that is new or shows another candidate lets the table
 * measure all cells anew. So it begins with a few rows, and each frame adds some of the others, as
 * long as there is less than a page of them below those in sight. Rows that show others do so in
 * their places, some in each frame, so that nothing jumps. */
#define FIRST_ROWS 8
#define ROWS_A_FRAME 2

struct _StokerCompareTable
{
  AdwBin parent_instance;

  StokerLineUp *line_up; /* owned, nullable */
  GListStore *items;     /* owned, of StokerCompareItem */
  char *pointed_id;      /* owned, nullable */
  char *awaited_id;      /* owned, nullable: to be selected when its row is there */
  char *order;           /* owned: as the heads of the columns tell it */
  guint filling;         /* tick callback while rows are missing, or 0 */
  guint n_done;          /* so many rows are in their places */
  gint64 volume;         /* outputs a month */
  gboolean is_ordering;  /* it is not a click that changes the order */

  GtkSorter *sorter;             /* owned: that of @view */
  GtkSortListModel *sorted;      /* owned */
  GListStore *shown;             /* owned: rows that show the first of @sorted */
  GtkSingleSelection *selection; /* owned */
  GtkAdjustment *scrolling;      /* owned, nullable: while the table is taken apart */

  GtkScrolledWindow *scroller;
  GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE (StokerCompareTable, stoker_compare_table, ADW_TYPE_BIN)

typedef enum {
  PROP_SELECTED_ID = 1,
  PROP_POINTED_ID,
  PROP_ORDER,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];

static void
add_column (StokerCompareTable *self, StokerCompareColumn column)
{
  GtkListItemFactory *factory = stoker_compare_cell_factory_new (column);
  g_autoptr (GtkColumnViewColumn) view_column = NULL;
  g_autoptr (GtkSorter) sorter = GTK_SORTER (
    gtk_custom_sorter_new (stoker_compare_order_items, GINT_TO_POINTER (column), NULL));

  view_column = gtk_column_view_column_new (stoker_compare_column_get_title (column), factory);
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_expand (view_column, column == STOKER_COLUMN_NAME ||
                                                    column >= STOKER_COLUMN_SUPPORT);
  gtk_column_view_append_column (self->view, view_column);
}

static void
set_pointed (StokerCompareTable *self, StokerCompareItem *item)
{
  const char *id = item != NULL ? stoker_compare_item_get_id (item) : NULL;

  if (g_strcmp0 (id, self->pointed_id) == 0)
    return;
  g_free (self->pointed_id);
  self->pointed_id = g_strdup (id);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POINTED_ID]);
}

static void
pointer_moved_cb (StokerCompareTable *self, double x, double y)
{
  set_pointed (self, stoker_compare_cell_find_item (
                       gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT)));
}

static void
pointer_left_cb (StokerCompareTable *self)
{
  set_pointed (self, NULL);
}

static guint
find_position (GListModel *items, const char *id)
{
  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (StokerCompareItem) item = g_list_model_get_item (items, i);

      if (g_str_equal (stoker_compare_item_get_id (item), id))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* What is not listed any more is not waited for. */
static void
forget_awaited (StokerCompareTable *self)
{
  if (self->awaited_id == NULL ||
      find_position (G_LIST_MODEL (self->items), self->awaited_id) != GTK_INVALID_LIST_POSITION)
    return;
  g_clear_pointer (&self->awaited_id, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_ID]);
}

static void
price_items (StokerCompareTable *self, GListModel *items)
{
  g_auto (StokerCurve) curve = { 0 };

  stoker_curve_init (&curve, self->line_up->advice);
  stoker_curve_count_jobs (&curve);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (StokerCompareItem) item = g_list_model_get_item (items, i);
      const StokerCandidate *candidate = stoker_compare_item_get_candidate (item);

      stoker_compare_item_set_per_month (item,
                                         stoker_curve_get_cost (&curve, candidate, self->volume));
    }
}

static void
renew_items (StokerCompareTable *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *candidates = self->line_up->candidates;

  for (guint i = 0; i < candidates->len; i++)
    g_ptr_array_add (items, stoker_compare_item_new (self->line_up->advice, candidates->pdata[i]));
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
  price_items (self, G_LIST_MODEL (self->items));
  forget_awaited (self);
}

static guint
count_shown (StokerCompareTable *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->shown));
}

static guint
count_sorted (StokerCompareTable *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->sorted));
}

/* Rows that nobody has scrolled to are not made yet. */
static gboolean
lacks_rows (StokerCompareTable *self)
{
  double page = gtk_adjustment_get_page_size (self->scrolling);
  double below = gtk_adjustment_get_upper (self->scrolling) -
                 gtk_adjustment_get_value (self->scrolling) - page;

  return below <= page && count_shown (self) < count_sorted (self);
}

/* Returns whether something had to be done for it. */
static gboolean
show_item (StokerCompareTable *self, guint position)
{
  g_autoptr (StokerCompareItem) row = g_list_model_get_item (G_LIST_MODEL (self->shown), position);
  g_autoptr (StokerCompareItem)
    item = g_list_model_get_item (G_LIST_MODEL (self->sorted), position);
  g_autoptr (StokerCompareItem) new_row = NULL;

  if (row == NULL)
    {
      new_row = stoker_compare_item_copy (item);
      g_list_store_append (self->shown, new_row);
      return TRUE;
    }
  if (stoker_compare_item_get_candidate (row) == stoker_compare_item_get_candidate (item))
    return FALSE;
  stoker_compare_item_become (row, item);
  return TRUE;
}

/* Gives the next places their rows. */
static void
show_items (StokerCompareTable *self, guint n_rows)
{
  guint n_sorted = count_sorted (self);

  while (n_rows > 0 && self->n_done < n_sorted &&
         (self->n_done < count_shown (self) || lacks_rows (self)))
    n_rows -= (guint) show_item (self, self->n_done++);
}

static void
remove_rows (StokerCompareTable *self)
{
  guint n_shown = count_shown (self);
  guint n_rows = MIN (ROWS_A_FRAME, n_shown - self->n_done);

  if (n_rows > 0)
    g_list_store_splice (self->shown, n_shown - n_rows, n_rows, NULL, 0);
}

/* The candidate stays selected, wherever its row is now; and until it has one. */
static void
keep_selected (StokerCompareTable *self, const char *id)
{
  guint position = find_position (G_LIST_MODEL (self->shown), id);

  if (position != gtk_single_selection_get_selected (self->selection))
    stoker_compare_table_set_selected_id (self, id);
}

/* Returns whether there is more to do. */
static gboolean
fill (StokerCompareTable *self, guint n_rows)
{
  g_autofree char *selected_id = g_strdup (stoker_compare_table_get_selected_id (self));

  show_items (self, n_rows);
  if (self->n_done == count_sorted (self))
    remove_rows (self);
  keep_selected (self, selected_id);
  return self->n_done < count_shown (self) || lacks_rows (self);
}

static gboolean
fill_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  StokerCompareTable *self = STOKER_COMPARE_TABLE (widget);

  if (fill (self, ROWS_A_FRAME))
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

static void
go_on_filling (StokerCompareTable *self)
{
  if (self->filling == 0)
    self->filling = gtk_widget_add_tick_callback (GTK_WIDGET (self), fill_cb, NULL, NULL);
}

static void
scrolled_cb (StokerCompareTable *self)
{
  if (self->scrolling != NULL && lacks_rows (self))
    go_on_filling (self);
}

/* The first rows are there at once, the others in the next frames. */
static void
begin_to_fill (StokerCompareTable *self)
{
  self->n_done = 0;
  if (count_shown (self) > 0 || fill (self, FIRST_ROWS))
    go_on_filling (self);
}

/* Who orders them anew wants to see the first ones. */
static void
order_changed_cb (StokerCompareTable *self)
{
  g_autofree char *order = NULL;

  if (self->scrolling == NULL)
    return;
  gtk_adjustment_set_value (self->scrolling, 0);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  begin_to_fill (self);
  order = self->is_ordering ? NULL : stoker_compare_order_read (self->view);
  if (order == NULL || g_str_equal (order, self->order))
    return;
  g_free (self->order);
  self->order = g_steal_pointer (&order);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
}

static void
set_order (StokerCompareTable *self, const char *order)
{
  if (g_str_equal (self->order, order))
    return;
  g_free (self->order);
  self->order = g_strdup (order);
  self->is_ordering = TRUE;
  stoker_compare_order_show (self->view, order);
  self->is_ordering = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
}

/* By the columns that were clicked on, the last one first. */
static int
compare_by_columns (gconstpointer a, gconstpointer b, gpointer user_data)
{
  StokerCompareTable *self = user_data;

  return (int) gtk_sorter_compare (gtk_column_view_get_sorter (self->view), (gpointer) a,
                                   (gpointer) b);
}

static void
selection_changed_cb (StokerCompareTable *self)
{
  if (gtk_single_selection_get_selected_item (self->selection) != NULL)
    g_clear_pointer (&self->awaited_id, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_ID]);
}

static void
stoker_compare_table_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerCompareTable *self = STOKER_COMPARE_TABLE (object);

  switch ((Property) id)
    {
    case PROP_SELECTED_ID:
      g_value_set_string (value, stoker_compare_table_get_selected_id (self));
      break;
    case PROP_POINTED_ID:
      g_value_set_string (value, self->pointed_id);
      break;
    case PROP_ORDER:
      g_value_set_string (value, self->order);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_compare_table_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_SELECTED_ID)
    stoker_compare_table_set_selected_id (STOKER_COMPARE_TABLE (object),
                                          g_value_get_string (value));
  else if (id == PROP_ORDER)
    set_order (STOKER_COMPARE_TABLE (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Each column that goes orders the rows once more. */
static void
stoker_compare_table_dispose (GObject *object)
{
  g_clear_object (&STOKER_COMPARE_TABLE (object)->scrolling);
  G_OBJECT_CLASS (stoker_compare_table_parent_class)->dispose (object);
}

static void
stoker_compare_table_finalize (GObject *object)
{
  StokerCompareTable *self = STOKER_COMPARE_TABLE (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_object (&self->sorted);
  g_clear_object (&self->sorter);
  g_clear_object (&self->items);
  g_clear_pointer (&self->line_up, stoker_line_up_unref);
  g_clear_pointer (&self->pointed_id, g_free);
  g_clear_pointer (&self->awaited_id, g_free);
  g_clear_pointer (&self->order, g_free);
  G_OBJECT_CLASS (stoker_compare_table_parent_class)->finalize (object);
}

static void
stoker_compare_table_class_init (StokerCompareTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = stoker_compare_table_get_property;
  object_class->set_property = stoker_compare_table_set_property;
  object_class->dispose = stoker_compare_table_dispose;
  object_class->finalize = stoker_compare_table_finalize;

  properties[PROP_SELECTED_ID] = g_param_spec_string ("selected-id", NULL, NULL, NULL,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                        G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_POINTED_ID] = g_param_spec_string ("pointed-id", NULL, NULL, NULL,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                                       G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ORDER] = g_param_spec_string ("order", NULL, NULL, "",
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                  G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/compare/stoker-compare-table.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerCompareTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, StokerCompareTable, view);
  gtk_widget_class_bind_template_callback (widget_class, pointer_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, pointer_left_cb);
}

static void
add_columns (StokerCompareTable *self)
{
  for (int column = 0; column < STOKER_N_COLUMNS; column++)
    {
      add_column (self, column);
      if (stoker_compare_column_is_number (column))
        stoker_ui_set_head_at_end (self->view, (guint) column);
    }
}

static void
watch_scrolling (StokerCompareTable *self)
{
  self->scrolling = g_object_ref (gtk_scrolled_window_get_vadjustment (self->scroller));
  g_signal_connect_object (self->scrolling, "changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scrolling, "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
stoker_compare_table_init (StokerCompareTable *self)
{
  self->items = g_list_store_new (STOKER_TYPE_COMPARE_ITEM);
  self->order = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  add_columns (self);
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_by_columns, self, NULL));
  self->sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->items)),
                                          g_object_ref (self->sorter));
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
  self->shown = g_list_store_new (STOKER_TYPE_COMPARE_ITEM);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->shown));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  watch_scrolling (self);
}

/**
 * stoker_compare_table_set_line_up:
 * @line_up: what to list
 *
 * Lists other candidates; the selected one stays selected when it is among them.
 */
void
stoker_compare_table_set_line_up (StokerCompareTable *self, StokerLineUp *line_up)
{
  g_return_if_fail (STOKER_IS_COMPARE_TABLE (self));

  g_clear_pointer (&self->line_up, stoker_line_up_unref);
  self->line_up = stoker_line_up_ref (line_up);
  self->volume = line_up->outputs_per_month;
  renew_items (self);
  begin_to_fill (self);
}

/**
 * stoker_compare_table_set_volume:
 * @outputs_per_month: the volume
 *
 * Works out the costs a month anew. Rows keep their places.
 */
void
stoker_compare_table_set_volume (StokerCompareTable *self, gint64 outputs_per_month)
{
  g_return_if_fail (STOKER_IS_COMPARE_TABLE (self));

  self->volume = outputs_per_month;
  if (self->line_up == NULL)
    return;
  price_items (self, G_LIST_MODEL (self->items));
  price_items (self, G_LIST_MODEL (self->shown));
}

/**
 * stoker_compare_table_find_cheapest:
 * @cost: (out): what it costs a month
 *
 * Returns: (transfer none) (nullable): the candidate that costs least a month at the volume
 */
const StokerCandidate *
stoker_compare_table_find_cheapest (StokerCompareTable *self, StokerMoney *cost)
{
  const StokerCandidate *best = NULL;
  g_auto (StokerCurve) curve = { 0 };

  g_return_val_if_fail (STOKER_IS_COMPARE_TABLE (self), NULL);

  if (self->line_up == NULL)
    return NULL;
  stoker_curve_init (&curve, self->line_up->advice);
  stoker_curve_count_jobs (&curve);
  for (guint i = 0; i < self->line_up->candidates->len; i++)
    {
      const StokerCandidate *candidate = self->line_up->candidates->pdata[i];
      StokerMoney per_month = stoker_curve_get_cost (&curve, candidate, self->volume);

      if (!per_month.is_known || (best != NULL && stoker_money_compare (per_month, *cost) >= 0))
        continue;
      best = candidate;
      *cost = per_month;
    }
  return best;
}

/**
 * stoker_compare_table_get_selected_id:
 *
 * Returns: (transfer none) (nullable): id of the selected row
 */
const char *
stoker_compare_table_get_selected_id (StokerCompareTable *self)
{
  StokerCompareItem *item = NULL;

  g_return_val_if_fail (STOKER_IS_COMPARE_TABLE (self), NULL);

  item = gtk_single_selection_get_selected_item (self->selection);
  return item != NULL ? stoker_compare_item_get_id (item) : self->awaited_id;
}

/**
 * stoker_compare_table_get_pointed_id:
 *
 * Returns: (transfer none) (nullable): id of the row under the pointer
 */
const char *
stoker_compare_table_get_pointed_id (StokerCompareTable *self)
{
  g_return_val_if_fail (STOKER_IS_COMPARE_TABLE (self), NULL);

  return self->pointed_id;
}

/**
 * stoker_compare_table_set_selected_id:
 * @id: (nullable): id of a candidate; one that is not listed selects nothing
 */
void
stoker_compare_table_set_selected_id (StokerCompareTable *self, const char *id)
{
  g_autofree char *awaited = g_strdup (id);
  gboolean is_listed = FALSE;

  g_return_if_fail (STOKER_IS_COMPARE_TABLE (self));

  is_listed = find_position (G_LIST_MODEL (self->items), id) != GTK_INVALID_LIST_POSITION;
  g_free (self->awaited_id);
  self->awaited_id = is_listed ? g_steal_pointer (&awaited) : NULL;
  gtk_single_selection_set_selected (self->selection,
                                     find_position (G_LIST_MODEL (self->shown), self->awaited_id));
}
