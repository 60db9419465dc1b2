/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "advisor-fixture.h"
#include "stoker-chart-sheet.h"
#include "stoker-csv.h"
#include "stoker-curve.h"
#include "stoker-plot.h"

#include <math.h>
#include <string.h>

/* 1000 pictures of 20 s; four thousand a month. */
static StokerLineUp *
line_up (Fixture *fixture, guint limit, const char *more)
{
  g_autofree char *json =
    g_strdup_printf ("{'requirements': {'type': 'image'},"
                     " 'outputs': {'count': 1000, 'seconds_per_output': 20, 'per_month': 4000}%s}",
                     more);
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_workload (fixture, json);
  advice = fixture_advise (fixture);
  return stoker_line_up_new (advice, limit, 4000);
}

static const StokerChartSeries *
find_series (const StokerChartModel *model, const char *id)
{
  for (guint i = 0; i < model->series->len; i++)
    {
      const StokerChartSeries *series = model->series->pdata[i];

      if (g_str_equal (series->id, id))
        return series;
    }
  return NULL;
}

static double
find_value (const StokerChartModel *model, const char *id, double x)
{
  const StokerChartSeries *series = find_series (model, id);

  g_assert_nonnull (series);
  for (guint i = 0; i < series->points->len; i++)
    {
      const StokerChartPoint *point = &g_array_index (series->points, StokerChartPoint, i);

      if (fabs (point->x - x) < 1e-9)
        return point->y;
    }
  g_assert_not_reached ();
}

static guint
find_row (const StokerChartModel *model, const char *id)
{
  guint row = 0;

  g_assert_true (g_ptr_array_find_with_equal_func (model->category_ids, id, g_str_equal, &row));
  return row;
}

static void
assert_near (double value, double expected)
{
  g_assert_cmpfloat_with_epsilon (value, expected, 1e-9);
}

/* alpha/serverless: 1000 × 20 s × 0.00034 = 6.80, 30 s of start 0.0102, 5 s of idling 0.0017. */
static void
test_cost (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerLineUp) compared = line_up (fixture, 0, "");
  g_autoptr (StokerChartModel) model = stoker_plot_cost (compared);
  guint serverless = find_row (model, "alpha/serverless");

  g_assert_cmpint (model->kind, ==, STOKER_CHART_BARS);
  g_assert_cmpint (model->y.unit, ==, STOKER_CHART_UNIT_MONEY);
  g_assert_cmpstr (model->y.currency, ==, "USD");
  g_assert_null (model->empty);
  assert_near (find_value (model, "compute", serverless), 6.8);
  assert_near (find_value (model, "start", serverless), 0.0102);
  assert_near (find_value (model, "idle", serverless), 0.0017);
  assert_near (find_value (model, "compute", find_row (model, "alpha/pod")), 1);
  assert_near (find_value (model, "compute", find_row (model, "pictures/per-output")), 30);
  /* minutes/on-demand does not tell whether its start is billed. */
  g_assert_true (isnan (find_value (model, "start", find_row (model, "minutes/on-demand"))));
  g_assert_cmpint (model->chosen_category, ==, (int) find_row (model, "alpha/pod"));
  g_assert_nonnull (strstr (model->summary, "is the cheapest at $1.00."));
  g_assert_nonnull (strstr (model->summary, "costs the most, $30.00."));
}

/* alpha/pod: 0.001 an output; pictures: 0.03. */
static void
test_volume (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerLineUp) compared = line_up (fixture, 0, "");
  g_autoptr (StokerChartModel) model = stoker_plot_volume (compared);

  g_assert_cmpint (model->kind, ==, STOKER_CHART_LINES);
  assert_near (model->cursor, 4000);
  g_assert_cmpstr (model->cursor_text, ==, "outputs a month");
  g_assert_true (model->x.is_log);
  assert_near (find_value (model, "alpha/pod", 1000), 1);
  assert_near (find_value (model, "alpha/serverless", 1000), 6.8119);
  assert_near (find_value (model, "pictures/per-output", 1000), 30);
  g_assert_cmpfloat (model->x.max, >=, 100000);
}

