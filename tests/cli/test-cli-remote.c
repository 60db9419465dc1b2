/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-remote.h"

#include "stoker-cli.h"
#include "stoker-data-resource.h"

#include <glib/gstdio.h>

#include <string.h>

#define WAIT_S 60

/* The running instance is this process; the command lines come from children. */
typedef struct
{
  GTestDBus *bus;
  GApplication *application;
  StokerWorkspace *workspace;
  GMainLoop *loop;
  int n_commands;
  char *out;
  char *err;
  int status;
} Fixture;

static int
command_line_cb (GApplication *application, GApplicationCommandLine *command_line, Fixture *fixture)
{
  fixture->n_commands++;
  stoker_cli_handle_command_line (command_line, fixture->workspace);

  return 0;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  fixture->workspace = stoker_workspace_open_finish (result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (fixture->loop);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  stoker_workspace_close_finish (STOKER_WORKSPACE (source), result);
  g_main_loop_quit (fixture->loop);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->loop = g_main_loop_new (NULL, FALSE);
  stoker_workspace_open_async (STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_JOBS, NULL, opened_cb,
                               fixture);
  g_main_loop_run (fixture->loop);

  fixture->application = g_application_new (APPLICATION_ID, G_APPLICATION_HANDLES_COMMAND_LINE);
  g_signal_connect (fixture->application, "command-line", G_CALLBACK (command_line_cb), fixture);
  g_application_register (fixture->application, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_application_get_is_remote (fixture->application));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->application));
  stoker_workspace_close_async (fixture->workspace, closed_cb, fixture);
  g_main_loop_run (fixture->loop);
  g_clear_object (&fixture->workspace);
  g_main_loop_unref (fixture->loop);
  g_free (fixture->out);
  g_free (fixture->err);
  g_test_dbus_down (fixture->bus);
  g_clear_object (&fixture->bus);
}

static void
child_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &fixture->out, &fixture->err,
                                        &error);
  g_assert_no_error (error);
  fixture->status = g_subprocess_get_exit_status (G_SUBPROCESS (source));
  g_main_loop_quit (fixture->loop);
}

static gboolean
out_of_time_cb (gpointer user_data)
{
  g_assert_not_reached ();
}

/* Runs the program in a folder with something on its standard input. */
static void
run_stoker (Fixture *fixture, const char *folder, const char *input, const char *line)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
    G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *program = g_build_filename (g_getenv ("STOKER_TEST_BUILD_ROOT"), "src",
                                               "program", "stoker", NULL);
  g_autofree char *command = g_strdup_printf ("%s %s", program, line);
  g_auto (GStrv) words = g_strsplit (command, " ", -1);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  guint timeout_id = g_timeout_add_seconds (WAIT_S, out_of_time_cb, NULL);

  g_clear_pointer (&fixture->out, g_free);
  g_clear_pointer (&fixture->err, g_free);
  g_subprocess_launcher_set_cwd (launcher, folder);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", g_get_user_data_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", g_get_user_state_dir (), TRUE);
  child = g_subprocess_launcher_spawnv (launcher, (const char *const *) words, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (child, input, NULL, child_ended_cb, fixture);
  g_main_loop_run (fixture->loop);
  g_source_remove (timeout_id);
}

static void
test_what_changes_things_goes_to_the_running_instance (Fixture *fixture, gconstpointer user_data)
{
  StokerSettings *settings = stoker_workspace_get_settings (fixture->workspace);

  /* The settings are in memory here: only this process can have changed them. */
  run_stoker (fixture, "/", "", "flags set enable_public_gpu on");

  g_assert_cmpstr (fixture->err, ==, "");
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpint (fixture->n_commands, ==, 1);
  g_assert_nonnull (strstr (fixture->out, "enable_public_gpu"));
  g_assert_true (stoker_settings_get_flag (settings, "enable_public_gpu"));
}

static void
test_what_only_looks_stays_where_it_is (Fixture *fixture, gconstpointer user_data)
{
  run_stoker (fixture, "/", "", "catalog list");

  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpint (fixture->n_commands, ==, 0);
}

static void
test_a_failure_comes_back (Fixture *fixture, gconstpointer user_data)
{
  run_stoker (fixture, "/", "", "flags set enable_magic on");

  g_assert_cmpint (fixture->n_commands, ==, 1);
  g_assert_cmpint (fixture->status, ==, 2);
  g_assert_cmpstr (fixture->out, ==, "");
  g_assert_true (g_str_has_prefix (fixture->err, "stoker: enable_magic"));
}

static void
test_a_wrong_call_is_not_handed_over (Fixture *fixture, gconstpointer user_data)
{
  run_stoker (fixture, "/", "", "flags set enable_public_gpu");

  g_assert_cmpint (fixture->n_commands, ==, 0);
  g_assert_cmpint (fixture->status, ==, 2);
}

static void
test_files_are_looked_for_in_the_callers_folder (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *folder = g_dir_make_tmp ("stoker-remote-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "mine.json", NULL);

  g_assert_true (g_file_set_contents (file, "{\"version\": 1, \"providers\": []}", -1, NULL));
  run_stoker (fixture, folder, "", "providers import mine.json");
  g_assert_cmpstr (fixture->err, ==, "");
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpint (fixture->n_commands, ==, 1);
  g_remove (file);
  g_rmdir (folder);
}

static void
test_stdin_goes_along (Fixture *fixture, gconstpointer user_data)
{
  run_stoker (fixture, "/", "not_a_field=hunter2\n", "providers add aws-ec2 --secret-stdin");

  g_assert_cmpint (fixture->n_commands, ==, 1);
  g_assert_cmpint (fixture->status, ==, 2);
  g_assert_nonnull (strstr (fixture->err, "line 1"));
  g_assert_null (strstr (fixture->err, "hunter2"));
}

static void
test_no_bus_means_nobody_is_there (void)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);

  g_assert_false (stoker_cli_remote_is_running ());
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/cli-remote/no-bus", test_no_bus_means_nobody_is_there);
  ADD ("/cli-remote/handed-over", test_what_changes_things_goes_to_the_running_instance);
  ADD ("/cli-remote/looking", test_what_only_looks_stays_where_it_is);
  ADD ("/cli-remote/failure", test_a_failure_comes_back);
  ADD ("/cli-remote/wrong-call", test_a_wrong_call_is_not_handed_over);
  ADD ("/cli-remote/folder", test_files_are_looked_for_in_the_callers_folder);
  ADD ("/cli-remote/stdin", test_stdin_goes_along);

  return g_test_run ();
}
