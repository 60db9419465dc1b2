/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-decode-private.h"

#include "stoker-time.h"

#include <string.h>

/* More than any provider has of anything, and little enough to hold. */
#define MAX_ELEMENTS 20000

/* A century: longer is a mistake of unit. */
#define MAX_SECONDS (G_GINT64_CONSTANT (100) * 365 * 24 * 3600)

/*
 * stoker_decode_form:
 * @place: an object
 * @required: members it must have, even if null
 * @optional: (nullable): the one member it may have besides
 *
 * Returns: whether the object has all of @required and nothing unknown
 */
gboolean
stoker_decode_form (const StokerJsonPlace *place,
                    const char *const *required,
                    const char *optional,
                    GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) known = NULL;

  g_strv_builder_addv (builder, (const char **) required);
  if (optional != NULL)
    g_strv_builder_add (builder, optional);
  known = g_strv_builder_end (builder);
  if (!stoker_json_expect_known_members (place, (const char *const *) known, error))
    return FALSE;

  for (guint i = 0; required[i] != NULL; i++)
    {
      StokerJsonPlace member = stoker_json_member (place, required[i]);

      if (member.node != NULL)
        continue;
      stoker_json_set_error (error, &member, "is missing");
      return FALSE;
    }

  return TRUE;
}

/*
 * stoker_decode_text:
 *
 * Reads a required text that must not be empty.
 */
gboolean
stoker_decode_text (const StokerJsonPlace *parent, const char *name, char **out, GError **error)
{
  StokerJsonPlace place = stoker_json_member (parent, name);

  if (!stoker_json_get_string (parent, name, STOKER_JSON_REQUIRED, out, error))
    return FALSE;
  if (**out != '\0')
    return TRUE;

  stoker_json_set_error (error, &place, "must not be empty");
  return FALSE;
}

/*
 * stoker_decode_id:
 * @pattern: a regular expression it must match as a whole
 *
 * Reads a required text of a given form.
 */
gboolean
stoker_decode_id (
  const StokerJsonPlace *parent, const char *name, const char *pattern, char **out, GError **error)
{
  StokerJsonPlace place = stoker_json_member (parent, name);

  if (!stoker_decode_text (parent, name, out, error))
    return FALSE;
  if (g_regex_match_simple (pattern, *out, G_REGEX_DOLLAR_ENDONLY, 0))
    return TRUE;

  stoker_json_set_error (error, &place, "\"%s\" does not match %s", *out, pattern);
  return FALSE;
}

static gboolean
check_word (const StokerJsonPlace *place,
            GStrv words,
            guint index,
            const char *const *vocabulary,
            GError **error)
{
  StokerJsonPlace element = stoker_json_element (place, index);

  if (*words[index] == '\0')
    {
      stoker_json_set_error (error, &element, "must not be empty");
      return FALSE;
    }
  if (vocabulary != NULL && !g_strv_contains (vocabulary, words[index]))
    {
      g_autofree char *known = g_strjoinv (", ", (char **) vocabulary);

      stoker_json_set_error (error, &element, "\"%s\" is none of %s", words[index], known);
      return FALSE;
    }
  for (guint i = 0; i < index; i++)
    {
      if (!g_str_equal (words[i], words[index]))
        continue;
      stoker_json_set_error (error, &element, "\"%s\" is there twice", words[index]);
      return FALSE;
    }

  return TRUE;
}

/*
 * stoker_decode_words:
 * @vocabulary: (nullable): the words there are
 *
 * Reads a required array of different texts.
 */
gboolean
stoker_decode_words (const StokerJsonPlace *parent,
                     const char *name,
                     const char *const *vocabulary,
                     GStrv *out,
                     GError **error)
{
  StokerJsonPlace place = stoker_json_member (parent, name);

  if (!stoker_json_get_strings (parent, name, STOKER_JSON_REQUIRED, out, error))
    return FALSE;
  for (guint i = 0; (*out)[i] != NULL; i++)
    if (!check_word (&place, *out, i, vocabulary, error))
      return FALSE;

  return TRUE;
}

/*
 * stoker_decode_date:
 *
 * Reads a required date.
 */
