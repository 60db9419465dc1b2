/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-style.h"

G_BEGIN_DECLS

/* What the reader asked for beyond the model. All members are borrowed. */
typedef struct
{
  const char *const *hidden_ids; /* nullable */
  const char *selected_id;       /* nullable */
  gboolean is_log_x;
  gboolean is_log_y;
} StokerChartWish;

/**
 * StokerChartScene:
 *
 * A model laid out on a rectangle: its axes, the area between them, and for charts with a category
 * a row the rows. Everything that draws or looks for a value starts from it.
 */
typedef struct
{
  StokerChartModel *model;       /* owned */
  const StokerChartStyle *style; /* borrowed */
  gboolean *hidden;              /* owned, one for each series */
  char *selected_id;             /* owned, nullable */
  char *unknown_text;            /* owned, nullable: what could not be drawn */
  GPtrArray *row_values;         /* owned, of char*: the figure beside each row */

  StokerChartAxis x; /* of what is drawn from left to right */
  StokerChartAxis y; /* of what is drawn upwards; of no meaning when there are rows */
  GArray *x_ticks;   /* owned, of double */
  GArray *y_ticks;   /* owned, of double */

  double total_width;
  double total_height;
  double left; /* of the plot area */
  double top;
  double width;
  double height;

  gboolean has_rows;
  gboolean is_narrow; /* the name of a row stands above it */
  double row_height;
  double bar_height;
  double name_width;
  double value_width;
  guint n_visible;
} StokerChartScene;

StokerChartScene *stoker_chart_scene_new (StokerChartModel *model,
                                          const StokerChartStyle *style,
                                          const StokerChartWish *wish,
                                          double width,
                                          double height);
void stoker_chart_scene_free (StokerChartScene *self);
double stoker_chart_scene_measure_height (StokerChartModel *model,
                                          const StokerChartStyle *style,
                                          double width);

const StokerChartSeries *stoker_chart_scene_get_series (const StokerChartScene *self, guint i);
const StokerChartPoint *
stoker_chart_scene_get_point (const StokerChartScene *self, guint series, guint i);
const StokerChartPoint *
stoker_chart_scene_get_cell (const StokerChartScene *self, guint series, guint category);
gboolean stoker_chart_scene_is_quiet (const StokerChartScene *self, guint series);
gboolean stoker_chart_scene_has_data (const StokerChartScene *self);
double stoker_chart_scene_get_x (const StokerChartScene *self, double value);
double stoker_chart_scene_get_y (const StokerChartScene *self, double value);
double stoker_chart_scene_get_value_at (const StokerChartScene *self, double x);
double stoker_chart_scene_get_row_top (const StokerChartScene *self, guint category);
double stoker_chart_scene_get_bar_middle (const StokerChartScene *self, guint category);
char *stoker_chart_scene_dup_row_name (const StokerChartScene *self, guint category);
double stoker_chart_scene_mirror (const StokerChartScene *self, double x);
double stoker_chart_scene_interpolate (const StokerChartScene *self, guint series, double x);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerChartScene, stoker_chart_scene_free)

G_END_DECLS
