/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-input-private.h"

#include <math.h>

/* Pointer and keys of a chart. Hovering and the arrows look at values, dragging and Shift with the
 * arrows move the line, a click and Enter select. */

/* A press this near to the line takes hold of it. */
#define GRIP 16
/* Steps of the line from one end to the other. */
#define N_CURSOR_STEPS 100

static double
get_cursor_x (StokerChartArea *area, const StokerChartScene *scene)
{
  return stoker_chart_scene_get_x (scene, stoker_chart_area_get_cursor (area));
}

static gboolean
is_on_line (StokerChartArea *area, double x)
{
  const StokerChartScene *scene = stoker_chart_area_get_scene (area);

  return scene != NULL && !scene->has_rows && fabs (get_cursor_x (area, scene) - x) <= GRIP;
}

static void
look_at (StokerChartArea *area, double x, double y)
{
  const StokerChartScene *scene = stoker_chart_area_get_scene (area);
  StokerChartSpot spot = stoker_chart_spot_none ();

  if (scene != NULL)
    spot = stoker_chart_spot_find (scene, x, y);
  stoker_chart_area_set_spot (area, &spot);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (area), is_on_line (area, x) ? "ew-resize" : NULL);
}

static void
look_away (StokerChartArea *area)
{
  const StokerChartSpot none = stoker_chart_spot_none ();

  stoker_chart_area_set_spot (area, &none);
}

static void
drag_began_cb (StokerChartArea *area, double x, double y, GtkGestureDrag *drag)
{
  if (!is_on_line (area, x))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (area));
  look_away (area);
}

static void
drag_moved_cb (StokerChartArea *area, double dx, double dy, GtkGestureDrag *drag)
{
  const StokerChartScene *scene = stoker_chart_area_get_scene (area);
  double x = 0;
  double y = 0;

  if (scene == NULL || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  stoker_chart_area_move_cursor (area, stoker_chart_scene_get_value_at (scene, x + dx));
}

static void
pointer_moved_cb (StokerChartArea *area, double x, double y, GtkEventController *motion)
{
  /* A line that is dragged shows the values already. */
  if ((gtk_event_controller_get_current_event_state (motion) & GDK_BUTTON1_MASK) == 0)
    look_at (area, x, y);
}

static void
clicked_cb (StokerChartArea *area, int n_presses, double x, double y, GtkGesture *click)
{
  gtk_widget_grab_focus (GTK_WIDGET (area));
  look_at (area, x, y);
  if (!is_on_line (area, x) && !stoker_chart_spot_is_none (stoker_chart_area_get_spot (area)))
    stoker_chart_area_select (area, stoker_chart_area_get_spot (area));
}

static void
shift_cursor (StokerChartArea *area, int direction)
{
  const StokerChartScene *scene = stoker_chart_area_get_scene (area);
  double step = 0;

  if (scene == NULL || scene->has_rows || !isfinite (stoker_chart_area_get_cursor (area)))
    return;
  step = scene->width / N_CURSOR_STEPS;
  stoker_chart_area_move_cursor (area, stoker_chart_scene_get_value_at (scene,
                                                                        get_cursor_x (area, scene) +
                                                                          direction * step));
}

/* Keeps a row that was reached by keyboard in sight. */
static void
scroll_to_spot (StokerChartArea *area, const StokerChartScene *scene)
{
  const StokerChartSpot *spot = stoker_chart_area_get_spot (area);
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (area), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = NULL;
  double x = 0;
  double y = 0;

  if (scrolled == NULL || spot->category < 0 ||
      !gtk_widget_translate_coordinates (GTK_WIDGET (area), scrolled, 0,
                                         stoker_chart_scene_get_row_top (scene,
                                                                         (guint) spot->category),
                                         &x, &y))
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  y += gtk_adjustment_get_value (adjustment);
  gtk_adjustment_clamp_page (adjustment, y, y + scene->row_height);
}

static gboolean
move_spot (StokerChartArea *area, StokerChartStep step)
{
  const StokerChartScene *scene = stoker_chart_area_get_scene (area);
  StokerChartSpot spot;

  if (scene == NULL)
    return FALSE;
  spot = stoker_chart_spot_move (scene, stoker_chart_area_get_spot (area), step);
  stoker_chart_area_set_spot (area, &spot);
  scroll_to_spot (area, scene);
  return TRUE;
}

static gboolean
move_by_key (StokerChartArea *area, guint key)
{
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return move_spot (area, STOKER_CHART_STEP_LEFT);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return move_spot (area, STOKER_CHART_STEP_RIGHT);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return move_spot (area, STOKER_CHART_STEP_UP);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return move_spot (area, STOKER_CHART_STEP_DOWN);
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      return move_spot (area, STOKER_CHART_STEP_FIRST);
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      return move_spot (area, STOKER_CHART_STEP_LAST);
    default:
      return FALSE;
    }
}

static gboolean
act_by_key (StokerChartArea *area, guint key)
{
  const StokerChartSpot *spot = stoker_chart_area_get_spot (area);
  gboolean is_enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_space;

  if (stoker_chart_spot_is_none (spot) || (!is_enter && key != GDK_KEY_Escape))
    return FALSE;
  if (is_enter)
    stoker_chart_area_select (area, spot);
  else
    look_away (area);
  return TRUE;
}

static gboolean
key_pressed_cb (
  StokerChartArea *area, guint key, guint code, GdkModifierType state, GtkEventController *keys)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  gboolean is_left = key == GDK_KEY_Left || key == GDK_KEY_KP_Left;
  gboolean is_right = key == GDK_KEY_Right || key == GDK_KEY_KP_Right;

  if (modifiers == GDK_SHIFT_MASK && (is_left || is_right))
    {
      shift_cursor (area, is_left ? -1 : 1);
      return TRUE;
    }
  return modifiers == 0 && (move_by_key (area, key) || act_by_key (area, key));
}

/* Gives @area its controllers. */
void
stoker_chart_input_attach (StokerChartArea *area)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved_cb), area);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (look_away), area);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), area);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (look_away), area);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_began_cb), area);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_moved_cb), area);
  g_signal_connect_swapped (click, "released", G_CALLBACK (clicked_cb), area);
  gtk_widget_add_controller (GTK_WIDGET (area), motion);
  gtk_widget_add_controller (GTK_WIDGET (area), keys);
  gtk_widget_add_controller (GTK_WIDGET (area), focus);
  gtk_widget_add_controller (GTK_WIDGET (area), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (area), GTK_EVENT_CONTROLLER (click));
}
