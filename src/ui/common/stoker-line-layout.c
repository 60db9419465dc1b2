/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-line-layout.h"

struct _StokerLineLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (StokerLineLayout, stoker_line_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef enum {
  PROP_SPACING = 1,
  N_PROPS,
} StokerLineLayoutProperty;

static GParamSpec *properties[N_PROPS];

/* Widths of the children that are laid out, from the start to the end. */
static GArray *
measure_children (GtkWidget *widget)
{
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (GtkRequestedSize));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkRequestedSize size = { .data = child };

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &size.minimum_size,
                          &size.natural_size, NULL, NULL);
      g_array_append_val (sizes, size);
    }
  return sizes;
}

static GtkRequestedSize *
get_size (GArray *sizes, guint i)
{
  return &g_array_index (sizes, GtkRequestedSize, i);
}

static int
get_gaps (StokerLineLayout *self, GArray *sizes)
{
  return self->spacing * MAX ((int) sizes->len - 1, 0);
}

static guint
count_expanding (GArray *sizes)
{
  guint count = 0;

  for (guint i = 0; i < sizes->len; i++)
    count += gtk_widget_compute_expand (get_size (sizes, i)->data, GTK_ORIENTATION_HORIZONTAL);
  return count;
}

/* Makes the least widths what each child gets of @width. */
static void
distribute (StokerLineLayout *self, GArray *sizes, int width)
{
  int rest = width - get_gaps (self, sizes);
  guint n_expanding = count_expanding (sizes);

  for (guint i = 0; i < sizes->len; i++)
    rest -= get_size (sizes, i)->minimum_size;
  rest = gtk_distribute_natural_allocation (MAX (rest, 0), sizes->len,
                                            (GtkRequestedSize *) (gpointer) sizes->data);
  for (guint i = 0; i < sizes->len && n_expanding > 0; i++)
    {
      int share = rest / (int) n_expanding;

      if (!gtk_widget_compute_expand (get_size (sizes, i)->data, GTK_ORIENTATION_HORIZONTAL))
        continue;
      get_size (sizes, i)->minimum_size += share;
      rest -= share;
      n_expanding--;
    }
}

static GtkSizeRequestMode
stoker_line_layout_get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_widths (StokerLineLayout *self, GArray *sizes, int *minimum, int *natural)
{
  *minimum = *natural = get_gaps (self, sizes);
  for (guint i = 0; i < sizes->len; i++)
    {
      *minimum += get_size (sizes, i)->minimum_size;
      *natural += get_size (sizes, i)->natural_size;
    }
}

static void
measure_heights (StokerLineLayout *self, GArray *sizes, int width, int *minimum, int *natural)
{
  if (width >= 0)
    distribute (self, sizes, width);
  for (guint i = 0; i < sizes->len; i++)
    {
      int child_minimum = 0;
      int child_natural = 0;

      gtk_widget_measure (get_size (sizes, i)->data, GTK_ORIENTATION_VERTICAL,
                          width < 0 ? -1 : get_size (sizes, i)->minimum_size, &child_minimum,
                          &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

/* Waiver of parameters: GTK says how many this function has. */
static void
stoker_line_layout_measure (GtkLayoutManager *layout,
                            GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  StokerLineLayout *self = STOKER_LINE_LAYOUT (layout);
  g_autoptr (GArray) sizes = measure_children (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_widths (self, sizes, minimum, natural);
  else
    measure_heights (self, sizes, for_size, minimum, natural);
}

static void
stoker_line_layout_allocate (
  GtkLayoutManager *layout, GtkWidget *widget, int width, int height, int baseline)
{
  StokerLineLayout *self = STOKER_LINE_LAYOUT (layout);
  g_autoptr (GArray) sizes = measure_children (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;

  distribute (self, sizes, width);
  for (guint i = 0; i < sizes->len; i++)
    {
      GtkWidget *child = get_size (sizes, i)->data;
      GtkAllocation area = { 0, 0, get_size (sizes, i)->minimum_size, 0 };

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, area.width, NULL, &area.height, NULL,
                          NULL);
      area.height = MIN (area.height, height);
      area.x = is_rtl ? width - x - area.width : x;
      area.y = (height - area.height) / 2;
      gtk_widget_size_allocate (child, &area, -1);
      x += area.width + self->spacing;
    }
}

static void
stoker_line_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SPACING)
    g_value_set_int (value, STOKER_LINE_LAYOUT (object)->spacing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_line_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id != PROP_SPACING)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  STOKER_LINE_LAYOUT (object)->spacing = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
}

static void
stoker_line_layout_class_init (StokerLineLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = stoker_line_layout_get_property;
  object_class->set_property = stoker_line_layout_set_property;
  layout_class->get_request_mode = stoker_line_layout_get_request_mode;
  layout_class->measure = stoker_line_layout_measure;
  layout_class->allocate = stoker_line_layout_allocate;

  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 6,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_line_layout_init (StokerLineLayout *self)
{
  self->spacing = 6;
}
