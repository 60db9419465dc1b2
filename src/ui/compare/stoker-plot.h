/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-line-up.h"

G_BEGIN_DECLS

/* The charts of a comparison, in the order of the switcher. */
typedef enum {
  STOKER_PLOT_COST,
  STOKER_PLOT_VOLUME,
  STOKER_PLOT_TIME,
  STOKER_PLOT_HOURS,
  STOKER_PLOT_WAITING,
  STOKER_PLOT_HISTORY,
  STOKER_N_PLOTS,
} StokerPlot;

extern const char *const stoker_plot_ids[];

/* What the charts show. Pure: no widget, no clock, no display; may be called in any thread. */
StokerChartModel *stoker_plot_make (StokerPlot plot, const StokerLineUp *line_up);
StokerChartModel *stoker_plot_cost (const StokerLineUp *line_up);
StokerChartModel *stoker_plot_volume (const StokerLineUp *line_up);
StokerChartModel *stoker_plot_time (const StokerLineUp *line_up);
StokerChartModel *stoker_plot_hours (const StokerLineUp *line_up);
StokerChartModel *stoker_plot_waiting (const StokerLineUp *line_up);
StokerChartModel *stoker_plot_history (const StokerLineUp *line_up);

void stoker_plot_set_axis (StokerChartAxis *axis, const char *title, StokerChartUnit unit);
void stoker_plot_set_money (StokerChartAxis *axis, const char *title, const char *currency);
void stoker_plot_fit (StokerChartModel *model);
void stoker_plot_fit_log (StokerChartModel *model, StokerChartAxis *axis);
void stoker_plot_zoom (StokerChartModel *model, double margin);
gboolean stoker_plot_is_drawable (const StokerChartModel *model);
void stoker_plot_set_empty (StokerChartModel *model, const char *title, const char *reason);
char *stoker_plot_format_money (const StokerLineUp *line_up, double amount);
char *stoker_plot_format_count (gint64 count);
char *stoker_plot_format_date (gint64 time_us);
char *stoker_plot_join (GPtrArray *sentences);

G_END_DECLS