/*
 * A pod kept on for 200 h at 0.18 costs 36 a month. Pictures at 0.03 cost as much from 1200 on. One
 * session of alpha/serverless costs 0.0068 an output and 0.0119: as much from 5293 on, 36.0043.
 * Serverless beats pictures from the first one: 0.0187 against 0.03.
 */
static void
test_break_evens (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerLineUp) compared = line_up (fixture, 0, ", 'hours_per_month': 200");
  g_autoptr (StokerChartModel) model = stoker_plot_volume (compared);
  const StokerChartMark *pictures = NULL, *serverless = NULL;

  g_assert_cmpuint (model->marks->len, ==, 2);
  pictures = model->marks->pdata[0];
  serverless = model->marks->pdata[1];
  assert_near (pictures->x, 1200);
  assert_near (pictures->y, 36);
  g_assert_nonnull (strstr (pictures->text, "from 1200 outputs a month on."));
  assert_near (serverless->x, 5293);
  assert_near (serverless->y, 36);
  g_assert_nonnull (strstr (model->summary, serverless->text));
  /* The curves have a point at the crossing, so that the mark lies on them. */
  assert_near (find_value (model, "alpha/pod", 5293), 36);
  assert_near (find_value (model, "alpha/serverless", 5293), 5293 * 0.0068 + 0.0119);
}

/* Without outputs the jobs are counted: an hour on a pod of 0.18. By the output nothing is known.
 */
static void
test_volume_of_jobs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;
  g_autoptr (StokerLineUp) compared = NULL;
  g_autoptr (StokerChartModel) model = NULL;

  fixture_set_small (fixture, "");
  advice = fixture_advise (fixture);
  compared = stoker_line_up_new (advice, 0, 30);
  model = stoker_plot_volume (compared);

  g_assert_true (compared->counts_jobs);
  g_assert_cmpstr (model->x.title, ==, "Jobs a month");
  assert_near (find_value (model, "alpha/pod", 10), 1.8);
  if (find_series (model, "pictures/per-output") != NULL)
    g_assert_true (isnan (find_value (model, "pictures/per-output", 10)));
}

/*
 * 20,000 s of work. alpha/pod: 60 s more, 1.00. alpha/serverless: 30 s more, 6.8119. pictures: 4 s
 * each, 4000 s, 30.00. minutes/on-demand is slower and dearer than the pod.
 */
static void
test_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerLineUp) compared = line_up (fixture, 0, "");
  g_autoptr (StokerChartModel) model = stoker_plot_time (compared);

  g_assert_cmpint (model->kind, ==, STOKER_CHART_POINTS);
  assert_near (find_value (model, "alpha/pod", 20060), 1);
  assert_near (find_value (model, "alpha/serverless", 20030), 6.8119);
  assert_near (find_value (model, "pictures/per-output", 4000), 30);
  g_assert_true (find_series (model, "alpha/pod")->is_marked);
  g_assert_true (find_series (model, "alpha/serverless")->is_marked);
  g_assert_true (find_series (model, "pictures/per-output")->is_marked);
  g_assert_false (find_series (model, "minutes/on-demand")->is_marked);
  g_assert_true (find_series (model, "alpha/pod")->is_chosen);
  /* How long minutes/flaky takes to start is not told. */
  g_assert_cmpstr (find_series (model, "minutes/flaky")->note, ==, "time unknown");
}

/*
 * A month has 365 ÷ 12 days. alpha/pod: 8 h × 0.18 = 1.44 a day, 43.80 a month; all day 730 h,
 * 131.40. alpha/serverless: 8 h and 35 s a day at 0.00034.
 */
static void
test_hours (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerLineUp) compared = line_up (fixture, 0, "");
  g_autoptr (StokerChartModel) model = stoker_plot_hours (compared);

  assert_near (find_value (model, "alpha/pod", 0), 0);
  assert_near (find_value (model, "alpha/pod", 8), 43.8);
  assert_near (find_value (model, "alpha/pod", 24), 131.4);
  g_assert_cmpfloat_with_epsilon (find_value (model, "alpha/serverless", 8),
                                  (8 * 3600 + 35) * 0.00034 * 365 / 12, 1e-8);
  g_assert_null (find_series (model, "pictures/per-output"));
  g_assert_nonnull (strstr (model->summary, "paid by the output"));
}

