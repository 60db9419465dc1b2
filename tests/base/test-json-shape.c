/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json-shape.h"

#include "stoker-error.h"

#include <string.h>

#define THINGS                                                                                     \
  "{\"zoo\": {\"members\": {\"name!\": \"text\", \"animals!\": \"[animal]+\", \"open\": \"flag\"," \
  " \"keepers\": \"{role:text}+\", \"price\": \"price\", \"tags\": \"text*\", \"even\": \"even\"," \
  " \"size\": \"number 0..9\", \"ticket\": \"text\", \"free\": \"flag\"},"                         \
  " \"apart\": [\"ticket\", \"free\"]},"                                                           \
  " \"role\": [\"head\", \"night\"],"                                                              \
  " \"animal\": {\"members\": {\"kind!\": [\"cat\", \"fish\"], \"legs\": \"integer 0..8\","        \
  " \"water\": \"text\", \"path\": \"text\", \"url\": \"text\"},"                                  \
  " \"one_of\": [\"path\", \"url\"], \"needs\": {\"kind=fish\": [\"water\"]}},"                    \
  " \"price\": {\"object\": \"sum\", \"boolean\": \"flag\", \"else\": \"text\","                   \
  " \"expected\": \"a text, a flag or a sum\"}, \"sum\": {\"members\": {\"eur!\": \"number\"}}}"

#define CAT "{\"kind\": \"cat\", \"path\": \"a\"}"
#define ZOO(MORE) "{\"name\": \"a\", \"animals\": [" CAT "]" MORE "}"

/* A kind that only this test knows; it is told what it divides by. */
static gboolean
check_even (const StokerJsonKind *kind,
            const StokerJsonPlace *place,
            gpointer user_data,
            GError **error)
{
  const gint64 *divisor = user_data;

  return json_node_get_int (place->node) % *divisor == 0 ||
         stoker_json_fail (error, place, "is %s", kind->detail);
}

static void
check_document (const char *text, const char *mistake)
{
  static const StokerJsonKind kinds[] = { { "even", check_even, "odd" }, { NULL, NULL, NULL } };
  gint64 divisor = 2;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) things = stoker_json_parse (THINGS, -1, "things", &error);
  g_autoptr (JsonNode) node = NULL;
  StokerJsonShape shape = { things, kinds, &divisor };
  StokerJsonPlace place = { 0 };
  gboolean is_good = FALSE;

  g_assert_no_error (error);
  node = stoker_json_parse (text, -1, "zoo.json", &error);
  g_assert_no_error (error);
  place = stoker_json_root (node, "zoo.json");
  is_good = stoker_json_shape_check (&shape, "zoo", &place, &error);
  g_test_message ("%s: %s", text, error != NULL ? error->message : "good");
  g_assert_true (is_good == (mistake == NULL));
  if (is_good)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_cmpstr (error->message, ==, mistake);
}

static void
test_good (void)
{
  static const char *const documents[] = {
    ZOO (""),
    ZOO (", \"open\": true, \"keepers\": {\"head\": \"b\"}, \"tags\": \"x\", \"even\": 4"),
    ZOO (", \"tags\": [\"x\", \"y\"], \"size\": 1.5, \"price\": {\"eur\": 3}, \"free\": true"),
    ZOO (", \"price\": false"),
    ZOO (", \"price\": \"3 EUR\", \"ticket\": null"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    check_document (documents[i], NULL);
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *text;
    const char *mistake;
  } cases[] = {
    { "[]", "zoo.json: $: expected an object, found an array" },
    { "{\"animals\": []}", "zoo.json: $.name: name is missing" },
    { "{\"name\": \"a\", \"animals\": []}", "zoo.json: $.animals: expected at least one" },
    { "{\"name\": \"a\", \"animals\": {}}",
      "zoo.json: $.animals: expected an array, found an object" },
    { "{\"name\": \"a\", \"animals\": [null]}", "zoo.json: $.animals[0]: must not be null" },
    { ZOO (", \"lion\": 1"), "zoo.json: $.lion: unknown member" },
    { ZOO (", \"open\": 1"), "zoo.json: $.open: expected true or false" },
    { ZOO (", \"size\": \"1\""), "zoo.json: $.size: expected a number" },
    { ZOO (", \"size\": 10"), "zoo.json: $.size: must be at most 9" },
    { ZOO (", \"size\": -1"), "zoo.json: $.size: must be at least 0" },
    { ZOO (", \"tags\": [1]"), "zoo.json: $.tags[0]: expected a string" },
    { ZOO (", \"even\": 3"), "zoo.json: $.even: is odd" },
    { ZOO (", \"keepers\": {}"), "zoo.json: $.keepers: expected at least one" },
    { ZOO (", \"keepers\": {\"day\": \"b\"}"),
      "zoo.json: $.keepers.day: \"day\" is none of head, night" },
    { ZOO (", \"price\": 3"), "zoo.json: $.price: expected a text, a flag or a sum" },
    { ZOO (", \"price\": {}"), "zoo.json: $.price.eur: eur is missing" },
    { ZOO (", \"ticket\": \"a\", \"free\": true"),
      "zoo.json: $: expected at most one of ticket, free" },
    { "{\"name\": \"a\", \"animals\": [{\"kind\": \"dog\"}]}",
      "zoo.json: $.animals[0].kind: \"dog\" is none of cat, fish" },
    { "{\"name\": \"a\", \"animals\": [{\"kind\": \"cat\", \"legs\": 4.5}]}",
      "zoo.json: $.animals[0].legs: expected a whole number" },
    { "{\"name\": \"a\", \"animals\": [{\"kind\": \"cat\"}]}",
      "zoo.json: $.animals[0]: expected exactly one of path, url" },
    { "{\"name\": \"a\", \"animals\": [{\"kind\": \"fish\", \"url\": \"b\"}]}",
      "zoo.json: $.animals[0].water: is missing: kind=fish needs it" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_document (cases[i].text, cases[i].mistake);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-shape/good", test_good);
  g_test_add_func ("/json-shape/mistakes", test_mistakes);

  return g_test_run ();
}
