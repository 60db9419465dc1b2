/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-jobs-list-private.h"

#include "stoker-jobs-bulk-private.h"

#include <glib/gi18n-lib.h>

/*
 * A job that waits is dragged to another place in the queue. Source and target are those of the
 * whole list, because the rows of a column view are GTK's own and come and go.
 */

/* How near to an edge the list begins to scroll, and how far with each frame. */
#define EDGE 36
#define STEP 8

/* The row at a place of the list, and its job. */
static GtkWidget *
find_row (StokerJobsList *self, double x, double y, StokerJob **job)
{
  GtkWidget *list = GTK_WIDGET (self->stack);
  GtkWidget *row = gtk_widget_pick (list, x, y, GTK_PICK_DEFAULT);

  while (row != NULL && row != list && !g_str_equal (gtk_widget_get_css_name (row), "row"))
    row = gtk_widget_get_parent (row);
  if (row == NULL || row == list)
    return NULL;
  *job = stoker_jobs_list_job_of_row (row);
  return *job != NULL ? row : NULL;
}

/* Where it is dropped means something only where the rows are in the order of the queue. */

static GSettings *
get_settings (StokerJobsList *self)
{
  return stoker_settings_get_gsettings (stoker_workspace_get_settings (self->workspace));
}

static gboolean
is_in_order_of_queue (StokerJobsList *self)
{
  g_autofree char *order = g_settings_get_string (get_settings (self), "jobs-sort");

  return g_str_equal (order, stoker_job_order_name (STOKER_JOB_ORDER_QUEUE));
}

static void
sort_asked_cb (StokerJobsList *self)
{
  if (self->workspace != NULL)
    g_settings_set_string (get_settings (self), "jobs-sort",
                           stoker_job_order_name (STOKER_JOB_ORDER_QUEUE));
}

static void
offer_order_of_queue (StokerJobsList *self)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast = NULL;

  if (overlay == NULL)
    return;
  toast = adw_toast_new (_ ("Sort the list by queue, then drag"));
  adw_toast_set_button_label (toast, _ ("_Sort by Queue"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (sort_asked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/* The source. */

static GdkContentProvider *
prepare_cb (StokerJobsList *self, double x, double y)
{
  StokerJob *job = NULL;

  if (find_row (self, x, y, &job) == NULL || stoker_job_get_state (job) != STOKER_JOB_WAITING)
    return NULL;
  if (is_in_order_of_queue (self))
    return gdk_content_provider_new_typed (STOKER_TYPE_JOB, job);
  offer_order_of_queue (self);
  return NULL;
}

static void
begin_cb (StokerJobsList *self, GdkDrag *drag)
{
  g_auto (GValue) value = G_VALUE_INIT;
  GtkWidget *label = NULL;

  g_value_init (&value, STOKER_TYPE_JOB);
  if (!gdk_content_provider_get_value (gdk_drag_get_content (drag), &value, NULL))
    return;
  label = gtk_label_new (stoker_job_get_name (g_value_get_object (&value)));
  gtk_widget_add_css_class (label, "stoker-dragged");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
}

/* The target. */

static void
unmark (StokerJobsList *self)
{
  if (self->drop_row == NULL)
    return;
  gtk_widget_remove_css_class (self->drop_row, "stoker-drop-before");
  gtk_widget_remove_css_class (self->drop_row, "stoker-drop-after");
  g_clear_weak_pointer (&self->drop_row);
}

/* Rows of other groups are not the neighbours they seem to be. */
static gboolean
is_same_group (StokerJobsList *self, StokerJob *job, StokerJob *other)
{
  StokerJobGrouping grouping = stoker_job_index_get_grouping (self->index);

  if (grouping == STOKER_JOB_GROUP_DAY)
    return stoker_job_local_day (job) == stoker_job_local_day (other);
  return grouping == STOKER_JOB_GROUP_NONE ||
         g_strcmp0 (stoker_job_get_provider_id (job), stoker_job_get_provider_id (other)) == 0;
}

/* The row beside which the job would go, its job, and on which side. */
static GtkWidget *
find_place (
  StokerJobsList *self, StokerJob *job, GdkRectangle *point, StokerJob **other, gboolean *is_after)
{
  GtkWidget *row = find_row (self, point->x, point->y, other);
  double y = 0;

  if (job == NULL || row == NULL || *other == job ||
      stoker_job_get_state (*other) != STOKER_JOB_WAITING || !is_same_group (self, job, *other))
    return NULL;
  gtk_widget_translate_coordinates (GTK_WIDGET (self->stack), row, point->x, point->y, NULL, &y);
  *is_after = y > gtk_widget_get_height (row) / 2.0;
  return row;
}

static GtkAdjustment *
get_adjustment (StokerJobsList *self)
{
  return self->is_table ? stoker_jobs_table_get_vadjustment (self->table)
                        : gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->rows));
}

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  StokerJobsList *self = STOKER_JOBS_LIST (widget);
  GtkAdjustment *adjustment = get_adjustment (self);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + self->drop_scroll);
  return G_SOURCE_CONTINUE;
}

static void
stop_scrolling (StokerJobsList *self)
{
  if (self->drop_scroll != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->drop_tick_id);
  self->drop_scroll = 0;
}

/* The queue may be longer than what is seen of it. */
static void
scroll_at_edges (StokerJobsList *self, double y)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->stack));
  int step = y < EDGE ? -STEP : y > height - EDGE ? STEP : 0;

  if (step == self->drop_scroll)
    return;
  stop_scrolling (self);
  self->drop_scroll = step;
  if (step != 0)
    self->drop_tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}

static GdkDragAction
motion_cb (StokerJobsList *self, double x, double y, GtkDropTarget *target)
{
  const GValue *value = gtk_drop_target_get_value (target);
  GdkRectangle point = { .x = (int) x, .y = (int) y };
  StokerJob *other = NULL;
  gboolean is_after = FALSE;
  GtkWidget *row = find_place (self, value != NULL ? g_value_get_object (value) : NULL, &point,
                               &other, &is_after);

  unmark (self);
  scroll_at_edges (self, y);
  if (row == NULL)
    return 0;
  gtk_widget_add_css_class (row, is_after ? "stoker-drop-after" : "stoker-drop-before");
  g_set_weak_pointer (&self->drop_row, row);
  return GDK_ACTION_MOVE;
}

static void
leave_cb (StokerJobsList *self)
{
  unmark (self);
  stop_scrolling (self);
}

static gboolean
drop_cb (StokerJobsList *self, const GValue *value, double x, double y)
{
  GdkRectangle point = { .x = (int) x, .y = (int) y };
  StokerJob *job = g_value_get_object (value);
  StokerJob *other = NULL;
  gboolean is_after = FALSE;

  leave_cb (self);
  if (find_place (self, job, &point, &other, &is_after) == NULL)
    return FALSE;
  stoker_jobs_bulk_move_beside (self, job, other, is_after);
  return TRUE;
}

void
stoker_jobs_list_add_drag (StokerJobsList *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (STOKER_TYPE_JOB, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (begin_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), GTK_EVENT_CONTROLLER (source));

  /* Whether it may be dropped depends on the job. */
  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect_swapped (target, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), GTK_EVENT_CONTROLLER (target));
}

void
stoker_jobs_list_end_drag (StokerJobsList *self)
{
  leave_cb (self);
}
