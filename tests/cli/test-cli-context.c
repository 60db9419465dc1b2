/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-context.h"

#include "stoker-cli-verb.h"
#include "stoker-error.h"

/* What the context under test wrote, and what it reads. */
typedef struct
{
  GString *out;
  GString *err;
  const char *stdin_text; /* nullable */
  GMainLoop *loop;
  char *read; /* nullable */
  GError *error;
} Fixture;

static void
write_out (const char *text, gpointer user_data)
{
  g_string_append (((Fixture *) user_data)->out, text);
}

static void
write_err (const char *text, gpointer user_data)
{
  g_string_append (((Fixture *) user_data)->err, text);
}

static GInputStream *
open_stdin (gpointer user_data)
{
  Fixture *fixture = user_data;

  if (fixture->stdin_text == NULL)
    return NULL;

  return g_memory_input_stream_new_from_data (fixture->stdin_text, -1, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->out = g_string_new (NULL);
  fixture->err = g_string_new (NULL);
  fixture->loop = g_main_loop_new (NULL, FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_string_free (fixture->out, TRUE);
  g_string_free (fixture->err, TRUE);
  g_main_loop_unref (fixture->loop);
  g_free (fixture->read);
  g_clear_error (&fixture->error);
}

static StokerCliContext *
prepare (Fixture *fixture, const char *line, GError **error)
{
  const StokerCliStreams streams = { write_out, write_err, open_stdin, fixture, NULL };
  StokerCliContext *context = stoker_cli_context_new (&streams, "/somewhere");
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  stoker_cli_context_prepare (context, (const char *const *) words, error);
  return context;
}

static void
test_wrong_calls (Fixture *fixture, gconstpointer user_data)
{
  const char *const lines[] = {
    "advise",          "advise a b",         "advise a --colour", "jobs show",     "flags set a",
    "dance",           "offers x",           "advise ",           "jobs show a ",  "offers --gpu=",
    "offers --limit=", "offers --min-vram=", "offers --offers=",  "submit --set=",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StokerCliContext) context = prepare (fixture, lines[i], &error);

      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_cmpint (stoker_cli_context_conclude (context, 0, error), ==, STOKER_CLI_WRONG_CALL);
      g_assert_cmpuint (fixture->out->len, ==, 0);
      g_assert_true (g_str_has_prefix (fixture->err->str, "stoker: "));
      g_string_truncate (fixture->err, 0);
    }
}

static void
test_options_are_read (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerCliContext)
    context = prepare (fixture,
                       "offers --min-vram 24.5 --limit 7 --spot --offers my.json --gpu 4090",
                       &error);
  double vram = 0;
  gint64 limit = 0;

  g_assert_no_error (error);
  g_assert_true (stoker_cli_context_get_flag (context, "spot"));
  g_assert_false (stoker_cli_context_get_flag (context, "json"));
  g_assert_cmpstr (stoker_cli_context_get_text (context, "gpu"), ==, "4090");
  g_assert_cmpstr (stoker_cli_context_get_text (context, "offers"), ==, "my.json");
  g_assert_null (stoker_cli_context_get_text (context, "region"));
  g_assert_true (stoker_cli_context_get_amount (context, "min-vram", &vram, &error));
  g_assert_cmpfloat (vram, ==, 24.5);
  g_assert_true (stoker_cli_context_get_count (context, "limit", 100, &limit, &error));
  g_assert_cmpint (limit, ==, 7);
  g_assert_false (stoker_cli_context_get_count (context, "limit", 5, &limit, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
}

static void
test_numbers_must_be_numbers (Fixture *fixture, gconstpointer user_data)
{
  const char *const values[] = { "abc", "-1", "1x", "nan", "inf", "1,5" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *line = g_strdup_printf ("offers --min-vram=%s --limit=%s", values[i],
                                               values[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) count_error = NULL;
      g_autoptr (StokerCliContext) context = prepare (fixture, line, &error);
      double amount = 0;
      gint64 count = 0;

      g_assert_no_error (error);
      g_assert_false (stoker_cli_context_get_amount (context, "min-vram", &amount, &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_nonnull (strstr (error->message, "--min-vram"));
      g_assert_false (stoker_cli_context_get_count (context, "limit", 100, &count, &count_error));
      g_assert_error (count_error, STOKER_ERROR, STOKER_ERROR_CONFIG);
    }
}

static void
test_paths_start_from_the_callers_folder (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (StokerCliContext) context = prepare (fixture, "advise w.json", NULL);
  g_autofree char *relative = stoker_cli_context_get_path (context, "sub/w.json");
  g_autofree char *absolute = stoker_cli_context_get_path (context, "/w.json");

  g_assert_cmpstr (relative, ==, "/somewhere/sub/w.json");
  g_assert_cmpstr (absolute, ==, "/w.json");
}

static void
test_output_waits_for_success (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (StokerCliContext) good = prepare (fixture, "jobs", NULL);
  g_autoptr (StokerCliContext) bad = prepare (fixture, "jobs", NULL);
  g_autoptr (GError)
    error = g_error_new_literal (STOKER_ERROR, STOKER_ERROR_HELD, "held\nby the budget");

  stoker_cli_context_print (bad, "lost");
  g_assert_cmpint (stoker_cli_context_conclude (bad, 0, error), ==, STOKER_CLI_HELD);
  g_assert_cmpstr (fixture->out->str, ==, "");
  g_assert_cmpstr (fixture->err->str, ==, "stoker: held by the budget\n");

  stoker_cli_context_print (good, "%s", "kept ");
  stoker_cli_context_print_text (good, "100 %s");
  g_assert_cmpuint (fixture->out->len, ==, 0);
  g_assert_cmpint (stoker_cli_context_conclude (good, STOKER_CLI_FAILED, NULL), ==,
                   STOKER_CLI_FAILED);
  g_assert_cmpstr (fixture->out->str, ==, "kept 100 %s");
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->read = stoker_cli_context_read_stdin_finish (STOKER_CLI_CONTEXT (source), result,
                                                        &fixture->error);
  g_main_loop_quit (fixture->loop);
}

static void
test_stdin_is_read_to_its_end (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (StokerCliContext) context = prepare (fixture, "jobs", NULL);

  fixture->stdin_text = "one\ntwo";
  stoker_cli_context_read_stdin_async (context, read_cb, fixture);
  g_main_loop_run (fixture->loop);

  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->read, ==, "one\ntwo");
}

static void
test_stdin_has_a_limit (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (StokerCliContext) context = prepare (fixture, "jobs", NULL);
  g_autofree char *long_text = g_strnfill (64 * 1024 + 1, 'x');

  fixture->stdin_text = long_text;
  stoker_cli_context_read_stdin_async (context, read_cb, fixture);
  g_main_loop_run (fixture->loop);

  g_assert_error (fixture->error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_null (fixture->read);
}

static void
test_no_stdin (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (StokerCliContext) context = prepare (fixture, "jobs", NULL);

  stoker_cli_context_read_stdin_async (context, read_cb, fixture);
  g_main_loop_run (fixture->loop);

  g_assert_error (fixture->error, STOKER_ERROR, STOKER_ERROR_CONFIG);
}

static void
test_a_rehearsal_needs_no_scheduler (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (StokerCliContext) dry = prepare (fixture, "submit w.json --provider a", NULL);
  g_autoptr (StokerCliContext) live = prepare (fixture, "submit w.json --provider a --live", NULL);

  g_assert_cmpint (stoker_cli_context_get_parts (dry) & STOKER_WORKSPACE_SCHEDULER, ==, 0);
  g_assert_cmpint (stoker_cli_context_get_parts (live), ==, STOKER_WORKSPACE_ALL);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/cli-context/wrong-calls", test_wrong_calls);
  ADD ("/cli-context/options", test_options_are_read);
  ADD ("/cli-context/numbers", test_numbers_must_be_numbers);
  ADD ("/cli-context/paths", test_paths_start_from_the_callers_folder);
  ADD ("/cli-context/output", test_output_waits_for_success);
  ADD ("/cli-context/stdin", test_stdin_is_read_to_its_end);
  ADD ("/cli-context/stdin-limit", test_stdin_has_a_limit);
  ADD ("/cli-context/no-stdin", test_no_stdin);
  ADD ("/cli-context/rehearsal", test_a_rehearsal_needs_no_scheduler);

  return g_test_run ();
}