/* minutes/on-demand does not tell whether it is billed while stopped: 8 h a day at 1.20 are 292 a
 * month, all day 876. */
static void
test_hours_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerLineUp) compared = line_up (fixture, 0, "");
  g_autoptr (StokerChartModel) model = stoker_plot_hours (compared);
  const StokerChartSeries *series = find_series (model, "minutes/on-demand");
  const StokerChartPoint *point = &g_array_index (series->points, StokerChartPoint, 16);

  assert_near (point->x, 8);
  assert_near (point->low, 292);
  assert_near (point->high, 876);
  assert_near (point->y, 292);
  g_assert_cmpstr (series->note, ==, "whether it is billed while stopped is unknown");
}

static void
test_waiting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerLineUp) compared = line_up (fixture, 0, "");
  g_autoptr (StokerChartModel) model = stoker_plot_waiting (compared);
  const StokerChartSeries *starts = find_series (model, "cold-start");
  guint pod = find_row (model, "alpha/pod");
  const StokerChartPoint *point = &g_array_index (starts->points, StokerChartPoint, pod);

  g_assert_cmpint (model->kind, ==, STOKER_CHART_RANGES);
  assert_near (point->y, 60);
  assert_near (point->low, 60);
  assert_near (point->high, 300);
  assert_near (find_value (model, "request-time", find_row (model, "pictures/per-output")), 4);
  g_assert_true (isnan (find_value (model, "request-time", pod)));
}

/* The fixture's prices are of one day; then the same card was seen dearer ten days before. */
static void
test_history (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerLineUp) before = line_up (fixture, 0, "");
  g_autoptr (StokerChartModel) empty = stoker_plot_history (before);
  StokerOffer offer = *fixture_find_offer (fixture, "alpha", "serverless", NULL);
  g_autoptr (StokerLineUp) after = NULL;
  g_autoptr (StokerChartModel) model = NULL;
  const StokerChartSeries *series = NULL;

  g_assert_nonnull (empty->empty);
  g_assert_nonnull (strstr (empty->summary, "one day only"));

  offer.price = stoker_money_usd (offer.price.nanos * 2);
  offer.as_of_us -= 10 * G_TIME_SPAN_DAY;
  stoker_offer_table_append (fixture->offers, &offer);
  after = line_up (fixture, 0, "");
  model = stoker_plot_history (after);
  series = find_series (model, "alpha/serverless");

  g_assert_null (model->empty);
  g_assert_cmpuint (series->points->len, ==, 2);
  assert_near (g_array_index (series->points, StokerChartPoint, 0).y, 2.448);
  assert_near (g_array_index (series->points, StokerChartPoint, 1).y, 1.224);
  g_assert_nonnull (strstr (model->summary, "went from"));
}

/* A candidate has the same id and colour in every chart, however many there are. */
static void
test_identity (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerLineUp) all = line_up (fixture, 0, "");
  g_autoptr (StokerLineUp) few = stoker_line_up_new (all->advice, 3, 4000);
  g_autoptr (StokerChartModel) volume = stoker_plot_volume (all);
  g_autoptr (StokerChartModel) time = stoker_plot_time (few);

  g_assert_cmpuint (few->candidates->len, ==, 3);
  g_assert_cmpuint (time->series->len, ==, 3);
  for (guint i = 0; i < time->series->len; i++)
    {
      const StokerChartSeries *series = time->series->pdata[i];

      g_assert_nonnull (find_series (volume, series->id));
      g_assert_cmpuint (find_series (volume, series->id)->color, ==, series->color);
    }
  /* The best of each way of paying is among the three. */
  g_assert_nonnull (find_series (time, "alpha/pod"));
  g_assert_nonnull (find_series (time, "alpha/serverless"));
  g_assert_nonnull (find_series (time, "pictures/per-output"));
}

