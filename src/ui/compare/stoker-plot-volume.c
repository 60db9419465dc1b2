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

/* Enough for a curve with steps, on an axis of either kind. */
#define LOG_POINTS_A_DECADE 10
#define LINEAR_POINTS 50

/* The axis reaches at least so far, and beyond the volume and the last break-even. */
#define LEAST_REACH 100000
#define LEAST_REACH_OF_JOBS 1000
#define ROOM 10

static int
compare_volumes (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static gint64
choose_reach (const StokerLineUp *line_up, GArray *crossings)
{
  gint64 reach = line_up->counts_jobs ? LEAST_REACH_OF_JOBS : LEAST_REACH;
  gint64 wanted = line_up->outputs_per_month;

  if (crossings->len > 0)
    wanted = MAX (wanted, g_array_index (crossings, StokerCrossing, crossings->len - 1).outputs);
  while (reach < wanted * ROOM && reach < STOKER_CURVE_MAX_OUTPUTS)
    reach *= 10;
  return reach;
}

/* Evenly over a logarithmic and over a linear axis, and at the break-evens, sorted. */
static GArray *
list_volumes (gint64 reach, GArray *crossings)
{
  GArray *volumes = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (int i = 0;; i++)
    {
      gint64 volume = llround (pow (10, (double) i / LOG_POINTS_A_DECADE));

      if (volume > reach)
        break;
      g_array_append_val (volumes, volume);
    }
  for (int i = 1; i <= LINEAR_POINTS; i++)
    {
      gint64 volume = reach * i / LINEAR_POINTS;

      g_array_append_val (volumes, volume);
    }
  for (guint i = 0; i < crossings->len; i++)
    g_array_append_val (volumes, g_array_index (crossings, StokerCrossing, i).outputs);
  g_array_sort (volumes, compare_volumes);
  return volumes;
}

static void
add_curve (const StokerLineUp *line_up,
           const StokerCurve *curve,
           StokerChartModel *model,
           const StokerCandidate *candidate,
           GArray *volumes)
{
  StokerChartSeries *series = stoker_line_up_add_series (line_up, model, candidate);
  StokerMoney cost = stoker_curve_get_cost (curve, candidate, line_up->outputs_per_month);
  gint64 before = 0;

  series->note = stoker_line_up_explain (line_up, candidate, cost);
  for (guint i = 0; i < volumes->len; i++)
    {
      gint64 volume = g_array_index (volumes, gint64, i);

      if (volume == before)
        continue;
      cost = stoker_curve_get_cost (curve, candidate, volume);
      stoker_chart_series_add_point (series, (double) volume,
                                     stoker_line_up_get_amount (line_up, cost));
      before = volume;
    }
}

static char *
describe (const StokerLineUp *line_up, const StokerCrossing *crossing)
{
  g_autofree char *above = stoker_phrase_candidate (crossing->above);
  g_autofree char *below = stoker_phrase_candidate (crossing->below);
  g_autofree char *count = stoker_plot_format_count (crossing->outputs);

  if (line_up->counts_jobs)
    return g_strdup_printf (_ ("%s is cheaper than %s from %s jobs a month on."), above, below,
                            count);
  return g_strdup_printf (_ ("%s is cheaper than %s from %s outputs a month on."), above, below,
                          count);
}

static void
add_marks (const StokerLineUp *line_up, StokerChartModel *model, GArray *crossings)
{
  for (guint i = 0; i < crossings->len; i++)
    {
      const StokerCrossing *crossing = &g_array_index (crossings, StokerCrossing, i);
      double cost = stoker_line_up_get_amount (line_up, crossing->cost);
      g_autofree char *text = describe (line_up, crossing);

      if (!isnan (cost))
        stoker_chart_model_add_mark (model, (double) crossing->outputs, cost, text);
    }
}

static void
say_cheapest (const StokerLineUp *line_up, const StokerCurve *curve, GPtrArray *sentences)
{
  const StokerCandidate *best = NULL;
  double least = NAN;
  g_autofree char *name = NULL;
  g_autofree char *cost = NULL;
  g_autofree char *count = stoker_plot_format_count (line_up->outputs_per_month);

  for (guint i = 0; i < line_up->candidates->len; i++)
    {
      double amount =
        stoker_line_up_get_amount (line_up,
                                   stoker_curve_get_cost (curve, line_up->candidates->pdata[i],
                                                          line_up->outputs_per_month));

      if (isnan (amount) || amount >= least)
        continue;
      best = line_up->candidates->pdata[i];
      least = amount;
    }
  if (best == NULL)
    return;
  name = stoker_phrase_candidate (best);
  cost = stoker_plot_format_money (line_up, least);
  if (line_up->counts_jobs)
    g_ptr_array_add (sentences, g_strdup_printf (_ ("At %s jobs a month %s is the cheapest: %s."),
                                                 count, name, cost));
  else
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("At %s outputs a month %s is the cheapest: %s."), count,
                                      name, cost));
}

