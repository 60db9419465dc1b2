/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-model.h"

#include <math.h>

G_DEFINE_BOXED_TYPE (StokerChartModel,
                     stoker_chart_model,
                     stoker_chart_model_ref,
                     stoker_chart_model_unref)

static void
series_free (gpointer data)
{
  StokerChartSeries *series = data;

  g_free (series->id);
  g_free (series->name);
  g_free (series->note);
  g_array_unref (series->points);
  g_free (series);
}

static void
mark_free (gpointer data)
{
  StokerChartMark *mark = data;

  g_free (mark->text);
  g_free (mark);
}

/**
 * stoker_chart_model_new:
 * @kind: how it is drawn
 * @id: word for the chart
 * @title: its heading
 *
 * Returns: (transfer full): an empty model, to be filled before it is handed on
 */
StokerChartModel *
stoker_chart_model_new (StokerChartKind kind, const char *id, const char *title)
{
  StokerChartModel *self = g_new0 (StokerChartModel, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->categories = g_ptr_array_new_with_free_func (g_free);
  self->category_ids = g_ptr_array_new_with_free_func (g_free);
  self->series = g_ptr_array_new_with_free_func (series_free);
  self->marks = g_ptr_array_new_with_free_func (mark_free);
  self->cursor = NAN;
  self->chosen_category = -1;
  return self;
}

static void
copy_axis (StokerChartAxis *copy, const StokerChartAxis *axis, gboolean is_log)
{
  *copy = *axis;
  copy->title = g_strdup (axis->title);
  copy->currency = g_strdup (axis->currency);
  copy->is_log = is_log;
  /* Nothing begins at 0 there: the range is that of the values. */
  if (is_log && axis->min <= 0)
    copy->min = copy->max = NAN;
}

/**
 * stoker_chart_model_copy_with_axes:
 * @is_log_x: whether its x axis is logarithmic
 * @is_log_y: whether its y axis is
 *
 * Returns: (transfer full): the same chart on other axes
 */
StokerChartModel *
stoker_chart_model_copy_with_axes (StokerChartModel *self, gboolean is_log_x, gboolean is_log_y)
{
  StokerChartModel *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  g_atomic_ref_count_init (&copy->ref_count);
  copy->id = g_strdup (self->id);
  copy->title = g_strdup (self->title);
  copy->summary = g_strdup (self->summary);
  copy->empty = g_strdup (self->empty);
  copy->cursor_text = g_strdup (self->cursor_text);
  copy_axis (&copy->x, &self->x, is_log_x);
  copy_axis (&copy->y, &self->y, is_log_y);
  g_ptr_array_ref (copy->categories);
  g_ptr_array_ref (copy->category_ids);
  g_ptr_array_ref (copy->series);
  g_ptr_array_ref (copy->marks);
  return copy;
}

/**
 * stoker_chart_model_ref:
 *
 * Returns: (transfer full): @self
 */
StokerChartModel *
stoker_chart_model_ref (StokerChartModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * stoker_chart_model_unref:
 * @self: (transfer full): a model
 *
 * Drops a reference.
 */
void
stoker_chart_model_unref (StokerChartModel *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->title);
  g_free (self->summary);
  g_free (self->empty);
  g_free (self->x.title);
  g_free (self->x.currency);
  g_free (self->y.title);
  g_free (self->y.currency);
  g_free (self->cursor_text);
  g_ptr_array_unref (self->categories);
  g_ptr_array_unref (self->category_ids);
  g_ptr_array_unref (self->series);
  g_ptr_array_unref (self->marks);
  g_free (self);
}

/**
 * stoker_chart_model_add_series:
 * @id: unique in the chart
 * @name: what the legend says
 *
 * Returns: (transfer none): a new series without points, to be filled
 */
StokerChartSeries *
stoker_chart_model_add_series (StokerChartModel *self, const char *id, const char *name)
{
  StokerChartSeries *series = g_new0 (StokerChartSeries, 1);

  series->id = g_strdup (id);
  series->name = g_strdup (name);
  series->points = g_array_new (FALSE, FALSE, sizeof (StokerChartPoint));
  g_ptr_array_add (self->series, series);
  return series;
}

/**
 * stoker_chart_model_add_category:
 * @id: id of what the row stands for
 * @name: what is written beside the row
 *
 * Adds a row below the others.
 */
void
stoker_chart_model_add_category (StokerChartModel *self, const char *id, const char *name)
{
  g_ptr_array_add (self->category_ids, g_strdup (id));
  g_ptr_array_add (self->categories, g_strdup (name));
}

/**
 * stoker_chart_model_add_mark:
 * @x: place on the x axis
 * @y: place on the y axis
 * @text: what happens there
 *
 * Adds a place with a meaning.
 */
void
stoker_chart_model_add_mark (StokerChartModel *self, double x, double y, const char *text)
{
  StokerChartMark *mark = g_new0 (StokerChartMark, 1);

  mark->x = x;
  mark->y = y;
  mark->text = g_strdup (text);
  g_ptr_array_add (self->marks, mark);
}

/**
 * stoker_chart_series_add_point:
 * @x: place on the x axis
 * @y: value; NAN when it is unknown
 *
 * Adds a point without a range.
 */
void
stoker_chart_series_add_point (StokerChartSeries *self, double x, double y)
{
  stoker_chart_series_add_range (self, x, y, NAN, NAN);
}

/**
 * stoker_chart_series_add_range:
 * @x: place on the x axis
 * @y: value; NAN when it is unknown
 * @low: the least it may be; NAN when there is no range
 * @high: the most it may be
 *
 * Adds a point with a range.
 */
void
stoker_chart_series_add_range (StokerChartSeries *self, double x, double y, double low, double high)
{
  const StokerChartPoint point = { x, y, low, high };

  g_array_append_val (self->points, point);
}
