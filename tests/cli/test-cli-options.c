/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-options.h"
#include "stoker-error.h"

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, NULL, "Print JSON", NULL },
  { "mode", 0, 0, G_OPTION_ARG_STRING, NULL, "What matters", "MODE" },
  { "offers", 0, 0, G_OPTION_ARG_FILENAME, NULL, "Which offers", "FILE" },
  { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, "Set a field", "KEY=VALUE" },
  { NULL },
};

static GVariant *
parse (const char *line, GStrv *words, GError **error)
{
  *words = g_strsplit (line, " ", -1);

  return stoker_cli_options_parse (entries, words, error);
}

static void
test_options_and_arguments_are_told_apart (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GVariant)
    options = parse ("stoker one --json --mode=speed --set a=1 two --set b=2 --offers x.json",
                     &words, &error);
  g_autofree char *joined = NULL;
  g_autofree const char **settings = NULL;
  gboolean is_json = FALSE;
  const char *text = NULL;

  g_assert_no_error (error);
  joined = g_strjoinv (" ", words);
  g_assert_cmpstr (joined, ==, "stoker one two");
  g_assert_true (g_variant_lookup (options, "json", "b", &is_json) && is_json);
  g_assert_true (g_variant_lookup (options, "mode", "&s", &text));
  g_assert_cmpstr (text, ==, "speed");
  g_assert_true (g_variant_lookup (options, "offers", "^&ay", &text));
  g_assert_cmpstr (text, ==, "x.json");
  g_assert_true (g_variant_lookup (options, "set", "^a&s", &settings));
  g_assert_cmpstr (settings[0], ==, "a=1");
  g_assert_cmpstr (settings[1], ==, "b=2");
}

static void
test_what_is_not_given_is_absent (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GVariant) options = parse ("stoker", &words, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_variant_n_children (options), ==, 0);
}

static void
test_two_dashes_end_the_options (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GVariant) options = parse ("stoker --json -- --mode", &words, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_variant_n_children (options), ==, 1);
  g_assert_cmpuint (g_strv_length (words), ==, 2);
  g_assert_cmpstr (words[1], ==, "--mode");
}

static void
test_a_wrong_call_is_a_mistake_of_the_caller (void)
{
  const char *const lines[] = { "stoker --colour", "stoker --mode", "stoker -x" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) words = NULL;
      g_autoptr (GVariant) options = parse (lines[i], &words, &error);

      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_null (options);
    }
}

static void
test_help_lists_the_options (void)
{
  g_autofree char *help = stoker_cli_options_get_help (entries, "advise WORKLOAD.json",
                                                       "Tell where it runs best");

  g_assert_nonnull (strstr (help, "advise WORKLOAD.json"));
  g_assert_nonnull (strstr (help, "Tell where it runs best"));
  g_assert_nonnull (strstr (help, "--set=KEY=VALUE"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli-options/options-and-arguments", test_options_and_arguments_are_told_apart);
  g_test_add_func ("/cli-options/absent", test_what_is_not_given_is_absent);
  g_test_add_func ("/cli-options/two-dashes", test_two_dashes_end_the_options);
  g_test_add_func ("/cli-options/wrong-call", test_a_wrong_call_is_a_mistake_of_the_caller);
  g_test_add_func ("/cli-options/help", test_help_lists_the_options);

  return g_test_run ();
}
