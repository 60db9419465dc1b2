/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json.h"

static const char *
describe_type (JsonNode *node)
{
  if (node == NULL)
    return "nothing";
  if (JSON_NODE_HOLDS_OBJECT (node))
    return "an object";
  if (JSON_NODE_HOLDS_ARRAY (node))
    return "an array";
  if (JSON_NODE_HOLDS_NULL (node))
    return "null";
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return "a string";
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) ? "true" : "false";

  return "a number";
}

static gboolean
fail_type (const StokerJsonPlace *place, const char *expected, GError **error)
{
  stoker_json_set_error (error, place, "expected %s, found %s", expected,
                         describe_type (place->node));

  return FALSE;
}

static gboolean
holds (const StokerJsonPlace *place, GType type)
{
  return place->node != NULL && JSON_NODE_HOLDS_VALUE (place->node) &&
         json_node_get_value_type (place->node) == type;
}

/**
 * stoker_json_expect_object:
 *
 * Returns: whether the value at @place is an object; else %FALSE with @error set
 */
gboolean
stoker_json_expect_object (const StokerJsonPlace *place, GError **error)
{
  if (place->node != NULL && JSON_NODE_HOLDS_OBJECT (place->node))
    return TRUE;

  return fail_type (place, "an object", error);
}

/**
 * stoker_json_expect_array:
 * @max_length: the most elements it may have
 *
 * Returns: whether the value at @place is an array of that length at most; else %FALSE with @error
 * set
 */
gboolean
stoker_json_expect_array (const StokerJsonPlace *place, guint max_length, GError **error)
{
  if (place->node == NULL || !JSON_NODE_HOLDS_ARRAY (place->node))
    return fail_type (place, "an array", error);
  if (stoker_json_length (place) <= max_length)
    return TRUE;

  stoker_json_set_error (error, place, "more than %u elements", max_length);
  return FALSE;
}

/**
 * stoker_json_expect_known_members:
 * @names: (array zero-terminated=1): the members there may be
 *
 * Returns: whether the object at @place has no other; else %FALSE with @error naming the first
 * other one
 */
gboolean
stoker_json_expect_known_members (const StokerJsonPlace *place,
                                  const char *const *names,
                                  GError **error)
{
  g_auto (GStrv) members = NULL;

  if (!stoker_json_expect_object (place, error))
    return FALSE;

  members = stoker_json_list_members (place);
  for (guint i = 0; members[i] != NULL; i++)
    {
      StokerJsonPlace unknown = { .parent = place, .name = members[i] };

      if (g_strv_contains (names, members[i]))
        continue;
      stoker_json_set_error (error, &unknown, "unknown member");
      return FALSE;
    }

  return TRUE;
}

/*
 * Finds the member that a reader was asked for; a %NULL name stands for @parent itself. Sets
 * *is_missing when the reader has nothing to do.
 */
static gboolean
find_member (const StokerJsonPlace *parent,
             const char *name,
             StokerJsonNeed need,
             StokerJsonPlace *place,
             gboolean *is_missing,
             GError **error)
{
  if (name != NULL && stoker_json_is_present (parent) && !stoker_json_expect_object (parent, error))
    return FALSE;

  *place = name != NULL ? stoker_json_member (parent, name) : *parent;
  *is_missing = !stoker_json_is_present (place);
  if (!*is_missing || need == STOKER_JSON_OPTIONAL)
    return TRUE;

  stoker_json_set_error (error, place, place->node != NULL ? "must not be null" : "is missing");
  return FALSE;
}

/**
 * stoker_json_get_object:
 * @parent: a place
 * @name: (nullable): a member, or %NULL for @parent itself; so in all these readers
 * @need: whether it may be missing
 * @out: (out): the place of the object
 *
 * Returns: %FALSE with @error set when it is missing though required, or no object
 */
