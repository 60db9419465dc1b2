/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-layer.h"
#include "stoker-chart-text.h"

#include <math.h>

#define RADIUS 5
#define CHOSEN_RADIUS 7
#define QUIET_RADIUS 3
#define MAX_LABELS 12

typedef StokerChartLayer StokerPointLayer;
typedef StokerChartLayerClass StokerPointLayerClass;

G_DEFINE_FINAL_TYPE (StokerPointLayer, stoker_point_layer, STOKER_TYPE_CHART_LAYER)

typedef struct
{
  double x;
  double y;
  guint series;
} Dot;

static gboolean
find_dot (const StokerChartScene *scene, guint series, Dot *dot)
{
  const StokerChartSeries *s = stoker_chart_scene_get_series (scene, series);
  const StokerChartPoint *point = NULL;

  if (scene->hidden[series] || s->points->len == 0)
    return FALSE;
  point = stoker_chart_scene_get_point (scene, series, 0);
  dot->x = stoker_chart_scene_get_x (scene, point->x);
  dot->y = stoker_chart_scene_get_y (scene, point->y);
  dot->series = series;
  return isfinite (dot->x) && isfinite (dot->y);
}

/* One step for the front, one for each dot, one for the names. */
static guint
stoker_point_layer_count_steps (StokerChartLayer *layer, const StokerChartScene *scene)
{
  return stoker_chart_scene_has_data (scene) ? scene->model->series->len + 2 : 0;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  double difference = ((const Dot *) a)->x - ((const Dot *) b)->x;

  return (difference > 0) - (difference < 0);
}

static GArray *
find_front (const StokerChartScene *scene)
{
  GArray *front = g_array_new (FALSE, FALSE, sizeof (Dot));

  for (guint i = 0; i < scene->model->series->len; i++)
    {
      Dot dot;

      if (stoker_chart_scene_get_series (scene, i)->is_marked && find_dot (scene, i, &dot))
        g_array_append_val (front, dot);
    }
  g_array_sort (front, compare_places);
  return front;
}

static void
draw_front (const StokerChartScene *scene, cairo_t *cr)
{
  g_autoptr (GArray) front = find_front (scene);
  GdkRGBA color = stoker_chart_style_fade (&scene->style->foreground, 0.4);

  for (guint i = 0; i < front->len; i++)
    {
      const Dot *dot = &g_array_index (front, Dot, i);

      cairo_line_to (cr, dot->x, dot->y);
    }
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 1.5);
  stoker_chart_style_set_dash (cr, 1);
  cairo_stroke (cr);
}

static void
draw_range (const StokerChartScene *scene, cairo_t *cr, const Dot *dot, const GdkRGBA *color)
{
  const StokerChartPoint *point = stoker_chart_scene_get_point (scene, dot->series, 0);
  double low = stoker_chart_scene_get_y (scene, point->low);
  double high = stoker_chart_scene_get_y (scene, point->high);

  if (!isfinite (low) || !isfinite (high))
    return;
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, dot->x, low);
  cairo_line_to (cr, dot->x, high);
  cairo_stroke (cr);
}

static double
get_radius (const StokerChartScene *scene, guint series)
{
  if (stoker_chart_scene_is_quiet (scene, series))
    return QUIET_RADIUS;
  return stoker_chart_scene_get_series (scene, series)->is_chosen ? CHOSEN_RADIUS : RADIUS;
}

static void
draw_dot (const StokerChartScene *scene, cairo_t *cr, guint series)
{
  StokerChartPaint paint;
  Dot dot;

  if (!find_dot (scene, series, &dot))
    return;
  stoker_chart_style_get_paint (scene->style, stoker_chart_scene_get_series (scene, series),
                                &paint);
  if (stoker_chart_scene_is_quiet (scene, series))
    paint.color = stoker_chart_style_fade (&scene->style->foreground, 0.4);
  draw_range (scene, cr, &dot, &paint.color);
  stoker_chart_style_draw_marker (cr, scene->style, &paint, dot.x, dot.y,
                                  get_radius (scene, series));
}

