/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-schema.h"

#include "stoker-json-write.h"
#include "stoker-rule.h"
#include "stoker-value.h"

#include <string.h>

/* Nobody fills in a form that is longer. */
#define MAX_PARAMETERS 200
#define MAX_CHOICES 500
#define MAX_NAME_BYTES 100
#define MAX_TEXT_CHARS 240
#define MAX_REFERENCES 8

/* A schema that is several in one: looked at from the outside to the inside. */
typedef struct
{
  JsonNode *layers[MAX_REFERENCES];
  guint n_layers;
  gboolean is_union; /* it may be of several types */
} Layers;

static JsonNode *
follow_reference (JsonNode *schema, JsonNode *schemas)
{
  const char *reference = stoker_rule_get_text (schema, "$ref");
  const char *slash = reference != NULL ? strrchr (reference, '/') : NULL;

  return slash != NULL ? stoker_rule_get (schemas, slash + 1) : NULL;
}

static gboolean
is_null (JsonNode *schema)
{
  return g_strcmp0 (stoker_rule_get_text (schema, "type"), "null") == 0;
}

/* (nullable): the one that is not `null`, which says that it may be left out. */
static JsonNode *
find_variant (JsonNode *variants, gboolean *is_union)
{
  JsonNode *found = NULL;
  guint count = 0;

  for (guint i = 0; i < stoker_rule_count (variants); i++)
    if (!is_null (stoker_rule_nth (variants, i)))
      {
        found = stoker_rule_nth (variants, i);
        count++;
      }
  *is_union = *is_union || count > 1;

  return count == 1 ? found : NULL;
}

static void
add_layers (Layers *self, JsonNode *schema, JsonNode *schemas)
{
  static const char *const unions[] = { "anyOf", "oneOf" };
  JsonNode *all = stoker_rule_get (schema, "allOf");
  JsonNode *target = NULL;

  if (!stoker_rule_is_object (schema) || self->n_layers == MAX_REFERENCES)
    return;
  self->layers[self->n_layers++] = schema;
  target = follow_reference (schema, schemas);
  if (target != NULL)
    add_layers (self, target, schemas);
  for (guint i = 0; i < stoker_rule_count (all); i++)
    add_layers (self, stoker_rule_nth (all, i), schemas);
  for (guint i = 0; i < G_N_ELEMENTS (unions); i++)
    add_layers (self, find_variant (stoker_rule_get (schema, unions[i]), &self->is_union), schemas);
}

/* (nullable): the member of the outermost that has it. */
static JsonNode *
find (const Layers *self, const char *name)
{
  for (guint i = 0; i < self->n_layers; i++)
    {
      JsonNode *member = stoker_rule_get (self->layers[i], name);

      if (member != NULL && !JSON_NODE_HOLDS_NULL (member))
        return member;
    }

  return NULL;
}

static const char *
find_text (const Layers *self, const char *name)
{
  JsonNode *member = find (self, name);

  return stoker_rule_is_text (member) ? json_node_get_string (member) : NULL;
}

/* `["string", "null"]` is a string that may be left out; two others are anything. */
static const char *
find_type (const Layers *self)
{
  JsonNode *type = find (self, "type");
  const char *found = NULL;

  for (guint i = 0; type != NULL && i < stoker_rule_count (type); i++)
    {
      JsonNode *one = stoker_rule_nth (type, i);
      const char *name = stoker_rule_is_text (one) ? json_node_get_string (one) : "null";

      if (g_str_equal (name, "null"))
        continue;
      if (found != NULL)
        return NULL;
      found = name;
    }

  return found;
}

static const char *
choose_type (const Layers *self)
{
  static const struct
  {
    const char *schema;
    const char *type;
  } types[] = {
    { "string", "text" },  { "integer", "integer" }, { "number", "number" },
    { "boolean", "flag" }, { "array", "list" },      { "object", "object" },
  };
  const char *type = self->is_union ? NULL : find_type (self);
  gboolean has_choices = find (self, "enum") != NULL;

  if (has_choices && (type == NULL || g_str_equal (type, "string")) && !self->is_union)
    return "choice";
  if (g_strcmp0 (type, "string") == 0 && g_strcmp0 (find_text (self, "format"), "uri") == 0)
    return "file";
  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].schema, type))
      return types[i].type;

  return "any";
}

/* On one line, and not too long. */
static void
add_text (JsonObject *rule, const char *name, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  g_autofree char *cut = valid != NULL
                           ? g_utf8_substring (valid, 0,
                                               MIN (g_utf8_strlen (valid, -1), MAX_TEXT_CHARS))
                           : NULL;

  if (cut == NULL || *g_strstrip (cut) == '\0')
    return;
  g_strdelimit (cut, "\r\n\t", ' ');
  json_object_set_string_member (rule, name, cut);
}

