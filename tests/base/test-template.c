/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-template.h"

static JsonNode *
look_up (const char *name, gpointer user_data)
{
  static const struct
  {
    const char *name;
    const char *json;
  } values[] = {
    { "text", "\"a b/c?d&e\"" },
    { "int", "42" },
    { "double", "0.1" },
    { "yes", "true" },
    { "null", "null" },
    { "list", "[1,\"two\"]" },
    { "config.region", "\"eu-1\"" },
    { "nested", "\"${int}\"" },
    { "up", "\"..\"" },
    { "here", "\".\"" },
    { "way", "\"a/../b\"" },
    { "road", "\"a/..b\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (g_str_equal (values[i].name, name))
      return stoker_json_parse (values[i].json, -1, "value", NULL);

  return NULL;
}

static void
test_expand (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "", "" },
    { "plain", "plain" },
    { "r=${config.region}!", "r=eu-1!" },
    { "${int}${double}", "420.1" },
    { "${yes} ${list}", "true [1,\"two\"]" },
    { "$$ and $5 and $", "$ and $5 and $" },
    { "$${int}", "${int}" },
    { "$$${int}", "$42" },
    { "${missing|fallback}", "fallback" },
    { "${missing|}", "" },
    { "${missing|a|b}", "a|b" },
    { "${int|7}", "42" },
    { "${nested}", "${int}" },
    { "ü ${text} ü", "ü a b/c?d&e ü" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = stoker_template_expand (cases[i].text, look_up, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_expand_refuses (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "a ${missing} b", "${missing} has no value" },
    { "${null}", "${null} has no value" },
    { "a ${int", "\"a ${int\": ${ without its }" },
    { "${}", "${} has no value" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (stoker_template_expand (cases[i].text, look_up, NULL, &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_expand_uri (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = stoker_template_expand_uri ("https://h/${text}/x?r=${config.region}",
                                                     look_up, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (uri, ==, "https://h/a%20b%2Fc%3Fd%26e/x?r=eu-1");
}

/* `.` and `..` are parts of a path that nothing escapes: a machine of that name would be all of
 * them. */
static void
test_expand_uri_refuses (void)
{
  static const char *const refused[] = { "https://h/${up}", "https://h/${up}/x", "https://h/${+up}",
                                         "https://h/${here}", "https://h/${+way}" };
  g_autofree char *query = stoker_template_expand_uri ("https://h/${+road}?in=${up}", look_up, NULL,
                                                       NULL);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (stoker_template_expand_uri (refused[i], look_up, NULL, &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
    }
  g_assert_cmpstr (query, ==, "https://h/a/..b?in=..");
}

static void
test_expand_json (void)
{
  static const struct
  {
    const char *body;
    const char *expected;
  } cases[] = {
    { "{\"a\":\"${int}\",\"b\":\"x${int}\"}", "{\"a\":42,\"b\":\"x42\"}" },
    { "{\"a\":\"${list}\",\"b\":\"${yes}\"}", "{\"a\":[1,\"two\"],\"b\":true}" },
    { "{\"a\":\"${missing}\",\"b\":1}", "{\"b\":1}" },
    { "[\"${missing}\",\"${int}\"]", "[42]" },
    { "{\"a\":{\"b\":\"${missing}\"}}", "{\"a\":{}}" },
    { "{\"a\":\"${null}\"}", "{\"a\":null}" },
    { "{\"a\":\"${missing|text}\"}", "{\"a\":\"text\"}" },
    { "{\"a\":\"${missing|7}\",\"b\":\"${missing|true}\"}", "{\"a\":7,\"b\":true}" },
    { "{\"a\":\"${missing|\\\"7\\\"}\",\"b\":\"${missing|}\"}", "{\"a\":\"7\",\"b\":\"\"}" },
    { "{\"a\":1.5,\"b\":null,\"c\":false}", "{\"a\":1.5,\"b\":null,\"c\":false}" },
    { "{\"a\":\"$${int}\"}", "{\"a\":\"${int}\"}" },
    { "\"${int}\"", "42" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) body = stoker_json_parse (cases[i].body, -1, "body", &error);
      g_autoptr (JsonNode) expanded = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      expanded = stoker_template_expand_json (body, look_up, NULL, &error);
      g_assert_no_error (error);
      text = stoker_json_to_string (expanded, FALSE);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_expand_json_refuses (void)
{
  static const char *const cases[] = { "{\"a\":\"x${missing}\"}", "[[\"x ${missing}\"]]",
                                       "\"${missing}\"", "{\"a\":\"x ${int\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) body = stoker_json_parse (cases[i], -1, "body", NULL);

      g_assert_null (stoker_template_expand_json (body, look_up, NULL, &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/template/expand", test_expand);
  g_test_add_func ("/template/expand-refuses", test_expand_refuses);
  g_test_add_func ("/template/expand-uri", test_expand_uri);
  g_test_add_func ("/template/expand-uri-refuses", test_expand_uri_refuses);
  g_test_add_func ("/template/expand-json", test_expand_json);
  g_test_add_func ("/template/expand-json-refuses", test_expand_json_refuses);

  return g_test_run ();
}
