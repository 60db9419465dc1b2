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
#include "stoker-found-offers.h"
#include "stoker-keyring-banner.h"
#include "stoker-provider-phrases.h"
#include "stoker-register-provider.h"
#include "stoker-setup-entry.h"
#include "stoker-ui.h"
#include "stoker-use-step.h"

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
  StokerKeyringBanner *keyring_banner;
  GtkLabel *summary_label;
  StokerFoundOffers *offers;
  AdwEntryRow *name_row;
  StokerAuthForm *form;
  GtkLabel *missing_label;
  GtkWidget *help_button;
  GtkWidget *permissions_box;
  GtkLabel *permissions_label;
  StokerCheckView *check_view;
  GtkWidget *allow_button;
  GtkWidget *edit_button;
  GtkWidget *again_button;
  GtkWidget *keys_button;
  GtkWidget *console_button;
  GtkWidget *keep_button;
  StokerUseStep *use_step;
};

G_DEFINE_FINAL_TYPE (StokerSetupWindow, stoker_setup_window, ADW_TYPE_WINDOW)

static const char *
get_name (StokerSetupWindow *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->name_row));
}

static void
show_missing (StokerSetupWindow *self, gboolean has_name)
{
  g_autofree char *missing = NULL;
  g_autofree char *text = NULL;

  g_object_get (self->form, "missing", &missing, NULL);
  if (!has_name)
    text = g_strdup (_ ("Still needed: a name"));
  else if (missing != NULL)
    text = g_strdup_printf (_ ("Still needed: %s"), missing);
  gtk_label_set_label (self->missing_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->missing_label), text != NULL);
}

static void
update_next (StokerSetupWindow *self)
{
  gboolean has_name = *get_name (self) != '\0';

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "setup.next",
                                 has_name && stoker_auth_form_get_is_valid (self->form));
  show_missing (self, has_name);
}

static gboolean
is_live (StokerSetupWindow *self)
{
  return stoker_settings_allows (stoker_workspace_get_settings (self->workspace), self->profile);
}

static void
go_to_step (StokerSetupWindow *self, const char *step)
{
  const char *subtitle = NULL;

  if (g_str_equal (step, "key"))
    subtitle = _ ("Step 1 of 3 · Key");
  else if (g_str_equal (step, "check"))
    subtitle = _ ("Step 2 of 3 · Check");
  else
    subtitle = _ ("Step 3 of 3 · Use");
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_stack_set_visible_child_name (self->steps, step);
}

static void
show_use (StokerSetupWindow *self)
{
  stoker_use_step_show (self->use_step, self->workspace, self->profile, self->provider);
  go_to_step (self, "use");
}

static void
hide_buttons (StokerSetupWindow *self)
{
  GtkWidget *buttons[] = { self->allow_button, self->edit_button,    self->again_button,
                           self->keys_button,  self->console_button, self->keep_button };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_widget_set_visible (buttons[i], FALSE);
}

static void
show_keep_button (StokerSetupWindow *self, const char *label, gboolean is_suggested)
{
  gtk_button_set_label (GTK_BUTTON (self->keep_button), label);
  if (is_suggested)
    gtk_widget_add_css_class (self->keep_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->keep_button, "suggested-action");
  gtk_widget_set_visible (self->keep_button, TRUE);
}

/* Where the key is made or told; of a provider without such a page, where it is explained. */
static const char *
find_key_page (StokerSetupWindow *self)
{
  GPtrArray *fields = self->profile->auth_fields;

  if (self->profile->keys_url != NULL)
    return self->profile->keys_url;
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (fields, i);

      if (field->help_url != NULL)
        return field->help_url;
    }
  return NULL;
}

/* The next step for what the check said. */
static void
show_buttons (StokerSetupWindow *self, const StokerHealth *health)
{
  int code = health->error_code;
  gboolean may_pass = code == STOKER_ERROR_RATE_LIMITED || code == STOKER_ERROR_UNAVAILABLE ||
                      code == STOKER_ERROR_QUOTA || code == STOKER_ERROR_STORAGE;
  gboolean is_about_key = code == STOKER_ERROR_AUTH || code == STOKER_ERROR_FORBIDDEN;

  hide_buttons (self);
  if (self->provider != NULL)
    show_keep_button (self, health->is_ok ? _ ("_Continue") : _ ("_Keep It Anyway"), health->is_ok);
  if (health->is_ok)
    return;
  gtk_widget_set_visible (self->again_button, may_pass);
  gtk_widget_set_visible (self->edit_button, !may_pass);
  gtk_widget_set_visible (self->keys_button, is_about_key && find_key_page (self) != NULL);
  gtk_widget_set_visible (self->console_button,
                          code == STOKER_ERROR_QUOTA && self->profile->console_url != NULL);
}

