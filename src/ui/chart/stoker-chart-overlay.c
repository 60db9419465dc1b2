/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-overlay.h"
#include "stoker-chart-rows-private.h"
#include "stoker-chart-strokes-private.h"
#include "stoker-chart-text.h"

#include <math.h>

#define PAD 9
#define OFFSET 12
#define CORNER 8
#define RING 8
/* Room for a bubble above or below its row. */
#define BUBBLE_ROOM 320

static const GdkRGBA bubble_color = { 0.1f, 0.1f, 0.11f, 0.96f };
static const GdkRGBA bubble_rim = { 1, 1, 1, 0.14f };
static const GdkRGBA bubble_text = { 1, 1, 1, 1 };

static int
find_selected (const StokerChartScene *scene)
{
  const GPtrArray *ids = scene->model->category_ids;

  for (guint i = 0; scene->selected_id != NULL && scene->has_rows && i < ids->len; i++)
    if (g_strcmp0 (g_ptr_array_index (ids, i), scene->selected_id) == 0)
      return (int) i;
  for (guint i = 0; scene->selected_id != NULL && !scene->has_rows && i < scene->model->series->len;
       i++)
    if (g_str_equal (stoker_chart_scene_get_series (scene, i)->id, scene->selected_id) &&
        !scene->hidden[i])
      return (int) i;
  return -1;
}

static void
get_row (const StokerChartScene *scene, guint category, graphene_rect_t *bounds)
{
  graphene_rect_init (bounds, 0, (float) stoker_chart_scene_get_row_top (scene, category),
                      (float) scene->total_width, (float) scene->row_height);
}

/**
 * stoker_chart_overlay_get_selection_bounds:
 * @bounds: (out): what the mark of the selection covers
 *
 * Returns: whether something in the chart is selected
 */
gboolean
stoker_chart_overlay_get_selection_bounds (const StokerChartScene *scene, graphene_rect_t *bounds)
{
  int selected = stoker_chart_scene_has_data (scene) ? find_selected (scene) : -1;

  if (selected < 0)
    return FALSE;
  if (scene->has_rows)
    get_row (scene, (guint) selected, bounds);
  else
    graphene_rect_init (bounds, 0, 0, (float) scene->total_width, (float) scene->total_height);
  return TRUE;
}

static void
draw_row_tint (const StokerChartScene *scene, cairo_t *cr, guint category, double strength)
{
  GdkRGBA tint = stoker_chart_style_fade (&scene->style->accent, strength);

  stoker_chart_rows_add_rounded (cr, 0, stoker_chart_scene_get_row_top (scene, category) + 1,
                                 scene->total_width, scene->row_height - 2, 6);
  gdk_cairo_set_source_rgba (cr, &tint);
  cairo_fill (cr);
}

static void
draw_ring (const StokerChartScene *scene, cairo_t *cr, double x, double y)
{
  cairo_new_path (cr);
  cairo_arc (cr, x, y, RING, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, &scene->style->accent);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke (cr);
}

static void
draw_series_again (const StokerChartScene *scene, cairo_t *cr, guint series)
{
  StokerChartPaint paint;

  stoker_chart_style_get_paint (scene->style, stoker_chart_scene_get_series (scene, series),
                                &paint);
  paint.width += 2;
  if (stoker_chart_scene_is_quiet (scene, series))
    paint.color = scene->style->accent;
  cairo_save (cr);
  stoker_chart_strokes_clip (scene, cr);
  stoker_chart_strokes_draw_curve (scene, cr, series, &paint);
  cairo_restore (cr);
}

static void
draw_series_mark (const StokerChartScene *scene, cairo_t *cr, guint series)
{
  const StokerChartSpot spot = { (int) series, 0, -1, -1 };
  double x = 0;
  double y = 0;

  if (scene->model->kind == STOKER_CHART_LINES)
    draw_series_again (scene, cr, series);
  else if (stoker_chart_scene_get_series (scene, series)->points->len > 0 &&
           stoker_chart_spot_locate (scene, &spot, &x, &y))
    draw_ring (scene, cr, x, y);
}

/**
 * stoker_chart_overlay_draw_selection:
 *
 * Marks the candidate that is selected.
 */
