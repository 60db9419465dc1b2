/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "chart-samples.h"
#include "stoker-chart-area.h"
#include "stoker-chart-view.h"
#include "stoker-ui.h"

#include <math.h>

#define TIMEOUT_US (20 * G_USEC_PER_SEC)

typedef struct
{
  GtkWidget *window;
  StokerChartView *view;
  StokerChartArea *area;
  StokerChartModel *model;
  guint n_moves;
} Fixture;

static void
count_move_cb (StokerChartView *view, double cursor, Fixture *fixture)
{
  g_assert_cmpfloat (cursor, ==, stoker_chart_view_get_cursor (view));
  fixture->n_moves++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gint64 until_us = g_get_monotonic_time () + TIMEOUT_US;

  fixture->model = chart_sample_new ((StokerChartKind) GPOINTER_TO_INT (data), 10);
  fixture->view = STOKER_CHART_VIEW (stoker_chart_view_new ());
  fixture->area = STOKER_CHART_AREA (gtk_widget_get_last_child (GTK_WIDGET (fixture->view)));
  g_signal_connect (fixture->view, "cursor-moved", G_CALLBACK (count_move_cb), fixture);
  stoker_chart_view_set_model (fixture->view, fixture->model);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 600);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (stoker_chart_area_get_scene (fixture->area) == NULL && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
  g_assert_nonnull (stoker_chart_area_get_scene (fixture->area));
}

/* Nothing of the chart outlives its window. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer area = fixture->area;
  gpointer view = fixture->view;
  gint64 until_us = g_get_monotonic_time () + TIMEOUT_US;

  if (fixture->view != NULL)
    {
      g_object_add_weak_pointer (area, &area);
      g_object_add_weak_pointer (view, &view);
    }
  else
    area = view = NULL;
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while ((area != NULL || view != NULL) && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (area);
  g_assert_null (view);
  g_clear_pointer (&fixture->model, stoker_chart_model_unref);
}

static GtkEventController *
find_keys (Fixture *fixture)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->area));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        return controller;
    }
  g_assert_not_reached ();
}

static gboolean
press (Fixture *fixture, guint key, GdkModifierType state)
{
  gboolean is_handled = FALSE;

  g_signal_emit_by_name (find_keys (fixture), "key-pressed", key, 0, state, &is_handled);
  return is_handled;
}

static void
test_cursor (Fixture *fixture, gconstpointer data)
{
  double before = stoker_chart_view_get_cursor (fixture->view);

  g_assert_cmpfloat (before, ==, 1000);
  g_assert_true (press (fixture, GDK_KEY_Right, GDK_SHIFT_MASK));
  g_assert_cmpuint (fixture->n_moves, ==, 1);
  g_assert_cmpfloat (stoker_chart_view_get_cursor (fixture->view), >, before);
  for (int i = 0; i < 200; i++)
    press (fixture, GDK_KEY_Left, GDK_SHIFT_MASK);
  g_assert_cmpfloat (stoker_chart_view_get_cursor (fixture->view), ==, 10);
  stoker_chart_view_set_cursor (fixture->view, NAN);
  g_assert_true (isnan (stoker_chart_view_get_cursor (fixture->view)));
}

static void
test_select (Fixture *fixture, gconstpointer data)
{
  g_assert_false (press (fixture, GDK_KEY_Return, 0));
  g_assert_true (press (fixture, GDK_KEY_Down, 0));
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_cmpstr (stoker_chart_view_get_selected_id (fixture->view), ==, "candidate-0");
  g_assert_true (press (fixture, GDK_KEY_Down, 0));
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_cmpstr (stoker_chart_view_get_selected_id (fixture->view), ==, "candidate-1");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_null (stoker_chart_view_get_selected_id (fixture->view));
  g_assert_true (press (fixture, GDK_KEY_Escape, 0));
  g_assert_false (press (fixture, GDK_KEY_Escape, 0));
}

static void
test_legend (Fixture *fixture, gconstpointer data)
{
  GtkWidget *legend = gtk_widget_get_first_child (GTK_WIDGET (fixture->view));
  GtkWidget *button = gtk_widget_get_first_child (legend);
  const char *const *hidden = NULL;
  g_autoptr (StokerChartModel) same = chart_sample_new (fixture->model->kind, 10);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  hidden = stoker_chart_view_get_hidden_ids (fixture->view);
  g_assert_cmpstr (hidden[0], ==, "Compute");
  g_assert_null (hidden[1]);
  g_assert_cmpuint (stoker_chart_area_get_scene (fixture->area)->n_visible, ==, 5);
  /* New figures of the same series change neither the buttons nor what is switched off. */
  stoker_chart_view_set_model (fixture->view, same);
  g_assert_true (gtk_widget_get_first_child (legend) == button);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  stoker_chart_view_set_hidden_ids (fixture->view, NULL);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerChartModel) many = chart_sample_new (fixture->model->kind, 100);
  GtkWidget *legend = gtk_widget_get_first_child (GTK_WIDGET (fixture->view));
  GtkWidget *others = NULL;

  stoker_chart_view_set_model (fixture->view, many);
  others = gtk_widget_get_last_child (legend);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (others), FALSE);
  g_assert_cmpuint (g_strv_length ((char **) stoker_chart_view_get_hidden_ids (fixture->view)), ==,
                    89);
  stoker_chart_view_set_model (fixture->view, NULL);
  g_assert_null (gtk_widget_get_first_child (legend));
}