gboolean
stoker_json_get_object (const StokerJsonPlace *parent,
                        const char *name,
                        StokerJsonNeed need,
                        StokerJsonPlace *out,
                        GError **error)
{
  StokerJsonPlace place;
  gboolean is_missing = FALSE;

  if (!find_member (parent, name, need, &place, &is_missing, error))
    return FALSE;
  if (!is_missing && !stoker_json_expect_object (&place, error))
    return FALSE;
  if (!is_missing)
    *out = place;

  return TRUE;
}

/**
 * stoker_json_get_array:
 * @max_length: the most elements it may have
 * @out: (out): the place of the array
 *
 * Returns: %FALSE with @error set when it is missing though required, no array, or too long
 */
gboolean
stoker_json_get_array (const StokerJsonPlace *parent,
                       const char *name,
                       StokerJsonNeed need,
                       guint max_length,
                       StokerJsonPlace *out,
                       GError **error)
{
  StokerJsonPlace place;
  gboolean is_missing = FALSE;

  if (!find_member (parent, name, need, &place, &is_missing, error))
    return FALSE;
  if (!is_missing && !stoker_json_expect_array (&place, max_length, error))
    return FALSE;
  if (!is_missing)
    *out = place;

  return TRUE;
}

/**
 * stoker_json_get_string:
 * @out: (inout) (transfer full): takes a copy; what was there is freed
 *
 * Returns: %FALSE with @error set when it is missing though required, or no string
 */
gboolean
stoker_json_get_string (
  const StokerJsonPlace *parent, const char *name, StokerJsonNeed need, char **out, GError **error)
{
  StokerJsonPlace place;
  gboolean is_missing = FALSE;

  if (!find_member (parent, name, need, &place, &is_missing, error))
    return FALSE;
  if (is_missing)
    return TRUE;
  if (!holds (&place, G_TYPE_STRING))
    return fail_type (&place, "a string", error);

  g_free (*out);
  *out = json_node_dup_string (place.node);
  return TRUE;
}

/**
 * stoker_json_get_boolean:
 * @out: (out): takes the value
 *
 * Returns: %FALSE with @error set when it is missing though required, or neither true nor false
 */
gboolean
stoker_json_get_boolean (const StokerJsonPlace *parent,
                         const char *name,
                         StokerJsonNeed need,
                         gboolean *out,
                         GError **error)
{
  StokerJsonPlace place;
  gboolean is_missing = FALSE;

  if (!find_member (parent, name, need, &place, &is_missing, error))
    return FALSE;
  if (is_missing)
    return TRUE;
  if (!holds (&place, G_TYPE_BOOLEAN))
    return fail_type (&place, "true or false", error);

  *out = json_node_get_boolean (place.node);
  return TRUE;
}

/* Only integers are passed as limits here, so that they are written like one. */
static gboolean
check_int_range (const StokerJsonPlace *place, gint64 value, gint64 min, gint64 max, GError **error)
{
  if (value >= min && value <= max)
    return TRUE;

  if (value < min && min == 0)
    stoker_json_set_error (error, place, "must not be negative");
  else if (value < min)
    stoker_json_set_error (error, place, "must be at least %" G_GINT64_FORMAT, min);
  else
    stoker_json_set_error (error, place, "must be at most %" G_GINT64_FORMAT, max);

  return FALSE;
}

/**
 * stoker_json_get_int:
 * @min: the least it may be
 * @max: the most it may be
 * @out: (out): takes the value
 *
 * Returns: %FALSE with @error set when it is missing though required, no number, written with a
 * fraction, or out of range
 */
gboolean
stoker_json_get_int (const StokerJsonPlace *parent,
                     const char *name,
                     StokerJsonNeed need,
                     gint64 min,
                     gint64 max,
                     gint64 *out,
                     GError **error)
{
  StokerJsonPlace place;
  gboolean is_missing = FALSE;

  if (!find_member (parent, name, need, &place, &is_missing, error))
    return FALSE;
  if (is_missing)
    return TRUE;
  if (holds (&place, G_TYPE_DOUBLE))
    {
      stoker_json_set_error (error, &place, "expected a whole number within 64 bits");
      return FALSE;
    }
  if (!holds (&place, G_TYPE_INT64))
    return fail_type (&place, "a whole number", error);
  if (!check_int_range (&place, json_node_get_int (place.node), min, max, error))
    return FALSE;

  *out = json_node_get_int (place.node);
  return TRUE;
}

