/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-scope.h"

#include "stoker-error.h"
#include "stoker-json-write.h"
#include "stoker-json.h"
#include "stoker-template.h"
#include "stoker-value.h"
#include "stoker-wipe.h"

#include <string.h>

static GHashTable *
make_values (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);
}

static JsonNode *
describe_provider (StokerConnection *connection)
{
  g_autoptr (JsonObject) provider = json_object_new ();

  stoker_json_set_text (provider, "id", stoker_connection_get_provider_id (connection));
  stoker_json_set_text (provider, "name", stoker_connection_get_profile (connection)->name);
  stoker_json_set_text (provider, "base_url", stoker_connection_get_base_url (connection));

  return json_node_init_object (json_node_alloc (), provider);
}

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
  g_autoptr (JsonObject) told = json_object_new ();

  self->connection = stoker_connection_ref (connection);
  self->manifest = manifest;
  self->values = make_values ();
  json_object_set_member (told, "provider", describe_provider (connection));
  if (request != NULL)
    json_object_set_member (told, "job", stoker_scope_describe_job (request));
  if (stoker_connection_get_description (connection) != NULL)
    json_object_set_member (told, "described",
                            json_node_copy (stoker_connection_get_description (connection)));
  if (request != NULL && request->handle != NULL)
    json_object_set_member (told, "handle", json_node_copy (request->handle));
  self->told = json_node_init_object (json_node_alloc (), told);

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
  g_autoptr (JsonObject) all = json_object_new ();
  JsonNode *merged = json_node_init_object (json_node_alloc (), all);
  JsonNode *own = stoker_rule_get (other->told, "handle");

  stoker_json_merge (self->told, other->told);
  if (own != NULL)
    stoker_json_merge (merged, own);
  if (handle != NULL)
    stoker_json_merge (merged, handle);
  json_object_set_member (json_node_get_object (self->told), "handle", merged);

  return self;
}

/**
 * stoker_scope_new_child:
 * @parent: what is asked when a value is not here; must outlive the child
 *
 * Returns: (transfer full): a scope without values of its own
 */
StokerScope *
stoker_scope_new_child (const StokerScope *parent)
{
  StokerScope *self = g_new0 (StokerScope, 1);

  *self = *parent;
  self->parent = parent;
  self->connection = stoker_connection_ref (parent->connection);
  self->told = json_node_ref (parent->told);
  self->token = g_strdup (parent->token);
  self->values = make_values ();

  return self;
}

/**
 * stoker_scope_free:
 * @self: (transfer full): a scope
 */
void
stoker_scope_free (StokerScope *self)
{
  stoker_connection_unref (self->connection);
  json_node_unref (self->told);
  g_hash_table_unref (self->values);
  g_clear_pointer (&self->token, stoker_wipe_free);
  g_free (self);
}

/**
 * stoker_scope_get_profile:
 *
 * Returns: (transfer none): the provider's profile
 */
const StokerProfile *
stoker_scope_get_profile (const StokerScope *self)
{
  return stoker_connection_get_profile (self->connection);
}

/**
 * stoker_scope_set_connection:
 * @connection: (transfer full): the same one with more secrets and settings
 */
void
stoker_scope_set_connection (StokerScope *self, StokerConnection *connection)
{
  stoker_connection_unref (self->connection);
  self->connection = connection;
}

/**
 * stoker_scope_set_payload:
 * @self: a scope with a job
 * @payload: (transfer full): what `${job.payload}` is from now on
 */
void
stoker_scope_set_payload (StokerScope *self, JsonNode *payload)
{
  JsonNode *job = stoker_rule_get (self->told, "job");

  json_object_set_member (json_node_get_object (job), "payload", payload);
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
  g_autofree char *first = g_strndup (name, strcspn (name, "."));
  JsonNode *value = g_hash_table_lookup (self->values, first);

  if (value == NULL)
    return NULL;

  return dot != NULL ? walk (value, dot + 1) : json_node_copy (value);
}

