/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-strokes-private.h"

#include <math.h>

/* The pens of curves are wider than the points they go through. */
#define MARGIN 4

/* Keeps what is drawn inside the plot area. */
void
stoker_chart_strokes_clip (const StokerChartScene *scene, cairo_t *cr)
{
  cairo_rectangle (cr, scene->left - MARGIN, scene->top - MARGIN, scene->width + 2 * MARGIN,
                   scene->height + 2 * MARGIN);
  cairo_clip (cr);
}

static void
add_curve (const StokerChartScene *scene, cairo_t *cr, guint series)
{
  guint n_points = stoker_chart_scene_get_series (scene, series)->points->len;
  gboolean is_down = FALSE;

  for (guint i = 0; i < n_points; i++)
    {
      const StokerChartPoint *point = stoker_chart_scene_get_point (scene, series, i);
      double x = stoker_chart_scene_get_x (scene, point->x);
      double y = stoker_chart_scene_get_y (scene, point->y);

      /* Unknown is a gap. */
      if (!isfinite (x) || !isfinite (y))
        {
          is_down = FALSE;
          continue;
        }
      if (is_down)
        cairo_line_to (cr, x, y);
      else
        cairo_move_to (cr, x, y);
      is_down = TRUE;
    }
}

static void
add_band_side (const StokerChartScene *scene, cairo_t *cr, guint series, gboolean is_back)
{
  guint n_points = stoker_chart_scene_get_series (scene, series)->points->len;

  for (guint i = 0; i < n_points; i++)
    {
      const StokerChartPoint *point = stoker_chart_scene_get_point (scene, series,
                                                                    is_back ? n_points - 1 - i : i);
      double x = stoker_chart_scene_get_x (scene, point->x);
      double y = stoker_chart_scene_get_y (scene, is_back ? point->low : point->high);

      if (isfinite (x) && isfinite (y))
        cairo_line_to (cr, x, y);
    }
}

static void
draw_band (const StokerChartScene *scene, cairo_t *cr, guint series, const StokerChartPaint *paint)
{
  GdkRGBA band = stoker_chart_style_fade (&paint->color, 0.15);

  cairo_new_path (cr);
  add_band_side (scene, cr, series, FALSE);
  add_band_side (scene, cr, series, TRUE);
  gdk_cairo_set_source_rgba (cr, &band);
  cairo_fill (cr);
}

/* Draws a curve with its range. */
void
stoker_chart_strokes_draw_curve (const StokerChartScene *scene,
                                 cairo_t *cr,
                                 guint series,
                                 const StokerChartPaint *paint)
{
  draw_band (scene, cr, series, paint);
  add_curve (scene, cr, series);
  gdk_cairo_set_source_rgba (cr, &paint->color);
  cairo_set_line_width (cr, paint->width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  stoker_chart_style_set_dash (cr, paint->dash);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}
