/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-candidate-lines.h"

#include "stoker-advice-phrases.h"
#include "stoker-line-layout.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

static void
line_clear (gpointer data)
{
  StokerCandidateLine *self = data;

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->value);
}

/**
 * stoker_candidate_line_unref:
 * @line: (transfer full): a #StokerCandidateLine
 *
 * Drops a reference.
 */
void
stoker_candidate_line_unref (gpointer line)
{
  g_rc_box_release_full (line, line_clear);
}

static void
add_line (
  GPtrArray *lines, StokerLineKind kind, const char *title, const char *subtitle, const char *value)
{
  StokerCandidateLine *line = g_rc_box_new0 (StokerCandidateLine);

  line->kind = kind;
  line->title = g_strdup (title);
  line->subtitle = g_strdup (subtitle != NULL && *subtitle != '\0' ? subtitle : NULL);
  line->value = g_strdup (value);
  g_ptr_array_add (lines, line);
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
add_items (GPtrArray *lines, const StokerEstimate *estimate, gint64 now_us)
{
  for (guint i = 0; estimate->items != NULL && i < estimate->items->len; i++)
    {
      const StokerEstimateItem *item = g_ptr_array_index (estimate->items, i);
      g_autofree char *subtitle = describe_item (item, now_us);
      g_autofree char *amount = stoker_phrase_money (item->amount);
      const char *title = item->label != NULL ? item->label : stoker_phrase_item (item->kind);

      add_line (lines, STOKER_LINE_FIGURE, title, subtitle, amount);
    }
}

static void
add_known (GPtrArray *lines, const char *title, StokerMoney amount)
{
  g_autofree char *text = NULL;

  if (!amount.is_known)
    return;
  text = stoker_money_format (amount);
  add_line (lines, STOKER_LINE_FIGURE, title, NULL, text);
}

static void
add_estimate (GPtrArray *lines, const StokerEstimate *estimate, gint64 now_us)
{
  add_items (lines, estimate, now_us);
  add_known (lines, _ ("Per output"), estimate->per_output);
  add_known (lines, _ ("Per month"), estimate->per_month);
  add_known (lines, _ ("Goes on costing per month when nothing runs"), estimate->at_rest_per_month);
}

/**
 * stoker_candidate_lines_new:
 * @candidate: an offer that could do it
 * @now_us: the present, for the age of prices
 *
 * Returns: (transfer full) (element-type StokerCandidateLine): what the cost is made of, why the
 * candidate stands where it stands, what it warns of, and the choice; each counts its references
 * with g_rc_box_acquire()
 */
GPtrArray *
stoker_candidate_lines_new (const StokerCandidate *candidate, gint64 now_us)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (stoker_candidate_line_unref);
  g_autofree char *terms = stoker_phrase_score (candidate);
  g_autofree char *score = g_strdup_printf ("%.2f", candidate->score);

  if (candidate->estimate != NULL)
    add_estimate (lines, candidate->estimate, now_us);
  add_line (lines, STOKER_LINE_FIGURE, _ ("Why it stands here"), terms, score);
  for (guint i = 0; candidate->warnings != NULL && i < candidate->warnings->len; i++)
    add_line (lines, STOKER_LINE_WARNING, candidate->warnings->pdata[i], NULL, NULL);
  add_line (lines, STOKER_LINE_CHOICE, _ ("Choice"), candidate->policy_hint, NULL);
  return lines;
}

/**
 * stoker_candidate_line_equal:
 *
 * Returns: whether both say the same
 */
gboolean
stoker_candidate_line_equal (const StokerCandidateLine *a, const StokerCandidateLine *b)
{
  return a->kind == b->kind && g_str_equal (a->title, b->title) &&
         g_strcmp0 (a->subtitle, b->subtitle) == 0 && g_strcmp0 (a->value, b->value) == 0;
}

static void
add_label (GtkWidget *box, const char *text, const char *style_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style_class);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
make_texts (const StokerCandidateLine *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (texts, "title");
  gtk_widget_set_hexpand (texts, TRUE);
  /* The button of a choice says itself what it is. */
  if (self->kind != STOKER_LINE_CHOICE)
    add_label (texts, self->title, "title");
  if (self->subtitle != NULL)
    add_label (texts, self->subtitle, "subtitle");
  return texts;
}

static GtkWidget *
make_icon (void)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, "icon");
  gtk_widget_add_css_class (icon, "warning");
  stoker_ui_set_label (icon, _ ("Warning"));
  return icon;
}

static GtkWidget *
make_value (const StokerCandidateLine *self)
{
  GtkWidget *label = gtk_label_new (self->value);

  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static GtkWidget *
make_button (const char *key)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Take This One"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "candidates.take");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", key);
  return button;
}

/**
 * stoker_candidate_line_insert:
 * @self: a line
 * @list: where to show it
 * @place: its place in @list
 * @key: what the action `candidates.take` knows the candidate by
 *
 * Adds a row to the list. It looks like AdwActionRow, which takes several times as long to make and
 * to lay out.
 */
void
stoker_candidate_line_insert (const StokerCandidateLine *self,
                              GtkListBox *list,
                              int place,
                              const char *key)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (head, "header");
  gtk_widget_set_layout_manager (head, g_object_new (STOKER_TYPE_LINE_LAYOUT, NULL));
  if (self->kind == STOKER_LINE_WARNING)
    gtk_box_append (GTK_BOX (head), make_icon ());
  gtk_box_append (GTK_BOX (head), make_texts (self));
  if (self->value != NULL)
    gtk_box_append (GTK_BOX (head), make_value (self));
  if (self->kind == STOKER_LINE_CHOICE)
    gtk_box_append (GTK_BOX (head), make_button (key));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), head);
  stoker_ui_set_label (row, self->title);
  gtk_list_box_insert (list, row, place);
}
