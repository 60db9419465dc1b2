/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-provider.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-find-keys.h"
#include "stoker-register-provider.h"
#include "stoker-wipe.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* The priority that stands for "not told". */
#define NO_PRIORITY (-1)

static const GOptionEntry add_options[] = {
  { "id", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Name to call it by; the template's id when left out"), "ID" },
  { "name", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Name to show"), "NAME" },
  { "base-url", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Address to talk to instead of the template's"), "URL" },
  { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL,
    N_ ("Set a field that is no secret; may be repeated"), "KEY=VALUE" },
  { "secret-stdin", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Read the key, or lines of field=value, from standard input"), NULL },
  { "from-found", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Take the key that “providers found” shows for this template"), NULL },
  { "priority", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Rank among equals; lower comes first"), "N" },
  { "opt-in", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Take part in a market that needs consent"),
    NULL },
  { NULL },
};

static const GOptionEntry set_options[] = {
  { "name", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Name to show"), "NAME" },
  { "base-url", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Address to talk to"), "URL" },
  { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL,
    N_ ("Set a field that is no secret; may be repeated"), "KEY=VALUE" },
  { "secret-stdin", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Read another key, or lines of field=value, from standard input"), NULL },
  { "priority", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Rank among equals; lower comes first"), "N" },
  { "active", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Whether it may be chosen"), "on|off" },
  { "opt-in", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Take part in a market that needs consent"),
    NULL },
  { NULL },
};

static void
set_text (JsonObject *payload, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (payload, member, text);
}

static JsonObject *
settings_to_json (GHashTable *settings)
{
  JsonObject *config = json_object_new ();
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    json_object_set_string_member (config, key, value);

  return config;
}

/* What was found fills in what was not said. */
static void
add_found_settings (GHashTable *settings, GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    {
      StokerFoundKey *key = g_ptr_array_index (keys, i);
      const char *field = stoker_found_key_get_field_id (key);

      if (!stoker_found_key_is_secret (key) && !g_hash_table_contains (settings, field))
        g_hash_table_insert (settings, g_strdup (field), g_strdup (stoker_found_key_reveal (key)));
    }
}

/* The template form of a registration; @keys (nullable) was found on this computer. */
static JsonNode *
read_payload (StokerCliContext *context,
              const StokerProfile *profile,
              GPtrArray *keys,
              GError **error)
{
  g_autoptr (JsonObject) payload = json_object_new ();
  g_autoptr (GHashTable) settings = stoker_cli_provider_read_settings (context, profile, error);
  JsonNode *node;
  int priority = NO_PRIORITY;

  if (settings == NULL || !stoker_cli_provider_read_priority (context, &priority, error))
    return NULL;

  if (keys != NULL)
    add_found_settings (settings, keys);
  set_text (payload, "template_id", profile->id);
  set_text (payload, "id", stoker_cli_context_get_text (context, "id"));
  set_text (payload, "name", stoker_cli_context_get_text (context, "name"));
  set_text (payload, "base_url", stoker_cli_context_get_text (context, "base-url"));
  if (priority != NO_PRIORITY)
    json_object_set_int_member (payload, "priority", priority);
  if (stoker_cli_context_get_flag (context, "opt-in"))
    json_object_set_boolean_member (payload, "opted_in", TRUE);
  json_object_set_object_member (payload, "config", settings_to_json (settings));

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, payload);

  return node;
}

/* A mistake in what was typed is one in an option. */
static void
name_option (GError *error)
{
  static const struct
  {
    const char *place;
    const char *option;
  } places[] = {
    { "$.template_id: ", "" },          { "$.id: ", "--id: " },
    { "$.name: ", "--name: " },         { "$.base_url: ", "--base-url: " },
    { "$.priority: ", "--priority: " }, { "$.config.", "--set " },
  };
  const char *place = strstr (error->message, "$.");

  for (gsize i = 0; place != NULL && i < G_N_ELEMENTS (places); i++)
    if (g_str_has_prefix (place, places[i].place))
      {
        char *message = g_strconcat (places[i].option, place + strlen (places[i].place), NULL);

        g_free (error->message);
        error->message = message;
        return;
      }
}

static void
registered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) provider = stoker_register_provider_finish (result, &error);
  StokerCliContext *context = g_task_get_source_object (task);

  if (provider == NULL)
    {
      name_option (error);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  stoker_cli_provider_note_keyring (context);
  if (stoker_cli_context_get_flag (context, "json"))
    stoker_cli_provider_print (context, provider);
  else
    stoker_cli_context_print (
      context, _ ("Added %s as “%s”. To see whether it answers: stoker providers check %s\n"),
      stoker_provider_get_name (provider), stoker_provider_get_id (provider),
      stoker_provider_get_id (provider));
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
secrets_to_add_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) secrets = NULL;
  StokerCliContext *context = STOKER_CLI_CONTEXT (source);
  JsonNode *payload = g_task_get_task_data (task);

  if (stoker_cli_provider_read_secrets_finish (context, result, &secrets, &error))
    stoker_register_provider_async (stoker_cli_context_get_workspace (context), payload,
                                    _ ("command line"), secrets,
                                    stoker_cli_context_get_cancellable (context), registered_cb,
                                    g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static StokerProfile *
find_template (StokerCliContext *context, GError **error)
{
  StokerCatalog *catalog = stoker_workspace_get_catalog (
    stoker_cli_context_get_workspace (context));
  const char *id = stoker_cli_context_get_argument (context, 0);
  StokerProfile *profile = stoker_catalog_lookup (catalog, id);

  if (profile == NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("%s: no such template; stoker catalog list tells them"), id);

  return profile;
}

static GHashTable *
list_found_secrets (GPtrArray *keys)
{
  GHashTable *secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) stoker_wipe_free);

  for (guint i = 0; i < keys->len; i++)
    {
      StokerFoundKey *key = g_ptr_array_index (keys, i);

      if (stoker_found_key_is_secret (key))
        g_hash_table_insert (secrets, g_strdup (stoker_found_key_get_field_id (key)),
                             g_strdup (stoker_found_key_reveal (key)));
    }
  return secrets;
}

/* The finds to take over: variables come before files, as in the vendors' tools. */
static GPtrArray *
select_keys (GPtrArray *found, const StokerProfile *profile, GError **error)
{
  const StokerFoundPlace places[] = { STOKER_FOUND_IN_ENVIRONMENT, STOKER_FOUND_IN_FILE };

  for (gsize i = 0; found != NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GPtrArray) keys = stoker_select_found_keys (found, profile->id, places[i]);

      if (keys->len > 0)
        return g_steal_pointer (&keys);
    }
  if (found != NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("--from-found: no key for %s lies on this computer; stoker providers found "
                    "lists those that do"),
                 profile->id);
  return NULL;
}

static void
keys_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = g_task_get_source_object (task);
  g_autoptr (GPtrArray) found = stoker_find_keys_finish (result, &error);
  StokerProfile *profile = find_template (context, &error);
  g_autoptr (GPtrArray) keys = profile != NULL ? select_keys (found, profile, &error) : NULL;
  g_autoptr (JsonNode) payload = NULL;
  g_autoptr (GHashTable) secrets = NULL;

  if (keys != NULL)
    payload = read_payload (context, profile, keys, &error);
  if (payload == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  secrets = list_found_secrets (keys);
  stoker_register_provider_async (stoker_cli_context_get_workspace (context), payload,
                                  _ ("command line"), secrets,
                                  stoker_cli_context_get_cancellable (context), registered_cb,
                                  g_steal_pointer (&task));
}

static void
start_add (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  g_autoptr (GError) error = NULL;
  StokerProfile *profile = find_template (context, &error);
  g_autoptr (JsonNode) payload = NULL;

  if (profile != NULL && stoker_cli_context_get_flag (context, "from-found"))
    {
      stoker_find_keys_async (stoker_workspace_get_catalog (
                                stoker_cli_context_get_workspace (context)),
                              stoker_cli_context_get_cancellable (context), keys_found_cb,
                              g_steal_pointer (&task));
      return;
    }
  if (profile != NULL)
    payload = read_payload (context, profile, NULL, &error);
  if (payload == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_set_task_data (task, g_steal_pointer (&payload), (GDestroyNotify) json_node_unref);
  stoker_cli_provider_read_secrets_async (context, profile, secrets_to_add_cb,
                                          g_steal_pointer (&task));
}

/* What `providers set` is to change; read as a whole before anything is changed. */
typedef struct
{
  GHashTable *settings; /* owned */
  int priority;         /* NO_PRIORITY: stays */
  gboolean is_active;
} Change;

static void
change_clear (Change *self)
{
  g_clear_pointer (&self->settings, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, change_clear)

static gboolean
is_something_told (StokerCliContext *context)
{
  static const char *const texts[] = { "name", "base-url", "priority", "active" };
  g_auto (GStrv) settings = stoker_cli_context_get_texts (context, "set");

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (stoker_cli_context_get_text (context, texts[i]) != NULL)
      return TRUE;
  return *settings != NULL || stoker_cli_context_get_flag (context, "secret-stdin") ||
         stoker_cli_context_get_flag (context, "opt-in");
}

static gboolean
read_change (StokerCliContext *context, StokerProvider *provider, Change *change, GError **error)
{
  StokerProfile *profile = stoker_workspace_get_profile (stoker_cli_context_get_workspace (context),
                                                         provider);
  const char *active = stoker_cli_context_get_text (context, "active");

  if (!is_something_told (context))
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                           _ ("providers set: what is to be changed? --help lists what can be"));
      return FALSE;
    }
  change->priority = stoker_provider_get_priority (provider);
  change->is_active = active != NULL ? g_str_equal (active, "on")
                                     : stoker_provider_get_active (provider);
  if (active != NULL && !g_str_equal (active, "on") && !g_str_equal (active, "off"))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   _ ("--active: “%s” is neither on nor off"), active);
      return FALSE;
    }
  if (profile == NULL)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   _ ("%s: its template “%s” is not in the catalog"),
                   stoker_provider_get_id (provider), stoker_provider_get_template_id (provider));
      return FALSE;
    }

  change->settings = stoker_cli_provider_read_settings (context, profile, error);
  return change->settings != NULL &&
         stoker_cli_provider_read_priority (context, &change->priority, error);
}

static void
apply_change (StokerCliContext *context, StokerProvider *provider, const Change *change)
{
  const char *name = stoker_cli_context_get_text (context, "name");
  const char *base_url = stoker_cli_context_get_text (context, "base-url");
  GHashTableIter iter;
  gpointer key, value;

  if (name != NULL)
    stoker_provider_set_name (provider, name);
  if (base_url != NULL)
    stoker_provider_set_base_url (provider, base_url);
  if (stoker_cli_context_get_flag (context, "opt-in"))
    stoker_provider_set_opted_in (provider, TRUE);
  stoker_provider_set_priority (provider, change->priority);
  stoker_provider_set_active (provider, change->is_active);

  g_hash_table_iter_init (&iter, change->settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    stoker_provider_set_config (provider, key, value);
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = g_task_get_source_object (task);
  StokerProvider *provider = g_task_get_task_data (task);

  if (!stoker_update_provider_finish (result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  stoker_cli_provider_note_keyring (context);
  if (stoker_cli_context_get_flag (context, "json"))
    stoker_cli_provider_print (context, provider);
  else
    stoker_cli_context_print (context, _ ("Changed “%s”.\n"), stoker_provider_get_id (provider));
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
secrets_to_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) secrets = NULL;
  g_auto (Change) change = { NULL };
  StokerCliContext *context = STOKER_CLI_CONTEXT (source);
  StokerProvider *provider = g_task_get_task_data (task);

  if (!stoker_cli_provider_read_secrets_finish (context, result, &secrets, &error) ||
      !read_change (context, provider, &change, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  apply_change (context, provider, &change);
  stoker_update_provider_async (stoker_cli_context_get_workspace (context), provider, secrets,
                                stoker_cli_context_get_cancellable (context), updated_cb,
                                g_steal_pointer (&task));
}

static void
start_set (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  g_autoptr (GError) error = NULL;
  g_auto (Change) change = { NULL };
  StokerProvider *provider = stoker_cli_provider_find (context, &error);

  if (provider == NULL || !read_change (context, provider, &change, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_set_task_data (task, g_object_ref (provider), g_object_unref);
  stoker_cli_provider_read_secrets_async (
    context, stoker_workspace_get_profile (stoker_cli_context_get_workspace (context), provider),
    secrets_to_set_cb, g_steal_pointer (&task));
}

const StokerCliVerb stoker_verbs_register[] = {
  {
    .name = "providers",
    .action = "add",
    .arguments = "TEMPLATE",
    .summary = N_ ("Register a provider of the catalog"),
    .options = add_options,
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_SECRETS,
    .changes_things = TRUE,
    .start = start_add,
  },
  {
    .name = "providers",
    .action = "set",
    .arguments = "ID",
    .summary = N_ ("Change a provider you registered, or its key"),
    .options = set_options,
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_SECRETS,
    .changes_things = TRUE,
    .start = start_set,
  },
  { NULL },
};
