/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-model.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Linear or logarithmic: which of both the reader wants in the charts that allow it. */

gboolean stoker_plot_axes_can_turn (const StokerChartModel *model);
gboolean stoker_plot_axes_are_log (const StokerChartModel *model);
void stoker_plot_axes_restore (GPtrArray *models, GSettings *settings);
void stoker_plot_axes_turn (GPtrArray *models, const char *plot, GSettings *settings);

G_END_DECLS
