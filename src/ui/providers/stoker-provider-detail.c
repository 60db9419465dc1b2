/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-detail.h"

#include "stoker-health-phrases.h"
#include "stoker-phrases.h"
#include "stoker-profile-facts.h"
#include "stoker-provider-actions.h"
#include "stoker-provider-commands.h"
#include "stoker-provider-holder.h"
#include "stoker-provider-machines.h"
#include "stoker-provider-phrases.h"
#include "stoker-provider-record.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerProviderDetail
{
  AdwBin parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  StokerProvider *provider;   /* owned, nullable */
  gulong provider_handler;
  gulong list_handler;
  gulong settings_handler;
  gboolean is_refreshing;

  GtkScrolledWindow *scroller;
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *summary_label;
  GtkLabel *health_dot;
  GtkLabel *health_label;
  GtkLabel *message_label;
  GtkSpinner *spinner;
  AdwEntryRow *name_row;
  AdwActionRow *priority_row;
  GtkSwitch *active_switch;
  AdwActionRow *live_row;
  GtkSwitch *live_switch;
  AdwActionRow *dry_run_row;
  AdwActionRow *opt_in_row;
  GtkSwitch *opt_in_switch;
  AdwActionRow *key_row;
  StokerProviderMachines *machines;
  StokerProviderActions *actions;
  StokerProviderRecord *record;
  StokerProfileFacts *facts;
  GtkMenuButton *menu_button;
};

static void holder_init (StokerProviderHolderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StokerProviderDetail,
                               stoker_provider_detail,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (STOKER_TYPE_PROVIDER_HOLDER, holder_init))

static StokerProfile *
get_profile (StokerProviderDetail *self)
{
  return stoker_workspace_get_profile (self->workspace, self->provider);
}

static void
show_health (StokerProviderDetail *self)
{
  StokerHealth *health = stoker_provider_get_health (self->provider);
  g_autofree char *words = stoker_phrase_provider_health (self->provider);
  const char *message = health != NULL ? health->message : NULL;
  g_autofree char *sentence = stoker_phrase_sentence (message != NULL ? message : "");

  gtk_label_set_label (self->health_label, words);
  stoker_health_dot_show (self->health_dot, self->provider);
  gtk_label_set_label (self->message_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), message != NULL);
}

/* The flag is one for all providers of a kind. */
static const char *
describe_flag (gboolean needs_flag, gboolean is_on)
{
  if (!needs_flag)
    return _ ("Always allowed: nothing is rented here.");
  return is_on ? _ ("On: live runs are sent and cost money. Applies to all providers of this kind.")
               : _ ("Off: jobs are rehearsed and nothing is sent. Applies to all providers of this "
                    "kind.");
}

static void
show_live (StokerProviderDetail *self, StokerProfile *profile)
{
  StokerSettings *settings = stoker_workspace_get_settings (self->workspace);
  gboolean needs_flag = profile != NULL && profile->feature_flag != NULL;
  gboolean is_on = needs_flag && stoker_settings_get_flag (settings, profile->feature_flag);

  gtk_widget_set_visible (GTK_WIDGET (self->live_switch), needs_flag);
  adw_action_row_set_subtitle (self->live_row, describe_flag (needs_flag, is_on));
  gtk_switch_set_active (self->live_switch, is_on);
  adw_action_row_set_subtitle (self->dry_run_row,
                               stoker_settings_prefers_dry_run (settings)
                                 ? _ ("On: the advisor offers the rehearsal first.")
                                 : _ ("Off: the advisor offers the live run first."));
}

static void
show_opt_in (StokerProviderDetail *self, StokerProfile *profile)
{
  gboolean is_needed = profile != NULL && profile->opt_in_warning != NULL;
  g_autofree char *warning = is_needed ? g_markup_escape_text (profile->opt_in_warning, -1)
                                       : g_strdup ("");

  gtk_widget_set_visible (GTK_WIDGET (self->opt_in_row), is_needed);
  adw_action_row_set_subtitle (self->opt_in_row, warning);
  gtk_switch_set_active (self->opt_in_switch, stoker_provider_get_opted_in (self->provider));
}

static void
show_place (StokerProviderDetail *self)
{
  GListModel *providers = stoker_workspace_get_providers (self->workspace);
  guint length = g_list_model_get_n_items (providers);
  guint place = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < length && place == 0; i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      if (provider == self->provider)
        place = i + 1;
    }
  if (place == 0)
    return;
  text = g_strdup_printf (_ ("%u of %u; the first that fits is tried first"), place, length);
  adw_action_row_set_subtitle (self->priority_row, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "provider.move-up", place > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "provider.move-down", place < length);
}

static void
refresh (StokerProviderDetail *self)
{
  StokerProfile *profile = get_profile (self);
  const char *name = stoker_phrase_provider_name (self->provider);

  self->is_refreshing = TRUE;
  stoker_ui_set_avatar_name (GTK_WIDGET (self->avatar), name);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->summary_label, profile != NULL ? profile->summary : "");
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  gtk_switch_set_active (self->active_switch, stoker_provider_get_active (self->provider));
  gtk_widget_set_visible (GTK_WIDGET (self->key_row), profile != NULL &&
                                                        profile->auth_fields != NULL &&
                                                        profile->auth_fields->len > 0);
  stoker_provider_commands_update (STOKER_PROVIDER_HOLDER (self));
  show_place (self);
  show_live (self, profile);
  show_opt_in (self, profile);
  show_health (self);
  self->is_refreshing = FALSE;
}

static void
write_provider (StokerProviderDetail *self)
{
  stoker_provider_commands_save (STOKER_PROVIDER_HOLDER (self));
}

