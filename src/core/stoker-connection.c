/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-connection.h"

#include "stoker-json.h"
#include "stoker-secret-block-private.h"
#include "stoker-wipe.h"

#include <string.h>

struct _StokerConnection
{
  StokerProfile *profile;   /* owned */
  char *provider_id;        /* owned */
  char *base_url;           /* owned, nullable */
  GHashTable *config;       /* owned: key → value */
  StokerSecretBlock *block; /* owned */
  StokerRedactor *redactor; /* owned */
  JsonNode *description;    /* owned, nullable: what the provider told of what it is set up for */
  gboolean has_open_files;
  gatomicrefcount ref_count;
};

G_DEFINE_BOXED_TYPE (StokerConnection,
                     stoker_connection,
                     stoker_connection_ref,
                     stoker_connection_unref)

static void
add_texts (GHashTable *into, GHashTable *texts)
{
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (into, g_strdup (key), g_strdup (value));
}

static GHashTable *
copy_texts (GHashTable *texts)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  add_texts (copy, texts);

  return copy;
}

/* A key that is a document of JSON is a secret as a whole, and these of its members are on their
 * own. */
static void
add_members (StokerRedactor *redactor, const char *secret)
{
  static const char *const members[] = { "private_key", "client_secret", "refresh_token" };
  g_autoptr (JsonNode) document = NULL;
  StokerJsonPlace root;

  if (*secret != '{')
    return;
  document = stoker_json_parse (secret, -1, "key", NULL);
  if (document == NULL)
    return;
  root = stoker_json_root (document, "key");
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      char *value = NULL;

      if (stoker_json_get_string (&root, members[i], STOKER_JSON_OPTIONAL, &value, NULL))
        stoker_redactor_add (redactor, value);
      stoker_wipe_free (value);
    }
}

/* Certificates are no secrets, and there may be many. */
static gboolean
is_public (const char *secret)
{
  return strstr (secret, "-----BEGIN CERTIFICATE-----") != NULL &&
         strstr (secret, "PRIVATE KEY") == NULL;
}

static StokerRedactor *
make_redactor (GHashTable *secrets)
{
  StokerRedactor *redactor = stoker_redactor_new ();
  GHashTableIter iter;
  gpointer value = NULL;

  if (secrets == NULL)
    return redactor;
  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!is_public (value))
      {
        stoker_redactor_add (redactor, value);
        add_members (redactor, value);
      }

  return redactor;
}

/**
 * stoker_connection_new:
 * @profile: the provider's profile
 * @provider: the provider as it is now; later changes do not reach the connection
 * @secrets: (nullable) (element-type utf8 utf8): its secrets by field; copied
 *
 * Returns: (transfer full): what a connector needs to talk to the provider
 */
StokerConnection *
stoker_connection_new (StokerProfile *profile, StokerProvider *provider, GHashTable *secrets)
{
  StokerConnection *self = NULL;
  const char *base_url = NULL;

  g_return_val_if_fail (profile != NULL && STOKER_IS_PROVIDER (provider), NULL);

  self = g_new0 (StokerConnection, 1);
  base_url = stoker_provider_get_base_url (provider);
  self->profile = stoker_profile_ref (profile);
  self->provider_id = g_strdup (stoker_provider_get_id (provider));
  self->base_url = g_strdup (base_url != NULL ? base_url : profile->base_url);
  self->config = copy_texts (stoker_provider_list_config (provider));
  self->block = stoker_secret_block_new (secrets);
  self->redactor = make_redactor (secrets);
  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

/**
 * stoker_connection_new_with_files:
 * @other: a connection
 * @config: (element-type utf8 utf8): more settings; copied
 * @secrets: (element-type utf8 utf8): more secrets by field; copied
 *
 * Returns: (transfer full): the same connection with what was in its files
 */
StokerConnection *
stoker_connection_new_with_files (StokerConnection *other, GHashTable *config, GHashTable *secrets)
{
  StokerConnection *self = g_new0 (StokerConnection, 1);
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer field = NULL;
  gpointer secret = NULL;

  stoker_secret_block_add_to (other->block, all);
  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, &field, &secret))
    g_hash_table_insert (all, field, secret);
  self->profile = stoker_profile_ref (other->profile);
  self->provider_id = g_strdup (other->provider_id);
  self->base_url = g_strdup (other->base_url);
  self->config = copy_texts (other->config);
  add_texts (self->config, config);
  self->has_open_files = TRUE;
  stoker_connection_describe (self, other->description);
  self->block = stoker_secret_block_new (all);
  self->redactor = make_redactor (all);
  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

