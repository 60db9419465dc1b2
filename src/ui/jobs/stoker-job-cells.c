/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-cells.h"

/* How far outside of what is seen a row is drawn already, in pixels. */
#define MARGIN 64
/* How long names may be told at a time. */
#define SLICE_US 2000

struct _StokerJobCells
{
  GtkWidget *viewport;  /* borrowed, nullable: what shows the rows, until it is destroyed */
  GHashTable *cells;    /* owned, borrowed cells → their items, owned */
  GdkFrameClock *clock; /* borrowed, nullable: while the viewport is realized */
  gulong layout_handler;
  guint names_id;
};

/* What is seen. */

static gboolean
is_row_near (StokerJobCells *self, GtkWidget *row)
{
  double y = 0;

  if (!gtk_widget_translate_coordinates (row, self->viewport, 0, 0, NULL, &y))
    return FALSE;
  return y + gtk_widget_get_height (row) > -MARGIN &&
         y < gtk_widget_get_height (self->viewport) + MARGIN;
}

/* In each row the cells of the view have ours as their only children. */
static void
show_row (GtkWidget *row, gboolean is_near)
{
  for (GtkWidget *place = gtk_widget_get_first_child (row); place != NULL;
       place = gtk_widget_get_next_sibling (place))
    {
      GtkWidget *cell = gtk_widget_get_first_child (place);

      if (STOKER_IS_JOB_CELL (cell))
        stoker_job_cell_set_near (STOKER_JOB_CELL (cell), is_near);
    }
}

static GtkWidget *
get_row (GtkWidget *cell)
{
  GtkWidget *place = gtk_widget_get_parent (cell);

  return place != NULL ? gtk_widget_get_parent (place) : NULL;
}

/* After the layout of a frame and before it is drawn. A row that moves is not told so: asking each
 * one is the only way to know, and there are at most some hundred. */
static void
laid_out_cb (StokerJobCells *self)
{
  GHashTableIter iter;
  gpointer cell;

  if (!gtk_widget_get_mapped (self->viewport))
    return;
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    if (stoker_job_cell_get_column (cell) == STOKER_JOB_COLUMN_NAME)
      {
        GtkWidget *row = get_row (cell);

        if (row != NULL)
          show_row (row, is_row_near (self, row));
      }
}

static void
realized_cb (StokerJobCells *self)
{
  self->clock = gtk_widget_get_frame_clock (self->viewport);
  self->layout_handler = g_signal_connect_data (self->clock, "layout", G_CALLBACK (laid_out_cb),
                                                self, NULL, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

static void
unrealized_cb (StokerJobCells *self)
{
  g_clear_signal_handler (&self->layout_handler, self->clock);
  self->clock = NULL;
}

/* Names. */

static gboolean
name_cb (gpointer user_data)
{
  StokerJobCells *self = user_data;
  gint64 end_us = g_get_monotonic_time () + SLICE_US;
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    {
      if (stoker_job_cell_is_named (cell))
        continue;
      if (g_get_monotonic_time () >= end_us)
        return G_SOURCE_CONTINUE;
      stoker_job_cell_tell_name (cell);
    }
  self->names_id = 0;
  return G_SOURCE_REMOVE;
}

static void
cell_destroyed_cb (GtkWidget *cell, StokerJobCells *self)
{
  g_hash_table_remove (self->cells, cell);
}

static void
forget_cells (StokerJobCells *self)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    g_signal_handlers_disconnect_by_data (cell, self);
  g_hash_table_unref (self->cells);
}

/**
 * stoker_job_cells_new:
 * @viewport: the widget in which rows are scrolled; it outlives what is returned
 *
 * Returns: (transfer full): no cells yet
 */
StokerJobCells *
stoker_job_cells_new (GtkWidget *viewport)
{
  StokerJobCells *self = g_new0 (StokerJobCells, 1);

  self->cells = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_object_unref);
  g_set_weak_pointer (&self->viewport, viewport);
  g_signal_connect_swapped (viewport, "realize", G_CALLBACK (realized_cb), self);
  g_signal_connect_swapped (viewport, "unrealize", G_CALLBACK (unrealized_cb), self);
  return self;
}

/**
 * stoker_job_cells_free:
 *
 * Forgets the cells, which go on.
 */
void
stoker_job_cells_free (StokerJobCells *self)
{
  if (self->viewport != NULL)
    g_signal_handlers_disconnect_by_data (self->viewport, self);
  g_clear_weak_pointer (&self->viewport);
  if (self->clock != NULL)
    unrealized_cb (self);
  g_clear_handle_id (&self->names_id, g_source_remove);
  forget_cells (self);
  g_free (self);
}

/**
 * stoker_job_cells_add:
 * @cell: a new cell; it is forgotten when it is destroyed
 * @item: the item whose child it is, which knows its position
 */
void
stoker_job_cells_add (StokerJobCells *self, StokerJobCell *cell, GtkListItem *item)
{
  g_hash_table_insert (self->cells, cell, g_object_ref (item));
  /* Not when its item is torn down: that item may have no child any more. */
  g_signal_connect (cell, "destroy", G_CALLBACK (cell_destroyed_cb), self);
}

/**
 * stoker_job_cells_fill:
 * @position: the first of the places
 * @n_places: how many there are
 * @fill: (scope call): what to do with the cells of these places
 * @user_data: for @fill
 *
 * Says that something else is at these places.
 */
void
stoker_job_cells_fill (
  StokerJobCells *self, guint position, guint n_places, StokerJobCellFunc fill, gpointer user_data)
{
  GHashTableIter iter;
  gpointer cell;
  gpointer item;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, &item))
    {
      guint place = gtk_list_item_get_position (item);

      /* One that has no place now is bound when it gets one. */
      if (place != GTK_INVALID_LIST_POSITION && place >= position && place - position < n_places)
        fill (cell, place, user_data);
    }
  stoker_job_cells_plan_names (self);
}

/**
 * stoker_job_cells_plan_names:
 *
 * Says that cells show something else now.
 */
void
stoker_job_cells_plan_names (StokerJobCells *self)
{
  if (self->names_id == 0)
    self->names_id = g_idle_add (name_cb, self);
}

/**
 * stoker_job_cells_refresh_job:
 * @job: a job that has changed
 *
 * A few hundred rows are faster gone through than connected to their jobs one by one.
 */
void
stoker_job_cells_refresh_job (StokerJobCells *self, StokerJob *job)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    if (stoker_job_cell_get_job (cell) == job)
      stoker_job_cell_refresh (cell);
  stoker_job_cells_plan_names (self);
}

/**
 * stoker_job_cells_refresh_column:
 * @column: a column
 *
 * Says what is so now in each row.
 */
void
stoker_job_cells_refresh_column (StokerJobCells *self, StokerJobColumn column)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    if (stoker_job_cell_get_column (cell) == column)
      stoker_job_cell_refresh (cell);
  stoker_job_cells_plan_names (self);
}

/**
 * stoker_job_cells_tick:
 *
 * A second has gone: says the elapsed time of what runs.
 */
void
stoker_job_cells_tick (StokerJobCells *self)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    {
      StokerJob *job = stoker_job_cell_get_job (cell);

      if (stoker_job_cell_get_column (cell) == STOKER_JOB_COLUMN_ELAPSED && job != NULL &&
          gtk_widget_get_mapped (cell) && !stoker_job_state_is_final (stoker_job_get_state (job)))
        stoker_job_cell_refresh (cell);
    }
  stoker_job_cells_plan_names (self);
}
