/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-request-card.h"

#include "stoker-json.h"
#include "stoker-text-block.h"
#include "stoker-ui.h"

#include <string.h>

/* Of a body; a longer one is copied whole and shown cut off. */
#define MAX_SHOWN_BYTES ((gsize) 64 * 1024)

struct _StokerRequestCard
{
  AdwBin parent_instance;

  char *curl; /* owned */

  GtkLabel *title_label;
  GtkLabel *headers_label;
  GtkWidget *body_frame;
  GtkTextView *body_view;
};

G_DEFINE_FINAL_TYPE (StokerRequestCard, stoker_request_card, ADW_TYPE_BIN)

static guint copied_signal;

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerRequestCard *self = STOKER_REQUEST_CARD (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->curl);
  g_signal_emit (self, copied_signal, 0);
}

static void
stoker_request_card_finalize (GObject *object)
{
  g_free (STOKER_REQUEST_CARD (object)->curl);
  G_OBJECT_CLASS (stoker_request_card_parent_class)->finalize (object);
}

static void
stoker_request_card_class_init (StokerRequestCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_request_card_finalize;
  copied_signal = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (STOKER_TYPE_TEXT_BLOCK);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/common/stoker-request-card.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerRequestCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, StokerRequestCard, headers_label);
  gtk_widget_class_bind_template_child (widget_class, StokerRequestCard, body_frame);
  gtk_widget_class_bind_template_child (widget_class, StokerRequestCard, body_view);
  gtk_widget_class_install_action (widget_class, "request-card.copy", NULL, copy_cb);
}

static void
stoker_request_card_init (StokerRequestCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
join_headers (const StokerRenderedRequest *request)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; request->headers != NULL && i < request->headers->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (request->headers, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_body (StokerRequestCard *self, const char *body)
{
  g_autofree char *text = body != NULL ? stoker_request_card_lay_out (body) : NULL;
  gsize length = text != NULL ? strlen (text) : 0;

  if (length > MAX_SHOWN_BYTES)
    {
      char *end = g_utf8_find_prev_char (text, text + MAX_SHOWN_BYTES);

      *(end != NULL ? end : text) = '\0';
    }
  if (text != NULL && g_utf8_validate (text, -1, NULL))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->body_view), text, -1);
  gtk_widget_set_visible (self->body_frame, body != NULL && *body != '\0');
}

/**
 * stoker_request_card_lay_out:
 * @body: body of a request
 *
 * Returns: (transfer full): JSON with line breaks, anything else as it is
 */
char *
stoker_request_card_lay_out (const char *body)
{
  g_autoptr (JsonNode) node = stoker_json_parse (body, -1, NULL, NULL);

  return node != NULL ? stoker_json_to_string (node, TRUE) : g_strdup (body);
}

/**
 * stoker_request_card_new:
 * @request: what would be sent, secrets masked
 * @curl: the same for a shell
 *
 * Returns: (transfer floating): its card
 */
GtkWidget *
stoker_request_card_new (const StokerRenderedRequest *request, const char *curl)
{
  StokerRequestCard *self = g_object_new (STOKER_TYPE_REQUEST_CARD, NULL);
  g_autofree char *title = g_strdup_printf ("%s %s", request->method, request->url);
  g_autofree char *headers = join_headers (request);

  self->curl = g_strdup (curl);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->headers_label, headers);
  gtk_widget_set_visible (GTK_WIDGET (self->headers_label), *headers != '\0');
  show_body (self, request->body);
  return GTK_WIDGET (self);
}
