/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-value-rule.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-jwt.h"
#include "stoker-template.h"

#include <math.h>
#include <string.h>

#define MAX_MATCHED_TEXT (64 * 1024)
#define MAX_EXACT_INTEGER 9007199254740992.0

const char *const stoker_conversion_names[] = {
  "is",       "text",    "number", "s",      "ms",          "min",    "h",
  "fraction", "percent", "usd",    "cents",  "time",        "time_s", "time_ms",
  "gb",       "mb",      "mib",    "base64", "from_base64", "json",   NULL,
};

/* What a number in that unit is multiplied with and divided by; dividing by 100 is exact where a
 * factor of 0.01 is not. */
static const struct
{
  const char *name;
  double factor;
  double divisor;
} units[] = {
  { "min", 60, 1 },     { "ms", 1, 1000 },     { "h", 3600, 1 },  { "percent", 1, 100 },
  { "time_s", 1e6, 1 }, { "time_ms", 1e3, 1 }, { "mb", 1, 1000 }, { "mib", 1, 1024 },
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
is_beyond (JsonNode *value, JsonNode *operand, gboolean is_above)
{
  double number = 0;
  double bound = 0;

  if (!stoker_value_get_number (value, &number) || !stoker_value_get_number (operand, &bound))
    return FALSE;

  return is_above ? number > bound : number < bound;
}

/* `{"above": 0}` and its like. */
static gboolean
operator_holds (JsonNode *rule, JsonNode *value, const StokerScope *scope)
{
  static const char *const names[] = { "above", "below", "is" };
  GRegex *regex = stoker_manifest_get_regex (stoker_scope_get_manifest (scope), rule, "matches");
  g_autofree char *text = stoker_value_dup_text (value);
  g_autoptr (JsonNode) operand = NULL;
  guint test = 0;

  if (regex != NULL)
    return text != NULL && g_regex_match (regex, text, 0, NULL);
  while (test < 2 && stoker_rule_get (rule, names[test]) == NULL)
    test++;
  operand = stoker_scope_expand_tree (scope, stoker_rule_get (rule, names[test]), NULL);
  if (test < 2)
    return is_beyond (value, operand, test == 0);

  return value != NULL && operand != NULL && json_node_equal (value, operand);
}

static gboolean
condition_holds (const char *name, JsonNode *rule, const StokerScope *scope)
{
  g_autoptr (JsonNode) value = stoker_scope_get (scope, name);
  g_autofree char *text = stoker_value_dup_text (value);

  if (JSON_NODE_HOLDS_OBJECT (rule))
    return operator_holds (rule, value, scope);
  if (JSON_NODE_HOLDS_VALUE (rule) && !stoker_rule_is_text (rule))
    return json_node_get_boolean (rule) == (text != NULL && *text != '\0');

  return stoker_rule_lists (rule, text);
}

/**
 * stoker_conditions_hold:
 * @when: (nullable): conditions
 *
 * Returns: whether all of them hold; so none at all do
 */
gboolean
stoker_conditions_hold (JsonNode *when, const StokerScope *scope)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *rule = NULL;

  if (!stoker_rule_iterate (when, &iter))
    return TRUE;
  while (json_object_iter_next_ordered (&iter, &name, &rule))
    if (!condition_holds (name, rule, scope))
      return FALSE;

  return TRUE;
}

static gboolean
is_nothing (JsonNode *node)
{
  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}

static JsonNode *
find_first (const StokerManifest *manifest, JsonNode *path, JsonNode *answer)
{
  g_autoptr (JsonNode) matches = stoker_manifest_match (manifest, path, answer);

  for (guint i = 0; i < stoker_rule_count (matches); i++)
    if (!is_nothing (stoker_rule_nth (matches, i)))
      return json_node_copy (stoker_rule_nth (matches, i));

  return NULL;
}

/**
 * stoker_paths_find:
 * @paths: (nullable): a JSONPath or several
 * @answer: (nullable): where to look
 *
 * Returns: (transfer full) (nullable): the first match that is not null
 */
JsonNode *
stoker_paths_find (const StokerManifest *manifest, JsonNode *paths, JsonNode *answer)
{
  JsonNode *found = NULL;

  for (guint i = 0; found == NULL && i < stoker_rule_count (paths); i++)
    found = find_first (manifest, stoker_rule_nth (paths, i), answer);

  return found;
}

