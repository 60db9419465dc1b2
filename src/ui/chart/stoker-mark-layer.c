/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-layer.h"

#include <math.h>

#define RADIUS 4.5

typedef StokerChartLayer StokerMarkLayer;
typedef StokerChartLayerClass StokerMarkLayerClass;

G_DEFINE_FINAL_TYPE (StokerMarkLayer, stoker_mark_layer, STOKER_TYPE_CHART_LAYER)

static gboolean
is_inside (const StokerChartScene *scene, double x, double y)
{
  return x >= scene->left && x <= scene->left + scene->width && y >= scene->top &&
         y <= scene->top + scene->height;
}

/* A ring: it belongs to both curves, and to neither. */
static void
draw_mark (const StokerChartScene *scene, cairo_t *cr, const StokerChartMark *mark)
{
  double x = stoker_chart_scene_get_x (scene, mark->x);
  double y = stoker_chart_scene_get_y (scene, mark->y);

  if (!is_inside (scene, x, y))
    return;
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, RADIUS, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, &scene->style->background);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &scene->style->foreground);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

static void
stoker_mark_layer_draw_step (StokerChartLayer *layer,
                             const StokerChartScene *scene,
                             cairo_t *cr,
                             guint step)
{
  if (scene->has_rows || !stoker_chart_scene_has_data (scene))
    return;
  for (guint i = 0; i < scene->model->marks->len; i++)
    draw_mark (scene, cr, g_ptr_array_index (scene->model->marks, i));
}

static void
stoker_mark_layer_class_init (StokerMarkLayerClass *klass)
{
  klass->draw_step = stoker_mark_layer_draw_step;
}

static void
stoker_mark_layer_init (StokerMarkLayer *self)
{
}
