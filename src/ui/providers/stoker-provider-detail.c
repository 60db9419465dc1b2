/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-detail.h"

#include "stoker-check-provider.h"
#include "stoker-phrases.h"
#include "stoker-profile-facts.h"
#include "stoker-register-provider.h"
#include "stoker-setup-window.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerProviderDetail
{
  AdwBin parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  StokerProvider *provider;   /* owned, nullable */
  gulong provider_handler;
  gboolean is_refreshing;
  gboolean is_checking;

  GtkScrolledWindow *scroller;
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *summary_label;
  GtkImage *health_dot;
  GtkLabel *health_label;
  GtkLabel *message_label;
  GtkSpinner *spinner;
  AdwEntryRow *name_row;
  GtkSpinButton *priority_spin;
  GtkSwitch *active_switch;
  AdwActionRow *live_row;
  GtkSwitch *live_switch;
  AdwActionRow *opt_in_row;
  GtkSwitch *opt_in_switch;
  AdwActionRow *key_row;
  StokerProfileFacts *facts;
  GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (StokerProviderDetail, stoker_provider_detail, ADW_TYPE_BIN)

static guint removed_signal;

static StokerProfile *
get_profile (StokerProviderDetail *self)
{
  return stoker_workspace_get_profile (self->workspace, self->provider);
}

static void
show_health (StokerProviderDetail *self)
{
  StokerHealth *health = stoker_provider_get_health (self->provider);
  g_autofree char *words = stoker_phrase_health (health);
  const char *message = health != NULL ? health->message : NULL;
  g_autofree char *sentence = stoker_phrase_sentence (message != NULL ? message : "");
  g_autoptr (GString) text = g_string_new (words);

  if (health != NULL && health->account != NULL)
    g_string_append_printf (text, " · %s", health->account);
  if (health != NULL && health->balance != NULL)
    g_string_append_printf (text, " · %s", health->balance);
  gtk_label_set_label (self->health_label, text->str);
  stoker_ui_set_state_class (GTK_WIDGET (self->health_dot), stoker_phrase_health_class (health));
  gtk_label_set_label (self->message_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), message != NULL);
}

static void
show_live (StokerProviderDetail *self, StokerProfile *profile)
{
  StokerSettings *settings = stoker_workspace_get_settings (self->workspace);
  gboolean needs_flag = profile != NULL && profile->feature_flag != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->live_switch), needs_flag);
  if (needs_flag)
    {
      adw_action_row_set_subtitle (
        self->live_row,
        _ ("Off: jobs are rehearsed and nothing is sent. Applies to all providers of this kind."));
      gtk_switch_set_active (self->live_switch,
                             stoker_settings_get_flag (settings, profile->feature_flag));
      return;
    }
  adw_action_row_set_subtitle (self->live_row, _ ("Always allowed: nothing is rented here."));
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
refresh (StokerProviderDetail *self)
{
  StokerProfile *profile = get_profile (self);
  const char *name = stoker_provider_get_name (self->provider);

  self->is_refreshing = TRUE;
  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->summary_label, profile != NULL ? profile->summary : "");
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  gtk_spin_button_set_value (self->priority_spin, stoker_provider_get_priority (self->provider));
  gtk_switch_set_active (self->active_switch, stoker_provider_get_active (self->provider));
  gtk_widget_set_visible (GTK_WIDGET (self->key_row), profile != NULL &&
                                                        profile->auth_fields != NULL &&
                                                        profile->auth_fields->len > 0);
  gtk_widget_set_visible (self->remove_button,
                          !g_str_equal (stoker_provider_get_id (self->provider),
                                        STOKER_PROVIDER_LOCAL_ID));
  show_live (self, profile);
  show_opt_in (self, profile);
  show_health (self);
  self->is_refreshing = FALSE;
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerProviderDetail) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_update_provider_finish (result, &error))
    stoker_ui_toast (GTK_WIDGET (self), error->message);
}

