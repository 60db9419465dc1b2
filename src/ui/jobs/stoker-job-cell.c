/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-cell.h"

#include "stoker-job-phrases.h"
#include "stoker-phrases.h"
#include "stoker-queue-places.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#define SPACING 6

struct _StokerJobCell
{
  GtkWidget parent_instance;

  StokerWorkspace *workspace; /* owned */
  StokerJob *job;             /* owned, nullable */
  StokerJobColumn column;
  int shown_state; /* −1: none yet */

  GtkImage *image;      /* borrowed, nullable: the state has one */
  GtkInscription *text; /* borrowed */
  GtkProgressBar *bar;  /* borrowed, nullable: made when there is progress */
};

G_DEFINE_FINAL_TYPE (StokerJobCell, stoker_job_cell, GTK_TYPE_WIDGET)

static char *
tell_started (StokerJob *job)
{
  gint64 started_us = stoker_job_get_started (job);
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) started = NULL;

  if (started_us == 0)
    return g_strdup (stoker_job_state_is_final (stoker_job_get_state (job)) ? _ ("never")
                                                                            : _ ("not yet"));
  now = g_date_time_new_now_local ();
  started = g_date_time_new_from_unix_local (started_us / G_USEC_PER_SEC);
  if (g_date_time_get_day_of_year (now) == g_date_time_get_day_of_year (started) &&
      g_date_time_get_year (now) == g_date_time_get_year (started))
    return g_date_time_format (started, "%H:%M");
  if (g_date_time_get_year (now) == g_date_time_get_year (started))
    return g_date_time_format (started, _ ("%-e %b, %H:%M"));
  return g_date_time_format (started, _ ("%-e %b %Y"));
}

static char *
tell_provider (StokerJobCell *self)
{
  const char *id = stoker_job_get_provider_id (self->job);
  StokerProvider *provider = stoker_workspace_lookup_provider (self->workspace, id);

  return g_strdup (provider != NULL ? stoker_provider_get_name (provider) : id);
}

static char *
tell_elapsed (StokerJob *job)
{
  gint64 elapsed_s = stoker_job_elapsed_s (job, g_get_real_time ());

  return elapsed_s >= 0 ? stoker_phrase_duration (elapsed_s) : g_strdup ("");
}

static char *
tell_progress (StokerJob *job)
{
  if (stoker_job_state_is_final (stoker_job_get_state (job)))
    return g_strdup ("");
  return stoker_phrase_job_progress (stoker_job_get_progress (job), stoker_job_get_stage (job));
}

static char *
tell (StokerJobCell *self)
{
  switch (self->column)
    {
    case STOKER_JOB_COLUMN_STATE:
      return stoker_phrase_job_place (stoker_job_get_state (self->job),
                                      stoker_queue_places_lookup (stoker_queue_places_of (
                                                                    self->workspace),
                                                                  self->job));
    case STOKER_JOB_COLUMN_NAME:
      return g_strdup (stoker_job_get_name (self->job));
    case STOKER_JOB_COLUMN_PROVIDER:
      return tell_provider (self);
    case STOKER_JOB_COLUMN_GPU:
      return g_strdup (stoker_job_get_gpu (self->job));
    case STOKER_JOB_COLUMN_PROGRESS:
      return tell_progress (self->job);
    case STOKER_JOB_COLUMN_ELAPSED:
      return tell_elapsed (self->job);
    case STOKER_JOB_COLUMN_COST:
      return stoker_phrase_job_cost (stoker_job_get_accrued (self->job),
                                     stoker_job_get_estimated (self->job),
                                     stoker_job_get_dry_run (self->job));
    case STOKER_JOB_COLUMN_STARTED:
      return tell_started (self->job);
    case STOKER_JOB_COLUMN_GROUP:
    case STOKER_N_JOB_COLUMNS:
    default:
      return NULL;
    }
}

static void
show_state (StokerJobCell *self)
{
  StokerJobState state = stoker_job_get_state (self->job);

  if ((int) state == self->shown_state)
    return;
  self->shown_state = state;
  gtk_image_set_from_icon_name (self->image, stoker_phrase_job_icon (state));
  stoker_ui_set_state_class (GTK_WIDGET (self->image), stoker_phrase_job_class (state));
}

