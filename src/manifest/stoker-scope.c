/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-scope.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-template.h"
#include "stoker-value-rule.h"
#include "stoker-wipe.h"

#include <string.h>

struct _StokerScope
{
  const StokerScope *parent;      /* borrowed, nullable */
  StokerConnection *connection;   /* owned; NULL in a child */
  const StokerManifest *manifest; /* borrowed; NULL in a child */
  JsonNode *job;                  /* owned, an object; nullable */
  GHashTable *values;             /* owned: name → JsonNode */
  JsonNode *input;                /* owned, nullable: what an action was given */
  char *token;                    /* owned, nullable: given for a while */
  gboolean is_authorising;        /* a token is asked for */
  gboolean is_masked;
};

/**
 * stoker_scope_new:
 * @connection: the provider's configuration and secrets
 * @manifest: borrowed
 * @request: (nullable): the job; what is needed of it is copied
 *
 * Returns: (transfer full): a scope without values
 */
StokerScope *
stoker_scope_new (StokerConnection *connection,
                  const StokerManifest *manifest,
                  const StokerJobRequest *request)
{
  StokerScope *self = g_new0 (StokerScope, 1);

  self->connection = stoker_connection_ref (connection);
  self->manifest = manifest;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) json_node_unref);
  if (request != NULL)
    self->job = stoker_scope_describe_job (request);

  return self;
}

/**
 * stoker_scope_new_after:
 * @other: a scope of the same job
 * @handle: (nullable): what is added to the job's handle
 *
 * Returns: (transfer full): a scope without values, for another operation on the job of @other
 */
StokerScope *
stoker_scope_new_after (const StokerScope *other, JsonNode *handle)
{
  StokerScope *self = stoker_scope_new (other->connection, other->manifest, NULL);
  g_autoptr (JsonObject) job = json_object_new ();
  g_autoptr (JsonObject) all = json_object_new ();
  JsonNode *merged = json_node_init_object (json_node_alloc (), all);
  JsonNode *own = stoker_rule_get (other->job, "handle");

  self->job = json_node_init_object (json_node_alloc (), job);
  if (other->job != NULL)
    stoker_json_merge (self->job, other->job);
  if (own != NULL)
    stoker_json_merge (merged, own);
  if (handle != NULL)
    stoker_json_merge (merged, handle);
  json_object_set_member (job, "handle", merged);

  return self;
}

/**
 * stoker_scope_new_child:
 * @parent: what is asked when a name is not here; must outlive the child
 *
 * Returns: (transfer full): a scope without values of its own
 */
StokerScope *
stoker_scope_new_child (const StokerScope *parent)
{
  StokerScope *self = g_new0 (StokerScope, 1);

  self->parent = parent;
  self->is_masked = parent->is_masked;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) json_node_unref);

  return self;
}

/**
 * stoker_scope_free:
 * @self: (transfer full): a scope
 */
void
stoker_scope_free (StokerScope *self)
{
  g_clear_pointer (&self->connection, stoker_connection_unref);
  g_clear_pointer (&self->job, json_node_unref);
  g_clear_pointer (&self->input, json_node_unref);
  g_hash_table_unref (self->values);
  g_clear_pointer (&self->token, stoker_wipe_free);
  g_free (self);
}

static const StokerScope *
get_root (const StokerScope *self)
{
  while (self->parent != NULL)
    self = self->parent;

  return self;
}

/**
 * stoker_scope_set_masked:
 * @is_masked: whether secrets, and what an answer would have brought, are shown by a placeholder
 */
void
stoker_scope_set_masked (StokerScope *self, gboolean is_masked)
{
  self->is_masked = is_masked;
}

gboolean
stoker_scope_get_masked (const StokerScope *self)
{
  return self->is_masked;
}

/**
 * stoker_scope_get_manifest:
 *
 * Returns: (transfer none): the manifest
 */
const StokerManifest *
stoker_scope_get_manifest (const StokerScope *self)
{
  return get_root (self)->manifest;
}

/**
 * stoker_scope_get_connection:
 *
 * Returns: (transfer none): the connection
 */
StokerConnection *
stoker_scope_get_connection (const StokerScope *self)
{
  return get_root (self)->connection;
}

/**
 * stoker_scope_set_connection:
 * @connection: (transfer full): the same one with more secrets
 */
void
stoker_scope_set_connection (StokerScope *self, StokerConnection *connection)
{
  stoker_connection_unref (self->connection);
  self->connection = connection;
}

/**
 * stoker_scope_get_profile:
 *
 * Returns: (transfer none): the provider's profile
 */
const StokerProfile *
stoker_scope_get_profile (const StokerScope *self)
{
  return stoker_connection_get_profile (get_root (self)->connection);
}

/**
 * stoker_scope_set_payload:
 * @payload: (transfer full): what `${job.payload}` is from now on
 */
void
stoker_scope_set_payload (StokerScope *self, JsonNode *payload)
{
  g_return_if_fail (self->job != NULL);

  json_object_set_member (json_node_get_object (self->job), "payload", payload);
}

