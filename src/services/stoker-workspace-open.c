/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-workspace-private.h"

#include "stoker-live-offers-private.h"
#include "stoker-paths.h"

#include <glib/gi18n-lib.h>

#define CATALOG_RESOURCE "/io/github/stokerapp/Stoker/catalog"
#define GPU_SPECS_RESOURCE "/io/github/stokerapp/Stoker/gpu-specs.json"

static void
keyring_state_changed_cb (StokerWorkspace *self)
{
  g_free (self->keyring_message);
  self->keyring_message = NULL;
  if (stoker_secret_store_get_state (self->secrets) != STOKER_KEYRING_READY)
    self->keyring_message = stoker_secret_store_describe_state (self->secrets);
  g_object_notify (G_OBJECT (self), "keyring-message");
}

static void
scheduler_role_changed_cb (StokerWorkspace *self)
{
  g_object_notify (G_OBJECT (self), "is-scheduler");
}

/* Opening: catalog → database → providers → jobs → scheduler. */

static gboolean
load_catalog (StokerWorkspace *self, GError **error)
{
  g_autofree char *data_dir = stoker_paths_get_data_dir ();
  g_autofree char *user_catalog = g_build_filename (data_dir, "catalog", NULL);

  self->catalog = stoker_catalog_load (CATALOG_RESOURCE, user_catalog, error);
  if (self->catalog == NULL)
    return FALSE;
  self->gpu_specs = stoker_gpu_specs_load (GPU_SPECS_RESOURCE, error);
  self->live_offers = stoker_live_offers_new (self->catalog);
  /* Of use to registered providers alone. */
  if (self->parts != STOKER_WORKSPACE_CATALOG)
    stoker_live_offers_load (self->live_offers);
  return self->gpu_specs != NULL;
}

static gboolean
add_local_provider (StokerWorkspace *self)
{
  StokerProfile *profile = stoker_catalog_lookup (self->catalog, STOKER_PROVIDER_LOCAL_ID);
  g_autoptr (StokerProvider) local = NULL;

  if (stoker_workspace_lookup_provider (self, STOKER_PROVIDER_LOCAL_ID) != NULL || profile == NULL)
    return FALSE;
  local = stoker_provider_new_from_profile (profile, STOKER_PROVIDER_LOCAL_ID);
  stoker_provider_set_priority (local, 1);
  stoker_workspace_put_provider (self, local);
  return TRUE;
}

/* An entry that this version cannot read stays in the database and is told of; the others work. */
static void
add_stored_provider (StokerWorkspace *self, JsonNode *entry)
{
  StokerJsonPlace root = stoker_json_root (entry, "stoker.db");
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (GError) local_error = NULL;

  provider = stoker_provider_decode (&root, self->catalog, NULL, &local_error);
  if (provider != NULL)
    stoker_workspace_put_provider (self, provider);
  else
    {
      g_free (self->notice);
      self->notice = g_strdup_printf (_ ("A stored provider could not be read: %s"),
                                      local_error->message);
    }
}

static void
finish_opening (GTask *task)
{
  StokerWorkspace *self = g_task_get_task_data (task);

  add_local_provider (self);
  if (self->parts & STOKER_WORKSPACE_SCHEDULER)
    {
      self->scheduler = stoker_scheduler_new (self);
      g_signal_connect_object (self->scheduler, "notify::has-lock",
                               G_CALLBACK (scheduler_role_changed_cb), self, G_CONNECT_SWAPPED);
      stoker_scheduler_start (self->scheduler);
    }
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
got_jobs (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) jobs = NULL;
  GError *error = NULL;

  jobs = stoker_store_load_jobs_finish (STOKER_STORE (source), result, &error);
  if (jobs == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  stoker_job_list_add_all (self->jobs, jobs);
  finish_opening (task);
}

static void
got_providers (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) entries = NULL;
  GError *error = NULL;

  entries = stoker_store_load_providers_finish (STOKER_STORE (source), result, &error);
  if (entries == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < entries->len; i++)
    add_stored_provider (self, entries->pdata[i]);

  if (self->parts & STOKER_WORKSPACE_JOBS)
    stoker_store_load_jobs_async (self->store, g_task_get_cancellable (task), got_jobs,
                                  g_object_ref (task));
  else
    finish_opening (task);
}

