/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-format.h"
#include "stoker-chart-layer.h"
#include "stoker-chart-text.h"

#include <math.h>

#define TICK_GAP 6
/* Of titles, so that they begin where the legend and the names of rows do. */
#define INSET 6

typedef StokerChartLayer StokerGridLayer;
typedef StokerChartLayerClass StokerGridLayerClass;

G_DEFINE_FINAL_TYPE (StokerGridLayer, stoker_grid_layer, STOKER_TYPE_CHART_LAYER)

static char *
format_tick (const StokerChartAxis *axis, GArray *ticks, guint i)
{
  double value = g_array_index (ticks, double, i);
  double step = axis->is_log || ticks->len < 2
                  ? value
                  : g_array_index (ticks, double, 1) - g_array_index (ticks, double, 0);

  return stoker_chart_format_tick (axis, value, step);
}

static void
draw_line (cairo_t *cr, double x1, double y1, double x2, double y2)
{
  /* On the middle of a pixel, so that it is one pixel wide. */
  cairo_move_to (cr, floor (x1) + 0.5, floor (y1) + 0.5);
  cairo_line_to (cr, floor (x2) + 0.5, floor (y2) + 0.5);
}

/* A text in the middle of a line that must not leave the rectangle. */
static void
draw_centered (
  const StokerChartScene *scene, cairo_t *cr, const char *text, double x, StokerChartPlace *place)
{
  double width = 0;

  stoker_chart_text_measure (scene->style, text, place->face, &width, NULL);
  place->x = CLAMP (x - width / 2, 0, MAX (scene->total_width - width, 0));
  stoker_chart_text_draw (cr, scene->style, text, place);
}

static void
draw_vertical_lines (const StokerChartScene *scene, cairo_t *cr)
{
  for (guint i = 0; i < scene->x_ticks->len; i++)
    {
      double x = stoker_chart_scene_get_x (scene, g_array_index (scene->x_ticks, double, i));

      draw_line (cr, x, scene->top, x, scene->top + scene->height);
    }
}

static void
draw_horizontal_lines (const StokerChartScene *scene, cairo_t *cr)
{
  for (guint i = 0; i < scene->y_ticks->len; i++)
    {
      double y = stoker_chart_scene_get_y (scene, g_array_index (scene->y_ticks, double, i));

      draw_line (cr, scene->left, y, scene->left + scene->width, y);
    }
}

static void
draw_x_labels (const StokerChartScene *scene, cairo_t *cr)
{
  GdkRGBA dim = stoker_chart_style_get_dim (scene->style);
  StokerChartPlace place = { .face = STOKER_CHART_FACE_CAPTION, .color = &dim };

  place.align_y = scene->has_rows ? 1 : 0;
  place.y = scene->has_rows ? scene->top - TICK_GAP : scene->top + scene->height + TICK_GAP;
  for (guint i = 0; i < scene->x_ticks->len; i++)
    {
      g_autofree char *text = format_tick (&scene->x, scene->x_ticks, i);

      draw_centered (scene, cr, text,
                     stoker_chart_scene_get_x (scene, g_array_index (scene->x_ticks, double, i)),
                     &place);
    }
}

static void
draw_y_labels (const StokerChartScene *scene, cairo_t *cr)
{
  GdkRGBA dim = stoker_chart_style_get_dim (scene->style);
  gboolean is_rtl = scene->style->is_rtl;
  StokerChartPlace place = { .face = STOKER_CHART_FACE_CAPTION, .color = &dim, .align_y = 0.5 };

  place.x = is_rtl ? scene->left + scene->width + TICK_GAP : scene->left - TICK_GAP;
  place.align_x = is_rtl ? 0 : 1;
  for (guint i = 0; i < scene->y_ticks->len; i++)
    {
      g_autofree char *text = format_tick (&scene->y, scene->y_ticks, i);

      place.y = stoker_chart_scene_get_y (scene, g_array_index (scene->y_ticks, double, i));
      stoker_chart_text_draw (cr, scene->style, text, &place);
    }
}

static void
draw_title (
  const StokerChartScene *scene, cairo_t *cr, const char *title, double y, gboolean is_end)
{
  GdkRGBA dim = stoker_chart_style_get_dim (scene->style);
  StokerChartPlace place = { .face = STOKER_CHART_FACE_CAPTION,
                             .color = &dim,
                             .y = y,
                             .max_width = scene->total_width - 2 * INSET };

  if (title == NULL)
    return;
  place.align_x = is_end != scene->style->is_rtl ? 1 : 0;
  place.x = place.align_x > 0 ? scene->total_width - INSET : INSET;
  stoker_chart_text_draw (cr, scene->style, title, &place);
}

static void
draw_titles (const StokerChartScene *scene, cairo_t *cr)
{
  double caption = ceil (scene->style->line_height * 0.85);
  double y = scene->top + scene->height + TICK_GAP + caption;

  draw_title (scene, cr, scene->has_rows ? scene->x.title : scene->y.title, 0, FALSE);
  if (scene->has_rows)
    return;
  draw_title (scene, cr, scene->x.title, y + 2, TRUE);
  draw_title (scene, cr, scene->unknown_text, y + TICK_GAP + caption, FALSE);
}

static void
draw_empty (const StokerChartScene *scene, cairo_t *cr)
{
  GdkRGBA dim = stoker_chart_style_get_dim (scene->style);
  const StokerChartPlace place = { .x = scene->total_width / 2,
                                   .y = scene->total_height / 2,
                                   .align_x = 0.5,
                                   .align_y = 0.5,
                                   .max_width = scene->total_width,
                                   .color = &dim,
                                   .face = STOKER_CHART_FACE_BODY };

  if (scene->model->empty != NULL)
    stoker_chart_text_draw (cr, scene->style, scene->model->empty, &place);
}

static void
stoker_grid_layer_draw_step (StokerChartLayer *layer,
                             const StokerChartScene *scene,
                             cairo_t *cr,
                             guint step)
{
  GdkRGBA grid = stoker_chart_style_get_grid (scene->style);

  if (!stoker_chart_scene_has_data (scene))
    {
      draw_empty (scene, cr);
      return;
    }
  draw_x_labels (scene, cr);
  draw_titles (scene, cr);
  if (scene->has_rows)
    return;
  gdk_cairo_set_source_rgba (cr, &grid);
  cairo_set_line_width (cr, 1);
  draw_vertical_lines (scene, cr);
  draw_horizontal_lines (scene, cr);
  cairo_stroke (cr);
  draw_y_labels (scene, cr);
}

static void
stoker_grid_layer_class_init (StokerGridLayerClass *klass)
{
  klass->draw_step = stoker_grid_layer_draw_step;
}

static void
stoker_grid_layer_init (StokerGridLayer *self)
{
}
