/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-setup-window.h"

#include "stoker-auth-form.h"
#include "stoker-check-provider.h"
#include "stoker-check-view.h"
#include "stoker-error.h"
#include "stoker-register-provider.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerSetupWindow
{
  AdwWindow parent_instance;

  StokerWorkspace *workspace; /* owned */
  StokerProfile *profile;     /* owned */
  StokerProvider *provider;   /* owned, nullable: not registered yet */
  GCancellable *cancellable;  /* owned */

  GtkStack *steps;
  AdwWindowTitle *title;
  AdwEntryRow *name_row;
  StokerAuthForm *form;
  GtkWidget *opt_in_group;
  GtkLabel *opt_in_label;
  GtkSwitch *opt_in_switch;
  GtkWidget *live_group;
  GtkSwitch *live_switch;
  GtkLabel *summary_label;
  GtkLabel *permissions_label;
  GtkWidget *help_button;
  StokerCheckView *check_view;
  GtkWidget *edit_button;
  GtkWidget *again_button;
  GtkWidget *keep_button;
  AdwStatusPage *done_page;
};

G_DEFINE_FINAL_TYPE (StokerSetupWindow, stoker_setup_window, ADW_TYPE_WINDOW)

static void
update_next (StokerSetupWindow *self)
{
  gboolean has_name = *gtk_editable_get_text (GTK_EDITABLE (self->name_row)) != '\0';

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "setup.next",
                                 has_name && stoker_auth_form_get_is_valid (self->form));
}

static gboolean
is_live (StokerSetupWindow *self)
{
  return stoker_settings_allows (stoker_workspace_get_settings (self->workspace), self->profile);
}

static void
show_done (StokerSetupWindow *self)
{
  g_autofree char *title = g_strdup_printf (_ ("%s Is Ready"),
                                            stoker_provider_get_name (self->provider));
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_status_page_set_title (self->done_page, escaped);
  adw_status_page_set_description (
    self->done_page,
    is_live (self)
      ? _ ("Jobs can be sent there now.")
      : _ ("Jobs are rehearsed until you allow live requests on the provider's page."));
  gtk_stack_set_visible_child_name (self->steps, "done");
}

/* Trouble that has nothing to do with what was filled in, and may be over soon. */
static gboolean
may_pass (const StokerHealth *health)
{
  return health->error_code == STOKER_ERROR_RATE_LIMITED ||
         health->error_code == STOKER_ERROR_UNAVAILABLE;
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerSetupWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerHealth) health = stoker_check_provider_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (health == NULL)
    health = stoker_health_new_error (error, g_get_real_time ());
  stoker_check_view_finish (self->check_view, health);
  gtk_widget_set_visible (self->edit_button, !health->is_ok && !may_pass (health));
  gtk_widget_set_visible (self->again_button, !health->is_ok && may_pass (health));
  gtk_widget_set_visible (self->keep_button, TRUE);
  gtk_button_set_label (GTK_BUTTON (self->keep_button),
                        health->is_ok ? _ ("_Continue") : _ ("_Keep It Anyway"));
}

static void
set_live (StokerSetupWindow *self)
{
  if (self->profile->feature_flag != NULL)
    stoker_settings_set_flag (stoker_workspace_get_settings (self->workspace),
                              self->profile->feature_flag,
                              gtk_switch_get_active (self->live_switch));
}

static void
start_check (StokerSetupWindow *self)
{
  stoker_auth_form_forget_secrets (self->form);
  if (!is_live (self))
    {
      show_done (self);
      return;
    }
  stoker_check_view_start (self->check_view, self->profile->name);
  gtk_widget_set_visible (self->edit_button, FALSE);
  gtk_widget_set_visible (self->again_button, FALSE);
  gtk_widget_set_visible (self->keep_button, FALSE);
  gtk_stack_set_visible_child_name (self->steps, "check");
  stoker_check_provider_async (self->workspace, self->provider, self->cancellable, checked_cb,
                               g_object_ref (self));
}