static char *
summarise (const StokerLineUp *line_up, const StokerCurve *curve, const StokerChartModel *model)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  say_cheapest (line_up, curve, sentences);
  for (guint i = 0; i < model->marks->len; i++)
    g_ptr_array_add (sentences, g_strdup (((StokerChartMark *) model->marks->pdata[i])->text));
  if (sentences->len > 0 && model->marks->len == 0)
    g_ptr_array_add (sentences, g_strdup (_ ("No other way of paying becomes the cheaper one.")));
  return stoker_plot_join (sentences);
}

static void
set_axes (const StokerLineUp *line_up, StokerChartModel *model, gint64 reach)
{
  stoker_plot_set_axis (&model->x,
                        line_up->counts_jobs ? _ ("Jobs a month") : _ ("Outputs a month"),
                        STOKER_CHART_UNIT_COUNT);
  model->x.min = 1;
  model->x.max = (double) reach;
  model->x.is_log = model->x.can_be_log = TRUE;
  stoker_plot_set_money (&model->y, _ ("Cost a month"), line_up->currency);
  model->y.is_log = model->y.can_be_log = TRUE;
  model->cursor = (double) line_up->outputs_per_month;
  model->cursor_text = g_strdup (line_up->counts_jobs ? _ ("jobs a month") : _ ("outputs a month"));
}

/**
 * stoker_plot_volume:
 * @line_up: what is compared
 *
 * Returns: (transfer full): the cost of a month against its outputs, with the volumes from which
 * another way of paying is cheaper
 */
StokerChartModel *
stoker_plot_volume (const StokerLineUp *line_up)
{
  StokerChartModel *model = stoker_chart_model_new (STOKER_CHART_LINES, "volume",
                                                    _ ("Cost a Month by Volume"));
  g_autoptr (GArray)
    crossings = stoker_curve_list_break_evens (line_up->advice, line_up->candidates);
  gint64 reach = choose_reach (line_up, crossings);
  g_autoptr (GArray) volumes = list_volumes (reach, crossings);
  g_auto (StokerCurve) curve = { 0 };

  stoker_curve_init (&curve, line_up->advice);
  stoker_curve_count_jobs (&curve);
  set_axes (line_up, model, reach);
  for (guint i = 0; i < line_up->candidates->len; i++)
    add_curve (line_up, &curve, model, line_up->candidates->pdata[i], volumes);
  add_marks (line_up, model, crossings);
  stoker_plot_fit_log (model, &model->y);
  model->summary = summarise (line_up, &curve, model);
  if (!stoker_plot_is_drawable (model))
    stoker_plot_set_empty (model, _ ("No cost is known"),
                           _ ("What the job costs is not known. Tell the advisor how long it "
                              "takes, or how many outputs it makes and how long one takes."));
  return model;
}
