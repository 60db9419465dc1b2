/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-manifest-private.h"

#include <math.h>
#include <string.h>

static StokerCondition *
condition_new (const char *name, StokerTest test)
{
  StokerCondition *self = g_new0 (StokerCondition, 1);

  self->name = strchr (name, '.') != NULL ? g_strdup (name) : g_strconcat ("step.", name, NULL);
  self->test = test;

  return self;
}

/* `{"above": 0}` and its like. */
static gboolean
decode_operator (const StokerJsonPlace *place, StokerCondition *condition, GError **error)
{
  static const char *const names[] = { "above", "below", "matches", "is", NULL };
  static const StokerTest tests[] = {
    STOKER_TEST_ABOVE,
    STOKER_TEST_BELOW,
    STOKER_TEST_MATCHES,
    STOKER_TEST_IS,
  };

  if (!stoker_json_expect_known_members (place, names, error))
    return FALSE;
  if (!stoker_manifest_get_regex (place, "matches", &condition->regex, error))
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      StokerJsonPlace operand = stoker_json_member (place, names[i]);

      if (!stoker_json_is_present (&operand))
        continue;
      if (!stoker_manifest_check_templates (&operand, STOKER_TEMPLATE_PLAIN, error))
        return FALSE;
      condition->test = tests[i];
      condition->operand = json_node_ref (operand.node);
      return TRUE;
    }

  stoker_json_set_error (error, place, "expected above, below, matches or is");
  return FALSE;
}

static gboolean
decode_texts (const StokerJsonPlace *place, StokerCondition *condition, GError **error)
{
  const char *one[] = { NULL, NULL };

  if (JSON_NODE_HOLDS_ARRAY (place->node))
    return stoker_json_get_strings (place->parent, place->name, STOKER_JSON_REQUIRED,
                                    &condition->texts, error);
  if (json_node_get_value_type (place->node) != G_TYPE_STRING)
    {
      stoker_json_set_error (error, place, "expected a string, an array, true, false or an object");
      return FALSE;
    }
  one[0] = json_node_get_string (place->node);
  condition->texts = g_strdupv ((char **) one);

  return TRUE;
}

static gpointer
decode_condition (const StokerJsonPlace *place, const char *name, GError **error)
{
  StokerCondition *condition = condition_new (name, STOKER_TEST_EQUALS);
  gboolean is_valid = FALSE;

  if (!stoker_json_is_present (place))
    stoker_json_set_error (error, place, "must not be null");
  else if (JSON_NODE_HOLDS_OBJECT (place->node))
    is_valid = decode_operator (place, condition, error);
  else if (JSON_NODE_HOLDS_VALUE (place->node) &&
           json_node_get_value_type (place->node) == G_TYPE_BOOLEAN)
    {
      condition->test = json_node_get_boolean (place->node) ? STOKER_TEST_PRESENT
                                                            : STOKER_TEST_ABSENT;
      is_valid = TRUE;
    }
  else
    is_valid = decode_texts (place, condition, error);

  if (!is_valid)
    g_clear_pointer (&condition, stoker_condition_free);

  return condition;
}

/* Reads an optional object of conditions, all of which must hold. */
gboolean
stoker_manifest_get_conditions (const StokerJsonPlace *parent,
                                const char *name,
                                GPtrArray *out,
                                GError **error)
{
  return stoker_manifest_get_map (parent, name, decode_condition, out, error);
}

static gpointer
decode_text_pair (const StokerJsonPlace *place, const char *name, GError **error)
{
  g_autofree char *value = NULL;
  StokerPair *pair = NULL;

  if (!stoker_json_get_string (place->parent, name, STOKER_JSON_REQUIRED, &value, error))
    return NULL;
  pair = g_new0 (StokerPair, 1);
  pair->name = g_strdup (name);
  pair->value = g_steal_pointer (&value);

  return pair;
}

static gboolean
get_text_map (const StokerJsonPlace *place, const char *name, GHashTable **out, GError **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_pair_free);

  if (!stoker_manifest_get_map (place, name, decode_text_pair, pairs, error))
    return FALSE;
  if (pairs->len == 0)
    return TRUE;

  *out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < pairs->len; i++)
    {
      const StokerPair *pair = g_ptr_array_index (pairs, i);

      g_hash_table_insert (*out, g_strdup (pair->name), g_strdup (pair->value));
    }

  return TRUE;
}

static gboolean
get_node (const StokerJsonPlace *place, const char *name, JsonNode **out, GError **error)
{
  StokerJsonPlace member = stoker_json_member (place, name);

  if (!stoker_manifest_check_templates (&member, STOKER_TEMPLATE_PLAIN, error))
    return FALSE;
  if (stoker_json_is_present (&member))
    *out = json_node_ref (member.node);

  return TRUE;
}

