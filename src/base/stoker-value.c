/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-value.h"

#include "stoker-json.h"
#include "stoker-template.h"
#include "stoker-time.h"

#include <math.h>
#include <string.h>

#define MAX_EXACT_INTEGER 9007199254740992.0

/* What a number in that unit is multiplied with and divided by; dividing by 100 is exact where a
 * factor of 0.01 is not. */
static const struct
{
  const char *name;
  double factor;
  double divisor;
} units[] = {
  { "min", 60, 1 },      { "ms", 1, 1000 },    { "h", 3600, 1 },
  { "percent", 1, 100 }, { "time_s", 1e6, 1 }, { "time_ms", 1e3, 1 },
  { "mb", 1, 1000 },     { "mib", 1, 1024 },   { "cents", 1, 100 },
};

static JsonNode *
give_value (const char *name, gpointer value)
{
  return json_node_copy (value);
}

/**
 * stoker_value_dup_text:
 * @value: (nullable): a value
 *
 * Returns: (transfer full) (nullable): it as text, numbers in their shortest form
 */
char *
stoker_value_dup_text (JsonNode *value)
{
  if (value == NULL)
    return NULL;

  return stoker_template_expand ("${value}", give_value, value, NULL);
}

/**
 * stoker_value_get_number:
 * @value: (nullable): a value
 * @number: (out): takes it
 *
 * Returns: whether it is a number, or a text that is one
 */
gboolean
stoker_value_get_number (JsonNode *value, double *number)
{
  g_autofree char *text = stoker_value_dup_text (value);
  char *end = NULL;

  if (text == NULL || *text == '\0')
    return FALSE;
  *number = g_ascii_strtod (text, &end);

  return *end == '\0' && isfinite (*number);
}

/**
 * stoker_value_from_number:
 *
 * Returns: (transfer full): a value, an integer when @number is whole
 */
JsonNode *
stoker_value_from_number (double number)
{
  JsonNode *node = json_node_alloc ();

  if (fabs (number - round (number)) < 1e-9 && fabs (number) < MAX_EXACT_INTEGER)
    return json_node_init_int (node, (gint64) llround (number));

  return json_node_init_double (node, number);
}

/**
 * stoker_value_from_text:
 * @text: (nullable): a text
 *
 * Returns: (transfer full) (nullable): a value; %NULL without a text
 */
JsonNode *
stoker_value_from_text (const char *text)
{
  return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static JsonNode *
convert_text (const char *text, const char *as)
{
  g_autofree char *converted = NULL;
  gint64 time_us = 0;
  gsize length = 0;

  if (g_str_equal (as, "json"))
    return stoker_json_parse (text, -1, "value", NULL);
  if (g_str_equal (as, "time"))
    {
      time_us = stoker_time_parse (text);
      return time_us > 0 ? stoker_value_from_number ((double) time_us) : NULL;
    }
  if (g_str_equal (as, "base64"))
    {
      converted = g_base64_encode ((const guchar *) text, strlen (text));
    }
  else
    {
      g_autofree guchar *decoded = g_base64_decode (text, &length);

      converted = g_utf8_make_valid ((const char *) decoded, (gssize) length);
    }

  return stoker_value_from_text (converted);
}

static JsonNode *
convert_number (double number, const char *as)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (as, units[i].name))
      number = number * units[i].factor / units[i].divisor;
  if (g_str_equal (as, "usd") || g_str_equal (as, "cents"))
    return stoker_value_from_text (g_ascii_formatd (text, sizeof text, "%.9f", number));

  return stoker_value_from_number (number);
}

/**
 * stoker_value_convert:
 * @as: `text`, `json`, `base64`, `from_base64`, `time` of a text; else the unit of a number, which
 *   becomes seconds, a fraction, GB, µs since 1970 or, for money, a decimal text
 *
 * Returns: (transfer full) (nullable): @value as Stoker works with it; %NULL when it is no such
 * thing
 */
JsonNode *
stoker_value_convert (JsonNode *value, const char *as)
{
  static const char *const of_texts[] = { "json", "time", "base64", "from_base64", NULL };
  g_autofree char *text = stoker_value_dup_text (value);
  double number = 0;

  if (g_str_equal (as, "text"))
    return stoker_value_from_text (text);
  if (g_strv_contains (of_texts, as))
    return text != NULL ? convert_text (text, as) : NULL;

  return stoker_value_get_number (value, &number) ? convert_number (number, as) : NULL;
}
