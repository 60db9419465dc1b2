/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli.h"

#include "stoker-cli-call.h"
#include "stoker-cli-charts.h"
#include "stoker-cli-remote.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-locale.h"
#include "stoker-log.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static void
write_own_out (const char *text, gpointer user_data)
{
  fputs (text, stdout);
  fflush (stdout);
}

static void
write_own_err (const char *text, gpointer user_data)
{
  fputs (text, stderr);
}

static GInputStream *
open_own_stdin (gpointer user_data)
{
  return g_unix_input_stream_new (STDIN_FILENO, FALSE);
}

static void
write_callers_out (const char *text, gpointer user_data)
{
  g_application_command_line_print (user_data, "%s", text);
}

static void
write_callers_err (const char *text, gpointer user_data)
{
  g_application_command_line_printerr (user_data, "%s", text);
}

static GInputStream *
open_callers_stdin (gpointer user_data)
{
  return g_application_command_line_get_stdin (user_data);
}

static StokerCliContext *
new_own_context (void)
{
  const StokerCliStreams streams = { write_own_out, write_own_err, open_own_stdin, NULL, NULL };

  return stoker_cli_context_new (&streams, NULL);
}

static StokerCliContext *
new_callers_context (GApplicationCommandLine *command_line)
{
  const StokerCliStreams streams = { write_callers_out, write_callers_err, open_callers_stdin,
                                     g_object_ref (command_line), g_object_unref };

  return stoker_cli_context_new (&streams, g_application_command_line_get_cwd (command_line));
}

static gboolean
is_word_there (const char *const *words, const char *word, const char *short_word)
{
  for (guint i = 0; words[i] != NULL && !g_str_equal (words[i], "--"); i++)
    if (g_str_equal (words[i], word) || g_str_equal (words[i], short_word))
      return TRUE;

  return FALSE;
}

/* Help needs neither workspace nor bus. */
static int
print_help (StokerCliContext *context, const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const StokerCliVerb *verb;
  int n_used = 0;

  if (*words[0] == '-' || g_str_equal (words[0], "help"))
    text = stoker_cli_verb_get_overview (NULL);
  else if ((verb = stoker_cli_verb_find (words, &n_used, &error)) == NULL)
    return stoker_cli_context_conclude (context, STOKER_CLI_WRONG_CALL, error);
  else if (verb->action != NULL && n_used == 1)
    text = stoker_cli_verb_get_overview (verb->name);
  else
    text = stoker_cli_verb_get_help (verb);

  stoker_cli_context_print_text (context, text);
  return stoker_cli_context_conclude (context, STOKER_CLI_DONE, NULL);
}

static int
print_version (StokerCliContext *context)
{
  stoker_cli_context_print (context, "stoker %s\n", PACKAGE_VERSION);

  return stoker_cli_context_conclude (context, STOKER_CLI_DONE, NULL);
}

/* Becomes the program of the window, which links what draws. Returns only when there is none. */
static int
become_window (StokerCliContext *context, char **argv)
{
  g_autoptr (GError) error = NULL;
  const char *program = g_getenv ("STOKER_WINDOW_PROGRAM");

  if (program == NULL || *program == '\0')
    program = LIBEXECDIR "/stoker-window";

  execv (program, argv);
  g_set_error (&error, STOKER_ERROR, STOKER_ERROR_FAILED, _ ("can not start the window: %s: %s"),
               program, g_strerror (errno));

  return stoker_cli_context_conclude (context, STOKER_CLI_FAILED, error);
}

static gboolean
must_draw (StokerCliContext *context)
{
  const char *option = stoker_cli_context_get_verb (context)->drawing_option;

  return option != NULL && stoker_cli_context_get_text (context, option) != NULL;
}

static int
run_verb (StokerCliContext *context, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (!stoker_cli_context_prepare (context, (const char *const *) argv + 1, &error))
    return stoker_cli_context_conclude (context, STOKER_CLI_WRONG_CALL, error);
  if (stoker_cli_context_changes_things (context) && stoker_cli_remote_is_running ())
    return stoker_cli_remote_hand_over (argc, argv);
  if (must_draw (context) && !stoker_cli_charts_have_drawer ())
    return become_window (context, argv);

  return stoker_cli_call_run_here (context);
}

/* The verb of a handed-over command line is done; letting go of @source lets the caller go. */
static void
callers_verb_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GApplicationCommandLine) command_line = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = STOKER_CLI_CONTEXT (source);
  int status = stoker_cli_call_run_finish (context, result, &error);

  g_application_command_line_set_exit_status (command_line,
                                              stoker_cli_context_conclude (context, status, error));
}

/**
 * stoker_cli_main:
 *
 * The program `stoker`: one verb, or the window when there is none. A verb that draws becomes the
 * window's program too, which calls this again after stoker_cli_charts_set_drawer().
 *
 * Returns: the exit status
 */
int
stoker_cli_main (int argc, char **argv)
{
  const char *const *words = (const char *const *) argv + 1;
  g_autoptr (StokerCliContext) context = NULL;

  stoker_locale_init ();
  g_set_prgname ("stoker");
  stoker_log_install ();

  context = new_own_context ();
  if (argc < 2)
    return become_window (context, argv);
  if (g_str_equal (words[0], "--version"))
    return print_version (context);
  if (is_word_there (words, "--help", "-h") || g_str_equal (words[0], "help"))
    return print_help (context, words);

  return run_verb (context, argc, argv);
}

/**
 * stoker_cli_handle_command_line:
 * @command_line: from another process; it gets its exit status when the verb is done
 * @workspace: the running instance's, with every part
 *
 * Runs a verb that was handed over to the running instance.
 */
void
stoker_cli_handle_command_line (GApplicationCommandLine *command_line, StokerWorkspace *workspace)
{
  g_autoptr (StokerCliContext) context = new_callers_context (command_line);
  g_auto (GStrv) argv = g_application_command_line_get_arguments (command_line, NULL);
  g_autoptr (GError) error = NULL;

  if (!stoker_cli_context_prepare (context, (const char *const *) argv + 1, &error))
    {
      g_application_command_line_set_exit_status (
        command_line, stoker_cli_context_conclude (context, STOKER_CLI_WRONG_CALL, error));
      return;
    }

  stoker_cli_context_set_workspace (context, workspace);
  stoker_cli_call_run_async (context, callers_verb_done_cb, g_object_ref (command_line));
}
