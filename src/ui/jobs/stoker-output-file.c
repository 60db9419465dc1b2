/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-output-file.h"

#include "stoker-paths.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#define FILE_MANAGER_TIMEOUT_MS 5000

/* The dialog while it is asked where to; it goes with the answer. */
typedef struct
{
  GtkWidget *widget; /* owned */
  GFile *source;     /* owned */
  GtkFileChooserNative *chooser;
} Saving;

static void
saving_free (Saving *self)
{
  g_clear_object (&self->widget);
  g_clear_object (&self->source);
  g_clear_object (&self->chooser);
  g_free (self);
}

/**
 * stoker_output_open:
 * @widget: a widget in the window
 * @item: an output
 *
 * Opens the file with the user's application for it.
 */
void
stoker_output_open (GtkWidget *widget, StokerOutputItem *item)
{
  g_autoptr (GFile) file = stoker_output_item_get_file (item);
  g_autofree char *uri = NULL;

  if (file == NULL)
    return;
  if (!g_file_query_exists (file, NULL))
    {
      stoker_ui_toast (widget, _ ("The file is no longer there"));
      return;
    }
  uri = g_file_get_uri (file);
  stoker_ui_show_uri (widget, uri);
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_copy_finish (G_FILE (source), result, &error))
    stoker_ui_toast (widget, _ ("Saved"));
  else
    stoker_ui_toast (widget, error->message);
}

static void
place_chosen_cb (Saving *saving, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (saving->chooser));

      g_file_copy_async (saving->source, target, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT, NULL,
                         NULL, NULL, copied_cb, g_object_ref (saving->widget));
    }
  saving_free (saving);
}

/**
 * stoker_output_save_as:
 * @widget: a widget in the window
 * @item: an output
 *
 * Asks where to, and copies the file there.
 */
void
stoker_output_save_as (GtkWidget *widget, StokerOutputItem *item)
{
  Saving *saving = NULL;
  g_autoptr (GFile) source = stoker_output_item_get_file (item);
  g_autofree char *name = stoker_paths_safe_name (stoker_output_item_get_name (item), "output");

  if (source == NULL)
    return;
  saving = g_new0 (Saving, 1);
  saving->widget = g_object_ref (widget);
  saving->source = g_steal_pointer (&source);
  saving->chooser = gtk_file_chooser_native_new (_ ("Save Output"),
                                                 GTK_WINDOW (gtk_widget_get_root (widget)),
                                                 GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (saving->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (saving->chooser), name);
  g_signal_connect_swapped (saving->chooser, "response", G_CALLBACK (place_chosen_cb), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (saving->chooser));
}

/**
 * stoker_output_make_content:
 * @item: an output that is here
 * @texture: (nullable): its picture
 *
 * Returns: (transfer full): the output for the clipboard or a drag: the file, and the picture when
 * there is one
 */
GdkContentProvider *
stoker_output_make_content (StokerOutputItem *item, GdkTexture *texture)
{
  g_autoptr (GFile) file = stoker_output_item_get_file (item);
  GdkContentProvider *providers[2] = { NULL, NULL };

  providers[0] = gdk_content_provider_new_typed (G_TYPE_FILE, file);
  if (texture == NULL)
    return providers[0];
  providers[1] = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
  return gdk_content_provider_new_union (providers, 2);
}

/**
 * stoker_output_copy:
 * @widget: a widget in the window
 * @item: an output
 * @texture: (nullable): its picture
 *
 * Puts the output into the clipboard.
 */
void
stoker_output_copy (GtkWidget *widget, StokerOutputItem *item, GdkTexture *texture)
{
  g_autoptr (GdkContentProvider) content = NULL;

  if (stoker_output_item_get_path (item) == NULL)
    return;
  content = stoker_output_make_content (item, texture);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
  stoker_ui_toast (widget, _ ("Copied"));
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) answer = NULL;
  g_autofree char *folder = g_object_steal_data (G_OBJECT (user_data), "stoker-folder");
  g_autoptr (GtkWidget) widget = user_data;

  answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  /* Without a file manager that can choose a file, the folder will do. */
  if (answer == NULL && folder != NULL)
    stoker_ui_show_uri (widget, folder);
}

/**
 * stoker_output_show_in_files:
 * @widget: a widget in the window
 * @item: an output
 *
 * Shows the file in the file manager, by
 * https://www.freedesktop.org/wiki/Specifications/file-manager-interface/ (read 2026-11-21).
 */
void
stoker_output_show_in_files (GtkWidget *widget, StokerOutputItem *item)
{
  g_autoptr (GFile) file = stoker_output_item_get_file (item);
  g_autoptr (GFile) folder = file != NULL ? g_file_get_parent (file) : NULL;
  g_autoptr (GDBusConnection) bus = NULL;
  g_autofree char *uri = NULL;
  const char *uris[2] = { NULL, NULL };

  if (folder == NULL)
    return;
  bus = g_application_get_default () != NULL
          ? g_application_get_dbus_connection (g_application_get_default ())
          : NULL;
  if (bus == NULL)
    {
      g_autofree char *folder_uri = g_file_get_uri (folder);

      stoker_ui_show_uri (widget, folder_uri);
      return;
    }
  g_object_ref (bus);
  uri = g_file_get_uri (file);
  uris[0] = uri;
  g_object_set_data_full (G_OBJECT (widget), "stoker-folder", g_file_get_uri (folder), g_free);
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE,
                          FILE_MANAGER_TIMEOUT_MS, NULL, shown_cb, g_object_ref (widget));
}
