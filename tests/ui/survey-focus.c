/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "survey-focus.h"

#include "survey-scenes.h"

#include <adwaita.h>
#include <stdio.h>

/* No window has as many stops. */
#define MAX_STOPS 400
#define ORDER_VARIABLE "STOKER_FOCUS_ORDER"

/* "StokerProviderRow > GtkSwitch “Use RunPod”", from the nearest class of ours. */
static char *
describe (GtkWidget *widget)
{
  const char *text = gtk_widget_get_tooltip_text (widget);
  GtkWidget *owner = widget;

  while (owner != NULL && !g_str_has_prefix (G_OBJECT_TYPE_NAME (owner), "Stoker"))
    owner = gtk_widget_get_parent (owner);
  if (text == NULL && gtk_widget_get_parent (widget) != NULL)
    text = gtk_widget_get_tooltip_text (gtk_widget_get_parent (widget));
  if (text == NULL && GTK_IS_BUTTON (widget))
    text = gtk_button_get_label (GTK_BUTTON (widget));
  if (text == NULL && ADW_IS_PREFERENCES_ROW (widget))
    text = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  return g_strdup_printf ("%s > %s “%s”", owner != NULL ? G_OBJECT_TYPE_NAME (owner) : "window",
                          G_OBJECT_TYPE_NAME (widget), text != NULL ? text : "");
}

static void
find (GPtrArray *findings, GtkWidget *widget, const char *what)
{
  g_autofree char *place = describe (widget);

  g_ptr_array_add (findings, g_strdup_printf ("%s %s", place, what));
}

/* What the Tab key does. */
static GtkWidget *
press_tab (GtkWindow *window)
{
  g_signal_emit_by_name (window, "move-focus", GTK_DIR_TAB_FORWARD);
  return gtk_window_get_focus (window);
}

/* Whether both are on the same surface, which may be scrolled away at the moment. */
static gboolean
scroll_together (GtkWidget *a, GtkWidget *b)
{
  return gtk_widget_get_ancestor (a, GTK_TYPE_SCROLLED_WINDOW) ==
         gtk_widget_get_ancestor (b, GTK_TYPE_SCROLLED_WINDOW);
}

/* Up and to the left of where one was is not where one goes on reading; from right to left it is
 * the other way. */
static gboolean
is_step_back (GtkWindow *window, GtkWidget *from, GtkWidget *to)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (window)) == GTK_TEXT_DIR_RTL;
  graphene_rect_t a;
  graphene_rect_t b;

  if (!scroll_together (from, to) || !gtk_widget_compute_bounds (from, GTK_WIDGET (window), &a) ||
      !gtk_widget_compute_bounds (to, GTK_WIDGET (window), &b))
    return FALSE;
  return b.origin.y + b.size.height <= a.origin.y &&
         (is_rtl ? b.origin.x >= a.origin.x + a.size.width
                 : b.origin.x + b.size.width <= a.origin.x);
}

/* All stops from where the keyboard is until the first one comes again. The way leads once from the
 * end of the window to its beginning. */
static GPtrArray *
walk (GtkWindow *window, GPtrArray *findings)
{
  GPtrArray *stops = g_ptr_array_new ();
  guint n_back = 0;

  for (guint i = 0; i < MAX_STOPS; i++)
    {
      GtkWidget *stop = press_tab (window);

      if (stop == NULL || (stops->len > 0 && stop == stops->pdata[0]))
        return stops;
      if (g_ptr_array_find (stops, stop, NULL))
        {
          find (findings, stop, "comes twice before the first control comes again");
          return stops;
        }
      if (stops->len > 0 && is_step_back (window, stops->pdata[stops->len - 1], stop) &&
          ++n_back > 1)
        find (findings, stop, "is a step back");
      g_ptr_array_add (stops, stop);
    }
  find (findings, GTK_WIDGET (window), "has no end of stops");
  return stops;
}

/* A list of which something is chosen is entered there. */
static gboolean
is_chosen_from (GtkWidget *widget)
{
  return GTK_IS_LIST_BOX (widget) &&
         gtk_list_box_get_selection_mode (GTK_LIST_BOX (widget)) != GTK_SELECTION_NONE;
}

/* Among these one moves with the arrow keys; the Tab key comes to one of them. */
static GtkWidget *
find_group (GtkWidget *widget)
{
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    if (GTK_IS_LIST_BASE (parent) || GTK_IS_COLUMN_VIEW (parent) || GTK_IS_FLOW_BOX (parent) ||
        is_chosen_from (parent))
      return parent;
  return NULL;
}

static gboolean
is_radio (GtkWidget *widget)
{
  GtkWidget *indicator = GTK_IS_CHECK_BUTTON (widget) ? gtk_widget_get_first_child (widget) : NULL;

  return indicator != NULL && g_str_equal (gtk_widget_get_css_name (indicator), "radio");
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget) ||
         GTK_IS_TEXT (widget) || GTK_IS_SCALE (widget) ||
         (GTK_IS_FLOW_BOX_CHILD (widget) && gtk_widget_get_focusable (widget)) ||
         (GTK_IS_LIST_BOX_ROW (widget) && gtk_widget_get_focusable (widget) &&
          gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget)));
}

static gboolean
is_for_keyboard (GtkWidget *widget)
{
  return is_control (widget) && gtk_widget_is_sensitive (widget) &&
         gtk_widget_get_can_focus (widget) &&
         (gtk_widget_get_focusable (widget) || !is_radio (widget));
}

static gboolean
has_stop (GPtrArray *stops, GtkWidget *widget)
{
  for (guint i = 0; i < stops->len; i++)
    if (stops->pdata[i] == widget || gtk_widget_is_ancestor (stops->pdata[i], widget))
      return TRUE;
  return FALSE;
}

static gboolean
is_reached (GPtrArray *stops, GtkWidget *widget)
{
  GtkWidget *group = find_group (widget);

  return has_stop (stops, widget) || (group != NULL && has_stop (stops, group));
}

static void
look_for_missed (GtkWidget *root, GPtrArray *stops, GPtrArray *findings)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && gtk_widget_get_child_visible (child) &&
        !GTK_IS_NATIVE (child))
      {
        if (is_for_keyboard (child) && !is_reached (stops, child))
          find (findings, child, "cannot be reached with the Tab key");
        look_for_missed (child, stops, findings);
      }
}

static void
print_order (GPtrArray *stops)
{
  for (guint i = 0; i < stops->len; i++)
    {
      g_autofree char *place = describe (stops->pdata[i]);

      printf ("#   %u %s\n", i + 1, place);
    }
}

/* A page scrolls to where the keyboard is, and may then need less to get about. */
static void
stay_at (GtkWindow *window, GtkWidget *stop)
{
  gtk_window_set_focus (window, stop);
  survey_settle ();
  survey_settle ();
}

void
survey_check_focus (GtkWindow *window, GPtrArray *findings)
{
  g_autoptr (GPtrArray) stops = walk (window, findings);

  if (stops->len == 0)
    find (findings, GTK_WIDGET (window), "has nothing that takes the keyboard");
  else
    stay_at (window, stops->pdata[stops->len - 1]);
  look_for_missed (GTK_WIDGET (window), stops, findings);
  if (g_getenv (ORDER_VARIABLE) != NULL)
    print_order (stops);
}