/**
 * stoker_scope_set_input:
 * @input: (transfer full): an object: what `${input.x}` is from now on
 */
void
stoker_scope_set_input (StokerScope *self, JsonNode *input)
{
  g_clear_pointer (&self->input, json_node_unref);
  self->input = input;
}

/**
 * stoker_scope_get_input:
 *
 * Returns: (transfer none) (nullable): what the action was given
 */
JsonNode *
stoker_scope_get_input (const StokerScope *self)
{
  return get_root (self)->input;
}

/**
 * stoker_scope_set_token:
 * @token: (nullable): what requests are sent with from now on
 */
void
stoker_scope_set_token (StokerScope *self, const char *token)
{
  g_clear_pointer (&self->token, stoker_wipe_free);
  self->token = g_strdup (token);
}

/**
 * stoker_scope_get_token:
 *
 * Returns: (transfer none) (nullable): the token
 */
const char *
stoker_scope_get_token (const StokerScope *self)
{
  return get_root (self)->token;
}

/**
 * stoker_scope_set_authorising:
 *
 * From now on this is about getting a token, so that none is sent.
 */
void
stoker_scope_set_authorising (StokerScope *self)
{
  self->is_authorising = TRUE;
}

gboolean
stoker_scope_is_authorising (const StokerScope *self)
{
  return get_root (self)->is_authorising;
}

/**
 * stoker_scope_set:
 * @name: as in `${step.name}`
 * @value: (transfer full) (nullable): %NULL takes it away
 */
void
stoker_scope_set (StokerScope *self, const char *name, JsonNode *value)
{
  if (value == NULL)
    g_hash_table_remove (self->values, name);
  else
    g_hash_table_insert (self->values, g_strdup (name), value);
}

static JsonNode *
text_node (const char *text)
{
  if (text == NULL || *text == '\0')
    return NULL;

  return json_node_init_string (json_node_alloc (), text);
}

/* What is below @node by the names in @path, such as `a.b`. */
static JsonNode *
walk (JsonNode *node, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);

  for (guint i = 0; names[i] != NULL && node != NULL; i++)
    node = stoker_rule_get (node, names[i]);

  return node != NULL ? json_node_copy (node) : NULL;
}

static JsonNode *
find_value (const StokerScope *self, const char *name)
{
  const char *dot = strchr (name, '.');
  g_autofree char *first = dot != NULL ? g_strndup (name, (gsize) (dot - name)) : NULL;
  JsonNode *value = g_hash_table_lookup (self->values, first != NULL ? first : name);

  if (value == NULL)
    return NULL;

  return dot != NULL ? walk (value, dot + 1) : json_node_copy (value);
}

static JsonNode *
look_up_value (const StokerScope *self, const char *name)
{
  JsonNode *value = NULL;

  for (const StokerScope *at = self; at != NULL && value == NULL; at = at->parent)
    value = find_value (at, name);
  /* In a rehearsal: there is none for certain. */
  if (value != NULL && JSON_NODE_HOLDS_NULL (value))
    {
      json_node_unref (value);
      return NULL;
    }
  if (value == NULL && self->is_masked)
    {
      g_autofree char *placeholder = g_strdup_printf ("‹%s›", name);

      return text_node (placeholder);
    }

  return value;
}

static JsonNode *
look_up_now (const StokerScope *self, const char *name)
{
  gint64 now_us = g_get_real_time ();
  g_autofree char *iso = stoker_time_format_iso (now_us);

  if (g_str_equal (name, "s"))
    return json_node_init_int (json_node_alloc (), now_us / G_USEC_PER_SEC);

  return g_str_equal (name, "iso") ? text_node (iso) : NULL;
}

static JsonNode *
look_up_job (const StokerScope *self, const char *path)
{
  return walk (get_root (self)->job, path);
}

static JsonNode *
look_up_input (const StokerScope *self, const char *path)
{
  return walk (get_root (self)->input, path);
}

