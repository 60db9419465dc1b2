/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-answer-view.h"

#include "stoker-advice-phrases.h"
#include "stoker-candidate-row.h"
#include "stoker-phrases.h"
#include "stoker-rejected-row.h"
#include "stoker-request-window.h"
#include "stoker-run-job.h"
#include "stoker-ui.h"
#include "stoker-wrap-layout.h"

#include <glib/gi18n-lib.h>

/* More than these help nobody to choose; the rest follows on request. */
#define FIRST_CANDIDATES 8

struct _StokerAnswerView
{
  AdwBin parent_instance;

  StokerDesk *desk;     /* owned, nullable */
  StokerAdvice *advice; /* owned, nullable: the one shown */
  int taken;            /* index of the candidate that would be run; -1 none */
  gboolean is_picked;   /* taken by the user, not by default */
  guint n_shown;

  GtkLabel *title_label;
  GtkLabel *facts_label;
  GtkLabel *reason_label;
  GtkLabel *obstacle_label;
  GtkButton *run_button;
  GtkWidget *problem_box;
  GtkLabel *problem_label;
  GtkBox *warnings;
  GtkListBox *candidates;
  GtkWidget *candidates_box;
  GtkButton *more_button;
  GtkListBox *rejected;
};

G_DEFINE_FINAL_TYPE (StokerAnswerView, stoker_answer_view, ADW_TYPE_BIN)

static const StokerCandidate *
get_taken (StokerAnswerView *self)
{
  if (self->advice == NULL || self->taken < 0 ||
      (guint) self->taken >= self->advice->candidates->len)
    return NULL;
  return g_ptr_array_index (self->advice->candidates, self->taken);
}

static void
clear_list (GtkListBox *list)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

static char *
find_obstacle (StokerAnswerView *self, const StokerCandidate *candidate)
{
  StokerWorkspace *workspace = stoker_desk_get_workspace (self->desk);
  StokerProvider *provider = NULL;
  StokerProfile *profile = NULL;
  gboolean is_allowed = FALSE;

  if (candidate != NULL && workspace != NULL)
    provider = stoker_workspace_lookup_provider (workspace, candidate->id);
  if (provider != NULL)
    profile = stoker_workspace_get_profile (workspace, provider);
  is_allowed = profile != NULL &&
               stoker_settings_allows (stoker_workspace_get_settings (workspace), profile);
  return stoker_phrase_run_obstacle (candidate, provider, is_allowed);
}

/* The best one that can be run now, else the best one Stoker could run. */
static int
find_runnable (StokerAnswerView *self)
{
  GPtrArray *candidates = self->advice->candidates;
  int possible = -1;

  for (guint i = 0; i < candidates->len; i++)
    {
      const StokerCandidate *candidate = g_ptr_array_index (candidates, i);
      g_autofree char *obstacle = find_obstacle (self, candidate);

      if (obstacle == NULL)
        return (int) i;
      if (possible < 0 && stoker_candidate_can_run (candidate))
        possible = (int) i;
    }
  return possible >= 0 ? possible : self->advice->chosen;
}

/* Why Run takes another one than the one advised, or NULL when it does not. */
static char *
describe_detour (StokerAnswerView *self, const StokerCandidate *taken)
{
  const StokerCandidate *chosen = NULL;
  g_autofree char *obstacle = NULL;

  if (self->advice == NULL || taken == NULL)
    return NULL;
  chosen = stoker_advice_get_chosen (self->advice);
  if (chosen == NULL || chosen == taken)
    return NULL;
  obstacle = find_obstacle (self, chosen);
  return obstacle != NULL ? stoker_phrase_run_detour (obstacle, taken) : NULL;
}

static void
show_buttons (StokerAnswerView *self)
{
  const StokerCandidate *taken = get_taken (self);
  g_autofree char *label = stoker_phrase_run_button (taken);
  g_autofree char *obstacle = find_obstacle (self, taken);
  g_autofree char *note = describe_detour (self, taken);
  const char *caption = obstacle != NULL ? obstacle : note;

  gtk_button_set_label (self->run_button, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->run_button), obstacle);
  gtk_label_set_label (self->obstacle_label, caption != NULL ? caption : "");
  gtk_widget_set_visible (GTK_WIDGET (self->obstacle_label), caption != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answer.run", obstacle == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answer.dry-run", taken != NULL);
}

