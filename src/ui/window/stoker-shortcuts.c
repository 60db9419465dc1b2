/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-shortcuts.h"

#include "stoker-ui.h"

/*
 * GtkApplication would make the window of shortcuts from "gtk/help-overlay.ui" and keep it, hidden.
 * When a window goes while somebody counts them over the accessibility bus, GTK 4.8 answers with
 * the last of its windows, and when that was never shown, it has no name on the bus and the
 * program crashes (GetChildAtIndex in gtkatspiroot.c). So there is none that is hidden.
 */

/**
 * stoker_shortcuts_add:
 * @application: the application
 *
 * Gives the usual keys to the action `win.show-help-overlay`.
 */
void
stoker_shortcuts_add (GtkApplication *application)
{
  static const char *const accels[] = { "<Control>F1", "<Control>question", NULL };

  gtk_application_set_accels_for_action (application, "win.show-help-overlay", accels);
}

/**
 * stoker_shortcuts_show:
 * @parent: the window they are of
 *
 * Shows all shortcuts in a window of its own, which is gone when it is closed.
 */
void
stoker_shortcuts_show (GtkWindow *parent)
{
  g_autoptr (GtkBuilder)
    builder = gtk_builder_new_from_resource (STOKER_UI_RESOURCE_PATH "/window/shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  /* Of several sections it would show the one that was added last. */
  g_object_set (window, "section-name", "window", NULL);
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}
