/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json-path.h"

#include "stoker-json.h"

#define DOCUMENT                                                                            \
  "{\"none\": [], \"one\": [{\"name\": \"a\"}], \"rows\": [[1, 2], [3]], \"text\": \"x\", " \
  "\"sets\": {\"item\": [{\"of\": []}, {\"of\": [{\"id\": 7}, {\"id\": 8}]}]}, \"a.b/c\": [5]}"

/* Criticals are fatal in a test, so each of these also proves that there are none. */
static void
test_match (void)
{
  static const struct
  {
    const char *path;
    const char *expected;
  } cases[] = {
    { "$.text", "[\"x\"]" },
    { "$.none[0]", "[]" },
    { "$.none[0].name", "[]" },
    { "$.none[*]", "[]" },
    { "$.one[0].name", "[\"a\"]" },
    { "$.one[1].name", "[]" },
    { "$.rows[0][1]", "[2]" },
    { "$.rows[1][1]", "[]" },
    { "$.rows[*][0]", "[1,3]" },
    { "$.text[0]", "[]" },
    { "$.nothing[0]", "[]" },
    { "$.sets.item[*].of[0].id", "[7]" },
    { "$.sets.item[1].of[*].id", "[7,8]" },
    { "$['a.b/c'][0]", "[5]" },
    { "$..id", "[7,8]" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) document = stoker_json_parse (DOCUMENT, -1, "document", &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StokerJsonPath) path = stoker_json_path_new (cases[i].path, &error);
      g_autoptr (JsonNode) found = NULL;
      g_autofree char *text = NULL;

      g_test_message ("%s", cases[i].path);
      g_assert_no_error (error);
      found = stoker_json_path_match (path, document);
      text = stoker_json_to_string (found, FALSE);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_mistakes (void)
{
  static const char *const mistakes[] = { "name",     "$.a[",    "$.a[0",   "$.a[1:2]",
                                          "$.a[0,1]", "$.a[:2]", "$.a[-1:]" };

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StokerJsonPath) path = stoker_json_path_new (mistakes[i], &error);

      g_test_message ("%s", mistakes[i]);
      g_assert_null (path);
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-path/match", test_match);
  g_test_add_func ("/json-path/mistakes", test_mistakes);

  return g_test_run ();
}
