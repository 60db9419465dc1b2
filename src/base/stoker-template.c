/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-template.h"

#include "stoker-error.h"
#include "stoker-json-print-private.h"
#include "stoker-json.h"

#include <string.h>

/* How a value is put into a text. */
typedef enum {
  INSERT_PLAIN,
  INSERT_URI,
} Insertion;

typedef struct
{
  StokerTemplateLookup lookup;
  gpointer user_data;
} Source;

static gboolean
set_unterminated_error (const char *text, GError **error)
{
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "\"%s\": ${ without its }", text);

  return FALSE;
}

static void
set_absent_error (const char *name, GError **error)
{
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "${%s} has no value", name);
}

/* The literal default is read as JSON when it is a number, true, false, null or a quoted string,
 * else it is text. */
static JsonNode *
decode_default (const char *literal)
{
  g_autoptr (JsonNode) node = NULL;

  if (*literal != '\0')
    node = stoker_json_parse (literal, -1, "default", NULL);
  if (node != NULL && (JSON_NODE_HOLDS_VALUE (node) || JSON_NODE_HOLDS_NULL (node)))
    return g_steal_pointer (&node);

  return json_node_init_string (json_node_alloc (), literal);
}

/* @expression is what stands between the braces: `name` or `name|default`. Gives its name for
 * messages. */
static JsonNode *
look_up (const Source *source, const char *expression, char **name)
{
  const char *bar = strchr (expression, '|');
  JsonNode *node = NULL;

  *name = bar != NULL ? g_strndup (expression, (gsize) (bar - expression)) : g_strdup (expression);
  node = source->lookup (*name, source->user_data);
  if (node == NULL && bar != NULL)
    node = decode_default (bar + 1);

  return node;
}

static char *
number_to_string (JsonNode *node)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  stoker_json_format_double (json_node_get_double (node), text, sizeof text);

  return g_strdup (text);
}

/* Gives NULL for null, which has no form in a text. */
static char *
value_to_string (JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (!JSON_NODE_HOLDS_VALUE (node))
    return stoker_json_to_string (node, FALSE);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");

  return number_to_string (node);
}

/* Whether @text leads elsewhere as a path of several parts, or as one part whose slashes are
 * encoded. */
static gboolean
goes_up (const char *text, gboolean keeps_slashes)
{
  g_auto (GStrv) segments = g_strsplit (text, "/", keeps_slashes ? -1 : 1);

  return g_strv_contains ((const char *const *) segments, "..") ||
         g_strv_contains ((const char *const *) segments, ".");
}

static gboolean
append_value (
  const Source *source, const char *expression, Insertion insertion, GString *out, GError **error)
{
  gboolean keeps_slashes = *expression == '+';
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = look_up (source, expression + keeps_slashes, &name);

  if (node != NULL)
    text = value_to_string (node);
  if (text == NULL)
    {
      set_absent_error (name, error);
      return FALSE;
    }
  if (insertion == INSERT_URI && (keeps_slashes || strchr (out->str, '?') == NULL) &&
      goes_up (text, keeps_slashes))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "${%s} must not go up in the path",
                   name);
      return FALSE;
    }
  if (insertion == INSERT_URI)
    g_string_append_uri_escaped (out, text, keeps_slashes ? "/" : NULL, FALSE);
  else
    g_string_append (out, text);

  return TRUE;
}

static char *
expand (const char *text, const Source *source, Insertion insertion, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0';)
    {
      g_autofree char *expression = NULL;
      const char *end = NULL;

      if (p[0] != '$' || (p[1] != '$' && p[1] != '{'))
        {
          g_string_append_c (out, *p++);
          continue;
        }
      if (p[1] == '$')
        {
          g_string_append_c (out, '$');
          p += 2;
          continue;
        }
      end = strchr (p, '}');
      if (end == NULL)
        {
          set_unterminated_error (text, error);
          return NULL;
        }
      expression = g_strndup (p + 2, (gsize) (end - p - 2));
      if (!append_value (source, expression, insertion, out, error))
        return NULL;
      p = end + 1;
    }

  return g_strdup (out->str);
}

/**
 * stoker_template_expand:
 * @text: a text with `${name}` or `${name|default}` in it; `$$` stands for a dollar
 * @lookup: gives the value of a name
 *
 * Returns: (transfer full) (nullable): @text with the values in; %NULL with %STOKER_ERROR_CONFIG
 * naming the first name that has none
 */
