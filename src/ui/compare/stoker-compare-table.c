/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-compare-table.h"

#include "stoker-compare-item.h"
#include "stoker-compare-order.h"
#include "stoker-curve.h"
#include "stoker-ui.h"

/* A sentence is cut after so many characters; the tooltip has all of it. Where there is little
 * room, after fewer; a name takes a second line then. */
#define SENTENCE_CHARS 32
#define LEAST_SENTENCE_CHARS 16
#define NAME_CHARS 34
#define LEAST_NAME_CHARS 16

/* A row has a dozen cells, and each row more lets the table measure all cells anew. So it begins
 * with a few rows, and each frame adds some of the others, or takes some away before the rows
 * become others. */
#define FIRST_ROWS 8
#define NEW_ROWS_A_FRAME 2
#define OLD_ROWS_A_FRAME 12

/* Where a cell keeps what it shows. */
#define ITEM_KEY "stoker-compare-item"
#define BINDING_KEY "stoker-compare-binding"

struct _StokerCompareTable
{
  AdwBin parent_instance;

  StokerLineUp *line_up; /* owned, nullable */
  GListStore *items;     /* owned, of StokerCompareItem */
  char *pointed_id;      /* owned, nullable */
  char *awaited_id;      /* owned, nullable: to be selected when its row is there */
  char *order;           /* owned: as the heads of the columns tell it */
  guint filling;         /* tick callback while rows are missing, or 0 */
  gint64 volume;         /* outputs a month */
  gboolean is_stale;     /* @items are not in the order of @view, or not those of @line_up */
  gboolean is_outdated;  /* they are not those of @line_up */
  gboolean is_ordering;  /* it is not a click that changes the order */

  GtkSorter *sorter;             /* owned: that of @view, when it is its turn */
  GtkSortListModel *sorted;      /* owned */
  GtkSliceListModel *shown;      /* owned: the first of @sorted, those that have rows */
  GtkSingleSelection *selection; /* owned */

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
set_up_text (GtkLabel *label, int least_chars, int chars)
{
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_lines (label, 2);
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
    set_up_text (GTK_LABEL (label), LEAST_NAME_CHARS, NAME_CHARS);
  else if (column >= STOKER_COLUMN_SUPPORT)
    set_up_text (GTK_LABEL (label), LEAST_SENTENCE_CHARS, SENTENCE_CHARS);
  gtk_list_item_set_child (list_item, label);
}

static void
cell_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  StokerCompareColumn column = GPOINTER_TO_INT (user_data);
  StokerCompareItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *label = gtk_list_item_get_child (list_item);
  g_autofree char *text = NULL;

  g_object_set_data_full (G_OBJECT (label), ITEM_KEY, g_object_ref (item), g_object_unref);
  if (column == STOKER_COLUMN_PER_MONTH)
    {
      GBinding *binding = g_object_bind_property (item, "per-month", label, "label",
                                                  G_BINDING_SYNC_CREATE);

      g_object_set_data (G_OBJECT (label), BINDING_KEY, binding);
      return;
    }
  text = stoker_compare_item_get_text (item, column);
  gtk_label_set_label (GTK_LABEL (label), text);
  if (gtk_label_get_ellipsize (GTK_LABEL (label)) != PANGO_ELLIPSIZE_NONE)
    gtk_widget_set_tooltip_text (label, text);
}

static void
cell_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  GObject *label = G_OBJECT (gtk_list_item_get_child (list_item));
  GBinding *binding = g_object_steal_data (label, BINDING_KEY);

  if (binding != NULL)
    g_binding_unbind (binding);
  g_object_set_data (label, ITEM_KEY, NULL);
}

