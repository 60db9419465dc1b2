/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-offline-note.h"

#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerOfflineNote
{
  AdwBin parent_instance;

  GNetworkMonitor *monitor; /* owned */
  gulong handler;
  gboolean is_cut_off;

  GtkLabel *label;
  GtkRevealer *revealer;
};

G_DEFINE_FINAL_TYPE (StokerOfflineNote, stoker_offline_note, ADW_TYPE_BIN)

typedef enum {
  PROP_MONITOR = 1,
  PROP_IS_CUT_OFF,
  PROP_IS_OFFLINE,
  N_PROPS,
} StokerOfflineNoteProperty;

static GParamSpec *properties[N_PROPS];

/* What slid away is not to be read out either. */
static void
revealed_cb (StokerOfflineNote *self)
{
  gtk_widget_set_visible (gtk_revealer_get_child (self->revealer),
                          gtk_revealer_get_reveal_child (self->revealer) ||
                            gtk_revealer_get_child_revealed (self->revealer));
}

/* Whether a network leads anywhere is told by the requests that fail; to ask here whether a host
 * can be reached would be a request that nobody wanted. */
static void
show_state (StokerOfflineNote *self)
{
  gboolean has_network = g_network_monitor_get_network_available (self->monitor);
  gboolean is_offline = !has_network || self->is_cut_off;

  if (is_offline)
    gtk_label_set_label (self->label,
                         has_network
                           ? _ ("None of the providers that were asked can be reached: the network "
                                "may lead nowhere. They are asked again.")
                           : _ ("There is no network. This computer and rehearsals still work; "
                                "prices say how old they are."));
  if (is_offline == stoker_offline_note_is_offline (self))
    return;
  if (is_offline)
    gtk_widget_show (gtk_revealer_get_child (self->revealer));
  gtk_revealer_set_reveal_child (self->revealer, is_offline);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_OFFLINE]);
}

static void
stoker_offline_note_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerOfflineNote *self = STOKER_OFFLINE_NOTE (object);

  switch ((StokerOfflineNoteProperty) id)
    {
    case PROP_MONITOR:
      g_value_set_object (value, self->monitor);
      break;
    case PROP_IS_CUT_OFF:
      g_value_set_boolean (value, self->is_cut_off);
      break;
    case PROP_IS_OFFLINE:
      g_value_set_boolean (value, stoker_offline_note_is_offline (self));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_offline_note_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MONITOR)
    stoker_offline_note_set_monitor (STOKER_OFFLINE_NOTE (object), g_value_get_object (value));
  else if (id == PROP_IS_CUT_OFF)
    stoker_offline_note_set_cut_off (STOKER_OFFLINE_NOTE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_offline_note_dispose (GObject *object)
{
  StokerOfflineNote *self = STOKER_OFFLINE_NOTE (object);

  g_clear_signal_handler (&self->handler, self->monitor);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (stoker_offline_note_parent_class)->dispose (object);
}

static void
stoker_offline_note_class_init (StokerOfflineNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = stoker_offline_note_get_property;
  object_class->set_property = stoker_offline_note_set_property;
  object_class->dispose = stoker_offline_note_dispose;

  properties[PROP_MONITOR] = g_param_spec_object ("monitor", NULL, NULL, G_TYPE_NETWORK_MONITOR,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_CUT_OFF] = g_param_spec_boolean ("is-cut-off", NULL, NULL, FALSE,
                                                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                        G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_OFFLINE] = g_param_spec_boolean ("is-offline", NULL, NULL, FALSE,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/window/stoker-offline-note.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerOfflineNote, revealer);
  gtk_widget_class_bind_template_child (widget_class, StokerOfflineNote, label);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
}

static void
stoker_offline_note_init (StokerOfflineNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  stoker_offline_note_set_monitor (self, g_network_monitor_get_default ());
}

/**
 * stoker_offline_note_set_monitor:
 * @monitor: who knows whether there is a network
 *
 * Follows another monitor.
 */
void
stoker_offline_note_set_monitor (StokerOfflineNote *self, GNetworkMonitor *monitor)
{
  g_return_if_fail (STOKER_IS_OFFLINE_NOTE (self));
  g_return_if_fail (G_IS_NETWORK_MONITOR (monitor));

  if (self->monitor == monitor)
    return;
  g_clear_signal_handler (&self->handler, self->monitor);
  g_set_object (&self->monitor, monitor);
  self->handler = g_signal_connect_swapped (monitor, "network-changed", G_CALLBACK (show_state),
                                            self);
  show_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MONITOR]);
}

/**
 * stoker_offline_note_set_cut_off:
 * @is_cut_off: whether none of the providers that were asked could be reached
 *
 * Says so, unless there is no network at all.
 */
void
stoker_offline_note_set_cut_off (StokerOfflineNote *self, gboolean is_cut_off)
{
  g_return_if_fail (STOKER_IS_OFFLINE_NOTE (self));

  if (self->is_cut_off == is_cut_off)
    return;
  self->is_cut_off = is_cut_off;
  show_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_CUT_OFF]);
}

/**
 * stoker_offline_note_is_offline:
 *
 * Returns: whether there is no network, or none that leads anywhere, which the note says then
 */
gboolean
stoker_offline_note_is_offline (StokerOfflineNote *self)
{
  g_return_val_if_fail (STOKER_IS_OFFLINE_NOTE (self), FALSE);

  return gtk_revealer_get_reveal_child (self->revealer);
}