/* Every match as one text; the elements of an array that matched count one by one. */
static JsonNode *
join_matches (const StokerManifest *manifest,
              JsonNode *path,
              JsonNode *answer,
              const char *separator)
{
  g_autoptr (JsonNode) matches = stoker_manifest_match (manifest, path, answer);
  g_autoptr (GString) text = g_string_new (NULL);
  JsonNode *list = stoker_rule_count (matches) == 1 ? stoker_rule_nth (matches, 0) : matches;

  for (guint i = 0; i < stoker_rule_count (list); i++)
    {
      g_autofree char *piece = stoker_value_dup_text (stoker_rule_nth (list, i));

      if (piece != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", piece);
    }
  if (text->len == 0)
    return NULL;

  return json_node_init_string (json_node_alloc (), text->str);
}

static JsonNode *
sum_matches (const StokerManifest *manifest, JsonNode *paths, JsonNode *answer)
{
  double sum = 0;
  gboolean is_any = FALSE;

  for (guint i = 0; i < stoker_rule_count (paths); i++)
    {
      g_autoptr (JsonNode) match = stoker_paths_find (manifest, stoker_rule_nth (paths, i), answer);
      double number = 0;

      if (!stoker_value_get_number (match, &number))
        continue;
      sum += number;
      is_any = TRUE;
    }

  return is_any ? stoker_value_from_number (sum) : NULL;
}

static JsonNode *
find_header (StokerHttpResponse *response, const char *name)
{
  const char *value = response != NULL ? stoker_http_response_get_header (response, name) : NULL;

  return value != NULL ? json_node_init_string (json_node_alloc (), value) : NULL;
}

static JsonNode *
find_raw (JsonNode *take, JsonNode *answer, StokerHttpResponse *response, const StokerScope *scope)
{
  const StokerManifest *manifest = stoker_scope_get_manifest (scope);
  JsonNode *paths = JSON_NODE_HOLDS_OBJECT (take) ? stoker_rule_get (take, "path") : take;
  JsonNode *value = stoker_rule_get (take, "value");
  JsonNode *addends = stoker_rule_get (take, "sum");
  const char *separator = stoker_rule_get_text (take, "join");
  JsonNode *found = NULL;

  if (value != NULL)
    return stoker_scope_expand_tree (scope, value, NULL);
  if (addends != NULL)
    return sum_matches (manifest, addends, answer);
  if (paths == NULL)
    return find_header (response, stoker_rule_get_text (take, "header"));
  if (!stoker_rule_get_flag (take, "all", FALSE))
    return stoker_paths_find (manifest, paths, answer);
  for (guint i = 0; i < stoker_rule_count (paths) && found == NULL; i++)
    found = join_matches (manifest, stoker_rule_nth (paths, i), answer,
                          separator != NULL ? separator : "; ");

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

static char *
map_text (JsonNode *map, char *text)
{
  const char *mapped = NULL;

  if (text != NULL)
    mapped = stoker_rule_get_text (map, text);
  if (text != NULL && mapped == NULL)
    mapped = stoker_rule_get_text (map, "*");
  if (mapped == NULL)
    return text;
  g_free (text);

  return g_strdup (mapped);
}

/* Applies regex and map; gives @raw itself when there is neither. */
static JsonNode *
rewrite (JsonNode *take, JsonNode *raw, const StokerScope *scope)
{
  GRegex *regex = stoker_manifest_get_regex (stoker_scope_get_manifest (scope), take, "regex");
  JsonNode *map = stoker_rule_get (take, "map");
  g_autofree char *text = NULL;

  if (regex == NULL && map == NULL && g_strcmp0 (stoker_rule_get_text (take, "as"), "text") != 0)
    return json_node_copy (raw);

  text = stoker_value_dup_text (raw);
  if (regex != NULL && text != NULL)
    {
      g_autofree char *whole = g_steal_pointer (&text);

      text = match_last (regex, whole);
    }
  text = map_text (map, g_steal_pointer (&text));

  return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static JsonNode *
decimal_node (double amount)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return json_node_init_string (json_node_alloc (),
                                g_ascii_formatd (text, sizeof text, "%.9f", amount));
}

/* Conversions of a text. */
static JsonNode *
convert_text (const char *as, JsonNode *value)
{
  g_autofree char *text = stoker_value_dup_text (value);
  g_autofree char *encoded = NULL;
  gsize length = 0;

  if (g_str_equal (as, "json"))
    return stoker_json_parse (text, -1, "value", NULL);
  if (g_str_equal (as, "base64"))
    {
      encoded = g_base64_encode ((const guchar *) text, strlen (text));
    }
  else
    {
      g_autofree guchar *decoded = g_base64_decode (text, &length);

      encoded = g_utf8_make_valid ((const char *) decoded, (gssize) length);
    }

  return json_node_init_string (json_node_alloc (), encoded);
}

static JsonNode *
convert_time (JsonNode *value)
{
  g_autofree char *text = stoker_value_dup_text (value);
  gint64 time_us = text != NULL ? stoker_time_parse (text) : 0;

  return time_us > 0 ? stoker_value_from_number ((double) time_us) : NULL;
}

static JsonNode *
convert (JsonNode *take, JsonNode *value)
{
  const char *as = stoker_rule_get_text (take, "as");
  double number = 0;

  if (as == NULL || g_str_equal (as, "is") || g_str_equal (as, "text"))
    return json_node_copy (value);
  if (g_str_equal (as, "time"))
    return convert_time (value);
  if (g_str_equal (as, "json") || g_str_has_suffix (as, "base64"))
    return convert_text (as, value);
  if (!stoker_value_get_number (value, &number))
    return NULL;
  if (g_str_equal (as, "usd"))
    return decimal_node (number);
  if (g_str_equal (as, "cents"))
    return decimal_node (number / 100);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (as, units[i].name))
      number = number * units[i].factor / units[i].divisor;
  number += stoker_rule_get_number (take, "add", 0);

  return stoker_value_from_number (CLAMP (number,
                                          stoker_rule_get_number (take, "min", -G_MAXDOUBLE),
                                          stoker_rule_get_number (take, "max", G_MAXDOUBLE)));
}

static char *
expand_to_json (JsonNode *tree, const StokerScope *scope, GError **error)
{
  g_autoptr (JsonNode) expanded = stoker_scope_expand_tree (scope, tree, error);

  return expanded != NULL ? stoker_json_to_string (expanded, FALSE) : NULL;
}

/* A JSON Web Token that proves who asks; a rehearsal shows none. */
static JsonNode *
sign_token (JsonNode *jwt, const StokerScope *scope, GError **error)
{
  const char *algorithm = stoker_rule_get_text (jwt, "alg");
  g_autofree char *header = g_strdup_printf ("{\"alg\":\"%s\",\"typ\":\"JWT\"}", algorithm);
  g_autofree char *claims = expand_to_json (stoker_rule_get (jwt, "claims"), scope, error);
  g_autofree char *key = NULL;
  g_autofree char *token = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (claims == NULL)
    return NULL;
  if (stoker_scope_get_masked (scope))
    return json_node_init_string (json_node_alloc (), STOKER_REDACTED);
  key = stoker_scope_expand (scope, stoker_rule_get_text (jwt, "key"), error);
  if (key == NULL)
    return NULL;
  bytes = g_bytes_new (key, strlen (key));
  explicit_bzero (key, strlen (key));
  token = stoker_jwt_sign (algorithm, header, claims, bytes, error);

  return token != NULL ? json_node_init_string (json_node_alloc (), token) : NULL;
}

static gboolean
take_token (const char *name, JsonNode *jwt, StokerScope *scope, GError **error)
{
  JsonNode *token = sign_token (jwt, scope, error);

  if (token == NULL)
    return FALSE;
  stoker_scope_set (scope, name, token);

  return TRUE;
}

static gboolean
apply_take (const char *name,
            JsonNode *take,
            JsonNode *answer,
            StokerHttpResponse *response,
            StokerScope *scope,
            GError **error)
{
  g_autoptr (JsonNode) raw = find_raw (take, answer, response, scope);
  g_autoptr (JsonNode) rewritten = is_nothing (raw) ? NULL : rewrite (take, raw, scope);
  g_autoptr (JsonNode) value = rewritten != NULL ? convert (take, rewritten) : NULL;
  JsonNode *fallback = stoker_rule_get (take, "default");

  if (value == NULL && fallback != NULL)
    value = json_node_copy (fallback);
  if (value == NULL && stoker_rule_get_flag (take, "required", FALSE))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL, "the answer lacks a usable \"%s\"",
                   name);
      return FALSE;
    }
  if (value != NULL)
    stoker_scope_set (scope, name, g_steal_pointer (&value));

  return TRUE;
}

/**
 * stoker_takes_apply:
 * @takes: (nullable): what to take
 * @answer: (nullable): the tree to look into
 * @response: (nullable): for headers
 * @scope: gets the values
 *
 * Returns: %FALSE with %STOKER_ERROR_PROTOCOL when a required value is missing
 */
gboolean
stoker_takes_apply (JsonNode *takes,
                    JsonNode *answer,
                    StokerHttpResponse *response,
                    StokerScope *scope,
                    GError **error)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *take = NULL;

  if (!stoker_rule_iterate (takes, &iter))
    return TRUE;
  while (json_object_iter_next_ordered (&iter, &name, &take))
    {
      JsonNode *jwt = stoker_rule_get (take, "jwt");

      if (jwt != NULL ? !take_token (name, jwt, scope, error)
                      : !apply_take (name, take, answer, response, scope, error))
        return FALSE;
    }

  return TRUE;
}
