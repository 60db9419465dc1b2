/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-candidate-row.h"

#include "stoker-advice-phrases.h"
#include "stoker-candidate-lines.h"
#include "stoker-line-layout.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerCandidateRow
{
  GtkListBoxRow parent_instance;

  char *key;                        /* owned, nullable: what its list knows the candidate by */
  StokerAdvice *advice;             /* owned, nullable: keeps the candidate alive */
  const StokerCandidate *candidate; /* borrowed from the advice */
  guint index;
  gint64 now_us;
  gboolean is_open;

  GtkBox *box;
  GtkLabel *rank_label;
  GtkImage *chosen_image;
  GtkLabel *title_label;
  GtkLabel *facts_label;
  GtkLabel *cost_label;
  GtkLabel *risk_label;
  StokerScoreBar *score_bar;
  /* What is below; NULL before the row is opened. */
  GtkRevealer *revealer;
  GtkListBox *list;
  GPtrArray *wanted; /* owned, of StokerCandidateLine: what shall be there */
  GPtrArray *shown; /* owned, of StokerCandidateLine: what is there, one for each row of the list */
};

G_DEFINE_FINAL_TYPE (StokerCandidateRow, stoker_candidate_row, GTK_TYPE_LIST_BOX_ROW)

/* The list that the row is in takes a click on a line for one on the row, which would fold it. A
 * button has had its click by then. */
static void
line_released_cb (GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

/* What is below is made when the row is opened; most never are. */
static void
make_list (StokerCandidateRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_revealer_set_transition_type (self->revealer, GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_revealer_set_child (self->revealer, GTK_WIDGET (self->list));
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "nested");
  g_signal_connect (click, "released", G_CALLBACK (line_released_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self->list, "keynav-failed", G_CALLBACK (stoker_ui_leave_list), NULL);
  gtk_box_append (self->box, GTK_WIDGET (self->revealer));
}

static void
remove_line (StokerCandidateRow *self, guint i)
{
  gtk_list_box_remove (self->list,
                       GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)));
  g_ptr_array_remove_index (self->shown, i);
}

static void
insert_line (StokerCandidateRow *self, guint i)
{
  StokerCandidateLine *line = self->wanted->pdata[i];

  stoker_candidate_line_insert (line, self->list, (int) i, self->key);
  g_ptr_array_insert (self->shown, (int) i, g_rc_box_acquire (line));
}

/* Of a row that is folded nothing is kept that could be out of date. */
static void
want_lines (StokerCandidateRow *self)
{
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  while (!self->is_open && self->shown->len > 0)
    remove_line (self, self->shown->len - 1);
  if (self->is_open)
    self->wanted = stoker_candidate_lines_new (self->candidate, self->now_us);
}

static void
stoker_candidate_row_finalize (GObject *object)
{
  StokerCandidateRow *self = STOKER_CANDIDATE_ROW (object);

  g_clear_pointer (&self->advice, stoker_advice_unref);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  G_OBJECT_CLASS (stoker_candidate_row_parent_class)->finalize (object);
}

static void
stoker_candidate_row_class_init (StokerCandidateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_candidate_row_finalize;
  g_type_ensure (STOKER_TYPE_LINE_LAYOUT);
  g_type_ensure (STOKER_TYPE_SCORE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-candidate-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateRow, box);
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateRow, rank_label);
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateRow, chosen_image);
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateRow, facts_label);
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateRow, cost_label);
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateRow, risk_label);
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateRow, score_bar);
}

