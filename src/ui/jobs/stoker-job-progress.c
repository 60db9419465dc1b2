/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-progress.h"

#include "stoker-job-phrases.h"
#include "stoker-job-timeline.h"
#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-time.h"
#include "stoker-ui.h"
#include "stoker-wrap-layout.h"

#include <glib/gi18n-lib.h>

/* Assistive technologies hear of every tenth of the work. */
#define ANNOUNCED_STEPS 10

struct _StokerJobProgress
{
  AdwBin parent_instance;

  int announced;    /* step that was told last; -1 none */
  char *shown_rows; /* owned, nullable: what the timeline shows */
  GPtrArray *times; /* owned, of borrowed GtkLabel: of each row of it */

  GtkWidget *running_box;
  GtkProgressBar *bar;
  GtkLabel *stage_label;
  GtkLabel *left_label;
  GtkWidget *problem_box;
  GtkLabel *problem_label;
  GtkLabel *next_label;
  GtkLinkButton *console_button;
  GtkWidget *provider_button;
  GtkListBox *timeline;
};

G_DEFINE_FINAL_TYPE (StokerJobProgress, stoker_job_progress, ADW_TYPE_BIN)

static const char *
get_provider_name (StokerWorkspace *workspace, const char *id)
{

  return stoker_phrase_provider_of (workspace, id);
}

/* The label changes with every report; what is said aloud, at some steps only. */
static void
announce (StokerJobProgress *self, double progress, const char *text)
{
  int step = progress >= 0 ? (int) (CLAMP (progress, 0, 1) * ANNOUNCED_STEPS) : -1;

  if (step == self->announced)
    return;
  self->announced = step;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, -1);
  stoker_ui_set_label (GTK_WIDGET (self->stage_label), text);
}

static void
show_running (StokerJobProgress *self, StokerJob *job, gint64 now_us)
{
  double progress = stoker_job_get_progress (job);
  g_autofree char *text = stoker_phrase_job_progress (progress, stoker_job_get_stage (job));
  g_autofree char *left = stoker_phrase_job_left (stoker_job_estimate_left (job, now_us));
  gboolean is_over = stoker_job_state_is_final (stoker_job_get_state (job));
  g_autofree char *spoken = g_strjoin (*left != '\0' ? ", " : "", text, left, NULL);

  gtk_widget_set_visible (self->running_box, !is_over && *text != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->bar), progress >= 0);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (progress, 0, 1));
  gtk_label_set_label (self->stage_label, text);
  gtk_label_set_label (self->left_label, left);
  gtk_widget_set_visible (GTK_WIDGET (self->left_label), *left != '\0');
  announce (self, progress, spoken);
}

static void
show_console (StokerJobProgress *self, StokerWorkspace *workspace, StokerJob *job)
{
  const char *id = stoker_job_get_provider_id (job);
  StokerProvider *provider = stoker_workspace_lookup_provider (workspace, id);
  StokerProfile *profile = provider != NULL ? stoker_workspace_get_profile (workspace, provider)
                                            : NULL;
  gboolean has_console = profile != NULL && profile->console_url != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->console_button), has_console);
  gtk_widget_set_visible (self->provider_button, provider != NULL);
  if (has_console)
    gtk_link_button_set_uri (self->console_button, profile->console_url);
}

static void
show_problem (StokerJobProgress *self, StokerWorkspace *workspace, StokerJob *job, gint64 now_us)
{
  g_autofree char *next = stoker_phrase_job_next_step (job, now_us);
  const char *message = stoker_job_get_message (job);
  g_autofree char *sentence = stoker_phrase_sentence (message != NULL ? message : "");

  gtk_widget_set_visible (self->problem_box, next != NULL);
  if (next == NULL)
    return;
  gtk_label_set_label (self->problem_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), *sentence != '\0');
  gtk_label_set_label (self->next_label, next);
  show_console (self, workspace, job);
}

