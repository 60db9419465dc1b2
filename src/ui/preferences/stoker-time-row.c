/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-time-row.h"

#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#define MINUTES_PER_HOUR 60
#define MINUTES_PER_DAY (24 * MINUTES_PER_HOUR)

struct _StokerTimeRow
{
  AdwActionRow parent_instance;

  GtkSpinButton *hour_spin;
  GtkSpinButton *minute_spin;
};

G_DEFINE_FINAL_TYPE (StokerTimeRow, stoker_time_row, ADW_TYPE_ACTION_ROW)

typedef enum {
  PROP_MINUTES = 1,
  N_PROPS,
} StokerTimeRowProperty;

static GParamSpec *properties[N_PROPS];

static int
get_minutes (StokerTimeRow *self)
{
  return gtk_spin_button_get_value_as_int (self->hour_spin) * MINUTES_PER_HOUR +
         gtk_spin_button_get_value_as_int (self->minute_spin);
}

static void
set_minutes (StokerTimeRow *self, int minutes)
{
  if (get_minutes (self) == minutes)
    return;
  gtk_spin_button_set_value (self->hour_spin, minutes / MINUTES_PER_HOUR);
  gtk_spin_button_set_value (self->minute_spin, minutes % MINUTES_PER_HOUR);
}

static gboolean
output_cb (GtkSpinButton *spin)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (spin));

  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (spin))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static void
value_changed_cb (StokerTimeRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MINUTES]);
}

static void
stoker_time_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MINUTES)
    g_value_set_int (value, get_minutes (STOKER_TIME_ROW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_time_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MINUTES)
    set_minutes (STOKER_TIME_ROW (object), g_value_get_int (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_time_row_class_init (StokerTimeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = stoker_time_row_get_property;
  object_class->set_property = stoker_time_row_set_property;

  properties[PROP_MINUTES] = g_param_spec_int ("minutes", NULL, NULL, 0, MINUTES_PER_DAY - 1, 0,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                 G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static GtkSpinButton *
add_spin (StokerTimeRow *self, double upper, double step, const char *label)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, upper, step);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (spin), GTK_ORIENTATION_HORIZONTAL);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 2);
  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (spin, "numeric");
  stoker_ui_set_label (spin, label);
  g_signal_connect (spin, "output", G_CALLBACK (output_cb), NULL);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (value_changed_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), spin);
  return GTK_SPIN_BUTTON (spin);
}

static void
stoker_time_row_init (StokerTimeRow *self)
{
  self->hour_spin = add_spin (self, 23, 1, _ ("Hour"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), gtk_label_new (":"));
  self->minute_spin = add_spin (self, 59, 5, _ ("Minute"));
}
