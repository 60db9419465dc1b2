/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-operation.h"

#include "stoker-data-url.h"
#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-parameter.h"
#include "stoker-value-rule.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define DATA_SCHEME "data:"
#define PLACE_SEPARATOR "/"

/**
 * stoker_operation_fill_payload:
 *
 * Puts the defaults of typed parameters into the payload, where they are like all others; one of
 * them, such as the model, may say which others there are.
 */
void
stoker_operation_fill_payload (JsonNode *operation, StokerScope *scope)
{
  JsonNode *parameters = stoker_rule_get (operation, "parameters");

  for (guint pass = 0; pass < 2 && parameters != NULL; pass++)
    {
      g_autoptr (JsonNode) payload = stoker_scope_get (scope, "job.payload");

      if (payload != NULL)
        stoker_scope_set_payload (scope, stoker_parameters_fill (scope, parameters, payload));
    }
}

/* What people know of `config.a|config.b`: a / b. */
static char *
show_needs (const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names, "|", -1);

  g_autoptr (GString) shown = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *dot = strrchr (parts[i], '.');

      g_string_append_printf (shown, "%s%s", i > 0 ? " / " : "", dot != NULL ? dot + 1 : parts[i]);
    }

  return g_strdup (shown->str);
}

static void
set_need_error (const StokerScope *scope, const char *name, GError **error)
{
  const char *provider = stoker_scope_get_profile (scope)->name;
  g_autofree char *shown = show_needs (name);

  if (g_str_has_prefix (name, "secret."))
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_AUTH, _ ("there is no key for %s yet; add one"),
                 provider);
  else if (g_str_equal (name, "job.payload"))
    g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                         _ ("the workload has no payload to send"));
  else if (g_str_has_prefix (name, "config."))
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("fill in \"%s\" in the settings of %s first"), shown, provider);
  else
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s: no %s is known", provider, shown);
}

/* `a|b` wants one of the two. */
static gboolean
has_one_of (const StokerScope *scope, const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names, "|", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *text = stoker_scope_dup_text (scope, parts[i]);

      if (text != NULL && *text != '\0')
        return TRUE;
    }

  return FALSE;
}

/**
 * stoker_operation_check_parameters:
 *
 * Those of a job are in its payload, those of an action are what it was given.
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG naming the parameter that the operation does not take
 */
gboolean
stoker_operation_check_parameters (JsonNode *operation, const StokerScope *scope, GError **error)
{
  JsonNode *parameters = stoker_rule_get (operation, "parameters");
  JsonNode *input = stoker_rule_get (scope->told, "input");
  g_autoptr (JsonNode) payload = stoker_scope_get (scope, "job.payload");

  if (input != NULL)
    return stoker_parameters_check (scope, parameters, input, error);
  if (stoker_parameters_check (scope, parameters, payload, error))
    return TRUE;
  /* Where it stands in the workload. */
  g_prefix_error (error, "payload: ");
  return FALSE;
}

/**
 * stoker_operation_check_needs:
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG or %STOKER_ERROR_AUTH naming the first thing that the
 * operation cannot do without and nobody told, or the parameter that it does not take
 */
gboolean
stoker_operation_check_needs (JsonNode *operation, const StokerScope *scope, GError **error)
{
  JsonNode *needs = stoker_rule_get (operation, "needs");

  for (guint i = 0; i < stoker_rule_count (needs); i++)
    {
      JsonNode *need = stoker_rule_nth (needs, i);
      const char *names = stoker_rule_is_text (need) ? json_node_get_string (need)
                                                     : stoker_rule_get_text (need, "name");

      if (!stoker_conditions_hold (stoker_rule_get (need, "when"), scope) ||
          has_one_of (scope, names))
        continue;
      set_need_error (scope, names, error);
      return FALSE;
    }

  return stoker_operation_check_parameters (operation, scope, error);
}

static void
add_element (JsonArray *elements, JsonNode *element)
{
  if (!JSON_NODE_HOLDS_NULL (element))
    json_array_add_element (elements, json_node_copy (element));
}

/* `a, b` is two elements. */
static void
add_texts (JsonArray *elements, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      json_array_add_string_element (elements, parts[i]);
}

static JsonObject *
add_named_element (JsonArray *elements, const char *name, JsonNode *value)
{
  JsonObject *element = json_object_new ();

  json_object_set_string_member (element, "name", name);
  json_object_set_member (element, "value", json_node_copy (value));
  json_array_add_object_element (elements, element);

  return element;
}

/* A member is a thing with `name` and `value`. */
static void
add_members (JsonArray *elements, JsonNode *list)
{
  StokerMembers at = stoker_members_of (list);

  while (stoker_members_next (&at))
    add_named_element (elements, at.name, at.value);
}

/* What a data: address holds, as Base64; most of them have it so. */
static char *
encode_file (const char *address)
{
  const char *comma = strchr (address, ',');
  g_autofree char *head = comma != NULL ? g_strndup (address, (gsize) (comma - address)) : NULL;
  g_autofree char *type = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (head != NULL && g_str_has_suffix (head, ";base64"))
    return g_strdup (comma + 1);
  bytes = stoker_data_url_decode (address, &type, NULL);

  return bytes != NULL ? g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : NULL;
}

/* `data:image/png;base64,…` is an `image/png`. */
static void
add_file (JsonArray *elements, const char *place, JsonNode *file)
{
  const char *address = json_node_get_string (file);
  const char *type = address + strlen (DATA_SCHEME);
  const char *slash = strrchr (place, *PLACE_SEPARATOR);
  g_autofree char *owner = g_strndup (place, slash != NULL ? (gsize) (slash - place) : 0);
  g_autofree char *name = g_strndup (type, strcspn (type, ";,"));
  g_autofree char *data = encode_file (address);
  JsonObject *element = add_named_element (elements, place, file);

  json_object_set_string_member (element, "type", name);
  json_object_set_string_member (element, "owner", owner);
  if (data != NULL)
    json_object_set_string_member (element, "data", data);
}

