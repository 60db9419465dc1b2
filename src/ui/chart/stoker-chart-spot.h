/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-scene.h"

G_BEGIN_DECLS

/* A value that is looked at. What does not apply is -1; with all of them -1 it is none. */
typedef struct
{
  int series;
  int point;
  int category;
  int mark;
} StokerChartSpot;

typedef enum {
  STOKER_CHART_STEP_LEFT,
  STOKER_CHART_STEP_RIGHT,
  STOKER_CHART_STEP_UP,
  STOKER_CHART_STEP_DOWN,
  STOKER_CHART_STEP_FIRST,
  STOKER_CHART_STEP_LAST,
} StokerChartStep;

StokerChartSpot stoker_chart_spot_none (void);
gboolean stoker_chart_spot_is_none (const StokerChartSpot *spot);
gboolean stoker_chart_spot_equal (const StokerChartSpot *a, const StokerChartSpot *b);

StokerChartSpot stoker_chart_spot_find (const StokerChartScene *scene, double x, double y);
StokerChartSpot stoker_chart_spot_move (const StokerChartScene *scene,
                                        const StokerChartSpot *spot,
                                        StokerChartStep step);
gboolean stoker_chart_spot_locate (const StokerChartScene *scene,
                                   const StokerChartSpot *spot,
                                   double *x,
                                   double *y);
char *stoker_chart_spot_describe (const StokerChartScene *scene, const StokerChartSpot *spot);
const char *stoker_chart_spot_get_id (const StokerChartScene *scene, const StokerChartSpot *spot);

G_END_DECLS
