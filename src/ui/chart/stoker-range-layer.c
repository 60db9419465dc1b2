/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-layer.h"
#include "stoker-chart-rows-private.h"

#include <math.h>

#define BAND_SHARE 0.5

typedef StokerChartLayer StokerRangeLayer;
typedef StokerChartLayerClass StokerRangeLayerClass;

G_DEFINE_FINAL_TYPE (StokerRangeLayer, stoker_range_layer, STOKER_TYPE_CHART_LAYER)

static guint
stoker_range_layer_count_steps (StokerChartLayer *layer, const StokerChartScene *scene)
{
  return stoker_chart_scene_has_data (scene) ? scene->model->categories->len : 0;
}

/* From the least to the most, with whiskers at both ends. */
static void
draw_band (const StokerChartScene *scene,
           cairo_t *cr,
           const StokerChartPoint *cell,
           const StokerChartPaint *paint,
           double middle)
{
  double low = stoker_chart_scene_get_x (scene, cell->low);
  double high = stoker_chart_scene_get_x (scene, cell->high);
  double height = scene->bar_height * BAND_SHARE;
  GdkRGBA band = stoker_chart_style_fade (&paint->color, 0.35);

  if (!isfinite (low) || !isfinite (high))
    return;
  gdk_cairo_set_source_rgba (cr, &band);
  cairo_rectangle (cr, MIN (low, high), middle - height / 2, fabs (high - low), height);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, &paint->color);
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, low, middle - height / 2 - 1);
  cairo_line_to (cr, low, middle + height / 2 + 1);
  cairo_move_to (cr, high, middle - height / 2 - 1);
  cairo_line_to (cr, high, middle + height / 2 + 1);
  cairo_stroke (cr);
}

static void
draw_middle (const StokerChartScene *scene,
             cairo_t *cr,
             const StokerChartPoint *cell,
             const StokerChartPaint *paint,
             double middle)
{
  double x = stoker_chart_scene_get_x (scene, cell->y);

  if (!isfinite (x))
    return;
  stoker_chart_style_draw_marker (cr, scene->style, paint, x, middle, scene->bar_height * 0.36);
}

static void
draw_cell (const StokerChartScene *scene, cairo_t *cr, guint series, guint category, double middle)
{
  const StokerChartPoint *cell = stoker_chart_scene_get_cell (scene, series, category);
  StokerChartPaint paint;

  if (cell == NULL || (isnan (cell->y) && isnan (cell->low)))
    {
      stoker_chart_rows_draw_unknown (scene, cr, scene->left,
                                      round (middle - scene->bar_height / 2), scene->width);
      return;
    }
  stoker_chart_style_get_paint (scene->style, stoker_chart_scene_get_series (scene, series),
                                &paint);
  draw_band (scene, cr, cell, &paint, middle);
  draw_middle (scene, cr, cell, &paint, middle);
}

static void
stoker_range_layer_draw_step (StokerChartLayer *layer,
                              const StokerChartScene *scene,
                              cairo_t *cr,
                              guint step)
{
  double middle = stoker_chart_scene_get_bar_middle (scene, step) -
                  (scene->n_visible - 1) * scene->bar_height / 2;

  stoker_chart_rows_draw_grid (scene, cr, step);
  stoker_chart_rows_draw_name (scene, cr, step);
  for (guint i = 0; i < scene->model->series->len; i++)
    {
      if (scene->hidden[i])
        continue;
      draw_cell (scene, cr, i, step, middle);
      middle += scene->bar_height;
    }
}

static void
stoker_range_layer_class_init (StokerRangeLayerClass *klass)
{
  klass->count_steps = stoker_range_layer_count_steps;
  klass->draw_step = stoker_range_layer_draw_step;
}

static void
stoker_range_layer_init (StokerRangeLayer *self)
{
}
