/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-style.h"

G_BEGIN_DECLS

/* What was written where, for those who search a picture or read it aloud. */
typedef struct
{
  char *text;
  double x;
  double baseline;
  double size;
} StokerChartText;

/* A text is placed by one of its points: (0, 0) is its top left corner, (1, 1) its bottom right. */
typedef struct
{
  double x;
  double y;
  double align_x;
  double align_y;
  double max_width; /* 0: any */
  StokerChartFace face;
  const GdkRGBA *color; /* nullable: that of the foreground */
  gboolean has_halo;    /* keeps it readable on lines */
} StokerChartPlace;

void stoker_chart_text_free (gpointer text);
void stoker_chart_text_measure (const StokerChartStyle *style,
                                const char *text,
                                StokerChartFace face,
                                double *width,
                                double *height);
double stoker_chart_text_get_longest (const StokerChartStyle *style,
                                      GPtrArray *texts,
                                      StokerChartFace face);
double stoker_chart_text_draw (cairo_t *cr,
                               const StokerChartStyle *style,
                               const char *text,
                               const StokerChartPlace *place);
void stoker_chart_text_spread (double *middles, guint n, double height, double from, double to);

G_END_DECLS
