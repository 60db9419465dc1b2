/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-roomy-bin.h"

struct _StokerRoomyBin
{
  GtkWidget parent_instance;

  int natural_width;
};

static GtkBuildableIface *parent_buildable;

static void stoker_roomy_bin_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StokerRoomyBin,
                               stoker_roomy_bin,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      stoker_roomy_bin_buildable_init))

typedef enum {
  PROP_NATURAL_WIDTH = 1,
  N_PROPS,
} StokerRoomyBinProperty;

static GParamSpec *properties[N_PROPS];

static void
stoker_roomy_bin_add_child (GtkBuildable *buildable,
                            GtkBuilder *builder,
                            GObject *child,
                            const char *type)
{
  if (GTK_IS_WIDGET (child))
    gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (buildable));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
stoker_roomy_bin_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = stoker_roomy_bin_add_child;
}

static GtkSizeRequestMode
stoker_roomy_bin_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
stoker_roomy_bin_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  *minimum = *natural = 0;
  if (child != NULL)
    gtk_widget_measure (child, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, STOKER_ROOMY_BIN (widget)->natural_width);
}

static void
stoker_roomy_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  const GtkAllocation area = { 0, 0, width, height };

  if (child != NULL)
    gtk_widget_size_allocate (child, &area, baseline);
}

static void
stoker_roomy_bin_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NATURAL_WIDTH)
    g_value_set_int (value, STOKER_ROOMY_BIN (object)->natural_width);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_roomy_bin_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id != PROP_NATURAL_WIDTH)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  STOKER_ROOMY_BIN (object)->natural_width = g_value_get_int (value);
  gtk_widget_queue_resize (GTK_WIDGET (object));
}

static void
stoker_roomy_bin_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (stoker_roomy_bin_parent_class)->dispose (object);
}

static void
stoker_roomy_bin_class_init (StokerRoomyBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = stoker_roomy_bin_get_property;
  object_class->set_property = stoker_roomy_bin_set_property;
  object_class->dispose = stoker_roomy_bin_dispose;
  widget_class->get_request_mode = stoker_roomy_bin_get_request_mode;
  widget_class->measure = stoker_roomy_bin_measure;
  widget_class->size_allocate = stoker_roomy_bin_size_allocate;

  properties[PROP_NATURAL_WIDTH] = g_param_spec_int ("natural-width", NULL, NULL, 0, G_MAXINT, 500,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_roomy_bin_init (StokerRoomyBin *self)
{
  self->natural_width = 500;
}
