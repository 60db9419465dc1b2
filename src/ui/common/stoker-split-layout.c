/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-split-layout.h"

struct _StokerSplitLayout
{
  GtkLayoutManager parent_instance;

  int threshold;
  int side_width;
  int spacing;
};

G_DEFINE_FINAL_TYPE (StokerSplitLayout, stoker_split_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef enum {
  PROP_THRESHOLD = 1,
  PROP_SIDE_WIDTH,
  PROP_SPACING,
  N_PROPS,
} StokerSplitLayoutProperty;

static GParamSpec *properties[N_PROPS];

static int *
get_field (StokerSplitLayout *self, guint id)
{
  switch ((StokerSplitLayoutProperty) id)
    {
    case PROP_THRESHOLD:
      return &self->threshold;
    case PROP_SIDE_WIDTH:
      return &self->side_width;
    case PROP_SPACING:
      return &self->spacing;
    case N_PROPS:
    default:
      return NULL;
    }
}

static int
measure_minimum (GtkWidget *child)
{
  int minimum = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Large letters may need more than was meant for it. */
static int
get_side_width (StokerSplitLayout *self, GtkWidget *side)
{
  return MAX (self->side_width, measure_minimum (side));
}

static gboolean
is_side_by_side (StokerSplitLayout *self, GtkWidget *side, GtkWidget *rest, int width)
{
  return width >= self->threshold &&
         width >= get_side_width (self, side) + self->spacing + measure_minimum (rest);
}

static void
measure_widths (
  StokerSplitLayout *self, GtkWidget *side, GtkWidget *rest, int *minimum, int *natural)
{
  *minimum = MAX (measure_minimum (side), measure_minimum (rest));
  *natural = MAX (*minimum, self->threshold);
}

static void
measure_heights (
  StokerSplitLayout *self, GtkWidget *side, GtkWidget *rest, int width, int *minimum, int *natural)
{
  gboolean is_wide = is_side_by_side (self, side, rest, width);
  int side_width = is_wide ? get_side_width (self, side) : width;
  int rest_width = is_wide ? width - side_width - self->spacing : width;
  int heights[4];

  gtk_widget_measure (side, GTK_ORIENTATION_VERTICAL, side_width, &heights[0], &heights[1], NULL,
                      NULL);
  gtk_widget_measure (rest, GTK_ORIENTATION_VERTICAL, rest_width, &heights[2], &heights[3], NULL,
                      NULL);
  if (is_wide)
    {
      *minimum = MAX (heights[0], heights[2]);
      *natural = MAX (heights[1], heights[3]);
    }
  else
    {
      *minimum = heights[0] + self->spacing + heights[2];
      *natural = heights[1] + self->spacing + heights[3];
    }
}

static GtkSizeRequestMode
stoker_split_layout_get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Waiver of parameters: GTK says how many this function has. */
static void
stoker_split_layout_measure (GtkLayoutManager *layout,
                             GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  StokerSplitLayout *self = STOKER_SPLIT_LAYOUT (layout);
  GtkWidget *side = gtk_widget_get_first_child (widget);
  GtkWidget *rest = gtk_widget_get_last_child (widget);

  *minimum = *natural = 0;
  if (side == NULL || side == rest)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_widths (self, side, rest, minimum, natural);
  else
    measure_heights (self, side, rest, for_size < 0 ? self->threshold : for_size, minimum, natural);
}

static void
stoker_split_layout_allocate (
  GtkLayoutManager *layout, GtkWidget *widget, int width, int height, int baseline)
{
  StokerSplitLayout *self = STOKER_SPLIT_LAYOUT (layout);
  GtkWidget *side = gtk_widget_get_first_child (widget);
  GtkWidget *rest = gtk_widget_get_last_child (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation side_area = { 0, 0, width, height };
  GtkAllocation rest_area = { 0, 0, width, height };

  if (side == NULL || side == rest)
    return;
  if (is_side_by_side (self, side, rest, width))
    {
      side_area.width = get_side_width (self, side);
      rest_area.width = width - side_area.width - self->spacing;
      side_area.x = is_rtl ? width - side_area.width : 0;
      rest_area.x = is_rtl ? 0 : side_area.width + self->spacing;
    }
  else
    {
      gtk_widget_measure (side, GTK_ORIENTATION_VERTICAL, width, NULL, &side_area.height, NULL,
                          NULL);
      rest_area.y = side_area.height + self->spacing;
      rest_area.height = MAX (0, height - rest_area.y);
    }
  gtk_widget_size_allocate (side, &side_area, -1);
  gtk_widget_size_allocate (rest, &rest_area, -1);
}

static void
stoker_split_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  int *field = get_field (STOKER_SPLIT_LAYOUT (object), id);

  if (field != NULL)
    g_value_set_int (value, *field);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_split_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  int *field = get_field (STOKER_SPLIT_LAYOUT (object), id);

  if (field == NULL)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  *field = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
}

static void
stoker_split_layout_class_init (StokerSplitLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = stoker_split_layout_get_property;
  object_class->set_property = stoker_split_layout_set_property;
  layout_class->get_request_mode = stoker_split_layout_get_request_mode;
  layout_class->measure = stoker_split_layout_measure;
  layout_class->allocate = stoker_split_layout_allocate;

  properties[PROP_THRESHOLD] = g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 760, flags);
  properties[PROP_SIDE_WIDTH] = g_param_spec_int ("side-width", NULL, NULL, 0, G_MAXINT, 340,
                                                  flags);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 24, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_split_layout_init (StokerSplitLayout *self)
{
  self->threshold = 760;
  self->side_width = 340;
  self->spacing = 24;
}
