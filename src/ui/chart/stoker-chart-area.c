/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-area.h"

#include "stoker-chart-axis.h"
#include "stoker-chart-canvas.h"
#include "stoker-chart-input-private.h"
#include "stoker-chart-overlay.h"

#include <adwaita.h>

#include <math.h>

#define MIN_WIDTH 200
#define NATURAL_WIDTH 640
/* What is left of a frame of 16 ms for the rest of the window. */
#define WORK_BUDGET_US 6000
#define EASE_MS 200

struct _StokerChartArea
{
  GtkWidget parent_instance;

  StokerChartModel *model; /* owned, nullable */
  char **hidden_ids;       /* owned, nullable */
  char *selected_id;       /* owned, nullable */
  gboolean is_log_x;
  gboolean is_log_y;
  double cursor;
  StokerChartSpot spot;

  StokerChartStyle style; /* of no meaning before has_style */
  gboolean has_style;
  int measured_width; /* -1: not measured */
  int measured_height;
  int drawn_width; /* as it was last allocated */
  int drawn_height;

  StokerChartScene *scene;   /* owned, nullable: made when it is needed */
  StokerChartCanvas *canvas; /* owned, nullable */
  GskRenderNode *shown;      /* owned, nullable: the finished canvas */
  GskRenderNode *previous;   /* owned, nullable: the chart before, while one fades into the other */
  AdwAnimation *fade;        /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (StokerChartArea, stoker_chart_area, GTK_TYPE_WIDGET)

static guint cursor_moved_signal;
static guint selected_signal;

static void
clear_scene (StokerChartArea *self)
{
  g_clear_pointer (&self->shown, gsk_render_node_unref);
  g_clear_pointer (&self->canvas, stoker_chart_canvas_free);
  g_clear_pointer (&self->scene, stoker_chart_scene_free);
  self->measured_width = -1;
}

static void
clear_style (StokerChartArea *self)
{
  clear_scene (self);
  if (self->has_style)
    stoker_chart_style_clear (&self->style);
  self->has_style = FALSE;
}

static const StokerChartStyle *
get_style (StokerChartArea *self)
{
  if (!self->has_style)
    stoker_chart_style_init_for_widget (&self->style, GTK_WIDGET (self));
  self->has_style = TRUE;
  return &self->style;
}

static void
ensure_scene (StokerChartArea *self)
{
  const StokerChartWish wish = { (const char *const *) self->hidden_ids, self->selected_id,
                                 self->is_log_x, self->is_log_y };
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->scene != NULL || self->model == NULL || width <= 0 || height <= 0)
    return;
  self->scene = stoker_chart_scene_new (self->model, get_style (self), &wish, width, height);
  self->canvas = stoker_chart_canvas_new (self->scene,
                                          gtk_widget_get_scale_factor (GTK_WIDGET (self)));
}

static void
end_fade (StokerChartArea *self)
{
  if (self->fade != NULL)
    adw_animation_reset (self->fade);
  g_clear_object (&self->fade);
  g_clear_pointer (&self->previous, gsk_render_node_unref);
}

