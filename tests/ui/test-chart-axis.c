/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-axis.h"
#include "stoker-chart-format.h"

#include <math.h>

#define ROUNDING 1e-9

static StokerChartAxis
make_axis (StokerChartUnit unit, double min, double max, gboolean is_log)
{
  StokerChartAxis axis = { .unit = unit, .min = min, .max = max, .is_log = is_log };

  axis.currency = (char *) (unit == STOKER_CHART_UNIT_MONEY ? "USD" : NULL);
  stoker_chart_axis_settle (&axis);
  return axis;
}

static void
assert_ticks (const StokerChartAxis *axis, guint most, const double *expected, guint n_expected)
{
  g_autoptr (GArray) ticks = stoker_chart_axis_make_ticks (axis, most);

  g_assert_cmpuint (ticks->len, ==, n_expected);
  for (guint i = 0; i < n_expected; i++)
    g_assert_cmpfloat_with_epsilon (g_array_index (ticks, double, i), expected[i],
                                    ROUNDING * MAX (1, fabs (expected[i])));
}

#define ASSERT_TICKS(axis, most, ...)                                   \
  G_STMT_START                                                          \
  {                                                                     \
    const double _expected[] = { __VA_ARGS__ };                         \
    assert_ticks ((axis), (most), _expected, G_N_ELEMENTS (_expected)); \
  }                                                                     \
  G_STMT_END

static void
test_linear_ticks (void)
{
  StokerChartAxis money = make_axis (STOKER_CHART_UNIT_MONEY, 0, 0.97, FALSE);
  StokerChartAxis hours = make_axis (STOKER_CHART_UNIT_HOURS, 0, 24, FALSE);
  StokerChartAxis seconds = make_axis (STOKER_CHART_UNIT_SECONDS, 0, 400, FALSE);
  StokerChartAxis count = make_axis (STOKER_CHART_UNIT_COUNT, 0, 3, FALSE);
  StokerChartAxis negative = make_axis (STOKER_CHART_UNIT_NONE, -1, 1, FALSE);

  ASSERT_TICKS (&money, 5, 0, 0.2, 0.4, 0.6, 0.8);
  ASSERT_TICKS (&hours, 6, 0, 4, 8, 12, 16, 20, 24);
  ASSERT_TICKS (&seconds, 4, 0, 120, 240, 360);
  ASSERT_TICKS (&count, 8, 0, 1, 2, 3);
  ASSERT_TICKS (&negative, 4, -1, -0.5, 0, 0.5, 1);
}

static void
test_log_ticks (void)
{
  StokerChartAxis wide = make_axis (STOKER_CHART_UNIT_COUNT, 1, 1e6, TRUE);
  StokerChartAxis narrow = make_axis (STOKER_CHART_UNIT_MONEY, 1, 10, TRUE);
  StokerChartAxis seconds = make_axis (STOKER_CHART_UNIT_SECONDS, 1, 7200, TRUE);

  ASSERT_TICKS (&wide, 7, 1, 10, 100, 1e3, 1e4, 1e5, 1e6);
  ASSERT_TICKS (&wide, 4, 1, 100, 1e4, 1e6);
  ASSERT_TICKS (&narrow, 5, 1, 2, 5, 10);
  ASSERT_TICKS (&seconds, 6, 1, 10, 60, 600, 3600);
}

static void
test_date_ticks (void)
{
  /* The whole of 2026. */
  StokerChartAxis year = make_axis (STOKER_CHART_UNIT_DATE, 1767225600, 1798675200, FALSE);
  g_autoptr (GArray) ticks = stoker_chart_axis_make_ticks (&year, 6);
  g_autofree char *first = stoker_chart_format_tick (&year, g_array_index (ticks, double, 0),
                                                     40 * 86400);

  g_assert_cmpuint (ticks->len, ==, 6);
  g_assert_cmpstr (first, ==, "Jan 2026");
  g_assert_cmpfloat (g_array_index (ticks, double, 1), ==, 1772323200);
}

/* There is a usable axis with few ticks, all of them within it. */
static void
assert_usable (StokerChartUnit unit, double min, double max, gboolean is_log)
{
  StokerChartAxis axis = make_axis (unit, min, max, is_log);
  g_autoptr (GArray) ticks = NULL;

  stoker_chart_axis_extend (&axis, 6);
  g_assert_cmpfloat (axis.min, <, axis.max);
  g_assert_true (isfinite (axis.min) && isfinite (axis.max));
  g_assert_true (!axis.is_log || axis.min > 0);
  ticks = stoker_chart_axis_make_ticks (&axis, 6);
  g_assert_cmpuint (ticks->len, <=, 64);
  for (guint i = 0; i < ticks->len; i++)
    g_assert_true (
      isfinite (stoker_chart_axis_normalize (&axis, g_array_index (ticks, double, i))));
}

static void
test_any_range (void)
{
  static const double ends[] = { 0, 1, -1, 1e-12, 1e15, -1e9, 0.1, 4e18, NAN, INFINITY };

  for (gsize i = 0; i < G_N_ELEMENTS (ends) * G_N_ELEMENTS (ends); i++)
    for (int unit = 0; unit <= STOKER_CHART_UNIT_CATEGORY; unit++)
      {
        double min = ends[i % G_N_ELEMENTS (ends)];
        double max = ends[i / G_N_ELEMENTS (ends)];

        assert_usable ((StokerChartUnit) unit, min, max, FALSE);
        assert_usable ((StokerChartUnit) unit, min, max, TRUE);
      }
}

