/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-remote.h"

#define BUS_TIMEOUT_MS 500

/* The question whether somebody owns the application's name. */
typedef struct
{
  GMainLoop *loop;           /* owned */
  GCancellable *cancellable; /* owned */
  gboolean is_owned;
} OwnerQuestion;

static void
owner_question_clear (OwnerQuestion *self)
{
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_object (&self->cancellable);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OwnerQuestion, owner_question_clear)

/* Without this GLib would start a bus with dbus-launch when a display is there. */
static gboolean
has_session_bus (void)
{
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");

  return (address != NULL && *address != '\0') || g_file_test (socket, G_FILE_TEST_EXISTS);
}

static void
got_owner_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OwnerQuestion *question = user_data;
  g_autoptr (GVariant)
    answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (answer != NULL)
    g_variant_get (answer, "(b)", &question->is_owned);
  g_main_loop_quit (question->loop);
}

static void
got_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OwnerQuestion *question = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    {
      g_main_loop_quit (question->loop);
      return;
    }

  /* A bus that goes away must not take a running job's watcher with it. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "NameHasOwner",
                          g_variant_new ("(s)", APPLICATION_ID), G_VARIANT_TYPE ("(b)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, BUS_TIMEOUT_MS, question->cancellable,
                          got_owner_cb, question);
}

static gboolean
out_of_patience_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/**
 * stoker_cli_remote_is_running:
 *
 * Asks the session bus whether a window is there, for no longer than half a second.
 *
 * Returns: %FALSE also when there is no bus
 */
gboolean
stoker_cli_remote_is_running (void)
{
  g_auto (OwnerQuestion) question = { NULL };
  g_autoptr (GSource) patience = g_timeout_source_new (BUS_TIMEOUT_MS);

  if (!has_session_bus ())
    return FALSE;

  question.loop = g_main_loop_new (NULL, FALSE);
  question.cancellable = g_cancellable_new ();
  g_source_set_callback (patience, out_of_patience_cb, question.cancellable, NULL);
  g_source_attach (patience, NULL);
  g_bus_get (G_BUS_TYPE_SESSION, question.cancellable, got_bus_cb, &question);
  g_main_loop_run (question.loop);
  g_source_destroy (patience);

  return question.is_owned;
}

/**
 * stoker_cli_remote_hand_over:
 *
 * Lets the running instance do what the command line says. Folder and standard input go there,
 * output and exit status come back.
 *
 * Returns: the exit status; 1 when the instance went away meanwhile
 */
int
stoker_cli_remote_hand_over (int argc, char **argv)
{
  /* A launcher never becomes the instance itself. */
  g_autoptr (GApplication)
    application = g_application_new (APPLICATION_ID, G_APPLICATION_HANDLES_COMMAND_LINE |
                                                       G_APPLICATION_IS_LAUNCHER);

  return g_application_run (application, argc, argv);
}