static void
fade_done_cb (StokerChartArea *self)
{
  g_clear_pointer (&self->previous, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
fade_cb (double value, gpointer user_data)
{
  gtk_widget_queue_draw (user_data);
}

/* Lets the chart before ease into the new one; with reduced motion the animation ends at once. */
static void
begin_fade (StokerChartArea *self)
{
  g_autoptr (GskRenderNode) before = g_steal_pointer (&self->shown);

  end_fade (self);
  if (before == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->previous = g_steal_pointer (&before);
  self->fade = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, EASE_MS,
                                        adw_callback_animation_target_new (fade_cb, self, NULL));
  g_signal_connect_object (self->fade, "done", G_CALLBACK (fade_done_cb), self, G_CONNECT_SWAPPED);
  adw_animation_play (self->fade);
}

static gboolean
draw_on_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

static void
snapshot_chart (StokerChartArea *self, GtkSnapshot *snapshot, gint64 budget_us)
{
  g_autoptr (GtkSnapshot) pieces = NULL;

  if (self->shown == NULL)
    {
      gboolean is_done = stoker_chart_canvas_work (self->canvas, budget_us);

      pieces = gtk_snapshot_new ();
      stoker_chart_canvas_snapshot (self->canvas, pieces);
      self->shown = gtk_snapshot_to_node (pieces);
      if (!is_done)
        gtk_widget_add_tick_callback (GTK_WIDGET (self), draw_on_cb, NULL, NULL);
      if (!is_done && self->shown != NULL)
        {
          gtk_snapshot_append_node (snapshot, self->shown);
          g_clear_pointer (&self->shown, gsk_render_node_unref);
          return;
        }
    }
  if (self->shown != NULL)
    gtk_snapshot_append_node (snapshot, self->shown);
}

static void
snapshot_faded (StokerChartArea *self, GtkSnapshot *snapshot, gint64 budget_us)
{
  if (self->previous == NULL || self->fade == NULL)
    {
      snapshot_chart (self, snapshot, budget_us);
      return;
    }
  gtk_snapshot_push_cross_fade (snapshot, adw_animation_get_value (self->fade));
  gtk_snapshot_append_node (snapshot, self->previous);
  gtk_snapshot_pop (snapshot);
  snapshot_chart (self, snapshot, budget_us);
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_overlay (StokerChartArea *self, GtkSnapshot *snapshot)
{
  graphene_rect_t bounds;
  cairo_t *cr = NULL;

  if (stoker_chart_overlay_get_selection_bounds (self->scene, &bounds))
    {
      cr = gtk_snapshot_append_cairo (snapshot, &bounds);
      stoker_chart_overlay_draw_selection (self->scene, cr);
      cairo_destroy (cr);
    }
  if (isfinite (self->cursor) && !self->scene->has_rows)
    {
      graphene_rect_init (&bounds, 0, 0, (float) self->scene->total_width,
                          (float) self->scene->total_height);
      cr = gtk_snapshot_append_cairo (snapshot, &bounds);
      stoker_chart_overlay_draw_cursor (self->scene, cr, self->cursor,
                                        stoker_chart_spot_is_none (&self->spot));
      cairo_destroy (cr);
    }
  if (!stoker_chart_spot_is_none (&self->spot))
    {
      stoker_chart_overlay_get_spot_bounds (self->scene, &self->spot, &bounds);
      cr = gtk_snapshot_append_cairo (snapshot, &bounds);
      stoker_chart_overlay_draw_spot (self->scene, cr, &self->spot);
      cairo_destroy (cr);
    }
}

static void
stoker_chart_area_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  StokerChartArea *self = STOKER_CHART_AREA (widget);
  gint64 until_us = g_get_monotonic_time () + WORK_BUDGET_US;

  ensure_scene (self);
  if (self->scene == NULL)
    return;
  snapshot_faded (self, snapshot, until_us - g_get_monotonic_time ());
  /* Nothing points at what is not there yet. */
  if (self->shown != NULL)
    snapshot_overlay (self, snapshot);
}

static void
measure_height (StokerChartArea *self, int width)
{
  if (width < 0)
    width = NATURAL_WIDTH;
  if (self->measured_width == width)
    return;
  self->measured_width = width;
  self->measured_height = (int) ceil (
    stoker_chart_scene_measure_height (self->model, get_style (self), width));
}

static void
stoker_chart_area_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  StokerChartArea *self = STOKER_CHART_AREA (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }
  *minimum = *natural = 0;
  if (self->model == NULL)
    return;
  measure_height (self, for_size);
  *minimum = *natural = self->measured_height;
}

static GtkSizeRequestMode
stoker_chart_area_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
stoker_chart_area_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  StokerChartArea *self = STOKER_CHART_AREA (widget);

  /* Another model of the same size is allocated anew, too, and eases in. */
  if (self->drawn_width == width && self->drawn_height == height)
    return;
  self->drawn_width = width;
  self->drawn_height = height;
  end_fade (self);
  clear_scene (self);
}

