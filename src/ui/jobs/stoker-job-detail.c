/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-detail.h"

#include "stoker-artifact-tile.h"
#include "stoker-job-phrases.h"
#include "stoker-log-view.h"
#include "stoker-phrases.h"
#include "stoker-request-window.h"
#include "stoker-run-job.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerJobDetail
{
  AdwBin parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  StokerJob *job;             /* owned, nullable */
  gulong job_handler;
  guint refresh_source;
  guint n_outputs_shown; /* of those that are here */
  guint n_outputs_told;
  JsonNode *request_shown; /* owned, nullable */

  GtkImage *state_image;
  GtkLabel *state_label;
  GtkLabel *name_label;
  GtkLabel *story_label;
  GtkLabel *message_label;
  GtkBox *progress_box;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;
  GtkLabel *estimate_label;
  GtkLabel *accrued_label;
  GtkLabel *time_label;
  GtkWidget *cancel_button;
  GtkWidget *retry_button;
  StokerLogView *log_view;
  GtkFlowBox *outputs;
  GtkStack *outputs_stack;
  GtkListBox *attempts;
  GtkTextView *request_view;
};

G_DEFINE_FINAL_TYPE (StokerJobDetail, stoker_job_detail, ADW_TYPE_BIN)

static char *
get_provider_name (StokerJobDetail *self, const char *id)
{
  StokerProvider *provider = stoker_workspace_lookup_provider (self->workspace, id);

  return g_strdup (provider != NULL ? stoker_provider_get_name (provider) : id);
}

static void
show_head (StokerJobDetail *self)
{
  StokerJobState state = stoker_job_get_state (self->job);
  g_autofree char *provider = get_provider_name (self, stoker_job_get_provider_id (self->job));
  g_autofree char *story = stoker_phrase_job_story (self->job, provider);
  g_autofree char *sentence = stoker_phrase_job_message (self->job);

  gtk_image_set_from_icon_name (self->state_image, stoker_phrase_job_icon (state));
  stoker_ui_set_state_class (GTK_WIDGET (self->state_image), stoker_phrase_job_class (state));
  gtk_label_set_label (self->state_label, stoker_phrase_job_state (state));
  gtk_label_set_label (self->name_label, stoker_job_get_name (self->job));
  gtk_label_set_label (self->story_label, story);
  gtk_label_set_label (self->message_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), *sentence != '\0');
}

static void
show_progress (StokerJobDetail *self)
{
  double progress = stoker_job_get_progress (self->job);
  g_autofree char *text = stoker_phrase_job_progress (progress, stoker_job_get_stage (self->job));
  gboolean is_over = stoker_job_state_is_final (stoker_job_get_state (self->job));

  gtk_widget_set_visible (GTK_WIDGET (self->progress_box), !is_over && *text != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), progress >= 0);
  gtk_progress_bar_set_fraction (self->progress_bar, CLAMP (progress, 0, 1));
  gtk_label_set_label (self->progress_label, text);
}

static void
show_figures (StokerJobDetail *self)
{
  g_autofree char *estimate = stoker_phrase_money (stoker_job_get_estimated (self->job));
  g_autofree char *accrued = stoker_job_get_dry_run (self->job)
                               ? g_strdup (_ ("nothing"))
                               : stoker_phrase_money (stoker_job_get_accrued (self->job));
  gint64 started_us = stoker_job_get_started (self->job);
  gint64 ended_us = stoker_job_get_ended (self->job);
  gint64 until_us = ended_us != 0 ? ended_us : g_get_real_time ();
  gboolean has_run = stoker_job_get_state (self->job) == STOKER_JOB_SUCCEEDED;
  const char *no_time = has_run ? _ ("not told") : _ ("not started");
  g_autofree char *time = stoker_phrase_duration (
    started_us != 0 ? (until_us - started_us) / G_USEC_PER_SEC : -1);

  gtk_label_set_label (self->estimate_label, estimate);
  gtk_label_set_label (self->accrued_label, accrued);
  gtk_label_set_label (self->time_label, started_us != 0 ? time : no_time);
}

static void
show_buttons (StokerJobDetail *self)
{
  gtk_widget_set_visible (self->cancel_button, stoker_job_may_be_cancelled (self->job));
  gtk_widget_set_visible (self->retry_button, stoker_job_may_be_retried (self->job));
}

static guint
count_here (GPtrArray *artifacts)
{
  guint count = 0;

  for (guint i = 0; i < artifacts->len; i++)
    count += ((StokerArtifact *) g_ptr_array_index (artifacts, i))->path != NULL;
  return count;
}

/* Only when there are more of them, so that thumbnails are not loaded again with every step of the
 * progress. */