static void
draw (Fixture *fixture)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (fixture->area));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, 640, 480);
  node = gtk_snapshot_to_node (snapshot);
}

static void
move_pointer (Fixture *fixture, double x, double y)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->area));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        g_signal_emit_by_name (controller, "motion", x, y);
    }
}

/* Another model while something is looked at: the place of what was looked at may be none in it. */
static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerChartModel) fewer = chart_sample_new (fixture->model->kind, 1);
  g_autoptr (StokerChartModel) none = stoker_chart_model_new (fixture->model->kind, "none", "None");

  g_assert_true (press (fixture, GDK_KEY_End, 0));
  g_assert_true (press (fixture, GDK_KEY_End, 0));
  g_assert_false (stoker_chart_spot_is_none (stoker_chart_area_get_spot (fixture->area)));
  stoker_chart_view_set_model (fixture->view, fewer);
  g_assert_true (stoker_chart_spot_is_none (stoker_chart_area_get_spot (fixture->area)));
  draw (fixture);
  press (fixture, GDK_KEY_End, 0);
  stoker_chart_view_set_model (fixture->view, none);
  press (fixture, GDK_KEY_End, 0);
  press (fixture, GDK_KEY_Return, 0);
  draw (fixture);
  stoker_chart_view_set_model (fixture->view, NULL);
  g_assert_null (stoker_chart_area_get_scene (fixture->area));
  press (fixture, GDK_KEY_End, 0);
  press (fixture, GDK_KEY_Right, GDK_SHIFT_MASK);
  move_pointer (fixture, 100, 100);
  draw (fixture);
}

/* Far outside, where no value is, and at no size at all. */
static void
test_outside (Fixture *fixture, gconstpointer data)
{
  static const double places[] = { -1e6, -1, 0, 1, 1e6, NAN };
  g_autoptr (StokerChartModel) other = chart_sample_new (fixture->model->kind, 3);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint j = 0; j < G_N_ELEMENTS (places); j++)
      {
        move_pointer (fixture, places[i], places[j]);
        stoker_chart_area_move_cursor (fixture->area, places[i]);
        draw (fixture);
      }
  stoker_chart_view_set_model (fixture->view, other);
  gtk_widget_size_allocate (GTK_WIDGET (fixture->area), &(GtkAllocation){ 0, 0, 0, 0 }, -1);
  g_assert_null (stoker_chart_area_get_scene (fixture->area));
  move_pointer (fixture, 0, 0);
  press (fixture, GDK_KEY_End, 0);
  draw (fixture);
}

