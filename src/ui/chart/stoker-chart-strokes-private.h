/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-scene.h"

G_BEGIN_DECLS

/* One series, as the layers draw it and as it is drawn again to point it out. */

void stoker_chart_strokes_draw_curve (const StokerChartScene *scene,
                                      cairo_t *cr,
                                      guint series,
                                      const StokerChartPaint *paint);
void stoker_chart_strokes_clip (const StokerChartScene *scene, cairo_t *cr);

G_END_DECLS
