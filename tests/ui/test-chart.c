/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "chart-samples.h"
#include "stoker-chart-export.h"
#include "stoker-chart-spot.h"
#include "stoker-chart-style.h"
#include "stoker-chart-text.h"
#include "stoker-error.h"
#include "stoker-estimate.h"

#include <math.h>
#include <string.h>

#define WIDTH 800
#define HEIGHT 480

typedef struct
{
  StokerChartStyle style;
  StokerChartModel *model;
  StokerChartScene *scene;
} Fixture;

static void
lay_out (Fixture *fixture, StokerChartKind kind, const char *const *hidden, gboolean is_rtl)
{
  const StokerChartWish wish = { .hidden_ids = hidden, .is_log_x = TRUE, .is_log_y = TRUE };

  stoker_chart_style_init_plain (&fixture->style, FALSE);
  fixture->style.is_rtl = is_rtl;
  fixture->model = chart_sample_new (kind, 10);
  fixture->scene = stoker_chart_scene_new (fixture->model, &fixture->style, &wish, WIDTH, HEIGHT);
}

static void
clear (Fixture *fixture)
{
  stoker_chart_scene_free (fixture->scene);
  stoker_chart_model_unref (fixture->model);
  stoker_chart_style_clear (&fixture->style);
}

/* Whoever points at a value finds it, in both directions of reading. */
static void
test_find_point (void)
{
  for (int is_rtl = 0; is_rtl < 2; is_rtl++)
    {
      Fixture fixture = { 0 };
      const StokerChartSpot spot = { 2, 10, -1, -1 };
      StokerChartSpot found;
      double x = 0;
      double y = 0;

      lay_out (&fixture, STOKER_CHART_LINES, NULL, is_rtl);
      g_assert_true (stoker_chart_spot_locate (fixture.scene, &spot, &x, &y));
      found = stoker_chart_spot_find (fixture.scene, x + 1, y - 1);
      g_assert_true (stoker_chart_spot_equal (&found, &spot));
      g_assert_cmpstr (stoker_chart_spot_get_id (fixture.scene, &found), ==, "candidate-2");
      found = stoker_chart_spot_find (fixture.scene, -50, -50);
      g_assert_true (stoker_chart_spot_is_none (&found));
      clear (&fixture);
    }
}

static void
test_find_mark (void)
{
  Fixture fixture = { 0 };
  const StokerChartSpot mark = { -1, -1, -1, 0 };
  StokerChartSpot found;
  g_autofree char *text = NULL;
  double x = 0;
  double y = 0;

  lay_out (&fixture, STOKER_CHART_LINES, NULL, FALSE);
  g_assert_true (stoker_chart_spot_locate (fixture.scene, &mark, &x, &y));
  found = stoker_chart_spot_find (fixture.scene, x, y);
  text = stoker_chart_spot_describe (fixture.scene, &found);
  g_assert_cmpstr (text, ==, "Lambda is cheaper than RunPod from 11,000 a month");
  clear (&fixture);
}

static void
test_find_part (void)
{
  Fixture fixture = { 0 };
  const StokerChartSpot spot = { 1, -1, 6, -1 };
  StokerChartSpot found;
  double x = 0;
  double y = 0;

  lay_out (&fixture, STOKER_CHART_BARS, NULL, FALSE);
  g_assert_true (stoker_chart_spot_locate (fixture.scene, &spot, &x, &y));
  found = stoker_chart_spot_find (fixture.scene, x, y);
  g_assert_cmpint (found.category, ==, 6);
  g_assert_cmpint (found.series, ==, 1);
  g_assert_cmpstr (stoker_chart_spot_get_id (fixture.scene, &found), ==, "candidate-6");
  clear (&fixture);
}

static void
test_describe (void)
{
  Fixture fixture = { 0 };
  const StokerChartSpot row = { -1, -1, 5, -1 };
  const StokerChartSpot range = { -1, -1, 0, -1 };
  g_autofree char *unknown = NULL;
  g_autofree char *waiting = NULL;

  lay_out (&fixture, STOKER_CHART_BARS, NULL, FALSE);
  unknown = stoker_chart_spot_describe (fixture.scene, &row);
  g_assert_true (g_str_has_prefix (unknown, "fal · per image\nCost of the job: unknown\n"));
  clear (&fixture);
  lay_out (&fixture, STOKER_CHART_RANGES, NULL, FALSE);
  waiting = stoker_chart_spot_describe (fixture.scene, &range);
  g_assert_nonnull (strstr (waiting, "(chosen)"));
  g_assert_nonnull (strstr (waiting, "Cold start: 8 s (4 s to 19 s)"));
  clear (&fixture);
}

