/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-switch-row.h"

struct _StokerSwitchRow
{
  AdwActionRow parent_instance;

  GtkSwitch *toggle;
};

G_DEFINE_FINAL_TYPE (StokerSwitchRow, stoker_switch_row, ADW_TYPE_ACTION_ROW)

typedef enum {
  PROP_ACTIVE = 1,
  N_PROPS,
} StokerSwitchRowProperty;

static GParamSpec *properties[N_PROPS];

static void
active_changed_cb (StokerSwitchRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
stoker_switch_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ACTIVE)
    g_value_set_boolean (value, gtk_switch_get_active (STOKER_SWITCH_ROW (object)->toggle));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_switch_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ACTIVE)
    gtk_switch_set_active (STOKER_SWITCH_ROW (object)->toggle, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_switch_row_class_init (StokerSwitchRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = stoker_switch_row_get_property;
  object_class->set_property = stoker_switch_row_set_property;

  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                    G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_switch_row_init (StokerSwitchRow *self)
{
  self->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (active_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * stoker_switch_row_new:
 * @title: the title, also the name of the switch
 * @subtitle: (nullable): what it does
 *
 * Returns: (transfer floating): a new row
 */
GtkWidget *
stoker_switch_row_new (const char *title, const char *subtitle)
{
  return g_object_new (STOKER_TYPE_SWITCH_ROW, "title", title, "subtitle", subtitle, NULL);
}