static void
add_column (StokerCompareTable *self, StokerCompareColumn column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = NULL;
  g_autoptr (GtkSorter) sorter = GTK_SORTER (
    gtk_custom_sorter_new (stoker_compare_order_items, GINT_TO_POINTER (column), NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (cell_setup_cb), GINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (cell_bind_cb), GINT_TO_POINTER (column));
  g_signal_connect (factory, "unbind", G_CALLBACK (cell_unbind_cb), GINT_TO_POINTER (column));
  view_column = gtk_column_view_column_new (stoker_compare_column_get_title (column), factory);
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_expand (view_column, column == STOKER_COLUMN_NAME ||
                                                    column >= STOKER_COLUMN_SUPPORT);
  gtk_column_view_append_column (self->view, view_column);
}

static StokerCompareItem *
find_item (GtkWidget *widget)
{
  for (GtkWidget *child = widget; child != NULL; child = gtk_widget_get_first_child (child))
    {
      StokerCompareItem *item = g_object_get_data (G_OBJECT (child), ITEM_KEY);

      if (item != NULL)
        return item;
    }
  return NULL;
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
  set_pointed (self, find_item (gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT)));
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
select_awaited (StokerCompareTable *self)
{
  guint position = find_position (G_LIST_MODEL (self->shown), self->awaited_id);

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, position);
}

static void
renew_items (StokerCompareTable *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *candidates = self->line_up->candidates;

  self->is_outdated = FALSE;
  for (guint i = 0; i < candidates->len; i++)
    g_ptr_array_add (items, stoker_compare_item_new (self->line_up->advice, candidates->pdata[i]));
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
  stoker_compare_table_set_volume (self, self->volume);
  forget_awaited (self);
}

/* Makes the rows those of the line-up, in the order of the columns. */
static void
renew (StokerCompareTable *self)
{
  self->is_stale = FALSE;
  if (self->is_outdated)
    renew_items (self);
  else
    gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

/* Returns whether there is more to do. */
static gboolean
fill (StokerCompareTable *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->sorted));
  guint n_shown = MIN (gtk_slice_list_model_get_size (self->shown), n_rows);

  if (self->is_stale && self->awaited_id == NULL)
    self->awaited_id = g_strdup (stoker_compare_table_get_selected_id (self));
  if (self->is_stale && n_shown > FIRST_ROWS)
    {
      gtk_slice_list_model_set_size (self->shown, MAX (n_shown, FIRST_ROWS + OLD_ROWS_A_FRAME) -
                                                    OLD_ROWS_A_FRAME);
      return TRUE;
    }
  if (self->is_stale)
    {
      gtk_slice_list_model_set_size (self->shown, MAX (n_shown, NEW_ROWS_A_FRAME));
      renew (self);
    }
  else
    {
      gtk_slice_list_model_set_size (self->shown, n_shown + NEW_ROWS_A_FRAME);
    }
  select_awaited (self);
  return gtk_slice_list_model_get_size (self->shown) <
         g_list_model_get_n_items (G_LIST_MODEL (self->sorted));
}

static gboolean
fill_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  StokerCompareTable *self = STOKER_COMPARE_TABLE (widget);

  if (fill (self))
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

/* Few rows become others at once, many in the next frames. */
static void
begin_to_renew (StokerCompareTable *self)
{
  if (self->line_up == NULL)
    return;
  self->is_stale = TRUE;
  if (self->filling == 0 && fill (self))
    self->filling = gtk_widget_add_tick_callback (GTK_WIDGET (self), fill_cb, NULL, NULL);
}

static void
order_changed_cb (StokerCompareTable *self)
{
  g_autofree char *order = self->is_ordering ? NULL : stoker_compare_order_read (self->view);

  begin_to_renew (self);
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
  self->shown = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->sorted)), 0,
                                          FIRST_ROWS);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->shown));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
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
  self->is_outdated = TRUE;
  begin_to_renew (self);
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
  g_auto (StokerCurve) curve = { 0 };

  g_return_if_fail (STOKER_IS_COMPARE_TABLE (self));

  self->volume = outputs_per_month;
  if (self->line_up == NULL || self->is_outdated)
    return;
  stoker_curve_init (&curve, self->line_up->advice);
  stoker_curve_count_jobs (&curve);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (StokerCompareItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      stoker_compare_item_set_per_month (item,
                                         stoker_curve_get_cost (&curve,
                                                                stoker_compare_item_get_candidate (
                                                                  item),
                                                                outputs_per_month));
    }
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