/* From the chosen one, the arrows reach every known point of a curve, and every other curve. */
static void
test_keys_on_curves (void)
{
  Fixture fixture = { 0 };
  StokerChartSpot spot = stoker_chart_spot_none ();
  gboolean seen[10] = { FALSE };

  lay_out (&fixture, STOKER_CHART_LINES, NULL, FALSE);
  spot = stoker_chart_spot_move (fixture.scene, &spot, STOKER_CHART_STEP_RIGHT);
  g_assert_cmpint (spot.series, ==, 0);
  for (int i = 0; i < 100; i++)
    spot = stoker_chart_spot_move (fixture.scene, &spot, STOKER_CHART_STEP_RIGHT);
  g_assert_cmpint (spot.point, ==, 59);
  spot = stoker_chart_spot_move (fixture.scene, &spot, STOKER_CHART_STEP_FIRST);
  g_assert_cmpint (spot.point, ==, 0);
  for (int i = 0; i < 20; i++)
    spot = stoker_chart_spot_move (fixture.scene, &spot, STOKER_CHART_STEP_DOWN);
  for (int i = 0; i < 20; i++)
    {
      seen[spot.series] = TRUE;
      spot = stoker_chart_spot_move (fixture.scene, &spot, STOKER_CHART_STEP_UP);
    }
  /* All but the one that is unknown. */
  for (int i = 0; i < 10; i++)
    g_assert_cmpint (seen[i], ==, i != 8);
  clear (&fixture);
}

static void
test_keys_in_rows (void)
{
  static const char *const hidden[] = { "Start-up", NULL };
  Fixture fixture = { 0 };
  StokerChartSpot spot = stoker_chart_spot_none ();

  lay_out (&fixture, STOKER_CHART_BARS, hidden, TRUE);
  spot = stoker_chart_spot_move (fixture.scene, &spot, STOKER_CHART_STEP_LAST);
  g_assert_cmpint (spot.category, ==, 0);
  spot = stoker_chart_spot_move (fixture.scene, &spot, STOKER_CHART_STEP_LAST);
  g_assert_cmpint (spot.category, ==, 9);
  spot = stoker_chart_spot_move (fixture.scene, &spot, STOKER_CHART_STEP_UP);
  g_assert_cmpint (spot.category, ==, 8);
  /* Bars grow to the left here; the part that is switched off is stepped over. */
  spot = stoker_chart_spot_move (fixture.scene, &spot, STOKER_CHART_STEP_LEFT);
  g_assert_cmpint (spot.series, ==, 0);
  spot = stoker_chart_spot_move (fixture.scene, &spot, STOKER_CHART_STEP_LEFT);
  g_assert_cmpint (spot.series, ==, 2);
  clear (&fixture);
}

static void
test_hidden_rescales (void)
{
  static const char *const hidden[] = { "Compute", "Start-up", "Idle", "Storage", NULL };
  Fixture all = { 0 };
  Fixture few = { 0 };

  lay_out (&all, STOKER_CHART_BARS, NULL, FALSE);
  lay_out (&few, STOKER_CHART_BARS, hidden, FALSE);
  g_assert_cmpfloat (few.scene->x.max, <, all.scene->x.max);
  g_assert_cmpuint (few.scene->n_visible, ==, 2);
  clear (&all);
  clear (&few);
}

static void
test_spread (void)
{
  double crowded[] = { 10, 11, 12, 90 };
  double many[] = { 5, 5, 5, 5, 5 };

  stoker_chart_text_spread (crowded, 4, 20, 0, 100);
  for (int i = 1; i < 4; i++)
    g_assert_cmpfloat (crowded[i] - crowded[i - 1], >=, 20);
  g_assert_cmpfloat (crowded[0], >=, 10);
  g_assert_cmpfloat (crowded[3], <=, 90);
  stoker_chart_text_spread (many, 5, 50, 0, 100);
  g_assert_cmpfloat (many[0], >=, 0);
  g_assert_cmpfloat (many[4], <=, 100);
  for (int i = 1; i < 5; i++)
    g_assert_cmpfloat (many[i], >, many[i - 1]);
}

static void
ignore_text (
  GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
}

