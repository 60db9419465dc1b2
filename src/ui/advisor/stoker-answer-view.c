/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-answer-view.h"

#include "stoker-advice-phrases.h"
#include "stoker-candidate-list.h"
#include "stoker-live-prices.h"
#include "stoker-phrases.h"
#include "stoker-price-request.h"
#include "stoker-rejected-list.h"
#include "stoker-request-group.h"
#include "stoker-request-window.h"
#include "stoker-run-job.h"
#include "stoker-run-obstacle.h"
#include "stoker-ui.h"
#include "stoker-warning-list.h"
#include "stoker-wrap-layout.h"

#include <glib/gi18n-lib.h>

#include <string.h>

struct _StokerAnswerView
{
  AdwBin parent_instance;

  StokerDesk *desk;     /* owned, nullable */
  StokerAdvice *advice; /* owned, nullable: the one shown */
  int taken;            /* index of the candidate that would be run; -1 none */
  gboolean is_picked;   /* taken by the user, not by default */
  gboolean is_sending;

  GtkLabel *title_label;
  GtkLabel *facts_label;
  GtkLabel *reason_label;
  GtkLabel *price_label;
  GtkWidget *obstacle_box;
  GtkLabel *obstacle_label;
  GtkButton *obstacle_button;
  GtkButton *run_button;
  GtkButton *dry_run_button;
  GtkWidget *problem_box;
  GtkLabel *problem_label;
  StokerWarningList *warnings;
  StokerLivePrices *prices;
  StokerRequestGroup *request;
  StokerCandidateList *candidates;
  StokerRejectedList *rejected;
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
find_obstacle (StokerAnswerView *self,
               const StokerCandidate *candidate,
               StokerRunObstacle *obstacle)
{
  stoker_run_obstacle_find (obstacle, stoker_desk_get_workspace (self->desk),
                            self->advice != NULL ? self->advice->workload : NULL, candidate);
}

static gboolean
can_send (StokerAnswerView *self, const StokerCandidate *candidate)
{
  return stoker_run_obstacle_can_send (stoker_desk_get_workspace (self->desk),
                                       self->advice->workload, candidate);
}

/* The best one that can be run now, else the best one that lacks no more than the leave to do so,
 * else the best one Stoker could run. */
static int
find_runnable (StokerAnswerView *self)
{
  GPtrArray *candidates = self->advice->candidates;
  int complete = -1;
  int possible = -1;

  for (guint i = 0; i < candidates->len; i++)
    {
      const StokerCandidate *candidate = g_ptr_array_index (candidates, i);
      g_auto (StokerRunObstacle) obstacle = { NULL };

      find_obstacle (self, candidate, &obstacle);
      if (obstacle.text == NULL)
        return (int) i;
      if (complete < 0 && can_send (self, candidate))
        complete = (int) i;
      if (possible < 0 && stoker_candidate_can_run (candidate))
        possible = (int) i;
    }
  if (complete >= 0)
    return complete;
  return possible >= 0 ? possible : self->advice->chosen;
}

/* Why Run takes another one than the one advised, or NULL when it does not. */
static char *
describe_detour (StokerAnswerView *self, const StokerCandidate *taken)
{
  const StokerCandidate *chosen = NULL;
  g_auto (StokerRunObstacle) obstacle = { NULL };

  if (self->advice == NULL || taken == NULL)
    return NULL;
  chosen = stoker_advice_get_chosen (self->advice);
  if (chosen == NULL || chosen == taken)
    return NULL;
  find_obstacle (self, chosen, &obstacle);
  return obstacle.text != NULL ? stoker_phrase_run_detour (obstacle.text, taken) : NULL;
}

/* Why it is not the advised one that would be run, and why this one cannot be either. */
static char *
join_caption (const char *note, const char *obstacle)
{
  if (note == NULL || obstacle == NULL)
    return g_strdup (note != NULL ? note : obstacle);
  if (strstr (note, obstacle) != NULL)
    return g_strdup (note);
  return g_strdup_printf ("%s %s", note, obstacle);
}

/* Without a provider, adding one is the first step; anything else is a way to a page. */
static const char *const *
get_obstacle_classes (const StokerRunObstacle *obstacle)
{
  static const char *const step[] = { "suggested-action", "text-button", NULL };
  static const char *const way[] = { "flat", "stoker-link", "stoker-inline", "text-button", NULL };

  return g_str_equal (obstacle->action, "win.add-provider") ? step : way;
}

static void
show_obstacle (StokerAnswerView *self, const StokerRunObstacle *obstacle, const char *note)
{
  g_autofree char *caption = join_caption (note, obstacle->text);

  gtk_label_set_label (self->obstacle_label, caption != NULL ? caption : "");
  gtk_widget_set_visible (self->obstacle_box, caption != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->obstacle_button), obstacle->action != NULL);
  if (obstacle->action == NULL)
    return;
  gtk_button_set_label (self->obstacle_button, obstacle->label);
  gtk_widget_set_css_classes (GTK_WIDGET (self->obstacle_button),
                              (const char **) get_obstacle_classes (obstacle));
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (self->obstacle_button)), TRUE);
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (self->obstacle_button)), 0);
  /* A target that does not fit the action is complained of, so the old action goes first. */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->obstacle_button), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->obstacle_button),
                                          obstacle->target != NULL
                                            ? g_variant_new_string (obstacle->target)
                                            : NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->obstacle_button), obstacle->action);
}

