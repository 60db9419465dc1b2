/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-found-offers.h"

#include "stoker-find-keys.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerFoundOffers
{
  AdwBin parent_instance;

  char *profile_id;          /* owned, nullable: not asked yet */
  GCancellable *cancellable; /* owned */

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StokerFoundOffers, stoker_found_offers, ADW_TYPE_BIN)

static guint taken_signal;

/* "RUNPOD_API_KEY", or "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY" */
static char *
join_sources (GPtrArray *keys)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) sources = NULL;
  const char *last = NULL;

  for (guint i = 0; i < keys->len; i++)
    {
      const char *source = stoker_found_key_get_source (g_ptr_array_index (keys, i));

      if (g_strcmp0 (source, last) != 0)
        g_strv_builder_add (builder, source);
      last = source;
    }
  sources = g_strv_builder_end (builder);
  return g_strjoinv (", ", sources);
}

/* "API Key ••••1234" */
static char *
join_values (GPtrArray *keys)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < keys->len; i++)
    {
      StokerFoundKey *key = g_ptr_array_index (keys, i);
      g_autofree char *label = stoker_phrase_field_label (stoker_found_key_get_field_id (key));
      g_autofree char *masked = stoker_found_key_mask (key);

      g_string_append_printf (text, "%s%s %s", i > 0 ? " · " : "", label, masked);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
use_clicked_cb (StokerFoundOffers *self, GtkButton *button)
{
  GPtrArray *keys = g_object_get_data (G_OBJECT (button), "keys");

  g_signal_emit (self, taken_signal, 0, keys);
  gtk_button_set_label (button, _ ("Filled In"));
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
}

static void
add_offer (StokerFoundOffers *self, GPtrArray *keys)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Use"));
  g_autofree char *sources = join_sources (keys);
  g_autofree char *values = join_values (keys);
  g_autofree char *title = g_strdup_printf (_ ("Use the key from %s"), sources);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *escaped_values = g_markup_escape_text (values, -1);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, title);
  stoker_ui_set_label (button, title);
  g_object_set_data_full (G_OBJECT (button), "keys", g_ptr_array_ref (keys),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (use_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_values);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->list, row);
}

static void
add_offer_from (StokerFoundOffers *self, GPtrArray *found, StokerFoundPlace place)
{
  g_autoptr (GPtrArray) keys = stoker_select_found_keys (found, self->profile_id, place);

  if (keys->len == 0)
    return;
  add_offer (self, keys);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerFoundOffers) self = user_data;
  g_autoptr (GPtrArray) found = stoker_find_keys_finish (result, NULL);

  /* Nothing but being cancelled can go wrong. */
  if (found == NULL)
    return;
  add_offer_from (self, found, STOKER_FOUND_IN_ENVIRONMENT);
  add_offer_from (self, found, STOKER_FOUND_IN_FILE);
}

static void
stoker_found_offers_dispose (GObject *object)
{
  g_cancellable_cancel (STOKER_FOUND_OFFERS (object)->cancellable);
  G_OBJECT_CLASS (stoker_found_offers_parent_class)->dispose (object);
}

static void
stoker_found_offers_finalize (GObject *object)
{
  StokerFoundOffers *self = STOKER_FOUND_OFFERS (object);

  g_clear_object (&self->cancellable);
  g_free (self->profile_id);
  G_OBJECT_CLASS (stoker_found_offers_parent_class)->finalize (object);
}

static void
stoker_found_offers_class_init (StokerFoundOffersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stoker_found_offers_dispose;
  object_class->finalize = stoker_found_offers_finalize;
  taken_signal = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-found-offers.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerFoundOffers, list);
}

static void
stoker_found_offers_init (StokerFoundOffers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * stoker_found_offers_search:
 * @catalog: says where to look
 * @profile: whose keys
 *
 * Looks for keys, and shows itself when there are some.
 */
void
stoker_found_offers_search (StokerFoundOffers *self, StokerCatalog *catalog, StokerProfile *profile)
{
  g_return_if_fail (STOKER_IS_FOUND_OFFERS (self));

  g_free (self->profile_id);
  self->profile_id = g_strdup (profile->id);
  stoker_find_keys_async (catalog, self->cancellable, found_cb, g_object_ref (self));
}
