/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-secret-store.h"

#include "stoker-error.h"
#include "stoker-json.h"

/* Reading of one file. */
typedef struct
{
  const StokerJsonPlace *place; /* of the object whose members are visited */
  StokerCatalog *catalog;       /* borrowed */
  StokerProfile *profile;       /* borrowed, nullable: whose fields are visited */
  GHashTable *tables;           /* borrowed: profile id → table */
  GHashTable *table;            /* borrowed, nullable: of the profile */
  GError *error; /* owned, nullable: the first mistake; what follows is passed over */
} Reading;

static gboolean
is_alias (const StokerProfile *profile, const char *name)
{
  if (g_ascii_strcasecmp (profile->id, name) == 0)
    return TRUE;
  for (guint i = 0; profile->secret_aliases != NULL && profile->secret_aliases[i] != NULL; i++)
    if (g_ascii_strcasecmp (profile->secret_aliases[i], name) == 0)
      return TRUE;
  return FALSE;
}

static StokerProfile *
find_profile (StokerCatalog *catalog, const char *name)
{
  GPtrArray *profiles = stoker_catalog_get_profiles (catalog);

  for (guint i = 0; i < profiles->len; i++)
    if (is_alias (g_ptr_array_index (profiles, i), name))
      return g_ptr_array_index (profiles, i);
  return NULL;
}

/* The value itself stays out of every message. An empty one is a form not filled in. */
static void
read_field (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  Reading *reading = user_data;
  StokerJsonPlace place = stoker_json_member (reading->place, name);
  g_autofree char *secret = NULL;

  if (reading->error != NULL)
    return;
  if (stoker_profile_find_field (reading->profile, name) == NULL)
    {
      stoker_json_set_error (&reading->error, &place, "%s has no such field", reading->profile->id);
      return;
    }
  if (!stoker_json_get_string (reading->place, name, STOKER_JSON_OPTIONAL, &secret,
                               &reading->error))
    return;
  if (secret != NULL && *secret != '\0')
    stoker_secret_table_put (reading->table, name, secret);
}

static void
read_provider (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  Reading *reading = user_data;
  StokerJsonPlace place = stoker_json_member (reading->place, name);
  Reading inner = *reading;

  if (reading->error != NULL)
    return;
  inner.place = &place;
  inner.profile = find_profile (reading->catalog, name);
  if (inner.profile == NULL)
    stoker_json_set_error (&reading->error, &place, "no provider of this name");
  else if (g_hash_table_contains (reading->tables, inner.profile->id))
    stoker_json_set_error (&reading->error, &place, "%s is told twice", inner.profile->id);
  else if (stoker_json_expect_object (&place, &reading->error))
    {
      inner.table = stoker_secret_table_new ();
      g_hash_table_insert (reading->tables, g_strdup (inner.profile->id), inner.table);
      json_object_foreach_member (json_node_get_object (node), read_field, &inner);
      reading->error = inner.error;
    }
}

/**
 * stoker_secrets_file_decode:
 * @node: the document: `{provider or alias: {field id: secret}}`
 * @file: what to call it in messages
 * @catalog: the providers there are
 * @error: return location
 *
 * Reads a secrets file. Providers are found by id or alias in any case. A provider or field that is
 * not known is an error that names the place in the file. Empty values are left out.
 *
 * Returns: (transfer full) (nullable): profile id → table of secrets as in #StokerSecretStore
 */
GHashTable *
stoker_secrets_file_decode (JsonNode *node,
                            const char *file,
                            StokerCatalog *catalog,
                            GError **error)
{
  StokerJsonPlace root = stoker_json_root (node, file);
  g_autoptr (GHashTable) tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify) g_hash_table_unref);
  Reading reading = { &root, catalog, NULL, tables, NULL, NULL };

  if (!stoker_json_expect_object (&root, error))
    return NULL;
  json_object_foreach_member (json_node_get_object (node), read_provider, &reading);
  if (reading.error != NULL)
    {
      g_propagate_error (error, reading.error);
      return NULL;
    }
  return g_steal_pointer (&tables);
}
