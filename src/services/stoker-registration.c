/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-registration-private.h"

#include "stoker-error.h"

/* Members of the template form; any other is a typing mistake. */
static const char *const template_members[] = { "template_id", "id",    "name",     "base_url",
                                                "config",      "meta",  "priority", "active",
                                                "opted_in",    "notes", NULL };

static gboolean
value_fits (const StokerAuthField *field, const char *value)
{
  if (*value == '\0')
    return TRUE;
  if (field->type == STOKER_FIELD_CHOICE && g_strv_length (field->choices) > 0)
    return g_strv_contains ((const char *const *) field->choices, value);
  return field->pattern == NULL || g_regex_match_simple (field->pattern, value, 0, 0);
}

/* The value of a field is never part of the error: it may be a secret. */
static gboolean
check_value (const StokerProfile *profile,
             const StokerJsonPlace *config,
             const char *name,
             const char *value,
             GError **error)
{
  const StokerAuthField *field = stoker_profile_find_field (profile, name);
  StokerJsonPlace place = stoker_json_member (config, name);

  if (field == NULL)
    stoker_json_set_error (error, &place, "%s has no such field", profile->name);
  else if (!value_fits (field, value))
    stoker_json_set_error (error, &place, "does not have the form that %s gives its “%s”",
                           profile->name, name);
  else
    return TRUE;
  return FALSE;
}

/**
 * stoker_registration_check_secrets:
 * @profile: the template
 * @place: the payload, for the path in an error
 * @secrets: field → secret
 * @error: return location
 *
 * Returns: %TRUE when each is a field of @profile and has its form
 */
gboolean
stoker_registration_check_secrets (const StokerProfile *profile,
                                   const StokerJsonPlace *place,
                                   GHashTable *secrets,
                                   GError **error)
{
  StokerJsonPlace config = stoker_json_member (place, "config");
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (!check_value (profile, &config, name, value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_config (const StokerProfile *profile,
              const StokerJsonPlace *place,
              StokerProvider *provider,
              GError **error)
{
  StokerJsonPlace config = stoker_json_member (place, "config");
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, stoker_provider_list_config (provider));
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (!check_value (profile, &config, name, value, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * stoker_registration_check_provider:
 * @profile: the template
 * @provider: a provider made from it, changed since
 * @secrets: field → secret, as they are given now
 * @error: return location
 *
 * Returns: %TRUE when every field of its configuration, and of @secrets, is one of @profile and has
 * its form
 */
gboolean
stoker_registration_check_provider (const StokerProfile *profile,
                                    StokerProvider *provider,
                                    GHashTable *secrets,
                                    GError **error)
{
  StokerJsonPlace root = stoker_json_root (NULL, stoker_provider_get_id (provider));

  return check_config (profile, &root, provider, error) &&
         stoker_registration_check_secrets (profile, &root, secrets, error);
}

static StokerProfile *
find_template (const StokerJsonPlace *place, StokerCatalog *catalog, GError **error)
{
  g_autofree char *id = NULL;
  StokerJsonPlace member = stoker_json_member (place, "template_id");
  StokerProfile *profile;

  if (!stoker_json_get_string (place, "template_id", STOKER_JSON_REQUIRED, &id, error))
    return NULL;

  profile = stoker_catalog_lookup (catalog, id);
  if (profile == NULL)
    stoker_json_set_error (error, &member, "there is no template “%s”", id);
  else if (profile->is_discontinued)
    stoker_json_set_error (error, &member, "%s is discontinued: %s", profile->name,
                           profile->status_note);
  else
    return profile;
  return NULL;
}

static StokerProvider *
decode_template_form (const StokerJsonPlace *place,
                      StokerCatalog *catalog,
                      GHashTable *secrets,
                      GError **error)
{
  g_autoptr (StokerProvider) blank = NULL;
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (JsonNode) entry = NULL;
  StokerProfile *profile;
  StokerJsonPlace root;

  if (!stoker_json_expect_known_members (place, template_members, error))
    return NULL;
  profile = find_template (place, catalog, error);
  if (profile == NULL)
    return NULL;

  blank = stoker_provider_new_from_profile (profile, profile->id);
  entry = stoker_provider_to_json (blank);
  json_object_set_member (json_node_get_object (entry), "meta", stoker_profile_to_meta (profile));
  stoker_json_merge (entry, place->node);

  root = *place;
  root.node = entry;
  provider = stoker_provider_decode (&root, catalog, secrets, error);
  if (provider == NULL || !check_config (profile, place, provider, error) ||
      !stoker_registration_check_secrets (profile, place, secrets, error))
    return NULL;
  return g_steal_pointer (&provider);
}

/**
 * stoker_registration_is_template_form:
 * @place: a payload
 *
 * Returns: %TRUE when it is the short form with a template, %FALSE when it is a whole entry
 */
gboolean
stoker_registration_is_template_form (const StokerJsonPlace *place)
{
  StokerJsonPlace template_id = stoker_json_member (place, "template_id");
  StokerJsonPlace kind = stoker_json_member (place, "kind");

  return stoker_json_is_present (&template_id) && !stoker_json_is_present (&kind);
}

/**
 * stoker_registration_decode:
 * @place: the payload
 * @catalog: where templates are looked up
 * @secrets: (element-type utf8 utf8): gets the secrets found, field → secret
 * @error: return location
 *
 * Reads a payload of either form.
 *
 * Returns: (transfer full): the provider, or %NULL with %STOKER_ERROR_CONFIG naming file, path and
 * mistake
 */
StokerProvider *
stoker_registration_decode (const StokerJsonPlace *place,
                            StokerCatalog *catalog,
                            GHashTable *secrets,
                            GError **error)
{
  if (!stoker_json_expect_object (place, error))
    return NULL;
  if (stoker_registration_is_template_form (place))
    return decode_template_form (place, catalog, secrets, error);
  return stoker_provider_decode (place, catalog, secrets, error);
}
