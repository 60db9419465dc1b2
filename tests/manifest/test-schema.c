/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-schema.h"

#include "stoker-json.h"

#define SCHEMAS                                                                                      \
  "{\"how\": {\"enum\": [\"fast\", \"slow\"], \"type\": \"string\", \"title\": \"how\"}, \"size\": " \
  "{\"type\": \"object\"}, \"loop\": {\"$ref\": \"#/components/schemas/loop\"}}"

static const struct
{
  const char *properties;
  const char *rules;
} cases[] = {
  { "\"a\": {\"type\": \"string\", \"title\": \"A\", \"description\": \"one\\ntwo\", \"maxLength\": 9}",
    "{\"name\":\"a\",\"type\":\"text\",\"label\":\"A\",\"note\":\"one two\",\"max_length\":9}" },
  { "\"a\": {\"type\": \"integer\", \"minimum\": 1, \"maximum\": 4, \"default\": 2}",
    "{\"name\":\"a\",\"type\":\"integer\",\"min\":1,\"max\":4,\"default\":2}" },
  { "\"a\": {\"type\": \"number\", \"minimum\": 0.5, \"multipleOf\": 0.5, \"default\": null}",
    "{\"name\":\"a\",\"type\":\"number\",\"min\":0.5,\"multiple_of\":0.5}" },
  { "\"a\": {\"type\": \"boolean\", \"default\": false}",
    "{\"name\":\"a\",\"type\":\"flag\",\"default\":false}" },
  { "\"a\": {\"type\": \"string\", \"format\": \"uri\"}", "{\"name\":\"a\",\"type\":\"file\"}" },
  { "\"a\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"minItems\": 1, \"maxItems\": 3, "
    "\"default\": [\"x\"]}",
    "{\"name\":\"a\",\"type\":\"list\",\"min\":1,\"max\":3}" },
  { "\"a\": {\"allOf\": [{\"$ref\": \"#/components/schemas/how\"}], \"default\": \"slow\"}",
    "{\"name\":\"a\",\"type\":\"choice\",\"label\":\"how\",\"choices\":[\"fast\",\"slow\"],"
    "\"default\":\"slow\"}" },
  { "\"a\": {\"type\": \"integer\", \"enum\": [2, 4]}",
    "{\"name\":\"a\",\"type\":\"integer\",\"choices\":[2,4]}" },
  { "\"a\": {\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"null\"}], \"title\": \"A\"}",
    "{\"name\":\"a\",\"type\":\"text\",\"label\":\"A\"}" },
  { "\"a\": {\"type\": [\"integer\", \"null\"]}", "{\"name\":\"a\",\"type\":\"integer\"}" },
  /* Of several types: nothing of it is checked. */
  { "\"a\": {\"anyOf\": [{\"$ref\": \"#/components/schemas/size\"}, {\"$ref\": "
    "\"#/components/schemas/how\"}], \"title\": \"A\", \"default\": \"fast\"}",
    "{\"name\":\"a\",\"type\":\"any\",\"label\":\"A\"}" },
  { "\"a\": {\"type\": [\"integer\", \"string\"], \"minimum\": 1}",
    "{\"name\":\"a\",\"type\":\"any\"}" },
  { "\"a\": {}", "{\"name\":\"a\",\"type\":\"any\"}" },
  { "\"a\": {\"$ref\": \"#/components/schemas/none\"}", "{\"name\":\"a\",\"type\":\"any\"}" },
  { "\"a\": {\"$ref\": \"#/components/schemas/loop\"}", "{\"name\":\"a\",\"type\":\"any\"}" },
  /* What has not the form that it should have says nothing. */
  { "\"a\": {\"type\": \"integer\", \"minimum\": \"1\", \"title\": 7, \"enum\": {\"x\": 1}}",
    "{\"name\":\"a\",\"type\":\"integer\"}" },
  { "\"a\": 5", "" },
};

static char *
convert (const char *schema)
{
  g_autoptr (JsonNode) given = stoker_json_parse (schema, -1, "schema", NULL);
  g_autoptr (JsonNode) schemas = stoker_json_parse (SCHEMAS, -1, "schemas", NULL);
  g_autoptr (JsonNode) rules = NULL;

  g_assert_nonnull (given);
  g_assert_nonnull (schemas);
  rules = stoker_schema_to_parameters (given, schemas);
  return stoker_json_to_string (rules, FALSE);
}

static void
test_one (gconstpointer data)
{
  gsize index = GPOINTER_TO_SIZE (data);
  g_autofree char *schema = g_strdup_printf ("{\"type\": \"object\", \"properties\": {%s}}",
                                             cases[index].properties);
  g_autofree char *expected = g_strdup_printf ("[%s]", cases[index].rules);
  g_autofree char *rules = convert (schema);

  g_assert_cmpstr (rules, ==, expected);
}

/* What must be there, in the order in which it is to be shown. */
static void
test_order (void)
{
  g_autofree char *rules = convert (
    "{\"required\": [\"b\"], \"properties\": {\"a\": {\"type\": \"string\", \"x-order\": 1}, "
    "\"b\": {\"type\": \"string\", \"x-order\": 0}, \"c\": {\"type\": \"string\"}}}");

  g_assert_cmpstr (rules, ==,
                   "[{\"name\":\"b\",\"type\":\"text\",\"required\":true},{\"name\":\"a\",\"type\":"
                   "\"text\"},{\"name\":\"c\",\"type\":\"text\"}]");
}

static void
test_nothing (void)
{
  static const char *const schemas[] = { "{}", "[]", "7", "{\"properties\": []}",
                                         "{\"$ref\": \"#/components/schemas/loop\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (schemas); i++)
    {
      g_autofree char *rules = convert (schemas[i]);

      g_assert_cmpstr (rules, ==, "[]");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/schema/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_one);
    }
  g_test_add_func ("/schema/order", test_order);
  g_test_add_func ("/schema/nothing", test_nothing);
  return g_test_run ();
}
