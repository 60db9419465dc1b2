/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-commands.h"

#include "stoker-check-provider.h"
#include "stoker-duplicate-provider.h"
#include "stoker-phrases.h"
#include "stoker-provider-dialogs.h"
#include "stoker-provider-phrases.h"
#include "stoker-register-provider.h"
#include "stoker-setup-window.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

static void
tell_error (gpointer widget, const GError *error)
{
  g_autofree char *sentence = stoker_phrase_sentence (error->message);

  stoker_ui_toast (GTK_WIDGET (widget), sentence);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerProviderHolder) holder = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_update_provider_finish (result, &error))
    tell_error (holder, error);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerProviderHolder) holder = user_data;
  StokerProvider *provider = stoker_provider_holder_get_provider (holder);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerHealth) health = stoker_check_provider_finish (result, &error);
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;

  stoker_provider_holder_show_checking (holder, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (holder), "provider.check", TRUE);
  if (health == NULL)
    {
      tell_error (holder, error);
      return;
    }
  if (provider == NULL)
    return;
  words = stoker_phrase_health (health);
  text = g_strdup_printf ("%s: %s", stoker_phrase_provider_name (provider), words);
  stoker_ui_toast (GTK_WIDGET (holder), text);
}

static void
check_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerProviderHolder *holder = STOKER_PROVIDER_HOLDER (widget);

  stoker_provider_holder_show_checking (holder, TRUE);
  gtk_widget_action_set_enabled (widget, "provider.check", FALSE);
  stoker_check_provider_async (stoker_provider_holder_get_workspace (holder),
                               stoker_provider_holder_get_provider (holder), NULL, checked_cb,
                               g_object_ref (widget));
}

static void
edit_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerProviderHolder *holder = STOKER_PROVIDER_HOLDER (widget);

  gtk_window_present (
    GTK_WINDOW (stoker_setup_window_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                         stoker_provider_holder_get_workspace (holder),
                                         stoker_provider_holder_get_profile (holder),
                                         stoker_provider_holder_get_provider (holder))));
}

static void
rename_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_provider_dialogs_ask_name (STOKER_PROVIDER_HOLDER (widget));
}

static void
set_active (GtkWidget *widget, gboolean is_active)
{
  StokerProviderHolder *holder = STOKER_PROVIDER_HOLDER (widget);

  stoker_provider_set_active (stoker_provider_holder_get_provider (holder), is_active);
  stoker_provider_commands_save (holder);
}

static void
activate_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_active (widget, TRUE);
}

static void
deactivate_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_active (widget, FALSE);
}

static void
opt_in_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_provider_dialogs_ask_opt_in (STOKER_PROVIDER_HOLDER (widget));
}

static void
opt_out_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerProviderHolder *holder = STOKER_PROVIDER_HOLDER (widget);

  stoker_provider_set_opted_in (stoker_provider_holder_get_provider (holder), FALSE);
  stoker_provider_commands_save (holder);
}

static void
duplicate_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_provider_dialogs_ask_duplicate (STOKER_PROVIDER_HOLDER (widget));
}

static void
remove_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_provider_dialogs_ask_remove (STOKER_PROVIDER_HOLDER (widget));
}

static void
move (GtkWidget *widget, int step)
{
  StokerProvider *provider = stoker_provider_holder_get_provider (STOKER_PROVIDER_HOLDER (widget));

  gtk_widget_activate_action (widget, "providers.move", "(si)", stoker_provider_get_id (provider),
                              step);
}

static void
move_up_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  move (widget, -1);
}

static void
move_down_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  move (widget, 1);
}

/**
 * stoker_provider_commands_install:
 * @widget_class: class of a #StokerProviderHolder
 *
 * Gives the class the actions: check, edit, rename, duplicate, activate, deactivate, opt-in,
 * opt-out, move-up, move-down and remove.
 */
void
stoker_provider_commands_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "provider.check", NULL, check_cb);
  gtk_widget_class_install_action (widget_class, "provider.edit", NULL, edit_cb);
  gtk_widget_class_install_action (widget_class, "provider.rename", NULL, rename_cb);
  gtk_widget_class_install_action (widget_class, "provider.duplicate", NULL, duplicate_cb);
  gtk_widget_class_install_action (widget_class, "provider.activate", NULL, activate_cb);
  gtk_widget_class_install_action (widget_class, "provider.deactivate", NULL, deactivate_cb);
  gtk_widget_class_install_action (widget_class, "provider.opt-in", NULL, opt_in_cb);
  gtk_widget_class_install_action (widget_class, "provider.opt-out", NULL, opt_out_cb);
  gtk_widget_class_install_action (widget_class, "provider.move-up", NULL, move_up_cb);
  gtk_widget_class_install_action (widget_class, "provider.move-down", NULL, move_down_cb);
  gtk_widget_class_install_action (widget_class, "provider.remove", NULL, remove_cb);
}

/**
 * stoker_provider_commands_load_menu:
 *
 * Returns: (transfer full): a menu of the actions, for a widget inside of a #StokerProviderHolder
 */
GMenuModel *
stoker_provider_commands_load_menu (void)
{
  g_autoptr (GtkBuilder)
    builder = gtk_builder_new_from_resource (STOKER_UI_RESOURCE_PATH "/providers/provider-menu.ui");

  return G_MENU_MODEL (g_object_ref (gtk_builder_get_object (builder, "provider_menu")));
}

/**
 * stoker_provider_commands_update:
 * @holder: a widget with a provider
 *
 * Lets its menus offer what makes sense for the provider as it is now.
 */
void
stoker_provider_commands_update (StokerProviderHolder *holder)
{
  GtkWidget *widget = GTK_WIDGET (holder);
  StokerProvider *provider = stoker_provider_holder_get_provider (holder);
  StokerProfile *profile = stoker_provider_holder_get_profile (holder);
  gboolean is_local = g_str_equal (stoker_provider_get_id (provider), STOKER_PROVIDER_LOCAL_ID);
  gboolean is_active = stoker_provider_get_active (provider);
  gboolean is_risky = profile != NULL && profile->opt_in_warning != NULL;
  gboolean is_opted_in = stoker_provider_get_opted_in (provider);

  gtk_widget_action_set_enabled (widget, "provider.edit", profile != NULL);
  gtk_widget_action_set_enabled (widget, "provider.activate", !is_active);
  gtk_widget_action_set_enabled (widget, "provider.deactivate", is_active);
  gtk_widget_action_set_enabled (widget, "provider.opt-in", is_risky && !is_opted_in);
  gtk_widget_action_set_enabled (widget, "provider.opt-out", is_risky && is_opted_in);
  gtk_widget_action_set_enabled (widget, "provider.duplicate", !is_local);
  gtk_widget_action_set_enabled (widget, "provider.remove", !is_local);
}

/**
 * stoker_provider_commands_save:
 * @holder: a widget with a provider that was changed through its setters
 *
 * Writes the provider, and tells when that fails.
 */
void
stoker_provider_commands_save (StokerProviderHolder *holder)
{
  stoker_update_provider_async (stoker_provider_holder_get_workspace (holder),
                                stoker_provider_holder_get_provider (holder), NULL, NULL, saved_cb,
                                g_object_ref (holder));
}