void
stoker_chart_overlay_draw_selection (const StokerChartScene *scene, cairo_t *cr)
{
  int selected = find_selected (scene);

  if (selected < 0)
    return;
  if (scene->has_rows)
    draw_row_tint (scene, cr, (guint) selected, 0.14);
  else
    draw_series_mark (scene, cr, (guint) selected);
}

/**
 * stoker_chart_overlay_get_spot_bounds:
 * @bounds: (out): what the value and its bubble may cover
 */
void
stoker_chart_overlay_get_spot_bounds (const StokerChartScene *scene,
                                      const StokerChartSpot *spot,
                                      graphene_rect_t *bounds)
{
  double bottom = scene->top + scene->height;

  graphene_rect_init (bounds, 0, 0, (float) scene->total_width, (float) scene->total_height);
  if (!scene->has_rows || spot->category < 0)
    return;
  get_row (scene, (guint) spot->category, bounds);
  graphene_rect_inset (bounds, 0, -BUBBLE_ROOM);
  graphene_rect_intersection (bounds,
                              &GRAPHENE_RECT_INIT (0, 0, (float) scene->total_width,
                                                   (float) MAX (bottom, scene->total_height)),
                              bounds);
}

static void
measure_bubble (const StokerChartScene *scene, char **lines, double *width, double *height)
{
  *width = 0;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      double line = 0;

      stoker_chart_text_measure (scene->style, lines[i],
                                 i == 0 ? STOKER_CHART_FACE_STRONG : STOKER_CHART_FACE_BODY, &line,
                                 NULL);
      *width = MAX (*width, line);
    }
  *width = MIN (*width + 2 * PAD, scene->total_width);
  *height = g_strv_length (lines) * scene->style->line_height + 2 * PAD;
}

/* Beside the value, never over it and never outside. */
static void
place_bubble (const StokerChartScene *scene, double *x, double *y, double width, double height)
{
  double bottom = MAX (scene->top + scene->height, scene->total_height);
  double below = *y + (scene->has_rows ? scene->bar_height : 0) + OFFSET;

  *x = CLAMP (*x - width / 2, 0, MAX (scene->total_width - width, 0));
  *y = below + height <= bottom ? below
                                : *y - height - OFFSET - (scene->has_rows ? scene->bar_height : 0);
  *y = MAX (*y, 0);
}

static void
draw_bubble (const StokerChartScene *scene, cairo_t *cr, const char *text, double x, double y)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  StokerChartPlace place = { .color = &bubble_text };
  double width = 0;
  double height = 0;

  measure_bubble (scene, lines, &width, &height);
  place_bubble (scene, &x, &y, width, height);
  stoker_chart_rows_add_rounded (cr, x + 0.5, y + 0.5, width - 1, height - 1, CORNER);
  gdk_cairo_set_source_rgba (cr, &bubble_color);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &bubble_rim);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  place.align_x = scene->style->is_rtl ? 1 : 0;
  place.x = scene->style->is_rtl ? x + width - PAD : x + PAD;
  place.max_width = width - 2 * PAD;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      place.y = y + PAD + i * scene->style->line_height;
      place.face = i == 0 ? STOKER_CHART_FACE_STRONG : STOKER_CHART_FACE_BODY;
      stoker_chart_text_draw (cr, scene->style, lines[i], &place);
    }
}

/**
 * stoker_chart_overlay_draw_spot:
 * @spot: a value
 *
 * Points @spot out and says in a bubble what it is.
 */
void
stoker_chart_overlay_draw_spot (const StokerChartScene *scene,
                                cairo_t *cr,
                                const StokerChartSpot *spot)
{
  g_autofree char *text = stoker_chart_spot_describe (scene, spot);
  double x = 0;
  double y = 0;

  if (!stoker_chart_spot_locate (scene, spot, &x, &y))
    return;
  if (spot->category >= 0)
    draw_row_tint (scene, cr, (guint) spot->category, 0.08);
  else
    {
      if (scene->model->kind == STOKER_CHART_LINES && spot->series >= 0)
        draw_series_again (scene, cr, (guint) spot->series);
      draw_ring (scene, cr, x, y);
    }
  draw_bubble (scene, cr, text, x, y);
}