static gboolean
check_double_range (
  const StokerJsonPlace *place, double value, double min, double max, GError **error)
{
  /* Written so that NaN, which only a tree made by a program can hold, fails too. */
  if (value >= min && value <= max)
    return TRUE;

  if (value < min && min >= 0 && min <= 0)
    stoker_json_set_error (error, place, "must not be negative");
  else if (value < min)
    stoker_json_set_error (error, place, "must be at least %g", min);
  else if (value > max)
    stoker_json_set_error (error, place, "must be at most %g", max);
  else
    stoker_json_set_error (error, place, "is not a number");

  return FALSE;
}

/**
 * stoker_json_get_double:
 * @min: the least it may be
 * @max: the most it may be
 * @out: (out): takes the value
 *
 * Returns: %FALSE with @error set when it is missing though required, no number, or out of range
 */
gboolean
stoker_json_get_double (const StokerJsonPlace *parent,
                        const char *name,
                        StokerJsonNeed need,
                        double min,
                        double max,
                        double *out,
                        GError **error)
{
  StokerJsonPlace place;
  gboolean is_missing = FALSE;

  if (!find_member (parent, name, need, &place, &is_missing, error))
    return FALSE;
  if (is_missing)
    return TRUE;
  if (!holds (&place, G_TYPE_DOUBLE) && !holds (&place, G_TYPE_INT64))
    return fail_type (&place, "a number", error);
  if (!check_double_range (&place, json_node_get_double (place.node), min, max, error))
    return FALSE;

  *out = json_node_get_double (place.node);
  return TRUE;
}

/**
 * stoker_json_get_enum:
 * @names: (array zero-terminated=1): the words of the enumeration, in the order of its values
 * @out: (out): takes the value
 *
 * Returns: %FALSE with @error set when it is missing though required, no string, or none of the
 * words
 */
gboolean
stoker_json_get_enum (const StokerJsonPlace *parent,
                      const char *name,
                      StokerJsonNeed need,
                      const char *const *names,
                      int *out,
                      GError **error)
{
  g_autofree char *word = NULL;
  g_autofree char *words = NULL;
  StokerJsonPlace place;
  gboolean is_missing = FALSE;

  if (!find_member (parent, name, need, &place, &is_missing, error) ||
      !stoker_json_get_string (parent, name, need, &word, error))
    return FALSE;
  if (is_missing || word == NULL)
    return TRUE;
  for (int i = 0; names[i] != NULL; i++)
    {
      if (!g_str_equal (names[i], word))
        continue;
      *out = i;
      return TRUE;
    }

  words = g_strjoinv (", ", (char **) names);
  stoker_json_set_error (error, &place, "\"%s\" is none of %s", word, words);
  return FALSE;
}

#define MAX_STRINGS 10000

/**
 * stoker_json_get_strings:
 * @out: (inout) (transfer full): takes a copy; what was there is freed
 *
 * Returns: %FALSE with @error set when it is missing though required, or not an array of strings
 */
gboolean
stoker_json_get_strings (
  const StokerJsonPlace *parent, const char *name, StokerJsonNeed need, GStrv *out, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  StokerJsonPlace place;
  gboolean is_missing = FALSE;

  if (!find_member (parent, name, need, &place, &is_missing, error))
    return FALSE;
  if (is_missing)
    return TRUE;
  if (!stoker_json_expect_array (&place, MAX_STRINGS, error))
    return FALSE;
  for (guint i = 0; i < stoker_json_length (&place); i++)
    {
      StokerJsonPlace element = stoker_json_element (&place, i);

      if (!holds (&element, G_TYPE_STRING))
        return fail_type (&element, "a string", error);
      g_strv_builder_add (builder, json_node_get_string (element.node));
    }

  g_strfreev (*out);
  *out = g_strv_builder_end (builder);
  return TRUE;
}
