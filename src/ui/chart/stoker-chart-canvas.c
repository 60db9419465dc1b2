/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-canvas.h"

#include "stoker-chart-layer.h"

#include <math.h>

/* Rows in a piece: the screen shows a few pieces, and the others cost nothing. */
#define PIECE 8

/* As many pieces in a frame: what is recorded in no time is painted at the end of the frame, which
 * takes ten times as long. */
#define PIECES_A_FRAME 2

/* To show an image takes about as long as all else in a frame, so it is done now and then, in a
 * frame of its own, unless drawing was over so soon. */
#define SLICES_UNSEEN 8
#define SOON_US 4000

struct _StokerChartCanvas
{
  const StokerChartScene *scene; /* borrowed */
  GPtrArray *layers;             /* owned */
  GPtrArray *nodes;              /* owned, of GskRenderNode: finished pieces of a chart with rows */
  cairo_surface_t *image;        /* owned, nullable: a chart without rows */
  GskRenderNode *image_node;     /* owned, nullable: @image as it was last shown */
  guint n_unseen;                /* slices of drawing since then */
  int scale;
  guint layer;
  guint step;
};

/**
 * stoker_chart_canvas_new:
 * @scene: what to draw; must outlive the canvas
 * @scale: pixels of the screen in one of the scene
 *
 * Returns: (transfer full): an empty canvas
 */
StokerChartCanvas *
stoker_chart_canvas_new (const StokerChartScene *scene, int scale)
{
  StokerChartCanvas *self = g_new0 (StokerChartCanvas, 1);

  self->scene = scene;
  self->scale = scale;
  self->layers = stoker_chart_layer_make_stack (scene->model->kind);
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) gsk_render_node_unref);
  if (scene->has_rows)
    return self;
  self->image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                            (int) ceil (scene->total_width) * scale,
                                            (int) ceil (scene->total_height) * scale);
  cairo_surface_set_device_scale (self->image, scale, scale);
  return self;
}

/**
 * stoker_chart_canvas_free:
 * @self: (transfer full): a canvas
 */
void
stoker_chart_canvas_free (StokerChartCanvas *self)
{
  g_clear_pointer (&self->layers, g_ptr_array_unref);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_pointer (&self->image, cairo_surface_destroy);
  g_clear_pointer (&self->image_node, gsk_render_node_unref);
  g_free (self);
}

static StokerChartLayer *
get_layer (StokerChartCanvas *self)
{
  return self->layer < self->layers->len ? g_ptr_array_index (self->layers, self->layer) : NULL;
}

/* The head above the rows, or so many of the rows. */
static void
get_piece (StokerChartCanvas *self, guint n_steps, graphene_rect_t *bounds)
{
  const StokerChartScene *scene = self->scene;
  double top = stoker_chart_scene_get_row_top (scene, self->step);
  double height = n_steps * scene->row_height;

  if (self->layer == 0)
    {
      top = 0;
      height = MAX (scene->top, scene->model->empty != NULL ? scene->total_height : 0);
    }
  graphene_rect_init (bounds, 0, (float) top, (float) scene->total_width, (float) height);
}

static void
draw_steps (StokerChartCanvas *self, cairo_t *cr, guint n_steps)
{
  for (guint i = 0; i < n_steps; i++)
    stoker_chart_layer_draw_step (get_layer (self), self->scene, cr, self->step++);
}

static void
draw_piece (StokerChartCanvas *self, guint n_steps)
{
  g_autoptr (GskRenderNode) node = NULL;
  graphene_rect_t bounds;
  cairo_t *cr = NULL;

  get_piece (self, n_steps, &bounds);
  node = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (node);
  draw_steps (self, cr, n_steps);
  cairo_destroy (cr);
  g_ptr_array_add (self->nodes, g_steal_pointer (&node));
}

static void
draw_on_image (StokerChartCanvas *self, guint n_steps)
{
  cairo_t *cr = cairo_create (self->image);

  draw_steps (self, cr, n_steps);
  cairo_destroy (cr);
}

/* Draws a little more. Returns FALSE when there is nothing left. */
static gboolean
draw_more (StokerChartCanvas *self)
{
  StokerChartLayer *layer = get_layer (self);
  guint n_steps = 0;

  if (layer == NULL)
    return FALSE;
  n_steps = stoker_chart_layer_count_steps (layer, self->scene);
  n_steps = MIN (n_steps - MIN (self->step, n_steps), PIECE);
  if (n_steps == 0)
    {
      self->layer++;
      self->step = 0;
      return TRUE;
    }
  if (self->image != NULL)
    draw_on_image (self, n_steps);
  else
    draw_piece (self, n_steps);
  return TRUE;
}

static void
show_image (StokerChartCanvas *self)
{
  cairo_t *cr = NULL;

  g_clear_pointer (&self->image_node, gsk_render_node_unref);
  self->image_node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0,
                                                              (float) self->scene->total_width,
                                                              (float) self->scene->total_height));
  cr = gsk_cairo_node_get_draw_context (self->image_node);
  cairo_set_source_surface (cr, self->image, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  self->n_unseen = 0;
}

/* Draws until the time is over or there is enough for a frame. */
static void
draw_slice (StokerChartCanvas *self, gint64 until_us)
{
  guint most = self->nodes->len + PIECES_A_FRAME;

  while (g_get_monotonic_time () < until_us && self->nodes->len < most && draw_more (self))
    continue;
  self->n_unseen++;
}

static gboolean
must_show (StokerChartCanvas *self, gint64 worked_us)
{
  guint most = self->image_node != NULL ? SLICES_UNSEEN : 1;

  return get_layer (self) == NULL ? worked_us < SOON_US : worked_us == 0 && self->n_unseen >= most;
}

/**
 * stoker_chart_canvas_work:
 * @budget_us: how long it may take; less than nothing when others have used it up
 *
 * Goes on with drawing.
 *
 * Returns: whether the canvas is finished
 */
gboolean
stoker_chart_canvas_work (StokerChartCanvas *self, gint64 budget_us)
{
  gint64 began_us = g_get_monotonic_time ();

  if (self->image == NULL)
    {
      draw_slice (self, began_us + budget_us);
      return get_layer (self) == NULL;
    }
  if (!must_show (self, 0))
    {
      draw_slice (self, began_us + budget_us);
      if (!must_show (self, g_get_monotonic_time () - began_us))
        return FALSE;
    }
  show_image (self);
  return get_layer (self) == NULL;
}

/**
 * stoker_chart_canvas_snapshot:
 * @snapshot: of the widget
 *
 * Shows what is drawn so far.
 */
void
stoker_chart_canvas_snapshot (StokerChartCanvas *self, GtkSnapshot *snapshot)
{
  if (self->image_node != NULL)
    gtk_snapshot_append_node (snapshot, self->image_node);
  for (guint i = 0; i < self->nodes->len; i++)
    gtk_snapshot_append_node (snapshot, g_ptr_array_index (self->nodes, i));
}
