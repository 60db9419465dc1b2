/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-layer.h"
#include "stoker-chart-layout-private.h"
#include "stoker-chart-rows-private.h"

#include <math.h>

#define CORNER 4
/* So that a cent beside a hundred dollars is still seen. */
#define MIN_PART 2
/* Between two parts of a bar, so that they are told apart without their colours. */
#define SEAM 1
#define GAP 2

typedef StokerChartLayer StokerBarLayer;
typedef StokerChartLayerClass StokerBarLayerClass;

G_DEFINE_FINAL_TYPE (StokerBarLayer, stoker_bar_layer, STOKER_TYPE_CHART_LAYER)

static guint
stoker_bar_layer_count_steps (StokerChartLayer *layer, const StokerChartScene *scene)
{
  return stoker_chart_scene_has_data (scene) ? scene->model->categories->len : 0;
}

static void
fill_between (const StokerChartScene *scene, cairo_t *cr, double from, double to, double y)
{
  double left = MIN (from, to);
  double width = fabs (to - from);

  cairo_rectangle (cr, left, y, MAX (width - SEAM, MIN_PART), scene->bar_height);
  cairo_fill (cr);
}

/* Returns where the last part ends; the rounded clip is that of the whole bar. */
static double
draw_parts (const StokerChartScene *scene, cairo_t *cr, guint category, double y)
{
  double sum = 0;
  double end = stoker_chart_scene_get_x (scene, 0);

  for (guint i = 0; i < scene->model->series->len; i++)
    {
      const StokerChartPoint *cell = stoker_chart_scene_get_cell (scene, i, category);
      StokerChartPaint paint;
      double start = end;

      if (scene->hidden[i] || cell == NULL || !(cell->y > 0))
        continue;
      stoker_chart_style_get_paint (scene->style, stoker_chart_scene_get_series (scene, i), &paint);
      sum += cell->y;
      end = stoker_chart_scene_get_x (scene, sum);
      gdk_cairo_set_source_rgba (cr, &paint.color);
      fill_between (scene, cr, start, end, y);
    }
  return end;
}

static double
sum_parts (const StokerChartScene *scene, guint category, guint *n_known, guint *n_unknown)
{
  double sum = 0;

  *n_known = *n_unknown = 0;
  for (guint i = 0; i < scene->model->series->len; i++)
    {
      const StokerChartPoint *cell = stoker_chart_scene_get_cell (scene, i, category);

      if (cell == NULL)
        continue;
      /* What is known and switched off is no riddle. */
      if (!isnan (cell->y))
        *n_known += 1;
      else if (!scene->hidden[i])
        *n_unknown += 1;
      if (cell->y > 0 && !scene->hidden[i])
        sum += cell->y;
    }
  return sum;
}

static void
draw_bar (const StokerChartScene *scene, cairo_t *cr, guint category, double sum, double y)
{
  double from = stoker_chart_scene_get_x (scene, 0);
  double to = stoker_chart_scene_get_x (scene, sum);

  if (sum <= 0)
    return;
  cairo_save (cr);
  stoker_chart_rows_add_rounded (cr, MIN (from, to), y, MAX (fabs (to - from), MIN_PART),
                                 scene->bar_height, CORNER);
  cairo_clip (cr);
  draw_parts (scene, cr, category, y);
  cairo_restore (cr);
}

static void
draw_rest (const StokerChartScene *scene, cairo_t *cr, double sum, double y)
{
  double from = stoker_chart_scene_get_x (scene, sum);
  double width = MIN (STOKER_CHART_STUB - 2 * GAP, scene->width);

  from = CLAMP (scene->style->is_rtl ? from - width - GAP : from + GAP, scene->left,
                scene->left + scene->width - width);
  stoker_chart_rows_draw_unknown (scene, cr, from, y, width);
}

static void
stoker_bar_layer_draw_step (StokerChartLayer *layer,
                            const StokerChartScene *scene,
                            cairo_t *cr,
                            guint step)
{
  double y = round (stoker_chart_scene_get_bar_middle (scene, step) - scene->bar_height / 2);
  guint n_known = 0;
  guint n_unknown = 0;
  double sum = sum_parts (scene, step, &n_known, &n_unknown);

  stoker_chart_rows_draw_grid (scene, cr, step);
  stoker_chart_rows_draw_name (scene, cr, step);
  draw_bar (scene, cr, step, sum, y);
  if (n_known == 0)
    stoker_chart_rows_draw_unknown (scene, cr, scene->left, y, scene->width);
  else if (n_unknown > 0)
    draw_rest (scene, cr, sum, y);
}

static void
stoker_bar_layer_class_init (StokerBarLayerClass *klass)
{
  klass->count_steps = stoker_bar_layer_count_steps;
  klass->draw_step = stoker_bar_layer_draw_step;
}

static void
stoker_bar_layer_init (StokerBarLayer *self)
{
}