static void
test_mapping (void)
{
  StokerChartAxis linear = make_axis (STOKER_CHART_UNIT_NONE, 10, 30, FALSE);
  StokerChartAxis decades = make_axis (STOKER_CHART_UNIT_NONE, 1, 100, TRUE);

  g_assert_cmpfloat (stoker_chart_axis_normalize (&linear, 15), ==, 0.25);
  g_assert_cmpfloat (stoker_chart_axis_denormalize (&linear, 0.25), ==, 15);
  g_assert_cmpfloat_with_epsilon (stoker_chart_axis_normalize (&decades, 10), 0.5, ROUNDING);
  g_assert_cmpfloat_with_epsilon (stoker_chart_axis_denormalize (&decades, 0.5), 10, ROUNDING);
  g_assert_true (isnan (stoker_chart_axis_normalize (&linear, NAN)));
  g_assert_true (isnan (stoker_chart_axis_normalize (&decades, 0)));
  g_assert_true (isnan (stoker_chart_axis_normalize (&decades, -3)));
}

static void
test_log_without_positive (void)
{
  StokerChartAxis axis = make_axis (STOKER_CHART_UNIT_MONEY, -5, 0, TRUE);
  StokerChartAxis from_zero = make_axis (STOKER_CHART_UNIT_MONEY, 0, 100, TRUE);

  g_assert_false (axis.is_log);
  g_assert_true (from_zero.is_log);
  g_assert_cmpfloat_with_epsilon (from_zero.min, 0.01, ROUNDING);
}

static void
test_round (void)
{
  StokerChartAxis volume = make_axis (STOKER_CHART_UNIT_COUNT, 10, 1e5, TRUE);
  StokerChartAxis hours = make_axis (STOKER_CHART_UNIT_HOURS, 0, 24, FALSE);

  g_assert_cmpfloat (stoker_chart_axis_round (&volume, 1234.5), ==, 1230);
  g_assert_cmpfloat (stoker_chart_axis_round (&volume, 33.4), ==, 33);
  g_assert_cmpfloat (stoker_chart_axis_round (&volume, 1), ==, 10);
  g_assert_cmpfloat (stoker_chart_axis_round (&hours, 99), ==, 24);
  g_assert_cmpfloat_with_epsilon (stoker_chart_axis_round (&hours, 7.3333), 7.33, ROUNDING);
}

static void
assert_value (StokerChartUnit unit, double value, const char *expected)
{
  StokerChartAxis axis = make_axis (unit, 0, 1, FALSE);
  g_autofree char *text = stoker_chart_format_value (&axis, value);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_tick (StokerChartUnit unit, double value, double step, const char *expected)
{
  StokerChartAxis axis = make_axis (unit, 0, 1, FALSE);
  g_autofree char *text = stoker_chart_format_tick (&axis, value, step);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  assert_value (STOKER_CHART_UNIT_MONEY, 0.45, "$0.45");
  assert_value (STOKER_CHART_UNIT_MONEY, 0.0034, "$0.0034");
  assert_value (STOKER_CHART_UNIT_MONEY, 12345.678, "$12345.68");
  assert_value (STOKER_CHART_UNIT_MONEY, 1e12, "$1000000000000");
  assert_value (STOKER_CHART_UNIT_MONEY, -2, "-$2.00");
  assert_value (STOKER_CHART_UNIT_MONEY, NAN, "unknown");
  assert_value (STOKER_CHART_UNIT_SECONDS, 0.25, "0.25 s");
  assert_value (STOKER_CHART_UNIT_SECONDS, 200, "3 min 20 s");
  assert_value (STOKER_CHART_UNIT_SECONDS, 7800, "2 h 10 min");
  assert_value (STOKER_CHART_UNIT_COUNT, 1000, "1000");
  assert_value (STOKER_CHART_UNIT_HOURS, 8, "8 h");
  assert_value (STOKER_CHART_UNIT_HOURS, 7.5, "7.5 h");
  assert_value (STOKER_CHART_UNIT_DATE, 1795219200, "21 Nov 2026");
  assert_tick (STOKER_CHART_UNIT_MONEY, 2, 1, "$2");
  assert_tick (STOKER_CHART_UNIT_MONEY, 0.5, 0.5, "$0.50");
  assert_tick (STOKER_CHART_UNIT_MONEY, 0.002, 0.001, "$0.002");
  assert_tick (STOKER_CHART_UNIT_NONE, -1e-17, 0.5, "0.0");
  assert_tick (STOKER_CHART_UNIT_DATE, 1795219200, 86400, "21 Nov");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/axis/linear-ticks", test_linear_ticks);
  g_test_add_func ("/chart/axis/log-ticks", test_log_ticks);
  g_test_add_func ("/chart/axis/date-ticks", test_date_ticks);
  g_test_add_func ("/chart/axis/any-range", test_any_range);
  g_test_add_func ("/chart/axis/mapping", test_mapping);
  g_test_add_func ("/chart/axis/log-without-positive", test_log_without_positive);
  g_test_add_func ("/chart/axis/round", test_round);
  g_test_add_func ("/chart/axis/format", test_format);
  return g_test_run ();
}
