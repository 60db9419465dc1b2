/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-json-write.h"
#include "stoker-json.h"

#include <math.h>

#define DOCUMENT                                                                                  \
  "{\"s\":\"text\",\"i\":7,\"d\":2.5,\"w\":3.0,\"b\":true,\"n\":null,\"o\":{\"x\":1},\"a\":[1,2," \
  "3],"                                                                                           \
  "\"l\":[\"x\",\"y\"],\"m\":[\"x\",1],\"minus\":-1,\"odd name\":1,\"deep\":[{\"size "            \
  "mb\":-1,\"list\":[[0]]}]}"

typedef struct
{
  JsonNode *node;
  StokerJsonPlace root;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->node = stoker_json_parse (DOCUMENT, -1, "f", &error);
  g_assert_no_error (error);
  fixture->root = stoker_json_root (fixture->node, "f");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  json_node_unref (fixture->node);
}

static void
assert_message (GError *error, const char *message)
{
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_cmpstr (error->message, ==, message);
  g_error_free (error);
}

static void
test_reads (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "other", "text", NULL };
  const StokerJsonPlace *root = &fixture->root;
  g_autofree char *text = g_strdup ("default");
  g_auto (GStrv) strings = NULL;
  StokerJsonPlace place = { 0 };
  gboolean boolean = FALSE;
  gint64 whole = 0;
  double number = 0;
  int word = -1;

  g_assert_true (stoker_json_get_string (root, "s", STOKER_JSON_REQUIRED, &text, NULL));
  g_assert_cmpstr (text, ==, "text");
  g_assert_true (stoker_json_get_int (root, "i", STOKER_JSON_REQUIRED, 7, 7, &whole, NULL));
  g_assert_cmpint (whole, ==, 7);
  g_assert_true (stoker_json_get_double (root, "d", STOKER_JSON_REQUIRED, 0, 3, &number, NULL));
  g_assert_cmpfloat (number, ==, 2.5);
  g_assert_true (stoker_json_get_double (root, "i", STOKER_JSON_REQUIRED, 0, 10, &number, NULL));
  g_assert_cmpfloat (number, ==, 7);
  g_assert_true (stoker_json_get_boolean (root, "b", STOKER_JSON_REQUIRED, &boolean, NULL));
  g_assert_true (boolean);
  g_assert_true (stoker_json_get_object (root, "o", STOKER_JSON_REQUIRED, &place, NULL));
  g_assert_true (stoker_json_get_int (&place, "x", STOKER_JSON_REQUIRED, 0, 9, &whole, NULL));
  g_assert_true (stoker_json_get_array (root, "a", STOKER_JSON_REQUIRED, 3, &place, NULL));
  g_assert_cmpuint (stoker_json_length (&place), ==, 3);
  g_assert_true (stoker_json_get_strings (root, "l", STOKER_JSON_REQUIRED, &strings, NULL));
  g_assert_cmpstr (strings[1], ==, "y");
  g_assert_true (stoker_json_get_enum (root, "s", STOKER_JSON_REQUIRED, words, &word, NULL));
  g_assert_cmpint (word, ==, 1);
}

static void
test_missing_leaves_alone (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "absent", "n" };
  const StokerJsonPlace *root = &fixture->root;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strdup ("default");
      gint64 whole = 5;
      double number = 5;
      int word = 5;

      g_assert_true (stoker_json_get_string (root, names[i], STOKER_JSON_OPTIONAL, &text, NULL));
      g_assert_cmpstr (text, ==, "default");
      g_assert_true (
        stoker_json_get_int (root, names[i], STOKER_JSON_OPTIONAL, 0, 1, &whole, NULL));
      g_assert_cmpint (whole, ==, 5);
      g_assert_true (
        stoker_json_get_double (root, names[i], STOKER_JSON_OPTIONAL, 0, 1, &number, NULL));
      g_assert_cmpfloat (number, ==, 5);
      g_assert_true (stoker_json_get_enum (root, names[i], STOKER_JSON_OPTIONAL,
                                           (const char *const[]){ "x", NULL }, &word, NULL));
      g_assert_cmpint (word, ==, 5);
    }
}

