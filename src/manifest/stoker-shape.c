/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-json-path.h"
#include "stoker-shape-private.h"

#include <string.h>

#define MAX_ELEMENTS 200

static gboolean fail (GError **error, const StokerJsonPlace *place, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

static gboolean
fail (GError **error, const StokerJsonPlace *place, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list values;

  va_start (values, format);
  message = g_strdup_vprintf (format, values);
  va_end (values);
  stoker_json_set_error (error, place, "%s", message);

  return FALSE;
}

/* Templates: where one stands decides what it may name. */

static gboolean
is_known_name (const char *name, StokerValueType type)
{
  static const char *const roots[] = { "config.", "base.", "job.",   "handle.",
                                       "step.",   "now.",  "input.", "provider." };

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    if (g_str_has_prefix (name, roots[i]))
      return TRUE;

  return ((type == STOKER_VALUE_SECRET || type == STOKER_VALUE_BODY) &&
          g_str_has_prefix (name, "secret.")) ||
         (type == STOKER_VALUE_MESSAGE && g_str_has_prefix (name, "error.text"));
}

static gboolean
check_template (const StokerJsonPlace *place, StokerValueType type, GError **error)
{
  const char *text = json_node_get_string (place->node);

  for (const char *p = strstr (text, "${"); p != NULL; p = strstr (p, "${"))
    {
      const char *end = strchr (p, '}');
      g_autofree char *name = end != NULL ? g_strndup (p + 2, (gsize) (end - p - 2)) : NULL;

      if (name == NULL)
        return fail (error, place, "${ without its }");
      if (!is_known_name (*name == '+' ? name + 1 : name, type))
        return fail (error, place, "${%s} is not a name that can be used here", name);
      p = end;
    }

  return TRUE;
}

/* Checks the names in every string of a tree. */
static gboolean
check_tree (const StokerJsonPlace *place, StokerValueType type, GError **error)
{
  JsonObjectIter iter;
  const char *name = NULL;

  if (stoker_rule_is_text (place->node))
    return check_template (place, type, error);

  for (guint i = 0; i < stoker_json_length (place); i++)
    {
      StokerJsonPlace element = stoker_json_element (place, i);

      if (!check_tree (&element, type, error))
        return FALSE;
    }
  if (!stoker_rule_iterate (place->node, &iter))
    return TRUE;
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      StokerJsonPlace member = stoker_json_member (place, name);

      if (!check_tree (&member, type, error))
        return FALSE;
    }

  return TRUE;
}

/* Values */

static gboolean
expect_text (const StokerJsonPlace *place, GError **error)
{
  return stoker_rule_is_text (place->node) || fail (error, place, "expected a string");
}

static gboolean
check_number (const StokerMember *member, const StokerJsonPlace *place, GError **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (place->node) ? json_node_get_value_type (place->node)
                                                   : G_TYPE_INVALID;
  double number = 0;

  if (type != G_TYPE_INT64 && (type != G_TYPE_DOUBLE || member->type == STOKER_VALUE_INTEGER))
    return fail (error, place, "expected a%s number",
                 member->type == STOKER_VALUE_INTEGER ? " whole" : "");
  number = json_node_get_double (place->node);
  if (member->max > 0 && number < member->min)
    return fail (error, place, "must be at least %g", member->min);
  if (member->max > 0 && number > member->max)
    return fail (error, place, "must be at most %g", member->max);

  return TRUE;
}

static gboolean
check_status (const StokerJsonPlace *place, GError **error)
{
  static const StokerMember status = { .type = STOKER_VALUE_INTEGER, .min = 100, .max = 599 };

  return check_number (&status, place, NULL) || fail (error, place, "expected an HTTP status");
}

static gboolean
check_word (const StokerMember *member, const StokerJsonPlace *place, GError **error)
{
  g_autofree char *words = g_strjoinv (", ", (GStrv) member->words);
  const char *word = stoker_rule_is_text (place->node) ? json_node_get_string (place->node) : "";

  return g_strv_contains (member->words, word) ||
         fail (error, place, "\"%s\" is none of %s", word, words);
}

