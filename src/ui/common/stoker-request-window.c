/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-request-window.h"

#include "stoker-json.h"
#include "stoker-phrases.h"
#include "stoker-request-card.h"
#include "stoker-request-curl.h"
#include "stoker-ui.h"
#include "stoker-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define MAX_ITEMS 100

struct _StokerRequestWindow
{
  AdwWindow parent_instance;

  JsonNode *envelope; /* owned, nullable */

  AdwToastOverlay *toasts;
  GtkLabel *note_label;
  GtkBox *obstacles;
  GtkWidget *price_box;
  GtkLabel *price_label;
  GtkLabel *items_label;
  GtkWidget *copy_box;
  GtkBox *cards;
};

G_DEFINE_FINAL_TYPE (StokerRequestWindow, stoker_request_window, ADW_TYPE_WINDOW)

static void
append_request (GString *text, const StokerRenderedRequest *request)
{
  if (text->len > 0)
    g_string_append (text, "\n\n");
  g_string_append_printf (text, "%s %s\n", request->method, request->url);
  for (guint i = 0; i < request->headers->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (request->headers, i));
  if (request->body != NULL)
    {
      g_autofree char *laid_out = stoker_request_card_lay_out (request->body);

      g_string_append_printf (text, "\n%s", laid_out);
    }
}

static StokerMoney
read_total (const StokerJsonPlace *estimate)
{
  StokerJsonPlace total = stoker_json_member (estimate, "total");
  g_autofree char *amount = NULL;
  g_autofree char *currency = NULL;
  StokerMoney money = stoker_money_unknown ();

  if (total.node != NULL && JSON_NODE_HOLDS_OBJECT (total.node) &&
      stoker_json_get_string (&total, "amount", STOKER_JSON_REQUIRED, &amount, NULL) &&
      stoker_json_get_string (&total, "currency", STOKER_JSON_REQUIRED, &currency, NULL))
    stoker_money_parse (amount, currency, &money, NULL);
  return money;
}

static char *
read_items (const StokerJsonPlace *estimate)
{
  StokerJsonPlace items;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!stoker_json_get_array (estimate, "items", STOKER_JSON_REQUIRED, MAX_ITEMS, &items, NULL))
    return g_string_free (g_steal_pointer (&text), FALSE);
  for (guint i = 0; i < stoker_json_length (&items); i++)
    {
      StokerJsonPlace item = stoker_json_element (&items, i);
      g_autofree char *label = NULL;
      g_autofree char *formula = NULL;

      if (stoker_json_get_string (&item, "label", STOKER_JSON_REQUIRED, &label, NULL) &&
          stoker_json_get_string (&item, "formula", STOKER_JSON_REQUIRED, &formula, NULL))
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", label, formula);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What it would cost, and how that comes about; only where it was estimated at all. */
static void
show_price (StokerRequestWindow *self)
{
  StokerJsonPlace root = stoker_json_root (self->envelope, NULL);
  StokerJsonPlace estimate = stoker_json_member (&root, "estimate");
  gboolean is_exact = FALSE;
  g_autofree char *cost = NULL;
  g_autofree char *text = NULL;
  g_autofree char *items = NULL;
  StokerMoney total;

  if (estimate.node == NULL || !JSON_NODE_HOLDS_OBJECT (estimate.node))
    return;
  stoker_json_get_boolean (&estimate, "by_request", STOKER_JSON_OPTIONAL, &is_exact, NULL);
  total = read_total (&estimate);
  cost = is_exact || !total.is_known ? stoker_phrase_money (total) : stoker_phrase_about (total);
  text = g_strdup_printf (_ ("Cost: %s"), cost);
  items = read_items (&estimate);
  gtk_label_set_label (self->price_label, text);
  gtk_label_set_label (self->items_label, items);
  gtk_widget_set_visible (GTK_WIDGET (self->items_label), *items != '\0');
  gtk_widget_set_visible (self->price_box, TRUE);
}

/* What stands above the requests: what a live run would want, or that it would send just this. */
static void
show_note (StokerRequestWindow *self)
{
  StokerJsonPlace root = stoker_json_root (self->envelope, NULL);
  g_auto (GStrv) warnings = NULL;
  gboolean is_allowed = FALSE;

  stoker_json_get_boolean (&root, "execution_allowed", STOKER_JSON_OPTIONAL, &is_allowed, NULL);
  stoker_json_get_strings (&root, "warnings", STOKER_JSON_OPTIONAL, &warnings, NULL);
  gtk_label_set_label (self->note_label,
                       is_allowed
                         ? _ ("A live run would send this, with the key in the place of •••.")
                         : _ ("A live run is not allowed yet:"));
  for (gsize i = 0; warnings != NULL && warnings[i] != NULL; i++)
    {
      g_autofree char *sentence = stoker_phrase_sentence (warnings[i]);

      gtk_box_append (self->obstacles, stoker_ui_warning_new (sentence));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->obstacles),
                          gtk_widget_get_first_child (GTK_WIDGET (self->obstacles)) != NULL);
}