static JsonNode *
look_up_value (const StokerScope *self, const char *name)
{
  g_autoptr (JsonNode) value = NULL;

  for (const StokerScope *at = self; at != NULL && value == NULL; at = at->parent)
    value = find_value (at, name);
  /* In a rehearsal: there is none for certain. */
  if (value != NULL && JSON_NODE_HOLDS_NULL (value))
    return NULL;
  if (value == NULL && self->is_masked)
    {
      g_autofree char *placeholder = g_strdup_printf ("‹%s›", name);

      return text_node (placeholder);
    }

  return g_steal_pointer (&value);
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
look_up_base (const StokerScope *self, const char *name)
{
  const char *base = stoker_rule_get_text (stoker_manifest_get (self->manifest, "bases"), name);
  g_autofree char *text = base != NULL ? stoker_scope_expand (self, base, NULL) : NULL;

  while (text != NULL && g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';

  return text_node (text);
}

/* A key that is a file of JSON has members: `service_account.client_email`. */
static JsonNode *
look_up_secret (const StokerScope *self, const char *path)
{
  const char *dot = strchr (path, '.');
  g_autofree char *field = g_strndup (path, strcspn (path, "."));
  const char *secret = stoker_connection_get_secret (self->connection, field);
  g_autoptr (JsonNode) document = NULL;

  if (self->is_masked)
    return text_node (STOKER_REDACTED);
  if (dot == NULL || secret == NULL)
    return text_node (secret);
  document = stoker_json_parse (secret, -1, "key", NULL);

  return walk (document, dot + 1);
}

/* A rehearsal reads no file: what is in one is shown by its name, an address as one. */
static JsonNode *
show_in_file (const StokerScope *self, const char *key)
{
  const StokerAuthField *field = stoker_profile_find_field (stoker_scope_get_profile (self), key);
  g_autofree char *placeholder =
    g_strdup_printf ("%s‹config.%s›", field->type == STOKER_FIELD_URL ? "https://" : "", key);

  return text_node (placeholder);
}

static JsonNode *
look_up_config (const StokerScope *self, const char *key)
{
  if (self->is_masked && stoker_connection_is_in_file (self->connection, key))
    return show_in_file (self, key);

  return text_node (stoker_connection_get_config (self->connection, key));
}

static gboolean
is_told (const char *name)
{
  static const char *const roots[] = { "job.", "handle.", "input.", "provider.", "described." };

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    if (g_str_has_prefix (name, roots[i]))
      return TRUE;

  return FALSE;
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
    { "step.", look_up_value }, { "config.", look_up_config }, { "secret.", look_up_secret },
    { "base.", look_up_base },  { "now.", look_up_now },
  };
  const StokerScope *self = scope;

  if (is_told (name))
    return walk (self->told, name);
  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    if (g_str_has_prefix (name, roots[i].root))
      return roots[i].look_up (self, name + strlen (roots[i].root));

  return look_up_value (self, name);
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
 * stoker_scope_get_number:
 *
 * Returns: the number @name; @fallback when there is none
 */
double
stoker_scope_get_number (const StokerScope *self, const char *name, double fallback)
{
  g_autoptr (JsonNode) value = stoker_scope_get (self, name);
  double number = 0;

  return stoker_value_get_number (value, &number) ? number : fallback;
}

/**
 * stoker_scope_get_money:
 *
 * Returns: the amount @name in the value `currency`, USD unless told; unknown when there is none
 */
StokerMoney
stoker_scope_get_money (const StokerScope *self, const char *name)
{
  g_autofree char *amount = stoker_scope_dup_text (self, name);
  g_autofree char *currency = stoker_scope_dup_text (self, "currency");
  StokerMoney money = stoker_money_unknown ();

  if (amount != NULL)
    stoker_money_parse (amount, currency != NULL ? currency : "USD", &money, NULL);

  return money;
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
  g_autofree char *redacted =
    stoker_redactor_apply (stoker_connection_get_redactor (self->connection), text);
  g_auto (GStrv) parts = NULL;

  if (self->token == NULL || *self->token == '\0' || redacted == NULL)
    return g_steal_pointer (&redacted);
  parts = g_strsplit (redacted, self->token, -1);

  return g_strjoinv (STOKER_REDACTED, parts);
}
