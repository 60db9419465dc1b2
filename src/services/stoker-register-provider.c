/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-register-provider.h"

#include "stoker-error.h"
#include "stoker-registration-private.h"
#include "stoker-task.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  StokerProvider *provider; /* owned */
  GHashTable *secrets;      /* owned: field → secret */
  char *action;             /* owned: for the audit trail */
} Registration;

static void
registration_free (Registration *self)
{
  g_clear_object (&self->provider);
  g_clear_pointer (&self->secrets, g_hash_table_unref);
  g_free (self->action);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Registration, registration, registration_free)

static void
did_store (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Registration *state = stoker_task_get_registration_state (task);
  GError *error = NULL;

  if (!stoker_store_write_finish (STOKER_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  stoker_workspace_put_provider (workspace, state->provider);
  stoker_store_append_audit_async (STOKER_STORE (source), state->action,
                                   stoker_provider_get_id (state->provider), NULL, NULL, NULL,
                                   NULL);
  g_task_return_pointer (task, g_object_ref (state->provider), g_object_unref);
}

static void
store_entry (GTask *task)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Registration *state = stoker_task_get_registration_state (task);
  g_autoptr (GHashTable) entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          (GDestroyNotify) json_node_unref);

  g_hash_table_insert (entries, g_strdup (stoker_provider_get_id (state->provider)),
                       stoker_provider_to_json (state->provider));
  stoker_store_save_providers_async (stoker_workspace_get_store (workspace), entries, NULL,
                                     g_task_get_cancellable (task), did_store, g_object_ref (task));
}

static void
did_save_secrets (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!stoker_secret_store_save_finish (STOKER_SECRET_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    store_entry (task);
}

/* The keys go first: when the keyring refuses them, nothing is registered. */
static void
save_registration (GTask *task)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Registration *state = stoker_task_get_registration_state (task);
  StokerProfile *profile;

  if (!stoker_workspace_require_store (workspace, task))
    return;
  if (g_hash_table_size (state->secrets) == 0)
    {
      store_entry (task);
      return;
    }
  profile = stoker_workspace_get_profile (workspace, state->provider);
  if (profile != NULL)
    stoker_secret_store_remember_profile (stoker_workspace_get_secrets (workspace),
                                          stoker_provider_get_id (state->provider), profile);
  stoker_secret_store_save_async (stoker_workspace_get_secrets (workspace),
                                  stoker_provider_get_id (state->provider),
                                  stoker_provider_get_name (state->provider), state->secrets,
                                  g_task_get_cancellable (task), did_save_secrets,
                                  g_object_ref (task));
}

static gboolean
check_new_id (StokerWorkspace *workspace,
              const StokerJsonPlace *root,
              StokerProvider *provider,
              GError **error)
{
  const char *id = stoker_provider_get_id (provider);
  StokerJsonPlace place = stoker_json_member (root, "id");

  if (!stoker_registration_is_template_form (root) ||
      stoker_workspace_lookup_provider (workspace, id) == NULL)
    return TRUE;
  stoker_json_set_error (error, &place,
                         "a provider “%s” is there already; give this one another id", id);
  return FALSE;
}

static gboolean
check_given_secrets (StokerWorkspace *workspace,
                     const StokerJsonPlace *root,
                     Registration *state,
                     GError **error)
{
  StokerProfile *profile = stoker_workspace_get_profile (workspace, state->provider);

  return profile == NULL ||
         stoker_registration_check_secrets (profile, root, state->secrets, error);
}

/**
 * stoker_register_provider_async:
 * @workspace: the workspace
 * @payload: the template form or a whole entry
 * @file: what to call @payload in an error
 * @secrets: (nullable): field → secret, beside those in the payload's config
 * @cancellable: (nullable): to give up
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Registers a provider. A template form with an id that is taken is an error; a whole entry
 * replaces the one with its id.
 */
void
stoker_register_provider_async (StokerWorkspace *workspace,
                                JsonNode *payload,
                                const char *file,
                                GHashTable *secrets,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  StokerJsonPlace root = stoker_json_root (payload, file);
  Registration *state = g_new0 (Registration, 1);
  GError *error = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_register_provider_async);
  stoker_task_set_registration_state (task, state);
  state->action = g_strdup ("provider.register");
  state->secrets = stoker_secret_table_new ();
  state->provider = stoker_registration_decode (&root, stoker_workspace_get_catalog (workspace),
                                                state->secrets, &error);
  stoker_secret_table_copy (state->secrets, secrets);

  if (state->provider == NULL || !check_new_id (workspace, &root, state->provider, &error) ||
      !check_given_secrets (workspace, &root, state, &error))
    g_task_return_error (task, error);
  else
    save_registration (task);
}

