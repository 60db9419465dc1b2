/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-chart-spot.h"

G_BEGIN_DECLS

#define STOKER_TYPE_CHART_AREA (stoker_chart_area_get_type ())

/**
 * StokerChartArea:
 *
 * The chart without its legend. Signals: `cursor-moved` (double), `selected` (id, nullable).
 */
G_DECLARE_FINAL_TYPE (StokerChartArea, stoker_chart_area, STOKER, CHART_AREA, GtkWidget)

void stoker_chart_area_set_model (StokerChartArea *self, StokerChartModel *model);
void stoker_chart_area_set_cursor (StokerChartArea *self, double cursor);
void stoker_chart_area_set_selected_id (StokerChartArea *self, const char *id);
void stoker_chart_area_set_hidden_ids (StokerChartArea *self, const char *const *ids);
void stoker_chart_area_set_log (StokerChartArea *self, gboolean is_log_x, gboolean is_log_y);

const StokerChartScene *stoker_chart_area_get_scene (StokerChartArea *self);
double stoker_chart_area_get_cursor (StokerChartArea *self);
const StokerChartSpot *stoker_chart_area_get_spot (StokerChartArea *self);
void stoker_chart_area_set_spot (StokerChartArea *self, const StokerChartSpot *spot);
void stoker_chart_area_move_cursor (StokerChartArea *self, double x);
void stoker_chart_area_select (StokerChartArea *self, const StokerChartSpot *spot);

G_END_DECLS
