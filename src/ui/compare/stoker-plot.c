/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-plot.h"

#include "stoker-phrases.h"

#include <math.h>

const char *const stoker_plot_ids[] = { "cost",    "volume",  "time", "hours",
                                        "waiting", "history", NULL };

/**
 * stoker_plot_make:
 * @plot: which chart
 * @line_up: what is compared
 *
 * Returns: (transfer full): the chart
 */
StokerChartModel *
stoker_plot_make (StokerPlot plot, const StokerLineUp *line_up)
{
  switch (plot)
    {
    case STOKER_PLOT_VOLUME:
      return stoker_plot_volume (line_up);
    case STOKER_PLOT_TIME:
      return stoker_plot_time (line_up);
    case STOKER_PLOT_HOURS:
      return stoker_plot_hours (line_up);
    case STOKER_PLOT_WAITING:
      return stoker_plot_waiting (line_up);
    case STOKER_PLOT_HISTORY:
      return stoker_plot_history (line_up);
    case STOKER_PLOT_COST:
    case STOKER_N_PLOTS:
    default:
      return stoker_plot_cost (line_up);
    }
}

/**
 * stoker_plot_set_axis:
 * @axis: an axis of a new model
 * @title: what it measures
 * @unit: in what
 *
 * Names an axis.
 */
void
stoker_plot_set_axis (StokerChartAxis *axis, const char *title, StokerChartUnit unit)
{
  g_free (axis->title);
  axis->title = g_strdup (title);
  axis->unit = unit;
}

/**
 * stoker_plot_set_money:
 * @axis: an axis of a new model
 * @title: what it measures
 * @currency: ISO 4217; empty when no cost is known
 *
 * Names an axis of money.
 */
void
stoker_plot_set_money (StokerChartAxis *axis, const char *title, const char *currency)
{
  stoker_plot_set_axis (axis, title, STOKER_CHART_UNIT_MONEY);
  g_free (axis->currency);
  axis->currency = *currency != '\0' ? g_strdup (currency) : NULL;
}

static double
take_larger (double a, double b)
{
  return isnan (b) ? a : MAX (a, b);
}

/* A stacked bar reaches to the sum of its parts. */
static double
measure_bars (const StokerChartModel *model)
{
  double largest = 0;

  for (guint row = 0; row < model->categories->len; row++)
    {
      double sum = 0;

      for (guint i = 0; i < model->series->len; i++)
        {
          const StokerChartSeries *series = model->series->pdata[i];

          for (guint j = 0; j < series->points->len; j++)
            {
              const StokerChartPoint *point = &g_array_index (series->points, StokerChartPoint, j);

              if ((guint) point->x == row && !isnan (point->y))
                sum += point->y;
            }
        }
      largest = MAX (largest, sum);
    }
  return largest;
}

static double
measure_points (const StokerChartModel *model, gboolean is_x)
{
  double largest = 0;

  for (guint i = 0; i < model->series->len; i++)
    {
      const StokerChartSeries *series = model->series->pdata[i];

      for (guint j = 0; j < series->points->len; j++)
        {
          const StokerChartPoint *point = &g_array_index (series->points, StokerChartPoint, j);

          largest = take_larger (largest, is_x ? point->x : point->y);
          if (!is_x)
            largest = take_larger (largest, point->high);
        }
    }
  return largest;
}

static double
find_least (const StokerChartModel *model, gboolean is_x)
{
  double least = INFINITY;

  for (guint i = 0; i < model->series->len; i++)
    {
      const StokerChartSeries *series = model->series->pdata[i];

      for (guint j = 0; j < series->points->len; j++)
        {
          const StokerChartPoint *point = &g_array_index (series->points, StokerChartPoint, j);
          double value = is_x ? point->x : point->y;

          if (value > 0 && value < least)
            least = value;
        }
    }
  return isfinite (least) ? least : 0;
}

/**
 * stoker_plot_fit_log:
 * @axis: the axis of @model along which its curves go up
 *
 * Lets a logarithmic axis begin at the least value, for there is no 0 on it.
 */
void
stoker_plot_fit_log (StokerChartModel *model, StokerChartAxis *axis)
{
  axis->min = find_least (model, axis == &model->x);
  axis->max = measure_points (model, axis == &model->x);
}

/**
 * stoker_plot_zoom:
 * @model: a model with all its points
 * @margin: what is left free on both sides, as a share of what is between the values
 *
 * Lets the x axis show where the values are: what all of them have in common would push them into a
 * corner.
 */
void
stoker_plot_zoom (StokerChartModel *model, double margin)
{
  double least = find_least (model, TRUE);
  double most = measure_points (model, TRUE);
  double room = (most - least) * margin;

  if (room <= 0)
    return;
  model->x.min = MAX (0, least - room);
  model->x.max = most + room;
}

/**
 * stoker_plot_fit:
 * @model: a model with all its points
 *
 * Lets the axes reach from 0 to the largest value, where they are not set yet.
 */
void
stoker_plot_fit (StokerChartModel *model)
{
  if (model->y.max <= model->y.min)
    model->y.max = model->kind == STOKER_CHART_BARS ? measure_bars (model)
                                                    : measure_points (model, FALSE);
  if (model->x.max <= model->x.min)
    model->x.max = measure_points (model, TRUE);
}

/**
 * stoker_plot_is_drawable:
 *
 * Returns: whether any value of @model is known
 */
gboolean
stoker_plot_is_drawable (const StokerChartModel *model)
{
  for (guint i = 0; i < model->series->len; i++)
    {
      const StokerChartSeries *series = model->series->pdata[i];

      for (guint j = 0; j < series->points->len; j++)
        {
          const StokerChartPoint *point = &g_array_index (series->points, StokerChartPoint, j);

          if (!isnan (point->x) && !isnan (point->y))
            return TRUE;
        }
    }
  return FALSE;
}

/**
 * stoker_plot_set_empty:
 * @model: a model without a known value
 * @title: in a few words, for the place of the curves
 * @reason: why, and what to do
 *
 * Says that there is nothing to draw.
 */
void
stoker_plot_set_empty (StokerChartModel *model, const char *title, const char *reason)
{
  g_free (model->empty);
  model->empty = g_strdup (title);
  g_free (model->summary);
  model->summary = g_strdup (reason);
}

/**
 * stoker_plot_format_money:
 * @amount: in units of the charts' currency; NAN is unknown
 *
 * Returns: (transfer full): "$0.45"
 */
char *
stoker_plot_format_money (const StokerLineUp *line_up, double amount)
{
  if (isnan (amount))
    return stoker_phrase_money (stoker_money_unknown ());
  return stoker_phrase_money (
    stoker_money_new (llround (amount * (double) STOKER_NANOS_PER_UNIT), line_up->currency));
}

/**
 * stoker_plot_format_count:
 *
 * Returns: (transfer full): @count with the separators of the locale
 */
char *
stoker_plot_format_count (gint64 count)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, count);
}

/**
 * stoker_plot_format_date:
 * @time_us: an instant
 *
 * Returns: (transfer full): its day in the form of the locale
 */
char *
stoker_plot_format_date (gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%x") : g_strdup ("");
}

/**
 * stoker_plot_join:
 * @sentences: (element-type utf8): without %NULL at the end
 *
 * Returns: (transfer full): the sentences as one text
 */
char *
stoker_plot_join (GPtrArray *sentences)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sentences->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, sentences->pdata[i]);
    }
  return g_string_free (text, FALSE);
}
