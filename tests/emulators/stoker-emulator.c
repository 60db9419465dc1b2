/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-emulator.h"

#include <gio/gio.h>

#include <string.h>

#define READY "ready "

struct _StokerEmulator
{
  GSubprocess *process; /* owned */
  char *url;            /* owned */
};

/* One request over a connection of its own; the tests' code under test is not used to look at
 * itself. */
static char *
exchange (StokerEmulator *self, const char *method, const char *path, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GOutputStream) answer = g_memory_output_stream_new_resizable ();
  g_autofree char *request = NULL;
  const char *text;
  const char *start;

  connection = g_socket_client_connect_to_uri (client, self->url, 80, NULL, &error);
  g_assert_no_error (error);
  request = g_strdup_printf ("%s %s HTTP/1.1\r\nHost: emulator\r\nConnection: close\r\n"
                             "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                             method, path, strlen (body), body);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_splice (answer, g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                          G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (answer, "", 1, NULL, NULL, &error);
  g_assert_no_error (error);
  text = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (answer));
  start = strstr (text, "\r\n\r\n");
  g_assert_nonnull (start);
  g_assert_nonnull (strstr (text, " 200 "));
  return g_strdup (start + 4);
}

/**
 * stoker_emulator_start:
 * @provider: `runpod`, `replicate` or `all`
 *
 * Starts an emulator on a free port and waits until it listens.
 *
 * Returns: (transfer full): the emulator
 */
StokerEmulator *
stoker_emulator_start (const char *provider)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *script = NULL;
  g_autofree char *line = NULL;
  StokerEmulator *self = g_new0 (StokerEmulator, 1);

  script = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "tests", "emulators",
                             "emulator.py", NULL);
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    &error, "/usr/bin/python3", "-B", script, "--provider",
                                    provider, "--exit-with-stdin", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, READY));
  self->url = g_strdup (line + strlen (READY));
  return self;
}

/**
 * stoker_emulator_get_url:
 *
 * Returns: the address without a path, for instance `http://127.0.0.1:40123`
 */
const char *
stoker_emulator_get_url (StokerEmulator *self)
{
  return self->url;
}

/**
 * stoker_emulator_control:
 * @order: a JSON object as tests/emulators/README.md explains
 *
 * Changes what the emulator does from now on.
 */
void
stoker_emulator_control (StokerEmulator *self, const char *order)
{
  g_autofree char *answer = exchange (self, "POST", "/_control", order);

  g_assert_nonnull (strstr (answer, "true"));
}

/**
 * stoker_emulator_get_state:
 *
 * Returns: (transfer full): what the emulator has seen: jobs, requests, deliveries
 */
JsonNode *
stoker_emulator_get_state (StokerEmulator *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = exchange (self, "GET", "/_control/state", "");
  JsonNode *node = json_from_string (answer, &error);

  g_assert_no_error (error);
  return node;
}

/**
 * stoker_emulator_free:
 *
 * Ends the emulator and waits until it is gone.
 */
void
stoker_emulator_free (StokerEmulator *self)
{
  g_subprocess_send_signal (self->process, 15);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  g_free (self->url);
  g_free (self);
}
