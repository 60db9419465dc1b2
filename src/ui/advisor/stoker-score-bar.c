/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-score-bar.h"

#include "stoker-advice-phrases.h"
#include "stoker-ui.h"

#include <math.h>

#define BAR_WIDTH 72
#define BAR_HEIGHT 6
#define CORNER 3

/* Smaller differences are those of the arithmetic. */
#define SAME 1e-9

struct _StokerScoreBar
{
  GtkWidget parent_instance;

  GArray *terms; /* owned, of StokerScoreTerm: those that decide */
  double full_scale;
};

G_DEFINE_FINAL_TYPE (StokerScoreBar, stoker_score_bar, GTK_TYPE_WIDGET)

static double
weigh (const StokerScoreTerm *term)
{
  return MAX (0, term->weight * term->value);
}

static const StokerScoreTerm *
find_term (const StokerCandidate *candidate, const char *name)
{
  for (guint i = 0; candidate->terms != NULL && i < candidate->terms->len; i++)
    {
      const StokerScoreTerm *term = &g_array_index (candidate->terms, StokerScoreTerm, i);

      if (g_str_equal (term->name, name))
        return term;
    }
  return NULL;
}

static gboolean
decides (const StokerAdvice *advice, const StokerScoreTerm *first)
{
  for (guint i = 1; i < advice->candidates->len; i++)
    {
      const StokerScoreTerm *term = find_term (advice->candidates->pdata[i], first->name);

      if (term == NULL || fabs (weigh (term) - weigh (first)) > SAME)
        return TRUE;
    }
  return FALSE;
}

static double
sum_up (const StokerScoreScale *scale, const StokerCandidate *candidate)
{
  double sum = 0;

  for (guint i = 0; i < scale->n_names; i++)
    {
      const StokerScoreTerm *term = find_term (candidate, scale->names[i]);

      sum += term != NULL ? weigh (term) : 0;
    }
  return sum;
}

/**
 * stoker_score_scale_init:
 * @self: (out caller-allocates): the scale
 * @advice: an advice
 *
 * Finds out which terms of the scores decide between the candidates, and how long the longest bar
 * is.
 */
void
stoker_score_scale_init (StokerScoreScale *self, const StokerAdvice *advice)
{
  const StokerCandidate *first = NULL;

  *self = (StokerScoreScale){ 0 };
  if (advice->candidates->len == 0)
    return;
  first = advice->candidates->pdata[0];
  for (guint i = 0; first->terms != NULL && i < first->terms->len; i++)
    {
      const StokerScoreTerm *term = &g_array_index (first->terms, StokerScoreTerm, i);

      if (self->n_names < G_N_ELEMENTS (self->names) && decides (advice, term))
        self->names[self->n_names++] = term->name;
    }
  for (guint i = 0; i < advice->candidates->len; i++)
    self->full_scale = MAX (self->full_scale, sum_up (self, advice->candidates->pdata[i]));
}

static void
append_segment (
  StokerScoreBar *self, GtkSnapshot *snapshot, const StokerScoreTerm *term, double x, double width)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  g_autofree char *name = g_strdup_printf ("stoker_term_%s", term->name);
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (context, name, &color))
    color = (GdkRGBA){ 0.5f, 0.5f, 0.5f, 1 };
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT ((float) x, 0, (float) width, BAR_HEIGHT));
}

static void
stoker_score_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  StokerScoreBar *self = STOKER_SCORE_BAR (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double width = gtk_widget_get_width (widget);
  double x = 0;
  GskRoundedRect area;

  if (self->full_scale <= 0)
    return;
  gsk_rounded_rect_init_from_rect (&area, &GRAPHENE_RECT_INIT (0, 0, (float) width, BAR_HEIGHT),
                                   CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &area);
  for (guint i = 0; i < self->terms->len; i++)
    {
      const StokerScoreTerm *term = &g_array_index (self->terms, StokerScoreTerm, i);
      double segment = weigh (term) / self->full_scale * width;

      append_segment (self, snapshot, term, is_rtl ? width - x - segment : x, segment);
      x += segment;
    }
  gtk_snapshot_pop (snapshot);
}

/* Waiver of parameters: GTK says how many this function has. */
static void
stoker_score_bar_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : BAR_WIDTH;
}

static void
stoker_score_bar_finalize (GObject *object)
{
  g_array_unref (STOKER_SCORE_BAR (object)->terms);
  G_OBJECT_CLASS (stoker_score_bar_parent_class)->finalize (object);
}

static void
stoker_score_bar_class_init (StokerScoreBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_score_bar_finalize;
  widget_class->snapshot = stoker_score_bar_snapshot;
  widget_class->measure = stoker_score_bar_measure;
  gtk_widget_class_set_css_name (widget_class, "scorebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
stoker_score_bar_init (StokerScoreBar *self)
{
  self->terms = g_array_new (FALSE, FALSE, sizeof (StokerScoreTerm));
}

/**
 * stoker_score_bar_show:
 * @candidate: an offer that could do it
 * @scale: of the advice it stands in
 *
 * Shows the candidate's score. Tooltip and accessible name tell the terms in words.
 */
void
stoker_score_bar_show (StokerScoreBar *self,
                       const StokerCandidate *candidate,
                       const StokerScoreScale *scale)
{
  g_autofree char *text = NULL;

  g_return_if_fail (STOKER_IS_SCORE_BAR (self));

  self->full_scale = scale->full_scale;
  g_array_set_size (self->terms, 0);
  for (guint i = 0; i < scale->n_names; i++)
    {
      const StokerScoreTerm *term = find_term (candidate, scale->names[i]);

      if (term != NULL)
        g_array_append_val (self->terms, *term);
    }
  text = stoker_phrase_score_terms (self->terms);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  stoker_ui_set_label (GTK_WIDGET (self), text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
