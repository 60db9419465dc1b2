/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-candidate-row.h"

#include "stoker-advice-phrases.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerCandidateRow
{
  AdwExpanderRow parent_instance;

  StokerAdvice *advice;             /* owned: keeps the candidate alive */
  const StokerCandidate *candidate; /* borrowed from the advice */
  guint index;
  gint64 now_us;
  gboolean is_filled;
  GPtrArray *lines; /* owned, of GtkWidget, borrowed: the rows below */

  GtkLabel *rank_label;
  GtkImage *chosen_image;
  GtkLabel *cost_label;
  GtkLabel *risk_label;
  StokerScoreBar *score_bar;
};

G_DEFINE_FINAL_TYPE (StokerCandidateRow, stoker_candidate_row, ADW_TYPE_EXPANDER_ROW)

static GtkWidget *
new_line (const char *title, const char *subtitle, const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (value);
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static void
add_line (StokerCandidateRow *self, GtkWidget *row)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->lines, row);
}

static void
clear_lines (StokerCandidateRow *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->lines, i));
  g_ptr_array_set_size (self->lines, 0);
  self->is_filled = FALSE;
}

/* "compute · $0.34/h × 3 h" over "lambda.ai · 4 days old"; what is not known says why. */
static char *
describe_item (const StokerEstimateItem *item, gint64 now_us)
{
  g_autoptr (GString) text = g_string_new (item->formula);

  if (item->note != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", item->note);
  if (item->source != NULL)
    {
      g_autofree char *fact = stoker_phrase_fact (item->source, item->as_of_us, now_us);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", fact);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_items (StokerCandidateRow *self, const StokerEstimate *estimate)
{
  for (guint i = 0; estimate->items != NULL && i < estimate->items->len; i++)
    {
      const StokerEstimateItem *item = g_ptr_array_index (estimate->items, i);
      g_autofree char *subtitle = describe_item (item, self->now_us);
      g_autofree char *amount = stoker_phrase_money (item->amount);
      const char *title = item->label != NULL ? item->label : stoker_phrase_item (item->kind);

      add_line (self, new_line (title, subtitle, amount));
    }
}

static void
add_known (StokerCandidateRow *self, const char *title, StokerMoney amount)
{
  g_autofree char *text = NULL;

  if (!amount.is_known)
    return;
  text = stoker_money_format (amount);
  add_line (self, new_line (title, NULL, text));
}

static void
add_warnings (StokerCandidateRow *self)
{
  GPtrArray *warnings = self->candidate->warnings;

  for (guint i = 0; warnings != NULL && i < warnings->len; i++)
    {
      GtkWidget *row = new_line (g_ptr_array_index (warnings, i), NULL, NULL);
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      stoker_ui_set_label (icon, _ ("Warning"));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
      add_line (self, row);
    }
}

static void
add_score (StokerCandidateRow *self)
{
  g_autofree char *terms = stoker_phrase_score (self->candidate);
  g_autofree char *score = g_strdup_printf ("%.2f", self->candidate->score);

  add_line (self, new_line (_ ("Why it stands here"), terms, score));
}

static void
add_choice (StokerCandidateRow *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Take This One"));

  stoker_ui_set_label (row, _ ("Choice"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "answer.take");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", self->index);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  if (self->candidate->policy_hint != NULL)
    {
      g_autofree char *hint = g_markup_escape_text (self->candidate->policy_hint, -1);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), hint);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
    }
  add_line (self, row);
}

/* The lines are made when the row is opened; most never are. */
static void
fill (StokerCandidateRow *self)
{
  const StokerEstimate *estimate = self->candidate->estimate;

  self->is_filled = TRUE;
  if (estimate != NULL)
    {
      add_items (self, estimate);
      add_known (self, _ ("Per output"), estimate->per_output);
      add_known (self, _ ("Per month"), estimate->per_month);
      add_known (self, _ ("Goes on costing per month when nothing runs"),
                 estimate->at_rest_per_month);
    }
  add_score (self);
  add_warnings (self);
  add_choice (self);
}

static void
expanded_cb (StokerCandidateRow *self)
{
  if (!self->is_filled && self->candidate != NULL &&
      adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    fill (self);
}

static void
stoker_candidate_row_finalize (GObject *object)
{
  StokerCandidateRow *self = STOKER_CANDIDATE_ROW (object);

  g_clear_pointer (&self->advice, stoker_advice_unref);
  g_ptr_array_unref (self->lines);
  G_OBJECT_CLASS (stoker_candidate_row_parent_class)->finalize (object);
}

static void
stoker_candidate_row_class_init (StokerCandidateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_candidate_row_finalize;
  g_type_ensure (STOKER_TYPE_SCORE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-candidate-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateRow, rank_label);
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateRow, chosen_image);
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateRow, cost_label);
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateRow, risk_label);
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateRow, score_bar);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
}

