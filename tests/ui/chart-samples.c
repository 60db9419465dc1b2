/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "chart-samples.h"

#include "stoker-estimate.h"

#include <math.h>

#define N_POINTS 60
#define UNKNOWN_EVERY 7

static const char *const names[] = {
  "RunPod · Serverless RTX 4090",
  "Vast.ai · RTX 4090",
  "Lambda · A100 80 GB",
  "This computer",
  "Modal · A10G",
  "fal · per image",
  "RunPod · Pod A40",
  "Kubernetes · L40S",
  "Replicate · A100",
  "render-box",
};

static const char *const items[] = { "Compute", "Start-up", "Idle", "Storage", "Transfer", "Redo" };

static char *
make_name (guint i)
{
  if (i < G_N_ELEMENTS (names))
    return g_strdup (names[i]);
  return g_strdup_printf ("%s %u", names[i % G_N_ELEMENTS (names)], i);
}

static StokerChartSeries *
add_candidate (StokerChartModel *model, guint i)
{
  g_autofree char *id = g_strdup_printf ("candidate-%u", i);
  g_autofree char *name = make_name (i);
  StokerChartSeries *series = stoker_chart_model_add_series (model, id, name);

  series->color_kind = STOKER_CHART_COLOR_PROVIDER;
  series->color = i;
  series->is_chosen = i == 0;
  return series;
}

static void
add_rows (StokerChartModel *model, guint n_candidates)
{
  for (guint i = 0; i < n_candidates; i++)
    {
      g_autofree char *id = g_strdup_printf ("candidate-%u", i);
      g_autofree char *name = make_name (i);

      stoker_chart_model_add_category (model, id, name);
    }
  model->chosen_category = 0;
}

static void
set_axis (StokerChartAxis *axis, const char *title, StokerChartUnit unit, double min, double max)
{
  axis->title = g_strdup (title);
  axis->unit = unit;
  axis->min = min;
  axis->max = max;
  axis->currency = g_strdup (unit == STOKER_CHART_UNIT_MONEY ? "USD" : NULL);
}

static void
fill_bars (StokerChartModel *model, guint n_candidates)
{
  set_axis (&model->x, NULL, STOKER_CHART_UNIT_CATEGORY, 0, 0);
  set_axis (&model->y, "Cost of the job", STOKER_CHART_UNIT_MONEY, 0, 0);
  add_rows (model, n_candidates);
  for (guint item = 0; item < STOKER_N_ITEMS; item++)
    {
      StokerChartSeries *series = stoker_chart_model_add_series (model, items[item], items[item]);

      series->color_kind = STOKER_CHART_COLOR_ITEM;
      series->color = item;
      for (guint i = 0; i < n_candidates; i++)
        {
          double amount = (0.4 + 0.13 * (i % 12)) / (1 + item * 1.7);
          gboolean is_unknown = i % UNKNOWN_EVERY == 5 || (i % UNKNOWN_EVERY == 4 && item == 4);

          stoker_chart_series_add_point (series, i, is_unknown ? NAN : amount);
        }
    }
}

static double
cost_at (guint i, double x)
{
  static const double fixed[] = { 0, 0, 260, 18, 4, 0, 190, 75, 0, 32 };
  static const double each[] = {
    0.031, 0.027, 0.009, 0.012, 0.041, 0.05, 0.011, 0.02, 0.06, 0.016
  };
  guint kind = i % G_N_ELEMENTS (fixed);

  return (fixed[kind] + each[kind] * x) * (1 + 0.03 * (i / G_N_ELEMENTS (fixed)));
}