static void
show_problem (StokerSetupWindow *self, const GError *error)
{
  g_autoptr (StokerHealth) health = stoker_health_new_error (error, g_get_real_time ());

  gtk_stack_set_visible_child_name (self->steps, "check");
  stoker_check_view_finish (self->check_view, health);
  gtk_widget_set_visible (self->edit_button, TRUE);
  gtk_widget_set_visible (self->again_button, FALSE);
  gtk_widget_set_visible (self->keep_button, FALSE);
}

static void
registered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerSetupWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) provider = stoker_register_provider_finish (result, &error);

  if (provider == NULL)
    {
      show_problem (self, error);
      return;
    }
  g_set_object (&self->provider, provider);
  start_check (self);
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerSetupWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (stoker_update_provider_finish (result, &error))
    start_check (self);
  else
    show_problem (self, error);
}

static char *
make_id (StokerSetupWindow *self, guint number)
{
  return number == 1 ? g_strdup (self->profile->id)
                     : g_strdup_printf ("%s-%u", self->profile->id, number);
}

/* A second provider of the same kind gets a number: "runpod", "runpod-2", … */
static guint
find_free_number (StokerSetupWindow *self)
{
  for (guint number = 1;; number++)
    {
      g_autofree char *id = make_id (self, number);

      if (stoker_workspace_lookup_provider (self->workspace, id) == NULL)
        return number;
    }
}

static JsonNode *
build_payload (StokerSetupWindow *self)
{
  g_autoptr (GHashTable) config = stoker_auth_form_list_config (self->form);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *id = make_id (self, find_free_number (self));
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "template_id");
  json_builder_add_string_value (builder, self->profile->id);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, id);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
  json_builder_set_member_name (builder, "opted_in");
  json_builder_add_boolean_value (builder, gtk_switch_get_active (self->opt_in_switch));
  json_builder_set_member_name (builder, "config");
  json_builder_begin_object (builder);
  g_hash_table_iter_init (&iter, config);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (*(const char *) value != '\0')
      {
        json_builder_set_member_name (builder, key);
        json_builder_add_string_value (builder, value);
      }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
apply_to_provider (StokerSetupWindow *self)
{
  g_autoptr (GHashTable) config = stoker_auth_form_list_config (self->form);
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;

  stoker_provider_set_name (self->provider, gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
  stoker_provider_set_opted_in (self->provider, gtk_switch_get_active (self->opt_in_switch));
  g_hash_table_iter_init (&iter, config);
  while (g_hash_table_iter_next (&iter, &key, &value))
    stoker_provider_set_config (self->provider, key, *(const char *) value != '\0' ? value : NULL);
}

static void
next_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerSetupWindow *self = STOKER_SETUP_WINDOW (widget);
  g_autoptr (GHashTable) secrets = NULL;
  g_autoptr (JsonNode) payload = NULL;

  secrets = stoker_auth_form_list_secrets (self->form);
  set_live (self);
  stoker_check_view_start (self->check_view, self->profile->name);
  if (self->provider != NULL)
    {
      apply_to_provider (self);
      stoker_update_provider_async (self->workspace, self->provider, secrets, self->cancellable,
                                    updated_cb, g_object_ref (self));
      return;
    }
  payload = build_payload (self);
  stoker_register_provider_async (self->workspace, payload, NULL, secrets, self->cancellable,
                                  registered_cb, g_object_ref (self));
}

static void
check_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  start_check (STOKER_SETUP_WINDOW (widget));
}

static void
edit_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_stack_set_visible_child_name (STOKER_SETUP_WINDOW (widget)->steps, "key");
}

static void
keep_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerSetupWindow *self = STOKER_SETUP_WINDOW (widget);
  StokerHealth *health = stoker_provider_get_health (self->provider);

  if (health != NULL && health->is_ok)
    show_done (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
help_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_ui_show_uri (widget, STOKER_SETUP_WINDOW (widget)->profile->keys_url);
}