static void
show_outputs (StokerJobDetail *self)
{
  GPtrArray *artifacts = stoker_job_get_artifacts (self->job);
  guint n_told = artifacts != NULL ? artifacts->len : 0;
  guint n_here = artifacts != NULL ? count_here (artifacts) : 0;
  GtkWidget *child = NULL;

  gtk_stack_set_visible_child_name (self->outputs_stack, n_told > 0 ? "outputs" : "empty");
  if (n_told == self->n_outputs_told && n_here == self->n_outputs_shown)
    return;
  self->n_outputs_told = n_told;
  self->n_outputs_shown = n_here;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->outputs))) != NULL)
    gtk_flow_box_remove (self->outputs, child);
  for (guint i = 0; i < n_told; i++)
    gtk_flow_box_append (self->outputs,
                         stoker_artifact_tile_new (g_ptr_array_index (artifacts, i)));
}

static void
add_attempt (StokerJobDetail *self, const StokerAttempt *attempt)
{
  g_autofree char *provider = get_provider_name (self, attempt->provider_id);
  g_autofree char *title = g_strdup_printf (_ ("Attempt %d on %s"), attempt->number, provider);
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *subtitle = g_strdup_printf ("%s%s%s", stoker_phrase_job_state (attempt->state),
                                               attempt->message != NULL ? " · " : "",
                                               attempt->message != NULL ? attempt->message : "");
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle, -1);
  g_autofree char *accrued = stoker_phrase_money (attempt->accrued);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (accrued);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_tooltip_text (row, attempt->remote_id);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (self->attempts, row);
}

static void
show_attempts (StokerJobDetail *self)
{
  GPtrArray *attempts = stoker_job_get_attempts (self->job);
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->attempts))) != NULL)
    gtk_list_box_remove (self->attempts, child);
  for (guint i = 0; attempts != NULL && i < attempts->len; i++)
    add_attempt (self, g_ptr_array_index (attempts, i));
  gtk_widget_set_visible (GTK_WIDGET (self->attempts), attempts != NULL && attempts->len > 0);
}

static void
show_request (StokerJobDetail *self)
{
  JsonNode *request = stoker_job_get_request (self->job);
  g_autofree char *text = NULL;

  if (request == self->request_shown && request != NULL)
    return;
  g_clear_pointer (&self->request_shown, json_node_unref);
  if (request != NULL)
    self->request_shown = json_node_ref (request);
  text = request != NULL ? stoker_request_to_text (request)
                         : g_strdup (_ ("Nothing has been sent yet."));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->request_view), text, -1);
}

static void
refresh (StokerJobDetail *self)
{
  show_head (self);
  show_progress (self);
  show_figures (self);
  show_buttons (self);
  stoker_log_view_set_text (self->log_view, stoker_job_get_log (self->job));
  show_outputs (self);
  show_attempts (self);
  show_request (self);
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

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobDetail) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_cancel_job_finish (result, &error))
    stoker_ui_toast (GTK_WIDGET (self), error->message);
}

static void
cancel_confirmed_cb (StokerJobDetail *self, const char *response)
{
  if (g_strcmp0 (response, "end") == 0 && self->job != NULL)
    stoker_cancel_job_async (self->workspace, self->job, NULL, cancelled_cb, g_object_ref (self));
}

static void
cancel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobDetail *self = STOKER_JOB_DETAIL (widget);
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Cancel This Job?"),
                            _ ("It is ended at the provider. What has run so far may be billed."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Let It Run"), "end",
                                    _ ("_Cancel Job"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "end",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (cancel_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
retried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobDetail) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_retry_job_finish (result, &error))
    stoker_ui_toast (GTK_WIDGET (self), error->message);
}

static void
retry_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobDetail *self = STOKER_JOB_DETAIL (widget);

  stoker_retry_job_async (self->workspace, self->job, NULL, NULL, retried_cb, g_object_ref (self));
}

static void
output_activated_cb (StokerJobDetail *self, GtkFlowBoxChild *child)
{
  stoker_artifact_tile_open (STOKER_ARTIFACT_TILE (child));
}

static void
forget_job (StokerJobDetail *self)
{
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_signal_handler (&self->job_handler, self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->request_shown, json_node_unref);
  self->n_outputs_shown = G_MAXUINT;
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
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, progress_box);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, progress_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, estimate_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, accrued_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, time_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, retry_button);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, log_view);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, outputs);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, outputs_stack);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, attempts);
  gtk_widget_class_bind_template_child (widget_class, StokerJobDetail, request_view);
}

static void
stoker_job_detail_class_init (StokerJobDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_job_detail_dispose;
  g_type_ensure (STOKER_TYPE_LOG_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/jobs/stoker-job-detail.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, output_activated_cb);
  gtk_widget_class_install_action (widget_class, "job.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "job.retry", NULL, retry_cb);
}

static void
stoker_job_detail_init (StokerJobDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->n_outputs_shown = G_MAXUINT;
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
  if (workspace == NULL || job == NULL)
    return;
  g_set_object (&self->workspace, workspace);
  g_set_object (&self->job, job);
  self->job_handler = g_signal_connect_swapped (job, "notify", G_CALLBACK (job_changed_cb), self);
  refresh (self);
}
