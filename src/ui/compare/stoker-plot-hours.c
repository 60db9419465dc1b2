/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-plot.h"

#include "stoker-advice-phrases.h"
#include "stoker-curve.h"

#include <glib/gi18n-lib.h>

#include <math.h>

#define STEPS_AN_HOUR 2
#define HOURS_A_DAY 24

/* What is said of the working day in the summary. */
#define WORKING_HOURS 8

/* A machine billed while it is stopped costs all day; deleted instead, only its hours. */
static void
add_hours (const StokerLineUp *line_up,
           StokerChartSeries *series,
           const StokerCandidate *candidate,
           double hours,
           const StokerHoursCost *cost)
{
  StokerTri is_stopped_billed = candidate->offer.plan->billing.stopped;
  double used = stoker_line_up_get_amount (line_up, cost->used);
  double whole = stoker_line_up_get_amount (line_up, stoker_money_add (cost->used, cost->stopped));

  if (is_stopped_billed == STOKER_TRI_NO || stoker_way_of (candidate) != STOKER_WAY_MACHINE)
    stoker_chart_series_add_point (series, hours, used);
  else
    stoker_chart_series_add_range (series, hours,
                                   is_stopped_billed == STOKER_TRI_YES ? whole : used, used, whole);
}

static char *
explain (const StokerLineUp *line_up, const StokerCandidate *candidate, const StokerHoursCost *cost)
{
  if (stoker_way_of (candidate) == STOKER_WAY_MACHINE && cost->used.is_known)
    {
      if (candidate->offer.plan->billing.stopped == STOKER_TRI_YES)
        return g_strdup (_ ("billed while stopped; less when it is deleted after use"));
      if (candidate->offer.plan->billing.stopped == STOKER_TRI_UNKNOWN)
        return g_strdup (_ ("whether it is billed while stopped is unknown"));
    }
  return stoker_line_up_explain (line_up, candidate, cost->used);
}

static void
add_candidate (const StokerLineUp *line_up,
               const StokerCurve *curve,
               StokerChartModel *model,
               const StokerCandidate *candidate)
{
  StokerChartSeries *series = stoker_line_up_add_series (line_up, model, candidate);
  StokerHoursCost cost = { .used = stoker_money_unknown (), .stopped = stoker_money_unknown () };

  for (int i = 0; i <= HOURS_A_DAY * STEPS_AN_HOUR; i++)
    {
      double hours = (double) i / STEPS_AN_HOUR;

      cost = stoker_curve_get_hours_cost (curve, candidate, hours);
      add_hours (line_up, series, candidate, hours, &cost);
    }
  series->note = explain (line_up, candidate, &cost);
}

static gboolean
is_timed (const StokerCandidate *candidate)
{
  return stoker_way_of (candidate) != STOKER_WAY_PER_OUTPUT;
}

static void
say_cheapest (const StokerLineUp *line_up,
              const StokerCurve *curve,
              double hours,
              GPtrArray *sentences)
{
  const StokerCandidate *best = NULL;
  double least = NAN;
  g_autofree char *name = NULL;
  g_autofree char *amount = NULL;

  for (guint i = 0; i < line_up->candidates->len; i++)
    {
      const StokerCandidate *candidate = line_up->candidates->pdata[i];
      double cost =
        stoker_line_up_get_amount (line_up,
                                   stoker_curve_get_hours_cost (curve, candidate, hours).used);

      if (isnan (cost) || cost >= least)
        continue;
      best = candidate;
      least = cost;
    }
  if (best == NULL)
    return;
  name = stoker_phrase_candidate (best);
  amount = stoker_plot_format_money (line_up, least);
  g_ptr_array_add (sentences, g_strdup_printf (_ ("At %d hours a day %s is the cheapest: %s."),
                                               (int) hours, name, amount));
}

static char *
summarise (const StokerLineUp *line_up, const StokerCurve *curve, guint n_left_out)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  say_cheapest (line_up, curve, WORKING_HOURS, sentences);
  say_cheapest (line_up, curve, HOURS_A_DAY, sentences);
  if (n_left_out > 0)
    g_ptr_array_add (
      sentences,
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    "%u candidate is paid by the output and has no line.",
                                    "%u candidates are paid by the output and have no line.",
                                    n_left_out),
                       n_left_out));
  g_ptr_array_add (sentences,
                   g_strdup (_ ("One start a day; what is moved, and work done again after an "
                                "interruption, are left out.")));
  return stoker_plot_join (sentences);
}

/**
 * stoker_plot_hours:
 * @line_up: what is compared
 *
 * Returns: (transfer full): the cost of a month against the hours of work a day; as a range where
 * the hours in which a machine is stopped may be billed too
 */
StokerChartModel *
stoker_plot_hours (const StokerLineUp *line_up)
{
  StokerChartModel *model = stoker_chart_model_new (STOKER_CHART_LINES, "hours",
                                                    _ ("Cost a Month by Hours a Day"));
  g_auto (StokerCurve) curve = { 0 };
  guint n_left_out = 0;

  stoker_curve_init (&curve, line_up->advice);
  stoker_plot_set_axis (&model->x, _ ("Hours of work a day"), STOKER_CHART_UNIT_HOURS);
  model->x.max = HOURS_A_DAY;
  stoker_plot_set_money (&model->y, _ ("Cost a month"), line_up->currency);
  for (guint i = 0; i < line_up->candidates->len; i++)
    {
      if (is_timed (line_up->candidates->pdata[i]))
        add_candidate (line_up, &curve, model, line_up->candidates->pdata[i]);
      else
        n_left_out++;
    }
  stoker_plot_fit (model);
  model->summary = summarise (line_up, &curve, n_left_out);
  if (!stoker_plot_is_drawable (model))
    stoker_plot_set_empty (model, _ ("Nothing is paid by time"),
                           _ ("None of the candidates is paid by time."));
  return model;
}
