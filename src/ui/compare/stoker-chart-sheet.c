/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-sheet.h"

#include "stoker-phrases.h"
#include "stoker-plot.h"

#include <glib/gi18n-lib.h>

#include <math.h>

static StokerMoney
to_money (const StokerChartAxis *axis, double value)
{
  return stoker_money_new (llround (value * (double) STOKER_NANOS_PER_UNIT), axis->currency);
}

/**
 * stoker_chart_format_cell:
 * @axis: the axis of the value
 * @value: NAN is unknown
 *
 * Returns: (transfer full): the value as people read it
 */
char *
stoker_chart_format_cell (const StokerChartAxis *axis, double value)
{
  if (isnan (value))
    return g_strdup (_ ("unknown"));
  switch (axis->unit)
    {
    case STOKER_CHART_UNIT_MONEY:
      return axis->currency != NULL ? stoker_phrase_money (to_money (axis, value))
                                    : g_strdup (_ ("unknown"));
    case STOKER_CHART_UNIT_SECONDS:
      return stoker_phrase_duration (llround (value));
    case STOKER_CHART_UNIT_COUNT:
      return stoker_plot_format_count (llround (value));
    case STOKER_CHART_UNIT_HOURS:
      return g_strdup_printf (_ ("%.4g h"), value);
    case STOKER_CHART_UNIT_DATE:
      return stoker_plot_format_date ((gint64) value * G_USEC_PER_SEC);
    case STOKER_CHART_UNIT_NONE:
    case STOKER_CHART_UNIT_CATEGORY:
    default:
      return g_strdup_printf ("%.6g", value);
    }
}

static char *
format_point (const StokerChartModel *model, const StokerChartPoint *point)
{
  g_autofree char *value = stoker_chart_format_cell (&model->y, point->y);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (isnan (point->y) || isnan (point->low) || isnan (point->high) || point->low == point->high)
    return g_steal_pointer (&value);
  low = stoker_chart_format_cell (&model->y, point->low);
  high = stoker_chart_format_cell (&model->y, point->high);
  return point->low < point->y ? g_strdup_printf (_ ("%s to %s"), low, high)
                               : g_strdup_printf (_ ("%s, up to %s"), value, high);
}

static void
add_title (StokerChartSheet *self, const char *title)
{
  g_ptr_array_add (self->titles, g_strdup (title));
}

static void
add_cell (StokerChartSheet *self, char *text)
{
  g_ptr_array_add (self->cells, text);
}

static char *
format_at (const StokerChartModel *model, const StokerChartSeries *series, double x)
{
  for (guint i = 0; i < series->points->len; i++)
    {
      const StokerChartPoint *point = &g_array_index (series->points, StokerChartPoint, i);

      if (point->x == x)
        return format_point (model, point);
    }
  return g_strdup (_ ("none"));
}

static void
add_row (StokerChartSheet *self, const StokerChartModel *model, char *head, double x)
{
  add_cell (self, head);
  for (guint i = 0; i < model->series->len; i++)
    add_cell (self, format_at (model, model->series->pdata[i], x));
}

static void
add_columns (StokerChartSheet *self, const StokerChartModel *model)
{
  add_title (self, model->x.title);
  for (guint i = 0; i < model->series->len; i++)
    add_title (self, ((const StokerChartSeries *) model->series->pdata[i])->name);
}

static void
fill_categories (StokerChartSheet *self, const StokerChartModel *model)
{
  add_columns (self, model);
  for (guint i = 0; i < model->categories->len; i++)
    add_row (self, model, g_strdup (model->categories->pdata[i]), i);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static GArray *
list_places (const StokerChartModel *model)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < model->series->len; i++)
    {
      const GArray *points = ((const StokerChartSeries *) model->series->pdata[i])->points;

      for (guint j = 0; j < points->len; j++)
        g_array_append_val (places, g_array_index (points, StokerChartPoint, j).x);
    }
  g_array_sort (places, compare_doubles);
  return places;
}

static void
fill_places (StokerChartSheet *self, const StokerChartModel *model)
{
  g_autoptr (GArray) places = list_places (model);

  add_columns (self, model);
  for (guint i = 0; i < places->len; i++)
    {
      double x = g_array_index (places, double, i);

      if (i == 0 || x > g_array_index (places, double, i - 1))
        add_row (self, model, stoker_chart_format_cell (&model->x, x), x);
    }
}

static void
fill_dots (StokerChartSheet *self, const StokerChartModel *model)
{
  add_title (self, _ ("Candidate"));
  add_title (self, model->x.title);
  add_title (self, model->y.title);
  add_title (self, _ ("Note"));
  for (guint i = 0; i < model->series->len; i++)
    {
      const StokerChartSeries *series = model->series->pdata[i];
      const StokerChartPoint *point = &g_array_index (series->points, StokerChartPoint, 0);

      add_cell (self, g_strdup (series->name));
      add_cell (self, stoker_chart_format_cell (&model->x, point->x));
      add_cell (self, format_point (model, point));
      add_cell (self, g_strdup (series->note != NULL ? series->note : ""));
    }
}

/**
 * stoker_chart_sheet_new:
 * @model: a chart
 *
 * Returns: (transfer full): the same as a table
 */
StokerChartSheet *
stoker_chart_sheet_new (const StokerChartModel *model)
{
  StokerChartSheet *self = g_new0 (StokerChartSheet, 1);

  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  if (model->kind == STOKER_CHART_LINES)
    fill_places (self, model);
  else if (model->kind == STOKER_CHART_POINTS)
    fill_dots (self, model);
  else
    fill_categories (self, model);
  return self;
}

/**
 * stoker_chart_sheet_free:
 * @self: (transfer full): a sheet
 */
void
stoker_chart_sheet_free (StokerChartSheet *self)
{
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/**
 * stoker_chart_sheet_get_n_rows:
 *
 * Returns: how many rows there are below the head
 */
guint
stoker_chart_sheet_get_n_rows (const StokerChartSheet *self)
{
  return self->titles->len > 0 ? self->cells->len / self->titles->len : 0;
}

/**
 * stoker_chart_sheet_get_cell:
 * @row: from 0
 * @column: from 0
 *
 * Returns: (transfer none): the text of a cell
 */
const char *
stoker_chart_sheet_get_cell (const StokerChartSheet *self, guint row, guint column)
{
  return g_ptr_array_index (self->cells, row * self->titles->len + column);
}
