/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-layer.h"
#include "stoker-chart-strokes-private.h"

#include <math.h>

/* Shapes along a curve: enough to know it by, few enough to stay calm. */
#define N_SHAPES 5
#define SHAPE_RADIUS 4

typedef StokerChartLayer StokerLineLayer;
typedef StokerChartLayerClass StokerLineLayerClass;

G_DEFINE_FINAL_TYPE (StokerLineLayer, stoker_line_layer, STOKER_TYPE_CHART_LAYER)

static guint
stoker_line_layer_count_steps (StokerChartLayer *layer, const StokerChartScene *scene)
{
  return stoker_chart_scene_has_data (scene) ? scene->model->series->len : 0;
}

static void
draw_shapes (const StokerChartScene *scene,
             cairo_t *cr,
             guint series,
             const StokerChartPaint *paint)
{
  for (guint i = 0; i < N_SHAPES; i++)
    {
      /* Each curve at other places, so that shapes do not lie on each other. */
      double place = (i + 0.3 + 0.1 * (series % 5)) / N_SHAPES;
      double x = scene->left + place * scene->width;
      double value = stoker_chart_scene_interpolate (scene, series,
                                                     stoker_chart_scene_get_value_at (scene, x));
      double y = stoker_chart_scene_get_y (scene, value);

      if (isfinite (y))
        stoker_chart_style_draw_marker (cr, scene->style, paint, x, y, SHAPE_RADIUS);
    }
}

static void
draw_quiet (const StokerChartScene *scene, cairo_t *cr, guint series)
{
  StokerChartPaint paint = { .width = 1 };

  /* The more there are, the fainter is each. */
  paint.color = stoker_chart_style_fade (&scene->style->foreground,
                                         scene->style->is_high_contrast
                                           ? 0.4
                                           : CLAMP (20.0 / scene->n_visible, 0.06, 0.2));
  stoker_chart_strokes_draw_curve (scene, cr, series, &paint);
}

/* From the last to the first: the first are the best, and lie on top. */
static void
stoker_line_layer_draw_step (StokerChartLayer *layer,
                             const StokerChartScene *scene,
                             cairo_t *cr,
                             guint step)
{
  guint series = scene->model->series->len - 1 - step;
  StokerChartPaint paint;

  if (scene->hidden[series])
    return;
  stoker_chart_strokes_clip (scene, cr);
  if (stoker_chart_scene_is_quiet (scene, series))
    {
      draw_quiet (scene, cr, series);
      return;
    }
  stoker_chart_style_get_paint (scene->style, stoker_chart_scene_get_series (scene, series),
                                &paint);
  stoker_chart_strokes_draw_curve (scene, cr, series, &paint);
  draw_shapes (scene, cr, series, &paint);
}

static void
stoker_line_layer_class_init (StokerLineLayerClass *klass)
{
  klass->count_steps = stoker_line_layer_count_steps;
  klass->draw_step = stoker_line_layer_draw_step;
}

static void
stoker_line_layer_init (StokerLineLayer *self)
{
}
