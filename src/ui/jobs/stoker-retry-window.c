/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-retry-window.h"

#include "stoker-advice-phrases.h"
#include "stoker-give-advice.h"
#include "stoker-phrases.h"
#include "stoker-run-job.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#define CANDIDATE_KEY "stoker-candidate"

struct _StokerRetryWindow
{
  AdwWindow parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  StokerJob *job;             /* owned, nullable */
  StokerAdvice *advice;       /* owned, nullable: keeps the candidates */
  GCancellable *cancellable;  /* owned */
  const StokerCandidate *chosen;

  GtkStack *stack;
  GtkSpinner *spinner;
  GtkListBox *list;
  AdwStatusPage *nothing;
  GtkLabel *note_label;
  GtkButton *retry_button;
};

G_DEFINE_FINAL_TYPE (StokerRetryWindow, stoker_retry_window, ADW_TYPE_WINDOW)

static void
show_page (StokerRetryWindow *self, const char *name)
{
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
show_nothing (StokerRetryWindow *self, const char *sentence)
{
  adw_status_page_set_description (self->nothing, sentence);
  show_page (self, "nothing");
}

static void
choose (StokerRetryWindow *self, const StokerCandidate *candidate)
{
  g_autofree char *cost = NULL;
  g_autofree char *label = NULL;

  self->chosen = candidate;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "retry.start", candidate != NULL);
  if (candidate == NULL)
    return;
  cost = stoker_phrase_about (candidate->estimate->total);
  label = candidate->is_local ? g_strdup_printf (_ ("_Retry Here · %s"), cost)
                              : g_strdup_printf (_ ("_Retry on %s · %s"), candidate->name, cost);
  stoker_ui_set_button_text (self->retry_button, label);
}

static void
toggled_cb (StokerRetryWindow *self, GtkCheckButton *button)
{
  if (gtk_check_button_get_active (button))
    choose (self, g_object_get_data (G_OBJECT (button), CANDIDATE_KEY));
}

static char *
find_obstacle (StokerRetryWindow *self, const StokerCandidate *candidate)
{
  StokerProvider *provider = stoker_workspace_lookup_provider (self->workspace, candidate->id);
  StokerProfile *profile = provider != NULL
                             ? stoker_workspace_get_profile (self->workspace, provider)
                             : NULL;
  gboolean is_allowed = profile != NULL &&
                        stoker_settings_allows (stoker_workspace_get_settings (self->workspace),
                                                profile);

  return stoker_phrase_run_obstacle (candidate, provider, is_allowed);
}

static GtkWidget *
new_row (const StokerCandidate *candidate, const char *obstacle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *price = NULL;
  g_autofree char *title = stoker_phrase_candidate (candidate);
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *facts = obstacle != NULL ? g_strdup (obstacle)
                                            : stoker_phrase_candidate_facts (candidate);
  g_autofree char *escaped_facts = g_markup_escape_text (facts, -1);
  g_autofree char *cost = stoker_phrase_estimate (candidate->estimate);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_facts);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  price = gtk_label_new (cost);
  gtk_widget_add_css_class (price, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), price);
  if (obstacle != NULL)
    gtk_widget_add_css_class (price, "dim-label");
  stoker_ui_set_label (row, title);
  return row;
}

static GtkWidget *
add_candidate (StokerRetryWindow *self, const StokerCandidate *candidate, GtkWidget *group)
{
  g_autofree char *obstacle = find_obstacle (self, candidate);
  GtkWidget *row = new_row (candidate, obstacle);
  GtkWidget *button = gtk_check_button_new ();

  g_object_set_data (G_OBJECT (button), CANDIDATE_KEY, (gpointer) candidate);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (button),
                              group != NULL ? GTK_CHECK_BUTTON (group) : NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* Not the whole row: what keeps it from being chosen is to be read. */
  gtk_widget_set_sensitive (button, obstacle == NULL);
  stoker_ui_set_label (button, candidate->is_local ? _ ("This computer") : candidate->name);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->list, row);
  if (obstacle == NULL && self->chosen == NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
  return button;
}

/* A plan may ask for more than others of the same provider do. */
static gboolean
is_of_wrong_plan (StokerWorkload *workload, const StokerCandidate *candidate)
{
  StokerProfile *profile = (StokerProfile *) candidate->offer.profile;
  const char *plan_id = candidate->offer.plan != NULL ? candidate->offer.plan->id : NULL;
  g_autofree char *on_any = stoker_describe_missing_input (workload, profile);
  g_autofree char *on_this = stoker_describe_missing_input_for_plan (workload, profile, plan_id);

  return on_any == NULL && on_this != NULL;
}

