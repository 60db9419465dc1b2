/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-layer.h"

G_DEFINE_ABSTRACT_TYPE (StokerChartLayer, stoker_chart_layer, G_TYPE_OBJECT)

static guint
count_one_step (StokerChartLayer *self, const StokerChartScene *scene)
{
  return 1;
}

static void
stoker_chart_layer_class_init (StokerChartLayerClass *klass)
{
  klass->count_steps = count_one_step;
}

static void
stoker_chart_layer_init (StokerChartLayer *self)
{
}

static GType
get_main_type (StokerChartKind kind)
{
  switch (kind)
    {
    case STOKER_CHART_BARS:
      return STOKER_TYPE_BAR_LAYER;
    case STOKER_CHART_RANGES:
      return STOKER_TYPE_RANGE_LAYER;
    case STOKER_CHART_POINTS:
      return STOKER_TYPE_POINT_LAYER;
    case STOKER_CHART_LINES:
    default:
      return STOKER_TYPE_LINE_LAYER;
    }
}

/**
 * stoker_chart_layer_make_stack:
 * @kind: kind of a chart
 *
 * Returns: (transfer full) (element-type StokerChartLayer): what such a chart is made of, from the
 * lowest
 */
GPtrArray *
stoker_chart_layer_make_stack (StokerChartKind kind)
{
  GPtrArray *stack = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (stack, g_object_new (STOKER_TYPE_GRID_LAYER, NULL));
  g_ptr_array_add (stack, g_object_new (get_main_type (kind), NULL));
  g_ptr_array_add (stack, g_object_new (STOKER_TYPE_MARK_LAYER, NULL));
  return stack;
}

/**
 * stoker_chart_layer_count_steps:
 *
 * Returns: in how many steps the layer draws @scene
 */
guint
stoker_chart_layer_count_steps (StokerChartLayer *self, const StokerChartScene *scene)
{
  g_return_val_if_fail (STOKER_IS_CHART_LAYER (self), 0);

  return STOKER_CHART_LAYER_GET_CLASS (self)->count_steps (self, scene);
}

/**
 * stoker_chart_layer_draw_step:
 * @step: number of the step
 *
 * Draws a part of @scene.
 */
void
stoker_chart_layer_draw_step (StokerChartLayer *self,
                              const StokerChartScene *scene,
                              cairo_t *cr,
                              guint step)
{
  g_return_if_fail (STOKER_IS_CHART_LAYER (self));

  cairo_save (cr);
  cairo_new_path (cr);
  STOKER_CHART_LAYER_GET_CLASS (self)->draw_step (self, scene, cr, step);
  cairo_restore (cr);
}

/**
 * stoker_chart_layer_draw_all:
 *
 * Draws @scene at once.
 */
void
stoker_chart_layer_draw_all (const StokerChartScene *scene, cairo_t *cr)
{
  g_autoptr (GPtrArray) stack = stoker_chart_layer_make_stack (scene->model->kind);

  for (guint i = 0; i < stack->len; i++)
    {
      StokerChartLayer *layer = g_ptr_array_index (stack, i);
      guint n_steps = stoker_chart_layer_count_steps (layer, scene);

      for (guint step = 0; step < n_steps; step++)
        stoker_chart_layer_draw_step (layer, scene, cr, step);
    }
}
