/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-value-rule.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-template.h"

#include <math.h>
#include <string.h>

#define MAX_MATCHED_TEXT (64 * 1024)
#define MAX_EXACT_INTEGER 9007199254740992.0

const char *const stoker_conversion_names[] = {
  "is",  "text",  "number", "s",      "ms",      "min", "h",  "fraction", "percent",
  "usd", "cents", "time",   "time_s", "time_ms", "gb",  "mb", "mib",      NULL,
};

/* What a number in that unit is multiplied with and divided by; dividing by 100 is exact where a
 * factor of 0.01 is not. */
static const struct
{
  double factor;
  double divisor;
} units[] = {
  [STOKER_AS_NUMBER] = { 1, 1 },    [STOKER_AS_SECONDS] = { 1, 1 },
  [STOKER_AS_MINUTES] = { 60, 1 },  [STOKER_AS_MILLISECONDS] = { 1, 1000 },
  [STOKER_AS_HOURS] = { 3600, 1 },  [STOKER_AS_FRACTION] = { 1, 1 },
  [STOKER_AS_PERCENT] = { 1, 100 }, [STOKER_AS_TIME_S] = { 1e6, 1 },
  [STOKER_AS_TIME_MS] = { 1e3, 1 }, [STOKER_AS_GB] = { 1, 1 },
  [STOKER_AS_MB] = { 1, 1000 },     [STOKER_AS_MIB] = { 1, 1024 },
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

static gboolean
equals_one (char *const *texts, const char *text)
{
  return text != NULL && g_strv_contains ((const char *const *) texts, text);
}

static gboolean
is_beyond (const StokerCondition *condition, JsonNode *value, JsonNode *operand)
{
  double number = 0;
  double bound = 0;

  if (!stoker_value_get_number (value, &number) || !stoker_value_get_number (operand, &bound))
    return FALSE;

  return condition->test == STOKER_TEST_ABOVE ? number > bound : number < bound;
}

static gboolean
condition_holds (const StokerCondition *condition, const StokerStepContext *context)
{
  g_autoptr (JsonNode) value = stoker_step_context_get (context, condition->name);
  g_autofree char *text = stoker_value_dup_text (value);
  g_autoptr (JsonNode) operand = NULL;

  if (condition->operand != NULL)
    operand = stoker_template_expand_json (condition->operand, stoker_step_context_lookup,
                                           (gpointer) context, NULL);

  switch (condition->test)
    {
    case STOKER_TEST_EQUALS:
      return equals_one (condition->texts, text);
    case STOKER_TEST_PRESENT:
      return text != NULL && *text != '\0';
    case STOKER_TEST_ABSENT:
      return text == NULL || *text == '\0';
    case STOKER_TEST_ABOVE:
    case STOKER_TEST_BELOW:
      return is_beyond (condition, value, operand);
    case STOKER_TEST_MATCHES:
      return text != NULL && g_regex_match (condition->regex, text, 0, NULL);
    case STOKER_TEST_IS:
      return value != NULL && operand != NULL && json_node_equal (value, operand);
    default:
      return FALSE;
    }
}

/**
 * stoker_conditions_hold:
 * @conditions: (element-type StokerCondition): conditions
 *
 * Returns: whether all of them hold; so none at all do
 */
gboolean
stoker_conditions_hold (GPtrArray *conditions, const StokerStepContext *context)
{
  for (guint i = 0; i < conditions->len; i++)
    if (!condition_holds (g_ptr_array_index (conditions, i), context))
      return FALSE;

  return TRUE;
}

static gboolean
is_nothing (JsonNode *node)
{
  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}

/**
 * stoker_path_find:
 * @path: a JSONPath
 * @answer: (nullable): where to look
 *
 * Returns: (transfer full) (nullable): the first match that is not null
 */
JsonNode *
stoker_path_find (JsonPath *path, JsonNode *answer)
{
  g_autoptr (JsonNode) matches = answer != NULL ? json_path_match (path, answer) : NULL;
  StokerJsonPlace place = stoker_json_root (matches, "matches");

  for (guint i = 0; i < stoker_json_length (&place); i++)
    {
      StokerJsonPlace match = stoker_json_element (&place, i);

      if (!is_nothing (match.node))
        return json_node_copy (match.node);
    }

  return NULL;
}

/* Every match as one text; the elements of an array that matched count one by one. */
static JsonNode *
join_matches (JsonPath *path, JsonNode *answer)
{
  g_autoptr (JsonNode) matches = answer != NULL ? json_path_match (path, answer) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  StokerJsonPlace outer = stoker_json_root (matches, "matches");
  StokerJsonPlace first = stoker_json_element (&outer, 0);
  const StokerJsonPlace *place =
    stoker_json_length (&outer) == 1 && JSON_NODE_HOLDS_ARRAY (first.node) ? &first : &outer;

  for (guint i = 0; i < stoker_json_length (place); i++)
    {
      StokerJsonPlace match = stoker_json_element (place, i);
      g_autofree char *piece = stoker_value_dup_text (match.node);

      if (piece != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", piece);
    }
  if (text->len == 0)
    return NULL;

  return json_node_init_string (json_node_alloc (), text->str);
}

static JsonNode *
sum_matches (GPtrArray *paths, JsonNode *answer)
{
  double sum = 0;
  gboolean is_any = FALSE;

  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (JsonNode) match = stoker_path_find (g_ptr_array_index (paths, i), answer);
      double number = 0;

      if (!stoker_value_get_number (match, &number))
        continue;
      sum += number;
      is_any = TRUE;
    }

  return is_any ? stoker_value_from_number (sum) : NULL;
}

static JsonNode *
find_raw (const StokerTake *take,
          JsonNode *answer,
          StokerHttpResponse *response,
          StokerStepContext *context)
{
  const char *header = NULL;
  JsonNode *found = NULL;

  if (take->value != NULL)
    return stoker_template_expand_json (take->value, stoker_step_context_lookup, context, NULL);
  if (take->addends != NULL)
    return sum_matches (take->addends, answer);
  if (take->header != NULL)
    {
      header = response != NULL ? stoker_http_response_get_header (response, take->header) : NULL;
      return header != NULL ? json_node_init_string (json_node_alloc (), header) : NULL;
    }
  for (guint i = 0; i < take->paths->len && found == NULL; i++)
    {
      JsonPath *path = g_ptr_array_index (take->paths, i);

      found = take->takes_all ? join_matches (path, answer) : stoker_path_find (path, answer);
    }

  return found;
}

/* The first group of the last match, in the end of the text when it is a long one. */
static char *
match_last (GRegex *regex, const char *text)
{
  gsize length = strlen (text);
  const char *start = length > MAX_MATCHED_TEXT ? text + length - MAX_MATCHED_TEXT : text;
  g_autoptr (GMatchInfo) info = NULL;
  char *last = NULL;

  while (((guchar) *start & 0xc0) == 0x80)
    start++;
  g_regex_match (regex, start, 0, &info);
  while (g_match_info_matches (info))
    {
      g_free (last);
      last = g_match_info_fetch (info, g_match_info_get_match_count (info) > 1 ? 1 : 0);
      g_match_info_next (info, NULL);
    }

  return last;
}

/* Applies regex and map; gives @raw itself when there is neither. */
static JsonNode *
rewrite (const StokerTake *take, JsonNode *raw)
{
  g_autofree char *text = NULL;
  const char *mapped = NULL;

  if (take->regex == NULL && take->map == NULL && take->as != STOKER_AS_TEXT)
    return json_node_copy (raw);

  text = stoker_value_dup_text (raw);
  if (take->regex != NULL && text != NULL)
    {
      g_autofree char *whole = g_steal_pointer (&text);

      text = match_last (take->regex, whole);
    }
  if (text == NULL)
    return NULL;
  if (take->map != NULL)
    {
      mapped = g_hash_table_lookup (take->map, text);
      if (mapped == NULL)
        mapped = g_hash_table_lookup (take->map, "*");
    }

  return json_node_init_string (json_node_alloc (), mapped != NULL ? mapped : text);
}

static JsonNode *
decimal_node (double amount)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return json_node_init_string (json_node_alloc (),
                                g_ascii_formatd (text, sizeof text, "%.9f", amount));
}

