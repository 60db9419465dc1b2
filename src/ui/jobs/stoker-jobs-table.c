/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-jobs-table.h"

#include "stoker-job-cells.h"
#include "stoker-job-phrases.h"
#include "stoker-job-places.h"
#include "stoker-queue-places.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#define NORMAL_RESOLUTION 96.0
/* Padding of a title, and the arrow that shows the order. */
#define ARROW_WIDTH 34
/* Padding of a cell, and the icon beside a state. */
#define STATE_EXTRA 48
/* Room for scroll bars. */
#define LEAST_SIZE 48

typedef struct
{
  const char *title;
  StokerJobOrder order; /* NEWEST: not sortable */
  int width;            /* 0: takes what is left */
  int wanted_from;      /* width of the table in pixels from which it is shown */
} ColumnLook;

static const ColumnLook looks[STOKER_N_JOB_COLUMNS] = {
  [STOKER_JOB_COLUMN_GROUP] = { N_ ("Group"), STOKER_JOB_ORDER_NEWEST, 120, 0 },
  [STOKER_JOB_COLUMN_STATE] = { N_ ("State"), STOKER_JOB_ORDER_STATE, 124, 0 },
  [STOKER_JOB_COLUMN_NAME] = { N_ ("Name"), STOKER_JOB_ORDER_NAME, 0, 0 },
  [STOKER_JOB_COLUMN_PROVIDER] = { N_ ("Provider"), STOKER_JOB_ORDER_PROVIDER, 110, 0 },
  [STOKER_JOB_COLUMN_GPU] = { N_ ("GPU"), STOKER_JOB_ORDER_GPU, 104, 900 },
  [STOKER_JOB_COLUMN_PROGRESS] = { N_ ("Progress"), STOKER_JOB_ORDER_PROGRESS, 120, 800 },
  [STOKER_JOB_COLUMN_ELAPSED] = { N_ ("Elapsed"), STOKER_JOB_ORDER_ELAPSED, 100, 0 },
  [STOKER_JOB_COLUMN_COST] = { N_ ("Cost"), STOKER_JOB_ORDER_COST, 196, 0 },
  [STOKER_JOB_COLUMN_STARTED] = { N_ ("Started"), STOKER_JOB_ORDER_STARTED, 104, 1004 },
};

struct _StokerJobsTable
{
  AdwBin parent_instance;

  StokerWorkspace *workspace;                         /* owned, nullable */
  StokerJobIndex *index;                              /* owned, nullable */
  StokerJobPlaces *places;                            /* owned, nullable: what the view shows */
  StokerJobList *jobs;                                /* owned, nullable: what is listened to */
  StokerJobCells *cells;                              /* owned, nullable */
  GtkColumnViewColumn *columns[STOKER_N_JOB_COLUMNS]; /* owned */
  gboolean is_showing_order;

  GtkScrolledWindow *scroller;
  GtkColumnView *view;
};

enum {
  ACTIVATE,
  ORDER_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StokerJobsTable, stoker_jobs_table, ADW_TYPE_BIN)

/* Cells. */

static void
cell_setup_cb (GtkListItemFactory *factory, GtkListItem *item, StokerJobsTable *self)
{
  StokerJobColumn column = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "column"));
  GtkWidget *cell = stoker_job_cell_new (self->workspace, column);

  gtk_list_item_set_child (item, cell);
  stoker_job_cells_add (self->cells, STOKER_JOB_CELL (cell), item);
}

static void
fill_cell (StokerJobCell *cell, guint position, gpointer user_data)
{
  StokerJobsTable *self = user_data;
  g_autoptr (StokerJob) job = g_list_model_get_item (G_LIST_MODEL (self->index), position);
  g_autofree char *label = NULL;

  stoker_job_cell_set_job (cell, job);
  if (stoker_job_cell_get_column (cell) != STOKER_JOB_COLUMN_GROUP || job == NULL)
    return;
  if (stoker_job_index_starts_group (self->index, position))
    label = stoker_job_group_label (self->workspace, job,
                                    stoker_job_index_get_grouping (self->index),
                                    g_get_real_time ());
  stoker_job_cell_set_group (cell, label);
}