static gboolean
check_code (const StokerJsonPlace *place, GError **error)
{
  StokerError code = STOKER_ERROR_FAILED;

  return expect_text (place, error) &&
         (stoker_error_code_from_string (json_node_get_string (place->node), &code) ||
          fail (error, place, "\"%s\" is no error code", json_node_get_string (place->node)));
}

static gboolean
check_path (const StokerJsonPlace *place, StokerManifest *manifest, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const char *text = NULL;
  StokerJsonPath *path = NULL;

  if (!stoker_rule_is_text (place->node))
    return fail (error, place, "expected a JSONPath");
  text = json_node_get_string (place->node);
  path = stoker_json_path_new (text, &local_error);
  if (path == NULL)
    return fail (error, place, "\"%s\" is no JSONPath: %s", text, local_error->message);
  g_hash_table_insert (manifest->paths, g_strdup (text), path);

  return TRUE;
}

/* One never matches across a server's will for long: GRegex limits its steps. */
static gboolean
check_regex (const StokerJsonPlace *place, StokerManifest *manifest, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GRegex *regex = NULL;

  if (!expect_text (place, error))
    return FALSE;
  regex = g_regex_new (json_node_get_string (place->node), G_REGEX_CASELESS | G_REGEX_MULTILINE, 0,
                       &local_error);
  if (regex == NULL)
    return fail (error, place, "%s", local_error->message);
  g_hash_table_insert (manifest->regexes, g_strdup (json_node_get_string (place->node)), regex);

  return TRUE;
}

static gboolean
check_money (const StokerJsonPlace *place, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  StokerMoney money = stoker_money_unknown ();

  return expect_text (place, error) &&
         (stoker_money_parse (json_node_get_string (place->node), "USD", &money, &local_error) ||
          fail (error, place, "%s", local_error->message));
}

/* `true`, `"text"`, `["a", "b"]` or `{"above": 0}` and its like. */
static gboolean
check_condition (const StokerJsonPlace *place, StokerManifest *manifest, GError **error)
{
  if (JSON_NODE_HOLDS_OBJECT (place->node))
    return stoker_shape_check (&stoker_condition_shape, place, manifest, error);
  if (JSON_NODE_HOLDS_VALUE (place->node) &&
      json_node_get_value_type (place->node) == G_TYPE_BOOLEAN)
    return TRUE;
  for (guint i = 0; i < stoker_rule_count (place->node); i++)
    if (!stoker_rule_is_text (stoker_rule_nth (place->node, i)))
      return fail (error, place, "expected a string, an array of them, true, false or an object");

  return TRUE;
}

static gboolean
check_value (const StokerMember *member,
             const StokerJsonPlace *place,
             StokerManifest *manifest,
             GError **error)
{
  if (!stoker_json_is_present (place))
    return fail (error, place, "must not be null");
  switch (member->type)
    {
    case STOKER_VALUE_TEXT:
      return expect_text (place, error);
    case STOKER_VALUE_TEMPLATE:
    case STOKER_VALUE_SECRET:
    case STOKER_VALUE_MESSAGE:
      return expect_text (place, error) && check_template (place, member->type, error);
    case STOKER_VALUE_TREE:
    case STOKER_VALUE_BODY:
      return check_tree (place, member->type, error);
    case STOKER_VALUE_FLAG:
      return (JSON_NODE_HOLDS_VALUE (place->node) &&
              json_node_get_value_type (place->node) == G_TYPE_BOOLEAN) ||
             fail (error, place, "expected true or false");
    case STOKER_VALUE_NUMBER:
    case STOKER_VALUE_INTEGER:
      return check_number (member, place, error);
    case STOKER_VALUE_STATUS:
      return check_status (place, error);
    case STOKER_VALUE_WORD:
      return check_word (member, place, error);
    case STOKER_VALUE_CODE:
      return check_code (place, error);
    case STOKER_VALUE_PATH:
      return check_path (place, manifest, error);
    case STOKER_VALUE_REGEX:
      return check_regex (place, manifest, error);
    case STOKER_VALUE_MONEY:
      return check_money (place, error);
    case STOKER_VALUE_CONDITION:
      return check_condition (place, manifest, error);
    case STOKER_VALUE_NEED:
      return stoker_rule_is_text (place->node) ||
             stoker_shape_check (member->shape, place, manifest, error);
    case STOKER_VALUE_TAKE:
    case STOKER_VALUE_OBJECT:
    default:
      return stoker_shape_check (member->shape, place, manifest, error);
    }
}

