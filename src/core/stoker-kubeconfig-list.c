/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-kubeconfig.h"

#include "stoker-json.h"
#include "stoker-rule.h"
#include "stoker-small-file.h"
#include "stoker-wipe.h"
#include "stoker-yaml.h"

#include <string.h>

#define MAX_FILE_BYTES (1024 * 1024)

static gboolean
has_named (JsonNode *list, const char *name)
{
  for (guint i = 0; i < stoker_rule_count (list); i++)
    if (g_strcmp0 (stoker_rule_get_text (stoker_rule_nth (list, i), "name"), name) == 0)
      return TRUE;

  return FALSE;
}

/* Names of files in @thing begin at @folder; merged, nobody would know any more. */
static void
root_files (JsonNode *thing, const char *folder)
{
  static const char *const members[] = { "certificate-authority", "client-certificate",
                                         "client-key", "tokenFile" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *file = stoker_rule_get_text (thing, members[i]);
      g_autofree char *whole = file != NULL ? g_canonicalize_filename (file, folder) : NULL;

      if (whole != NULL)
        json_object_set_string_member (json_node_get_object (thing), members[i], whole);
    }
}

/* The first that says something of a name is the one. */
static void
merge_list (JsonNode *all, JsonNode *file, const char *list, const char *folder)
{
  JsonNode *known = stoker_rule_get (all, list);
  JsonNode *more = stoker_rule_get (file, list);

  for (guint i = 0; i < stoker_rule_count (more); i++)
    {
      JsonNode *element = stoker_rule_nth (more, i);

      if (has_named (known, stoker_rule_get_text (element, "name")))
        continue;
      root_files (stoker_rule_get (element, "cluster"), folder);
      root_files (stoker_rule_get (element, "user"), folder);
      json_array_add_element (json_node_get_array (known), json_node_copy (element));
    }
}

static gboolean
merge_file (JsonNode *all, const char *path, GError **error)
{
  static const char *const lists[] = { "clusters", "contexts", "users" };
  g_autofree char *folder = g_path_get_dirname (path);
  gsize length = 0;
  char *text = stoker_small_file_read (path, MAX_FILE_BYTES, &length, error);
  g_autoptr (JsonNode) file = NULL;
  const char *current = NULL;

  if (text == NULL)
    return FALSE;
  file = stoker_yaml_parse (text, length, path, error);
  stoker_wipe_free (text);
  if (file == NULL)
    return FALSE;
  current = stoker_rule_get_text (file, "current-context");
  if (current != NULL && *current != '\0' && stoker_rule_get (all, "current-context") == NULL)
    json_object_set_string_member (json_node_get_object (all), "current-context", current);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    merge_list (all, file, lists[i], folder);

  return TRUE;
}

static JsonNode *
begin_merging (void)
{
  g_autoptr (JsonObject) all = json_object_new ();

  json_object_set_array_member (all, "clusters", json_array_new ());
  json_object_set_array_member (all, "contexts", json_array_new ());
  json_object_set_array_member (all, "users", json_array_new ());

  return json_node_init_object (json_node_alloc (), all);
}

/* Files that are not there are passed over, unless none is. */
static char *
read_several (const char *const *paths, gsize *length, GError **error)
{
  g_autoptr (JsonNode) all = begin_merging ();
  guint count = 0;
  char *text = NULL;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *path = stoker_small_file_expand (paths[i]);

      if (*path == '\0' || !g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      if (!merge_file (all, path, error))
        return NULL;
      count++;
    }
  if (count == 0)
    return stoker_small_file_read (paths[0], MAX_FILE_BYTES, length, error);
  text = stoker_json_to_string (all, FALSE);
  *length = strlen (text);

  return text;
}

/**
 * stoker_kubeconfig_read:
 * @paths: a file, or several with colons between them as KUBECONFIG names them, each of which may
 *   begin with `~/`
 * @length: (out): of the text
 *
 * Several are merged as kubectl does: of each cluster, context and user, and of the current
 * context, the first file that has it tells.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/, read on
 * 2026-11-21. Blocks: for threads.
 *
 * Returns: (transfer full) (nullable): the text of the file, or of what they say together, to be
 * overwritten when freed; %NULL with @error set when it cannot be read
 */
char *
stoker_kubeconfig_read (const char *paths, gsize *length, GError **error)
{
  g_autofree char *whole = stoker_small_file_expand (paths);
  g_auto (GStrv) parts = g_strsplit (paths, G_SEARCHPATH_SEPARATOR_S, -1);

  if (g_strv_length (parts) > 1 && !g_file_test (whole, G_FILE_TEST_EXISTS))
    return read_several ((const char *const *) parts, length, error);

  return stoker_small_file_read (whole, MAX_FILE_BYTES, length, error);
}
