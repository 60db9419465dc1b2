/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-application-private.h"

#include "stoker-background.h"
#include "stoker-notifier.h"
#include "stoker-paths.h"
#include "stoker-preferences-window.h"
#include "stoker-shortcuts.h"
#include "stoker-ui.h"
#include "stoker-window.h"

#include <glib/gi18n-lib.h>

#include <stdio.h>
#include <stdlib.h>

/* Exit status of a wrong call. */
#define STATUS_USAGE 2
#define STATUS_FAILED 1
#define WEBSITE "https://github.com/stokerapp/stoker"

struct _StokerApplication
{
  AdwApplication parent_instance;

  StokerSettings *settings;     /* owned, nullable before startup */
  StokerDesk *desk;             /* owned */
  StokerNotifier *notifier;     /* owned, nullable before startup */
  StokerBackground *background; /* owned, nullable before startup */
  GCancellable *cancellable;    /* owned */
  gboolean is_opening;
  GPtrArray *waiting_lines;     /* owned, of GApplicationCommandLine: until the workspace is open */
  StokerCommandHandler handler; /* nullable */
  gpointer handler_data;        /* borrowed */
};

G_DEFINE_FINAL_TYPE (StokerApplication, stoker_application, ADW_TYPE_APPLICATION)

static void
carry_out (StokerApplication *self, GApplicationCommandLine *line)
{
  StokerWorkspace *workspace = stoker_desk_get_workspace (self->desk);

  if (workspace == NULL)
    {
      g_application_command_line_printerr (line, "stoker: %s\n",
                                           stoker_desk_get_problem (self->desk));
      g_application_command_line_set_exit_status (line, STATUS_FAILED);
      return;
    }
  if (self->handler != NULL && self->handler (line, workspace, self->handler_data))
    return;
  g_application_command_line_printerr (line, "stoker: %s\n", _ ("unknown command"));
  g_application_command_line_set_exit_status (line, STATUS_USAGE);
}

static void
carry_out_waiting (StokerApplication *self)
{
  g_autoptr (GPtrArray) lines = g_steal_pointer (&self->waiting_lines);

  self->waiting_lines = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < lines->len; i++)
    carry_out (self, g_ptr_array_index (lines, i));
}

static void
workspace_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkspace) workspace = stoker_workspace_open_finish (result, &error);

  self->is_opening = FALSE;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      stoker_desk_set_failure (self->desk, error);
      stoker_desk_set_workspace (self->desk, workspace);
    }
  carry_out_waiting (self);
  g_application_release (G_APPLICATION (self));
}

static void
open_workspace (StokerApplication *self)
{
  if (self->is_opening || stoker_desk_get_workspace (self->desk) != NULL)
    return;
  self->is_opening = TRUE;
  stoker_desk_set_failure (self->desk, NULL);
  g_application_hold (G_APPLICATION (self));
  stoker_workspace_open_async (STOKER_WORKSPACE_ALL, self->cancellable, workspace_opened_cb,
                               g_object_ref (self));
}

static void
workspace_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerApplication) self = user_data;

  stoker_workspace_close_finish (STOKER_WORKSPACE (source), result);
  g_application_release (G_APPLICATION (self));
}

static void
close_workspace (StokerApplication *self)
{
  g_autoptr (StokerWorkspace) workspace = NULL;

  g_set_object (&workspace, stoker_desk_get_workspace (self->desk));
  if (workspace == NULL)
    return;
  g_application_hold (G_APPLICATION (self));
  stoker_desk_set_workspace (self->desk, NULL);
  stoker_workspace_close_async (workspace, workspace_closed_cb, g_object_ref (self));
}

static void
painted_cb (GdkFrameClock *clock, StokerApplication *self)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  open_workspace (self);
}

/* The workspace is opened behind the first frame, so that the window is there at once. */
static void
window_realized_cb (GtkWidget *window, StokerApplication *self)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint",
                           G_CALLBACK (painted_cb), self, 0);
}

static gboolean
close_requested_cb (GtkWindow *window, StokerApplication *self)
{
  return stoker_background_ask (self->background, window);
}

static void
stoker_application_activate (GApplication *application)
{
  StokerApplication *self = STOKER_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      GSettings *settings = stoker_settings_get_gsettings (self->settings);

      window = GTK_WINDOW (stoker_window_new (GTK_APPLICATION (self), self->desk, settings));
      g_signal_connect_object (window, "realize", G_CALLBACK (window_realized_cb), self, 0);
      g_signal_connect_object (window, "close-request", G_CALLBACK (close_requested_cb), self, 0);
      stoker_background_leave (self->background);
    }
  gtk_window_present (window);
}

static int
stoker_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  StokerApplication *self = STOKER_APPLICATION (application);
  g_auto (GStrv) arguments = g_application_command_line_get_arguments (line, NULL);

  if (g_strv_length (arguments) <= 1)
    {
      g_application_activate (application);
      return 0;
    }
  if (stoker_desk_get_workspace (self->desk) != NULL)
    {
      carry_out (self, line);
      return g_application_command_line_get_exit_status (line);
    }
  g_ptr_array_add (self->waiting_lines, g_object_ref (line));
  open_workspace (self);
  return 0;
}

static void
window_removed_cb (StokerApplication *self)
{
  if (gtk_application_get_windows (GTK_APPLICATION (self)) == NULL &&
      !stoker_background_is_entered (self->background))
    close_workspace (self);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  /* Closing them lets each save its size, and the application ends with the last. */
  for (GList *item = windows; item != NULL; item = item->next)
    gtk_window_close (item->data);
}