static void
show_health (StokerSetupWindow *self, const StokerHealth *health)
{
  go_to_step (self, "check");
  stoker_check_view_finish (self->check_view, self->profile, health);
  show_buttons (self, health);
}

static void
show_problem (StokerSetupWindow *self, const GError *error)
{
  g_autoptr (StokerHealth) health = stoker_health_new_error (error, g_get_real_time ());

  show_health (self, health);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerSetupWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerHealth) health = stoker_check_provider_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (health != NULL)
    show_health (self, health);
  else
    show_problem (self, error);
}

/* Without a check there is nothing to allow. */
static gboolean
can_check (StokerSetupWindow *self)
{
  g_auto (GStrv) operations = stoker_profile_list_operations (self->profile);

  return operations != NULL && g_strv_contains ((const char *const *) operations, "check");
}

static void
start_check (StokerSetupWindow *self)
{
  hide_buttons (self);
  go_to_step (self, "check");
  if (!can_check (self))
    {
      stoker_check_view_skip (self->check_view, self->profile);
      show_keep_button (self, _ ("_Continue"), TRUE);
      return;
    }
  if (!is_live (self))
    {
      stoker_check_view_hold (self->check_view, self->profile);
      gtk_widget_set_visible (self->allow_button, TRUE);
      show_keep_button (self, _ ("_Continue without a Check"), FALSE);
      return;
    }
  stoker_check_view_start (self->check_view, self->profile->name);
  stoker_check_provider_async (self->workspace, self->provider, self->cancellable, checked_cb,
                               g_object_ref (self));
}

static void
saved (StokerSetupWindow *self)
{
  stoker_auth_form_forget_secrets (self->form);
  start_check (self);
}

static void
registered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerSetupWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) provider = stoker_register_provider_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (provider == NULL)
    {
      show_problem (self, error);
      return;
    }
  g_set_object (&self->provider, provider);
  saved (self);
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerSetupWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (stoker_update_provider_finish (result, &error))
    saved (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error);
}

static void
save (StokerSetupWindow *self)
{
  g_autoptr (GHashTable) secrets = stoker_auth_form_list_secrets (self->form);
  g_autoptr (JsonNode) entry = NULL;

  hide_buttons (self);
  stoker_check_view_start (self->check_view, self->profile->name);
  if (self->provider != NULL)
    {
      stoker_setup_change_entry (self->provider,
                                 stoker_phrase_provider_written (self->provider, get_name (self)),
                                 self->form);
      stoker_update_provider_async (self->workspace, self->provider, secrets, self->cancellable,
                                    updated_cb, g_object_ref (self));
      return;
    }
  entry = stoker_setup_build_entry (self->workspace, self->profile, get_name (self), self->form);
  stoker_register_provider_async (self->workspace, entry, NULL, secrets, self->cancellable,
                                  registered_cb, g_object_ref (self));
}

static void
next_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  save (STOKER_SETUP_WINDOW (widget));
}

/* When nothing was saved yet, because of the keyring, that is what is tried again. */
static void
check_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerSetupWindow *self = STOKER_SETUP_WINDOW (widget);

  if (self->provider != NULL)
    start_check (self);
  else
    save (self);
}

static void
allow_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerSetupWindow *self = STOKER_SETUP_WINDOW (widget);

  stoker_settings_set_flag (stoker_workspace_get_settings (self->workspace),
                            self->profile->feature_flag, TRUE);
  start_check (self);
}

static void
edit_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go_to_step (STOKER_SETUP_WINDOW (widget), "key");
}

static void
keep_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_use (STOKER_SETUP_WINDOW (widget));
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerSetupWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (stoker_update_provider_finish (result, &error))
    gtk_window_close (GTK_WINDOW (self));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error);
}