static void
cell_bind_cb (GtkListItemFactory *factory, GtkListItem *item, StokerJobsTable *self)
{
  fill_cell (STOKER_JOB_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_position (item),
             self);
  stoker_job_cells_plan_names (self->cells);
}

static void
cell_unbind_cb (GtkListItemFactory *factory, GtkListItem *item, StokerJobsTable *self)
{
  stoker_job_cell_set_job (STOKER_JOB_CELL (gtk_list_item_get_child (item)), NULL);
}

/* The row after them may begin a group now, or no more. */
static void
filled_cb (StokerJobsTable *self, guint position, guint n_places)
{
  stoker_job_cells_fill (self->cells, position, n_places + 1, fill_cell, self);
}

static GtkListItemFactory *
make_factory (StokerJobsTable *self, StokerJobColumn column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_object_set_data (G_OBJECT (factory), "column", GINT_TO_POINTER (column));
  g_signal_connect_object (factory, "setup", G_CALLBACK (cell_setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (cell_bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (cell_unbind_cb), self, 0);
  return factory;
}

/* Heads. The view's own sorter sorts nothing: it is asked which column it would begin with. */

static StokerJobOrder asked_order;

static int
note_order (gconstpointer a, gconstpointer b, gpointer user_data)
{
  asked_order = GPOINTER_TO_INT (user_data);
  return 1;
}

static void
head_clicked_cb (StokerJobsTable *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  g_autofree char *order = NULL;
  GtkOrdering ordering;

  if (self->is_showing_order)
    return;
  asked_order = STOKER_JOB_ORDER_NEWEST;
  /* Of one thing with itself a sorter asks nobody. */
  ordering = gtk_sorter_compare (sorter, self, self->view);
  order = g_strconcat (ordering == GTK_ORDERING_SMALLER ? "-" : "",
                       stoker_job_order_name (asked_order), NULL);
  g_signal_emit (self, signals[ORDER_CHOSEN], 0, order);
}

static int
measure_text (StokerJobsTable *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* The states that a job keeps; those it passes through may be cut. */
static int
measure_states (StokerJobsTable *self)
{
  static const StokerJobState states[] = { STOKER_JOB_SUCCEEDED, STOKER_JOB_FAILED,
                                           STOKER_JOB_CANCELLED, STOKER_JOB_LOST };
  int width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    width = MAX (width, measure_text (self, stoker_phrase_job_state (states[i])));
  return width;
}

/* Room for titles and states in any language, and more of it for larger letters. */
static int
get_column_width (StokerJobsTable *self, const ColumnLook *look)
{
  double resolution = pango_cairo_context_get_resolution (
    gtk_widget_get_pango_context (GTK_WIDGET (self)));
  int width = (int) (look->width * MAX (resolution / NORMAL_RESOLUTION, 1.0));

  if (look == &looks[STOKER_JOB_COLUMN_STATE])
    width = MAX (width, measure_states (self) + STATE_EXTRA);
  return MAX (width, measure_text (self, g_dgettext (GETTEXT_PACKAGE, look->title)) + ARROW_WIDTH);
}

static void
add_column (StokerJobsTable *self, StokerJobColumn column)
{
  const ColumnLook *look = &looks[column];
  g_autoptr (GtkColumnViewColumn)
    made = gtk_column_view_column_new (g_dgettext (GETTEXT_PACKAGE, look->title),
                                       make_factory (self, column));

  if (look->width > 0)
    gtk_column_view_column_set_fixed_width (made, get_column_width (self, look));
  else
    gtk_column_view_column_set_expand (made, TRUE);
  gtk_column_view_column_set_resizable (made, TRUE);
  if (look->order != STOKER_JOB_ORDER_NEWEST)
    {
      g_autoptr (GtkSorter) sorter = GTK_SORTER (
        gtk_custom_sorter_new (note_order, GINT_TO_POINTER (look->order), NULL));

      gtk_column_view_column_set_sorter (made, sorter);
    }
  gtk_column_view_append_column (self->view, made);
  if (stoker_job_column_is_number (column))
    stoker_ui_set_head_at_end (self->view, column);
  self->columns[column] = g_steal_pointer (&made);
}

/* GTK 4.8 keeps room for a column that is only hidden, so it is taken out. */
static void
show_column (StokerJobsTable *self, StokerJobColumn column, gboolean is_wanted, guint place)
{
  GtkColumnViewColumn *shown = self->columns[column];
  gboolean is_there = gtk_column_view_column_get_column_view (shown) != NULL;

  if (is_wanted && !is_there)
    {
      gtk_column_view_insert_column (self->view, place, shown);
      if (stoker_job_column_is_number (column))
        stoker_ui_set_head_at_end (self->view, place);
    }
  else if (!is_wanted && is_there)
    gtk_column_view_remove_column (self->view, shown);
}

static void
job_changed_cb (StokerJobsTable *self, StokerJob *job)
{
  stoker_job_cells_refresh_job (self->cells, job);
}

/* What waits has moved up, or was moved. */
static void
places_changed_cb (StokerJobsTable *self)
{
  stoker_job_cells_refresh_column (self->cells, STOKER_JOB_COLUMN_STATE);
}

static void
activated_cb (StokerJobsTable *self, guint position)
{
  g_signal_emit (self, signals[ACTIVATE], 0, position);
}

/* A view in a scrolled window needs no room of its own. To ask it would measure each of its rows
 * whenever one of them changes. */
static void
stoker_jobs_table_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural = LEAST_SIZE;
}

static void
stoker_jobs_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
}

static void
drop_places (StokerJobsTable *self)
{
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  if (self->places != NULL)
    g_signal_handlers_disconnect_by_data (self->places, self);
  g_clear_object (&self->places);
}

static void
stoker_jobs_table_dispose (GObject *object)
{
  StokerJobsTable *self = STOKER_JOBS_TABLE (object);

  drop_places (self);
  self->view = NULL;
  g_clear_pointer (&self->cells, stoker_job_cells_free);
  for (int i = 0; i < STOKER_N_JOB_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_object (&self->index);
  stoker_jobs_table_set_workspace (self, NULL);
  G_OBJECT_CLASS (stoker_jobs_table_parent_class)->dispose (object);
}

static void
stoker_jobs_table_class_init (StokerJobsTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = stoker_jobs_table_dispose;
  widget_class->measure = stoker_jobs_table_measure;
  widget_class->size_allocate = stoker_jobs_table_size_allocate;
  signals[ACTIVATE] = g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ORDER_CHOSEN] = g_signal_new ("order-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/jobs/stoker-jobs-table.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerJobsTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsTable, view);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
stoker_jobs_table_init (StokerJobsTable *self)
{
  /* Instead of the layout of a bin, which would measure the view. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cells = stoker_job_cells_new (GTK_WIDGET (self->scroller));
  for (int i = 0; i < STOKER_N_JOB_COLUMNS; i++)
    add_column (self, i);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (head_clicked_cb), self, G_CONNECT_SWAPPED);
}

/**
 * stoker_jobs_table_set_workspace:
 * @workspace: (nullable): the workspace, which knows the names of providers
 */
void
stoker_jobs_table_set_workspace (StokerJobsTable *self, StokerWorkspace *workspace)
{
  g_return_if_fail (STOKER_IS_JOBS_TABLE (self));

  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_clear_object (&self->jobs);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (stoker_queue_places_of (self->workspace), self);
  g_set_object (&self->workspace, workspace);
  if (workspace == NULL)
    return;
  self->jobs = g_object_ref (STOKER_JOB_LIST (stoker_workspace_get_jobs (workspace)));
  g_signal_connect_swapped (self->jobs, "job-changed", G_CALLBACK (job_changed_cb), self);
  g_signal_connect_swapped (stoker_queue_places_of (workspace), "changed",
                            G_CALLBACK (places_changed_cb), self);
}

/**
 * stoker_jobs_table_set_model:
 * @selection: (nullable): what to show
 * @index: (nullable): the index below it, which knows the groups
 *
 * Shows jobs, or nothing: a table that is not seen must not have rows.
 */
void
stoker_jobs_table_set_model (StokerJobsTable *self,
                             GtkSelectionModel *selection,
                             StokerJobIndex *index)
{
  g_return_if_fail (STOKER_IS_JOBS_TABLE (self));

  if (selection != NULL)
    g_set_object (&self->index, index);
  drop_places (self);
  if (selection != NULL)
    {
      self->places = stoker_job_places_new (selection);
      g_signal_connect_swapped (self->places, "filled", G_CALLBACK (filled_cb), self);
      gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->places));
    }
  else
    g_clear_object (&self->index);
}

/**
 * stoker_jobs_table_get_model:
 *
 * Returns: (transfer none) (nullable): what it shows
 */
GtkSelectionModel *
stoker_jobs_table_get_model (StokerJobsTable *self)
{
  g_return_val_if_fail (STOKER_IS_JOBS_TABLE (self), NULL);

  return self->places != NULL ? stoker_job_places_get_selection (self->places) : NULL;
}

/**
 * stoker_jobs_table_show_order:
 * @order: how the jobs are sorted
 * @is_descending: whether the largest come first
 *
 * Marks the head of the column.
 */
void
stoker_jobs_table_show_order (StokerJobsTable *self, StokerJobOrder order, gboolean is_descending)
{
  GtkColumnViewColumn *column = NULL;

  g_return_if_fail (STOKER_IS_JOBS_TABLE (self));

  for (int i = 0; i < STOKER_N_JOB_COLUMNS; i++)
    if (order != STOKER_JOB_ORDER_NEWEST && looks[i].order == order &&
        gtk_column_view_column_get_column_view (self->columns[i]) != NULL)
      column = self->columns[i];
  self->is_showing_order = TRUE;
  /* Twice, because a column that is the first already turns round. */
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  if (column != NULL)
    gtk_column_view_sort_by_column (self->view, column,
                                    is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->is_showing_order = FALSE;
}

/**
 * stoker_jobs_table_show_width:
 * @width: in pixels
 *
 * Shows the columns there is room for, and that of the groups when there are some.
 */
void
stoker_jobs_table_show_width (StokerJobsTable *self, int width)
{
  gboolean is_grouped = self->index != NULL &&
                        stoker_job_index_get_grouping (self->index) != STOKER_JOB_GROUP_NONE;
  guint place = 0;

  g_return_if_fail (STOKER_IS_JOBS_TABLE (self));

  if (is_grouped)
    width -= get_column_width (self, &looks[STOKER_JOB_COLUMN_GROUP]);
  for (int i = 0; i < STOKER_N_JOB_COLUMNS; i++)
    {
      gboolean is_wanted = i == STOKER_JOB_COLUMN_GROUP ? is_grouped
                                                        : width >= looks[i].wanted_from;

      show_column (self, i, is_wanted, place);
      place += is_wanted;
    }
}

/**
 * stoker_jobs_table_tick:
 *
 * A second has gone: says the elapsed time of what runs.
 */
void
stoker_jobs_table_tick (StokerJobsTable *self)
{
  g_return_if_fail (STOKER_IS_JOBS_TABLE (self));

  stoker_job_cells_tick (self->cells);
}

/**
 * stoker_jobs_table_get_vadjustment:
 *
 * Returns: (transfer none): how far it is scrolled
 */
GtkAdjustment *
stoker_jobs_table_get_vadjustment (StokerJobsTable *self)
{
  g_return_val_if_fail (STOKER_IS_JOBS_TABLE (self), NULL);

  return gtk_scrolled_window_get_vadjustment (self->scroller);
}

/**
 * stoker_jobs_table_write_anew:
 *
 * Amounts are written in another way from now on.
 */
void
stoker_jobs_table_write_anew (StokerJobsTable *self)
{
  g_return_if_fail (STOKER_IS_JOBS_TABLE (self));

  stoker_job_cells_refresh_column (self->cells, STOKER_JOB_COLUMN_COST);
}