static void
say_copied (StokerRequestWindow *self)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Copied")));
}

static void
copy_curl_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerRequestWindow *self = STOKER_REQUEST_WINDOW (widget);
  g_autofree char *text = stoker_envelope_to_curl (self->envelope);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  say_copied (self);
}

static void
copy_json_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerRequestWindow *self = STOKER_REQUEST_WINDOW (widget);
  g_autofree char *text = stoker_json_to_string (self->envelope, TRUE);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  say_copied (self);
}

static void
stoker_request_window_finalize (GObject *object)
{
  g_clear_pointer (&STOKER_REQUEST_WINDOW (object)->envelope, json_node_unref);
  G_OBJECT_CLASS (stoker_request_window_parent_class)->finalize (object);
}

static void
stoker_request_window_class_init (StokerRequestWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_request_window_finalize;
  g_type_ensure (STOKER_TYPE_REQUEST_CARD);
  g_type_ensure (STOKER_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/common/stoker-request-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerRequestWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StokerRequestWindow, note_label);
  gtk_widget_class_bind_template_child (widget_class, StokerRequestWindow, obstacles);
  gtk_widget_class_bind_template_child (widget_class, StokerRequestWindow, price_box);
  gtk_widget_class_bind_template_child (widget_class, StokerRequestWindow, price_label);
  gtk_widget_class_bind_template_child (widget_class, StokerRequestWindow, items_label);
  gtk_widget_class_bind_template_child (widget_class, StokerRequestWindow, copy_box);
  gtk_widget_class_bind_template_child (widget_class, StokerRequestWindow, cards);
  gtk_widget_class_install_action (widget_class, "request.copy-curl", NULL, copy_curl_cb);
  gtk_widget_class_install_action (widget_class, "request.copy-json", NULL, copy_json_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
stoker_request_window_init (StokerRequestWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_cards (StokerRequestWindow *self)
{
  g_autoptr (GPtrArray) requests = stoker_envelope_read_requests (self->envelope);
  StokerJsonPlace root = stoker_json_root (self->envelope, NULL);
  g_autofree char *variable = NULL;

  stoker_json_get_string (&root, "secret_variable", STOKER_JSON_OPTIONAL, &variable, NULL);
  for (guint i = 0; i < requests->len; i++)
    {
      const StokerRenderedRequest *request = g_ptr_array_index (requests, i);
      g_autofree char *curl = stoker_request_to_curl (request, variable);
      GtkWidget *card = stoker_request_card_new (request, curl);

      g_signal_connect_object (card, "copied", G_CALLBACK (say_copied), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->cards, card);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "request.copy-curl", requests->len > 0);
}

/**
 * stoker_request_to_text:
 * @envelope: answer of a dry run
 *
 * Returns: (transfer full): its requests as one reads them; without any, the whole document
 */
char *
stoker_request_to_text (JsonNode *envelope)
{
  g_autoptr (GPtrArray) requests = stoker_envelope_read_requests (envelope);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < requests->len; i++)
    append_request (text, g_ptr_array_index (requests, i));
  if (text->len == 0)
    return stoker_json_to_string (envelope, TRUE);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * stoker_request_window_new:
 * @parent: (nullable): the window it belongs to
 * @envelope: answer of a dry run
 *
 * Returns: (transfer none): a window, owned by GTK like every top-level
 */
StokerRequestWindow *
stoker_request_window_new (GtkWindow *parent, JsonNode *envelope)
{
  StokerRequestWindow *self = g_object_new (STOKER_TYPE_REQUEST_WINDOW, "transient-for", parent,
                                            "modal", TRUE, NULL);

  self->envelope = json_node_ref (envelope);
  show_note (self);
  show_price (self);
  add_cards (self);
  return self;
}