static void
stoker_chart_area_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (stoker_chart_area_parent_class)->css_changed (widget, change);
  end_fade (STOKER_CHART_AREA (widget));
  clear_style (STOKER_CHART_AREA (widget));
  gtk_widget_queue_resize (widget);
}

static void
stoker_chart_area_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (stoker_chart_area_parent_class)->system_setting_changed (widget, setting);
  clear_style (STOKER_CHART_AREA (widget));
  gtk_widget_queue_resize (widget);
}

static void
stoker_chart_area_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  clear_style (STOKER_CHART_AREA (widget));
  gtk_widget_queue_resize (widget);
}

static void
stoker_chart_area_unmap (GtkWidget *widget)
{
  end_fade (STOKER_CHART_AREA (widget));
  GTK_WIDGET_CLASS (stoker_chart_area_parent_class)->unmap (widget);
}

static void
stoker_chart_area_dispose (GObject *object)
{
  StokerChartArea *self = STOKER_CHART_AREA (object);

  end_fade (self);
  clear_style (self);
  G_OBJECT_CLASS (stoker_chart_area_parent_class)->dispose (object);
}

static void
stoker_chart_area_finalize (GObject *object)
{
  StokerChartArea *self = STOKER_CHART_AREA (object);

  clear_style (self);
  g_clear_pointer (&self->model, stoker_chart_model_unref);
  g_clear_pointer (&self->hidden_ids, g_strfreev);
  g_clear_pointer (&self->selected_id, g_free);
  G_OBJECT_CLASS (stoker_chart_area_parent_class)->finalize (object);
}

