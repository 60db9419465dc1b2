/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-chart-model.h"

G_BEGIN_DECLS

#define STOKER_CHART_N_COLORS 8

typedef enum {
  STOKER_CHART_FACE_CAPTION, /* ticks, titles of axes */
  STOKER_CHART_FACE_BODY,
  STOKER_CHART_FACE_STRONG,
} StokerChartFace;

/* The surroundings of a chart: fonts, contrast, direction. */
typedef struct
{
  PangoContext *context; /* owned */
  GPtrArray *texts;      /* borrowed, nullable: told what is written and where */
  GdkRGBA foreground;
  GdkRGBA background;
  GdkRGBA accent;
  gboolean is_dark;
  gboolean is_high_contrast;
  gboolean is_rtl;
  double em;          /* size of the font in pixels */
  double line_height; /* of body text */
} StokerChartStyle;

/* How a series is told from the others: never by its colour alone. */
typedef struct
{
  GdkRGBA color;
  int dash;   /* 0: an unbroken line */
  int marker; /* shape of its dots; the second four are hollow */
  double width;
} StokerChartPaint;

void stoker_chart_style_init_plain (StokerChartStyle *style, gboolean is_dark);
void stoker_chart_style_init_for_widget (StokerChartStyle *style, GtkWidget *widget);
void stoker_chart_style_clear (StokerChartStyle *style);

GdkRGBA stoker_chart_style_get_item_color (gboolean is_dark, guint kind);
GdkRGBA stoker_chart_style_get_palette_color (gboolean is_dark, guint place);
void stoker_chart_style_get_paint (const StokerChartStyle *style,
                                   const StokerChartSeries *series,
                                   StokerChartPaint *paint);
GdkRGBA stoker_chart_style_fade (const GdkRGBA *color, double alpha);
GdkRGBA stoker_chart_style_get_dim (const StokerChartStyle *style);
GdkRGBA stoker_chart_style_get_grid (const StokerChartStyle *style);

void stoker_chart_style_set_dash (cairo_t *cr, int dash);
void stoker_chart_style_draw_marker (cairo_t *cr,
                                     const StokerChartStyle *style,
                                     const StokerChartPaint *paint,
                                     double x,
                                     double y,
                                     double radius);

G_END_DECLS
