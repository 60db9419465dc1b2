/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-health-chip.h"

#include "stoker-health-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-ui.h"

struct _StokerHealthChip
{
  GtkButton parent_instance;

  StokerProvider *provider; /* owned, nullable in a template test */

  GtkLabel *dot;
  GtkLabel *name_label;
  GtkLabel *health_label;
};

G_DEFINE_FINAL_TYPE (StokerHealthChip, stoker_health_chip, GTK_TYPE_BUTTON)

static void
refresh (StokerHealthChip *self)
{
  g_autofree char *words = stoker_phrase_provider_health (self->provider);
  g_autofree char *name = g_strdup_printf ("%s: %s", stoker_phrase_provider_name (self->provider),
                                           words);

  stoker_health_dot_show (self->dot, self->provider);
  gtk_label_set_label (self->name_label, stoker_phrase_provider_name (self->provider));
  gtk_label_set_label (self->health_label, words);
  stoker_ui_set_label (GTK_WIDGET (self), name);
}

static void
stoker_health_chip_dispose (GObject *object)
{
  StokerHealthChip *self = STOKER_HEALTH_CHIP (object);

  if (self->provider != NULL)
    g_signal_handlers_disconnect_by_data (self->provider, self);
  g_clear_object (&self->provider);
  G_OBJECT_CLASS (stoker_health_chip_parent_class)->dispose (object);
}

static void
stoker_health_chip_class_init (StokerHealthChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_health_chip_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/overview/stoker-health-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerHealthChip, dot);
  gtk_widget_class_bind_template_child (widget_class, StokerHealthChip, name_label);
  gtk_widget_class_bind_template_child (widget_class, StokerHealthChip, health_label);
}

static void
stoker_health_chip_init (StokerHealthChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  stoker_ui_tell_cut (self->name_label);
}

/**
 * stoker_health_chip_new:
 * @provider: a registered provider
 *
 * Returns: (transfer floating): its button, which follows the provider
 */
GtkWidget *
stoker_health_chip_new (StokerProvider *provider)
{
  StokerHealthChip *self = g_object_new (STOKER_TYPE_HEALTH_CHIP, NULL);

  self->provider = g_object_ref (provider);
  g_signal_connect_swapped (provider, "notify", G_CALLBACK (refresh), self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.show-provider");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", stoker_provider_get_id (provider));
  refresh (self);
  return GTK_WIDGET (self);
}
