/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-layout-private.h"

#include "stoker-chart-axis.h"
#include "stoker-chart-format.h"
#include "stoker-chart-text.h"

#include <math.h>

#define GAP 12
#define TICK_GAP 6
/* Under so many times the size of the font, the name of a row stands above it. */
#define NARROW_EMS 44
#define NAME_SHARE 0.34
#define CAPTION_SHARE 0.85
#define MAX_Y_TICKS 7
#define MAX_X_TICKS 10

static double
get_caption_height (const StokerChartScene *scene)
{
  return ceil (scene->style->line_height * CAPTION_SHARE);
}

static double
measure_tick (const StokerChartScene *scene, const StokerChartAxis *axis, GArray *ticks, guint i)
{
  double value = g_array_index (ticks, double, i);
  double step = axis->is_log || ticks->len < 2
                  ? value
                  : g_array_index (ticks, double, 1) - g_array_index (ticks, double, 0);
  g_autofree char *text = stoker_chart_format_tick (axis, value, step);
  double width = 0;

  stoker_chart_text_measure (scene->style, text, STOKER_CHART_FACE_CAPTION, &width, NULL);
  return width;
}

static double
measure_ticks (const StokerChartScene *scene, const StokerChartAxis *axis, GArray *ticks)
{
  double widest = 0;

  for (guint i = 0; i < ticks->len; i++)
    widest = MAX (widest, measure_tick (scene, axis, ticks, i));
  return widest;
}

/* As many ticks as have room beside each other. */
static void
make_x_ticks (StokerChartScene *scene)
{
  for (guint most = MAX_X_TICKS; most >= 2; most--)
    {
      double room = 0;

      g_clear_pointer (&scene->x_ticks, g_array_unref);
      scene->x_ticks = stoker_chart_axis_make_ticks (&scene->x, most);
      room = scene->width / MAX (scene->x_ticks->len, 1);
      if (measure_ticks (scene, &scene->x, scene->x_ticks) + scene->style->em * 1.5 < room)
        return;
    }
}

static void
set_margins (StokerChartScene *scene, double start, double end)
{
  scene->left = scene->style->is_rtl ? end : start;
  scene->width = MAX (scene->total_width - start - end, 1);
}

static double
measure_names (const StokerChartScene *scene)
{
  double longest = stoker_chart_text_get_longest (scene->style, scene->model->categories,
                                                  STOKER_CHART_FACE_BODY);
  double chosen = 0;

  if (scene->model->chosen_category >= 0)
    {
      g_autofree char *name =
        stoker_chart_scene_dup_row_name (scene, (guint) scene->model->chosen_category);

      stoker_chart_text_measure (scene->style, name, STOKER_CHART_FACE_STRONG, &chosen, NULL);
    }
  return MAX (longest, chosen);
}

static double
measure_row (const StokerChartScene *scene)
{
  gboolean is_ranges = scene->model->kind == STOKER_CHART_RANGES;
  guint n_lanes = is_ranges ? MAX (scene->n_visible, 1) : 1;
  double bars = scene->bar_height * n_lanes;
  double line = scene->style->line_height;

  return ceil (scene->is_narrow ? line + bars + GAP + 2 : MAX (line, bars) + GAP);
}

/* All that the height of a chart with rows depends on; no text is measured for it. */
static void
stack_rows (StokerChartScene *scene)
{
  scene->is_narrow = scene->total_width < NARROW_EMS * scene->style->em;
  scene->bar_height = round (MAX (scene->style->em * 0.95, 8));
  scene->top = 2 * (get_caption_height (scene) + TICK_GAP);
  scene->row_height = measure_row (scene);
  scene->height = scene->model->categories->len * scene->row_height;
}

static gboolean
has_unknown (const StokerChartScene *scene)
{
  for (guint i = 0; i < scene->model->series->len; i++)
    for (guint j = 0; j < stoker_chart_scene_get_series (scene, i)->points->len; j++)
      if (isnan (stoker_chart_scene_get_point (scene, i, j)->y))
        return TRUE;
  return FALSE;
}

/* Bars begin at nothing, and behind the longest there is room for what it leaves out. */
static void
make_room_for_rest (StokerChartScene *scene)
{
  scene->x.min = MIN (scene->x.min, 0);
  if (has_unknown (scene))
    scene->x.max += (scene->x.max - scene->x.min) * STOKER_CHART_STUB / scene->width;
}

static void
arrange_rows (StokerChartScene *scene)
{
  double longest = measure_names (scene);

  stack_rows (scene);
  scene->name_width = MIN (longest, scene->total_width * NAME_SHARE);
  scene->value_width = stoker_chart_text_get_longest (scene->style, scene->row_values,
                                                      STOKER_CHART_FACE_STRONG);
  if (scene->is_narrow)
    set_margins (scene, TICK_GAP, TICK_GAP);
  else
    set_margins (scene, scene->name_width + GAP + TICK_GAP, scene->value_width + GAP + TICK_GAP);
  if (scene->model->kind == STOKER_CHART_BARS)
    make_room_for_rest (scene);
  stoker_chart_axis_extend (&scene->x, 6);
  make_x_ticks (scene);
}

static void
arrange_plot (StokerChartScene *scene)
{
  double caption = get_caption_height (scene);
  double bottom = 2 * (caption + TICK_GAP);
  guint n_ticks = 0;

  scene->top = caption + GAP;
  if (isfinite (scene->model->cursor))
    scene->top += caption + TICK_GAP;
  if (scene->unknown_text != NULL)
    bottom += caption + TICK_GAP;
  scene->height = MAX (scene->total_height - scene->top - bottom, 1);
  n_ticks = (guint) CLAMP (scene->height / (scene->style->line_height * 2.2), 2, MAX_Y_TICKS);
  stoker_chart_axis_extend (&scene->y, n_ticks);
  if (scene->model->kind == STOKER_CHART_POINTS)
    stoker_chart_axis_extend (&scene->x, n_ticks);
  scene->y_ticks = stoker_chart_axis_make_ticks (&scene->y, n_ticks);
  set_margins (scene, measure_ticks (scene, &scene->y, scene->y_ticks) + TICK_GAP + 2, GAP);
  make_x_ticks (scene);
}

/* Puts the axes, the area between them and the rows into the scene's rectangle. */
void
stoker_chart_layout_arrange (StokerChartScene *scene)
{
  if (scene->has_rows)
    arrange_rows (scene);
  else
    arrange_plot (scene);
}

/* How high a chart with rows is at @width. */
double
stoker_chart_layout_measure_rows (StokerChartModel *model,
                                  const StokerChartStyle *style,
                                  double width)
{
  StokerChartScene scene = { .model = model,
                             .style = style,
                             .total_width = width,
                             .has_rows = TRUE,
                             .n_visible = model->series->len };

  stack_rows (&scene);
  return ceil (scene.top + scene.height);
}
