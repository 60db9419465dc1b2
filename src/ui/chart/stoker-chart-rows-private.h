/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-scene.h"

G_BEGIN_DECLS

/* What charts with a category a row have in common. */

void stoker_chart_rows_draw_grid (const StokerChartScene *scene, cairo_t *cr, guint category);
void stoker_chart_rows_draw_name (const StokerChartScene *scene, cairo_t *cr, guint category);
void stoker_chart_rows_draw_unknown (
  const StokerChartScene *scene, cairo_t *cr, double x, double y, double width);
void stoker_chart_rows_add_rounded (
  cairo_t *cr, double x, double y, double width, double height, double radius);

G_END_DECLS