static void
fill_lines (StokerChartModel *model, guint n_candidates)
{
  set_axis (&model->x, "Outputs a month", STOKER_CHART_UNIT_COUNT, 10, 100000);
  set_axis (&model->y, "Cost a month", STOKER_CHART_UNIT_MONEY, 0.1, 6000);
  model->x.is_log = model->x.can_be_log = TRUE;
  model->y.is_log = model->y.can_be_log = TRUE;
  for (guint i = 0; i < n_candidates; i++)
    {
      StokerChartSeries *series = add_candidate (model, i);

      for (int j = 0; j < N_POINTS; j++)
        {
          double x = 10 * pow (1e4, j / (N_POINTS - 1.0));
          double y = i % 10 == 8 ? NAN : cost_at (i, x);

          stoker_chart_series_add_range (series, x, y, i == 4 ? y * 0.8 : NAN,
                                         i == 4 ? y * 1.25 : NAN);
        }
    }
  stoker_chart_model_add_mark (model, 10950, 358,
                               "Lambda is cheaper than RunPod from 11,000 a month");
  stoker_chart_model_add_mark (model, 947, 29, "This computer is cheaper from 950 a month");
  model->cursor = 1000;
  model->cursor_text = g_strdup ("outputs a month");
}

static void
fill_points (StokerChartModel *model, guint n_candidates)
{
  set_axis (&model->x, "Ready after", STOKER_CHART_UNIT_SECONDS, 0, 0);
  set_axis (&model->y, "Cost of the job", STOKER_CHART_UNIT_MONEY, 0, 0);
  model->x.can_be_log = TRUE;
  for (guint i = 0; i < n_candidates; i++)
    {
      StokerChartSeries *series = add_candidate (model, i);
      double x = 300 + 900 * fabs (sin (i * 1.7));
      double y = i == 8 ? NAN : 0.3 + 400 / x + 0.8 * fabs (sin (i * 2.9));

      series->is_marked = i == 0 || i == 4 || i == 6;
      stoker_chart_series_add_range (series, x, y, i == 1 ? y * 0.8 : NAN, i == 1 ? y * 1.3 : NAN);
    }
}

static void
fill_ranges (StokerChartModel *model, guint n_candidates)
{
  StokerChartSeries *start = stoker_chart_model_add_series (model, "cold-start", "Cold start");
  StokerChartSeries *each = stoker_chart_model_add_series (model, "request", "Each request");

  set_axis (&model->x, NULL, STOKER_CHART_UNIT_CATEGORY, 0, 0);
  set_axis (&model->y, "Waiting", STOKER_CHART_UNIT_SECONDS, 0.5, 600);
  model->y.is_log = model->y.can_be_log = TRUE;
  add_rows (model, n_candidates);
  start->color_kind = each->color_kind = STOKER_CHART_COLOR_PROVIDER;
  each->color = 1;
  for (guint i = 0; i < n_candidates; i++)
    {
      double y = i % UNKNOWN_EVERY == 5 ? NAN : 8 + 31 * (i % 9);

      stoker_chart_series_add_range (start, i, y, y * 0.5, y * 2.4);
      stoker_chart_series_add_range (each, i, 2 + i % 5, 1.2 + i % 5, 5 + i % 5);
    }
}

StokerChartModel *
chart_sample_new (StokerChartKind kind, guint n_candidates)
{
  static const char *const titles[] = { "Cost per Candidate", "Cost by Volume", "Cost and Time",
                                        "Waiting" };
  StokerChartModel *model = stoker_chart_model_new (kind, "sample", titles[kind]);

  model->summary = g_strdup ("RunPod is the cheapest below 950 outputs a month.");
  if (kind == STOKER_CHART_BARS)
    fill_bars (model, n_candidates);
  if (kind == STOKER_CHART_LINES)
    fill_lines (model, n_candidates);
  if (kind == STOKER_CHART_POINTS)
    fill_points (model, n_candidates);
  if (kind == STOKER_CHART_RANGES)
    fill_ranges (model, n_candidates);
  return model;
}

StokerChartModel *
chart_sample_new_history (void)
{
  StokerChartModel *model = stoker_chart_model_new (STOKER_CHART_LINES, "history", "Price History");
  const double from = 1767225600;

  set_axis (&model->x, NULL, STOKER_CHART_UNIT_DATE, from, from + 200 * 86400.0);
  set_axis (&model->y, "Price an hour", STOKER_CHART_UNIT_MONEY, 0, 0);
  for (guint i = 0; i < 3; i++)
    {
      StokerChartSeries *series = add_candidate (model, i);

      for (int day = 0; day < 200; day += 10)
        stoker_chart_series_add_point (series, from + day * 86400.0,
                                       0.34 + 0.1 * i + 0.05 * sin (day / 30.0 + i));
    }
  return model;
}