static char *
propose_name (StokerSetupWindow *self)
{
  guint number = 1;

  if (self->provider != NULL)
    return g_strdup (stoker_provider_get_name (self->provider));
  number = find_free_number (self);
  return number == 1 ? g_strdup (self->profile->name)
                     : g_strdup_printf ("%s %u", self->profile->name, number);
}

static void
show_profile (StokerSetupWindow *self)
{
  g_autofree char *name = propose_name (self);
  StokerProfile *profile = self->profile;
  g_autofree char *permissions = profile->permissions != NULL
                                   ? g_strjoinv ("\n", profile->permissions)
                                   : NULL;
  g_autofree char *title =
    g_strdup_printf (self->provider != NULL ? _ ("Change %s") : _ ("Set Up %s"), profile->name);

  adw_window_title_set_title (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_label (self->summary_label, profile->summary);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  stoker_auth_form_set_profile (self->form, profile, self->provider);
  gtk_widget_set_visible (self->help_button, profile->keys_url != NULL);
  gtk_label_set_label (self->permissions_label, permissions != NULL ? permissions : "");
  gtk_widget_set_visible (GTK_WIDGET (self->permissions_label),
                          permissions != NULL && *permissions != '\0');
  gtk_widget_set_visible (self->live_group, profile->feature_flag != NULL);
  gtk_switch_set_active (self->live_switch, is_live (self));
  gtk_widget_set_visible (self->opt_in_group, profile->opt_in_warning != NULL);
  gtk_label_set_label (self->opt_in_label,
                       profile->opt_in_warning != NULL ? profile->opt_in_warning : "");
  if (self->provider != NULL)
    gtk_switch_set_active (self->opt_in_switch, stoker_provider_get_opted_in (self->provider));
  update_next (self);
}

static void
stoker_setup_window_dispose (GObject *object)
{
  StokerSetupWindow *self = STOKER_SETUP_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->provider);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (stoker_setup_window_parent_class)->dispose (object);
}

static void
stoker_setup_window_finalize (GObject *object)
{
  StokerSetupWindow *self = STOKER_SETUP_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->profile, stoker_profile_unref);
  G_OBJECT_CLASS (stoker_setup_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, steps);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, title);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, name_row);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, form);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, opt_in_group);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, opt_in_label);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, opt_in_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, live_group);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, live_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, summary_label);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, permissions_label);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, help_button);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, check_view);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, edit_button);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, again_button);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, keep_button);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, done_page);
}

static void
stoker_setup_window_class_init (StokerSetupWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stoker_setup_window_dispose;
  object_class->finalize = stoker_setup_window_finalize;

  g_type_ensure (STOKER_TYPE_AUTH_FORM);
  g_type_ensure (STOKER_TYPE_CHECK_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-setup-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, update_next);
  gtk_widget_class_install_action (widget_class, "setup.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "setup.check", NULL, check_cb);
  gtk_widget_class_install_action (widget_class, "setup.edit", NULL, edit_cb);
  gtk_widget_class_install_action (widget_class, "setup.keep", NULL, keep_cb);
  gtk_widget_class_install_action (widget_class, "setup.help", NULL, help_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
stoker_setup_window_init (StokerSetupWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * stoker_setup_window_new:
 * @parent: (nullable): the window it belongs to
 * @workspace: the workspace
 * @profile: what to set up
 * @provider: (nullable): a registered provider to change, instead of adding one
 *
 * Returns: (transfer none): a window, owned by GTK like every top-level
 */
StokerSetupWindow *
stoker_setup_window_new (GtkWindow *parent,
                         StokerWorkspace *workspace,
                         StokerProfile *profile,
                         StokerProvider *provider)
{
  StokerSetupWindow *self = g_object_new (STOKER_TYPE_SETUP_WINDOW, "transient-for", parent,
                                          "modal", TRUE, NULL);

  g_set_object (&self->workspace, workspace);
  g_set_object (&self->provider, provider);
  self->profile = stoker_profile_ref (profile);
  show_profile (self);
  return self;
}