static gboolean
can_rehearse (StokerAnswerView *self, const StokerCandidate *taken)
{
  return taken != NULL && taken->is_registered;
}

static void
set_suggested (GtkWidget *button, gboolean is_suggested)
{
  if (is_suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

/* One of the two is suggested, as the user prefers; neither where the first step is another one. */
static void
suggest (StokerAnswerView *self, gboolean can_rehearse)
{
  StokerWorkspace *workspace = stoker_desk_get_workspace (self->desk);
  gboolean suggests_dry_run = can_rehearse && workspace != NULL &&
                              stoker_settings_prefers_dry_run (
                                stoker_workspace_get_settings (workspace));

  set_suggested (GTK_WIDGET (self->dry_run_button), suggests_dry_run);
  set_suggested (GTK_WIDGET (self->run_button), can_rehearse && !suggests_dry_run);
}

/* Told before it is sent, with its formula. */
static StokerEstimate *
show_price (StokerAnswerView *self, const StokerCandidate *taken)
{
  StokerWorkspace *workspace = stoker_desk_get_workspace (self->desk);
  StokerEstimate *price = NULL;
  g_autofree char *text = NULL;

  if (workspace != NULL && taken != NULL)
    stoker_price_request (workspace, taken->id, self->advice->workload, &taken->offer, &price,
                          NULL);
  text = price != NULL ? stoker_phrase_request_price (price) : g_strdup ("");
  gtk_label_set_label (self->price_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->price_label), price != NULL);
  return price;
}

static void
show_buttons (StokerAnswerView *self)
{
  const StokerCandidate *taken = get_taken (self);
  g_autoptr (StokerEstimate) price = show_price (self, taken);
  g_autofree char *label = stoker_phrase_run_button (taken, price);
  g_autofree char *note = describe_detour (self, taken);
  g_auto (StokerRunObstacle) obstacle = { NULL };
  gboolean is_confirmed = stoker_warning_list_is_confirmed (self->warnings);
  const char *hint = NULL;

  find_obstacle (self, taken, &obstacle);
  show_obstacle (self, &obstacle, note);
  suggest (self, can_rehearse (self, taken));
  hint = obstacle.text == NULL && !is_confirmed ? _ ("Confirm the warnings first.") : obstacle.text;
  stoker_ui_set_button_text (self->run_button, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->run_button), hint);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->dry_run_button),
                               can_rehearse (self, taken)
                                 ? _ ("Shows what would be sent; nothing is.")
                                 : _ ("Only for a provider that was added"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answer.run",
                                 hint == NULL && !self->is_sending);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answer.dry-run", can_rehearse (self, taken));
}

/* Those of the one that would be run, and those about the workload as a whole. */
static void
show_warnings (StokerAnswerView *self)
{
  const StokerCandidate *taken = get_taken (self);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new ();

  if (taken != NULL && taken->warnings != NULL)
    g_ptr_array_extend (warnings, taken->warnings, NULL, NULL);
  for (guint i = 0; self->advice->warnings != NULL && i < self->advice->warnings->len; i++)
    {
      gpointer text = g_ptr_array_index (self->advice->warnings, i);

      if (!g_ptr_array_find_with_equal_func (warnings, text, g_str_equal, NULL))
        g_ptr_array_add (warnings, text);
    }
  stoker_warning_list_show (self->warnings, warnings);
}

static void
take (StokerAnswerView *self, int index)
{
  self->taken = index;
  stoker_candidate_list_choose (self->candidates, index);
  show_warnings (self);
  stoker_request_group_show (self->request, self->desk, get_taken (self));
  show_buttons (self);
}

/* What the user took stays taken in a newer advice, as long as it is there. */
static int
find_again (StokerAnswerView *self, const StokerCandidate *taken)
{
  GPtrArray *candidates = self->advice->candidates;

  for (guint i = 0; taken != NULL && i < candidates->len; i++)
    {
      const StokerCandidate *candidate = g_ptr_array_index (candidates, i);

      if (g_str_equal (candidate->id, taken->id) && candidate->offer.plan != NULL &&
          taken->offer.plan != NULL &&
          g_str_equal (candidate->offer.plan->id, taken->offer.plan->id))
        return (int) i;
    }
  return -1;
}

