/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-running-row.h"

#include "stoker-job-phrases.h"
#include "stoker-overview-phrases.h"
#include "stoker-ui.h"

struct _StokerRunningRow
{
  GtkListBoxRow parent_instance;

  StokerJob *job;      /* owned, nullable in a template test */
  char *provider_name; /* owned, nullable */

  GtkLabel *name_label;
  GtkLabel *cost_label;
  GtkLabel *state_label;
  GtkProgressBar *progress_bar;
};

G_DEFINE_FINAL_TYPE (StokerRunningRow, stoker_running_row, GTK_TYPE_LIST_BOX_ROW)

static void
stoker_running_row_dispose (GObject *object)
{
  StokerRunningRow *self = STOKER_RUNNING_ROW (object);

  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  G_OBJECT_CLASS (stoker_running_row_parent_class)->dispose (object);
}

static void
stoker_running_row_finalize (GObject *object)
{
  g_free (STOKER_RUNNING_ROW (object)->provider_name);
  G_OBJECT_CLASS (stoker_running_row_parent_class)->finalize (object);
}

static void
stoker_running_row_class_init (StokerRunningRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_running_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = stoker_running_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/overview/stoker-running-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerRunningRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, StokerRunningRow, cost_label);
  gtk_widget_class_bind_template_child (widget_class, StokerRunningRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, StokerRunningRow, progress_bar);
}

static void
stoker_running_row_init (StokerRunningRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
job_notified_cb (StokerRunningRow *self, GParamSpec *pspec)
{
  if (!g_str_equal (pspec->name, "log"))
    stoker_running_row_refresh (self);
}

/**
 * stoker_running_row_new:
 * @job: a job
 * @provider_name: what its provider is called
 *
 * Returns: (transfer floating): a row that follows the job
 */
GtkWidget *
stoker_running_row_new (StokerJob *job, const char *provider_name)
{
  StokerRunningRow *self = g_object_new (STOKER_TYPE_RUNNING_ROW, NULL);

  self->job = g_object_ref (job);
  self->provider_name = g_strdup (provider_name);
  g_signal_connect_swapped (job, "notify", G_CALLBACK (job_notified_cb), self);
  stoker_running_row_refresh (self);
  return GTK_WIDGET (self);
}

/**
 * stoker_running_row_get_job_id:
 *
 * Returns: (transfer none) (nullable): id of its job
 */
const char *
stoker_running_row_get_job_id (StokerRunningRow *self)
{
  g_return_val_if_fail (STOKER_IS_RUNNING_ROW (self), NULL);

  return self->job != NULL ? stoker_job_get_id (self->job) : NULL;
}

/**
 * stoker_running_row_refresh:
 *
 * Tells the time again. Everything else follows the job by itself.
 */
void
stoker_running_row_refresh (StokerRunningRow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *story = NULL;
  g_autofree char *state = NULL;
  g_autofree char *cost = NULL;
  double progress;

  g_return_if_fail (STOKER_IS_RUNNING_ROW (self));

  if (self->job == NULL)
    return;
  progress = stoker_job_get_progress (self->job);
  name = g_strdup_printf ("%s · %s", stoker_job_get_name (self->job), self->provider_name);
  state = stoker_phrase_running_job (self->job, g_get_real_time ());
  cost = stoker_phrase_cost_of_job (self->job);
  story = g_strdup_printf ("%s · %s", self->provider_name, state);
  gtk_label_set_label (self->name_label, stoker_job_get_name (self->job));
  gtk_label_set_label (self->state_label, story);
  gtk_label_set_label (self->cost_label, cost);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), progress >= 0);
  gtk_progress_bar_set_fraction (self->progress_bar, CLAMP (progress, 0, 1));
  stoker_ui_set_label (GTK_WIDGET (self), name);
}