static void
done_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerSetupWindow *self = STOKER_SETUP_WINDOW (widget);

  stoker_use_step_apply (self->use_step);
  stoker_update_provider_async (self->workspace, self->provider, NULL, self->cancellable, stored_cb,
                                g_object_ref (self));
}

static void
help_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_ui_show_uri (widget, find_key_page (STOKER_SETUP_WINDOW (widget)));
}

static void
console_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_ui_show_uri (widget, STOKER_SETUP_WINDOW (widget)->profile->console_url);
}

static void
keys_taken_cb (StokerSetupWindow *self, GPtrArray *keys)
{
  stoker_auth_form_take_keys (self->form, keys);
}

static char *
propose_name (StokerSetupWindow *self)
{
  guint number = 1;

  if (self->provider != NULL)
    return g_strdup (stoker_phrase_provider_name (self->provider));
  number = stoker_setup_find_free_number (self->workspace, self->profile);
  return number == 1 ? g_strdup (self->profile->name)
                     : g_strdup_printf ("%s %u", self->profile->name, number);
}

static void
show_permissions (StokerSetupWindow *self)
{
  g_autofree char *list = self->profile->permissions != NULL
                            ? g_strjoinv ("\n• ", self->profile->permissions)
                            : g_strdup ("");
  g_autofree char *text = g_strconcat ("• ", list, NULL);

  gtk_label_set_label (self->permissions_label, text);
  gtk_widget_set_visible (self->permissions_box, *list != '\0');
}

static void
show_profile (StokerSetupWindow *self)
{
  g_autofree char *name = propose_name (self);
  StokerProfile *profile = self->profile;
  g_autofree char *title =
    g_strdup_printf (self->provider != NULL ? _ ("Change %s") : _ ("Set Up %s"), profile->name);

  adw_window_title_set_title (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_label (self->summary_label, profile->summary);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  stoker_auth_form_set_profile (self->form, profile, self->provider);
  stoker_found_offers_search (self->offers, stoker_workspace_get_catalog (self->workspace),
                              profile);
  gtk_widget_set_visible (self->help_button, find_key_page (self) != NULL);
  show_permissions (self);
  go_to_step (self, "key");
  update_next (self);
  stoker_keyring_banner_set_workspace (self->keyring_banner, self->workspace);
}

/* Not sooner: a window that is not shown yet has no place in the accessibility tree, and the news
 * of the focus would come from nowhere. */
static void
stoker_setup_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (stoker_setup_window_parent_class)->map (widget);
  stoker_auth_form_focus (STOKER_SETUP_WINDOW (widget)->form);
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
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, keyring_banner);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, summary_label);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, offers);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, name_row);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, form);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, missing_label);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, help_button);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, permissions_box);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, permissions_label);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, check_view);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, allow_button);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, edit_button);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, again_button);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, keys_button);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, console_button);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, keep_button);
  gtk_widget_class_bind_template_child (widget_class, StokerSetupWindow, use_step);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "setup.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "setup.check", NULL, check_cb);
  gtk_widget_class_install_action (widget_class, "setup.allow", NULL, allow_cb);
  gtk_widget_class_install_action (widget_class, "setup.edit", NULL, edit_cb);
  gtk_widget_class_install_action (widget_class, "setup.keep", NULL, keep_cb);
  gtk_widget_class_install_action (widget_class, "setup.done", NULL, done_cb);
  gtk_widget_class_install_action (widget_class, "setup.help", NULL, help_cb);
  gtk_widget_class_install_action (widget_class, "setup.console", NULL, console_cb);
}

static void
stoker_setup_window_class_init (StokerSetupWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stoker_setup_window_dispose;
  object_class->finalize = stoker_setup_window_finalize;
  widget_class->map = stoker_setup_window_map;

  g_type_ensure (STOKER_TYPE_AUTH_FORM);
  g_type_ensure (STOKER_TYPE_CHECK_VIEW);
  g_type_ensure (STOKER_TYPE_FOUND_OFFERS);
  g_type_ensure (STOKER_TYPE_KEYRING_BANNER);
  g_type_ensure (STOKER_TYPE_USE_STEP);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-setup-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, update_next);
  gtk_widget_class_bind_template_callback (widget_class, keys_taken_cb);
  install_actions (widget_class);
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
