/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-spot.h"

#include <math.h>

/* Where a key press leads from a value. Kept apart from where a pointer leads. */

static gboolean
locate (const StokerChartScene *scene, guint series, guint point, double *x, double *y)
{
  const StokerChartSpot spot = { (int) series, (int) point, -1, -1 };

  return !scene->hidden[series] &&
         point < stoker_chart_scene_get_series (scene, series)->points->len &&
         stoker_chart_spot_locate (scene, &spot, x, y);
}

static int
clamp_index (int i, guint n)
{
  return CLAMP (i, 0, (int) n - 1);
}

/* The next series that is shown, and -1 between the last and the first for the whole row. */
static int
next_part (const StokerChartScene *scene, int series, int direction)
{
  int n_series = (int) scene->model->series->len;

  for (int i = series + direction; i >= 0 && i < n_series; i += direction)
    if (!scene->hidden[i])
      return i;
  return direction < 0 ? -1 : series;
}

static StokerChartSpot
move_in_rows (const StokerChartScene *scene, const StokerChartSpot *from, StokerChartStep step)
{
  StokerChartSpot spot = *from;
  guint n_rows = scene->model->categories->len;

  switch (step)
    {
    case STOKER_CHART_STEP_UP:
      spot.category = clamp_index (from->category - 1, n_rows);
      break;
    case STOKER_CHART_STEP_DOWN:
      spot.category = clamp_index (from->category + 1, n_rows);
      break;
    case STOKER_CHART_STEP_FIRST:
      spot.category = 0;
      break;
    case STOKER_CHART_STEP_LAST:
      spot.category = (int) n_rows - 1;
      break;
    case STOKER_CHART_STEP_LEFT:
      spot.series = next_part (scene, from->series, -1);
      break;
    case STOKER_CHART_STEP_RIGHT:
    default:
      spot.series = next_part (scene, from->series, 1);
      break;
    }
  return spot;
}

static StokerChartSpot
move_on_curve (const StokerChartScene *scene, const StokerChartSpot *from, int point, int direction)
{
  StokerChartSpot spot = *from;
  int n_points = (int) stoker_chart_scene_get_series (scene, (guint) from->series)->points->len;
  double x = 0;
  double y = 0;

  for (int i = point; i >= 0 && i < n_points; i += direction)
    if (locate (scene, (guint) from->series, (guint) i, &x, &y))
      {
        spot.point = i;
        return spot;
      }
  return spot;
}

/* Whether a value lies in the direction of @step, and how far. */
static double
measure_way (StokerChartStep step, double dx, double dy)
{
  switch (step)
    {
    case STOKER_CHART_STEP_UP:
      return -dy;
    case STOKER_CHART_STEP_DOWN:
      return dy;
    case STOKER_CHART_STEP_LEFT:
      return -dx;
    case STOKER_CHART_STEP_RIGHT:
    case STOKER_CHART_STEP_FIRST:
    case STOKER_CHART_STEP_LAST:
    default:
      return dx;
    }
}

/* The next series in a direction; of those at the same place, the next by number. */
static StokerChartSpot
move_to_series (const StokerChartScene *scene, const StokerChartSpot *from, StokerChartStep step)
{
  StokerChartSpot spot = *from;
  double nearest = G_MAXDOUBLE;
  double x = 0;
  double y = 0;

  if (!stoker_chart_spot_locate (scene, from, &x, &y))
    return spot;
  for (guint i = 0; i < scene->model->series->len; i++)
    {
      guint point = scene->model->kind == STOKER_CHART_LINES ? (guint) from->point : 0;
      double px = 0;
      double py = 0;
      double way = 0;

      if ((int) i == from->series || !locate (scene, i, point, &px, &py))
        continue;
      way = measure_way (step, px - x, py - y) + ((int) i - from->series) * 1e-6;
      if (way <= 0 || way >= nearest)
        continue;
      nearest = way;
      spot.series = (int) i;
      spot.point = (int) point;
    }
  return spot;
}

static StokerChartSpot
find_end_series (const StokerChartScene *scene, const StokerChartSpot *from, int direction)
{
  StokerChartSpot spot = *from;
  double farthest = -G_MAXDOUBLE;

  for (guint i = 0; i < scene->model->series->len; i++)
    {
      double x = 0;
      double y = 0;

      if (!locate (scene, i, 0, &x, &y) || x * direction <= farthest)
        continue;
      farthest = x * direction;
      spot.series = (int) i;
    }
  spot.point = 0;
  return spot;
}

static StokerChartSpot
find_start (const StokerChartScene *scene)
{
  StokerChartSpot spot = stoker_chart_spot_none ();
  double x = 0;
  double y = 0;

  if (scene->has_rows)
    spot.category = MAX (scene->model->chosen_category, 0);
  for (guint i = 0; i < scene->model->series->len && !scene->has_rows; i++)
    for (guint j = 0; j < stoker_chart_scene_get_series (scene, i)->points->len; j++)
      {
        const StokerChartSeries *series = stoker_chart_scene_get_series (scene, i);

        if (!locate (scene, i, j, &x, &y) || (spot.series >= 0 && !series->is_chosen))
          continue;
        return series->is_chosen || spot.series < 0 ? (StokerChartSpot){ (int) i, (int) j, -1, -1 }
                                                    : spot;
      }
  return spot;
}

static StokerChartSpot
move_among_curves (const StokerChartScene *scene, const StokerChartSpot *from, StokerChartStep step)
{
  int n_points = (int) stoker_chart_scene_get_series (scene, (guint) from->series)->points->len;

  switch (step)
    {
    case STOKER_CHART_STEP_LEFT:
      return move_on_curve (scene, from, from->point - 1, -1);
    case STOKER_CHART_STEP_RIGHT:
      return move_on_curve (scene, from, from->point + 1, 1);
    case STOKER_CHART_STEP_FIRST:
      return move_on_curve (scene, from, 0, 1);
    case STOKER_CHART_STEP_LAST:
      return move_on_curve (scene, from, n_points - 1, -1);
    case STOKER_CHART_STEP_UP:
    case STOKER_CHART_STEP_DOWN:
    default:
      return move_to_series (scene, from, step);
    }
}

/* What is left and right on the screen is earlier and later in the points. */
static StokerChartStep
turn_around (StokerChartStep step)
{
  if (step == STOKER_CHART_STEP_LEFT)
    return STOKER_CHART_STEP_RIGHT;
  return step == STOKER_CHART_STEP_RIGHT ? STOKER_CHART_STEP_LEFT : step;
}

/**
 * stoker_chart_spot_move:
 * @spot: a value; none begins with the chosen candidate
 * @step: which way
 *
 * Returns: the next value that way; @spot itself where there is none
 */
StokerChartSpot
stoker_chart_spot_move (const StokerChartScene *scene,
                        const StokerChartSpot *spot,
                        StokerChartStep step)
{
  if (!stoker_chart_scene_has_data (scene))
    return stoker_chart_spot_none ();
  if (scene->has_rows ? spot->category < 0 : spot->series < 0)
    return find_start (scene);
  if (scene->model->kind == STOKER_CHART_POINTS)
    return step == STOKER_CHART_STEP_FIRST  ? find_end_series (scene, spot, -1)
           : step == STOKER_CHART_STEP_LAST ? find_end_series (scene, spot, 1)
                                            : move_to_series (scene, spot, step);
  if (scene->style->is_rtl)
    step = turn_around (step);
  return scene->has_rows ? move_in_rows (scene, spot, step) : move_among_curves (scene, spot, step);
}