static void
mark_taken (StokerAnswerView *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->candidates));

  for (int i = 0; child != NULL; child = gtk_widget_get_next_sibling (child), i++)
    stoker_candidate_row_set_chosen (STOKER_CANDIDATE_ROW (child), i == self->taken);
}

static void
show_candidates (StokerAnswerView *self, guint n_wanted)
{
  GPtrArray *candidates = self->advice->candidates;
  gint64 now_us = g_get_real_time ();

  for (; self->n_shown < MIN (n_wanted, candidates->len); self->n_shown++)
    gtk_list_box_append (self->candidates,
                         stoker_candidate_row_new (self->advice, self->n_shown, now_us));
  gtk_widget_set_visible (self->candidates_box, candidates->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), self->n_shown < candidates->len);
  if (self->n_shown < candidates->len)
    {
      guint n_more = candidates->len - self->n_shown;
      g_autofree char *label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Show %u More",
                                                             "Show %u More", n_more),
                                                n_more);

      gtk_button_set_label (self->more_button, label);
    }
  mark_taken (self);
}

static void
show_warnings (StokerAnswerView *self)
{
  GtkWidget *child = NULL;
  GPtrArray *warnings = self->advice->warnings;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->warnings))) != NULL)
    gtk_box_remove (self->warnings, child);
  for (guint i = 0; warnings != NULL && i < warnings->len; i++)
    {
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
      GtkWidget *label = gtk_label_new (g_ptr_array_index (warnings, i));

      gtk_widget_add_css_class (icon, "warning");
      gtk_widget_set_valign (icon, GTK_ALIGN_START);
      stoker_ui_set_label (icon, _ ("Warning"));
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (GTK_BOX (line), icon);
      gtk_box_append (GTK_BOX (line), label);
      gtk_box_append (self->warnings, line);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->warnings), warnings != NULL && warnings->len > 0);
}

static void
show_rejected (StokerAnswerView *self)
{
  clear_list (self->rejected);
  if (self->advice->rejected != NULL && self->advice->rejected->len > 0)
    gtk_list_box_append (self->rejected, stoker_rejected_row_new (self->advice));
  gtk_widget_set_visible (GTK_WIDGET (self->rejected),
                          self->advice->rejected != NULL && self->advice->rejected->len > 0);
}

static void
show_advice (StokerAnswerView *self)
{
  g_autofree char *title = stoker_phrase_advice_title (self->advice);
  g_autofree char *facts = stoker_phrase_advice_facts (self->advice);

  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->facts_label, facts != NULL ? facts : "");
  gtk_widget_set_visible (GTK_WIDGET (self->facts_label), facts != NULL);
  gtk_label_set_label (self->reason_label, self->advice->reason);
  self->is_picked = FALSE;
  self->taken = find_runnable (self);
  clear_list (self->candidates);
  self->n_shown = 0;
  show_candidates (self, MAX (FIRST_CANDIDATES, (guint) (self->taken + 1)));
  show_warnings (self);
  show_rejected (self);
  show_buttons (self);
}

static void
advice_changed_cb (StokerAnswerView *self)
{
  StokerAdvice *advice = stoker_desk_get_advice (self->desk);

  if (advice == NULL || advice == self->advice)
    return;
  g_clear_pointer (&self->advice, stoker_advice_unref);
  self->advice = stoker_advice_ref (advice);
  show_advice (self);
}

static void
problem_changed_cb (StokerAnswerView *self)
{
  const char *problem = stoker_desk_get_advice_problem (self->desk);
  g_autofree char *sentence = stoker_phrase_sentence (problem != NULL ? problem : "");

  gtk_label_set_label (self->problem_label, sentence);
  gtk_widget_set_visible (self->problem_box, problem != NULL);
}

static void
take_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerAnswerView *self = STOKER_ANSWER_VIEW (widget);

  self->is_picked = TRUE;
  self->taken = (int) g_variant_get_uint32 (parameter);
  mark_taken (self);
  show_buttons (self);
}