static void
test_svg (void)
{
  static const GMarkupParser parser = { .text = ignore_text };

  for (int kind = STOKER_CHART_BARS; kind <= STOKER_CHART_RANGES; kind++)
    {
      g_autoptr (StokerChartModel) model = chart_sample_new ((StokerChartKind) kind, 10);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) svg = stoker_chart_export_svg (model, WIDTH, HEIGHT, kind % 2, &error);
      g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
      const char *text = g_bytes_get_data (svg, NULL);
      g_autofree char *copy = g_strndup (text, g_bytes_get_size (svg));

      g_assert_no_error (error);
      g_assert_true (g_markup_parse_context_parse (context, copy, -1, &error));
      g_assert_true (g_markup_parse_context_end_parse (context, &error));
      g_assert_nonnull (strstr (copy, ">Kubernetes · L40S<"));
      g_assert_nonnull (strstr (copy, model->title));
      g_assert_nonnull (strstr (copy, model->y.title));
      g_assert_nonnull (strstr (copy, "<desc>RunPod is the cheapest"));
      g_assert_nonnull (strstr (copy, kind == STOKER_CHART_RANGES ? " min<" : ">$"));
    }
}

static void
test_svg_escapes (void)
{
  g_autoptr (StokerChartModel) model = chart_sample_new (STOKER_CHART_LINES, 1);
  StokerChartSeries *series = stoker_chart_model_add_series (model, "x", "a <b> & \"c\"");
  g_autoptr (GBytes) svg = NULL;
  g_autofree char *copy = NULL;

  stoker_chart_series_add_point (series, 100, 1);
  svg = stoker_chart_export_svg (model, WIDTH, HEIGHT, FALSE, NULL);
  copy = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
  g_assert_null (strstr (copy, "<b>"));
  g_assert_nonnull (strstr (copy, "a &lt;b&gt; &amp;"));
}

static guint
read_be32 (const guint8 *data)
{
  return (guint) data[0] << 24 | (guint) data[1] << 16 | (guint) data[2] << 8 | data[3];
}

static void
test_png (void)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  g_autoptr (StokerChartModel) model = chart_sample_new (STOKER_CHART_POINTS, 10);
  g_autoptr (StokerChartModel) tall = chart_sample_new (STOKER_CHART_BARS, 100);
  g_autoptr (GBytes) png = stoker_chart_export_png (model, WIDTH, HEIGHT, FALSE, NULL);
  g_autoptr (GBytes) high = stoker_chart_export_png (tall, WIDTH, HEIGHT, TRUE, NULL);
  const guint8 *data = g_bytes_get_data (png, NULL);

  g_assert_cmpmem (data, sizeof signature, signature, sizeof signature);
  g_assert_cmpuint (read_be32 (data + 16), ==, WIDTH);
  g_assert_cmpuint (read_be32 (data + 20), ==, HEIGHT);
  g_assert_cmpuint (read_be32 ((const guint8 *) g_bytes_get_data (high, NULL) + 20), >, 2000);
}

static void
test_impossible (void)
{
  g_autoptr (StokerChartModel) model = chart_sample_new (STOKER_CHART_LINES, 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (stoker_chart_export_png (model, 0, HEIGHT, FALSE, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_clear_error (&error);
  g_assert_null (stoker_chart_export_svg (model, WIDTH, 1 << 20, FALSE, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
}

/* No series, no points, nothing known: a picture all the same. */
static void
test_nothing (void)
{
  for (int kind = STOKER_CHART_BARS; kind <= STOKER_CHART_RANGES; kind++)
    {
      g_autoptr (StokerChartModel)
        model = stoker_chart_model_new ((StokerChartKind) kind, "x", "X");
      g_autoptr (GBytes) empty = stoker_chart_export_png (model, 360, 200, FALSE, NULL);
      g_autoptr (GBytes) unknown = NULL;

      g_assert_nonnull (empty);
      stoker_chart_series_add_point (stoker_chart_model_add_series (model, "a", "A"), 0, NAN);
      stoker_chart_model_add_series (model, "b", "B");
      stoker_chart_model_add_category (model, "c", "C");
      unknown = stoker_chart_export_png (model, 360, 200, FALSE, NULL);
      g_assert_nonnull (unknown);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/spot/point", test_find_point);
  g_test_add_func ("/chart/spot/mark", test_find_mark);
  g_test_add_func ("/chart/spot/part", test_find_part);
  g_test_add_func ("/chart/spot/describe", test_describe);
  g_test_add_func ("/chart/spot/keys-on-curves", test_keys_on_curves);
  g_test_add_func ("/chart/spot/keys-in-rows", test_keys_in_rows);
  g_test_add_func ("/chart/scene/hidden-rescales", test_hidden_rescales);
  g_test_add_func ("/chart/text/spread", test_spread);
  g_test_add_func ("/chart/export/svg", test_svg);
  g_test_add_func ("/chart/export/svg-escapes", test_svg_escapes);
  g_test_add_func ("/chart/export/png", test_png);
  g_test_add_func ("/chart/export/impossible", test_impossible);
  g_test_add_func ("/chart/export/nothing", test_nothing);
  return g_test_run ();
}