/* Every data: address in @node, by the place where it is. */
static void
add_files (JsonArray *elements, JsonNode *node, const char *place)
{
  StokerMembers at = stoker_members_of (node);

  if (stoker_rule_is_text (node) && *place != '\0' &&
      g_ascii_strncasecmp (json_node_get_string (node), DATA_SCHEME, strlen (DATA_SCHEME)) == 0)
    add_file (elements, place, node);
  while (stoker_members_next (&at))
    {
      g_autofree char *inner = g_strconcat (place, *place != '\0' ? PLACE_SEPARATOR : "", at.name,
                                            NULL);

      add_files (elements, at.value, inner);
    }
  for (guint i = 0; JSON_NODE_HOLDS_ARRAY (node) && i < stoker_rule_count (node); i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s" PLACE_SEPARATOR "%u", place, i);

      add_files (elements, stoker_rule_nth (node, i), inner);
    }
}

/**
 * stoker_step_list_elements:
 * @each: the rule
 *
 * Returns: (transfer full): an array of what a step is done for: matches in the last answer, the
 * elements of a list or members of an object, a text being a list with commas, or the files in a
 * tree
 */
JsonNode *
stoker_step_list_elements (JsonNode *each, GPtrArray *answers, const StokerScope *scope)
{
  JsonNode *in = stoker_rule_get (each, "in");
  JsonNode *of = stoker_rule_get (each, "of");
  JsonNode *files = stoker_rule_get (each, "files");
  g_autoptr (JsonArray) elements = json_array_new ();
  g_autoptr (JsonNode) list = NULL;

  for (guint i = 0; in != NULL && i < answers->len; i++)
    {
      g_autoptr (JsonNode)
        matches = stoker_manifest_match (scope->manifest, in, g_ptr_array_index (answers, i));

      for (guint n = 0; n < stoker_rule_count (matches); n++)
        add_element (elements, stoker_rule_nth (matches, n));
    }
  if (of != NULL || files != NULL)
    list = stoker_scope_expand_tree (scope, of != NULL ? of : files, NULL);
  if (files != NULL && list != NULL)
    add_files (elements, list, "");
  else if (stoker_rule_is_text (list))
    add_texts (elements, json_node_get_string (list));
  else if (stoker_rule_is_object (list))
    add_members (elements, list);
  else
    for (guint n = 0; n < stoker_rule_count (list); n++)
      add_element (elements, stoker_rule_nth (list, n));

  return json_node_init_array (json_node_alloc (), elements);
}

static JsonNode *replace_at (JsonNode *node, char **path, JsonNode *value);

static JsonNode *
replace_member (JsonNode *node, char **path, JsonNode *value)
{
  g_autoptr (JsonObject) object = json_object_new ();
  StokerMembers at = stoker_members_of (node);

  while (stoker_members_next (&at))
    json_object_set_member (object, at.name,
                            g_str_equal (at.name, *path) ? replace_at (at.value, path + 1, value)
                                                         : json_node_copy (at.value));
  if (path[1] == NULL)
    json_object_set_member (object, *path, json_node_copy (value));

  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
replace_element (JsonNode *node, char **path, JsonNode *value)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < stoker_rule_count (node); i++)
    {
      g_autofree char *index = g_strdup_printf ("%u", i);
      JsonNode *old = stoker_rule_nth (node, i);

      json_array_add_element (array, g_str_equal (index, *path) ? replace_at (old, path + 1, value)
                                                                : json_node_copy (old));
    }

  return json_node_init_array (json_node_alloc (), array);
}

/* A copy of @node in which @value stands at @path. */
static JsonNode *
replace_at (JsonNode *node, char **path, JsonNode *value)
{
  if (*path == NULL)
    return json_node_copy (value);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return replace_member (node, path, value);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return replace_element (node, path, value);

  return json_node_copy (node);
}

/**
 * stoker_step_set_values:
 * @step: a step that sends nothing
 *
 * Returns: %FALSE with @error set when one of its values cannot be taken
 */
gboolean
stoker_step_set_values (JsonNode *step, StokerScope *scope, GError **error)
{
  if (!stoker_takes_apply (stoker_rule_get (step, "take"), NULL, NULL, scope, error))
    return FALSE;
  stoker_step_put (step, scope);

  return TRUE;
}

/**
 * stoker_step_put:
 * @step: a step that was done
 *
 * Changes the member of the payload that `put` of @step names, or what is at that place in it. The
 * job goes on having what it had: it may be sent again, or be looked for.
 */
void
stoker_step_put (JsonNode *step, StokerScope *scope)
{
  JsonNode *put = stoker_rule_get (step, "put");
  g_autoptr (JsonNode) payload = NULL;
  g_autoptr (JsonNode) value = NULL;
  g_autofree char *name = NULL;
  g_auto (GStrv) path = NULL;

  if (put == NULL)
    return;
  payload = stoker_scope_get (scope, "job.payload");
  name = stoker_scope_expand (scope, stoker_rule_get_text (put, "name"), NULL);
  value = stoker_scope_expand_tree (scope, stoker_rule_get (put, "value"), NULL);
  if (payload == NULL || name == NULL || value == NULL || !JSON_NODE_HOLDS_OBJECT (payload))
    return;
  path = g_strsplit (name, PLACE_SEPARATOR, stoker_rule_get (payload, name) != NULL ? 1 : -1);
  stoker_scope_set_payload (scope, replace_at (payload, path, value));
}
