/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-scene.h"

G_BEGIN_DECLS

/**
 * StokerChartCanvas:
 *
 * The part of a chart that stays the same while its cursor is dragged. It is drawn once, over as
 * many frames as it takes, and then only put on the screen again.
 */
typedef struct _StokerChartCanvas StokerChartCanvas;

StokerChartCanvas *stoker_chart_canvas_new (const StokerChartScene *scene, int scale);
void stoker_chart_canvas_free (StokerChartCanvas *self);
gboolean stoker_chart_canvas_work (StokerChartCanvas *self, gint64 budget_us);
void stoker_chart_canvas_snapshot (StokerChartCanvas *self, GtkSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerChartCanvas, stoker_chart_canvas_free)

G_END_DECLS