static void
show_bar (StokerJobCell *self)
{
  double progress = stoker_job_get_progress (self->job);
  gboolean is_shown = progress >= 0 &&
                      !stoker_job_state_is_final (stoker_job_get_state (self->job));

  if (is_shown && self->bar == NULL)
    {
      self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
      gtk_widget_set_valign (GTK_WIDGET (self->bar), GTK_ALIGN_CENTER);
      gtk_widget_insert_before (GTK_WIDGET (self->bar), GTK_WIDGET (self), NULL);
      stoker_ui_set_label (GTK_WIDGET (self->bar), _ ("Progress"));
    }
  if (self->bar == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->bar), is_shown);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (progress, 0, 1));
}

static void
stoker_job_cell_dispose (GObject *object)
{
  StokerJobCell *self = STOKER_JOB_CELL (object);
  GtkWidget *child = NULL;

  g_clear_object (&self->job);
  g_clear_object (&self->workspace);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (stoker_job_cell_parent_class)->dispose (object);
}

static void
stoker_job_cell_class_init (StokerJobCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_job_cell_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
stoker_job_cell_init (StokerJobCell *self)
{
  self->shown_state = -1;
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              SPACING);
  self->text = GTK_INSCRIPTION (gtk_inscription_new (NULL));
  gtk_inscription_set_text_overflow (self->text, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->text), GTK_WIDGET (self));
}

/**
 * stoker_job_column_is_number:
 * @column: what a column shows
 *
 * Returns: whether it is a figure, which stands at the end of its cell
 */
gboolean
stoker_job_column_is_number (StokerJobColumn column)
{
  return column == STOKER_JOB_COLUMN_ELAPSED || column == STOKER_JOB_COLUMN_COST ||
         column == STOKER_JOB_COLUMN_STARTED;
}

/**
 * stoker_job_cell_new:
 * @workspace: the workspace, which knows the names of providers
 * @column: what to show
 *
 * Returns: (transfer floating): an empty cell
 */
GtkWidget *
stoker_job_cell_new (StokerWorkspace *workspace, StokerJobColumn column)
{
  StokerJobCell *self = g_object_new (STOKER_TYPE_JOB_CELL, NULL);

  self->workspace = g_object_ref (workspace);
  self->column = column;
  if (column == STOKER_JOB_COLUMN_STATE)
    {
      self->image = GTK_IMAGE (gtk_image_new ());
      gtk_widget_insert_after (GTK_WIDGET (self->image), GTK_WIDGET (self), NULL);
    }
  if (stoker_job_column_is_number (column))
    {
      gtk_inscription_set_xalign (self->text, 1);
      gtk_widget_add_css_class (GTK_WIDGET (self->text), "numeric");
    }
  if (column == STOKER_JOB_COLUMN_GROUP)
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "heading");
  return GTK_WIDGET (self);
}

/**
 * stoker_job_cell_set_job:
 * @job: (nullable): the job to show; whoever knows that it has changed calls
 * stoker_job_cell_refresh()
 */
void
stoker_job_cell_set_job (StokerJobCell *self, StokerJob *job)
{
  g_return_if_fail (STOKER_IS_JOB_CELL (self));

  if (self->job == job)
    return;
  g_set_object (&self->job, job);
  if (job != NULL && self->column != STOKER_JOB_COLUMN_GROUP)
    stoker_job_cell_refresh (self);
}

/**
 * stoker_job_cell_set_group:
 * @label: (nullable): the head of the group that begins here
 */
void
stoker_job_cell_set_group (StokerJobCell *self, const char *label)
{
  g_return_if_fail (STOKER_IS_JOB_CELL (self));

  gtk_inscription_set_text (self->text, label);
}

/**
 * stoker_job_cell_get_job:
 *
 * Returns: (transfer none) (nullable): the job it shows
 */
StokerJob *
stoker_job_cell_get_job (StokerJobCell *self)
{
  g_return_val_if_fail (STOKER_IS_JOB_CELL (self), NULL);

  return self->job;
}

/**
 * stoker_job_cell_get_column:
 *
 * Returns: what it shows of a job
 */
StokerJobColumn
stoker_job_cell_get_column (StokerJobCell *self)
{
  g_return_val_if_fail (STOKER_IS_JOB_CELL (self), STOKER_N_JOB_COLUMNS);

  return self->column;
}

/**
 * stoker_job_cell_refresh:
 *
 * Says what is so now.
 */
void
stoker_job_cell_refresh (StokerJobCell *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (STOKER_IS_JOB_CELL (self));

  if (self->job == NULL || self->column == STOKER_JOB_COLUMN_GROUP)
    return;
  text = tell (self);
  gtk_inscription_set_text (self->text, text != NULL ? text : "");
  if (self->column == STOKER_JOB_COLUMN_STATE)
    show_state (self);
  else if (self->column == STOKER_JOB_COLUMN_PROGRESS)
    show_bar (self);
}
