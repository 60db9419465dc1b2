/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-json.h"

#define MAX_ERROR_CHARS 300

/**
 * stoker_json_root:
 * @node: the document
 * @name: (nullable): name of its file for messages
 *
 * Returns: the place of the whole document
 */
StokerJsonPlace
stoker_json_root (JsonNode *node, const char *name)
{
  StokerJsonPlace root = { .name = name, .node = node };

  return root;
}

/**
 * stoker_json_member:
 * @parent: a place
 * @name: name of a member
 *
 * Returns: the place of that member, absent when @parent is no object or lacks it
 */
StokerJsonPlace
stoker_json_member (const StokerJsonPlace *parent, const char *name)
{
  StokerJsonPlace place = { .parent = parent, .name = name };

  if (parent->node != NULL && JSON_NODE_HOLDS_OBJECT (parent->node))
    place.node = json_object_get_member (json_node_get_object (parent->node), name);

  return place;
}

/**
 * stoker_json_element:
 * @parent: a place
 * @index: position in its array
 *
 * Returns: the place of that element, absent when @parent is no array or shorter
 */
StokerJsonPlace
stoker_json_element (const StokerJsonPlace *parent, guint index)
{
  StokerJsonPlace place = { .parent = parent, .index = index };

  if (index < stoker_json_length (parent))
    place.node = json_array_get_element (json_node_get_array (parent->node), index);

  return place;
}

/**
 * stoker_json_is_present:
 * @place: a place
 *
 * Returns: whether there is a value other than null
 */
gboolean
stoker_json_is_present (const StokerJsonPlace *place)
{
  return place->node != NULL && !JSON_NODE_HOLDS_NULL (place->node);
}

/**
 * stoker_json_length:
 * @place: a place
 *
 * Returns: how many elements the array there has, 0 when there is none
 */
guint
stoker_json_length (const StokerJsonPlace *place)
{
  if (place->node == NULL || !JSON_NODE_HOLDS_ARRAY (place->node))
    return 0;

  return json_array_get_length (json_node_get_array (place->node));
}

/**
 * stoker_json_list_members:
 * @place: a place
 *
 * Returns: (transfer full): the names of the members of the object there, in its order; empty when
 * there is none
 */
GStrv
stoker_json_list_members (const StokerJsonPlace *place)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GList) names = NULL;

  if (place->node != NULL && JSON_NODE_HOLDS_OBJECT (place->node))
    names = json_object_get_members (json_node_get_object (place->node));
  for (GList *name = names; name != NULL; name = name->next)
    g_strv_builder_add (builder, name->data);

  return g_strv_builder_end (builder);
}

static gboolean
is_plain_name (const char *name)
{
  if (!g_ascii_isalpha (*name) && *name != '_')
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '_' && *p != '-')
      return FALSE;

  return TRUE;
}

static char *
quote_name (const char *name)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), name);

  return json_to_string (node, FALSE);
}

static char *
step_to_string (const StokerJsonPlace *place)
{
  g_autofree char *quoted = NULL;

  if (place->name == NULL)
    return g_strdup_printf ("[%u]", place->index);
  if (is_plain_name (place->name))
    return g_strdup_printf (".%s", place->name);
  quoted = quote_name (place->name);

  return g_strdup_printf ("[%s]", quoted);
}

/**
 * stoker_json_place_to_string:
 * @place: a place
 *
 * Returns: (transfer full): the way to it as in `workload.json: $.assets[2].size_mb`
 */
char *
stoker_json_place_to_string (const StokerJsonPlace *place)
{
  g_autoptr (GString) path = g_string_new (NULL);
  const StokerJsonPlace *step = place;

  for (; step->parent != NULL; step = step->parent)
    {
      g_autofree char *text = step_to_string (step);

      g_string_prepend (path, text);
    }
  g_string_prepend_c (path, '$');
  if (step->name != NULL)
    {
      g_string_prepend (path, ": ");
      g_string_prepend (path, step->name);
    }

  return g_strdup (path->str);
}

/* A document can hold a name or value of any length; an error is one line that people read. */
static char *
shorten (const char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_ERROR_CHARS)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, MAX_ERROR_CHARS);
  return g_strconcat (start, "…", NULL);
}

static void
set_error (GError **error, const StokerJsonPlace *place, const char *message)
{
  g_autofree char *path = stoker_json_place_to_string (place);
  g_autofree char *short_path = shorten (path);
  g_autofree char *short_message = shorten (message);

  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s: %s", short_path, short_message);
}

/**
 * stoker_json_set_error:
 * @place: where the mistake is
 * @format: what is wrong, lower-case and without a full stop
 *
 * Sets %STOKER_ERROR_CONFIG with a message that names file, path and mistake.
 */
void
stoker_json_set_error (GError **error, const StokerJsonPlace *place, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  set_error (error, place, message);
}

/**
 * stoker_json_fail:
 * @place: where the mistake is
 * @format: what is wrong, lower-case and without a full stop
 *
 * As stoker_json_set_error(), for a check to return.
 *
 * Returns: %FALSE
 */
gboolean
stoker_json_fail (GError **error, const StokerJsonPlace *place, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  set_error (error, place, message);

  return FALSE;
}
