/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-style.h"
#include "stoker-estimate.h"

#include <math.h>

/* Colours must be told apart by people who see fewer of them. */

/* As far apart as this is clearly another colour; in OKLab, where black and white are 1 apart. */
#define MIN_DISTANCE 0.1
/* WCAG 2.1, 1.4.11: parts of graphics. */
#define MIN_CONTRAST 3.0

typedef struct
{
  double v[3];
} Triple;

/* What linear RGB becomes for a protanope, deuteranope, tritanope: Machado, Oliveira, Fernandes
 * (2009), severity 1. The first is ordinary sight. */
static const double sights[4][3][3] = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0.152286, 1.052583, -0.204868 },
    { 0.114503, 0.786281, 0.099216 },
    { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 },
    { 0.280085, 0.672501, 0.047413 },
    { -0.011820, 0.042940, 0.968881 } },
  { { 1.255528, -0.076749, -0.178779 },
    { -0.078411, 0.930809, 0.147602 },
    { 0.004733, 0.691367, 0.303900 } },
};

static double
to_linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static Triple
linearize (const GdkRGBA *color)
{
  return (Triple){ { to_linear (color->red), to_linear (color->green), to_linear (color->blue) } };
}

static Triple
multiply (const double matrix[3][3], Triple in)
{
  Triple out = { { 0 } };

  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      out.v[i] += matrix[i][j] * in.v[j];
  return out;
}

static Triple
to_oklab (Triple linear)
{
  static const double to_cones[3][3] = { { 0.4122214708, 0.5363325363, 0.0514459929 },
                                         { 0.2119034982, 0.6806995451, 0.1073969566 },
                                         { 0.0883024619, 0.2817188376, 0.6299787005 } };
  static const double to_lab[3][3] = { { 0.2104542553, 0.7936177850, -0.0040720468 },
                                       { 1.9779984951, -2.4285922050, 0.4505937099 },
                                       { 0.0259040371, 0.7827717662, -0.8086757660 } };
  Triple cones = multiply (to_cones, linear);

  for (int i = 0; i < 3; i++)
    cones.v[i] = cbrt (cones.v[i]);
  return multiply (to_lab, cones);
}

static Triple
see (const GdkRGBA *color, int sight)
{
  Triple seen = multiply (sights[sight], linearize (color));

  for (int i = 0; i < 3; i++)
    seen.v[i] = CLAMP (seen.v[i], 0, 1);
  return to_oklab (seen);
}

static double
measure_distance (const GdkRGBA *a, const GdkRGBA *b, int sight)
{
  Triple p = see (a, sight);
  Triple q = see (b, sight);

  return sqrt (pow (p.v[0] - q.v[0], 2) + pow (p.v[1] - q.v[1], 2) + pow (p.v[2] - q.v[2], 2));
}

static double
get_luminance (const GdkRGBA *color)
{
  Triple linear = linearize (color);

  return 0.2126 * linear.v[0] + 0.7152 * linear.v[1] + 0.0722 * linear.v[2];
}

static double
measure_contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double p = get_luminance (a);
  double q = get_luminance (b);

  return (MAX (p, q) + 0.05) / (MIN (p, q) + 0.05);
}

static void
test_apart (gconstpointer data)
{
  gboolean is_dark = GPOINTER_TO_INT (data);

  for (guint i = 0; i < STOKER_CHART_N_COLORS * STOKER_CHART_N_COLORS; i++)
    {
      GdkRGBA a = stoker_chart_style_get_palette_color (is_dark, i % STOKER_CHART_N_COLORS);
      GdkRGBA b = stoker_chart_style_get_palette_color (is_dark, i / STOKER_CHART_N_COLORS);

      for (int sight = 0; sight < 4 && !gdk_rgba_equal (&a, &b); sight++)
        g_assert_cmpfloat (measure_distance (&a, &b, sight), >, MIN_DISTANCE);
    }
}

static void
test_contrast (gconstpointer data)
{
  gboolean is_dark = GPOINTER_TO_INT (data);
  StokerChartStyle style;

  stoker_chart_style_init_plain (&style, is_dark);
  for (guint i = 0; i <= STOKER_CHART_N_COLORS; i++)
    {
      GdkRGBA color = stoker_chart_style_get_palette_color (is_dark, i);

      g_assert_cmpfloat (measure_contrast (&color, &style.background), >=, MIN_CONTRAST);
    }
  for (guint i = 0; i < STOKER_N_ITEMS; i++)
    {
      GdkRGBA color = stoker_chart_style_get_item_color (is_dark, i);

      g_assert_cmpfloat (measure_contrast (&color, &style.background), >=, MIN_CONTRAST);
    }
  stoker_chart_style_clear (&style);
}

static char *
read_style_sheet (gboolean is_dark)
{
  g_autofree char *path = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "resources", "ui",
                                            is_dark ? "style-dark.css" : "style.css", NULL);
  g_autoptr (GError) error = NULL;
  char *sheet = NULL;

  g_file_get_contents (path, &sheet, NULL, &error);
  g_assert_no_error (error);
  return sheet;
}

/* The swatches of the style sheet and the bars of a picture are the same. */
static void
test_items (gconstpointer data)
{
  static const char *const names[STOKER_N_ITEMS] = { "compute", "start",    "idle",
                                                     "storage", "transfer", "redo" };
  gboolean is_dark = GPOINTER_TO_INT (data);
  g_autofree char *sheet = read_style_sheet (is_dark);

  for (guint i = 0; i < STOKER_N_ITEMS; i++)
    {
      GdkRGBA color = stoker_chart_style_get_item_color (is_dark, i);
      g_autofree char *line = g_strdup_printf ("@define-color stoker_%s #%02x%02x%02x;", names[i],
                                               (guint) lround (color.red * 255.0),
                                               (guint) lround (color.green * 255.0),
                                               (guint) lround (color.blue * 255.0));

      g_assert_true (g_strstr_len (sheet, -1, line) != NULL);
    }
}

/* Nor is the colour ever the only difference. */
static void
test_shapes (void)
{
  StokerChartStyle style;

  stoker_chart_style_init_plain (&style, FALSE);
  for (guint i = 0; i < STOKER_CHART_N_COLORS * STOKER_CHART_N_COLORS; i++)
    {
      const StokerChartSeries one = { .color_kind = STOKER_CHART_COLOR_PROVIDER,
                                      .color = i % STOKER_CHART_N_COLORS };
      const StokerChartSeries other = { .color_kind = STOKER_CHART_COLOR_PROVIDER,
                                        .color = i / STOKER_CHART_N_COLORS };
      StokerChartPaint a;
      StokerChartPaint b;

      stoker_chart_style_get_paint (&style, &one, &a);
      stoker_chart_style_get_paint (&style, &other, &b);
      g_assert_true (one.color == other.color || a.marker != b.marker);
    }
  stoker_chart_style_clear (&style);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/chart/colors/light/apart", GINT_TO_POINTER (FALSE), test_apart);
  g_test_add_data_func ("/chart/colors/dark/apart", GINT_TO_POINTER (TRUE), test_apart);
  g_test_add_data_func ("/chart/colors/light/contrast", GINT_TO_POINTER (FALSE), test_contrast);
  g_test_add_data_func ("/chart/colors/dark/contrast", GINT_TO_POINTER (TRUE), test_contrast);
  g_test_add_data_func ("/chart/colors/light/items", GINT_TO_POINTER (FALSE), test_items);
  g_test_add_data_func ("/chart/colors/dark/items", GINT_TO_POINTER (TRUE), test_items);
  g_test_add_func ("/chart/colors/shapes", test_shapes);
  return g_test_run ();
}
