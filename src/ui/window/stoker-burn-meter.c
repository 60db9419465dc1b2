/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-burn-meter.h"

#include "stoker-overview-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerBurnMeter
{
  GtkButton parent_instance;

  StokerOutlook *outlook; /* owned, nullable */

  GtkLabel *burn_label;
  GtkLabel *spent_label;
};

G_DEFINE_FINAL_TYPE (StokerBurnMeter, stoker_burn_meter, GTK_TYPE_BUTTON)

/* Nothing is claimed before the ledger was read. */
static void
refresh (StokerBurnMeter *self)
{
  const StokerSpendingSummary *spending = stoker_outlook_get_spending (self->outlook);
  StokerMoney budget = stoker_outlook_get_budget (self->outlook, STOKER_BUDGET_DAY);
  g_autofree char *burn = stoker_phrase_burn (stoker_outlook_get_cost (self->outlook));
  g_autofree char *spent = spending != NULL ? stoker_phrase_spent (&spending->today, budget) : NULL;
  const char *state = spending != NULL ? stoker_phrase_budget_class (budget, &spending->today)
                                       : NULL;
  g_autofree char *name = g_strdup_printf (_ ("Cost: %s, %s"), burn, spent != NULL ? spent : "");

  gtk_widget_set_visible (GTK_WIDGET (self), spending != NULL);
  gtk_label_set_label (self->burn_label, burn);
  gtk_label_set_label (self->spent_label, spent != NULL ? spent : "");
  stoker_ui_set_state_class (GTK_WIDGET (self->spent_label), state != NULL ? state : "dim-label");
  stoker_ui_set_label (GTK_WIDGET (self), name);
}

static void
drop_outlook (StokerBurnMeter *self)
{
  if (self->outlook != NULL)
    g_signal_handlers_disconnect_by_data (self->outlook, self);
  g_clear_object (&self->outlook);
}

static void
stoker_burn_meter_dispose (GObject *object)
{
  drop_outlook (STOKER_BURN_METER (object));
  G_OBJECT_CLASS (stoker_burn_meter_parent_class)->dispose (object);
}

static void
stoker_burn_meter_class_init (StokerBurnMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_burn_meter_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/window/stoker-burn-meter.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerBurnMeter, burn_label);
  gtk_widget_class_bind_template_child (widget_class, StokerBurnMeter, spent_label);
}

static void
stoker_burn_meter_init (StokerBurnMeter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_burn_meter_set_outlook:
 * @outlook: what it shows
 */
void
stoker_burn_meter_set_outlook (StokerBurnMeter *self, StokerOutlook *outlook)
{
  g_return_if_fail (STOKER_IS_BURN_METER (self));
  g_return_if_fail (STOKER_IS_OUTLOOK (outlook));

  drop_outlook (self);
  self->outlook = g_object_ref (outlook);
  g_signal_connect_swapped (outlook, "changed", G_CALLBACK (refresh), self);
  refresh (self);
}