/* Others hold on to the chart while its window is torn down, and go on telling it things. */
static void
test_torn_down (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "candidate-0", NULL };
  g_autoptr (StokerChartModel) other = chart_sample_new (fixture->model->kind, 3);
  g_autoptr (GtkWidget) kept = g_object_ref (GTK_WIDGET (fixture->view));

  gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
  g_object_run_dispose (G_OBJECT (kept));
  stoker_chart_view_set_cursor (fixture->view, 77);
  stoker_chart_view_set_selected_id (fixture->view, "candidate-1");
  stoker_chart_view_set_hidden_ids (fixture->view, ids);
  stoker_chart_view_set_log_x (fixture->view, !stoker_chart_view_get_log_x (fixture->view));
  stoker_chart_view_set_log_y (fixture->view, !stoker_chart_view_get_log_y (fixture->view));
  stoker_chart_view_set_model (fixture->view, other);
  g_assert_true (stoker_chart_view_get_model (fixture->view) == fixture->model);
  g_signal_handlers_disconnect_by_data (kept, fixture);
  fixture->view = NULL;
  fixture->area = NULL;
}

static gboolean
has_fade (GskRenderNode *node)
{
  GskRenderNodeType type = node != NULL ? gsk_render_node_get_node_type (node) : GSK_CONTAINER_NODE;

  if (node == NULL || type == GSK_CROSS_FADE_NODE)
    return node != NULL;
  if (type == GSK_CLIP_NODE)
    return has_fade (gsk_clip_node_get_child (node));
  if (type == GSK_TRANSFORM_NODE)
    return has_fade (gsk_transform_node_get_child (node));
  for (guint i = 0; type == GSK_CONTAINER_NODE && i < gsk_container_node_get_n_children (node); i++)
    if (has_fade (gsk_container_node_get_child (node, i)))
      return TRUE;
  return FALSE;
}

/* Whether the chart is seen to ease in the next moments, for longer than it takes. */
static gboolean
is_easing (Fixture *fixture)
{
  gint64 until_us = g_get_monotonic_time () + G_USEC_PER_SEC;

  while (g_get_monotonic_time () < until_us)
    {
      g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (fixture->area));
      g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
      g_autoptr (GskRenderNode) node = NULL;

      g_main_context_iteration (NULL, FALSE);
      gdk_paintable_snapshot (paintable, snapshot,
                              gtk_widget_get_width (GTK_WIDGET (fixture->area)),
                              gtk_widget_get_height (GTK_WIDGET (fixture->area)));
      node = gtk_snapshot_to_node (snapshot);
      if (has_fade (node))
        return TRUE;
    }
  return FALSE;
}

/* One chart eases into the next, unless somebody wants nothing to move. */
static void
test_motion (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerChartModel) second = chart_sample_new (fixture->model->kind, 10);
  g_autoptr (StokerChartModel) third = chart_sample_new (fixture->model->kind, 10);
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  g_assert_false (is_easing (fixture));
  stoker_chart_view_set_model (fixture->view, second);
  g_assert_false (is_easing (fixture));
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  stoker_chart_view_set_model (fixture->view, third);
  g_assert_true (is_easing (fixture));
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
}

static void
add_test (const char *path,
          StokerChartKind kind,
          void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, GINT_TO_POINTER (kind), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;
  stoker_ui_init ();
  add_test ("/chart/view/cursor", STOKER_CHART_LINES, test_cursor);
  add_test ("/chart/view/select", STOKER_CHART_RANGES, test_select);
  add_test ("/chart/view/legend", STOKER_CHART_BARS, test_legend);
  add_test ("/chart/view/many", STOKER_CHART_POINTS, test_many);
  add_test ("/chart/view/bars/replace", STOKER_CHART_BARS, test_replace);
  add_test ("/chart/view/lines/replace", STOKER_CHART_LINES, test_replace);
  add_test ("/chart/view/points/replace", STOKER_CHART_POINTS, test_replace);
  add_test ("/chart/view/ranges/replace", STOKER_CHART_RANGES, test_replace);
  add_test ("/chart/view/bars/outside", STOKER_CHART_BARS, test_outside);
  add_test ("/chart/view/lines/outside", STOKER_CHART_LINES, test_outside);
  add_test ("/chart/view/points/outside", STOKER_CHART_POINTS, test_outside);
  add_test ("/chart/view/ranges/outside", STOKER_CHART_RANGES, test_outside);
  add_test ("/chart/view/motion", STOKER_CHART_LINES, test_motion);
  add_test ("/chart/view/torn-down", STOKER_CHART_LINES, test_torn_down);
  return g_test_run ();
}