static void
test_sheet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerLineUp) compared = line_up (fixture, 0, "");
  g_autoptr (StokerChartModel) waiting = stoker_plot_waiting (compared);
  g_autoptr (StokerChartModel) volume = stoker_plot_volume (compared);
  g_autoptr (StokerChartSheet) ranges = stoker_chart_sheet_new (waiting);
  g_autoptr (StokerChartSheet) lines = stoker_chart_sheet_new (volume);
  guint pod = find_row (waiting, "alpha/pod");

  g_assert_cmpuint (ranges->titles->len, ==, 3);
  g_assert_cmpuint (stoker_chart_sheet_get_n_rows (ranges), ==, waiting->categories->len);
  g_assert_cmpstr (stoker_chart_sheet_get_cell (ranges, pod, 1), ==, "1 min, up to 5 min");
  g_assert_cmpstr (stoker_chart_sheet_get_cell (ranges, pod, 2), ==, "unknown");
  g_assert_cmpuint (lines->titles->len, ==, 1 + volume->series->len);
  g_assert_cmpstr (stoker_chart_sheet_get_cell (lines, 0, 0), ==, "1");
  /* Each place is one row. */
  g_assert_cmpstr (stoker_chart_sheet_get_cell (lines, 1, 0), !=, "1");
}

static void
test_csv (Fixture *fixture, gconstpointer data)
{
  static const char golden[] = "chart,series,name,x,x_unit,y,y_unit,low,high,note\r\n"
                               "hours,a/pod,\"A, \"\"pod\"\"\",8,h/day,43.8,EUR,,,\r\n"
                               "hours,a/pod,\"A, \"\"pod\"\"\",24,h/day,,EUR,131.4,200,\r\n"
                               "hours,b/pod,\"'=B\",,h/day,1e-09,EUR,,,why\r\n";
  g_autoptr (StokerChartModel) model = stoker_chart_model_new (STOKER_CHART_LINES, "hours", "T");
  StokerChartSeries *series = stoker_chart_model_add_series (model, "a/pod", "A, \"pod\"");
  g_autofree char *csv = NULL;

  stoker_plot_set_axis (&model->x, "Hours", STOKER_CHART_UNIT_HOURS);
  stoker_plot_set_money (&model->y, "Cost", "EUR");
  stoker_chart_series_add_point (series, 8, 43.8);
  stoker_chart_series_add_range (series, 24, NAN, 131.4, 200);
  series = stoker_chart_model_add_series (model, "b/pod", "=B");
  series->note = g_strdup ("why");
  stoker_chart_series_add_point (series, NAN, 1e-9);
  csv = stoker_chart_to_csv (model);

  g_assert_cmpstr (csv, ==, golden);
}

/* Rows are candidates, days are dates; what is read back is what was drawn. */
static void
test_csv_of_plots (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerLineUp) compared = line_up (fixture, 0, "");

  for (int plot = 0; plot < STOKER_N_PLOTS; plot++)
    {
      g_autoptr (StokerChartModel) model = stoker_plot_make (plot, compared);
      g_autofree char *text = stoker_chart_to_csv (model);
      g_autoptr (GError) error = NULL;
      g_autoptr (StokerCsv) csv = stoker_csv_parse (text, model->id, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (model->id, ==, stoker_plot_ids[plot]);
      g_assert_nonnull (model->summary);
      g_assert_cmpuint (stoker_csv_get_length (csv), >, 0);
      g_assert_cmpstr (stoker_csv_get (csv, 0, "chart"), ==, model->id);
      if (model->x.unit == STOKER_CHART_UNIT_CATEGORY)
        g_assert_nonnull (strchr (stoker_csv_get (csv, 0, "x"), '/'));
    }
}

#define ADD(path, function) \
  g_test_add ("/plot/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("cost", test_cost);
  ADD ("volume", test_volume);
  ADD ("break-evens", test_break_evens);
  ADD ("volume-of-jobs", test_volume_of_jobs);
  ADD ("time", test_time);
  ADD ("hours", test_hours);
  ADD ("hours-stopped", test_hours_stopped);
  ADD ("waiting", test_waiting);
  ADD ("history", test_history);
  ADD ("identity", test_identity);
  ADD ("sheet", test_sheet);
  ADD ("csv", test_csv);
  ADD ("csv-of-plots", test_csv_of_plots);

  return g_test_run ();
}
