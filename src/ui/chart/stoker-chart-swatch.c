/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-swatch.h"

#include <glib/gi18n-lib.h>

#include <math.h>

#define WIDTH 24
#define SQUARE 12
#define RADIUS 4.5

static void
draw_square (cairo_t *cr, const StokerChartPaint *paint, double x, double y)
{
  gdk_cairo_set_source_rgba (cr, &paint->color);
  cairo_rectangle (cr, x, y, SQUARE, SQUARE);
  cairo_fill (cr);
}

static void
draw_dash (cairo_t *cr, const StokerChartPaint *paint, double x, double y)
{
  gdk_cairo_set_source_rgba (cr, &paint->color);
  cairo_set_line_width (cr, MIN (paint->width, 3));
  stoker_chart_style_set_dash (cr, paint->dash);
  cairo_move_to (cr, x, y + STOKER_CHART_SWATCH_HEIGHT / 2.0);
  cairo_line_to (cr, x + WIDTH, y + STOKER_CHART_SWATCH_HEIGHT / 2.0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/**
 * stoker_chart_swatch_get_width:
 *
 * Returns: width of the signs in the legend of the chart
 */
int
stoker_chart_swatch_get_width (const StokerChartModel *model)
{
  return model->kind == STOKER_CHART_BARS ? SQUARE : WIDTH;
}

/**
 * stoker_chart_swatch_draw:
 * @series: number of a series
 * @x: left edge
 * @y: top edge
 *
 * Draws the series as it looks in the chart, in the size of a swatch.
 */
void
stoker_chart_swatch_draw (cairo_t *cr,
                          const StokerChartStyle *style,
                          const StokerChartModel *model,
                          guint series,
                          double x,
                          double y)
{
  StokerChartPaint paint;

  stoker_chart_style_get_paint (style, g_ptr_array_index (model->series, series), &paint);
  if (model->kind == STOKER_CHART_BARS)
    draw_square (cr, &paint, x, y);
  if (model->kind == STOKER_CHART_LINES)
    draw_dash (cr, &paint, x, y);
  if (model->kind != STOKER_CHART_BARS)
    stoker_chart_style_draw_marker (cr, style, &paint, x + WIDTH / 2.0,
                                    y + STOKER_CHART_SWATCH_HEIGHT / 2.0, RADIUS);
}

static gboolean
is_known (const StokerChartSeries *series)
{
  for (guint i = 0; i < series->points->len; i++)
    if (isfinite (g_array_index (series->points, StokerChartPoint, i).y))
      return TRUE;
  return FALSE;
}

/**
 * stoker_chart_swatch_describe:
 * @series: number of a series
 *
 * Returns: (transfer full): what the legend says beside the swatch: "RunPod · Pod (chosen)"
 */
char *
stoker_chart_swatch_describe (const StokerChartModel *model, guint series)
{
  const StokerChartSeries *s = g_ptr_array_index (model->series, series);

  if (!is_known (s))
    return g_strdup_printf (_ ("%s (unknown)"), s->name);
  if (s->is_chosen)
    return g_strdup_printf (_ ("%s (chosen)"), s->name);
  return g_strdup (s->name);
}