/* The best offer of each provider that can take it, but for the one that it was on. */
static gboolean
is_elsewhere (StokerRetryWindow *self, const StokerCandidate *candidate, GHashTable *seen)
{
  return candidate->is_registered && stoker_candidate_can_run (candidate) &&
         g_strcmp0 (candidate->id, stoker_job_get_provider_id (self->job)) != 0 &&
         !is_of_wrong_plan (self->advice->workload, candidate) &&
         g_hash_table_add (seen, (gpointer) candidate->id);
}

static void
show_advice (StokerRetryWindow *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GtkWidget *group = NULL;

  for (guint i = 0; i < self->advice->candidates->len; i++)
    {
      const StokerCandidate *candidate = g_ptr_array_index (self->advice->candidates, i);

      if (is_elsewhere (self, candidate, seen))
        group = add_candidate (self, candidate, group);
    }
  if (group == NULL)
    show_nothing (self, _ ("No other registered provider can run this job. Add a provider, or "
                           "duplicate the job and change what it needs."));
  else
    show_page (self, "list");
}

static void
got_advice (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerRetryWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerAdvice) advice = stoker_preview_advice_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (advice == NULL)
    {
      g_autofree char *sentence = stoker_phrase_sentence (error->message);

      show_nothing (self, sentence);
      return;
    }
  self->advice = g_steal_pointer (&advice);
  show_advice (self);
}

static void
ask (StokerRetryWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkload) workload = NULL;

  if (stoker_job_get_workload (self->job) != NULL)
    workload = stoker_workload_decode (stoker_job_get_workload (self->job),
                                       stoker_job_get_id (self->job), &error);
  if (workload == NULL)
    {
      show_nothing (self, error != NULL ? error->message
                                        : _ ("What this job was to do is no longer known."));
      return;
    }
  show_page (self, "loading");
  stoker_preview_advice_async (self->workspace, workload, self->cancellable, got_advice,
                               g_object_ref (self));
}

static void
retried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerRetryWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (stoker_retry_job_finish (result, &error))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_label_set_label (self->note_label, error->message);
  gtk_widget_show (GTK_WIDGET (self->note_label));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "retry.start", TRUE);
}

static guint
find_index (StokerRetryWindow *self)
{
  guint index = 0;

  g_ptr_array_find (self->advice->candidates, self->chosen, &index);
  return index;
}

static void
start_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerRetryWindow *self = STOKER_RETRY_WINDOW (widget);

  gtk_widget_action_set_enabled (widget, "retry.start", FALSE);
  stoker_retry_job_on_async (self->workspace, self->job, self->advice, find_index (self), NULL,
                             retried_cb, g_object_ref (self));
}

static void
stoker_retry_window_dispose (GObject *object)
{
  StokerRetryWindow *self = STOKER_RETRY_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->workspace);
  g_clear_object (&self->job);
  G_OBJECT_CLASS (stoker_retry_window_parent_class)->dispose (object);
}

static void
stoker_retry_window_finalize (GObject *object)
{
  StokerRetryWindow *self = STOKER_RETRY_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->advice, stoker_advice_unref);
  G_OBJECT_CLASS (stoker_retry_window_parent_class)->finalize (object);
}

static void
stoker_retry_window_class_init (StokerRetryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_retry_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = stoker_retry_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/jobs/stoker-retry-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerRetryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, StokerRetryWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, StokerRetryWindow, list);
  gtk_widget_class_bind_template_child (widget_class, StokerRetryWindow, nothing);
  gtk_widget_class_bind_template_child (widget_class, StokerRetryWindow, note_label);
  gtk_widget_class_bind_template_child (widget_class, StokerRetryWindow, retry_button);
  gtk_widget_class_install_action (widget_class, "retry.start", NULL, start_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
stoker_retry_window_init (StokerRetryWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  choose (self, NULL);
}

/**
 * stoker_retry_window_open:
 * @parent: (nullable): the window it belongs to
 * @workspace: the workspace
 * @job: a job that ended badly
 *
 * Asks where else the job shall be tried, and tries it there.
 */
void
stoker_retry_window_open (GtkWindow *parent, StokerWorkspace *workspace, StokerJob *job)
{
  StokerRetryWindow *self = g_object_new (STOKER_TYPE_RETRY_WINDOW, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  self->job = g_object_ref (job);
  ask (self);
  gtk_window_present (GTK_WINDOW (self));
}
