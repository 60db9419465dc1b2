/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-manifest-private.h"

#include <string.h>

#define MAX_ELEMENTS 100

static JsonPath *
compile_path (const StokerJsonPlace *place, GError **error)
{
  g_autoptr (JsonPath) path = json_path_new ();
  g_autoptr (GError) local_error = NULL;
  const char *text = NULL;

  if (place->node != NULL && JSON_NODE_HOLDS_VALUE (place->node))
    text = json_node_get_string (place->node);
  if (text == NULL)
    {
      stoker_json_set_error (error, place, "expected a JSONPath");
      return NULL;
    }
  if (!json_path_compile (path, text, &local_error))
    {
      stoker_json_set_error (error, place, "\"%s\" is no JSONPath: %s", text, local_error->message);
      return NULL;
    }

  return g_steal_pointer (&path);
}

/* Reads an optional JSONPath. */
gboolean
stoker_manifest_get_path (const StokerJsonPlace *parent,
                          const char *name,
                          JsonPath **out,
                          GError **error)
{
  StokerJsonPlace place = stoker_json_member (parent, name);

  if (!stoker_json_is_present (&place))
    return TRUE;

  *out = compile_path (&place, error);
  return *out != NULL;
}

/* Reads an optional JSONPath, or an array of them. */
gboolean
stoker_manifest_get_paths (const StokerJsonPlace *parent,
                           const char *name,
                           GPtrArray **out,
                           GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_object_unref);
  StokerJsonPlace place = stoker_json_member (parent, name);
  gboolean is_array = place.node != NULL && JSON_NODE_HOLDS_ARRAY (place.node);
  guint length = is_array ? stoker_json_length (&place) : 1;

  if (!stoker_json_is_present (&place))
    return TRUE;

  for (guint i = 0; i < length; i++)
    {
      StokerJsonPlace element = stoker_json_element (&place, i);
      JsonPath *path = compile_path (is_array ? &element : &place, error);

      if (path == NULL)
        return FALSE;
      g_ptr_array_add (paths, path);
    }
  *out = g_steal_pointer (&paths);

  return TRUE;
}

/* Reads an optional regular expression; it never matches across a server's will for long: GRegex
 * limits its steps. */
gboolean
stoker_manifest_get_regex (const StokerJsonPlace *parent,
                           const char *name,
                           GRegex **out,
                           GError **error)
{
  g_autofree char *pattern = NULL;
  g_autoptr (GError) local_error = NULL;
  StokerJsonPlace place = stoker_json_member (parent, name);

  if (!stoker_json_get_string (parent, name, STOKER_JSON_OPTIONAL, &pattern, error))
    return FALSE;
  if (pattern == NULL)
    return TRUE;

  *out = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, &local_error);
  if (*out == NULL)
    stoker_json_set_error (error, &place, "%s", local_error->message);

  return *out != NULL;
}

/* Reads an optional array of HTTP statuses. */
gboolean
stoker_manifest_get_statuses (const StokerJsonPlace *parent,
                              const char *name,
                              GArray **out,
                              GError **error)
{
  g_autoptr (GArray) statuses = g_array_new (FALSE, FALSE, sizeof (guint));
  StokerJsonPlace place = { 0 };

  if (!stoker_json_get_array (parent, name, STOKER_JSON_OPTIONAL, MAX_ELEMENTS, &place, error))
    return FALSE;
  if (!stoker_json_is_present (&place))
    return TRUE;

  for (guint i = 0; i < stoker_json_length (&place); i++)
    {
      StokerJsonPlace element = stoker_json_element (&place, i);
      gint64 status = JSON_NODE_HOLDS_VALUE (element.node) ? json_node_get_int (element.node) : 0;
      guint value = (guint) status;

      if (status < 100 || status > 599)
        {
          stoker_json_set_error (error, &element, "expected an HTTP status");
          return FALSE;
        }
      g_array_append_val (statuses, value);
    }
  *out = g_steal_pointer (&statuses);

  return TRUE;
}

