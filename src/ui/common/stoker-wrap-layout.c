/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-wrap-layout.h"

struct _StokerWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
  int line_spacing;
};

G_DEFINE_FINAL_TYPE (StokerWrapLayout, stoker_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef enum {
  PROP_SPACING = 1,
  PROP_LINE_SPACING,
  N_PROPS,
} StokerWrapLayoutProperty;

static GParamSpec *properties[N_PROPS];

/* Where the next child goes. */
typedef struct
{
  int x;
  int y;
  int line_height;
} Pen;

static GtkAllocation
place (StokerWrapLayout *self, Pen *pen, GtkWidget *child, int width)
{
  GtkAllocation area = { 0, 0, 0, 0 };
  int minimum = 0;
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  area.width = MAX (minimum, MIN (natural, width));
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, area.width, NULL, &area.height, NULL, NULL);
  if (pen->x > 0 && pen->x + area.width > width)
    {
      pen->x = 0;
      pen->y += pen->line_height + self->line_spacing;
      pen->line_height = 0;
    }
  area.x = pen->x;
  area.y = pen->y;
  pen->x += area.width + self->spacing;
  pen->line_height = MAX (pen->line_height, area.height);
  return area;
}

static int
measure_height (StokerWrapLayout *self, GtkWidget *widget, int width)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  Pen pen = { 0, 0, 0 };

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      place (self, &pen, child, width);
  return pen.y + pen.line_height;
}

static void
measure_width (StokerWrapLayout *self, GtkWidget *widget, int *minimum, int *natural)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum = 0;
      int child_natural = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? self->spacing : 0);
    }
}

static GtkSizeRequestMode
stoker_wrap_layout_get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Waiver of parameters: GTK says how many this function has. */
static void
stoker_wrap_layout_measure (GtkLayoutManager *layout,
                            GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  StokerWrapLayout *self = STOKER_WRAP_LAYOUT (layout);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, widget, minimum, natural);
  else
    *minimum = *natural = measure_height (self, widget, for_size < 0 ? G_MAXINT : for_size);
}

static void
stoker_wrap_layout_allocate (
  GtkLayoutManager *layout, GtkWidget *widget, int width, int height, int baseline)
{
  StokerWrapLayout *self = STOKER_WRAP_LAYOUT (layout);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = gtk_widget_get_first_child (widget);
  Pen pen = { 0, 0, 0 };

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        GtkAllocation area = place (self, &pen, child, width);

        if (is_rtl)
          area.x = width - area.x - area.width;
        gtk_widget_size_allocate (child, &area, -1);
      }
}

static int *
get_field (StokerWrapLayout *self, guint id)
{
  return id == PROP_SPACING ? &self->spacing : &self->line_spacing;
}

static void
stoker_wrap_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id < N_PROPS)
    g_value_set_int (value, *get_field (STOKER_WRAP_LAYOUT (object), id));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_wrap_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id >= N_PROPS)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  *get_field (STOKER_WRAP_LAYOUT (object), id) = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
}

static void
stoker_wrap_layout_class_init (StokerWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = stoker_wrap_layout_get_property;
  object_class->set_property = stoker_wrap_layout_set_property;
  layout_class->get_request_mode = stoker_wrap_layout_get_request_mode;
  layout_class->measure = stoker_wrap_layout_measure;
  layout_class->allocate = stoker_wrap_layout_allocate;

  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 12, flags);
  properties[PROP_LINE_SPACING] = g_param_spec_int ("line-spacing", NULL, NULL, 0, G_MAXINT, 12,
                                                    flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_wrap_layout_init (StokerWrapLayout *self)
{
  self->spacing = 12;
  self->line_spacing = 12;
}
