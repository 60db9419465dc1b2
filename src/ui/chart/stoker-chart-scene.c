/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-scene.h"

#include "stoker-chart-axis.h"
#include "stoker-chart-format.h"
#include "stoker-chart-layout-private.h"

#include <glib/gi18n-lib.h>

#include <math.h>

/* So many series can be told apart; beyond that, those without a colour step back. */
#define MAX_LOUD 16
#define MAX_UNKNOWN_NAMES 6
#define PLOT_EMS 26

static gboolean
has_rows (const StokerChartModel *model)
{
  return model->kind == STOKER_CHART_BARS || model->kind == STOKER_CHART_RANGES;
}

static void
hide_series (StokerChartScene *self, const char *const *hidden_ids)
{
  for (guint i = 0; i < self->model->series->len; i++)
    {
      self->hidden[i] = hidden_ids != NULL &&
                        g_strv_contains (hidden_ids, stoker_chart_scene_get_series (self, i)->id);
      if (!self->hidden[i])
        self->n_visible++;
    }
}

/* The parts of a row on top of each other, without those that are switched off. NAN when nothing is
 * known of the row. */
static double
sum_row (const StokerChartScene *self, guint category, gboolean *is_complete)
{
  double sum = NAN;
  gboolean is_known = FALSE;

  *is_complete = TRUE;
  for (guint i = 0; i < self->model->series->len; i++)
    {
      const StokerChartPoint *cell = stoker_chart_scene_get_cell (self, i, category);

      if (cell == NULL)
        continue;
      is_known = is_known || !isnan (cell->y);
      if (self->hidden[i])
        continue;
      if (isnan (cell->y))
        *is_complete = FALSE;
      else
        sum = isnan (sum) ? cell->y : sum + cell->y;
    }
  return isnan (sum) && is_known ? 0 : sum;
}

static char *
describe_sum (const StokerChartScene *self, guint category)
{
  gboolean is_complete = TRUE;
  double sum = sum_row (self, category, &is_complete);
  g_autofree char *text = stoker_chart_format_value (&self->model->y, sum);

  return is_complete || isnan (sum) ? g_steal_pointer (&text)
                                    : g_strdup_printf (_ ("%s or more"), text);
}

