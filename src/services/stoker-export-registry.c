/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-transfer-registry.h"

#include "stoker-error.h"
#include "stoker-task.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

/* Walks the registered providers, asking the keyring for each when secrets are wanted. */
typedef struct
{
  gboolean includes_secrets;
  guint next;
  JsonArray *entries; /* owned */
} Export;

static void
export_free (Export *self)
{
  g_clear_pointer (&self->entries, json_array_unref);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Export, export, export_free)

static void export_next (GTask *task);

static JsonNode *
make_document (Export *state)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "version", 1);
  json_object_set_array_member (object, "providers", json_array_ref (state->entries));
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
make_secrets_overlay (GHashTable *secrets)
{
  JsonObject *config = json_object_new ();
  JsonObject *overlay = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  GHashTableIter iter;
  gpointer field, secret;

  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, &field, &secret))
    json_object_set_string_member (config, field, secret);
  json_object_set_object_member (overlay, "config", config);
  json_node_take_object (node, overlay);
  return node;
}

static void
got_secrets (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Export *state = stoker_task_get_export_state (task);
  g_autoptr (GHashTable) secrets = NULL;
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (JsonNode) overlay = NULL;
  JsonNode *entry;
  GError *error = NULL;

  secrets = stoker_secret_store_lookup_finish (STOKER_SECRET_STORE (source), result, &error);
  if (secrets == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  provider = g_list_model_get_item (stoker_workspace_get_providers (workspace), state->next++);
  entry = stoker_provider_to_json (provider);
  overlay = make_secrets_overlay (secrets);
  stoker_json_merge (entry, overlay);
  json_array_add_element (state->entries, entry);
  export_next (task);
}

static void
ask_for_secrets (GTask *task, StokerProvider *provider, StokerProfile *profile)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);

  stoker_secret_store_lookup_async (stoker_workspace_get_secrets (workspace),
                                    stoker_provider_get_id (provider), profile,
                                    g_task_get_cancellable (task), got_secrets,
                                    g_object_ref (task));
}

static void
export_next (GTask *task)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Export *state = stoker_task_get_export_state (task);
  GListModel *providers = stoker_workspace_get_providers (workspace);

  while (state->next < g_list_model_get_n_items (providers))
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, state->next);
      StokerProfile *profile = stoker_workspace_get_profile (workspace, provider);

      if (state->includes_secrets && profile != NULL)
        {
          ask_for_secrets (task, provider, profile);
          return;
        }
      json_array_add_element (state->entries, stoker_provider_to_json (provider));
      state->next++;
    }
  g_task_return_pointer (task, make_document (state), (GDestroyNotify) json_node_unref);
}

/**
 * stoker_export_registry_async:
 * @workspace: the workspace
 * @includes_secrets: whether the keys are written into the document: only at the user's explicit
 * wish
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Makes a document of the registry.
 */
void
stoker_export_registry_async (StokerWorkspace *workspace,
                              gboolean includes_secrets,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  Export *state = g_new0 (Export, 1);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  state->includes_secrets = includes_secrets;
  state->entries = json_array_new ();
  g_task_set_source_tag (task, stoker_export_registry_async);
  stoker_task_set_export_state (task, state);
  export_next (task);
}

/**
 * stoker_export_registry_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): {"version":1,"providers":[…]}
 */
JsonNode *
stoker_export_registry_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_export_registry_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The seeds' secrets file: one table of secrets a template, saved under every provider made from
 * that template. */
typedef struct
{
  GPtrArray *providers; /* owned, of StokerProvider */
  GHashTable *tables;   /* owned: template id → table of secrets */
  guint next;
} SecretsImport;

static void
secrets_import_free (SecretsImport *self)
{
  g_clear_pointer (&self->providers, g_ptr_array_unref);
  g_clear_pointer (&self->tables, g_hash_table_unref);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (SecretsImport, secrets_import, secrets_import_free)

static void save_next_table (GTask *task);

static void
did_save_table (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!stoker_secret_store_save_finish (STOKER_SECRET_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    save_next_table (task);
}

static void
save_next_table (GTask *task)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  SecretsImport *state = stoker_task_get_secrets_import_state (task);
  StokerProvider *provider;

  if (state->next == state->providers->len)
    {
      g_task_return_int (task, state->providers->len);
      return;
    }

  provider = state->providers->pdata[state->next++];
  stoker_secret_store_save_async (stoker_workspace_get_secrets (workspace),
                                  stoker_provider_get_id (provider),
                                  stoker_provider_get_name (provider),
                                  g_hash_table_lookup (state->tables,
                                                       stoker_provider_get_template_id (provider)),
                                  g_task_get_cancellable (task), did_save_table,
                                  g_object_ref (task));
}

static void
collect_providers (StokerWorkspace *workspace, SecretsImport *state)
{
  GListModel *providers = stoker_workspace_get_providers (workspace);
  guint length = g_list_model_get_n_items (providers);

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);
      const char *template_id = stoker_provider_get_template_id (provider);

      if (template_id != NULL && g_hash_table_contains (state->tables, template_id))
        g_ptr_array_add (state->providers, g_steal_pointer (&provider));
    }
}

/**
 * stoker_import_secrets_async:
 * @workspace: the workspace
 * @document: the seeds' secrets file
 * @file: what to call it in an error
 * @cancellable: (nullable): to give up
 * @callback: called when all are in the keyring
 * @user_data: for @callback
 *
 * Takes the keys of registered providers into the keyring. The file stays; whoever called may offer
 * to delete it.
 */
void
stoker_import_secrets_async (StokerWorkspace *workspace,
                             JsonNode *document,
                             const char *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  SecretsImport *state = g_new0 (SecretsImport, 1);
  GError *error = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_import_secrets_async);
  stoker_task_set_secrets_import_state (task, state);
  state->providers = g_ptr_array_new_with_free_func (g_object_unref);
  state->tables = stoker_secrets_file_decode (document, file,
                                              stoker_workspace_get_catalog (workspace), &error);
  if (state->tables == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  collect_providers (workspace, state);
  save_next_table (task);
}

/**
 * stoker_import_secrets_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: how many providers got their keys; -1 on an error
 */
int
stoker_import_secrets_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_import_secrets_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
