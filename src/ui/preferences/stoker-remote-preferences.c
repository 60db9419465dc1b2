/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-remote-preferences.h"

#include "stoker-amount-row.h"
#include "stoker-flag-rows.h"
#include "stoker-switch-row.h"
#include "stoker-ui.h"

struct _StokerRemotePreferences
{
  AdwPreferencesPage parent_instance;

  AdwPreferencesGroup *flags_group;
  StokerSwitchRow *dry_run_switch;
  StokerSwitchRow *fallback_switch;
  GtkSpinButton *jobs_per_provider_spin;
  GtkSpinButton *poll_spin;
  StokerAmountRow *check_row;
};

G_DEFINE_FINAL_TYPE (StokerRemotePreferences, stoker_remote_preferences, ADW_TYPE_PREFERENCES_PAGE)

static void
stoker_remote_preferences_class_init (StokerRemotePreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (STOKER_TYPE_AMOUNT_ROW);
  g_type_ensure (STOKER_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/preferences/stoker-remote-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerRemotePreferences, flags_group);
  gtk_widget_class_bind_template_child (widget_class, StokerRemotePreferences, dry_run_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerRemotePreferences, fallback_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerRemotePreferences,
                                        jobs_per_provider_spin);
  gtk_widget_class_bind_template_child (widget_class, StokerRemotePreferences, poll_spin);
  gtk_widget_class_bind_template_child (widget_class, StokerRemotePreferences, check_row);
}

static void
stoker_remote_preferences_init (StokerRemotePreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
bind (GSettings *settings, const char *key, gpointer widget, const char *property)
{
  g_settings_bind (settings, key, widget, property,
                   G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_NO_SENSITIVITY);
}

/**
 * stoker_remote_preferences_show:
 * @workspace: whose settings and providers it is about
 *
 * To be called once.
 */
void
stoker_remote_preferences_show (StokerRemotePreferences *self, StokerWorkspace *workspace)
{
  GSettings *settings = stoker_settings_get_gsettings (stoker_workspace_get_settings (workspace));

  g_return_if_fail (STOKER_IS_REMOTE_PREFERENCES (self));

  stoker_flag_rows_add (self->flags_group, workspace);
  bind (settings, "dry-run-default", self->dry_run_switch, "active");
  bind (settings, "fallback", self->fallback_switch, "active");
  bind (settings, "jobs-per-provider", self->jobs_per_provider_spin, "value");
  bind (settings, "poll-seconds", self->poll_spin, "value");
  bind (settings, "check-minutes", self->check_row, "value");
}