gboolean
stoker_decode_date (const StokerJsonPlace *parent,
                    const char *name,
                    gint64 *time_us,
                    GError **error)
{
  StokerJsonPlace place = stoker_json_member (parent, name);
  g_autofree char *date = NULL;

  if (!stoker_json_get_string (parent, name, STOKER_JSON_REQUIRED, &date, error))
    return FALSE;
  if (stoker_date_parse (date, time_us))
    return TRUE;

  stoker_json_set_error (error, &place, "\"%s\" is not a date of the form YYYY-MM-DD", date);
  return FALSE;
}

/*
 * stoker_decode_seconds:
 *
 * Reads a length of time in whole seconds; null makes it −1.
 */
gboolean
stoker_decode_seconds (const StokerJsonPlace *parent, const char *name, gint64 *out, GError **error)
{
  *out = -1;

  return stoker_json_get_int (parent, name, STOKER_JSON_OPTIONAL, 0, MAX_SECONDS, out, error);
}

/*
 * stoker_decode_fact:
 *
 * Reads `source`, `as_of` and, where the form has it, `confidence` of the object at @place.
 */
gboolean
stoker_decode_fact (const StokerJsonPlace *place, StokerFact *out, GError **error)
{
  int confidence = STOKER_CONFIDENCE_UNVERIFIED;

  if (!stoker_decode_text (place, "source", &out->source, error) ||
      !stoker_decode_date (place, "as_of", &out->as_of_us, error) ||
      !stoker_json_get_enum (place, "confidence", STOKER_JSON_OPTIONAL, stoker_confidence_names,
                             &confidence, error))
    return FALSE;

  out->confidence = (StokerConfidence) confidence;
  return TRUE;
}

static gboolean
decode_amount (const StokerJsonPlace *place, StokerMoney *out, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *currency = NULL;
  StokerJsonPlace member = stoker_json_member (place, "amount");

  if (!stoker_decode_text (place, "amount", &amount, error) ||
      !stoker_decode_text (place, "currency", &currency, error))
    return FALSE;
  if (!stoker_money_parse (amount, currency, out, &local_error))
    {
      stoker_json_set_error (error, &member, "%s", local_error->message);
      return FALSE;
    }
  if (out->nanos >= 0)
    return TRUE;

  stoker_json_set_error (error, &member, "must not be negative");
  return FALSE;
}

/*
 * stoker_decode_price:
 * @need: whether it may be null
 *
 * Reads a price with its origin; null leaves @out alone.
 */
gboolean
stoker_decode_price (const StokerJsonPlace *parent,
                     const char *name,
                     StokerJsonNeed need,
                     StokerPrice *out,
                     GError **error)
{
  static const char *const members[] = { "amount", "currency",   "unit", "source",
                                         "as_of",  "confidence", "note", NULL };
  StokerJsonPlace place = { 0 };
  int unit = 0;

  if (!stoker_json_get_object (parent, name, need, &place, error))
    return FALSE;
  if (place.node == NULL)
    return TRUE;
  if (!stoker_decode_form (&place, members, NULL, error) ||
      !decode_amount (&place, &out->amount, error) ||
      !stoker_json_get_enum (&place, "unit", STOKER_JSON_REQUIRED, stoker_unit_names, &unit,
                             error) ||
      !stoker_decode_fact (&place, &out->fact, error) ||
      !stoker_json_get_string (&place, "note", STOKER_JSON_OPTIONAL, &out->note, error))
    return FALSE;

  out->unit = (StokerUnit) unit;
  return TRUE;
}

/*
 * stoker_decode_list:
 * @need: whether it may be null
 * @decode: reads one element
 * @free_element: frees what @decode made
 * @out: (out): the elements, left alone for null
 *
 * Reads an array of objects.
 */
gboolean
stoker_decode_list (const StokerJsonPlace *parent,
                    const char *name,
                    StokerJsonNeed need,
                    StokerElementDecoder decode,
                    GDestroyNotify free_element,
                    GPtrArray **out,
                    GError **error)
{
  g_autoptr (GPtrArray) elements = g_ptr_array_new_with_free_func (free_element);
  StokerJsonPlace place = { 0 };

  if (!stoker_json_get_array (parent, name, need, MAX_ELEMENTS, &place, error))
    return FALSE;
  if (place.node == NULL)
    return TRUE;
  for (guint i = 0; i < stoker_json_length (&place); i++)
    {
      StokerJsonPlace element = stoker_json_element (&place, i);
      gpointer value = decode (&element, error);

      if (value == NULL)
        return FALSE;
      g_ptr_array_add (elements, value);
    }

  *out = g_steal_pointer (&elements);
  return TRUE;
}