/**
 * stoker_connection_describe:
 * @self: a connection that is not shared yet
 * @description: (nullable): what the provider told of what it is set up for, such as the parameters
 * of a model, when it was asked last
 */
void
stoker_connection_describe (StokerConnection *self, JsonNode *description)
{
  g_clear_pointer (&self->description, json_node_unref);
  self->description = description != NULL ? json_node_ref (description) : NULL;
}

/**
 * stoker_connection_get_description:
 *
 * Returns: (transfer none) (nullable): see stoker_connection_describe()
 */
JsonNode *
stoker_connection_get_description (StokerConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->description;
}

/**
 * stoker_connection_ref:
 *
 * Returns: (transfer full): @self
 */
StokerConnection *
stoker_connection_ref (StokerConnection *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * stoker_connection_unref:
 * @self: (transfer full): a connection; its secrets are wiped with the last reference
 */
void
stoker_connection_unref (StokerConnection *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  stoker_profile_unref (self->profile);
  g_free (self->provider_id);
  g_free (self->base_url);
  g_hash_table_unref (self->config);
  stoker_secret_block_free (self->block);
  stoker_redactor_unref (self->redactor);
  g_clear_pointer (&self->description, json_node_unref);
  g_free (self);
}

/**
 * stoker_connection_get_profile:
 *
 * Returns: (transfer none): the provider's profile
 */
StokerProfile *
stoker_connection_get_profile (StokerConnection *self)
{
  return self->profile;
}

/**
 * stoker_connection_get_provider_id:
 *
 * Returns: (transfer none): the provider's id
 */
const char *
stoker_connection_get_provider_id (StokerConnection *self)
{
  return self->provider_id;
}

/**
 * stoker_connection_get_base_url:
 *
 * Returns: (transfer none) (nullable): where the provider is: its own address, else that of its
 * profile
 */
const char *
stoker_connection_get_base_url (StokerConnection *self)
{
  return self->base_url;
}

/**
 * stoker_connection_get_config:
 * @key: id of a field that is no secret
 *
 * Returns: (transfer none) (nullable): its value, else the default of its profile's field
 */
const char *
stoker_connection_get_config (StokerConnection *self, const char *key)
{
  const char *value = g_hash_table_lookup (self->config, key);
  const StokerAuthField *field = NULL;

  if (value != NULL)
    return value;
  field = stoker_profile_find_field (self->profile, key);

  return field != NULL ? field->default_value : NULL;
}

/**
 * stoker_connection_has_config:
 * @key: id of a field that is no secret
 *
 * Returns: whether it was filled in, and has not merely a default
 */
gboolean
stoker_connection_has_config (StokerConnection *self, const char *key)
{
  const char *value = g_hash_table_lookup (self->config, key);

  return value != NULL && *value != '\0';
}

/**
 * stoker_connection_has_open_files:
 *
 * Returns: whether what was in its files is in @self
 */
gboolean
stoker_connection_has_open_files (StokerConnection *self)
{
  return self->has_open_files;
}

/**
 * stoker_connection_get_secret:
 * @field: id of a secret field
 *
 * Returns: (transfer none) (nullable): the secret, valid while the connection is; never to be
 * copied into a log or message
 */
const char *
stoker_connection_get_secret (StokerConnection *self, const char *field)
{
  return stoker_secret_block_lookup (self->block, field);
}

/**
 * stoker_connection_has_credentials:
 *
 * Returns: whether every secret that the profile requires is there; also when it requires none
 */
gboolean
stoker_connection_has_credentials (StokerConnection *self)
{
  for (guint i = 0; i < self->profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (self->profile->auth_fields, i);
      const char *secret = NULL;

      if (field->type != STOKER_FIELD_SECRET || !field->is_required)
        continue;
      secret = stoker_connection_get_secret (self, field->id);
      if (secret == NULL || *secret == '\0')
        return FALSE;
    }

  return TRUE;
}

/**
 * stoker_connection_get_redactor:
 *
 * Returns: (transfer none): takes the secrets of this connection out of texts
 */
StokerRedactor *
stoker_connection_get_redactor (StokerConnection *self)
{
  return self->redactor;
}
