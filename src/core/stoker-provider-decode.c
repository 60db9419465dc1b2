/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider.h"

#include "stoker-decode-private.h"
#include "stoker-provider-private.h"
#include "stoker-wipe.h"

#include <string.h>

#define ID_PATTERN "^[a-z0-9][a-z0-9._-]{0,63}$"

static gboolean
is_named_so (const StokerProfile *profile, const char *service)
{
  return g_str_equal (profile->service, service) ||
         g_strv_contains ((const char *const *) profile->secret_aliases, service);
}

/* The profile of that id, else the first whose service or alias it is. */
static StokerProfile *
find_profile (StokerCatalog *catalog, const char *name)
{
  StokerProfile *profile = stoker_catalog_lookup (catalog, name);
  GPtrArray *profiles = stoker_catalog_get_profiles (catalog);

  for (guint i = 0; profile == NULL && name != NULL && i < profiles->len; i++)
    if (is_named_so (g_ptr_array_index (profiles, i), name))
      profile = g_ptr_array_index (profiles, i);

  return profile;
}

/* Names that stand for a secret even when no profile says so: none of ours may end up in a file. */
static gboolean
sounds_secret (const char *key)
{
  static const char *const parts[] = { "secret",  "password", "passphrase", "token",
                                       "api_key", "apikey",   "api-key",    "private_key" };
  g_autofree char *lower = g_ascii_strdown (key, -1);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (lower, parts[i]) != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
is_secret (const StokerProfile *profile, const char *key)
{
  const StokerAuthField *field = profile != NULL ? stoker_profile_find_field (profile, key) : NULL;

  /* `token_id` and the like are no secrets where the profile says they are not. */
  return field != NULL ? field->type == STOKER_FIELD_SECRET : sounds_secret (key);
}

static gboolean
decode_config (const StokerJsonPlace *place,
               const StokerProfile *profile,
               StokerProvider *provider,
               GHashTable *secrets,
               GError **error)
{
  g_auto (GStrv) keys = stoker_json_list_members (place);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *value = NULL;

      if (!stoker_json_get_string (place, keys[i], STOKER_JSON_OPTIONAL, &value, error))
        return FALSE;
      if (value == NULL)
        continue;
      if (!is_secret (profile, keys[i]))
        stoker_provider_set_config (provider, keys[i], value);
      else if (secrets != NULL)
        g_hash_table_insert (secrets, g_strdup (keys[i]), g_steal_pointer (&value));
      else
        stoker_wipe_free (g_steal_pointer (&value));
    }

  return TRUE;
}

/* Requests with credentials go there: nothing but a web address will do. */
static gboolean
decode_base_url (const StokerJsonPlace *place, char **base_url, GError **error)
{
  StokerJsonPlace member = stoker_json_member (place, "base_url");
  g_autoptr (GUri) uri = NULL;

  if (!stoker_json_get_string (place, "base_url", STOKER_JSON_OPTIONAL, base_url, error))
    return FALSE;
  if (*base_url == NULL)
    return TRUE;
  uri = g_uri_parse (*base_url, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
      (g_str_equal (g_uri_get_scheme (uri), "https") ||
       g_str_equal (g_uri_get_scheme (uri), "http")))
    return TRUE;
  stoker_json_set_error (error, &member, "is not an address that begins with https:// or http://");
  return FALSE;
}

static gboolean
decode_texts (const StokerJsonPlace *place, StokerProviderForm *form, GError **error)
{
  return stoker_decode_id (place, "id", ID_PATTERN, &form->id, error) &&
         stoker_json_get_string (place, "name", STOKER_JSON_OPTIONAL, &form->name, error) &&
         stoker_json_get_string (place, "kind", STOKER_JSON_OPTIONAL, &form->kind, error) &&
         stoker_json_get_string (place, "service", STOKER_JSON_OPTIONAL, &form->service, error) &&
         stoker_json_get_string (place, "template_id", STOKER_JSON_OPTIONAL, &form->template_id,
                                 error) &&
         decode_base_url (place, &form->base_url, error);
}

static gboolean
decode_state (const StokerJsonPlace *place, StokerProviderForm *form, GError **error)
{
  StokerJsonPlace meta = { 0 };
  StokerJsonPlace health = stoker_json_member (place, "last_health");
  gint64 priority = form->priority;

  if (!stoker_json_get_boolean (place, "active", STOKER_JSON_OPTIONAL, &form->is_active, error) ||
      !stoker_json_get_int (place, "priority", STOKER_JSON_OPTIONAL, -1000000, 1000000, &priority,
                            error) ||
      !stoker_json_get_boolean (place, "opted_in", STOKER_JSON_OPTIONAL, &form->is_opted_in,
                                error) ||
      !stoker_json_get_object (place, "meta", STOKER_JSON_OPTIONAL, &meta, error))
    return FALSE;

  form->priority = (int) priority;
  if (meta.node != NULL)
    form->meta = json_node_copy (meta.node);
  if (stoker_json_is_present (&health))
    form->health = stoker_health_from_json (health.node);

  return TRUE;
}

static void
take_default (char **text, const char *value)
{
  if (*text == NULL)
    *text = g_strdup (value);
}

/* What an entry leaves out follows from its profile, and that from its template, service or id. */
static StokerProfile *
complete_form (StokerProviderForm *form, StokerCatalog *catalog)
{
  StokerProfile *profile = NULL;

  if (form->template_id != NULL)
    profile = stoker_catalog_lookup (catalog, form->template_id);
  else
    profile = find_profile (catalog, form->service != NULL ? form->service : form->id);
  if (profile != NULL)
    {
      take_default (&form->template_id, profile->id);
      take_default (&form->service, profile->service);
      take_default (&form->name, profile->name);
      take_default (&form->base_url, profile->base_url);
    }
  take_default (&form->service, form->template_id != NULL ? form->template_id : form->id);
  take_default (&form->template_id, form->service);
  take_default (&form->name, form->id);
  take_default (&form->kind, stoker_provider_kind_for (form->template_id));

  return profile;
}

/**
 * stoker_provider_decode:
 * @place: a registry entry in the form of the seeds
 * @catalog: where its profile is looked up, by `template_id`, else by `service` or `id`
 * @secrets: (nullable) (element-type utf8 utf8): takes the secrets found in `config` under their
 * fields' ids; its destroy functions should be g_free() and stoker_wipe_free(). Without it they are
 * dropped
 *
 * Only `id` is required. A value of `config` must be a string; what its profile calls a secret, or
 * what sounds like one when no profile knows it, never gets into the provider. An entry whose
 * profile the catalog lacks is read all the same.
 *
 * Returns: (transfer full) (nullable): the provider; %NULL with %STOKER_ERROR_CONFIG naming file,
 * path and mistake
 */
StokerProvider *
stoker_provider_decode (const StokerJsonPlace *place,
                        StokerCatalog *catalog,
                        GHashTable *secrets,
                        GError **error)
{
  g_auto (StokerProviderForm) form;
  g_autoptr (StokerProvider) provider = NULL;
  const StokerProfile *profile = NULL;
  StokerJsonPlace config = { 0 };

  stoker_provider_form_init (&form);
  if (!stoker_json_expect_object (place, error) || !decode_texts (place, &form, error) ||
      !decode_state (place, &form, error) ||
      !stoker_json_get_object (place, "config", STOKER_JSON_OPTIONAL, &config, error))
    return NULL;

  profile = complete_form (&form, catalog);
  provider = stoker_provider_new_from_form (&form);
  if (config.node != NULL && !decode_config (&config, profile, provider, secrets, error))
    return NULL;

  return g_steal_pointer (&provider);
}
