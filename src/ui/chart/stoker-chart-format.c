/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-format.h"

#include "stoker-phrases.h"

#include <glib/gi18n-lib.h>

#include <math.h>
#include <string.h>

/* Beyond this an amount does not fit into nanos. */
#define MAX_EXACT_MONEY 9e9
#define MAX_DECIMALS 9
#define MONTH_S (28 * 24 * 3600.0)
#define YEAR_S (365 * 24 * 3600.0)

static int
count_decimals (double step)
{
  int decimals = 0;

  if (!(step > 0) || step >= 1)
    return 0;
  decimals = (int) ceil (-log10 (step) - 1e-9);
  return MIN (decimals, MAX_DECIMALS);
}

/* With the separators of the reader's language. */
static char *
format_number (double value, int decimals)
{
  /* No "-0". */
  if (fabs (value) < pow (10, -decimals) / 2)
    value = 0;
  return g_strdup_printf ("%'.*f", decimals, value);
}

/* Puts the sign of a currency where the form for amounts has it. */
static char *
add_currency (const char *number, const char *currency)
{
  g_autofree char *sample = stoker_money_format (stoker_money_new (0, currency));
  gsize first = strcspn (sample, "0123456789");
  gsize last = strlen (sample);
  g_autofree char *before = g_strndup (sample, first);

  while (last > first && !g_ascii_isdigit (sample[last - 1]))
    last--;
  return g_strconcat (before, number, sample + last, NULL);
}

static const char *
get_currency (const StokerChartAxis *axis)
{
  return axis->currency != NULL ? axis->currency : "USD";
}

static char *
format_money (const StokerChartAxis *axis, double value, int decimals)
{
  g_autofree char *number = format_number (fabs (value), decimals);
  g_autofree char *amount = add_currency (number, get_currency (axis));

  return value < 0 ? g_strconcat ("-", amount, NULL) : g_steal_pointer (&amount);
}

static char *
format_exact_money (const StokerChartAxis *axis, double value)
{
  if (fabs (value) >= MAX_EXACT_MONEY)
    return format_money (axis, value, 0);
  if (fabs (value) >= 1000)
    return format_money (axis, value, 2);
  return stoker_phrase_money (
    stoker_money_new ((gint64) llround (value * STOKER_NANOS_PER_UNIT), get_currency (axis)));
}

static char *
format_seconds (double value)
{
  g_autofree char *number = NULL;

  if (value >= 10 || fabs (value - round (value)) < 0.005)
    return stoker_phrase_duration ((gint64) CLAMP (round (value), 0, 1e15));
  number = g_strdup_printf ("%.*f", value < 0.1 ? 3 : value < 1 ? 2 : 1, value);
  return g_strdup_printf (_ ("%s s"), number);
}

static char *
format_hours (double value)
{
  g_autofree char *number = format_number (value, fabs (value - round (value)) < 0.05 ? 0 : 1);

  return g_strdup_printf (_ ("%s h"), number);
}

static char *
format_date (double value, const char *format)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc ((gint64) CLAMP (value, -6e10, 2e11));

  return date != NULL ? g_date_time_format (date, format) : g_strdup (_ ("unknown"));
}

static char *
format_plain (double value)
{
  double size = fabs (value);

  return format_number (value, size >= 100 || fabs (value - round (value)) < 0.005 ? 0 : 2);
}

/**
 * stoker_chart_format_value:
 * @axis: what is measured
 * @value: a value; NAN is unknown
 *
 * Returns: (transfer full): it as exactly as people want to read it: "$0.45", "3 min 20 s"
 */
char *
stoker_chart_format_value (const StokerChartAxis *axis, double value)
{
  if (!isfinite (value))
    return g_strdup (_ ("unknown"));
  switch (axis->unit)
    {
    case STOKER_CHART_UNIT_MONEY:
      return format_exact_money (axis, value);
    case STOKER_CHART_UNIT_SECONDS:
      return format_seconds (value);
    case STOKER_CHART_UNIT_HOURS:
      return format_hours (value);
    case STOKER_CHART_UNIT_DATE:
      /* Translators: day, month and year, as in "21 Nov 2026"; see man strftime. */
      return format_date (value, _ ("%-d %b %Y"));
    case STOKER_CHART_UNIT_NONE:
    case STOKER_CHART_UNIT_COUNT:
    case STOKER_CHART_UNIT_CATEGORY:
    default:
      return format_plain (value);
    }
}

static char *
format_date_tick (double value, double step)
{
  if (step >= YEAR_S)
    return format_date (value, "%Y");
  /* Translators: month and year, as in "Nov 2026"; see man strftime. */
  if (step >= MONTH_S)
    return format_date (value, _ ("%b %Y"));
  /* Translators: day and month, as in "21 Nov"; see man strftime. */
  return format_date (value, _ ("%-d %b"));
}

/**
 * stoker_chart_format_tick:
 * @axis: what is measured
 * @value: value of a tick
 * @step: distance to the next; on a logarithmic axis @value
 *
 * Returns: (transfer full): it with no more digits than the axis needs
 */
char *
stoker_chart_format_tick (const StokerChartAxis *axis, double value, double step)
{
  int decimals = count_decimals (step);

  switch (axis->unit)
    {
    case STOKER_CHART_UNIT_MONEY:
      return format_money (axis, value, decimals > 0 ? MAX (decimals, 2) : 0);
    case STOKER_CHART_UNIT_DATE:
      return format_date_tick (value, step);
    case STOKER_CHART_UNIT_SECONDS:
    case STOKER_CHART_UNIT_HOURS:
      return stoker_chart_format_value (axis, value);
    case STOKER_CHART_UNIT_NONE:
    case STOKER_CHART_UNIT_COUNT:
    case STOKER_CHART_UNIT_CATEGORY:
    default:
      return format_number (value, decimals);
    }
}
