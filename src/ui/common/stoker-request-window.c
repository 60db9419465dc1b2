/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-request-window.h"

#include "stoker-json.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

/* Of an envelope; more than this nobody reads. */
#define MAX_REQUESTS 64
#define MAX_HEADERS 64
#define MAX_WARNINGS 64

struct _StokerRequestWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkTextView *text_view;
  GtkLabel *note_label;
};

G_DEFINE_FINAL_TYPE (StokerRequestWindow, stoker_request_window, ADW_TYPE_WINDOW)

/* A body of JSON is laid out, anything else is shown as it is. */
static char *
lay_out_body (const char *body)
{
  g_autoptr (JsonNode) node = stoker_json_parse (body, -1, NULL, NULL);

  return node != NULL ? stoker_json_to_string (node, TRUE) : g_strdup (body);
}

static void
append_request (GString *text, const StokerJsonPlace *request)
{
  g_autofree char *method = NULL;
  g_autofree char *url = NULL;
  g_autofree char *body = NULL;
  g_auto (GStrv) headers = NULL;

  stoker_json_get_string (request, "method", STOKER_JSON_OPTIONAL, &method, NULL);
  stoker_json_get_string (request, "url", STOKER_JSON_OPTIONAL, &url, NULL);
  stoker_json_get_strings (request, "headers", STOKER_JSON_OPTIONAL, &headers, NULL);
  stoker_json_get_string (request, "body", STOKER_JSON_OPTIONAL, &body, NULL);
  if (text->len > 0)
    g_string_append (text, "\n\n");
  g_string_append_printf (text, "%s %s\n", method != NULL ? method : "", url != NULL ? url : "");
  for (gsize i = 0; headers != NULL && headers[i] != NULL && i < MAX_HEADERS; i++)
    g_string_append_printf (text, "%s\n", headers[i]);
  if (body != NULL)
    {
      g_autofree char *laid_out = lay_out_body (body);

      g_string_append_printf (text, "\n%s", laid_out);
    }
}

static char *
read_note (JsonNode *envelope)
{
  StokerJsonPlace root = stoker_json_root (envelope, NULL);
  g_auto (GStrv) warnings = NULL;
  gboolean is_allowed = FALSE;
  g_autofree char *joined = NULL;

  stoker_json_get_boolean (&root, "execution_allowed", STOKER_JSON_OPTIONAL, &is_allowed, NULL);
  stoker_json_get_strings (&root, "warnings", STOKER_JSON_OPTIONAL, &warnings, NULL);
  joined = warnings != NULL ? g_strjoinv ("\n", warnings) : NULL;
  if (joined != NULL && *joined != '\0')
    return g_steal_pointer (&joined);
  return g_strdup (is_allowed ? _ ("Nothing was sent. Run it to send this.")
                              : _ ("Nothing was sent."));
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerRequestWindow *self = STOKER_REQUEST_WINDOW (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  g_autofree char *text = NULL;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Copied")));
}

static void
stoker_request_window_class_init (StokerRequestWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/common/stoker-request-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerRequestWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StokerRequestWindow, text_view);
  gtk_widget_class_bind_template_child (widget_class, StokerRequestWindow, note_label);
  gtk_widget_class_install_action (widget_class, "request.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
stoker_request_window_init (StokerRequestWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
  StokerJsonPlace root = stoker_json_root (envelope, NULL);
  StokerJsonPlace requests = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);

  if (stoker_json_get_array (&root, "requests", STOKER_JSON_OPTIONAL, MAX_REQUESTS, &requests,
                             NULL))
    for (guint i = 0; i < stoker_json_length (&requests); i++)
      {
        StokerJsonPlace request = stoker_json_element (&requests, i);

        append_request (text, &request);
      }
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
  g_autofree char *text = stoker_request_to_text (envelope);
  g_autofree char *note = read_note (envelope);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), text, -1);
  gtk_label_set_label (self->note_label, note);
  return self;
}
