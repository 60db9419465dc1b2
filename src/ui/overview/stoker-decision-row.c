/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-decision-row.h"

#include "stoker-ui.h"

struct _StokerDecisionRow
{
  AdwActionRow parent_instance;

  GtkImage *image;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (StokerDecisionRow, stoker_decision_row, ADW_TYPE_ACTION_ROW)

static void
stoker_decision_row_class_init (StokerDecisionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/overview/stoker-decision-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerDecisionRow, image);
  gtk_widget_class_bind_template_child (widget_class, StokerDecisionRow, button);
}

static void
stoker_decision_row_init (StokerDecisionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_button (StokerDecisionRow *self, StokerDecision *decision)
{
  GtkActionable *button = GTK_ACTIONABLE (self->button);
  g_autofree char *tooltip = g_strdup_printf ("%s: %s", stoker_decision_get_title (decision),
                                              stoker_decision_get_subtitle (decision));

  gtk_button_set_label (self->button, stoker_decision_get_button_label (decision));
  gtk_actionable_set_action_name (button, stoker_decision_get_action_name (decision));
  gtk_actionable_set_action_target (button, "s", stoker_decision_get_target (decision));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip, -1);
}

/**
 * stoker_decision_row_new:
 * @decision: what waits
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
stoker_decision_row_new (StokerDecision *decision)
{
  StokerDecisionRow *self = g_object_new (STOKER_TYPE_DECISION_ROW, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), stoker_decision_get_title (decision));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), stoker_decision_get_subtitle (decision));
  gtk_image_set_from_icon_name (self->image, stoker_decision_get_icon_name (decision));
  stoker_ui_set_state_class (GTK_WIDGET (self->image), stoker_decision_get_style_class (decision));
  set_button (self, decision);
  return GTK_WIDGET (self);
}
