/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-back-button.h"

#include <glib/gi18n-lib.h>

struct _StokerBackButton
{
  GtkButton parent_instance;

  gboolean is_outer;
  AdwLeaflet *leaflet;      /* borrowed while rooted, nullable */
  GBinding *visible;        /* owned, nullable */
  GBinding *window_buttons; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (StokerBackButton, stoker_back_button, GTK_TYPE_BUTTON)

typedef enum {
  PROP_IS_OUTER = 1,
  N_PROPS,
} StokerBackButtonProperty;

static GParamSpec *properties[N_PROPS];

static AdwLeaflet *
find_leaflet (StokerBackButton *self)
{
  GtkWidget *found = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_LEAFLET);

  while (found != NULL && self->is_outer)
    {
      GtkWidget *outer = gtk_widget_get_ancestor (gtk_widget_get_parent (found), ADW_TYPE_LEAFLET);

      if (outer == NULL)
        break;
      found = outer;
    }
  return (AdwLeaflet *) found;
}

static void
drop_binding (GBinding **binding)
{
  if (*binding != NULL)
    g_binding_unbind (*binding);
  g_clear_object (binding);
}

static void
stoker_back_button_root (GtkWidget *widget)
{
  StokerBackButton *self = STOKER_BACK_BUTTON (widget);
  GtkWidget *header = gtk_widget_get_ancestor (widget, ADW_TYPE_HEADER_BAR);

  GTK_WIDGET_CLASS (stoker_back_button_parent_class)->root (widget);
  self->leaflet = find_leaflet (self);
  gtk_widget_set_visible (widget, FALSE);
  if (self->leaflet == NULL)
    return;
  self->visible = g_object_ref (
    g_object_bind_property (self->leaflet, "folded", self, "visible", G_BINDING_SYNC_CREATE));
  if (header != NULL)
    self->window_buttons = g_object_ref (g_object_bind_property (self->leaflet, "folded", header,
                                                                 "show-start-title-buttons",
                                                                 G_BINDING_SYNC_CREATE));
}

static void
stoker_back_button_unroot (GtkWidget *widget)
{
  StokerBackButton *self = STOKER_BACK_BUTTON (widget);

  drop_binding (&self->visible);
  drop_binding (&self->window_buttons);
  self->leaflet = NULL;
  GTK_WIDGET_CLASS (stoker_back_button_parent_class)->unroot (widget);
}

static void
stoker_back_button_clicked (GtkButton *button)
{
  StokerBackButton *self = STOKER_BACK_BUTTON (button);

  if (self->leaflet != NULL)
    adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
stoker_back_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_IS_OUTER)
    g_value_set_boolean (value, STOKER_BACK_BUTTON (object)->is_outer);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_back_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_IS_OUTER)
    STOKER_BACK_BUTTON (object)->is_outer = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_back_button_class_init (StokerBackButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = stoker_back_button_get_property;
  object_class->set_property = stoker_back_button_set_property;
  widget_class->root = stoker_back_button_root;
  widget_class->unroot = stoker_back_button_unroot;
  GTK_BUTTON_CLASS (klass)->clicked = stoker_back_button_clicked;

  properties[PROP_IS_OUTER] = g_param_spec_boolean ("is-outer", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                      G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_back_button_init (StokerBackButton *self)
{
  gtk_button_set_icon_name (GTK_BUTTON (self), "go-previous-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Back"),
                                  -1);
}
