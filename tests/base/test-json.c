/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-json.h"

#include <string.h>

static void
test_accepts (void)
{
  static const char *const cases[] = {
    "{}",
    "[]",
    " \t\r\n[ ] ",
    "null",
    "\"text\"",
    "-0",
    "0.5e-3",
    "1E+2",
    "[1,2.5,-3e10,true,false,null,\"\"]",
    "{\"a\":{\"b\":[{}]},\"\":1,\"c\":\"\\u00e9\\ud83d\\ude00\\n\\/\\\"\"}",
    "{\"a\":1,\"A\":2}",
    "\xef\xbb\xbf{}",
    "\"ü日本\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = stoker_json_parse (cases[i], -1, "f.json", &error);

      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static const struct
{
  const char *text;
  const char *message;
} refused[] = {
  { "", "f:1:1: expected a value, found the end" },
  { "   \n", "f:2:1: expected a value, found the end" },
  { "{\n  \"a\": 1\n  \"b\": 2}", "f:3:3: expected a comma or }" },
  { "[1 2]", "f:1:4: expected a comma or ]" },
  { "[1,]", "f:1:4: expected a value" },
  { "{\"a\":1,}", "f:1:8: expected a member name in double quotes" },
  { "{a:1}", "f:1:2: expected a member name in double quotes" },
  { "{'a':1}", "f:1:2: expected a member name in double quotes" },
  { "{\"a\" 1}", "f:1:6: expected a colon" },
  { "[1] // end", "f:1:5: expected the end of the text" },
  { "/* c */ {}", "f:1:1: expected a value" },
  { "[1]]", "f:1:4: expected the end of the text" },
  { "[01]", "f:1:3: a number must not start with a zero" },
  { "[1.]", "f:1:4: expected a digit after the point" },
  { "[1e]", "f:1:4: expected a digit in the exponent" },
  { "[-]", "f:1:3: expected a digit" },
  { "[+1]", "f:1:2: expected a value" },
  { "[.5]", "f:1:2: expected a value" },
  { "[NaN]", "f:1:2: expected a value" },
  { "[Infinity]", "f:1:2: expected a value" },
  { "[1e999]", "f:1:2: the number is too large" },
  { "[-1e999]", "f:1:2: the number is too large" },
  { "[True]", "f:1:2: expected a value" },
  { "[nul]", "f:1:2: expected a value" },
  { "[truely]", "f:1:6: expected a comma or ]" },
  { "[\"a]", "f:1:5: the text ends inside a string" },
  { "[\"a\tb\"]", "f:1:4: a control character in a string must be escaped" },
  { "[\"\\x\"]", "f:1:4: unknown escape in a string" },
  { "[\"\\u12g4\"]", "f:1:7: expected four hexadecimal digits" },
  { "[\"\\u0000\"]", "f:1:9: a zero character is not allowed" },
  { "[\"\\ud83d\"]", "f:1:9: half of a surrogate pair stands alone" },
  { "[\"\\ude00\"]", "f:1:9: half of a surrogate pair stands alone" },
  { "[\"\\ud83d\\u0041\"]", "f:1:15: half of a surrogate pair stands alone" },
  { "[\"\\", "f:1:4: unknown escape in a string" },
  { "{\"a\":1,\"b\":2,\"a\":3}", "f:1:14: the member \"a\" is there twice" },
  { "{\"a\":1,\"\\u0061\":3}", "f:1:8: the member \"a\" is there twice" },
  { "{", "f:1:2: expected a member name in double quotes" },
  { "[", "f:1:2: expected a value, found the end" },
  { "[1}", "f:1:3: expected a comma or ]" },
  { "{\"a\":1]", "f:1:7: expected a comma or }" },
  { "]", "f:1:1: expected a value" },
  { "[\"ü日\" 1]", "f:1:7: expected a comma or ]" },
  { "[\"\xff\"]", "f:1:3: the text is not valid UTF-8" },
  { "[\"\xed\xa0\x80\"]", "f:1:3: the text is not valid UTF-8" },
};

static void
test_refuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (stoker_json_parse (refused[i].text, -1, "f", &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_cmpstr (error->message, ==, refused[i].message);
    }
}

static void
test_refuses_zero_bytes (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (stoker_json_parse ("[1]\0x", 5, "f", &error));
  g_assert_cmpstr (error->message, ==, "f:1:4: a zero byte is not allowed");
}

static char *
nest (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest (STOKER_JSON_MAX_DEPTH);
  g_autofree char *deeper = nest (STOKER_JSON_MAX_DEPTH + 1);
  g_autofree char *abyss = g_strnfill (5000000, '[');
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) abyss_error = NULL;
  g_autoptr (JsonNode) node = stoker_json_parse (deepest, -1, "f", NULL);

  g_assert_nonnull (node);
  g_assert_null (stoker_json_parse (deeper, -1, "f", &error));
  g_assert_cmpstr (error->message, ==, "f:1:65: nested too deeply");
  g_assert_null (stoker_json_parse (abyss, -1, "f", &abyss_error));
  g_assert_error (abyss_error, STOKER_ERROR, STOKER_ERROR_CONFIG);
}

static void
test_size (void)
{
  g_autofree char *spaces = g_strnfill (STOKER_JSON_MAX_BYTES, ' ');
  g_autoptr (GError) error = NULL;

  g_assert_null (stoker_json_parse (spaces, STOKER_JSON_MAX_BYTES + 1, "f", &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_true (g_str_has_prefix (error->message, "f: larger than "));
}

/* JsonParser would make −1 of the largest seed of ComfyUI. */
static void
test_wide_integers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode)
    node = stoker_json_parse ("{\"max\":18446744073709551615,\"list\":[-9223372036854775809,1]}",
                              -1, "f", &error);
  StokerJsonPlace root = stoker_json_root (node, "f");
  gint64 whole = 7;
  double wide = 0;

  g_assert_no_error (error);
  g_assert_true (
    stoker_json_get_double (&root, "max", STOKER_JSON_REQUIRED, 0, G_MAXDOUBLE, &wide, &error));
  g_assert_cmpfloat (wide, ==, 18446744073709551615.0);
  g_assert_false (
    stoker_json_get_int (&root, "max", STOKER_JSON_REQUIRED, 0, G_MAXINT64, &whole, &error));
  g_assert_cmpstr (error->message, ==, "f: $.max: expected a whole number within 64 bits");
  g_assert_cmpint (whole, ==, 7);
}

static void
test_prints (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "[0.1,1e-7,100.0,1e300,-2,3]", "[0.1,1e-07,100.0,1e+300,-2,3]" },
    { "{\"b\" : 1, \"a\" : [ ] , \"c\":{}}", "{\"b\":1,\"a\":[],\"c\":{}}" },
    { "\"a\\\"\\\\\\n\\u0001ü\\u007f\"", "\"a\\\"\\\\\\n\\u0001ü\\u007f\"" },
    { "[true,false,null]", "[true,false,null]" },
    { "0.30000000000000004", "0.30000000000000004" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = stoker_json_parse (cases[i].text, -1, "f", NULL);
      g_autofree char *text = stoker_json_to_string (node, FALSE);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_prints_prettily (void)
{
  g_autoptr (JsonNode)
    node = stoker_json_parse ("{\"a\":[1,{\"b\":null}],\"c\":{}}", -1, "f", NULL);
  g_autofree char *text = stoker_json_to_string (node, TRUE);

  g_assert_cmpstr (text, ==,
                   "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": {}\n}");
}

static void
test_loads_files (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "f.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"a\":1}", -1, NULL));
  node = stoker_json_load_file (path, 7, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
}

static void
test_refuses_files (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "f.json", NULL);
  g_autofree char *missing = g_build_filename (g_get_user_data_dir (), "missing.json", NULL);
  g_autofree char *message = g_strdup_printf ("%s: no such file", missing);
  g_autoptr (GError) too_large = NULL;
  g_autoptr (GError) no_file = NULL;
  g_autoptr (GError) folder = NULL;
  g_autoptr (GError) endless = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"a\":1}", -1, NULL));
  g_assert_null (stoker_json_load_file (path, 6, &too_large));
  g_assert_error (too_large, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_null (stoker_json_load_file (missing, 100, &no_file));
  g_assert_error (no_file, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_cmpstr (no_file->message, ==, message);
  g_assert_null (stoker_json_load_file (g_get_user_data_dir (), 100, &folder));
  g_assert_error (folder, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_null (stoker_json_load_file ("/dev/zero", 100000, &endless));
  g_assert_error (endless, STOKER_ERROR, STOKER_ERROR_CONFIG);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/json/accepts", test_accepts);
  g_test_add_func ("/json/refuses", test_refuses);
  g_test_add_func ("/json/refuses-zero-bytes", test_refuses_zero_bytes);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/size", test_size);
  g_test_add_func ("/json/wide-integers", test_wide_integers);
  g_test_add_func ("/json/prints", test_prints);
  g_test_add_func ("/json/prints-prettily", test_prints_prettily);
  g_test_add_func ("/json/loads-files", test_loads_files);
  g_test_add_func ("/json/refuses-files", test_refuses_files);

  return g_test_run ();
}
