/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-scene.h"

G_BEGIN_DECLS

/* Length of the piece of a bar that stands for what is unknown of it, with its gap. */
#define STOKER_CHART_STUB 32

double stoker_chart_layout_measure_rows (StokerChartModel *model,
                                         const StokerChartStyle *style,
                                         double width);
void stoker_chart_layout_arrange (StokerChartScene *scene);

G_END_DECLS