static void
retry_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_workspace (STOKER_APPLICATION (user_data));
}

static void
show_data_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);
  g_autofree char *path = stoker_paths_get_data_dir ();
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  if (window != NULL)
    stoker_ui_show_uri (GTK_WIDGET (window), uri);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  StokerApplication *self = STOKER_APPLICATION (user_data);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (stoker_desk_get_workspace (self->desk) != NULL && STOKER_IS_WINDOW (window))
    gtk_window_present (stoker_preferences_window_new (window, self->desk));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *developers[] = { "The Stoker developers", NULL };

  adw_show_about_window (gtk_application_get_active_window (user_data), "application-name",
                         _ ("Stoker"), "application-icon", APPLICATION_ID, "version",
                         PACKAGE_VERSION, "developer-name", _ ("The Stoker developers"),
                         "developers", developers, "comments",
                         _ ("Where can it run, what will it cost, is it running, and has "
                            "everything that costs money stopped?"),
                         "license-type", GTK_LICENSE_GPL_3_0, "website", WEBSITE, "issue-url",
                         WEBSITE "/issues", NULL);
}

/* GTK ends the program too, with a warning that leads nowhere. */
static void
require_display (void)
{
  if (gtk_init_check ())
    return;
  fprintf (stderr, "stoker: %s\n",
           _ ("there is no display to open a window on; stoker --help lists what works without"));
  exit (STATUS_FAILED);
}

static void
stoker_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "about", about_cb, NULL, NULL, NULL, { 0 } },
    { "preferences", preferences_cb, NULL, NULL, NULL, { 0 } },
    { "quit", quit_cb, NULL, NULL, NULL, { 0 } },
    { "retry", retry_cb, NULL, NULL, NULL, { 0 } },
    { "show-data", show_data_cb, NULL, NULL, NULL, { 0 } },
  };
  static const char *const quit_accels[] = { "<Control>q", NULL };
  static const char *const preferences_accels[] = { "<Control>comma", NULL };
  StokerApplication *self = STOKER_APPLICATION (application);

  require_display ();
  /* Before the parent's startup, which looks for style and shortcuts in the resources. */
  stoker_ui_init ();
  G_APPLICATION_CLASS (stoker_application_parent_class)->startup (application);
  self->settings = stoker_settings_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", quit_accels);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.preferences",
                                         preferences_accels);
  stoker_shortcuts_add (GTK_APPLICATION (self));
  stoker_application_add_news_actions (self);
  self->notifier = stoker_notifier_new (application, self->desk,
                                        stoker_settings_get_gsettings (self->settings));
  self->background = stoker_background_new (GTK_APPLICATION (self), self->desk);
  g_signal_connect_object (self->background, "finished", G_CALLBACK (close_workspace), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "window-removed", G_CALLBACK (window_removed_cb), NULL);
}

static void
stoker_application_shutdown (GApplication *application)
{
  StokerApplication *self = STOKER_APPLICATION (application);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->background);
  g_clear_object (&self->notifier);
  G_APPLICATION_CLASS (stoker_application_parent_class)->shutdown (application);
}

static void
stoker_application_finalize (GObject *object)
{
  StokerApplication *self = STOKER_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->waiting_lines, g_ptr_array_unref);
  G_OBJECT_CLASS (stoker_application_parent_class)->finalize (object);
}

static void
stoker_application_class_init (StokerApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_application_finalize;
  application_class->activate = stoker_application_activate;
  application_class->command_line = stoker_application_command_line;
  application_class->startup = stoker_application_startup;
  application_class->shutdown = stoker_application_shutdown;
}

static void
stoker_application_init (StokerApplication *self)
{
  self->desk = stoker_desk_new ();
  self->cancellable = g_cancellable_new ();
  self->waiting_lines = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * stoker_application_new:
 * @extra_flags: flags beside %G_APPLICATION_HANDLES_COMMAND_LINE, for instance
 * %G_APPLICATION_NON_UNIQUE in a test
 *
 * Returns: (transfer full): the application
 */
StokerApplication *
stoker_application_new (GApplicationFlags extra_flags)
{
  return g_object_new (STOKER_TYPE_APPLICATION, "application-id", APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE | extra_flags, "resource-base-path",
                       STOKER_UI_RESOURCE_PATH, NULL);
}

StokerDesk *
stoker_application_get_desk (StokerApplication *self)
{
  return self->desk;
}

/**
 * stoker_application_get_workspace:
 *
 * Returns: (transfer none) (nullable): the workspace, once it is open
 */
StokerWorkspace *
stoker_application_get_workspace (StokerApplication *self)
{
  g_return_val_if_fail (STOKER_IS_APPLICATION (self), NULL);

  return stoker_desk_get_workspace (self->desk);
}

/**
 * stoker_application_set_command_handler:
 * @handler: (nullable): carries out command lines that have arguments
 * @user_data: passed to @handler; must live as long as the application
 *
 * Says what is to be done with command lines. One without arguments shows the window.
 */
void
stoker_application_set_command_handler (StokerApplication *self,
                                        StokerCommandHandler handler,
                                        gpointer user_data)
{
  g_return_if_fail (STOKER_IS_APPLICATION (self));

  self->handler = handler;
  self->handler_data = user_data;
}