static void
stoker_candidate_row_init (StokerCandidateRow *self)
{
  self->shown = g_ptr_array_new_with_free_func (stoker_candidate_line_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

static void
show_title (StokerCandidateRow *self)
{
  g_autofree char *title = stoker_phrase_candidate (self->candidate);
  g_autofree char *facts = stoker_phrase_candidate_facts (self->candidate);

  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->facts_label, facts);
  stoker_ui_set_label (GTK_WIDGET (self), title);
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

static void
show_cost (StokerCandidateRow *self, const StokerScoreScale *scale)
{
  g_autofree char *cost = stoker_phrase_estimate (self->candidate->estimate);
  g_autofree char *risk = describe_risk (self->candidate);

  gtk_label_set_label (self->cost_label, cost);
  gtk_label_set_label (self->risk_label, risk != NULL ? risk : "");
  gtk_widget_set_visible (GTK_WIDGET (self->risk_label), risk != NULL);
  stoker_ui_set_state_class (GTK_WIDGET (self->risk_label),
                             stoker_phrase_is_risky (self->candidate) ? "warning" : "dim-label");
  stoker_score_bar_show (self->score_bar, self->candidate, scale);
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
 * @key: what its list knows the candidate by; another one only while the row is folded
 * @advice: an advice
 * @index: place of the candidate in it
 * @scale: of the advice
 * @now_us: the present, for the age of prices
 *
 * Shows another candidate, or the same one in a newer advice; the row stays open when it is.
 */
void
stoker_candidate_row_show (StokerCandidateRow *self,
                           const char *key,
                           StokerAdvice *advice,
                           guint index,
                           const StokerScoreScale *scale,
                           gint64 now_us)
{
  g_autoptr (StokerAdvice) previous = NULL;
  g_autofree char *rank = g_strdup_printf ("%u", index + 1);

  g_return_if_fail (STOKER_IS_CANDIDATE_ROW (self));

  if (g_strcmp0 (self->key, key) != 0)
    {
      g_free (self->key);
      self->key = g_strdup (key);
    }
  previous = g_steal_pointer (&self->advice);
  self->advice = stoker_advice_ref (advice);
  self->candidate = g_ptr_array_index (advice->candidates, index);
  self->index = index;
  self->now_us = now_us;
  gtk_label_set_label (self->rank_label, rank);
  show_title (self);
  show_cost (self, scale);
  want_lines (self);
}

/**
 * stoker_candidate_row_get_key:
 *
 * Returns: (transfer none) (nullable): what the list knows the candidate by
 */
const char *
stoker_candidate_row_get_key (StokerCandidateRow *self)
{
  g_return_val_if_fail (STOKER_IS_CANDIDATE_ROW (self), NULL);

  return self->key;
}

/**
 * stoker_candidate_row_get_advice:
 *
 * Returns: (transfer none) (nullable): the advice that is shown
 */
StokerAdvice *
stoker_candidate_row_get_advice (StokerCandidateRow *self)
{
  g_return_val_if_fail (STOKER_IS_CANDIDATE_ROW (self), NULL);

  return self->advice;
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

/**
 * stoker_candidate_row_is_open:
 *
 * Returns: whether what is below is to be seen
 */
gboolean
stoker_candidate_row_is_open (StokerCandidateRow *self)
{
  g_return_val_if_fail (STOKER_IS_CANDIDATE_ROW (self), FALSE);

  return self->is_open;
}

/**
 * stoker_candidate_row_toggle:
 *
 * Opens or folds what is below; stoker_candidate_row_write_line() writes it.
 */
void
stoker_candidate_row_toggle (StokerCandidateRow *self)
{
  g_return_if_fail (STOKER_IS_CANDIDATE_ROW (self));

  self->is_open = !self->is_open;
  if (self->list == NULL)
    make_list (self);
  if (self->is_open && self->wanted == NULL)
    want_lines (self);
  gtk_revealer_set_reveal_child (self->revealer, self->is_open);
  /* By this the style sheet of the toolkit knows an open row. */
  if (self->is_open)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_CHECKED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_CHECKED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, self->is_open,
                               -1);
}

/**
 * stoker_candidate_row_write_line:
 *
 * Goes on with writing what is below, when that is to be seen: a line that has changed takes the
 * place of the one before, and the others stay as they are.
 *
 * Returns: whether a line was written; %FALSE: all are there
 */
gboolean
stoker_candidate_row_write_line (StokerCandidateRow *self)
{
  g_return_val_if_fail (STOKER_IS_CANDIDATE_ROW (self), FALSE);

  if (self->wanted == NULL)
    return FALSE;
  for (guint i = 0; i < self->wanted->len; i++)
    {
      gboolean is_there = i < self->shown->len;

      if (is_there && stoker_candidate_line_equal (self->shown->pdata[i], self->wanted->pdata[i]))
        continue;
      if (is_there)
        remove_line (self, i);
      insert_line (self, i);
      return TRUE;
    }
  while (self->shown->len > self->wanted->len)
    remove_line (self, self->shown->len - 1);
  return FALSE;
}
