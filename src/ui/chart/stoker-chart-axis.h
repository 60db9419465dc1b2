/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-model.h"

G_BEGIN_DECLS

/* An axis maps values to places between 0 and 1. All functions are pure. */

void stoker_chart_axis_settle (StokerChartAxis *axis);
void stoker_chart_axis_extend (StokerChartAxis *axis, guint most);
double stoker_chart_axis_normalize (const StokerChartAxis *axis, double value);
double stoker_chart_axis_denormalize (const StokerChartAxis *axis, double place);
double stoker_chart_axis_round (const StokerChartAxis *axis, double value);
GArray *stoker_chart_axis_make_ticks (const StokerChartAxis *axis, guint most);

G_END_DECLS
