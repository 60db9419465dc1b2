/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-spot.h"

#include <math.h>

/* As far as a finger may miss. */
#define REACH 24
#define MARK_REACH 9

/**
 * stoker_chart_spot_none:
 *
 * Returns: no value at all
 */
StokerChartSpot
stoker_chart_spot_none (void)
{
  return (StokerChartSpot){ -1, -1, -1, -1 };
}

/**
 * stoker_chart_spot_is_none:
 *
 * Returns: whether nothing is looked at
 */
gboolean
stoker_chart_spot_is_none (const StokerChartSpot *spot)
{
  return spot->series < 0 && spot->category < 0 && spot->mark < 0;
}

/**
 * stoker_chart_spot_equal:
 *
 * Returns: whether both are the same value
 */
gboolean
stoker_chart_spot_equal (const StokerChartSpot *a, const StokerChartSpot *b)
{
  return a->series == b->series && a->point == b->point && a->category == b->category &&
         a->mark == b->mark;
}

static StokerChartSpot
at_point (int series, int point)
{
  return (StokerChartSpot){ series, point, -1, -1 };
}

static gboolean
locate_point (const StokerChartScene *scene, guint series, guint point, double *x, double *y)
{
  const StokerChartPoint *p = stoker_chart_scene_get_point (scene, series, point);

  *x = stoker_chart_scene_get_x (scene, p->x);
  *y = stoker_chart_scene_get_y (scene, p->y);
  return isfinite (*x) && isfinite (*y);
}

static gboolean
locate_row (const StokerChartScene *scene, const StokerChartSpot *spot, double *x, double *y)
{
  double sum = 0;

  *y = stoker_chart_scene_get_bar_middle (scene, (guint) spot->category);
  *x = scene->left + scene->width / 2;
  if (spot->series < 0 || scene->model->kind != STOKER_CHART_BARS)
    return TRUE;
  for (guint i = 0; i <= (guint) spot->series; i++)
    {
      const StokerChartPoint *cell = stoker_chart_scene_get_cell (scene, i, (guint) spot->category);
      double part = cell != NULL && !scene->hidden[i] && cell->y > 0 ? cell->y : 0;

      sum += i == (guint) spot->series ? part / 2 : part;
    }
  *x = stoker_chart_scene_get_x (scene, sum);
  return TRUE;
}

/**
 * stoker_chart_spot_locate:
 * @x: (out): where it is in the rectangle
 * @y: (out): where it is in the rectangle
 *
 * Returns: %FALSE when it has no place, for it is unknown
 */
gboolean
stoker_chart_spot_locate (const StokerChartScene *scene,
                          const StokerChartSpot *spot,
                          double *x,
                          double *y)
{
  if (spot->mark >= 0)
    {
      const StokerChartMark *mark = g_ptr_array_index (scene->model->marks, spot->mark);

      *x = stoker_chart_scene_get_x (scene, mark->x);
      *y = stoker_chart_scene_get_y (scene, mark->y);
      return isfinite (*x) && isfinite (*y);
    }
  if (spot->category >= 0)
    return locate_row (scene, spot, x, y);
  if (spot->series >= 0 && spot->point >= 0)
    return locate_point (scene, (guint) spot->series, (guint) spot->point, x, y);
  return FALSE;
}

static int
find_part (const StokerChartScene *scene, guint category, double x)
{
  double from = stoker_chart_scene_get_x (scene, 0);
  double sum = 0;

  for (guint i = 0; i < scene->model->series->len && scene->model->kind == STOKER_CHART_BARS; i++)
    {
      const StokerChartPoint *cell = stoker_chart_scene_get_cell (scene, i, category);
      double to = from;

      if (scene->hidden[i] || cell == NULL || !(cell->y > 0))
        continue;
      sum += cell->y;
      to = stoker_chart_scene_get_x (scene, sum);
      if (x >= MIN (from, to) && x < MAX (from, to))
        return (int) i;
      from = to;
    }
  return -1;
}

static StokerChartSpot
find_row (const StokerChartScene *scene, double x, double y)
{
  StokerChartSpot spot = stoker_chart_spot_none ();
  double row = floor ((y - scene->top) / scene->row_height);

  if (row < 0 || row >= scene->model->categories->len)
    return spot;
  spot.category = (int) row;
  spot.series = find_part (scene, (guint) row, x);
  return spot;
}

static StokerChartSpot
find_mark (const StokerChartScene *scene, double x, double y)
{
  StokerChartSpot spot = stoker_chart_spot_none ();

  for (guint i = 0; i < scene->model->marks->len; i++)
    {
      const StokerChartMark *mark = g_ptr_array_index (scene->model->marks, i);

      if (hypot (stoker_chart_scene_get_x (scene, mark->x) - x,
                 stoker_chart_scene_get_y (scene, mark->y) - y) <= MARK_REACH)
        spot.mark = (int) i;
    }
  return spot;
}

static int
find_nearest_point (const StokerChartScene *scene, guint series, double x)
{
  guint n_points = stoker_chart_scene_get_series (scene, series)->points->len;
  double nearest = G_MAXDOUBLE;
  int found = -1;

  for (guint i = 0; i < n_points; i++)
    {
      double px = 0;
      double py = 0;

      if (!locate_point (scene, series, i, &px, &py) || fabs (px - x) >= nearest)
        continue;
      nearest = fabs (px - x);
      found = (int) i;
    }
  return found;
}

static double
measure_distance (const StokerChartScene *scene, guint series, double x, double y)
{
  double px = 0;
  double py = 0;

  if (scene->model->kind == STOKER_CHART_LINES)
    return fabs (stoker_chart_scene_get_y (scene, stoker_chart_scene_interpolate (
                                                    scene, series,
                                                    stoker_chart_scene_get_value_at (scene, x))) -
                 y);
  if (stoker_chart_scene_get_series (scene, series)->points->len == 0 ||
      !locate_point (scene, series, 0, &px, &py))
    return NAN;
  return hypot (px - x, py - y);
}

/**
 * stoker_chart_spot_find:
 * @x: a place in the rectangle
 * @y: a place in the rectangle
 *
 * Returns: the value there or near by; none when there is none
 */
StokerChartSpot
stoker_chart_spot_find (const StokerChartScene *scene, double x, double y)
{
  StokerChartSpot spot = stoker_chart_spot_none ();
  double nearest = REACH;

  if (!stoker_chart_scene_has_data (scene))
    return spot;
  if (scene->has_rows)
    return find_row (scene, x, y);
  spot = find_mark (scene, x, y);
  if (spot.mark >= 0)
    return spot;
  for (guint i = 0; i < scene->model->series->len; i++)
    {
      double distance = scene->hidden[i] ? NAN : measure_distance (scene, i, x, y);

      if (!(distance < nearest))
        continue;
      nearest = distance;
      spot = at_point ((int) i, 0);
    }
  if (spot.series >= 0 && scene->model->kind == STOKER_CHART_LINES)
    spot.point = find_nearest_point (scene, (guint) spot.series, x);
  return spot.point < 0 ? stoker_chart_spot_none () : spot;
}

/**
 * stoker_chart_spot_get_id:
 *
 * Returns: (transfer none) (nullable): the candidate that the value belongs to
 */
const char *
stoker_chart_spot_get_id (const StokerChartScene *scene, const StokerChartSpot *spot)
{
  if (spot->category >= 0)
    return g_ptr_array_index (scene->model->category_ids, spot->category);
  if (spot->series >= 0)
    return stoker_chart_scene_get_series (scene, (guint) spot->series)->id;
  return NULL;
}