/* Reads the name of a StokerError. */
gboolean
stoker_manifest_get_code (
  const StokerJsonPlace *parent, const char *name, StokerJsonNeed need, int *out, GError **error)
{
  g_autofree char *text = NULL;
  StokerError code = STOKER_ERROR_FAILED;
  StokerJsonPlace place = stoker_json_member (parent, name);

  if (!stoker_json_get_string (parent, name, need, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (!stoker_error_code_from_string (text, &code))
    {
      stoker_json_set_error (error, &place, "\"%s\" is no error code", text);
      return FALSE;
    }
  *out = (int) code;

  return TRUE;
}

static gboolean
is_known_name (const char *name, StokerTemplatePlace kind)
{
  static const char *const roots[] = {
    "config.", "base.", "job.", "handle.", "step.", "provider."
  };

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    if (g_str_has_prefix (name, roots[i]))
      return TRUE;

  return (kind == STOKER_TEMPLATE_SECRET && g_str_has_prefix (name, "secret.")) ||
         (kind == STOKER_TEMPLATE_ERROR && g_str_has_prefix (name, "error.text"));
}

static gboolean
check_template (const StokerJsonPlace *place,
                const char *text,
                StokerTemplatePlace kind,
                GError **error)
{
  for (const char *p = strstr (text, "${"); p != NULL; p = strstr (p, "${"))
    {
      const char *end = strchr (p, '}');
      g_autofree char *name = end != NULL ? g_strndup (p + 2, (gsize) (end - p - 2)) : NULL;

      if (name == NULL)
        {
          stoker_json_set_error (error, place, "${ without its }");
          return FALSE;
        }
      if (!is_known_name (name, kind))
        {
          stoker_json_set_error (error, place, "${%s} is not a name that can be used here", name);
          return FALSE;
        }
      p = end;
    }

  return TRUE;
}

/* Checks the names in every string of a tree. */
gboolean
stoker_manifest_check_templates (const StokerJsonPlace *place,
                                 StokerTemplatePlace kind,
                                 GError **error)
{
  JsonObjectIter iter;
  const char *name = NULL;

  if (!stoker_json_is_present (place))
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (place->node))
    return json_node_get_value_type (place->node) != G_TYPE_STRING ||
           check_template (place, json_node_get_string (place->node), kind, error);

  for (guint i = 0; i < stoker_json_length (place); i++)
    {
      StokerJsonPlace element = stoker_json_element (place, i);

      if (!stoker_manifest_check_templates (&element, kind, error))
        return FALSE;
    }
  if (!JSON_NODE_HOLDS_OBJECT (place->node))
    return TRUE;
  json_object_iter_init_ordered (&iter, json_node_get_object (place->node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      StokerJsonPlace member = stoker_json_member (place, name);

      if (!stoker_manifest_check_templates (&member, kind, error))
        return FALSE;
    }

  return TRUE;
}

/* Reads a text with names in it. */
gboolean
stoker_manifest_get_template (const StokerJsonPlace *parent,
                              const char *name,
                              StokerJsonNeed need,
                              StokerTemplatePlace kind,
                              char **out,
                              GError **error)
{
  StokerJsonPlace place = stoker_json_member (parent, name);

  return stoker_json_get_string (parent, name, need, out, error) &&
         stoker_manifest_check_templates (&place, kind, error);
}

/* Reads an optional array whose elements @decode makes. */
gboolean
stoker_manifest_get_list (const StokerJsonPlace *parent,
                          const char *name,
                          StokerDecodeElement decode,
                          GPtrArray *out,
                          GError **error)
{
  StokerJsonPlace place = { 0 };

  if (!stoker_json_get_array (parent, name, STOKER_JSON_OPTIONAL, MAX_ELEMENTS, &place, error))
    return FALSE;
  for (guint i = 0; i < stoker_json_length (&place); i++)
    {
      StokerJsonPlace element = stoker_json_element (&place, i);
      gpointer made = decode (&element, error);

      if (made == NULL)
        return FALSE;
      g_ptr_array_add (out, made);
    }

  return TRUE;
}

/* Reads an optional object whose members @decode makes, in their order. */
gboolean
stoker_manifest_get_map (const StokerJsonPlace *parent,
                         const char *name,
                         StokerDecodeMember decode,
                         GPtrArray *out,
                         GError **error)
{
  StokerJsonPlace place = { 0 };
  JsonObjectIter iter;
  const char *member = NULL;

  if (!stoker_json_get_object (parent, name, STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;
  if (!stoker_json_is_present (&place))
    return TRUE;

  json_object_iter_init_ordered (&iter, json_node_get_object (place.node));
  while (json_object_iter_next_ordered (&iter, &member, NULL))
    {
      StokerJsonPlace child = stoker_json_member (&place, member);
      gpointer made = decode (&child, member, error);

      if (made == NULL)
        return FALSE;
      g_ptr_array_add (out, made);
    }

  return TRUE;
}
