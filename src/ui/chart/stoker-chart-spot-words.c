/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-format.h"
#include "stoker-chart-spot.h"

#include <glib/gi18n-lib.h>

#include <math.h>

/* A value in words, a line each: the bubble shows them, a screen reader says them. */

static void
add_fact (GString *text, const char *title, const char *value)
{
  if (title != NULL)
    g_string_append_printf (text, "\n%s: %s", title, value);
  else
    g_string_append_printf (text, "\n%s", value);
}

static char *
format_with_range (const StokerChartAxis *axis, const StokerChartPoint *point)
{
  g_autofree char *value = stoker_chart_format_value (axis, point->y);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (!isfinite (point->low) || !isfinite (point->high))
    return g_steal_pointer (&value);
  low = stoker_chart_format_value (axis, point->low);
  high = stoker_chart_format_value (axis, point->high);
  return g_strdup_printf (_ ("%s (%s to %s)"), value, low, high);
}

static void
describe_row (const StokerChartScene *scene, guint category, GString *text)
{
  const StokerChartModel *model = scene->model;

  g_string_append (text, g_ptr_array_index (model->categories, category));
  if (model->chosen_category == (int) category)
    g_string_append_printf (text, " (%s)", _ ("chosen"));
  if (model->kind == STOKER_CHART_BARS)
    add_fact (text, scene->n_visible < model->series->len ? _ ("Of what is shown") : model->y.title,
              g_ptr_array_index (scene->row_values, category));
  for (guint i = 0; i < model->series->len; i++)
    {
      const StokerChartPoint *cell = stoker_chart_scene_get_cell (scene, i, category);
      g_autofree char *value = NULL;

      if (scene->hidden[i] || cell == NULL || fabs (cell->y) <= 0)
        continue;
      value = format_with_range (&model->y, cell);
      add_fact (text, stoker_chart_scene_get_series (scene, i)->name, value);
    }
}

static void
describe_point (const StokerChartScene *scene, guint series, guint point, GString *text)
{
  const StokerChartSeries *s = stoker_chart_scene_get_series (scene, series);
  const StokerChartPoint *p = stoker_chart_scene_get_point (scene, series, point);
  g_autofree char *x = stoker_chart_format_value (&scene->x, p->x);
  g_autofree char *y = format_with_range (&scene->y, p);

  g_string_append (text, s->name);
  if (s->is_chosen)
    g_string_append_printf (text, " (%s)", _ ("chosen"));
  add_fact (text, scene->y.title, y);
  add_fact (text, scene->x.title, x);
  if (s->note != NULL)
    add_fact (text, NULL, s->note);
}

/**
 * stoker_chart_spot_describe:
 *
 * Returns: (transfer full): name, figures and note of the value, a line each; empty for none
 */
char *
stoker_chart_spot_describe (const StokerChartScene *scene, const StokerChartSpot *spot)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (spot->mark >= 0)
    g_string_append (text, ((StokerChartMark *) g_ptr_array_index (scene->model->marks, spot->mark))
                             ->text);
  else if (spot->category >= 0)
    describe_row (scene, (guint) spot->category, text);
  else if (spot->series >= 0 && spot->point >= 0)
    describe_point (scene, (guint) spot->series, (guint) spot->point, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
