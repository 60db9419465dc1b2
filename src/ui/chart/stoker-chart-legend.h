/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-chart-model.h"

G_BEGIN_DECLS

#define STOKER_TYPE_CHART_LEGEND (stoker_chart_legend_get_type ())

/**
 * StokerChartLegend:
 *
 * What the colours, dashes and shapes of a chart stand for; each entry switches its series on and
 * off. Signals: `changed` when the reader did.
 */
G_DECLARE_FINAL_TYPE (StokerChartLegend, stoker_chart_legend, STOKER, CHART_LEGEND, GtkWidget)

void stoker_chart_legend_set_model (StokerChartLegend *self, StokerChartModel *model);
void stoker_chart_legend_set_hidden_ids (StokerChartLegend *self, const char *const *ids);
char **stoker_chart_legend_dup_hidden_ids (StokerChartLegend *self);

G_END_DECLS