static void
add_number (JsonObject *rule, const char *name, const Layers *layers, const char *member)
{
  JsonNode *node = find (layers, member);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && !stoker_rule_is_text (node))
    json_object_set_member (rule, name, json_node_copy (node));
}

static void
add_limits (JsonObject *rule, const Layers *layers, const char *type)
{
  gboolean is_list = g_str_equal (type, "list");
  gboolean is_number = g_str_equal (type, "integer") || g_str_equal (type, "number");

  if (is_list || is_number)
    {
      add_number (rule, "min", layers, is_list ? "minItems" : "minimum");
      add_number (rule, "max", layers, is_list ? "maxItems" : "maximum");
    }
  if (is_number)
    add_number (rule, "multiple_of", layers, "multipleOf");
  if (g_str_equal (type, "text"))
    add_number (rule, "max_length", layers, "maxLength");
}

static void
add_choices (JsonObject *rule, JsonNode *choices)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < MIN (stoker_rule_count (choices), MAX_CHOICES); i++)
    if (JSON_NODE_HOLDS_VALUE (stoker_rule_nth (choices, i)))
      json_array_add_element (array, json_node_copy (stoker_rule_nth (choices, i)));
  if (json_array_get_length (array) > 0 && stoker_rule_count (choices) <= MAX_CHOICES)
    json_object_set_array_member (rule, "choices", g_steal_pointer (&array));
}

/* Only what a form can show: a number, a word, yes or no. */
static void
add_default (JsonObject *rule, JsonNode *value)
{
  g_autofree char *text = value != NULL && JSON_NODE_HOLDS_VALUE (value)
                            ? stoker_value_dup_text (value)
                            : NULL;

  if (text != NULL && *text != '\0')
    json_object_set_member (rule, "default", json_node_copy (value));
}

static JsonObject *
make_rule (const char *name, JsonNode *property, JsonNode *required, JsonNode *schemas)
{
  JsonObject *rule = json_object_new ();
  Layers layers = { { NULL }, 0, FALSE };
  const char *type = NULL;

  add_layers (&layers, property, schemas);
  type = choose_type (&layers);
  json_object_set_string_member (rule, "name", name);
  json_object_set_string_member (rule, "type", type);
  add_text (rule, "label", find_text (&layers, "title"));
  add_text (rule, "note", find_text (&layers, "description"));
  if (required != NULL && stoker_rule_lists (required, name))
    json_object_set_boolean_member (rule, "required", TRUE);
  if (layers.is_union)
    return rule;
  add_limits (rule, &layers, type);
  if (find (&layers, "enum") != NULL)
    add_choices (rule, find (&layers, "enum"));
  add_default (rule, find (&layers, "default"));

  return rule;
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer properties)
{
  double first = stoker_rule_get_number (stoker_rule_get (properties, *(const char *const *) a),
                                         "x-order", G_MAXINT);
  double second = stoker_rule_get_number (stoker_rule_get (properties, *(const char *const *) b),
                                          "x-order", G_MAXINT);

  return (first > second) - (first < second);
}

/* In the order that the service wants them shown in, where it tells one. */
static GPtrArray *
order_names (JsonNode *properties)
{
  GPtrArray *names = g_ptr_array_new ();
  StokerMembers at = stoker_members_of (properties);

  while (stoker_members_next (&at) && names->len < MAX_PARAMETERS)
    if (strlen (at.name) <= MAX_NAME_BYTES && stoker_rule_is_object (at.value))
      g_ptr_array_add (names, (gpointer) at.name);
  g_ptr_array_sort_with_data (names, compare_places, properties);

  return names;
}

/**
 * stoker_schema_to_parameters:
 * @schema: of an object: what a service takes
 * @schemas: (nullable): what a `$ref` is one of, by the last part of its path
 *
 * Reads names, types, choices, limits and defaults, as far as the language has them. What may be of
 * several types is of type `any`, which is not checked; what is not understood is left out, so that
 * nothing is refused that the service takes.
 *
 * Returns: (transfer full): an array of rules of parameters; empty when @schema tells of none
 */
JsonNode *
stoker_schema_to_parameters (JsonNode *schema, JsonNode *schemas)
{
  g_autoptr (JsonArray) rules = json_array_new ();
  Layers layers = { { NULL }, 0, FALSE };
  JsonNode *properties = NULL;
  g_autoptr (GPtrArray) names = NULL;

  add_layers (&layers, schema, schemas);
  properties = find (&layers, "properties");
  names = order_names (properties);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      json_array_add_object_element (rules, make_rule (name, stoker_rule_get (properties, name),
                                                       find (&layers, "required"), schemas));
    }

  return json_node_init_array (json_node_alloc (), rules);
}