static char *
describe_ranges (const StokerChartScene *self, guint category)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->model->series->len; i++)
    {
      const StokerChartPoint *cell = stoker_chart_scene_get_cell (self, i, category);
      g_autofree char *value = NULL;

      if (self->hidden[i] || cell == NULL)
        continue;
      value = stoker_chart_format_value (&self->model->y, cell->y);
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
describe_rows (StokerChartScene *self)
{
  gboolean is_bars = self->model->kind == STOKER_CHART_BARS;

  for (guint i = 0; self->has_rows && i < self->model->categories->len; i++)
    g_ptr_array_add (self->row_values,
                     is_bars ? describe_sum (self, i) : describe_ranges (self, i));
}

static gboolean
is_series_known (const StokerChartSeries *series)
{
  for (guint i = 0; i < series->points->len; i++)
    {
      const StokerChartPoint *point = &g_array_index (series->points, StokerChartPoint, i);

      if (isfinite (point->x) && isfinite (point->y))
        return TRUE;
    }
  return FALSE;
}

/* A curve that is nowhere cannot be seen missing: it is named. */
static void
describe_unknown (StokerChartScene *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n_unknown = 0;

  for (guint i = 0; i < self->model->series->len && !self->has_rows; i++)
    {
      const StokerChartSeries *series = stoker_chart_scene_get_series (self, i);

      if (self->hidden[i] || is_series_known (series))
        continue;
      if (n_unknown < MAX_UNKNOWN_NAMES)
        g_string_append_printf (names, "%s%s", n_unknown > 0 ? ", " : "", series->name);
      n_unknown++;
    }
  if (n_unknown > MAX_UNKNOWN_NAMES)
    g_string_append_printf (names, _ (" and %u more"), n_unknown - MAX_UNKNOWN_NAMES);
  if (n_unknown > 0)
    self->unknown_text = g_strdup_printf (_ ("Unknown: %s"), names->str);
}

static void
include_value (StokerChartAxis *axis, double value)
{
  if (!isfinite (value))
    return;
  axis->min = isnan (axis->min) ? value : MIN (axis->min, value);
  axis->max = isnan (axis->max) ? value : MAX (axis->max, value);
}

static void
include_rows (const StokerChartScene *self, StokerChartAxis *axis)
{
  for (guint i = 0; i < self->model->categories->len; i++)
    {
      gboolean is_complete = TRUE;

      include_value (axis, sum_row (self, i, &is_complete));
    }
}

/* The range of what is drawn, for a model that leaves it open or with series switched off. */
static void
find_range (const StokerChartScene *self, StokerChartAxis *axis, gboolean is_x)
{
  axis->min = axis->is_log ? NAN : 0;
  axis->max = axis->min;
  if (is_x)
    axis->min = axis->max = NAN;
  if (self->model->kind == STOKER_CHART_BARS)
    include_rows (self, axis);
  for (guint i = 0; i < self->model->series->len && self->model->kind != STOKER_CHART_BARS; i++)
    for (guint j = 0; j < stoker_chart_scene_get_series (self, i)->points->len && !self->hidden[i];
         j++)
      {
        const StokerChartPoint *point = stoker_chart_scene_get_point (self, i, j);

        include_value (axis, is_x ? point->x : point->y);
        if (!is_x && isfinite (point->high) && isfinite (point->low))
          {
            include_value (axis, point->low);
            include_value (axis, point->high);
          }
      }
}

static void
prepare_axis (StokerChartScene *self, StokerChartAxis *axis, gboolean is_log, gboolean is_x)
{
  gboolean is_open = !(axis->max > axis->min);
  gboolean is_part = !is_x && self->n_visible > 0 && self->n_visible < self->model->series->len;

  axis->is_log = is_log && (axis->can_be_log || axis->is_log) &&
                 self->model->kind != STOKER_CHART_BARS;
  if (is_open || is_part)
    find_range (self, axis, is_x);
  stoker_chart_axis_settle (axis);
}

/**
 * stoker_chart_scene_new:
 * @model: what to draw
 * @style: fonts and colours; must outlive the scene
 * @wish: what the reader asked for
 * @width: of the rectangle
 * @height: of the rectangle; charts with rows take what they need
 *
 * Returns: (transfer full): the model, laid out
 */
StokerChartScene *
stoker_chart_scene_new (StokerChartModel *model,
                        const StokerChartStyle *style,
                        const StokerChartWish *wish,
                        double width,
                        double height)
{
  StokerChartScene *self = g_new0 (StokerChartScene, 1);

  self->model = stoker_chart_model_ref (model);
  self->style = style;
  self->hidden = g_new0 (gboolean, model->series->len + 1);
  self->selected_id = g_strdup (wish->selected_id);
  self->row_values = g_ptr_array_new_with_free_func (g_free);
  self->total_width = width;
  self->total_height = height;
  self->has_rows = has_rows (model);
  self->x = self->has_rows ? model->y : model->x;
  self->y = model->y;
  hide_series (self, wish->hidden_ids);
  describe_rows (self);
  describe_unknown (self);
  prepare_axis (self, &self->x, self->has_rows ? wish->is_log_y : wish->is_log_x, !self->has_rows);
  prepare_axis (self, &self->y, wish->is_log_y, FALSE);
  stoker_chart_layout_arrange (self);
  return self;
}

/**
 * stoker_chart_scene_free:
 * @self: (transfer full): a scene
 */
void
stoker_chart_scene_free (StokerChartScene *self)
{
  g_clear_pointer (&self->model, stoker_chart_model_unref);
  g_clear_pointer (&self->hidden, g_free);
  g_clear_pointer (&self->selected_id, g_free);
  g_clear_pointer (&self->unknown_text, g_free);
  g_clear_pointer (&self->row_values, g_ptr_array_unref);
  g_clear_pointer (&self->x_ticks, g_array_unref);
  g_clear_pointer (&self->y_ticks, g_array_unref);
  g_free (self);
}

/**
 * stoker_chart_scene_measure_height:
 * @width: of the rectangle
 *
 * Returns: how high the chart wants to be at that width
 */
double
stoker_chart_scene_measure_height (StokerChartModel *model,
                                   const StokerChartStyle *style,
                                   double width)
{
  if (has_rows (model) && model->empty == NULL && model->categories->len > 0)
    return stoker_chart_layout_measure_rows (model, style, width);
  return ceil (PLOT_EMS * style->em);
}

/**
 * stoker_chart_scene_get_series:
 *
 * Returns: (transfer none): the series with number @i
 */
const StokerChartSeries *
stoker_chart_scene_get_series (const StokerChartScene *self, guint i)
{
  return g_ptr_array_index (self->model->series, i);
}

/**
 * stoker_chart_scene_get_point:
 *
 * Returns: (transfer none): the point with number @i of the series with number @series
 */
const StokerChartPoint *
stoker_chart_scene_get_point (const StokerChartScene *self, guint series, guint i)
{
  return &g_array_index (stoker_chart_scene_get_series (self, series)->points, StokerChartPoint, i);
}

static gboolean
is_at_category (const StokerChartPoint *point, guint category)
{
  return isfinite (point->x) && lround (point->x) == (long) category;
}

/**
 * stoker_chart_scene_get_cell:
 *
 * Returns: (transfer none) (nullable): the point of the series in the row of @category
 */
const StokerChartPoint *
stoker_chart_scene_get_cell (const StokerChartScene *self, guint series, guint category)
{
  guint n_points = stoker_chart_scene_get_series (self, series)->points->len;

  /* Usually there is one for each row. */
  if (category < n_points &&
      is_at_category (stoker_chart_scene_get_point (self, series, category), category))
    return stoker_chart_scene_get_point (self, series, category);
  for (guint i = 0; i < n_points; i++)
    if (is_at_category (stoker_chart_scene_get_point (self, series, i), category))
      return stoker_chart_scene_get_point (self, series, i);
  return NULL;
}

/**
 * stoker_chart_scene_is_quiet:
 *
 * Returns: whether the series is one of too many, drawn thin and grey
 */
gboolean
stoker_chart_scene_is_quiet (const StokerChartScene *self, guint series)
{
  const StokerChartSeries *s = stoker_chart_scene_get_series (self, series);

  return self->n_visible > MAX_LOUD && series >= STOKER_CHART_N_COLORS && !s->is_chosen &&
         !s->is_marked;
}

/**
 * stoker_chart_scene_has_data:
 *
 * Returns: whether there is anything to draw
 */
gboolean
stoker_chart_scene_has_data (const StokerChartScene *self)
{
  return self->model->empty == NULL && self->n_visible > 0 &&
         (!self->has_rows || self->model->categories->len > 0);
}

/**
 * stoker_chart_scene_mirror:
 * @x: a place in the rectangle
 *
 * Returns: @x, counted from the other side where people read from right to left
 */
double
stoker_chart_scene_mirror (const StokerChartScene *self, double x)
{
  return self->style->is_rtl ? self->total_width - x : x;
}

/**
 * stoker_chart_scene_get_x:
 * @value: a value of the horizontal axis
 *
 * Returns: its place in the rectangle; NAN when it has none
 */
double
stoker_chart_scene_get_x (const StokerChartScene *self, double value)
{
  double place = stoker_chart_axis_normalize (&self->x, value);

  return self->left + (self->style->is_rtl ? 1 - place : place) * self->width;
}

/**
 * stoker_chart_scene_get_y:
 * @value: a value of the vertical axis
 *
 * Returns: its place in the rectangle; NAN when it has none
 */
double
stoker_chart_scene_get_y (const StokerChartScene *self, double value)
{
  return self->top + (1 - stoker_chart_axis_normalize (&self->y, value)) * self->height;
}

/**
 * stoker_chart_scene_get_value_at:
 * @x: a place in the rectangle
 *
 * Returns: the value of the horizontal axis there
 */
double
stoker_chart_scene_get_value_at (const StokerChartScene *self, double x)
{
  double place = (x - self->left) / self->width;

  return stoker_chart_axis_denormalize (&self->x, self->style->is_rtl ? 1 - place : place);
}

/**
 * stoker_chart_scene_get_row_top:
 *
 * Returns: where the row of @category begins
 */
double
stoker_chart_scene_get_row_top (const StokerChartScene *self, guint category)
{
  return self->top + category * self->row_height;
}

/**
 * stoker_chart_scene_get_bar_middle:
 *
 * Returns: the height at which the bars of @category lie
 */
double
stoker_chart_scene_get_bar_middle (const StokerChartScene *self, guint category)
{
  double top = stoker_chart_scene_get_row_top (self, category);
  double name = self->is_narrow ? self->style->line_height : 0;

  return top + (self->row_height + name) / 2;
}

/**
 * stoker_chart_scene_dup_row_name:
 *
 * Returns: (transfer full): what stands beside the row of @category
 */
char *
stoker_chart_scene_dup_row_name (const StokerChartScene *self, guint category)
{
  const char *name = g_ptr_array_index (self->model->categories, category);

  return self->model->chosen_category == (int) category ? g_strconcat ("✓ ", name, NULL)
                                                        : g_strdup (name);
}

/**
 * stoker_chart_scene_interpolate:
 * @series: number of a series
 * @x: a value of the horizontal axis
 *
 * Returns: the height of its curve at @x, on the straight line between two points; NAN outside it
 */
double
stoker_chart_scene_interpolate (const StokerChartScene *self, guint series, double x)
{
  guint from = 0;
  guint to = stoker_chart_scene_get_series (self, series)->points->len;
  const StokerChartPoint *a = NULL;
  const StokerChartPoint *b = NULL;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (stoker_chart_scene_get_point (self, series, middle)->x <= x)
        from = middle + 1;
      else
        to = middle;
    }
  if (from == 0)
    return NAN;
  a = stoker_chart_scene_get_point (self, series, from - 1);
  if (x - a->x <= 0)
    return a->y;
  if (from == stoker_chart_scene_get_series (self, series)->points->len)
    return NAN;
  b = stoker_chart_scene_get_point (self, series, from);
  return a->y + (b->y - a->y) * (x - a->x) / (b->x - a->x);
}
