/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-detail.h"

#include "stoker-job-detail-private.h"
#include "stoker-job-phrases.h"
#include "stoker-keep-jobs.h"
#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-read-log.h"
#include "stoker-ui.h"
#include "stoker-wrap-layout.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (StokerJobDetail, stoker_job_detail, ADW_TYPE_BIN)

/* stoker_job_detail_get_provider_name: Where the job is, as its user calls it. */
char *
stoker_job_detail_get_provider_name (StokerJobDetail *self)
{
  const char *id = stoker_job_get_provider_id (self->job);

  return g_strdup (stoker_phrase_provider_of (self->workspace, id));
}

static void
show_head (StokerJobDetail *self)
{
  StokerJobState state = stoker_job_get_state (self->job);
  g_autofree char *provider = stoker_job_detail_get_provider_name (self);
  g_autofree char *story = stoker_phrase_job_story (self->job, provider);
  g_autofree char *sentence = stoker_phrase_job_message (self->job);
  /* The story of a dry run says it already. */
  gboolean has_sentence = *sentence != '\0' && !stoker_job_get_dry_run (self->job);

  gtk_image_set_from_icon_name (self->state_image, stoker_phrase_job_icon (state));
  stoker_ui_set_state_class (GTK_WIDGET (self->state_image), stoker_phrase_job_class (state));
  gtk_label_set_label (self->state_label, stoker_phrase_job_state (state));
  gtk_label_set_label (self->name_label, stoker_job_get_name (self->job));
  gtk_label_set_label (self->story_label, story);
  gtk_label_set_label (self->message_label, sentence);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->message_label), sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), has_sentence);
}

static char *
phrase_time (StokerJob *job)
{
  gint64 started_us = stoker_job_get_started (job);
  gint64 ended_us = stoker_job_get_ended (job);
  gint64 until_us = ended_us != 0 ? ended_us : g_get_real_time ();

  if (started_us != 0)
    return stoker_phrase_duration ((until_us - started_us) / G_USEC_PER_SEC);
  return g_strdup (stoker_job_get_state (job) == STOKER_JOB_SUCCEEDED ? _ ("not told")
                                                                      : _ ("not started"));
}

static void
show_figures (StokerJobDetail *self)
{
  g_autofree char *estimate = stoker_phrase_money (stoker_job_get_estimated (self->job));
  g_autofree char *accrued = stoker_job_get_dry_run (self->job)
                               ? g_strdup (_ ("nothing"))
                               : stoker_phrase_money (stoker_job_get_accrued (self->job));
  g_autofree char *time = phrase_time (self->job);

  gtk_label_set_label (self->estimate_label, estimate);
  gtk_label_set_label (self->accrued_label, accrued);
  gtk_label_set_label (self->time_label, time);
}

/* The job itself keeps only the end of a long log. */
static void
show_log (StokerJobDetail *self)
{
  g_autofree char *path = stoker_read_log_find_file (self->job);

  stoker_log_view_set_file (self->log_view, path);
  stoker_log_view_set_dropped (self->log_view, stoker_job_get_log_dropped (self->job));
  stoker_log_view_set_text (self->log_view, stoker_job_get_log (self->job));
}

static void
show_sections (StokerJobDetail *self)
{
  GPtrArray *artifacts = stoker_job_get_artifacts (self->job);

  stoker_job_progress_show (self->progress, self->workspace, self->job);
  show_log (self);
  stoker_job_outputs_show (self->outputs, self->job);
  stoker_job_costs_show (self->costs, self->workspace, self->job);
  stoker_job_request_view_show (self->request, self->workspace, self->job);
  adw_view_stack_page_set_badge_number (self->outputs_page, artifacts->len);
}

static gboolean
tick_cb (gpointer user_data)
{
  StokerJobDetail *self = user_data;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_CONTINUE;
  show_figures (self);
  stoker_job_progress_show (self->progress, self->workspace, self->job);
  return G_SOURCE_CONTINUE;
}

/* A job that goes on has figures that follow the clock. */
static void
tick (StokerJobDetail *self)
{
  gboolean is_over = stoker_job_state_is_final (stoker_job_get_state (self->job));

  if (is_over)
    g_clear_handle_id (&self->tick_source, g_source_remove);
  else if (self->tick_source == 0)
    self->tick_source = g_timeout_add_seconds (1, tick_cb, self);
}