static void
stoker_chart_area_class_init (StokerChartAreaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stoker_chart_area_dispose;
  object_class->finalize = stoker_chart_area_finalize;
  widget_class->snapshot = stoker_chart_area_snapshot;
  widget_class->measure = stoker_chart_area_measure;
  widget_class->get_request_mode = stoker_chart_area_get_request_mode;
  widget_class->size_allocate = stoker_chart_area_size_allocate;
  widget_class->css_changed = stoker_chart_area_css_changed;
  widget_class->system_setting_changed = stoker_chart_area_system_setting_changed;
  widget_class->direction_changed = stoker_chart_area_direction_changed;
  widget_class->unmap = stoker_chart_area_unmap;

  cursor_moved_signal = g_signal_new ("cursor-moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  selected_signal = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "chartarea");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
stoker_chart_area_init (StokerChartArea *self)
{
  self->cursor = NAN;
  self->spot = stoker_chart_spot_none ();
  self->measured_width = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  stoker_chart_input_attach (self);
}

/* What a screen reader says of the chart: what is looked at, or the whole in words. */
static void
update_description (StokerChartArea *self)
{
  g_autofree char *text = NULL;

  if (self->scene != NULL && !stoker_chart_spot_is_none (&self->spot))
    text = stoker_chart_spot_describe (self->scene, &self->spot);
  else if (self->model != NULL)
    text = g_strdup (self->model->summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

/**
 * stoker_chart_area_set_model:
 * @model: (nullable): what to draw
 */
void
stoker_chart_area_set_model (StokerChartArea *self, StokerChartModel *model)
{
  g_return_if_fail (STOKER_IS_CHART_AREA (self));

  begin_fade (self);
  clear_scene (self);
  self->spot = stoker_chart_spot_none ();
  g_clear_pointer (&self->model, stoker_chart_model_unref);
  self->model = model != NULL ? stoker_chart_model_ref (model) : NULL;
  update_description (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * stoker_chart_area_set_cursor:
 * @cursor: x of the line that can be dragged; NAN for none
 */
void
stoker_chart_area_set_cursor (StokerChartArea *self, double cursor)
{
  g_return_if_fail (STOKER_IS_CHART_AREA (self));

  self->cursor = cursor;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * stoker_chart_area_set_selected_id:
 * @id: (nullable): the candidate to mark
 */
void
stoker_chart_area_set_selected_id (StokerChartArea *self, const char *id)
{
  g_return_if_fail (STOKER_IS_CHART_AREA (self));

  g_free (self->selected_id);
  self->selected_id = g_strdup (id);
  if (self->scene != NULL)
    {
      g_free (self->scene->selected_id);
      self->scene->selected_id = g_strdup (id);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * stoker_chart_area_set_hidden_ids:
 * @ids: (array zero-terminated=1) (nullable): the series not to draw
 */
void
stoker_chart_area_set_hidden_ids (StokerChartArea *self, const char *const *ids)
{
  g_return_if_fail (STOKER_IS_CHART_AREA (self));

  begin_fade (self);
  clear_scene (self);
  self->spot = stoker_chart_spot_none ();
  g_strfreev (self->hidden_ids);
  self->hidden_ids = g_strdupv ((char **) ids);
  update_description (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * stoker_chart_area_set_log:
 * @is_log_x: whether the x axis is logarithmic, where the model allows it
 * @is_log_y: the same of the y axis
 */
void
stoker_chart_area_set_log (StokerChartArea *self, gboolean is_log_x, gboolean is_log_y)
{
  g_return_if_fail (STOKER_IS_CHART_AREA (self));

  if (self->is_log_x == is_log_x && self->is_log_y == is_log_y)
    return;
  begin_fade (self);
  clear_scene (self);
  self->is_log_x = is_log_x;
  self->is_log_y = is_log_y;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * stoker_chart_area_get_scene:
 *
 * Returns: (transfer none) (nullable): the chart as it is laid out now
 */
const StokerChartScene *
stoker_chart_area_get_scene (StokerChartArea *self)
{
  ensure_scene (self);
  return self->scene;
}

/**
 * stoker_chart_area_get_cursor:
 *
 * Returns: x of the line that can be dragged; NAN for none
 */
double
stoker_chart_area_get_cursor (StokerChartArea *self)
{
  return self->cursor;
}

/**
 * stoker_chart_area_get_spot:
 *
 * Returns: (transfer none): the value that is looked at
 */
const StokerChartSpot *
stoker_chart_area_get_spot (StokerChartArea *self)
{
  return &self->spot;
}

/**
 * stoker_chart_area_set_spot:
 * @spot: the value to look at, or none
 */
void
stoker_chart_area_set_spot (StokerChartArea *self, const StokerChartSpot *spot)
{
  if (stoker_chart_spot_equal (&self->spot, spot))
    return;
  self->spot = *spot;
  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * stoker_chart_area_move_cursor:
 * @x: where the reader wants the line, as a value
 *
 * Emits `cursor-moved` with a round value within the axis.
 */
void
stoker_chart_area_move_cursor (StokerChartArea *self, double x)
{
  ensure_scene (self);
  if (self->scene == NULL || !isfinite (self->cursor))
    return;
  x = stoker_chart_axis_round (&self->scene->x, x);
  if (!isfinite (x) || fabs (x - self->cursor) <= 0)
    return;
  stoker_chart_area_set_cursor (self, x);
  g_signal_emit (self, cursor_moved_signal, 0, x);
}

/**
 * stoker_chart_area_select:
 * @spot: a value, or none
 *
 * Emits `selected` with the candidate it belongs to; once more lets go of it.
 */
void
stoker_chart_area_select (StokerChartArea *self, const StokerChartSpot *spot)
{
  const char *id = NULL;

  ensure_scene (self);
  if (self->scene == NULL)
    return;
  id = stoker_chart_spot_is_none (spot) ? NULL : stoker_chart_spot_get_id (self->scene, spot);
  if (g_strcmp0 (id, self->selected_id) == 0)
    id = NULL;
  g_signal_emit (self, selected_signal, 0, id);
}