static gboolean
check_source (const StokerJsonPlace *place, const StokerTake *take, GError **error)
{
  int sources = (take->paths != NULL) + (take->addends != NULL) + (take->value != NULL) +
                (take->header != NULL);

  if (sources == 1)
    return TRUE;

  stoker_json_set_error (error, place, "expected exactly one of path, sum, value and header");
  return FALSE;
}

static gboolean
decode_take_object (const StokerJsonPlace *place, StokerTake *take, GError **error)
{
  static const char *const names[] = { "path",  "sum",     "value",    "header", "all",
                                       "regex", "map",     "as",       "add",    "min",
                                       "max",   "default", "required", NULL };
  int as = STOKER_AS_IS;
  gboolean is_valid =
    stoker_json_expect_object (place, error) &&
    stoker_json_expect_known_members (place, names, error) &&
    stoker_manifest_get_paths (place, "path", &take->paths, error) &&
    stoker_manifest_get_paths (place, "sum", &take->addends, error) &&
    get_node (place, "value", &take->value, error) &&
    stoker_json_get_string (place, "header", STOKER_JSON_OPTIONAL, &take->header, error) &&
    stoker_json_get_boolean (place, "all", STOKER_JSON_OPTIONAL, &take->takes_all, error) &&
    stoker_manifest_get_regex (place, "regex", &take->regex, error) &&
    get_text_map (place, "map", &take->map, error) &&
    stoker_json_get_enum (place, "as", STOKER_JSON_OPTIONAL, stoker_conversion_names, &as, error) &&
    stoker_json_get_double (place, "add", STOKER_JSON_OPTIONAL, -G_MAXDOUBLE, G_MAXDOUBLE,
                            &take->add, error) &&
    stoker_json_get_double (place, "min", STOKER_JSON_OPTIONAL, -G_MAXDOUBLE, G_MAXDOUBLE,
                            &take->min, error) &&
    stoker_json_get_double (place, "max", STOKER_JSON_OPTIONAL, -G_MAXDOUBLE, G_MAXDOUBLE,
                            &take->max, error) &&
    get_node (place, "default", &take->fallback, error) &&
    stoker_json_get_boolean (place, "required", STOKER_JSON_OPTIONAL, &take->is_required, error);

  take->as = (StokerConversion) as;

  return is_valid && check_source (place, take, error);
}

static gpointer
decode_take (const StokerJsonPlace *place, const char *name, GError **error)
{
  StokerTake *take = g_new0 (StokerTake, 1);
  gboolean is_valid = FALSE;

  take->name = g_strdup (name);
  take->min = -G_MAXDOUBLE;
  take->max = G_MAXDOUBLE;
  if (place->node != NULL && JSON_NODE_HOLDS_VALUE (place->node))
    is_valid = stoker_manifest_get_paths (place->parent, name, &take->paths, error);
  else
    is_valid = decode_take_object (place, take, error);

  if (!is_valid)
    g_clear_pointer (&take, stoker_take_free);

  return take;
}

/* Reads an optional object of values to take. */
gboolean
stoker_manifest_get_takes (const StokerJsonPlace *parent,
                           const char *name,
                           GPtrArray *out,
                           GError **error)
{
  return stoker_manifest_get_map (parent, name, decode_take, out, error);
}

static gpointer
decode_error_rule (const StokerJsonPlace *place, GError **error)
{
  static const char *const names[] = {
    "status", "path", "missing", "text", "code", "message", NULL
  };
  StokerErrorRule *rule = g_new0 (StokerErrorRule, 1);

  if (!stoker_json_expect_object (place, error) ||
      !stoker_json_expect_known_members (place, names, error) ||
      !stoker_manifest_get_statuses (place, "status", &rule->statuses, error) ||
      !stoker_manifest_get_path (place, "path", &rule->path, error) ||
      !stoker_manifest_get_path (place, "missing", &rule->missing, error) ||
      !stoker_manifest_get_regex (place, "text", &rule->text, error) ||
      !stoker_manifest_get_code (place, "code", STOKER_JSON_REQUIRED, &rule->code, error) ||
      !stoker_manifest_get_template (place, "message", STOKER_JSON_OPTIONAL, STOKER_TEMPLATE_ERROR,
                                     &rule->message, error))
    g_clear_pointer (&rule, stoker_error_rule_free);

  return rule;
}

/* Reads an optional array of error rules. */
gboolean
stoker_manifest_get_errors (const StokerJsonPlace *parent,
                            const char *name,
                            GPtrArray *out,
                            GError **error)
{
  return stoker_manifest_get_list (parent, name, decode_error_rule, out, error);
}