static void
show_advice (StokerAnswerView *self, const StokerCandidate *picked)
{
  g_autofree char *title = stoker_phrase_advice_title (self->advice);
  g_autofree char *facts = stoker_phrase_advice_facts (self->advice);
  int again = find_again (self, picked);

  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->facts_label, facts != NULL ? facts : "");
  gtk_widget_set_visible (GTK_WIDGET (self->facts_label), facts != NULL);
  gtk_label_set_label (self->reason_label, self->advice->reason);
  self->is_picked = again >= 0;
  stoker_candidate_list_show (self->candidates, self->advice);
  stoker_rejected_list_show (self->rejected, self->advice);
  take (self, again >= 0 ? again : find_runnable (self));
}

static void
watch_settings (StokerAnswerView *self)
{
  StokerSettings *settings = stoker_workspace_get_settings (stoker_desk_get_workspace (self->desk));

  if (stoker_settings_get_gsettings (settings) != NULL)
    g_signal_connect_object (stoker_settings_get_gsettings (settings), "changed::dry-run-default",
                             G_CALLBACK (show_buttons), self, G_CONNECT_SWAPPED);
}

static void
advice_changed_cb (StokerAnswerView *self)
{
  StokerAdvice *advice = stoker_desk_get_advice (self->desk);
  g_autoptr (StokerAdvice) previous = NULL;
  const StokerCandidate *picked = NULL;

  if (advice == NULL || advice == self->advice)
    return;
  if (self->advice == NULL && stoker_desk_get_workspace (self->desk) != NULL)
    watch_settings (self);
  picked = self->is_picked ? get_taken (self) : NULL;
  previous = g_steal_pointer (&self->advice);
  self->advice = stoker_advice_ref (advice);
  show_advice (self, picked);
}

static void
take_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerAnswerView *self = STOKER_ANSWER_VIEW (widget);

  self->is_picked = TRUE;
  take (self, (int) g_variant_get_uint32 (parameter));
}

/* Who tells a provider something means to run it there. */
static void
told_cb (StokerAnswerView *self)
{
  self->is_picked = TRUE;
}

static void
confirmed_cb (StokerAnswerView *self)
{
  show_buttons (self);
}

/* What went wrong stays to be read, with the sentence for people. */
static void
show_problem (StokerAnswerView *self, const char *problem)
{
  g_autofree char *sentence = stoker_phrase_sentence (problem != NULL ? problem : "");

  gtk_label_set_label (self->problem_label, sentence);
  gtk_widget_set_visible (self->problem_box, problem != NULL);
}

static void
problem_changed_cb (StokerAnswerView *self)
{
  show_problem (self, stoker_desk_get_advice_problem (self->desk));
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerAnswerView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) envelope = stoker_preview_job_finish (result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  show_problem (self, error != NULL ? error->message : NULL);
  if (envelope != NULL && root != NULL)
    gtk_window_present (GTK_WINDOW (stoker_request_window_new (GTK_WINDOW (root), envelope)));
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerAnswerView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerJob) job = stoker_submit_job_finish (result, &error);

  self->is_sending = FALSE;
  show_buttons (self);
  show_problem (self, error != NULL ? error->message : NULL);
  if (job != NULL)
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
    .advice = self->advice,
    .is_live = is_live,
    .acknowledged = is_live ? stoker_warning_list_get_warnings (self->warnings) : NULL,
  };
  stoker_desk_record_advice (self->desk);
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
  self->is_sending = TRUE;
  show_buttons (self);
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
    take (self, find_runnable (self));
  else
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
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, price_label);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, obstacle_box);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, obstacle_label);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, obstacle_button);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, run_button);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, dry_run_button);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, problem_box);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, problem_label);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, warnings);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, prices);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, request);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, candidates);
  gtk_widget_class_bind_template_child (widget_class, StokerAnswerView, rejected);
}

static void
stoker_answer_view_class_init (StokerAnswerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_answer_view_dispose;
  widget_class->map = stoker_answer_view_map;

  g_type_ensure (STOKER_TYPE_CANDIDATE_LIST);
  g_type_ensure (STOKER_TYPE_LIVE_PRICES);
  g_type_ensure (STOKER_TYPE_REJECTED_LIST);
  g_type_ensure (STOKER_TYPE_REQUEST_GROUP);
  g_type_ensure (STOKER_TYPE_WARNING_LIST);
  g_type_ensure (STOKER_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-answer-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, confirmed_cb);
  gtk_widget_class_bind_template_callback (widget_class, told_cb);
  gtk_widget_class_install_action (widget_class, "answer.take", "u", take_cb);
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
  stoker_live_prices_set_desk (self->prices, desk);
  if (desk == NULL)
    return;
  g_signal_connect_swapped (desk, "notify::advice", G_CALLBACK (advice_changed_cb), self);
  g_signal_connect_swapped (desk, "notify::advice-problem", G_CALLBACK (problem_changed_cb), self);
  advice_changed_cb (self);
  problem_changed_cb (self);
}