static void
stoker_candidate_row_init (StokerCandidateRow *self)
{
  self->lines = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_title (StokerCandidateRow *self)
{
  g_autofree char *title = stoker_phrase_candidate (self->candidate);
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *facts = stoker_phrase_candidate_facts (self->candidate);
  g_autofree char *escaped_facts = g_markup_escape_text (facts, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), escaped_title);
  stoker_ui_set_label (GTK_WIDGET (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), escaped_facts);
}

/* "$0.02 each · may vanish" */
static char *
describe_risk (const StokerCandidate *candidate)
{
  const char *risk = stoker_phrase_risk (candidate);
  g_autofree char *amount = NULL;
  g_autofree char *each = NULL;

  if (candidate->estimate != NULL && candidate->estimate->per_output.is_known)
    {
      amount = stoker_money_format (candidate->estimate->per_output);
      each = g_strdup_printf (_ ("%s each"), amount);
    }
  if (each == NULL || risk == NULL)
    return g_strdup (each != NULL ? each : risk);
  return g_strdup_printf ("%s · %s", each, risk);
}

/**
 * stoker_candidate_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
stoker_candidate_row_new (void)
{
  return g_object_new (STOKER_TYPE_CANDIDATE_ROW, NULL);
}

/**
 * stoker_candidate_row_show:
 * @advice: an advice
 * @index: place of the candidate in it
 * @scale: of the advice
 * @now_us: the present, for the age of prices
 *
 * Shows another candidate, or the same one in a newer advice; the row stays open when it is.
 */
void
stoker_candidate_row_show (StokerCandidateRow *self,
                           StokerAdvice *advice,
                           guint index,
                           const StokerScoreScale *scale,
                           gint64 now_us)
{
  g_autoptr (StokerAdvice) previous = NULL;
  g_autofree char *rank = g_strdup_printf ("%u", index + 1);
  g_autofree char *cost = NULL;
  g_autofree char *risk = NULL;

  g_return_if_fail (STOKER_IS_CANDIDATE_ROW (self));

  previous = g_steal_pointer (&self->advice);
  self->advice = stoker_advice_ref (advice);
  self->candidate = g_ptr_array_index (advice->candidates, index);
  self->index = index;
  self->now_us = now_us;
  show_title (self);
  cost = stoker_phrase_estimate (self->candidate->estimate);
  risk = describe_risk (self->candidate);
  gtk_label_set_label (self->rank_label, rank);
  gtk_label_set_label (self->cost_label, cost);
  gtk_label_set_label (self->risk_label, risk != NULL ? risk : "");
  gtk_widget_set_visible (GTK_WIDGET (self->risk_label), risk != NULL);
  stoker_ui_set_state_class (GTK_WIDGET (self->risk_label),
                             stoker_phrase_is_risky (self->candidate) ? "warning" : "dim-label");
  stoker_score_bar_show (self->score_bar, self->candidate, scale);
  clear_lines (self);
  expanded_cb (self);
}

/**
 * stoker_candidate_row_get_index:
 *
 * Returns: place of the candidate in its advice
 */
guint
stoker_candidate_row_get_index (StokerCandidateRow *self)
{
  g_return_val_if_fail (STOKER_IS_CANDIDATE_ROW (self), 0);

  return self->index;
}

/**
 * stoker_candidate_row_set_chosen:
 * @is_chosen: whether it is the one that would be run
 */
void
stoker_candidate_row_set_chosen (StokerCandidateRow *self, gboolean is_chosen)
{
  g_return_if_fail (STOKER_IS_CANDIDATE_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->rank_label), !is_chosen);
  gtk_widget_set_visible (GTK_WIDGET (self->chosen_image), is_chosen);
}
