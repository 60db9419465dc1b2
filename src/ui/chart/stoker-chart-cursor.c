/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-format.h"
#include "stoker-chart-overlay.h"
#include "stoker-chart-rows-private.h"
#include "stoker-chart-text.h"

#include <math.h>

/* More labels than this are not read any more. */
#define MAX_LABELS 10
#define DOT_RADIUS 4
#define PAD 6
#define OFFSET 14
#define NAME_GAP 8
/* With less room than this beside the figure, its name is left out. */
#define MIN_NAME 56

typedef struct
{
  guint series;
  double value;
  double y;
  int rank;
  char *text; /* owned */
} CursorLabel;

typedef struct
{
  double left;
  double value_width;
  double name_width;
  double line; /* height of a label */
} LabelColumn;

static void
clear_label (gpointer label)
{
  g_clear_pointer (&((CursorLabel *) label)->text, g_free);
}

static int
rank_series (const StokerChartScene *scene, guint i)
{
  const StokerChartSeries *series = stoker_chart_scene_get_series (scene, i);

  if (series->is_chosen)
    return 0;
  if (g_strcmp0 (series->id, scene->selected_id) == 0)
    return 1;
  return series->is_marked ? 2 : 3 + (int) i;
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  return ((const CursorLabel *) a)->rank - ((const CursorLabel *) b)->rank;
}

static int
compare_heights (gconstpointer a, gconstpointer b)
{
  double difference = ((const CursorLabel *) a)->y - ((const CursorLabel *) b)->y;

  return (difference > 0) - (difference < 0);
}

static GArray *
find_labels (const StokerChartScene *scene, double cursor, guint most)
{
  GArray *labels = g_array_new (FALSE, TRUE, sizeof (CursorLabel));

  g_array_set_clear_func (labels, clear_label);
  for (guint i = 0; i < scene->model->series->len; i++)
    {
      CursorLabel label = { .series = i };

      if (scene->hidden[i])
        continue;
      label.value = stoker_chart_scene_interpolate (scene, i, cursor);
      label.y = stoker_chart_scene_get_y (scene, label.value);
      label.rank = rank_series (scene, i);
      if (label.y >= scene->top - 1 && label.y <= scene->top + scene->height + 1)
        g_array_append_val (labels, label);
    }
  g_array_sort (labels, compare_ranks);
  g_array_set_size (labels, MIN (labels->len, most));
  g_array_sort (labels, compare_heights);
  return labels;
}

static double
write_values (const StokerChartScene *scene, GArray *labels)
{
  double widest = 0;

  for (guint i = 0; i < labels->len; i++)
    {
      CursorLabel *label = &g_array_index (labels, CursorLabel, i);
      double width = 0;

      label->text = stoker_chart_format_value (&scene->y, label->value);
      stoker_chart_text_measure (scene->style, label->text, STOKER_CHART_FACE_STRONG, &width, NULL);
      widest = MAX (widest, width);
    }
  return widest;
}

static double
measure_names (const StokerChartScene *scene, GArray *labels)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < labels->len; i++)
    g_ptr_array_add (names,
                     stoker_chart_scene_get_series (scene,
                                                    g_array_index (labels, CursorLabel, i).series)
                       ->name);
  return stoker_chart_text_get_longest (scene->style, names, STOKER_CHART_FACE_CAPTION);
}

/* Beside the line, on the side with more room. */
static LabelColumn
place_column (const StokerChartScene *scene, GArray *labels, double x)
{
  LabelColumn column = { .line = scene->style->line_height + 2 };
  double before = x - scene->left;
  double after = scene->left + scene->width - x;
  double room = MAX (before, after) - OFFSET - 2 * PAD;
  double width = 0;

  column.value_width = write_values (scene, labels);
  column.name_width = MIN (measure_names (scene, labels), room - column.value_width - NAME_GAP);
  if (column.name_width < MIN_NAME)
    column.name_width = 0;
  width = column.value_width + 2 * PAD;
  width += column.name_width > 0 ? column.name_width + NAME_GAP : 0;
  column.left = after >= before || after >= width + OFFSET ? x + OFFSET : x - OFFSET - width;
  return column;
}

static void
draw_leader (const StokerChartScene *scene,
             cairo_t *cr,
             const CursorLabel *label,
             const LabelColumn *column,
             double x,
             double middle)
{
  double end = column->left > x ? column->left : x - OFFSET;
  StokerChartPaint paint;

  stoker_chart_style_get_paint (scene->style, stoker_chart_scene_get_series (scene, label->series),
                                &paint);
  gdk_cairo_set_source_rgba (cr, &paint.color);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, x, label->y);
  cairo_line_to (cr, end, middle);
  cairo_stroke (cr);
  stoker_chart_style_draw_marker (cr, scene->style, &paint, x, label->y, DOT_RADIUS);
}