static void
test_required (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  GError *absent = NULL;
  GError *null = NULL;

  g_assert_false (
    stoker_json_get_string (&fixture->root, "absent", STOKER_JSON_REQUIRED, &text, &absent));
  assert_message (absent, "f: $.absent: is missing");
  g_assert_false (stoker_json_get_string (&fixture->root, "n", STOKER_JSON_REQUIRED, &text, &null));
  assert_message (null, "f: $.n: must not be null");
  g_assert_null (text);
}

static void
test_wrong_types (Fixture *fixture, gconstpointer data)
{
  const StokerJsonPlace *root = &fixture->root;
  g_autofree char *text = NULL;
  g_auto (GStrv) strings = NULL;
  StokerJsonPlace place = { 0 };
  gboolean boolean = FALSE;
  gint64 whole = 0;
  double number = 0;
  GError *error = NULL;

  g_assert_false (stoker_json_get_string (root, "i", STOKER_JSON_OPTIONAL, &text, &error));
  assert_message (g_steal_pointer (&error), "f: $.i: expected a string, found a number");
  g_assert_false (stoker_json_get_double (root, "s", STOKER_JSON_OPTIONAL, 0, 1, &number, &error));
  assert_message (g_steal_pointer (&error), "f: $.s: expected a number, found a string");
  g_assert_false (stoker_json_get_int (root, "w", STOKER_JSON_OPTIONAL, 0, 9, &whole, &error));
  assert_message (g_steal_pointer (&error), "f: $.w: expected a whole number within 64 bits");
  g_assert_false (stoker_json_get_int (root, "b", STOKER_JSON_OPTIONAL, 0, 9, &whole, &error));
  assert_message (g_steal_pointer (&error), "f: $.b: expected a whole number, found true");
  g_assert_false (stoker_json_get_boolean (root, "i", STOKER_JSON_OPTIONAL, &boolean, &error));
  assert_message (g_steal_pointer (&error), "f: $.i: expected true or false, found a number");
  g_assert_false (stoker_json_get_object (root, "a", STOKER_JSON_OPTIONAL, &place, &error));
  assert_message (g_steal_pointer (&error), "f: $.a: expected an object, found an array");
  g_assert_false (stoker_json_get_array (root, "o", STOKER_JSON_OPTIONAL, 9, &place, &error));
  assert_message (g_steal_pointer (&error), "f: $.o: expected an array, found an object");
  g_assert_false (stoker_json_get_array (root, "a", STOKER_JSON_OPTIONAL, 2, &place, &error));
  assert_message (g_steal_pointer (&error), "f: $.a: more than 2 elements");
  g_assert_false (stoker_json_get_strings (root, "m", STOKER_JSON_OPTIONAL, &strings, &error));
  assert_message (g_steal_pointer (&error), "f: $.m[1]: expected a string, found a number");
  place = stoker_json_member (root, "s");
  g_assert_false (stoker_json_get_int (&place, "x", STOKER_JSON_OPTIONAL, 0, 9, &whole, &error));
  assert_message (g_steal_pointer (&error), "f: $.s: expected an object, found a string");
}

static void
test_ranges (Fixture *fixture, gconstpointer data)
{
  const StokerJsonPlace *root = &fixture->root;
  gint64 whole = 0;
  double number = 0;
  int word = 0;
  GError *error = NULL;

  g_assert_false (stoker_json_get_int (root, "minus", STOKER_JSON_OPTIONAL, 0, 9, &whole, &error));
  assert_message (g_steal_pointer (&error), "f: $.minus: must not be negative");
  g_assert_false (stoker_json_get_int (root, "i", STOKER_JSON_OPTIONAL, 8, 9, &whole, &error));
  assert_message (g_steal_pointer (&error), "f: $.i: must be at least 8");
  g_assert_false (stoker_json_get_int (root, "i", STOKER_JSON_OPTIONAL, 0, 6, &whole, &error));
  assert_message (g_steal_pointer (&error), "f: $.i: must be at most 6");
  g_assert_false (
    stoker_json_get_double (root, "minus", STOKER_JSON_OPTIONAL, 0, 9, &number, &error));
  assert_message (g_steal_pointer (&error), "f: $.minus: must not be negative");
  g_assert_false (stoker_json_get_double (root, "d", STOKER_JSON_OPTIONAL, 0, 2, &number, &error));
  assert_message (g_steal_pointer (&error), "f: $.d: must be at most 2");
  g_assert_false (stoker_json_get_enum (root, "s", STOKER_JSON_OPTIONAL,
                                        (const char *const[]){ "a", "b", NULL }, &word, &error));
  assert_message (g_steal_pointer (&error), "f: $.s: \"text\" is none of a, b");
}