static JsonNode *
look_up_base (const StokerScope *self, const char *name)
{
  const StokerScope *root = get_root (self);
  const char *base = stoker_rule_get_text (stoker_manifest_get (root->manifest, "bases"), name);
  g_autofree char *text = base != NULL ? stoker_scope_expand (root, base, NULL) : NULL;

  while (text != NULL && g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';

  return text_node (text);
}

/* A key that is a file of JSON has members: `service_account.client_email`. */
static JsonNode *
look_up_secret (const StokerScope *self, const char *path)
{
  const char *dot = strchr (path, '.');
  g_autofree char *field = dot != NULL ? g_strndup (path, (gsize) (dot - path)) : g_strdup (path);
  const char *secret = stoker_connection_get_secret (get_root (self)->connection, field);
  g_autoptr (JsonNode) document = NULL;

  if (self->is_masked)
    return text_node (STOKER_REDACTED);
  if (dot == NULL || secret == NULL)
    return text_node (secret);
  document = stoker_json_parse (secret, -1, "key", NULL);

  return walk (document, dot + 1);
}

static JsonNode *
look_up_provider (const StokerScope *self, const char *name)
{
  StokerConnection *connection = get_root (self)->connection;

  if (g_str_equal (name, "base_url"))
    return text_node (stoker_connection_get_base_url (connection));
  if (g_str_equal (name, "id"))
    return text_node (stoker_connection_get_provider_id (connection));
  if (g_str_equal (name, "name"))
    return text_node (stoker_connection_get_profile (connection)->name);

  return NULL;
}

/* A rehearsal reads no file: what is in one is shown by its name, an address as one. */
static JsonNode *
show_in_file (StokerConnection *connection, const char *key)
{
  const StokerAuthField *field =
    stoker_profile_find_field (stoker_connection_get_profile (connection), key);
  g_autofree char *placeholder =
    g_strdup_printf ("%s‹config.%s›", field->type == STOKER_FIELD_URL ? "https://" : "", key);

  return text_node (placeholder);
}

static JsonNode *
look_up_config (const StokerScope *self, const char *key)
{
  StokerConnection *connection = get_root (self)->connection;

  if (self->is_masked && stoker_connection_is_in_file (connection, key))
    return show_in_file (connection, key);

  return text_node (stoker_connection_get_config (connection, key));
}

static JsonNode *
look_up_handle (const StokerScope *self, const char *name)
{
  g_autofree char *path = g_strconcat ("handle.", name, NULL);

  return look_up_job (self, path);
}

/**
 * stoker_scope_lookup:
 * @name: for instance `config.region`; one without a dot is a value taken from an answer
 * @scope: a #StokerScope
 *
 * The #StokerTemplateLookup of every template in a manifest.
 *
 * Returns: (transfer full) (nullable): the value
 */
JsonNode *
stoker_scope_lookup (const char *name, gpointer scope)
{
  static const struct
  {
    const char *root;
    JsonNode *(*look_up) (const StokerScope *self, const char *name);
  } roots[] = {
    { "step.", look_up_value },        { "config.", look_up_config }, { "job.", look_up_job },
    { "secret.", look_up_secret },     { "base.", look_up_base },     { "handle.", look_up_handle },
    { "provider.", look_up_provider }, { "now.", look_up_now },       { "input.", look_up_input },
  };

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    if (g_str_has_prefix (name, roots[i].root))
      return roots[i].look_up (scope, name + strlen (roots[i].root));

  return look_up_value (scope, name);
}

/**
 * stoker_scope_get:
 * @name: as in templates
 *
 * Returns: (transfer full) (nullable): the value; JSON null counts as none
 */
JsonNode *
stoker_scope_get (const StokerScope *self, const char *name)
{
  g_autoptr (JsonNode) value = stoker_scope_lookup (name, (gpointer) self);

  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return NULL;

  return g_steal_pointer (&value);
}

/**
 * stoker_scope_dup_text:
 *
 * Returns: (transfer full) (nullable): the value of @name as text
 */
char *
stoker_scope_dup_text (const StokerScope *self, const char *name)
{
  g_autoptr (JsonNode) value = stoker_scope_get (self, name);

  return stoker_value_dup_text (value);
}

/**
 * stoker_scope_expand:
 *
 * Returns: (transfer full) (nullable): @text with its values; %NULL with %STOKER_ERROR_CONFIG
 */
char *
stoker_scope_expand (const StokerScope *self, const char *text, GError **error)
{
  return stoker_template_expand (text, stoker_scope_lookup, (gpointer) self, error);
}

/**
 * stoker_scope_expand_tree:
 *
 * Returns: (transfer full) (nullable): @tree with its values; %NULL with %STOKER_ERROR_CONFIG
 */
JsonNode *
stoker_scope_expand_tree (const StokerScope *self, JsonNode *tree, GError **error)
{
  return stoker_template_expand_json (tree, stoker_scope_lookup, (gpointer) self, error);
}

/**
 * stoker_scope_describe_values:
 *
 * Returns: (transfer full): an object of the values taken so far
 */
JsonNode *
stoker_scope_describe_values (const StokerScope *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    json_object_set_member (object, name, json_node_copy (value));

  return json_node_init_object (json_node_alloc (), object);
}

/**
 * stoker_scope_redact:
 *
 * Returns: (transfer full) (nullable): @text without the provider's secrets
 */
char *
stoker_scope_redact (const StokerScope *self, const char *text)
{
  const StokerScope *root = get_root (self);
  g_autofree char *redacted =
    stoker_redactor_apply (stoker_connection_get_redactor (root->connection), text);
  g_auto (GStrv) parts = NULL;

  if (root->token == NULL || *root->token == '\0' || redacted == NULL)
    return g_steal_pointer (&redacted);
  parts = g_strsplit (redacted, root->token, -1);

  return g_strjoinv (STOKER_REDACTED, parts);
}
