/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-yaml.h"

#include <string.h>

static JsonNode *
parse (const char *text, GError **error)
{
  return stoker_yaml_parse (text, strlen (text), "x.yaml", error);
}

static void
expect (const char *text, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse (text, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = stoker_json_to_string (node, FALSE);
  g_assert_cmpstr (found, ==, json);
}

static void
test_styles (void)
{
  expect ("", "null");
  expect ("# nothing\n", "null");
  expect ("hello\n", "\"hello\"");
  expect ("a: 1\nb: true\nc: ~\nd:\ne: null\nf: 'null'\n",
          "{\"a\":\"1\",\"b\":\"true\",\"c\":null,\"d\":null,\"e\":null,\"f\":\"null\"}");
  expect ("- a\n- - b\n  - {c: d, e: [f]}\n", "[\"a\",[\"b\",{\"c\":\"d\",\"e\":[\"f\"]}]]");
  expect ("a:\n- b: 1 # one\n  c: \"x\\ty\"\n- 'it''s'\n",
          "{\"a\":[{\"b\":\"1\",\"c\":\"x\\ty\"},\"it's\"]}");
  expect ("a: |\n  one\n  two\nb: >-\n  three\n  four\nc: five\n  six\n",
          "{\"a\":\"one\\ntwo\\n\",\"b\":\"three four\",\"c\":\"five six\"}");
  expect ("%YAML 1.1\n---\na: !!binary AAAA\n---\nb: c\n", "{\"a\":\"AAAA\"}");
  expect ("? a\n: b\n", "{\"a\":\"b\"}");
}

/* What `kubectl config view -o json` writes. */
static void
test_json (void)
{
  expect ("{\n    \"a\": [\n        {\n            \"b\": \"c\\u00e4\\/\"\n        }\n    ],\n"
          "    \"d\": false\n}\n",
          "{\"a\":[{\"b\":\"cä/\"}],\"d\":\"false\"}");
}

static void
test_mistakes (void)
{
  const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "a: b\n c: secret\n", "x.yaml:2: mapping values are not allowed in this context" },
    { "a: [secret\n", "x.yaml:2: did not find expected ',' or ']'" },
    { "a: \"secret\n", "x.yaml:2: found unexpected end of stream" },
    { "\tsecret: b\n", "x.yaml:1: found character that cannot start any token" },
    { "a: &x secret\nb: *x\n", "x.yaml:2: has an alias (*), which is not read" },
    { "a: secret\na: c\n", "x.yaml:2: has the same key twice" },
    { "[a]: secret\n", "x.yaml:1: has a key that is no text" },
    { "a: \"secret\\0\"\n", "x.yaml:1: has a zero in a text" },
    { "\"a\\0\": secret\n", "x.yaml:1: has a zero in a text" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (cases[i].text, &error);

      g_assert_null (node);
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_limits (void)
{
  g_autofree char *deep = g_strnfill (1000, '[');
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;
  g_autoptr (JsonNode) node = parse (deep, &error);
  g_autoptr (JsonNode) other = NULL;

  g_assert_null (node);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, "is too deep or too large"));
  for (guint i = 0; i < 100001; i++)
    g_string_append (wide, "- a\n");
  other = parse (wide->str, &other_error);
  g_assert_null (other);
  g_assert_error (other_error, STOKER_ERROR, STOKER_ERROR_CONFIG);
}

/* However a file is cut off, it is read or refused. */
static void
test_cut_off (void)
{
  static const char text[] = "a:\n- b: 'c'\n  d: \"e\\n\"\n- |\n  f\n- {g: [h, *i]}\nj: \xc3\xa4\n";

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = stoker_yaml_parse (text, length, "x.yaml", &error);

      g_assert_true ((node == NULL) == (error != NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yaml/styles", test_styles);
  g_test_add_func ("/yaml/json", test_json);
  g_test_add_func ("/yaml/mistakes", test_mistakes);
  g_test_add_func ("/yaml/limits", test_limits);
  g_test_add_func ("/yaml/cut-off", test_cut_off);

  return g_test_run ();
}
