/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-style.h"

G_BEGIN_DECLS

/* The sign of a series in the legend. */

#define STOKER_CHART_SWATCH_HEIGHT 12

int stoker_chart_swatch_get_width (const StokerChartModel *model);
void stoker_chart_swatch_draw (cairo_t *cr,
                               const StokerChartStyle *style,
                               const StokerChartModel *model,
                               guint series,
                               double x,
                               double y);
char *stoker_chart_swatch_describe (const StokerChartModel *model, guint series);

G_END_DECLS
