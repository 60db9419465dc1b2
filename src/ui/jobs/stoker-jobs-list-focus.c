/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-jobs-list-private.h"

#include "stoker-job-cell.h"
#include "stoker-job-row.h"

/*
 * Where the keyboard is in the list, and from where Shift and an arrow select. A list view of GTK
 * 4.8 knows both by its rows, and forgets them when a search or a grouping takes the rows away.
 */

/* The job in a row of GTK's own. */
StokerJob *
stoker_jobs_list_job_of_row (GtkWidget *row)
{
  for (GtkWidget *inside = row; inside != NULL; inside = gtk_widget_get_first_child (inside))
    if (STOKER_IS_JOB_ROW (inside))
      return stoker_job_row_get_job (STOKER_JOB_ROW (inside));
    else if (STOKER_IS_JOB_CELL (inside))
      return stoker_job_cell_get_job (STOKER_JOB_CELL (inside));
  return NULL;
}

static GtkWidget *
find_list_view (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LIST_VIEW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list_view (child);
  return found;
}

/* The view that is seen; a column view has one inside. */
static GtkWidget *
get_view (StokerJobsList *self)
{
  return self->is_table ? find_list_view (GTK_WIDGET (self->table)) : GTK_WIDGET (self->rows);
}

static GtkWidget *
find_row (GtkWidget *view, StokerJob *job)
{
  for (GtkWidget *row = gtk_widget_get_first_child (view); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (stoker_jobs_list_job_of_row (row) == job)
      return row;
  return NULL;
}

/* What is selected is where the keyboard comes in, and where a range begins. */
void
stoker_jobs_list_restore_anchor (StokerJobsList *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  g_autoptr (StokerJob) job = NULL;
  GtkWidget *view = get_view (self);
  GtkWidget *row = NULL;

  if (view == NULL || gtk_bitset_get_size (selected) != 1)
    return;
  job = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_nth (selected, 0));
  gtk_widget_activate_action (view, "list.select-item", "(ubb)", gtk_bitset_get_nth (selected, 0),
                              FALSE, FALSE);
  row = find_row (view, job);
  if (row != NULL && gtk_widget_get_focus_child (view) == NULL)
    gtk_widget_set_focus_child (view, row);
}

/**
 * stoker_jobs_list_focus_rows:
 *
 * Gives the keyboard to the row that is selected, or to the first one.
 */
void
stoker_jobs_list_focus_rows (StokerJobsList *self)
{
  GtkWidget *view = NULL;

  g_return_if_fail (STOKER_IS_JOBS_LIST (self));

  view = get_view (self);
  if (view != NULL && gtk_widget_get_focus_child (view) != NULL)
    gtk_widget_grab_focus (gtk_widget_get_focus_child (view));
  else if (view != NULL)
    gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD);
}

/* Escape leaves one thing after the other. */
static gboolean
escape_pressed_cb (GtkWidget *widget, GVariant *arguments, gpointer unused)
{
  StokerJobsList *self = STOKER_JOBS_LIST (widget);
  g_autoptr (GtkBitset) selected = NULL;

  if (self->selection == NULL)
    return GDK_EVENT_PROPAGATE;
  selected = gtk_selection_model_get_selection (self->selection);
  if (self->is_searching)
    stoker_jobs_list_end_search (self);
  else if (self->is_selecting)
    stoker_jobs_list_leave_selection (self);
  else if (self->chosen != NULL && gtk_bitset_get_size (selected) > 1)
    stoker_jobs_list_choose (self, self->chosen);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

void
stoker_jobs_list_bind_focus (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_pressed_cb, NULL);
  gtk_widget_class_bind_template_callback (widget_class, stoker_jobs_list_focus_rows);
}