static void
write_provider (StokerProviderDetail *self)
{
  stoker_update_provider_async (self->workspace, self->provider, NULL, NULL, updated_cb,
                                g_object_ref (self));
}

static void
name_applied_cb (StokerProviderDetail *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));

  if (self->provider == NULL || *name == '\0')
    return;
  stoker_provider_set_name (self->provider, name);
  write_provider (self);
}

static void
priority_changed_cb (StokerProviderDetail *self)
{
  if (self->is_refreshing || self->provider == NULL)
    return;
  stoker_provider_set_priority (self->provider,
                                gtk_spin_button_get_value_as_int (self->priority_spin));
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
  stoker_provider_set_opted_in (self->provider, gtk_switch_get_active (self->opt_in_switch));
  write_provider (self);
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
show_checking (StokerProviderDetail *self, gboolean is_checking)
{
  self->is_checking = is_checking;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_checking);
  gtk_spinner_set_spinning (self->spinner, is_checking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "provider.check", !is_checking);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerProviderDetail) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerHealth) health = stoker_check_provider_finish (result, &error);

  show_checking (self, FALSE);
  if (health == NULL)
    stoker_ui_toast (GTK_WIDGET (self), error->message);
  else if (self->provider != NULL)
    refresh (self);
}

static void
check_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerProviderDetail *self = STOKER_PROVIDER_DETAIL (widget);

  show_checking (self, TRUE);
  stoker_check_provider_async (self->workspace, self->provider, NULL, checked_cb,
                               g_object_ref (self));
}

static void
edit_key_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerProviderDetail *self = STOKER_PROVIDER_DETAIL (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_window_present (GTK_WINDOW (stoker_setup_window_new (GTK_WINDOW (root), self->workspace,
                                                           get_profile (self), self->provider)));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerProviderDetail) self = user_data;
  g_autoptr (GError) error = NULL;

  if (stoker_remove_provider_finish (result, &error))
    g_signal_emit (self, removed_signal, 0);
  else
    stoker_ui_toast (GTK_WIDGET (self), error->message);
}

static void
remove_confirmed_cb (StokerProviderDetail *self, const char *response)
{
  if (g_strcmp0 (response, "remove") == 0 && self->provider != NULL)
    stoker_remove_provider_async (self->workspace, stoker_provider_get_id (self->provider), NULL,
                                  removed_cb, g_object_ref (self));
}

static void
remove_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerProviderDetail *self = STOKER_PROVIDER_DETAIL (widget);
  g_autofree char *heading = g_strdup_printf (_ ("Remove %s?"),
                                              stoker_provider_get_name (self->provider));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), heading,
                                              _ ("Its settings and its keys are deleted from this "
                                                 "computer. Nothing changes at the provider."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove",
                                    _ ("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
forget_provider (StokerProviderDetail *self)
{
  g_clear_signal_handler (&self->provider_handler, self->provider);
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
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, priority_spin);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, active_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, live_row);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, live_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, opt_in_row);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, opt_in_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, key_row);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderDetail, remove_button);
}

static void
stoker_provider_detail_class_init (StokerProviderDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_provider_detail_dispose;
  removed_signal = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (STOKER_TYPE_PROFILE_FACTS);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-provider-detail.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, name_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, priority_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, active_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, opt_in_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, live_changed_cb);
  gtk_widget_class_install_action (widget_class, "provider.check", NULL, check_cb);
  gtk_widget_class_install_action (widget_class, "provider.edit-key", NULL, edit_key_cb);
  gtk_widget_class_install_action (widget_class, "provider.remove", NULL, remove_cb);
}

static void
stoker_provider_detail_init (StokerProviderDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
  if (workspace == NULL || provider == NULL)
    return;
  g_set_object (&self->workspace, workspace);
  g_set_object (&self->provider, provider);
  self->provider_handler = g_signal_connect_swapped (provider, "notify", G_CALLBACK (refresh),
                                                     self);
  stoker_profile_facts_set_profile (self->facts, get_profile (self));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  refresh (self);
}
