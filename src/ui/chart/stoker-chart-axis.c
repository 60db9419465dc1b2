/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-axis.h"

#include <math.h>

#define N_DECADES_WITHOUT_MINIMUM 4
#define MAX_TICKS 64
/* So that 0.1 + 0.2 still finds its tick at 0.3. */
#define SLACK 1e-9

#define MINUTE 60.0
#define HOUR 3600.0
#define DAY 86400.0

static const double duration_steps[] = {
  1,   2,    5,    10,       15,       30,       MINUTE,    2 * MINUTE, 5 * MINUTE, 10 * MINUTE,
  900, 1800, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY,        2 * DAY,    7 * DAY,
};
static const double duration_decades[] = {
  0.001, 0.01, 0.1, 1, 10, MINUTE, 10 * MINUTE, HOUR, 10 * HOUR, 2 * DAY, 20 * DAY, 200 * DAY,
};
static const double hour_steps[] = { 1, 2, 3, 4, 6, 8, 12, 24 };
static const double day_steps[] = { DAY, 2 * DAY, 7 * DAY, 14 * DAY };
static const int month_steps[] = { 1, 2, 3, 6, 12, 24, 60, 120, 600 };

#define DAYS_OF_MONTH 30.44

/* The least 1, 2 or 5 times a power of ten that is not below @value. */
static double
round_up_to_nice (double value)
{
  double decade = pow (10, floor (log10 (value)));
  double digit = value / decade;

  if (digit <= 1 + SLACK)
    return decade;
  if (digit <= 2 + SLACK)
    return 2 * decade;
  return (digit <= 5 + SLACK ? 5 : 10) * decade;
}

static double
pick_step (const double *steps, gsize n_steps, double least)
{
  for (gsize i = 0; i < n_steps; i++)
    if (steps[i] >= least * (1 - SLACK))
      return steps[i];
  return round_up_to_nice (least / steps[n_steps - 1]) * steps[n_steps - 1];
}

static double
choose_step (const StokerChartAxis *axis, guint most)
{
  double least = (axis->max - axis->min) / MAX (most, 1);

  switch (axis->unit)
    {
    case STOKER_CHART_UNIT_SECONDS:
      return least < 1 ? round_up_to_nice (least)
                       : pick_step (duration_steps, G_N_ELEMENTS (duration_steps), least);
    case STOKER_CHART_UNIT_HOURS:
      return pick_step (hour_steps, G_N_ELEMENTS (hour_steps), least);
    case STOKER_CHART_UNIT_DATE:
      return pick_step (day_steps, G_N_ELEMENTS (day_steps), least);
    case STOKER_CHART_UNIT_COUNT:
    case STOKER_CHART_UNIT_CATEGORY:
      return MAX (1, round_up_to_nice (least));
    case STOKER_CHART_UNIT_NONE:
    case STOKER_CHART_UNIT_MONEY:
    default:
      return round_up_to_nice (least);
    }
}

static void
widen (StokerChartAxis *axis)
{
  double value = axis->max;

  if (axis->is_log)
    {
      axis->min = value / 2;
      axis->max = value * 2;
    }
  else if (fabs (value) < G_MINDOUBLE)
    axis->max = axis->min + 1;
  else
    {
      axis->min = MIN (0, value * 2);
      axis->max = MAX (0, value * 2);
    }
}

/**
 * stoker_chart_axis_settle:
 *
 * Makes the range usable: finite, ascending, wider than nothing, and positive where it is
 * logarithmic; an axis without anything positive turns linear.
 */
void
stoker_chart_axis_settle (StokerChartAxis *axis)
{
  if (!isfinite (axis->min))
    axis->min = 0;
  if (!isfinite (axis->max))
    axis->max = MAX (axis->min, 0);
  if (axis->max < axis->min)
    {
      double swapped = axis->min;

      axis->min = axis->max;
      axis->max = swapped;
    }
  axis->is_log = axis->is_log && axis->max > 0;
  if (axis->is_log && axis->min <= 0)
    axis->min = axis->max / pow (10, N_DECADES_WITHOUT_MINIMUM);
  if (axis->max - axis->min <= fabs (axis->max) * SLACK)
    widen (axis);
}

/**
 * stoker_chart_axis_extend:
 * @axis: a settled axis
 * @most: how many steps there is room for
 *
 * Widens the range so that it begins and ends with a tick.
 */
void
stoker_chart_axis_extend (StokerChartAxis *axis, guint most)
{
  if (axis->is_log)
    {
      axis->max = round_up_to_nice (axis->max);
      axis->min = 1 / round_up_to_nice (1 / axis->min);
    }
  else if (axis->unit != STOKER_CHART_UNIT_DATE)
    {
      double step = choose_step (axis, most);

      axis->min = floor (axis->min / step + SLACK) * step;
      axis->max = MAX (ceil (axis->max / step - SLACK) * step, axis->min + step);
    }
}

/**
 * stoker_chart_axis_normalize:
 * @axis: a settled axis
 * @value: a value
 *
 * Returns: its place, 0 to 1 within the range; NAN for what has none
 */
double
stoker_chart_axis_normalize (const StokerChartAxis *axis, double value)
{
  if (!axis->is_log)
    return (value - axis->min) / (axis->max - axis->min);
  if (!(value > 0))
    return NAN;
  return log (value / axis->min) / log (axis->max / axis->min);
}

