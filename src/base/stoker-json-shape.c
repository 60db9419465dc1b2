/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json-shape.h"

#include "stoker-rule.h"

#include <string.h>

#define MAX_ELEMENTS 200

/* A type that was read. */
typedef struct
{
  char *form; /* "[", "{", "*" or empty */
  char *names;
  char *kind;
  char *min;
  char *max; /* empty: not limited */
  gboolean is_some;
} Type;

static void
type_clear (Type *self)
{
  g_free (self->form);
  g_free (self->names);
  g_free (self->kind);
  g_free (self->min);
  g_free (self->max);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Type, type_clear)

static Type
parse_type (const char *text)
{
  g_autoptr (GRegex)
    regex = g_regex_new ("^([[{]?)(?:([a-z-]+):)?([a-z-]+)(?: (\\d+)\\.\\.(\\d+))?[]}]?([*+]?)$", 0,
                         0, NULL);
  g_autoptr (GMatchInfo) info = NULL;
  g_autofree char *mark = NULL;
  Type type = { 0 };

  g_regex_match (regex, text, 0, &info);
  mark = g_match_info_fetch (info, 6);
  type.form = g_str_equal (mark, "*") ? g_strdup (mark) : g_match_info_fetch (info, 1);
  type.names = g_match_info_fetch (info, 2);
  type.kind = g_match_info_fetch (info, 3);
  type.min = g_match_info_fetch (info, 4);
  type.max = g_match_info_fetch (info, 5);
  type.is_some = g_str_equal (mark, "+");

  return type;
}

/* Kinds */

/**
 * stoker_json_expect_text:
 *
 * Returns: whether the value at @place is a string; else %FALSE with @error set
 */
gboolean
stoker_json_expect_text (const StokerJsonPlace *place, GError **error)
{
  return stoker_rule_is_text (place->node) || stoker_json_fail (error, place, "expected a string");
}

static GType
get_type (const StokerJsonPlace *place)
{
  return JSON_NODE_HOLDS_VALUE (place->node) ? json_node_get_value_type (place->node)
                                             : G_TYPE_INVALID;
}

static gboolean
check_text (const StokerJsonKind *kind,
            const StokerJsonPlace *place,
            gpointer user_data,
            GError **error)
{
  return stoker_json_expect_text (place, error);
}

static gboolean
check_flag (const StokerJsonKind *kind,
            const StokerJsonPlace *place,
            gpointer user_data,
            GError **error)
{
  return get_type (place) == G_TYPE_BOOLEAN ||
         stoker_json_fail (error, place, "expected true or false");
}

static gboolean
check_number (const StokerJsonKind *kind,
              const StokerJsonPlace *place,
              gpointer user_data,
              GError **error)
{
  return get_type (place) == G_TYPE_INT64 || get_type (place) == G_TYPE_DOUBLE ||
         stoker_json_fail (error, place, "expected a number");
}

static gboolean
check_integer (const StokerJsonKind *kind,
               const StokerJsonPlace *place,
               gpointer user_data,
               GError **error)
{
  return get_type (place) == G_TYPE_INT64 ||
         stoker_json_fail (error, place, "expected a whole number");
}

static const StokerJsonKind own_kinds[] = {
  { "text", check_text, NULL },
  { "flag", check_flag, NULL },
  { "number", check_number, NULL },
  { "integer", check_integer, NULL },
  { NULL, NULL, NULL },
};

static const StokerJsonKind *
find_kind (const StokerJsonKind *kinds, const char *name)
{
  for (; kinds->name != NULL; kinds++)
    if (g_str_equal (kinds->name, name))
      return kinds;

  return NULL;
}

/* Things */

static gboolean check_type (const StokerJsonShape *self,
                            JsonNode *type,
                            const StokerJsonPlace *place,
                            GError **error);

static char *
join (JsonNode *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < stoker_rule_count (words); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            json_node_get_string (stoker_rule_nth (words, i)));

  return g_strdup (text->str);
}

static gboolean
check_word (JsonNode *words, const StokerJsonPlace *place, const char *word, GError **error)
{
  g_autofree char *names = join (words);

  return stoker_rule_lists (words, word) ||
         stoker_json_fail (error, place, "\"%s\" is none of %s", word, names);
}

