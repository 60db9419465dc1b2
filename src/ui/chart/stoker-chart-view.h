/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-chart-model.h"

G_BEGIN_DECLS

#define STOKER_TYPE_CHART_VIEW (stoker_chart_view_get_type ())

/**
 * StokerChartView:
 *
 * A chart with its legend. Draws any #StokerChartModel; pointer and keyboard inspect its values,
 * move its cursor and select a candidate.
 *
 * Properties: `model`, `cursor` (x of the line that can be dragged, NAN for none), `selected-id`
 * (id of the marked series or category), `hidden-ids` (the series that the legend switched off),
 * `log-x`, `log-y`.
 *
 * Signals: `cursor-moved` (double) when the reader moves the cursor.
 */
G_DECLARE_FINAL_TYPE (StokerChartView, stoker_chart_view, STOKER, CHART_VIEW, GtkWidget)

GtkWidget *stoker_chart_view_new (void);
void stoker_chart_view_set_model (StokerChartView *self, StokerChartModel *model);
StokerChartModel *stoker_chart_view_get_model (StokerChartView *self);
void stoker_chart_view_set_cursor (StokerChartView *self, double cursor);
double stoker_chart_view_get_cursor (StokerChartView *self);
void stoker_chart_view_set_selected_id (StokerChartView *self, const char *id);
const char *stoker_chart_view_get_selected_id (StokerChartView *self);
void stoker_chart_view_set_hidden_ids (StokerChartView *self, const char *const *ids);
const char *const *stoker_chart_view_get_hidden_ids (StokerChartView *self);
void stoker_chart_view_set_log_x (StokerChartView *self, gboolean is_log);
void stoker_chart_view_set_log_y (StokerChartView *self, gboolean is_log);
gboolean stoker_chart_view_get_log_x (StokerChartView *self);
gboolean stoker_chart_view_get_log_y (StokerChartView *self);

G_END_DECLS