static void
test_not_a_number (void)
{
  g_autoptr (JsonNode) node = json_node_init_double (json_node_alloc (), NAN);
  StokerJsonPlace root = stoker_json_root (node, "f");
  double number = 0;
  GError *error = NULL;

  g_assert_false (
    stoker_json_get_double (&root, NULL, STOKER_JSON_REQUIRED, -9, 9, &number, &error));
  assert_message (error, "f: $: is not a number");
}

static void
test_places (Fixture *fixture, gconstpointer data)
{
  StokerJsonPlace deep = stoker_json_member (&fixture->root, "deep");
  StokerJsonPlace first = stoker_json_element (&deep, 0);
  StokerJsonPlace size = stoker_json_member (&first, "size mb");
  StokerJsonPlace list = stoker_json_member (&first, "list");
  StokerJsonPlace row = stoker_json_element (&list, 0);
  StokerJsonPlace beyond = stoker_json_element (&row, 9);
  StokerJsonPlace lost = stoker_json_member (&beyond, "x");
  g_autofree char *size_path = stoker_json_place_to_string (&size);
  g_autofree char *lost_path = stoker_json_place_to_string (&lost);

  g_assert_cmpstr (size_path, ==, "f: $.deep[0][\"size mb\"]");
  g_assert_cmpstr (lost_path, ==, "f: $.deep[0].list[0][9].x");
  g_assert_true (stoker_json_is_present (&size));
  g_assert_false (stoker_json_is_present (&beyond));
  g_assert_false (stoker_json_is_present (&lost));
}

static void
test_members (Fixture *fixture, gconstpointer data)
{
  static const char *const known[] = { "s", "i", "d", "w",     "b",        "n", "o",
                                       "a", "l", "m", "minus", "odd name", NULL };
  StokerJsonPlace object = stoker_json_member (&fixture->root, "o");
  StokerJsonPlace array = stoker_json_member (&fixture->root, "a");
  g_auto (GStrv) names = stoker_json_list_members (&object);
  g_auto (GStrv) none = stoker_json_list_members (&array);
  GError *error = NULL;

  g_assert_cmpstr (names[0], ==, "x");
  g_assert_null (names[1]);
  g_assert_null (none[0]);
  g_assert_true (
    stoker_json_expect_known_members (&object, (const char *const[]){ "x", NULL }, NULL));
  g_assert_false (stoker_json_expect_known_members (&fixture->root, known, &error));
  assert_message (error, "f: $.deep: unknown member");
}

static void
test_writes_what_is_not_told_as_null (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  stoker_json_set_text (object, "t", NULL);
  stoker_json_set_measure (object, "m", -1);
  stoker_json_set_measure (object, "n", NAN);
  stoker_json_set_measure (object, "w", 24);
  stoker_json_set_measure (object, "f", 0.5);
  stoker_json_set_count (object, "c", -1);
  stoker_json_set_time (object, "when", 0);
  stoker_json_set_money (object, "free", stoker_money_usd (0));
  stoker_json_set_money (object, "unknown", stoker_money_unknown ());
  stoker_json_set_strings (object, "l", NULL);
  stoker_json_set_texts (object, "p", NULL);
  stoker_json_set_copy (object, "j", NULL);
  node = json_node_init_object (json_node_alloc (), object);
  text = stoker_json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"t\":null,\"m\":null,\"n\":null,\"w\":24,\"f\":0.5,\"c\":null,\"when\":null,"
                   "\"free\":{\"amount\":\"0\",\"currency\":\"USD\"},\"unknown\":null,\"l\":[],"
                   "\"p\":[],\"j\":null}");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/json-get/reads", test_reads);
  ADD ("/json-get/missing-leaves-alone", test_missing_leaves_alone);
  ADD ("/json-get/required", test_required);
  ADD ("/json-get/wrong-types", test_wrong_types);
  ADD ("/json-get/ranges", test_ranges);
  g_test_add_func ("/json-get/not-a-number", test_not_a_number);
  ADD ("/json-get/places", test_places);
  ADD ("/json-get/members", test_members);
  g_test_add_func ("/json-get/writes-what-is-not-told-as-null",
                   test_writes_what_is_not_told_as_null);

  return g_test_run ();
}