static void
refresh (StokerJobDetail *self)
{
  show_head (self);
  show_figures (self);
  show_sections (self);
  stoker_job_detail_show_actions (self);
  tick (self);
}

static gboolean
refresh_cb (gpointer user_data)
{
  StokerJobDetail *self = user_data;

  self->refresh_source = 0;
  if (self->job != NULL)
    refresh (self);
  return G_SOURCE_REMOVE;
}

/* A poll changes several properties at once; one drawing is enough. */
static void
job_changed_cb (StokerJobDetail *self)
{
  if (self->refresh_source == 0)
    self->refresh_source = g_idle_add (refresh_cb, self);
}

/* What is long of a job that has ended is read when somebody looks at it. */
static void
got_documents (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobDetail) self = user_data;
  g_autoptr (GError) error = NULL;

  if (stoker_load_documents_finish (result, &error))
    job_changed_cb (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    stoker_ui_toast (GTK_WIDGET (self), error->message);
}

static void
load_documents (StokerJobDetail *self)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();

  if (stoker_job_has_documents (self->job))
    return;
  g_ptr_array_add (jobs, self->job);
  self->cancellable = g_cancellable_new ();
  stoker_load_documents_async (self->workspace, jobs, self->cancellable, got_documents,
                               g_object_ref (self));
}

static void
forget_job (StokerJobDetail *self)
{
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_signal_handler (&self->job_handler, self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->workspace);
}

static void
stoker_job_detail_dispose (GObject *object)
{
  forget_job (STOKER_JOB_DETAIL (object));
  G_OBJECT_CLASS (stoker_job_detail_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, state_image);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, state_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, name_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, story_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, message_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, estimate_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, accrued_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, time_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, ended_button);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, retry_button);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, elsewhere_button);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, duplicate_button);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, folder_button);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, delete_button);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, sections);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, outputs_page);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, progress);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, log_view);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, outputs);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, costs);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, request);
}

static void
stoker_job_detail_class_init (StokerJobDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_job_detail_dispose;
  g_type_ensure (STOKER_TYPE_JOB_COSTS);
  g_type_ensure (STOKER_TYPE_JOB_OUTPUTS);
  g_type_ensure (STOKER_TYPE_JOB_PROGRESS);
  g_type_ensure (STOKER_TYPE_JOB_REQUEST_VIEW);
  g_type_ensure (STOKER_TYPE_LOG_VIEW);
  g_type_ensure (STOKER_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/jobs/stoker-job-detail.ui");
  bind_children (widget_class);
  stoker_job_detail_install_actions (widget_class);
}

static void
stoker_job_detail_init (StokerJobDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_hide (adw_bin_get_child (ADW_BIN (self)));
}

static const char *
explain_no_log (StokerJob *job)
{
  if (stoker_job_get_dry_run (job))
    return _ ("A dry run has no log; nothing was sent.");
  if (stoker_job_state_is_final (stoker_job_get_state (job)))
    return _ ("This job left no log.");
  return _ ("There is no log yet.");
}

/**
 * stoker_job_detail_set_job:
 * @workspace: (nullable): the workspace
 * @job: (nullable): the job to follow
 */
void
stoker_job_detail_set_job (StokerJobDetail *self, StokerWorkspace *workspace, StokerJob *job)
{
  g_return_if_fail (STOKER_IS_JOB_DETAIL (self));

  if (self->job == job && self->workspace == workspace)
    return;
  forget_job (self);
  gtk_widget_set_visible (adw_bin_get_child (ADW_BIN (self)), job != NULL);
  if (workspace == NULL || job == NULL)
    return;
  g_set_object (&self->workspace, workspace);
  g_set_object (&self->job, job);
  self->job_handler = g_signal_connect_swapped (job, "notify", G_CALLBACK (job_changed_cb), self);
  stoker_log_view_begin (self->log_view, stoker_job_get_name (job), explain_no_log (job));
  refresh (self);
  load_documents (self);
}

/**
 * stoker_job_detail_write_anew:
 *
 * Amounts are written in another way from now on.
 */
void
stoker_job_detail_write_anew (StokerJobDetail *self)
{
  g_return_if_fail (STOKER_IS_JOB_DETAIL (self));

  if (self->job == NULL)
    return;
  stoker_job_costs_write_anew (self->costs);
  job_changed_cb (self);
}
