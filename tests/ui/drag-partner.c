/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * drag-partner FILE
 * Another program's window: FILE can be dragged out of it, and files that are dropped onto it are
 * told on standard output, a path a line.
 */

#include "config.h"

#include <gtk/gtk.h>

#include <stdio.h>

#define WIDTH 240
#define HEIGHT 160

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer unused)
{
  for (GSList *item = g_value_get_boxed (value); item != NULL; item = item->next)
    printf ("%s\n", g_file_peek_path (item->data));
  fflush (stdout);
  return TRUE;
}

static GdkContentProvider *
offer_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  GSList files = { file, NULL };

  return gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, &files);
}

static void
add_controllers (GtkWidget *widget, const char *path)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkDragSource *source = gtk_drag_source_new ();
  g_autoptr (GdkContentProvider) content = offer_file (path);

  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), NULL);
  gtk_drag_source_set_content (source, content);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (source));
}

int
main (int argc, char *argv[])
{
  GtkWidget *window = NULL;
  GtkWidget *label = NULL;

  if (argc != 2 || !gtk_init_check ())
    return 77;
  window = gtk_window_new ();
  label = gtk_label_new ("Drag from here or to here");
  gtk_window_set_title (GTK_WINDOW (window), "Drag Partner");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), label);
  add_controllers (label, argv[1]);
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
