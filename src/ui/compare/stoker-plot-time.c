/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-plot.h"

#include "stoker-advice-phrases.h"
#include "stoker-curve.h"
#include "stoker-phrases.h"

#include <glib/gi18n-lib.h>

#include <math.h>

/* So that the names beside the dots have room. */
#define MARGIN 0.4

static char *
explain (const StokerLineUp *line_up, const StokerCandidate *candidate)
{
  if (candidate->estimate->wall_s < 0)
    return g_strdup (_ ("time unknown"));
  return stoker_line_up_explain (line_up, candidate, candidate->estimate->total);
}

static void
add_candidate (const StokerLineUp *line_up,
               StokerChartModel *model,
               const StokerCandidate *candidate,
               gboolean is_on_front)
{
  const StokerEstimate *estimate = candidate->estimate;
  StokerChartSeries *series = stoker_line_up_add_series (line_up, model, candidate);

  series->note = explain (line_up, candidate);
  series->is_marked = is_on_front;
  stoker_chart_series_add_point (series, estimate->wall_s >= 0 ? (double) estimate->wall_s : NAN,
                                 stoker_line_up_get_amount (line_up, estimate->total));
}

static const StokerCandidate *
find_fastest (GPtrArray *front)
{
  const StokerCandidate *fastest = NULL;

  for (guint i = 0; i < front->len; i++)
    {
      const StokerCandidate *candidate = front->pdata[i];

      if (fastest == NULL || candidate->estimate->wall_s < fastest->estimate->wall_s)
        fastest = candidate;
    }
  return fastest;
}

static void
say_fastest (GPtrArray *front, GPtrArray *sentences)
{
  const StokerCandidate *fastest = find_fastest (front);
  g_autofree char *name = stoker_phrase_candidate (fastest);
  g_autofree char *time = stoker_phrase_duration (fastest->estimate->wall_s);
  g_autofree char *cost = stoker_phrase_estimate (fastest->estimate);

  g_ptr_array_add (sentences,
                   g_strdup_printf (_ ("%s is done first, in %s for %s."), name, time, cost));
}

static char *
join_names (GPtrArray *front)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < front->len; i++)
    g_ptr_array_add (names, stoker_phrase_candidate (front->pdata[i]));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static guint
count_unknown (const StokerChartModel *model)
{
  guint count = 0;

  for (guint i = 0; i < model->series->len; i++)
    {
      const StokerChartSeries *series = model->series->pdata[i];
      const StokerChartPoint *point = &g_array_index (series->points, StokerChartPoint, 0);

      count += isnan (point->x) || isnan (point->y);
    }
  return count;
}

static char *
summarise (const StokerChartModel *model, GPtrArray *front)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *names = join_names (front);
  guint n_unknown = count_unknown (model);

  if (front->len > 0)
    say_fastest (front, sentences);
  if (front->len > 0)
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("Nobody is both cheaper and faster than: %s."), names));
  if (n_unknown > 0)
    g_ptr_array_add (
      sentences,
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    "Of %u candidate the time or the cost is unknown.",
                                    "Of %u candidates the time or the cost is unknown.", n_unknown),
                       n_unknown));
  return stoker_plot_join (sentences);
}

/**
 * stoker_plot_time:
 * @line_up: what is compared
 *
 * Returns: (transfer full): cost against the time until the last output, with those marked that
 * nobody beats in both
 */
StokerChartModel *
stoker_plot_time (const StokerLineUp *line_up)
{
  StokerChartModel *model = stoker_chart_model_new (STOKER_CHART_POINTS, "time",
                                                    _ ("Cost and Time"));
  g_autoptr (GPtrArray) front = stoker_comparison_list_front (line_up->candidates);

  stoker_plot_set_axis (&model->x, _ ("Time until the last output"), STOKER_CHART_UNIT_SECONDS);
  stoker_plot_set_money (&model->y, _ ("Cost of the job"), line_up->currency);
  model->x.can_be_log = model->y.can_be_log = TRUE;
  for (guint i = 0; i < line_up->candidates->len; i++)
    add_candidate (line_up, model, line_up->candidates->pdata[i],
                   g_ptr_array_find (front, line_up->candidates->pdata[i], NULL));
  stoker_plot_zoom (model, MARGIN);
  stoker_plot_fit (model);
  model->summary = summarise (model, front);
  if (!stoker_plot_is_drawable (model))
    stoker_plot_set_empty (model, _ ("No time is known"),
                           _ ("How long the job takes is not known. Tell the advisor, or how "
                              "many outputs it makes and how long one takes."));
  return model;
}