/**
 * stoker_chart_axis_denormalize:
 * @axis: a settled axis
 * @place: a place
 *
 * Returns: the value at @place
 */
double
stoker_chart_axis_denormalize (const StokerChartAxis *axis, double place)
{
  if (axis->is_log)
    return axis->min * pow (axis->max / axis->min, place);
  return axis->min + place * (axis->max - axis->min);
}

/**
 * stoker_chart_axis_round:
 * @axis: a settled axis
 * @value: a value
 *
 * Returns: @value with as many digits as a hand that drags can mean, within the range
 */
double
stoker_chart_axis_round (const StokerChartAxis *axis, double value)
{
  double step = (axis->max - axis->min) / 1000;

  value = CLAMP (value, axis->min, axis->max);
  if (axis->is_log)
    step = value / 100;
  step = pow (10, floor (log10 (step) + SLACK));
  if (axis->unit == STOKER_CHART_UNIT_COUNT)
    step = MAX (step, 1);
  return CLAMP (round (value / step) * step, axis->min, axis->max);
}

static void
add_tick (GArray *ticks, const StokerChartAxis *axis, double value)
{
  double place = stoker_chart_axis_normalize (axis, value);

  if (ticks->len < MAX_TICKS && place >= -SLACK && place <= 1 + SLACK)
    g_array_append_val (ticks, value);
}

static void
add_even_ticks (GArray *ticks, const StokerChartAxis *axis, guint most)
{
  double step = choose_step (axis, most);
  double first = ceil (axis->min / step - SLACK);

  for (int i = 0; i < MAX_TICKS && (first + i) * step <= axis->max + step * SLACK; i++)
    add_tick (ticks, axis, (first + i) * step);
}

static void
add_month_ticks (GArray *ticks, const StokerChartAxis *axis, guint most)
{
  double n_months = (axis->max - axis->min) / (DAYS_OF_MONTH * DAY);
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc ((gint64) axis->min);
  g_autoptr (GDateTime) month = NULL;
  gsize i = 0;

  if (start == NULL)
    return;
  while (i + 1 < G_N_ELEMENTS (month_steps) && n_months / month_steps[i] > most)
    i++;
  month = g_date_time_new_utc (g_date_time_get_year (start), 1, 1, 0, 0, 0);
  while (month != NULL && (double) g_date_time_to_unix (month) <= axis->max)
    {
      GDateTime *next = g_date_time_add_months (month, month_steps[i]);

      add_tick (ticks, axis, (double) g_date_time_to_unix (month));
      g_date_time_unref (month);
      month = next;
    }
}

/* Every so many of the candidates, so that at most @most are left. */
static void
add_thinned (GArray *ticks, const StokerChartAxis *axis, GArray *candidates, guint most)
{
  guint stride = (candidates->len + most - 1) / MAX (most, 1);

  for (guint i = 0; i < candidates->len; i += MAX (stride, 1))
    add_tick (ticks, axis, g_array_index (candidates, double, i));
}

static void
collect_decades (GArray *found, const StokerChartAxis *axis, gboolean is_fine)
{
  static const double digits[] = { 1, 2, 5 };

  for (int decade = (int) floor (log10 (axis->min));
       decade <= (int) ceil (log10 (axis->max)) && found->len < MAX_TICKS; decade++)
    for (gsize i = 0; i < (is_fine ? G_N_ELEMENTS (digits) : 1); i++)
      add_tick (found, axis, digits[i] * pow (10, decade));
}

static void
collect_durations (GArray *found, const StokerChartAxis *axis, gboolean is_fine)
{
  if (is_fine)
    for (gsize i = 0; i < G_N_ELEMENTS (duration_steps); i++)
      add_tick (found, axis, duration_steps[i]);
  else
    for (gsize i = 0; i < G_N_ELEMENTS (duration_decades); i++)
      add_tick (found, axis, duration_decades[i]);
}

static void
add_log_ticks (GArray *ticks, const StokerChartAxis *axis, guint most)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean is_duration = axis->unit == STOKER_CHART_UNIT_SECONDS;

  (is_duration ? collect_durations : collect_decades) (found, axis, TRUE);
  if (found->len > most)
    {
      g_array_set_size (found, 0);
      (is_duration ? collect_durations : collect_decades) (found, axis, FALSE);
    }
  add_thinned (ticks, axis, found, most);
}

/**
 * stoker_chart_axis_make_ticks:
 * @axis: a settled axis
 * @most: how many there is room for
 *
 * Returns: (transfer full) (element-type double): round values within the range, ascending; about
 * @most at most
 */
GArray *
stoker_chart_axis_make_ticks (const StokerChartAxis *axis, guint most)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (double));

  if (axis->is_log)
    add_log_ticks (ticks, axis, most);
  else if (axis->unit == STOKER_CHART_UNIT_DATE &&
           axis->max - axis->min > most * day_steps[G_N_ELEMENTS (day_steps) - 1])
    add_month_ticks (ticks, axis, most);
  if (ticks->len < 2)
    {
      g_array_set_size (ticks, 0);
      add_even_ticks (ticks, axis, most);
    }
  return ticks;
}