static guint
count_present (const StokerJsonPlace *place, JsonNode *names)
{
  guint count = 0;

  for (guint i = 0; i < stoker_rule_count (names); i++)
    count += stoker_rule_get (place->node, json_node_get_string (stoker_rule_nth (names, i))) !=
             NULL;

  return count;
}

/* Whether `name` or `name=value` is so. */
static gboolean
is_told (const StokerJsonPlace *place, const char *rule)
{
  g_auto (GStrv) parts = g_strsplit (rule, "=", 2);

  return parts[1] == NULL ? stoker_rule_get (place->node, parts[0]) != NULL
                          : g_strcmp0 (stoker_rule_get_text (place->node, parts[0]), parts[1]) == 0;
}

static gboolean
check_needs (JsonNode *thing, const StokerJsonPlace *place, GError **error)
{
  StokerMembers needs = stoker_members_of (stoker_rule_get (thing, "needs"));

  while (stoker_members_next (&needs))
    for (guint i = 0; is_told (place, needs.name) && i < stoker_rule_count (needs.value); i++)
      {
        JsonNode *name = stoker_rule_nth (needs.value, i);
        StokerJsonPlace needed = stoker_json_member (place, json_node_get_string (name));

        if (!stoker_json_is_present (&needed))
          return stoker_json_fail (error, &needed, "is missing: %s needs it", needs.name);
      }

  return TRUE;
}

/* What cannot be told of one member alone. */
static gboolean
check_together (JsonNode *thing, const StokerJsonPlace *place, GError **error)
{
  JsonNode *one_of = stoker_rule_get (thing, "one_of");
  JsonNode *apart = stoker_rule_get (thing, "apart");
  g_autofree char *choice = join (one_of);
  g_autofree char *strangers = join (apart);

  if (one_of != NULL && count_present (place, one_of) != 1)
    return stoker_json_fail (error, place, "expected exactly one of %s", choice);
  if (count_present (place, apart) > 1)
    return stoker_json_fail (error, place, "expected at most one of %s", strangers);

  return check_needs (thing, place, error);
}

/* The members there may be; a ! is no part of the name. */
static GStrv
list_names (JsonNode *members)
{
  StokerMembers at = stoker_members_of (members);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  while (stoker_members_next (&at))
    {
      g_autofree char *name = g_strndup (at.name, strcspn (at.name, "!"));

      g_strv_builder_add (names, name);
    }

  return g_strv_builder_end (names);
}

static gboolean
check_object (const StokerJsonShape *self,
              JsonNode *thing,
              const StokerJsonPlace *place,
              GError **error)
{
  JsonNode *members = stoker_rule_get (thing, "members");
  StokerMembers at = stoker_members_of (members);
  g_auto (GStrv) names = list_names (members);

  if (!stoker_json_expect_known_members (place, (const char *const *) names, error))
    return FALSE;
  for (guint i = 0; stoker_members_next (&at); i++)
    {
      StokerJsonPlace member = stoker_json_member (place, names[i]);

      if (!stoker_json_is_present (&member) && g_str_has_suffix (at.name, "!"))
        return stoker_json_fail (error, &member, "%s is missing", names[i]);
      if (stoker_json_is_present (&member) && !check_type (self, at.value, &member, error))
        return FALSE;
    }

  return check_together (thing, place, error);
}

static gboolean
check_choice (const StokerJsonShape *self,
              JsonNode *thing,
              const StokerJsonPlace *place,
              GError **error)
{
  const char *expected = stoker_rule_get_text (thing, "expected");
  JsonNode *other = stoker_rule_get (thing, "else");

  if (stoker_rule_is_object (place->node))
    return check_type (self, stoker_rule_get (thing, "object"), place, error);
  if (get_type (place) == G_TYPE_BOOLEAN && stoker_rule_get (thing, "boolean") != NULL)
    other = stoker_rule_get (thing, "boolean");
  if (expected == NULL)
    return check_type (self, other, place, error);

  return check_type (self, other, place, NULL) ||
         stoker_json_fail (error, place, "expected %s", expected);
}