static GtkWidget *
new_value (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static char *
phrase_when (const StokerTimelineRow *row, gint64 now_us)
{
  g_autofree char *clock = stoker_phrase_clock (row->at_us, now_us);
  g_autofree char *span = row->seconds > 0 ? stoker_duration_format (row->seconds) : NULL;

  if (span == NULL)
    return g_steal_pointer (&clock);
  return *clock != '\0' ? g_strdup_printf ("%s · %s", clock, span) : g_steal_pointer (&span);
}

static char *
phrase_title (StokerWorkspace *workspace, const StokerTimelineRow *row)
{
  if (row->is_attempt)
    return g_strdup_printf (_ ("Attempt %d on %s"), row->attempt,
                            get_provider_name (workspace, row->provider_id));
  return g_strdup (stoker_phrase_job_state (row->state));
}

static GtkWidget *
new_row (StokerWorkspace *workspace, const StokerTimelineRow *entry, GtkWidget *time_label)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name (stoker_phrase_job_icon (entry->state));
  g_autofree char *title = phrase_title (workspace, entry);
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *sentence = stoker_phrase_sentence (
    entry->message != NULL && !entry->is_attempt ? entry->message : "");
  g_autofree char *subtitle = g_markup_escape_text (sentence, -1);
  g_autofree char *exact = entry->at_us > 0 ? stoker_time_format_iso (entry->at_us) : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  stoker_phrase_job_state (entry->state), -1);
  stoker_ui_set_state_class (image, stoker_phrase_job_class (entry->state));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_tooltip_text (row, exact);
  if (entry->is_attempt)
    gtk_widget_add_css_class (row, "stoker-group-heading");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), time_label);
  return row;
}

/* What a row says, without the time that passes by itself. */
static char *
sign_rows (GPtrArray *rows)
{
  g_autoptr (GString) signature = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const StokerTimelineRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (signature, "%d %d %" G_GINT64_FORMAT " %s %s\n", row->is_attempt,
                              row->state, row->at_us, row->provider_id, row->message);
    }
  return g_string_free (g_steal_pointer (&signature), FALSE);
}

static void
fill_timeline (StokerJobProgress *self, StokerWorkspace *workspace, GPtrArray *rows)
{
  GtkWidget *child = NULL;

  g_ptr_array_set_size (self->times, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->timeline))) != NULL)
    gtk_list_box_remove (self->timeline, child);
  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *label = new_value (NULL);

      g_ptr_array_add (self->times, label);
      gtk_list_box_append (self->timeline, new_row (workspace, g_ptr_array_index (rows, i), label));
    }
}

static void
show_timeline (StokerJobProgress *self, StokerWorkspace *workspace, StokerJob *job, gint64 now_us)
{
  g_autoptr (GPtrArray) rows = stoker_job_timeline (job, now_us);
  g_autofree char *signature = sign_rows (rows);

  if (g_strcmp0 (signature, self->shown_rows) != 0)
    {
      g_free (self->shown_rows);
      self->shown_rows = g_steal_pointer (&signature);
      fill_timeline (self, workspace, rows);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *when = phrase_when (g_ptr_array_index (rows, i), now_us);

      gtk_label_set_label (g_ptr_array_index (self->times, i), when);
    }
}

static void
stoker_job_progress_finalize (GObject *object)
{
  g_free (STOKER_JOB_PROGRESS (object)->shown_rows);
  g_ptr_array_unref (STOKER_JOB_PROGRESS (object)->times);
  G_OBJECT_CLASS (stoker_job_progress_parent_class)->finalize (object);
}

static void
stoker_job_progress_class_init (StokerJobProgressClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_job_progress_finalize;
  g_type_ensure (STOKER_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/jobs/stoker-job-progress.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerJobProgress, running_box);
  gtk_widget_class_bind_template_child (widget_class, StokerJobProgress, bar);
  gtk_widget_class_bind_template_child (widget_class, StokerJobProgress, stage_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobProgress, left_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobProgress, problem_box);
  gtk_widget_class_bind_template_child (widget_class, StokerJobProgress, problem_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobProgress, next_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobProgress, console_button);
  gtk_widget_class_bind_template_child (widget_class, StokerJobProgress, provider_button);
  gtk_widget_class_bind_template_child (widget_class, StokerJobProgress, timeline);
}

static void
stoker_job_progress_init (StokerJobProgress *self)
{
  self->announced = -1;
  self->times = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_job_progress_show:
 * @workspace: the workspace, which knows the names of providers
 * @job: the job
 *
 * Shows how it stands now. To be called again when the job or the clock has gone on.
 */
void
stoker_job_progress_show (StokerJobProgress *self, StokerWorkspace *workspace, StokerJob *job)
{
  gint64 now_us = g_get_real_time ();

  g_return_if_fail (STOKER_IS_JOB_PROGRESS (self));

  show_running (self, job, now_us);
  show_problem (self, workspace, job, now_us);
  show_timeline (self, workspace, job, now_us);
}
