/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-live-prices.h"

#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-refresh-offers.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

/* Ages are told in minutes. */
#define TICK_S 30

struct _StokerLivePrices
{
  AdwBin parent_instance;

  StokerDesk *desk;            /* owned, nullable */
  StokerPriceRefresh *refresh; /* owned, nullable: of the workspace on the desk */
  guint tick_id;

  GtkSpinner *spinner;
  GtkLabel *ages_label;
  GtkLabel *failures_label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (StokerLivePrices, stoker_live_prices, ADW_TYPE_BIN)

static void
add_age (GString *text, StokerProvider *provider, gint64 asked_us)
{
  gint64 now_us = g_get_real_time ();
  g_autofree char *ago = stoker_phrase_ago (asked_us, now_us);

  g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "",
                          stoker_phrase_provider_name (provider), ago);
  if (!stoker_live_offers_are_fresh (asked_us, now_us))
    g_string_append_printf (text, " (%s)", _ ("too old to count"));
}

/* "Prices asked: Lambda 5 min ago · Vast.ai just now" */
static char *
describe_ages (StokerWorkspace *workspace, guint *n_asked)
{
  StokerLiveOffers *live = stoker_workspace_get_live_offers (workspace);
  GListModel *providers = stoker_workspace_get_providers (workspace);
  g_autoptr (GString) text = g_string_new (NULL);

  *n_asked = 0;
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);
      gint64 asked_us = stoker_live_offers_get_asked_us (live, provider);

      if (!stoker_provider_is_asked_for_offers (workspace, provider))
        continue;
      *n_asked += 1;
      if (asked_us > 0)
        add_age (text, provider, asked_us);
    }
  if (text->len == 0)
    return g_strdup (_ ("No provider was asked for today’s prices yet; those of the catalog are "
                        "used."));
  return g_strdup_printf (_ ("Prices asked live: %s"), text->str);
}

static char *
describe_progress (StokerPriceRefresh *refresh)
{
  guint n_asked = stoker_price_refresh_get_n_asked (refresh);

  if (n_asked == 0)
    return g_strdup (_ ("Asking for prices…"));
  return g_strdup_printf (_ ("Asking for prices: %u of %u providers have answered…"),
                          stoker_price_refresh_get_n_done (refresh), n_asked);
}

static void
show_failures (StokerLivePrices *self)
{
  GPtrArray *failures = self->refresh != NULL ? stoker_price_refresh_get_failures (self->refresh)
                                              : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; failures != NULL && i < failures->len; i++)
    {
      g_autofree char *sentence = stoker_phrase_sentence (g_ptr_array_index (failures, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", sentence);
    }
  gtk_label_set_label (self->failures_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->failures_label), text->len > 0);
}

static void
show (StokerLivePrices *self)
{
  StokerWorkspace *workspace = self->desk != NULL ? stoker_desk_get_workspace (self->desk) : NULL;
  gboolean is_running = self->refresh != NULL && stoker_price_refresh_is_running (self->refresh);
  g_autofree char *text = NULL;
  guint n_asked = 0;

  if (workspace != NULL)
    text = describe_ages (workspace, &n_asked);
  gtk_widget_set_visible (GTK_WIDGET (self), n_asked > 0);
  if (n_asked == 0)
    return;
  if (is_running)
    {
      g_free (text);
      text = describe_progress (self->refresh);
    }
  gtk_label_set_label (self->ages_label, text);
  gtk_spinner_set_spinning (self->spinner, is_running);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_running);
  stoker_ui_set_button_text (self->button, is_running ? _ ("Cancel") : _ ("Refresh Prices"));
  show_failures (self);
}

static void
clicked_cb (StokerLivePrices *self)
{
  if (self->refresh == NULL)
    return;
  if (stoker_price_refresh_is_running (self->refresh))
    stoker_price_refresh_cancel (self->refresh);
  else
    stoker_price_refresh_start (self->refresh);
}

static void
forget_refresh (StokerLivePrices *self)
{
  if (self->refresh != NULL)
    g_signal_handlers_disconnect_by_data (self->refresh, self);
  g_clear_object (&self->refresh);
}

static void
workspace_changed_cb (StokerLivePrices *self)
{
  StokerWorkspace *workspace = stoker_desk_get_workspace (self->desk);

  forget_refresh (self);
  if (workspace != NULL)
    {
      self->refresh = g_object_ref (stoker_desk_get_price_refresh (self->desk));
      g_signal_connect_swapped (self->refresh, "changed", G_CALLBACK (show), self);
      g_signal_connect_object (stoker_workspace_get_live_offers (workspace), "changed",
                               G_CALLBACK (show), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (stoker_workspace_get_providers (workspace), "items-changed",
                               G_CALLBACK (show), self, G_CONNECT_SWAPPED);
    }
  show (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  show (user_data);
  return G_SOURCE_CONTINUE;
}

static void
stoker_live_prices_map (GtkWidget *widget)
{
  StokerLivePrices *self = STOKER_LIVE_PRICES (widget);

  GTK_WIDGET_CLASS (stoker_live_prices_parent_class)->map (widget);
  if (self->desk != NULL)
    show (self);
  self->tick_id = g_timeout_add_seconds (TICK_S, tick_cb, self);
}

static void
stoker_live_prices_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&STOKER_LIVE_PRICES (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (stoker_live_prices_parent_class)->unmap (widget);
}

static void
stoker_live_prices_dispose (GObject *object)
{
  StokerLivePrices *self = STOKER_LIVE_PRICES (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  forget_refresh (self);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (stoker_live_prices_parent_class)->dispose (object);
}

static void
stoker_live_prices_class_init (StokerLivePricesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_live_prices_dispose;
  widget_class->map = stoker_live_prices_map;
  widget_class->unmap = stoker_live_prices_unmap;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/common/stoker-live-prices.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerLivePrices, spinner);
  gtk_widget_class_bind_template_child (widget_class, StokerLivePrices, ages_label);
  gtk_widget_class_bind_template_child (widget_class, StokerLivePrices, failures_label);
  gtk_widget_class_bind_template_child (widget_class, StokerLivePrices, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
stoker_live_prices_init (StokerLivePrices *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_live_prices_set_desk:
 * @desk: (nullable): where the workspace is, or will be
 */
void
stoker_live_prices_set_desk (StokerLivePrices *self, StokerDesk *desk)
{
  g_return_if_fail (STOKER_IS_LIVE_PRICES (self));

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_set_object (&self->desk, desk);
  if (desk == NULL)
    return;
  g_signal_connect_swapped (desk, "notify::workspace", G_CALLBACK (workspace_changed_cb), self);
  workspace_changed_cb (self);
}