/* Names go where no other name and no dot is, the important ones first. */
static gboolean
is_free (GArray *taken, const graphene_rect_t *place)
{
  for (guint i = 0; i < taken->len; i++)
    if (graphene_rect_intersection (&g_array_index (taken, graphene_rect_t, i), place, NULL))
      return FALSE;
  return TRUE;
}

static gboolean
find_place (const StokerChartScene *scene,
            GArray *taken,
            const Dot *dot,
            double width,
            graphene_rect_t *place)
{
  double height = ceil (scene->style->line_height * 0.85);
  const double offsets[][2] = { { RADIUS + 5, -height / 2 },
                                { -RADIUS - 5 - width, -height / 2 },
                                { -width / 2, -height - RADIUS - 3 },
                                { -width / 2, RADIUS + 3 } };

  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      double x = dot->x + offsets[i][0];
      double y = dot->y + offsets[i][1];

      graphene_rect_init (place, (float) x, (float) y, (float) width, (float) height);
      if (x >= scene->left && x + width <= scene->total_width && y >= scene->top &&
          y + height <= scene->top + scene->height && is_free (taken, place))
        return TRUE;
    }
  return FALSE;
}

static void
draw_name (const StokerChartScene *scene, cairo_t *cr, GArray *taken, const Dot *dot)
{
  const StokerChartSeries *series = stoker_chart_scene_get_series (scene, dot->series);
  graphene_rect_t found;
  StokerChartPlace place = { .face = STOKER_CHART_FACE_CAPTION, .has_halo = TRUE };
  double width = 0;

  stoker_chart_text_measure (scene->style, series->name, STOKER_CHART_FACE_CAPTION, &width, NULL);
  if (!find_place (scene, taken, dot, width, &found))
    return;
  g_array_append_val (taken, found);
  place.x = graphene_rect_get_x (&found);
  place.y = graphene_rect_get_y (&found);
  place.color = series->is_chosen ? &scene->style->accent : NULL;
  stoker_chart_text_draw (cr, scene->style, series->name, &place);
}

static gboolean
is_named (const StokerChartScene *scene, guint series, int round)
{
  const StokerChartSeries *s = stoker_chart_scene_get_series (scene, series);

  if (round == 0)
    return s->is_chosen;
  if (round == 1)
    return s->is_marked && !s->is_chosen;
  return !s->is_marked && !s->is_chosen && scene->n_visible <= MAX_LABELS;
}

static void
draw_names (const StokerChartScene *scene, cairo_t *cr)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  Dot dot;

  for (guint i = 0; i < scene->model->series->len; i++)
    if (find_dot (scene, i, &dot))
      {
        graphene_rect_t place = GRAPHENE_RECT_INIT ((float) dot.x - RADIUS, (float) dot.y - RADIUS,
                                                    2 * RADIUS, 2 * RADIUS);

        g_array_append_val (taken, place);
      }
  for (int round = 0; round < 3; round++)
    for (guint i = 0; i < scene->model->series->len; i++)
      if (is_named (scene, i, round) && find_dot (scene, i, &dot))
        draw_name (scene, cr, taken, &dot);
}

static void
stoker_point_layer_draw_step (StokerChartLayer *layer,
                              const StokerChartScene *scene,
                              cairo_t *cr,
                              guint step)
{
  guint n_series = scene->model->series->len;

  if (step == 0)
    draw_front (scene, cr);
  else if (step <= n_series)
    draw_dot (scene, cr, n_series - step);
  else
    draw_names (scene, cr);
}

static void
stoker_point_layer_class_init (StokerPointLayerClass *klass)
{
  klass->count_steps = stoker_point_layer_count_steps;
  klass->draw_step = stoker_point_layer_draw_step;
}

static void
stoker_point_layer_init (StokerPointLayer *self)
{
}
