/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-forget-everything.h"

#include "stoker-error.h"
#include "stoker-paths.h"
#include "stoker-task.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <errno.h>

/* What of the data folder is the user's own. */
static const char *const kept_names[] = { "catalog", "outputs", NULL };

typedef struct
{
  GPtrArray *provider_ids; /* owned, of char*: whose keys are still to go */
  GPtrArray *outputs;      /* owned, of char*: files to delete; empty when they stay */
} Forget;

static void
forget_free (Forget *forget)
{
  g_ptr_array_unref (forget->provider_ids);
  g_ptr_array_unref (forget->outputs);
  g_free (forget);
}

STOKER_DEFINE_TASK_STATE (Forget, forget, forget_free)

static gboolean
check_idle (StokerWorkspace *workspace, GError **error)
{
  GListModel *jobs = stoker_workspace_get_jobs (workspace);
  guint length = g_list_model_get_n_items (jobs);

  if (!stoker_workspace_is_scheduler (workspace))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_HELD, "%s",
                   _ ("another Stoker is running; end it first"));
      return FALSE;
    }
  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (jobs, i);

      if (stoker_job_state_is_final (stoker_job_get_state (job)))
        continue;
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_HELD,
                   _ ("“%s” is not finished; cancel it or wait for it first"),
                   stoker_job_get_name (job));
      return FALSE;
    }
  return TRUE;
}

/* Whatever cannot be deleted is told of, once, and the rest is deleted all the same. */
static void
delete_file (const char *path, GError **error)
{
  if (g_remove (path) == 0 || errno == ENOENT)
    return;
  if (error != NULL && *error == NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE, _ ("%s: cannot be deleted: %s"), path,
                 g_strerror (errno));
}

/* Links are deleted, never followed. */
static void
delete_tree (const char *path, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      delete_tree (child, error);
    }
  delete_file (path, error);
}

static void
empty_folder (const char *path, const char *const *kept, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (kept == NULL || !g_strv_contains (kept, name))
        delete_tree (child, error);
    }
}

/* A folder that still holds something of the user's stays. */
static void
delete_outputs (GPtrArray *outputs, GError **error)
{
  for (guint i = 0; i < outputs->len; i++)
    {
      g_autofree char *folder = g_path_get_dirname (outputs->pdata[i]);

      delete_file (outputs->pdata[i], error);
      g_rmdir (folder);
    }
}

static void
delete_files (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Forget *forget = data;
  g_autofree char *data_dir = stoker_paths_get_data_dir ();
  g_autofree char *state_dir = stoker_paths_get_state_dir ();
  g_autofree char *cache_dir = stoker_paths_get_cache_dir ();
  GError *error = NULL;

  delete_outputs (forget->outputs, &error);
  empty_folder (data_dir, kept_names, &error);
  empty_folder (state_dir, NULL, &error);
  empty_folder (cache_dir, NULL, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
did_close (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = STOKER_WORKSPACE (source);

  stoker_workspace_close_finish (workspace, result);
  stoker_settings_reset_all (stoker_workspace_get_settings (workspace));
  g_task_run_in_thread (task, delete_files);
}

static void clear_next (GTask *task);

static void
did_clear (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (stoker_secret_store_clear_finish (STOKER_SECRET_STORE (source), result, &error))
    clear_next (task);
  else
    g_task_return_error (task, error);
}

/* The keys go first: when the keyring refuses, nothing is lost and it can be tried again. */
static void
clear_next (GTask *task)
{
  Forget *forget = stoker_task_get_forget_state (task);
  StokerWorkspace *workspace = g_task_get_source_object (task);
  g_autofree char *id = NULL;

  if (forget->provider_ids->len == 0)
    {
      stoker_workspace_close_async (workspace, did_close, g_object_ref (task));
      return;
    }
  id = g_ptr_array_steal_index_fast (forget->provider_ids, 0);
  stoker_secret_store_clear_async (stoker_workspace_get_secrets (workspace), id,
                                   g_task_get_cancellable (task), did_clear, g_object_ref (task));
}

static GPtrArray *
collect_provider_ids (StokerWorkspace *workspace)
{
  GListModel *providers = stoker_workspace_get_providers (workspace);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      g_ptr_array_add (ids, g_strdup (stoker_provider_get_id (provider)));
    }
  return ids;
}

static void
collect_outputs_of (StokerJob *job, GPtrArray *paths)
{
  GPtrArray *artifacts = stoker_job_get_artifacts (job);

  for (guint i = 0; i < artifacts->len; i++)
    {
      const StokerArtifact *artifact = artifacts->pdata[i];

      if (artifact->path != NULL)
        g_ptr_array_add (paths, g_strdup (artifact->path));
    }
}

static GPtrArray *
collect_outputs (StokerWorkspace *workspace, gboolean with_outputs)
{
  GListModel *jobs = stoker_workspace_get_jobs (workspace);
  guint length = with_outputs ? g_list_model_get_n_items (jobs) : 0;
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (jobs, i);

      collect_outputs_of (job, paths);
    }
  return paths;
}

/**
 * stoker_forget_everything_async:
 * @workspace: the workspace, with every part
 * @with_outputs: whether downloaded files are deleted too
 * @cancellable: (nullable): to give up while keys are being deleted
 * @callback: called when all is gone
 * @user_data: for @callback
 *
 * Makes it as if Stoker had never been used. See the header for what goes and what stays.
 */
void
stoker_forget_everything_async (StokerWorkspace *workspace,
                                gboolean with_outputs,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  Forget *forget = NULL;
  GError *error = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_forget_everything_async);
  if (!stoker_workspace_require_store (workspace, task))
    return;
  if (!check_idle (workspace, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  forget = g_new0 (Forget, 1);
  forget->provider_ids = collect_provider_ids (workspace);
  forget->outputs = collect_outputs (workspace, with_outputs);
  stoker_task_set_forget_state (task, forget);
  clear_next (task);
}

/**
 * stoker_forget_everything_finish:
 * @result: what the callback got
 * @error: return location; names the first file that could not be deleted
 *
 * Returns: whether everything is gone
 */
gboolean
stoker_forget_everything_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_forget_everything_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
