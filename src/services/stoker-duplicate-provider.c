/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-duplicate-provider.h"

#include "stoker-error.h"
#include "stoker-register-provider.h"
#include "stoker-task.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

static void
did_register (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerProvider *copy;
  GError *error = NULL;

  copy = stoker_register_provider_finish (result, &error);
  if (copy == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, copy, g_object_unref);
}

/* "runpod" gives "runpod-2", and that gives "runpod-3". */
static char *
find_free_id (StokerWorkspace *workspace, const char *id)
{
  g_autoptr (GRegex) number = g_regex_new ("-[0-9]+$", 0, 0, NULL);
  g_autofree char *stem = g_regex_replace_literal (number, id, -1, 0, "", 0, NULL);

  for (guint i = 2;; i++)
    {
      g_autofree char *candidate = g_strdup_printf ("%s-%u", stem, i);

      if (stoker_workspace_lookup_provider (workspace, candidate) == NULL)
        return g_steal_pointer (&candidate);
    }
}

static int
find_last_priority (StokerWorkspace *workspace)
{
  GListModel *providers = stoker_workspace_get_providers (workspace);
  guint length = g_list_model_get_n_items (providers);
  g_autoptr (StokerProvider) last = length > 0 ? g_list_model_get_item (providers, length - 1)
                                               : NULL;

  return last != NULL ? stoker_provider_get_priority (last) : 0;
}

/* What was found out about the one says nothing about the other: the health is left out. */
static JsonNode *
make_entry (StokerWorkspace *workspace, StokerProvider *provider)
{
  g_autofree char *id = find_free_id (workspace, stoker_provider_get_id (provider));
  g_autofree char *name = g_strdup_printf (_ ("%s (copy)"), stoker_provider_get_name (provider));
  JsonNode *entry = stoker_provider_to_json (provider);
  JsonObject *object = json_node_get_object (entry);

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "name", name);
  json_object_set_int_member (object, "priority", find_last_priority (workspace) + 1);
  json_object_remove_member (object, "last_health");
  return entry;
}

static void
register_copy (GTask *task, GHashTable *secrets)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  g_autoptr (JsonNode) entry = make_entry (workspace, g_task_get_task_data (task));

  stoker_register_provider_async (workspace, entry, NULL, secrets, g_task_get_cancellable (task),
                                  did_register, g_object_ref (task));
}

static void
got_keys (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerSecretStore *store = STOKER_SECRET_STORE (source);
  g_autoptr (GHashTable) secrets = NULL;
  GError *error = NULL;

  secrets = stoker_secret_store_lookup_finish (store, result, &error);
  if (secrets == NULL)
    g_task_return_error (task, error);
  else if (stoker_secret_store_get_state (store) != STOKER_KEYRING_READY)
    {
      g_autofree char *obstacle = stoker_secret_store_describe_state (store);

      g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_STORAGE, "%s", obstacle);
    }
  else
    register_copy (task, secrets);
}

/**
 * stoker_duplicate_provider_async:
 * @workspace: the workspace
 * @id: id of a registered provider
 * @copies_keys: whether the copy gets the keys that are in the keyring
 * @cancellable: (nullable): to give up
 * @callback: called when the copy is on disk
 * @user_data: for @callback
 *
 * Registers a copy of a provider. When its keys were asked for and the keyring cannot give them,
 * nothing is registered.
 */
void
stoker_duplicate_provider_async (StokerWorkspace *workspace,
                                 const char *id,
                                 gboolean copies_keys,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  StokerProvider *provider = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_duplicate_provider_async);
  provider = stoker_workspace_lookup_provider (workspace, id);
  if (provider == NULL)
    {
      g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_CONFIG,
                               _ ("there is no provider “%s”"), id);
      return;
    }
  if (g_str_equal (id, STOKER_PROVIDER_LOCAL_ID))
    {
      g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_HELD, "%s",
                               _ ("there is only one of this machine"));
      return;
    }
  g_task_set_task_data (task, g_object_ref (provider), g_object_unref);
  /* Without the profile the environment is not looked at: its keys do not belong in the keyring. */
  if (copies_keys)
    stoker_secret_store_lookup_async (stoker_workspace_get_secrets (workspace), id, NULL,
                                      cancellable, got_keys, g_object_ref (task));
  else
    register_copy (task, NULL);
}

/**
 * stoker_duplicate_provider_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the copy; or %NULL: %STOKER_ERROR_STORAGE when keyring or database
 * refuse
 */
StokerProvider *
stoker_duplicate_provider_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_duplicate_provider_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