char *
stoker_template_expand (const char *text,
                        StokerTemplateLookup lookup,
                        gpointer user_data,
                        GError **error)
{
  Source source = { lookup, user_data };

  return expand (text, &source, INSERT_PLAIN, error);
}

/**
 * stoker_template_expand_uri:
 * @text: an address with `${name}` in it
 * @lookup: gives the value of a name
 *
 * As stoker_template_expand(), but each value is percent-encoded, so that it can change neither
 * path nor query. The slashes of `${+name}` stay: it is a path of several parts. No part of a path
 * may be `.` or `..`.
 *
 * Returns: (transfer full) (nullable): the address; %NULL with %STOKER_ERROR_CONFIG
 */
char *
stoker_template_expand_uri (const char *text,
                            StokerTemplateLookup lookup,
                            gpointer user_data,
                            GError **error)
{
  Source source = { lookup, user_data };

  return expand (text, &source, INSERT_URI, error);
}

/* Gives what stands between the braces when the whole text is one `${…}`. */
static char *
get_sole_expression (const char *text)
{
  const char *end = strchr (text, '}');

  if (!g_str_has_prefix (text, "${") || end == NULL || end[1] != '\0')
    return NULL;

  return g_strndup (text + 2, (gsize) (end - text - 2));
}

static JsonNode *
expand_node (JsonNode *node, const Source *source, gboolean *is_absent, GError **error);

static JsonNode *
expand_string (const char *text, const Source *source, gboolean *is_absent, GError **error)
{
  g_autofree char *expression = get_sole_expression (text);
  g_autofree char *name = NULL;
  g_autofree char *expanded = NULL;
  JsonNode *value = NULL;

  if (expression == NULL)
    {
      expanded = expand (text, source, INSERT_PLAIN, error);
      return expanded != NULL ? json_node_init_string (json_node_alloc (), expanded) : NULL;
    }

  value = look_up (source, expression, &name);
  if (value != NULL)
    return value;
  *is_absent = TRUE;
  set_absent_error (name, error);

  return NULL;
}

/* Tells an absent value, which is dropped, from a mistake, which goes up. */
static gboolean
expand_child (JsonNode *child, const Source *source, JsonNode **value, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_absent = FALSE;

  *value = expand_node (child, source, &is_absent, &local_error);
  if (*value != NULL || is_absent)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static JsonNode *
expand_object (JsonObject *object, const Source *source, GError **error)
{
  g_autoptr (JsonObject) expanded = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *child = NULL;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &child))
    {
      JsonNode *value = NULL;

      if (!expand_child (child, source, &value, error))
        return NULL;
      if (value != NULL)
        json_object_set_member (expanded, name, value);
    }

  return json_node_init_object (json_node_alloc (), expanded);
}

static JsonNode *
expand_array (JsonArray *array, const Source *source, GError **error)
{
  g_autoptr (JsonArray) expanded = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *value = NULL;

      if (!expand_child (json_array_get_element (array, i), source, &value, error))
        return NULL;
      if (value != NULL)
        json_array_add_element (expanded, value);
    }

  return json_node_init_array (json_node_alloc (), expanded);
}

/* Recurses no deeper than the document, which stoker_json_parse() limits. */
static JsonNode *
expand_node (JsonNode *node, const Source *source, gboolean *is_absent, GError **error)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return expand_object (json_node_get_object (node), source, error);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return expand_array (json_node_get_array (node), source, error);
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return expand_string (json_node_get_string (node), source, is_absent, error);

  return json_node_copy (node);
}

/**
 * stoker_template_expand_json:
 * @body: a tree whose strings may have `${name}` in them
 * @lookup: gives the value of a name
 *
 * Expands every string of @body. One that is exactly `${name}` becomes the JSON value of that name;
 * when there is none, the member or element is dropped. The default of an exact `${name|default}`
 * is read as JSON when it is a number, `true`, `false`, `null` or a quoted string, else it is text.
 *
 * Returns: (transfer full) (nullable): a new tree; %NULL with %STOKER_ERROR_CONFIG when a name
 * inside a longer text, or the whole body, has no value
 */
JsonNode *
stoker_template_expand_json (JsonNode *body,
                             StokerTemplateLookup lookup,
                             gpointer user_data,
                             GError **error)
{
  Source source = { lookup, user_data };
  gboolean is_absent = FALSE;

  return expand_node (body, &source, &is_absent, error);
}
