/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-found-section.h"

#include "stoker-find-keys.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerFoundSection
{
  AdwBin parent_instance;

  StokerWorkspace *workspace; /* owned, nullable: not asked yet */
  GCancellable *cancellable;  /* owned */

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StokerFoundSection, stoker_found_section, ADW_TYPE_BIN)

static guint chosen_signal;

static gboolean
is_registered (StokerFoundSection *self, const char *profile_id)
{
  GListModel *providers = stoker_workspace_get_providers (self->workspace);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      if (g_strcmp0 (stoker_provider_get_template_id (provider), profile_id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
set_up_clicked_cb (StokerFoundSection *self, GtkButton *button)
{
  g_signal_emit (self, chosen_signal, 0, g_object_get_data (G_OBJECT (button), "profile"));
}

/* "RUNPOD_API_KEY ••••1234" */
static char *
describe_first (GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    {
      StokerFoundKey *key = g_ptr_array_index (keys, i);
      g_autofree char *masked = stoker_found_key_mask (key);

      if (stoker_found_key_is_secret (key))
        return g_strdup_printf ("%s %s", stoker_found_key_get_source (key), masked);
    }
  return g_strdup (stoker_found_key_get_source (g_ptr_array_index (keys, 0)));
}

static GtkWidget *
new_button (StokerFoundSection *self, StokerProfile *profile)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Set Up"));
  g_autofree char *label = g_strdup_printf (_ ("Set Up %s with This Key"), profile->name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  stoker_ui_set_label (button, label);
  g_object_set_data_full (G_OBJECT (button), "profile", stoker_profile_ref (profile),
                          (GDestroyNotify) stoker_profile_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (set_up_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
add_row (StokerFoundSection *self, StokerProfile *profile, GPtrArray *keys)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = new_button (self, profile);
  g_autofree char *source = describe_first (keys);
  g_autofree char *escaped = g_markup_escape_text (profile->name, -1);
  g_autofree char *escaped_source = g_markup_escape_text (source, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_source);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), adw_avatar_new (32, profile->name, TRUE));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->list, row);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
add_profile (StokerFoundSection *self, StokerProfile *profile, GPtrArray *found)
{
  const StokerFoundPlace places[] = { STOKER_FOUND_IN_ENVIRONMENT, STOKER_FOUND_IN_FILE };

  if (is_registered (self, profile->id))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GPtrArray) keys = stoker_select_found_keys (found, profile->id, places[i]);

      if (keys->len == 0)
        continue;
      add_row (self, profile, keys);
      return;
    }
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerFoundSection) self = user_data;
  g_autoptr (GPtrArray) found = stoker_find_keys_finish (result, NULL);
  GPtrArray *profiles = NULL;

  /* Nothing but being cancelled can go wrong. */
  if (found == NULL)
    return;
  profiles = stoker_catalog_get_profiles (STOKER_CATALOG (source));
  for (guint i = 0; i < profiles->len; i++)
    add_profile (self, g_ptr_array_index (profiles, i), found);
}

static void
stoker_found_section_dispose (GObject *object)
{
  StokerFoundSection *self = STOKER_FOUND_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (stoker_found_section_parent_class)->dispose (object);
}

static void
stoker_found_section_finalize (GObject *object)
{
  g_clear_object (&STOKER_FOUND_SECTION (object)->cancellable);
  G_OBJECT_CLASS (stoker_found_section_parent_class)->finalize (object);
}

static void
stoker_found_section_class_init (StokerFoundSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stoker_found_section_dispose;
  object_class->finalize = stoker_found_section_finalize;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, STOKER_TYPE_PROFILE);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-found-section.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerFoundSection, list);
}

static void
stoker_found_section_init (StokerFoundSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * stoker_found_section_search:
 * @workspace: the catalog, and what is registered already
 *
 * Looks for keys, and shows itself when there are some.
 */
void
stoker_found_section_search (StokerFoundSection *self, StokerWorkspace *workspace)
{
  g_return_if_fail (STOKER_IS_FOUND_SECTION (self));

  g_set_object (&self->workspace, workspace);
  stoker_find_keys_async (stoker_workspace_get_catalog (workspace), self->cancellable, found_cb,
                          g_object_ref (self));
}
