/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-plot.h"

#include "stoker-curve.h"

#include <glib/gi18n-lib.h>

#include <math.h>

/* Whether two offers are the same thing, seen on two days. On a market each day has ids of its own:
 * what was kept of it has none. */
static gboolean
is_same_thing (const StokerOffer *a, const StokerOffer *b)
{
  return a->provider_id == b->provider_id && a->plan == b->plan && a->gpu == b->gpu &&
         a->gpus == b->gpus && a->region == b->region &&
         (a->offer_id == b->offer_id || a->offer_id == NULL);
}

static int
compare_points (gconstpointer a, gconstpointer b)
{
  const StokerChartPoint *left = a, *right = b;

  return (left->x > right->x) - (left->x < right->x);
}

static void
add_prices_of (const StokerLineUp *line_up,
               StokerChartSeries *series,
               StokerOfferTable *offers,
               const StokerOffer *of)
{
  for (guint i = 0; offers != NULL && i < stoker_offer_table_get_length (offers); i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (offers, i);
      StokerMoney price = stoker_offer_get_price_per_hour (offer);

      if (offer->as_of_us > 0 && is_same_thing (offer, of))
        stoker_chart_series_add_point (series, (double) (offer->as_of_us / G_USEC_PER_SEC),
                                       stoker_line_up_get_amount (line_up, price));
    }
}

/* Those of today, and what was kept of earlier days. */
static void
add_prices (const StokerLineUp *line_up, StokerChartSeries *series, const StokerOffer *of)
{
  add_prices_of (line_up, series, line_up->advice->offers, of);
  add_prices_of (line_up, series, line_up->advice->history, of);
  g_array_sort (series->points, compare_points);
}

static gboolean
has_history (const StokerChartSeries *series)
{
  const GArray *points = series->points;

  return points->len > 1 && g_array_index (points, StokerChartPoint, points->len - 1).x >
                              g_array_index (points, StokerChartPoint, 0).x;
}

/* From the oldest price to the newest. */
static gboolean
find_span (const StokerChartModel *model, double *first, double *last)
{
  *first = INFINITY;
  *last = -INFINITY;
  for (guint i = 0; i < model->series->len; i++)
    {
      const GArray *points = ((const StokerChartSeries *) model->series->pdata[i])->points;

      if (points->len == 0)
        continue;
      *first = MIN (*first, g_array_index (points, StokerChartPoint, 0).x);
      *last = MAX (*last, g_array_index (points, StokerChartPoint, points->len - 1).x);
    }
  return *first <= *last;
}

static char *
format_seconds (double seconds)
{
  return stoker_plot_format_date ((gint64) seconds * G_USEC_PER_SEC);
}

static char *
explain_empty (const StokerChartModel *model)
{
  double first, last;
  g_autofree char *oldest = NULL;
  g_autofree char *newest = NULL;

  if (!find_span (model, &first, &last))
    return g_strdup (_ ("No price by the hour with a date is known of these candidates."));
  oldest = format_seconds (first);
  newest = format_seconds (last);
  return g_strdup_printf (_ ("Each of these prices is known of one day only, the oldest of %s, the "
                             "newest of %s. A history begins with a second day."),
                          oldest, newest);
}

static void
say_change (const StokerLineUp *line_up, const StokerChartSeries *series, GPtrArray *sentences)
{
  const StokerChartPoint *first = &g_array_index (series->points, StokerChartPoint, 0);
  const StokerChartPoint *last = &g_array_index (series->points, StokerChartPoint,
                                                 series->points->len - 1);
  g_autofree char *before = stoker_plot_format_money (line_up, first->y);
  g_autofree char *after = stoker_plot_format_money (line_up, last->y);
  g_autofree char *since = format_seconds (first->x);

  g_ptr_array_add (sentences, g_strdup_printf (_ ("%s went from %s to %s an hour since %s."),
                                               series->name, before, after, since));
}

static void
describe (const StokerLineUp *line_up, StokerChartModel *model)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *reason = NULL;

  for (guint i = 0; i < model->series->len; i++)
    if (has_history (model->series->pdata[i]))
      say_change (line_up, model->series->pdata[i], sentences);
  if (sentences->len > 0)
    {
      model->summary = stoker_plot_join (sentences);
      return;
    }
  reason = explain_empty (model);
  stoker_plot_set_empty (model, _ ("No history yet"), reason);
}

/**
 * stoker_plot_history:
 * @line_up: what is compared
 *
 * Returns: (transfer full): the prices by the hour of what the candidates would use, by the day
 * they were read; says so when each is known of one day only
 */
StokerChartModel *
stoker_plot_history (const StokerLineUp *line_up)
{
  StokerChartModel *model = stoker_chart_model_new (STOKER_CHART_LINES, "history",
                                                    _ ("Price History"));
  double first, last;

  stoker_plot_set_axis (&model->x, _ ("Read on"), STOKER_CHART_UNIT_DATE);
  stoker_plot_set_money (&model->y, _ ("Price an hour"), line_up->currency);
  for (guint i = 0; i < line_up->candidates->len; i++)
    {
      const StokerCandidate *candidate = line_up->candidates->pdata[i];

      if (stoker_way_of (candidate) != STOKER_WAY_PER_OUTPUT && !candidate->is_local)
        add_prices (line_up, stoker_line_up_add_series (line_up, model, candidate),
                    &candidate->offer);
    }
  if (find_span (model, &first, &last))
    {
      model->x.min = first;
      model->x.max = last;
    }
  stoker_plot_fit (model);
  describe (line_up, model);
  return model;
}