/**
 * stoker_register_provider_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the registered provider; or %NULL: %STOKER_ERROR_CONFIG for a mistake
 * in the payload, %STOKER_ERROR_STORAGE when keyring or database refuse
 */
StokerProvider *
stoker_register_provider_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_register_provider_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * stoker_update_provider_async:
 * @workspace: the workspace
 * @provider: a registered provider, changed through its setters
 * @secrets: (nullable): field → secret; those given replace the old ones
 * @cancellable: (nullable): to give up
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Writes a changed provider.
 */
void
stoker_update_provider_async (StokerWorkspace *workspace,
                              StokerProvider *provider,
                              GHashTable *secrets,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  StokerProfile *profile = stoker_workspace_get_profile (workspace, provider);
  Registration *state = g_new0 (Registration, 1);
  GError *error = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_update_provider_async);
  stoker_task_set_registration_state (task, state);
  state->action = g_strdup ("provider.update");
  state->provider = g_object_ref (provider);
  state->secrets = stoker_secret_table_new ();
  stoker_secret_table_copy (state->secrets, secrets);
  if (profile != NULL &&
      !stoker_registration_check_provider (profile, provider, state->secrets, &error))
    g_task_return_error (task, error);
  else
    save_registration (task);
}

/**
 * stoker_update_provider_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when it was written
 */
gboolean
stoker_update_provider_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (StokerProvider) provider = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_update_provider_async), FALSE);

  provider = g_task_propagate_pointer (G_TASK (result), error);
  return provider != NULL;
}

static void
did_clear_secrets (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = g_task_get_source_object (task);
  const char *id = g_task_get_task_data (task);
  g_autoptr (GError) local_error = NULL;

  stoker_workspace_drop_provider (workspace, id);
  stoker_store_append_audit_async (stoker_workspace_get_store (workspace), "provider.remove", id,
                                   NULL, NULL, NULL, NULL);
  if (stoker_secret_store_clear_finish (STOKER_SECRET_STORE (source), result, &local_error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_STORAGE,
                             _ ("%s was removed, but its keys are still in the keyring: %s"), id,
                             local_error->message);
}

static void
did_remove_entry (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = g_task_get_source_object (task);
  GError *error = NULL;

  if (!stoker_store_write_finish (STOKER_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    stoker_secret_store_clear_async (stoker_workspace_get_secrets (workspace),
                                     g_task_get_task_data (task), g_task_get_cancellable (task),
                                     did_clear_secrets, g_object_ref (task));
}

static gboolean
check_removable (StokerWorkspace *workspace, const char *id, GError **error)
{
  if (g_str_equal (id, STOKER_PROVIDER_LOCAL_ID))
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_HELD, "%s",
                 _ ("this machine cannot be removed from the registry"));
  else if (stoker_workspace_lookup_provider (workspace, id) == NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("there is no provider “%s”"), id);
  else if (stoker_workspace_has_unfinished_jobs (workspace, id))
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_HELD,
                 _ ("%s has jobs that are not finished; cancel them first"), id);
  else
    return TRUE;
  return FALSE;
}

/**
 * stoker_remove_provider_async:
 * @workspace: the workspace
 * @id: id of a registered provider
 * @cancellable: (nullable): to give up
 * @callback: called when it is gone
 * @user_data: for @callback
 *
 * Removes a provider and its keys. `local`, and a provider with unfinished jobs, stay:
 * %STOKER_ERROR_HELD.
 */
void
stoker_remove_provider_async (StokerWorkspace *workspace,
                              const char *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  const char *removed[] = { id, NULL };
  GError *error = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_remove_provider_async);
  g_task_set_task_data (task, g_strdup (id), g_free);
  if (!check_removable (workspace, id, &error))
    g_task_return_error (task, error);
  else if (stoker_workspace_require_store (workspace, task))
    stoker_store_save_providers_async (stoker_workspace_get_store (workspace), NULL, removed,
                                       cancellable, did_remove_entry, g_object_ref (task));
}

/**
 * stoker_remove_provider_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when entry and keys are gone
 */
gboolean
stoker_remove_provider_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_remove_provider_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
