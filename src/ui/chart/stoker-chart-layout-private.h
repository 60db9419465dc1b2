/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-scene.h"

G_BEGIN_DECLS

double stoker_chart_layout_measure_rows (StokerChartModel *model,
                                         const StokerChartStyle *style,
                                         double width);
void stoker_chart_layout_arrange (StokerChartScene *scene);

G_END_DECLS