static void
name_applied_cb (StokerProviderDetail *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row)));

  if (self->provider == NULL)
    return;
  if (*g_strstrip (name) == '\0')
    {
      refresh (self);
      return;
    }
  stoker_provider_set_name (self->provider, stoker_phrase_provider_written (self->provider, name));
  write_provider (self);
}

static void
active_changed_cb (StokerProviderDetail *self)
{
  if (self->is_refreshing || self->provider == NULL)
    return;
  stoker_provider_set_active (self->provider, gtk_switch_get_active (self->active_switch));
  write_provider (self);
}

static void
opt_in_changed_cb (StokerProviderDetail *self)
{
  if (self->is_refreshing || self->provider == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self),
                              gtk_switch_get_active (self->opt_in_switch) ? "provider.opt-in"
                                                                          : "provider.opt-out",
                              NULL);
}

static void
live_changed_cb (StokerProviderDetail *self)
{
  StokerProfile *profile = NULL;

  if (self->is_refreshing || self->provider == NULL)
    return;
  profile = get_profile (self);
  if (profile != NULL && profile->feature_flag != NULL)
    stoker_settings_set_flag (stoker_workspace_get_settings (self->workspace),
                              profile->feature_flag, gtk_switch_get_active (self->live_switch));
}

static void
show_checking (StokerProviderHolder *holder, gboolean is_checking)
{
  StokerProviderDetail *self = STOKER_PROVIDER_DETAIL (holder);

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_checking);
  gtk_spinner_set_spinning (self->spinner, is_checking);
}

static StokerWorkspace *
get_workspace (StokerProviderHolder *holder)
{
  return STOKER_PROVIDER_DETAIL (holder)->workspace;
}

static StokerProvider *
get_provider (StokerProviderHolder *holder)
{
  return STOKER_PROVIDER_DETAIL (holder)->provider;
}

static void
holder_init (StokerProviderHolderInterface *iface)
{
  iface->get_workspace = get_workspace;
  iface->get_provider = get_provider;
  iface->show_checking = show_checking;
}

static GSettings *
get_gsettings (StokerProviderDetail *self)
{
  return stoker_settings_get_gsettings (stoker_workspace_get_settings (self->workspace));
}

static void
forget_provider (StokerProviderDetail *self)
{
  g_clear_signal_handler (&self->provider_handler, self->provider);
  if (self->workspace != NULL)
    {
      g_clear_signal_handler (&self->list_handler,
                              stoker_workspace_get_providers (self->workspace));
      g_clear_signal_handler (&self->settings_handler, get_gsettings (self));
    }
  g_clear_object (&self->provider);
  g_clear_object (&self->workspace);
}

static void
stoker_provider_detail_dispose (GObject *object)
{
  forget_provider (STOKER_PROVIDER_DETAIL (object));
  G_OBJECT_CLASS (stoker_provider_detail_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, avatar);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, name_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, summary_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, health_dot);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, health_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, message_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, spinner);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, name_row);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, priority_row);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, active_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, live_row);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, live_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, dry_run_row);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, opt_in_row);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, opt_in_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, key_row);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, machines);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, actions);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, record);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, menu_button);
}

static void
stoker_provider_detail_class_init (StokerProviderDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_provider_detail_dispose;

  g_type_ensure (STOKER_TYPE_PROFILE_FACTS);
  g_type_ensure (STOKER_TYPE_PROVIDER_ACTIONS);
  g_type_ensure (STOKER_TYPE_PROVIDER_MACHINES);
  g_type_ensure (STOKER_TYPE_PROVIDER_RECORD);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-provider-detail.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, name_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, active_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, opt_in_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, live_changed_cb);
  stoker_provider_commands_install (widget_class);
}

static void
stoker_provider_detail_init (StokerProviderDetail *self)
{
  g_autoptr (GMenuModel) menu = stoker_provider_commands_load_menu ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->menu_button, menu);
}

/**
 * stoker_provider_detail_set_provider:
 * @workspace: (nullable): the workspace
 * @provider: (nullable): one of its providers
 *
 * Shows a provider from its top.
 */
void
stoker_provider_detail_set_provider (StokerProviderDetail *self,
                                     StokerWorkspace *workspace,
                                     StokerProvider *provider)
{
  g_return_if_fail (STOKER_IS_PROVIDER_DETAIL (self));

  forget_provider (self);
  stoker_provider_machines_set_provider (self->machines, workspace, provider);
  stoker_provider_actions_set_provider (self->actions, workspace, provider);
  stoker_provider_record_set_provider (self->record, workspace, provider);
  if (workspace == NULL || provider == NULL)
    return;
  g_set_object (&self->workspace, workspace);
  g_set_object (&self->provider, provider);
  self->list_handler = g_signal_connect_swapped (stoker_workspace_get_providers (workspace),
                                                 "items-changed", G_CALLBACK (show_place), self);
  self->provider_handler = g_signal_connect_swapped (provider, "notify", G_CALLBACK (refresh),
                                                     self);
  if (get_gsettings (self) != NULL)
    self->settings_handler = g_signal_connect_swapped (get_gsettings (self), "changed",
                                                       G_CALLBACK (refresh), self);
  stoker_profile_facts_set_profile (self->facts, get_profile (self));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  refresh (self);
}

/**
 * stoker_provider_detail_write_anew:
 *
 * Amounts are written in another way from now on.
 */
void
stoker_provider_detail_write_anew (StokerProviderDetail *self)
{
  g_return_if_fail (STOKER_IS_PROVIDER_DETAIL (self));

  if (self->provider == NULL)
    return;
  stoker_provider_record_set_provider (self->record, self->workspace, self->provider);
  stoker_profile_facts_set_profile (self->facts, get_profile (self));
}