static void
draw_label (const StokerChartScene *scene,
            cairo_t *cr,
            const CursorLabel *label,
            const LabelColumn *column,
            double middle)
{
  const StokerChartSeries *series = stoker_chart_scene_get_series (scene, label->series);
  StokerChartPlace place = { .y = middle, .align_y = 0.5, .face = STOKER_CHART_FACE_STRONG };

  place.color = series->is_chosen ? &scene->style->accent : NULL;
  place.x = column->left + PAD + column->value_width;
  place.align_x = 1;
  stoker_chart_text_draw (cr, scene->style, label->text, &place);
  if (column->name_width <= 0)
    return;
  place.face = STOKER_CHART_FACE_CAPTION;
  place.x += NAME_GAP;
  place.align_x = 0;
  place.max_width = column->name_width;
  stoker_chart_text_draw (cr, scene->style, series->name, &place);
}

static void
draw_back (const StokerChartScene *scene,
           cairo_t *cr,
           const LabelColumn *column,
           const double *middles,
           guint n)
{
  GdkRGBA back = stoker_chart_style_fade (&scene->style->background, 0.92);
  double width = column->value_width + 2 * PAD;
  double top = middles[0] - column->line / 2 - 2;

  width += column->name_width > 0 ? column->name_width + NAME_GAP : 0;
  stoker_chart_rows_add_rounded (cr, column->left, top, width,
                                 middles[n - 1] + column->line / 2 + 2 - top, PAD);
  gdk_cairo_set_source_rgba (cr, &back);
  cairo_fill (cr);
}

static void
draw_labels (const StokerChartScene *scene, cairo_t *cr, double cursor, double x)
{
  double line = scene->style->line_height + 2;
  guint most = (guint) CLAMP (scene->height / line, 1, MAX_LABELS);
  g_autoptr (GArray) labels = find_labels (scene, cursor, most);
  LabelColumn column = place_column (scene, labels, x);
  double middles[MAX_LABELS];

  if (labels->len == 0)
    return;
  for (guint i = 0; i < labels->len; i++)
    middles[i] = g_array_index (labels, CursorLabel, i).y;
  stoker_chart_text_spread (middles, labels->len, column.line, scene->top,
                            scene->top + scene->height);
  draw_back (scene, cr, &column, middles, labels->len);
  for (guint i = 0; i < labels->len; i++)
    {
      const CursorLabel *label = &g_array_index (labels, CursorLabel, i);

      draw_leader (scene, cr, label, &column, x, middles[i]);
      draw_label (scene, cr, label, &column, middles[i]);
    }
}

static void
draw_pill (const StokerChartScene *scene, cairo_t *cr, double cursor, double x)
{
  g_autofree char *value = stoker_chart_format_value (&scene->x, cursor);
  const char *words = scene->model->cursor_text;
  g_autofree char *text = g_strjoin (words != NULL ? " " : "", value, words != NULL ? words : "",
                                     NULL);
  StokerChartPlace place = { .face = STOKER_CHART_FACE_CAPTION,
                             .color = &scene->style->background };
  double width = 0;
  double height = 0;

  stoker_chart_text_measure (scene->style, text, place.face, &width, &height);
  width += 2 * PAD + 4;
  place.x = CLAMP (x - width / 2, 0, MAX (scene->total_width - width, 0));
  place.y = scene->top - height - 5;
  stoker_chart_rows_add_rounded (cr, place.x, place.y - 2, width, height + 4, height);
  gdk_cairo_set_source_rgba (cr, &scene->style->accent);
  cairo_fill (cr);
  place.x += PAD + 2;
  stoker_chart_text_draw (cr, scene->style, text, &place);
}

/**
 * stoker_chart_overlay_draw_cursor:
 * @cursor: a value of the horizontal axis
 * @has_labels: whether to write the values, too
 *
 * Draws the line at @cursor with the value of each curve beside it; when there are too many, those
 * of the chosen, the selected and the first.
 */
void
stoker_chart_overlay_draw_cursor (const StokerChartScene *scene,
                                  cairo_t *cr,
                                  double cursor,
                                  gboolean has_labels)
{
  double x = round (stoker_chart_scene_get_x (scene, cursor)) + 0.5;

  if (scene->has_rows || !stoker_chart_scene_has_data (scene) ||
      !(x >= scene->left - 1 && x <= scene->left + scene->width + 1))
    return;
  gdk_cairo_set_source_rgba (cr, &scene->style->accent);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, x, scene->top - 3);
  cairo_line_to (cr, x, scene->top + scene->height);
  cairo_stroke (cr);
  if (has_labels)
    draw_labels (scene, cr, cursor, x);
  draw_pill (scene, cr, cursor, x);
}
