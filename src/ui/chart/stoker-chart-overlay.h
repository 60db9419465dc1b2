/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-scene.h"
#include "stoker-chart-spot.h"

G_BEGIN_DECLS

/* What lies over a chart and changes while it is used: the cursor with the value of each curve,
 * what is selected, what is looked at. */

void stoker_chart_overlay_draw_cursor (const StokerChartScene *scene,
                                       cairo_t *cr,
                                       double cursor,
                                       gboolean has_labels);
void stoker_chart_overlay_draw_selection (const StokerChartScene *scene, cairo_t *cr);
void stoker_chart_overlay_draw_spot (const StokerChartScene *scene,
                                     cairo_t *cr,
                                     const StokerChartSpot *spot);
gboolean stoker_chart_overlay_get_selection_bounds (const StokerChartScene *scene,
                                                    graphene_rect_t *bounds);
void stoker_chart_overlay_get_spot_bounds (const StokerChartScene *scene,
                                           const StokerChartSpot *spot,
                                           graphene_rect_t *bounds);

G_END_DECLS