static gboolean
check_thing (const StokerJsonShape *self,
             JsonNode *thing,
             const StokerJsonPlace *place,
             GError **error)
{
  const char *word = stoker_rule_is_text (place->node) ? json_node_get_string (place->node) : "";

  if (JSON_NODE_HOLDS_ARRAY (thing))
    return check_word (thing, place, word, error);
  if (stoker_rule_get (thing, "else") != NULL)
    return check_choice (self, thing, place, error);

  return check_object (self, thing, place, error);
}

/* Types */

static gboolean
check_range (const Type *type, const StokerJsonPlace *place, GError **error)
{
  double number = *type->max != '\0' ? json_node_get_double (place->node) : 0;

  if (*type->max == '\0')
    return TRUE;
  if (number < g_ascii_strtod (type->min, NULL))
    return stoker_json_fail (error, place, "must be at least %s", type->min);

  return number <= g_ascii_strtod (type->max, NULL) ||
         stoker_json_fail (error, place, "must be at most %s", type->max);
}

static gboolean
check_one (const StokerJsonShape *self,
           const Type *type,
           const StokerJsonPlace *place,
           GError **error)
{
  JsonNode *thing = stoker_rule_get (self->things, type->kind);
  const StokerJsonKind *kind = find_kind (own_kinds, type->kind);

  if (!stoker_json_is_present (place))
    return stoker_json_fail (error, place, "must not be null");
  if (thing != NULL)
    return check_thing (self, thing, place, error);
  if (kind == NULL)
    kind = find_kind (self->kinds, type->kind);
  g_return_val_if_fail (kind != NULL, FALSE);

  return kind->check (kind, place, self->user_data, error) && check_range (type, place, error);
}

static gboolean
check_list (const StokerJsonShape *self,
            const Type *type,
            const StokerJsonPlace *place,
            GError **error)
{
  if (!stoker_json_expect_array (place, MAX_ELEMENTS, error))
    return FALSE;
  for (guint i = 0; i < stoker_json_length (place); i++)
    {
      StokerJsonPlace element = stoker_json_element (place, i);

      if (!check_one (self, type, &element, error))
        return FALSE;
    }

  return !type->is_some || stoker_json_length (place) > 0 ||
         stoker_json_fail (error, place, "expected at least one");
}

static gboolean
check_map (const StokerJsonShape *self,
           const Type *type,
           const StokerJsonPlace *place,
           GError **error)
{
  StokerMembers at = stoker_members_of (place->node);
  JsonNode *names = stoker_rule_get (self->things, type->names);
  guint count = 0;

  if (!stoker_json_expect_object (place, error))
    return FALSE;
  for (; stoker_members_next (&at); count++)
    {
      StokerJsonPlace member = stoker_json_member (place, at.name);

      if ((names != NULL && !check_word (names, &member, at.name, error)) ||
          !check_one (self, type, &member, error))
        return FALSE;
    }

  return !type->is_some || count > 0 || stoker_json_fail (error, place, "expected at least one");
}

static gboolean
check_type (const StokerJsonShape *self,
            JsonNode *type,
            const StokerJsonPlace *place,
            GError **error)
{
  g_auto (Type) parsed = { 0 };
  gboolean is_array = JSON_NODE_HOLDS_ARRAY (place->node);

  if (!stoker_rule_is_text (type))
    return check_thing (self, type, place, error);
  parsed = parse_type (json_node_get_string (type));
  if (*parsed.form == '{')
    return check_map (self, &parsed, place, error);
  if (*parsed.form == '[' || (*parsed.form == '*' && is_array))
    return check_list (self, &parsed, place, error);

  return check_one (self, &parsed, place, error);
}

/**
 * stoker_json_shape_check:
 * @thing: what it must be
 *
 * Returns: whether the value at @place is that; else %FALSE with %STOKER_ERROR_CONFIG naming file,
 * path and mistake
 */
gboolean
stoker_json_shape_check (const StokerJsonShape *self,
                         const char *thing,
                         const StokerJsonPlace *place,
                         GError **error)
{
  return check_thing (self, stoker_rule_get (self->things, thing), place, error);
}