static void
show_more_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_candidates (STOKER_ANSWER_VIEW (widget), G_MAXUINT);
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerAnswerView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) envelope = stoker_preview_job_finish (result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (envelope == NULL)
    stoker_ui_toast (GTK_WIDGET (self), error->message);
  else if (root != NULL)
    gtk_window_present (GTK_WINDOW (stoker_request_window_new (GTK_WINDOW (root), envelope)));
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerAnswerView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerJob) job = stoker_submit_job_finish (result, &error);

  show_buttons (self);
  if (job == NULL)
    stoker_ui_toast (GTK_WIDGET (self), error->message);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s", stoker_job_get_id (job));
}

static void
fill_submission (StokerAnswerView *self, StokerSubmission *submission, gboolean is_live)
{
  const StokerCandidate *taken = get_taken (self);

  *submission = (StokerSubmission){
    .workload = self->advice->workload,
    .provider_id = taken->id,
    .candidate = taken,
    .is_live = is_live,
  };
}

static void
dry_run_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerAnswerView *self = STOKER_ANSWER_VIEW (widget);
  StokerSubmission submission;

  if (get_taken (self) == NULL)
    return;
  fill_submission (self, &submission, FALSE);
  stoker_preview_job_async (stoker_desk_get_workspace (self->desk), &submission, NULL, previewed_cb,
                            g_object_ref (self));
}

static void
run_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerAnswerView *self = STOKER_ANSWER_VIEW (widget);
  StokerSubmission submission;

  if (get_taken (self) == NULL)
    return;
  fill_submission (self, &submission, TRUE);
  /* Until the answer is here, so that a double click does not pay twice. */
  gtk_widget_action_set_enabled (widget, "answer.run", FALSE);
  stoker_submit_job_async (stoker_desk_get_workspace (self->desk), &submission, NULL, submitted_cb,
                           g_object_ref (self));
}

/* The flags and the list of providers may have changed on another page. */
static void
stoker_answer_view_map (GtkWidget *widget)
{
  StokerAnswerView *self = STOKER_ANSWER_VIEW (widget);

  GTK_WIDGET_CLASS (stoker_answer_view_parent_class)->map (widget);
  if (self->desk == NULL)
    return;
  if (self->advice != NULL && !self->is_picked)
    {
      self->taken = find_runnable (self);
      show_candidates (self, MAX (self->n_shown, (guint) (self->taken + 1)));
    }
  show_buttons (self);
}

static void
stoker_answer_view_dispose (GObject *object)
{
  stoker_answer_view_set_desk (STOKER_ANSWER_VIEW (object), NULL);
  G_OBJECT_CLASS (stoker_answer_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, title_label);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, facts_label);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, reason_label);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, obstacle_label);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, run_button);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, problem_box);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, problem_label);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, warnings);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, candidates);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, candidates_box);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, more_button);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, rejected);
}

static void
stoker_answer_view_class_init (StokerAnswerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_answer_view_dispose;
  widget_class->map = stoker_answer_view_map;

  g_type_ensure (STOKER_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-answer-view.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "answer.take", "u", take_cb);
  gtk_widget_class_install_action (widget_class, "answer.more", NULL, show_more_cb);
  gtk_widget_class_install_action (widget_class, "answer.dry-run", NULL, dry_run_cb);
  gtk_widget_class_install_action (widget_class, "answer.run", NULL, run_cb);
}

static void
stoker_answer_view_init (StokerAnswerView *self)
{
  self->taken = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_answer_view_set_desk:
 * @desk: (nullable): whose advice to show
 */
void
stoker_answer_view_set_desk (StokerAnswerView *self, StokerDesk *desk)
{
  g_return_if_fail (STOKER_IS_ANSWER_VIEW (self));

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_pointer (&self->advice, stoker_advice_unref);
  g_set_object (&self->desk, desk);
  if (desk == NULL)
    return;
  g_signal_connect_swapped (desk, "notify::advice", G_CALLBACK (advice_changed_cb), self);
  g_signal_connect_swapped (desk, "notify::advice-problem", G_CALLBACK (problem_changed_cb), self);
  advice_changed_cb (self);
  problem_changed_cb (self);
}
