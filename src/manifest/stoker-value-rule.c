/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-value-rule.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-jwt.h"
#include "stoker-value.h"

#include <string.h>

#define MAX_MATCHED_TEXT (64 * 1024)

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
  GRegex *regex = stoker_manifest_get_regex (scope->manifest, rule, "matches");
  g_autofree char *text = stoker_value_dup_text (value);
  g_autoptr (JsonNode) operand = NULL;
  guint test = 0;

  if (regex != NULL)
    return text != NULL && g_regex_match (regex, text, 0, NULL);
  if (stoker_rule_get (rule, "longer") != NULL)
    return text != NULL && (double) strlen (text) > stoker_rule_get_number (rule, "longer", 0);
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
  StokerMembers conditions = stoker_members_of (when);

  while (stoker_members_next (&conditions))
    if (!condition_holds (conditions.name, conditions.value, scope))
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
  return text->len > 0 ? stoker_value_from_text (text->str) : NULL;
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

  return stoker_value_from_text (value);
}

static JsonNode *
find_raw (JsonNode *take, JsonNode *answer, StokerHttpResponse *response, const StokerScope *scope)
{
  const StokerManifest *manifest = scope->manifest;
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
  GRegex *regex = stoker_manifest_get_regex (scope->manifest, take, "regex");
  JsonNode *map = stoker_rule_get (take, "map");
  g_autofree char *text = NULL;

  if (regex == NULL && map == NULL)
    return json_node_copy (raw);

  text = stoker_value_dup_text (raw);
  if (regex != NULL && text != NULL)
    {
      g_autofree char *whole = g_steal_pointer (&text);

      text = match_last (regex, whole);
    }
  text = map_text (map, g_steal_pointer (&text));

  return stoker_value_from_text (text);
}

/* Multiplies, adds and limits; anything but a number stays what it is, and a sum with something
 * unknown is not known. */
static JsonNode *
adjust (JsonNode *take, JsonNode *value, const StokerScope *scope)
{
  double min = stoker_rule_get_number (take, "min", -G_MAXDOUBLE);
  double max = stoker_rule_get_number (take, "max", G_MAXDOUBLE);
  JsonNode *rule = stoker_rule_get (take, "add");
  g_autoptr (JsonNode) addend = NULL;
  double number = 0;
  double more = 0;

  if (stoker_rule_is_text (value) || !stoker_value_get_number (value, &number))
    return json_node_copy (value);
  if (rule != NULL)
    addend = stoker_scope_expand_tree (scope, rule, NULL);
  if (rule != NULL && !stoker_value_get_number (addend, &more))
    return NULL;
  number = number * stoker_rule_get_number (take, "times", 1) + more;

  return stoker_value_from_number (CLAMP (number, min, max));
}

static JsonNode *
convert (JsonNode *take, JsonNode *value, const StokerScope *scope)
{
  const char *as = stoker_rule_get_text (take, "as");
  g_autoptr (JsonNode) converted = NULL;

  if (as == NULL)
    return json_node_copy (value);
  converted = stoker_value_convert (value, as);

  return converted != NULL ? adjust (take, converted, scope) : NULL;
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
  if (scope->is_masked)
    return stoker_value_from_text (STOKER_REDACTED);
  key = stoker_scope_expand (scope, stoker_rule_get_text (jwt, "key"), error);
  if (key == NULL)
    return NULL;
  bytes = g_bytes_new (key, strlen (key));
  explicit_bzero (key, strlen (key));
  token = stoker_jwt_sign (algorithm, header, claims, bytes, error);

  return stoker_value_from_text (token);
}

/* A value that is found nowhere is no mistake, unless it is required. */
static JsonNode *
find_value (JsonNode *take,
            JsonNode *answer,
            StokerHttpResponse *response,
            const StokerScope *scope)
{
  g_autoptr (JsonNode) raw = find_raw (take, answer, response, scope);
  g_autoptr (JsonNode) rewritten = is_nothing (raw) ? NULL : rewrite (take, raw, scope);
  JsonNode *value = rewritten != NULL ? convert (take, rewritten, scope) : NULL;
  JsonNode *fallback = stoker_rule_get (take, "default");

  return value == NULL && fallback != NULL ? json_node_copy (fallback) : value;
}

static gboolean
apply_take (const StokerMembers *at,
            JsonNode *answer,
            StokerHttpResponse *response,
            StokerScope *scope,
            GError **error)
{
  JsonNode *jwt = stoker_rule_get (at->value, "jwt");
  JsonNode *value = jwt != NULL ? sign_token (jwt, scope, error)
                                : find_value (at->value, answer, response, scope);

  if (value != NULL)
    stoker_scope_set (scope, at->name, value);
  else if (jwt == NULL && stoker_rule_get_flag (at->value, "required", FALSE))
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL, "the answer lacks a usable \"%s\"",
                 at->name);
  else
    return jwt == NULL;

  return value != NULL;
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
  StokerMembers at = stoker_members_of (takes);

  while (stoker_members_next (&at))
    if (!apply_take (&at, answer, response, scope, error))
      return FALSE;

  return TRUE;
}