/* Forms */

static gboolean
check_list (const StokerMember *member,
            const StokerJsonPlace *place,
            StokerManifest *manifest,
            GError **error)
{
  if (!stoker_json_expect_array (place, MAX_ELEMENTS, error))
    return FALSE;
  for (guint i = 0; i < stoker_json_length (place); i++)
    {
      StokerJsonPlace element = stoker_json_element (place, i);

      if (!check_value (member, &element, manifest, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean check_member (const StokerMember *member,
                              const StokerJsonPlace *place,
                              StokerManifest *manifest,
                              GError **error);

static gboolean
check_map (const StokerMember *member,
           const StokerJsonPlace *place,
           StokerManifest *manifest,
           GError **error)
{
  StokerMember each = *member;
  JsonObjectIter iter;
  const char *name = NULL;

  if (!stoker_json_expect_object (place, error))
    return FALSE;
  each.form = STOKER_FORM_ONE;
  stoker_rule_iterate (place->node, &iter);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      StokerJsonPlace child = stoker_json_member (place, name);

      if (!check_member (&each, &child, manifest, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_member (const StokerMember *member,
              const StokerJsonPlace *place,
              StokerManifest *manifest,
              GError **error)
{
  static const StokerMember path = { .type = STOKER_VALUE_PATH, .form = STOKER_FORM_ONE_OR_LIST };
  gboolean is_object = place->node != NULL && JSON_NODE_HOLDS_OBJECT (place->node);
  gboolean is_array = place->node != NULL && JSON_NODE_HOLDS_ARRAY (place->node);

  if (member->form == STOKER_FORM_MAP)
    return check_map (member, place, manifest, error);
  if (member->type == STOKER_VALUE_TAKE && !is_object)
    return check_member (&path, place, manifest, error);
  if (member->form == STOKER_FORM_LIST || (member->form == STOKER_FORM_ONE_OR_LIST && is_array))
    return check_list (member, place, manifest, error);

  return check_value (member, place, manifest, error);
}

static gboolean
check_names (const StokerShape *self, const StokerJsonPlace *place, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (const StokerMember *member = self->members; member->name != NULL; member++)
    g_ptr_array_add (names, (gpointer) member->name);
  g_ptr_array_add (names, NULL);

  return stoker_json_expect_object (place, error) &&
         stoker_json_expect_known_members (place, (const char *const *) names->pdata, error);
}

static gboolean
check_choice (const StokerShape *self, const StokerJsonPlace *place, GError **error)
{
  g_autofree char *names = NULL;
  guint count = 0;

  if (self->one_of == NULL)
    return TRUE;
  for (guint i = 0; self->one_of[i] != NULL; i++)
    count += stoker_rule_get (place->node, self->one_of[i]) != NULL;
  names = g_strjoinv (", ", (GStrv) self->one_of);

  return count == 1 || fail (error, place, "expected exactly one of %s", names);
}

/*
 * stoker_shape_check:
 * @manifest: gets what is compiled on the way
 *
 * Returns: whether the object at @place is of that shape; else %FALSE with %STOKER_ERROR_CONFIG
 */
gboolean
stoker_shape_check (const StokerShape *self,
                    const StokerJsonPlace *place,
                    StokerManifest *manifest,
                    GError **error)
{
  if (!check_names (self, place, error))
    return FALSE;
  for (const StokerMember *member = self->members; member->name != NULL; member++)
    {
      StokerJsonPlace child = stoker_json_member (place, member->name);

      if (stoker_json_is_present (&child))
        {
          if (!check_member (member, &child, manifest, error))
            return FALSE;
        }
      else if (member->is_required)
        {
          return fail (error, &child, "%s is missing", member->name);
        }
    }

  return check_choice (self, place, error) && (self->check == NULL || self->check (place, error));
}
