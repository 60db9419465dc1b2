/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-model.h"

G_BEGIN_DECLS

/* Values of an axis as people read them. Pure, but for the locale. */

char *stoker_chart_format_value (const StokerChartAxis *axis, double value);
char *stoker_chart_format_tick (const StokerChartAxis *axis, double value, double step);

G_END_DECLS