static void
did_open_store (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->store = stoker_store_open_finish (result, &error);
  if (self->store == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self->notice = g_strdup (stoker_store_get_notice (self->store));
  stoker_store_load_providers_async (self->store, g_task_get_cancellable (task), got_providers,
                                     g_object_ref (task));
}

static void
load_catalog_in_thread (GTask *task,
                        gpointer source_object,
                        gpointer task_data,
                        GCancellable *cancellable)
{
  GError *error = NULL;

  if (load_catalog (STOKER_WORKSPACE (task_data), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
did_load_catalog (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *self = g_task_get_task_data (task);
  g_autofree char *data_dir = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (!(self->parts &
        (STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_JOBS | STOKER_WORKSPACE_SCHEDULER)))
    {
      finish_opening (task);
      return;
    }

  data_dir = stoker_paths_get_data_dir ();
  path = g_build_filename (data_dir, "stoker.db", NULL);
  stoker_store_open_async (path, g_task_get_cancellable (task), did_open_store,
                           g_object_ref (task));
}

/**
 * stoker_workspace_open_async:
 * @parts: what the caller needs
 * @cancellable: (nullable): to give up
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * Opens what the faces stand on. Parsing is done on a thread of the pool and the database on its
 * own.
 */
void
stoker_workspace_open_async (StokerWorkspaceParts parts,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) catalog_task = NULL;
  StokerWorkspace *self = g_object_new (STOKER_TYPE_WORKSPACE, NULL);

  self->parts = parts;
  self->secrets = stoker_secret_store_new ();
  g_signal_connect_object (self->secrets, "notify::state", G_CALLBACK (keyring_state_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_task_set_source_tag (task, stoker_workspace_open_async);
  g_task_set_task_data (task, self, g_object_unref);

  catalog_task = g_task_new (NULL, cancellable, did_load_catalog, g_object_ref (task));
  g_task_set_task_data (catalog_task, g_object_ref (self), g_object_unref);
  g_task_run_in_thread (catalog_task, load_catalog_in_thread);
}

/**
 * stoker_workspace_open_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the workspace, or %NULL: a shipped catalog document or the database
 * cannot be read
 */
StokerWorkspace *
stoker_workspace_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_workspace_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
did_close_store (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  stoker_store_close_finish (STOKER_STORE (source), result);
  g_task_return_boolean (task, TRUE);
}

/**
 * stoker_workspace_close_async:
 * @self: the workspace
 * @callback: called when all is on disk
 * @user_data: for @callback
 *
 * Stops following jobs and closes the database after what is under way was written.
 */
void
stoker_workspace_close_async (StokerWorkspace *self,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (self));

  g_task_set_source_tag (task, stoker_workspace_close_async);
  self->is_closed = TRUE;
  if (self->scheduler != NULL)
    stoker_scheduler_stop (self->scheduler);
  if (self->store == NULL)
    g_task_return_boolean (task, TRUE);
  else
    stoker_store_close_async (self->store, did_close_store, g_steal_pointer (&task));
}

/**
 * stoker_workspace_close_finish:
 * @self: the workspace
 * @result: what the callback got
 *
 * Ends stoker_workspace_close_async().
 */
void
stoker_workspace_close_finish (StokerWorkspace *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
did_unlock (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (stoker_secret_store_unlock_finish (STOKER_SECRET_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * stoker_workspace_unlock_keyring_async:
 * @self: the workspace
 * @cancellable: (nullable): to give up
 * @callback: called when the user has answered
 * @user_data: for @callback
 *
 * Asks the keyring to unlock; it shows its own prompt.
 */
void
stoker_workspace_unlock_keyring_async (StokerWorkspace *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (self));

  g_task_set_source_tag (task, stoker_workspace_unlock_keyring_async);
  if (stoker_workspace_require_store (self, task))
    stoker_secret_store_unlock_async (self->secrets, cancellable, did_unlock, g_object_ref (task));
}

/**
 * stoker_workspace_unlock_keyring_finish:
 * @self: the workspace
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when it is open now
 */
gboolean
stoker_workspace_unlock_keyring_finish (StokerWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * stoker_workspace_is_keyring_locked:
 * @self: the workspace
 *
 * Returns: whether the keyring was locked at the last try, so that unlocking it would help
 */
gboolean
stoker_workspace_is_keyring_locked (StokerWorkspace *self)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), FALSE);

  return stoker_secret_store_get_state (self->secrets) == STOKER_KEYRING_LOCKED;
}

static gboolean
has_secrets (const StokerProfile *profile)
{
  for (guint i = 0; profile->auth_fields != NULL && i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);

      if (field->type == STOKER_FIELD_SECRET)
        return TRUE;
    }
  return FALSE;
}

/**
 * stoker_workspace_probe_keyring:
 * @self: the workspace
 *
 * Finds out in what condition the keyring is, without a prompt: looks for the key of a provider
 * that has one. The property `keyring-message` tells.
 */
void
stoker_workspace_probe_keyring (StokerWorkspace *self)
{
  guint length;

  g_return_if_fail (STOKER_IS_WORKSPACE (self));

  length = g_list_model_get_n_items (G_LIST_MODEL (self->providers));
  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerProvider)
        provider = g_list_model_get_item (G_LIST_MODEL (self->providers), i);
      StokerProfile *profile = stoker_workspace_get_profile (self, provider);

      if (profile == NULL || !has_secrets (profile))
        continue;
      stoker_secret_store_lookup_async (self->secrets, stoker_provider_get_id (provider), profile,
                                        NULL, NULL, NULL);
      return;
    }
}
