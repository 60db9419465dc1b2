/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-rows-private.h"

#include "stoker-chart-text.h"

#include <math.h>

#define CORNER 4
#define HATCH 7

static gboolean
is_chosen (const StokerChartScene *scene, guint category)
{
  return scene->model->chosen_category == (int) category;
}

/* In high contrast the lines of the grid would cross out what is written on them. */
static gboolean
lies_on_strong_grid (const StokerChartScene *scene)
{
  return scene->is_narrow && scene->style->is_high_contrast;
}

static void
draw_value (const StokerChartScene *scene, cairo_t *cr, guint category, double y, double align_y)
{
  StokerChartPlace place = { .y = y, .align_y = align_y, .has_halo = lies_on_strong_grid (scene) };

  place.face = is_chosen (scene, category) ? STOKER_CHART_FACE_STRONG : STOKER_CHART_FACE_BODY;
  place.x = stoker_chart_scene_mirror (scene, scene->total_width - 6);
  place.align_x = scene->style->is_rtl ? 0 : 1;
  stoker_chart_text_draw (cr, scene->style, g_ptr_array_index (scene->row_values, category),
                          &place);
}

/* Draws the piece of the grid behind a row: a long chart is drawn and thrown away in pieces. */
void
stoker_chart_rows_draw_grid (const StokerChartScene *scene, cairo_t *cr, guint category)
{
  GdkRGBA grid = stoker_chart_style_get_grid (scene->style);
  double top = stoker_chart_scene_get_row_top (scene, category);

  for (guint i = 0; i < scene->x_ticks->len; i++)
    {
      double x = stoker_chart_scene_get_x (scene, g_array_index (scene->x_ticks, double, i));

      cairo_move_to (cr, floor (x) + 0.5, top);
      cairo_line_to (cr, floor (x) + 0.5, top + scene->row_height);
    }
  gdk_cairo_set_source_rgba (cr, &grid);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* Writes the name of a row and its figure. */
void
stoker_chart_rows_draw_name (const StokerChartScene *scene, cairo_t *cr, guint category)
{
  double top = stoker_chart_scene_get_row_top (scene, category);
  g_autofree char *name = stoker_chart_scene_dup_row_name (scene, category);
  StokerChartPlace place = { .y = top + scene->row_height / 2, .align_y = 0.5 };

  place.has_halo = lies_on_strong_grid (scene);
  place.x = stoker_chart_scene_mirror (scene, 6);
  place.max_width = scene->name_width;
  if (scene->is_narrow)
    {
      place.y = top + 4;
      place.align_y = 0;
      place.max_width = MAX (scene->total_width - scene->value_width - 24, 1);
    }
  place.align_x = scene->style->is_rtl ? 1 : 0;
  place.color = is_chosen (scene, category) ? &scene->style->accent : NULL;
  place.face = is_chosen (scene, category) ? STOKER_CHART_FACE_STRONG : STOKER_CHART_FACE_BODY;
  stoker_chart_text_draw (cr, scene->style, name, &place);
  draw_value (scene, cr, category, place.y, place.align_y);
}

/* Adds a rectangle with round corners to the path. */
void
stoker_chart_rows_add_rounded (
  cairo_t *cr, double x, double y, double width, double height, double radius)
{
  radius = MIN (radius, MIN (width, height) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static void
draw_hatch (cairo_t *cr, double x, double y, double width, double height)
{
  for (double start = x - height; start < x + width; start += HATCH)
    {
      cairo_move_to (cr, start, y + height);
      cairo_line_to (cr, start + height, y);
    }
  cairo_stroke (cr);
}

/* Draws a hatched track: there is something, and nobody knows how much. The word for it stands
 * where the figure would. */
void
stoker_chart_rows_draw_unknown (
  const StokerChartScene *scene, cairo_t *cr, double x, double y, double width)
{
  GdkRGBA track = stoker_chart_style_fade (&scene->style->foreground, 0.08);
  GdkRGBA hatch = stoker_chart_style_fade (&scene->style->foreground,
                                           scene->style->is_high_contrast ? 0.6 : 0.25);

  cairo_save (cr);
  stoker_chart_rows_add_rounded (cr, x, y, width, scene->bar_height, CORNER);
  cairo_clip (cr);
  gdk_cairo_set_source_rgba (cr, &track);
  cairo_paint (cr);
  gdk_cairo_set_source_rgba (cr, &hatch);
  cairo_set_line_width (cr, 1);
  draw_hatch (cr, x, y, width, scene->bar_height);
  cairo_restore (cr);
}