static JsonNode *
convert (const StokerTake *take, JsonNode *value)
{
  g_autofree char *text = NULL;
  double number = 0;

  if (take->as == STOKER_AS_IS || take->as == STOKER_AS_TEXT)
    return json_node_copy (value);
  if (take->as == STOKER_AS_TIME)
    {
      text = stoker_value_dup_text (value);
      number = text != NULL ? (double) stoker_time_parse (text) : 0;
      return number > 0 ? stoker_value_from_number (number) : NULL;
    }
  if (!stoker_value_get_number (value, &number))
    return NULL;
  if (take->as == STOKER_AS_USD)
    return decimal_node (number);
  if (take->as == STOKER_AS_CENTS)
    return decimal_node (number / 100);

  number = number * units[take->as].factor / units[take->as].divisor + take->add;

  return stoker_value_from_number (CLAMP (number, take->min, take->max));
}

static gboolean
apply_take (const StokerTake *take,
            JsonNode *answer,
            StokerHttpResponse *response,
            StokerStepContext *context,
            GError **error)
{
  g_autoptr (JsonNode) raw = find_raw (take, answer, response, context);
  g_autoptr (JsonNode) rewritten = is_nothing (raw) ? NULL : rewrite (take, raw);
  g_autoptr (JsonNode) value = rewritten != NULL ? convert (take, rewritten) : NULL;

  if (value == NULL && take->fallback != NULL)
    value = json_node_copy (take->fallback);
  if (value == NULL && take->is_required)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL, "the answer lacks a usable \"%s\"",
                   take->name);
      return FALSE;
    }
  if (value != NULL)
    stoker_step_context_set (context, take->name, g_steal_pointer (&value));

  return TRUE;
}

/**
 * stoker_takes_apply:
 * @takes: (element-type StokerTake): what to take
 * @answer: (nullable): the JSON to look into
 * @response: (nullable): for headers
 * @context: gets the values
 *
 * Returns: %FALSE with %STOKER_ERROR_PROTOCOL when a required value is missing
 */
gboolean
stoker_takes_apply (GPtrArray *takes,
                    JsonNode *answer,
                    StokerHttpResponse *response,
                    StokerStepContext *context,
                    GError **error)
{
  for (guint i = 0; i < takes->len; i++)
    if (!apply_take (g_ptr_array_index (takes, i), answer, response, context, error))
      return FALSE;

  return TRUE;
}
