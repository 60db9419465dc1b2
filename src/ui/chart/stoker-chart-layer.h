/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-scene.h"

G_BEGIN_DECLS

#define STOKER_TYPE_CHART_LAYER (stoker_chart_layer_get_type ())

/**
 * StokerChartLayer:
 *
 * One kind of thing in a chart: grid, bars, curves, dots, marks. Draws a scene in steps, so that
 * what is large can be spread over several frames. Holds no state.
 */
G_DECLARE_DERIVABLE_TYPE (StokerChartLayer, stoker_chart_layer, STOKER, CHART_LAYER, GObject)

struct _StokerChartLayerClass
{
  GObjectClass parent_class;

  /* Without it there is one step. */
  guint (*count_steps) (StokerChartLayer *self, const StokerChartScene *scene);
  void (*draw_step) (StokerChartLayer *self,
                     const StokerChartScene *scene,
                     cairo_t *cr,
                     guint step);
};

#define STOKER_TYPE_GRID_LAYER (stoker_grid_layer_get_type ())
#define STOKER_TYPE_BAR_LAYER (stoker_bar_layer_get_type ())
#define STOKER_TYPE_RANGE_LAYER (stoker_range_layer_get_type ())
#define STOKER_TYPE_LINE_LAYER (stoker_line_layer_get_type ())
#define STOKER_TYPE_POINT_LAYER (stoker_point_layer_get_type ())
#define STOKER_TYPE_MARK_LAYER (stoker_mark_layer_get_type ())

GType stoker_grid_layer_get_type (void) G_GNUC_CONST;
GType stoker_bar_layer_get_type (void) G_GNUC_CONST;
GType stoker_range_layer_get_type (void) G_GNUC_CONST;
GType stoker_line_layer_get_type (void) G_GNUC_CONST;
GType stoker_point_layer_get_type (void) G_GNUC_CONST;
GType stoker_mark_layer_get_type (void) G_GNUC_CONST;

GPtrArray *stoker_chart_layer_make_stack (StokerChartKind kind);
guint stoker_chart_layer_count_steps (StokerChartLayer *self, const StokerChartScene *scene);
void stoker_chart_layer_draw_step (StokerChartLayer *self,
                                   const StokerChartScene *scene,
                                   cairo_t *cr,
                                   guint step);
void stoker_chart_layer_draw_all (const StokerChartScene *scene, cairo_t *cr);

G_END_DECLS
