/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-keep-jobs.h"

#include "stoker-error.h"
#include "stoker-task.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GStrv ids;
  GPtrArray *paths;   /* owned, of char*: output files that go too */
  guint n_left;       /* files that could not be removed */
  char *left_message; /* owned, nullable: why the first of them stays */
} Deletion;

static void
deletion_free (Deletion *self)
{
  g_strfreev (self->ids);
  g_ptr_array_unref (self->paths);
  g_free (self->left_message);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Deletion, deletion, deletion_free)

/**
 * stoker_put_jobs_away:
 * @workspace: the workspace
 * @jobs: (element-type StokerJob): jobs
 *
 * Takes those that have ended out of the list. Nothing is deleted yet: after a crash they are
 * there again.
 *
 * Returns: (transfer full) (element-type StokerJob): what was put away
 */
GPtrArray *
stoker_put_jobs_away (StokerWorkspace *workspace, GPtrArray *jobs)
{
  GPtrArray *away = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (STOKER_IS_WORKSPACE (workspace), away);

  for (guint i = 0; i < jobs->len; i++)
    if (stoker_job_state_is_final (stoker_job_get_state (jobs->pdata[i])))
      g_ptr_array_add (away, g_object_ref (jobs->pdata[i]));
  stoker_job_list_remove_all (STOKER_JOB_LIST (stoker_workspace_get_jobs (workspace)), away);
  return away;
}

/**
 * stoker_put_jobs_back:
 * @workspace: the workspace
 * @jobs: (element-type StokerJob): what stoker_put_jobs_away() returned
 *
 * Takes the deletion back.
 */
void
stoker_put_jobs_back (StokerWorkspace *workspace, GPtrArray *jobs)
{
  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  for (guint i = jobs->len; i > 0; i--)
    stoker_workspace_put_job (workspace, jobs->pdata[i - 1]);
}

static void
remove_file (Deletion *deletion, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GError) local_error = NULL;

  if (!g_file_delete (file, NULL, &local_error) &&
      !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      deletion->n_left++;
      if (deletion->left_message == NULL)
        deletion->left_message = g_strdup (local_error->message);
      return;
    }
  /* The folder of the job goes with its last file; one that holds something else stays. */
  if (folder != NULL)
    g_file_delete (folder, NULL, NULL);
}

static void
remove_files_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Deletion *deletion = data;

  for (guint i = 0; i < deletion->paths->len; i++)
    remove_file (deletion, deletion->paths->pdata[i]);
  if (deletion->n_left == 0)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_STORAGE,
                             g_dngettext (GETTEXT_PACKAGE, "%u output file stays: %s",
                                          "%u output files stay: %s", deletion->n_left),
                             deletion->n_left, deletion->left_message);
}

static void
did_remove_jobs (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Deletion *deletion = stoker_task_get_deletion_state (task);
  GError *error = NULL;

  if (!stoker_store_write_finish (STOKER_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  for (char **id = deletion->ids; *id != NULL; id++)
    stoker_store_append_audit_async (STOKER_STORE (source), "job.delete", *id, NULL, NULL, NULL,
                                     NULL);
  if (deletion->paths->len == 0)
    g_task_return_boolean (task, TRUE);
  else
    g_task_run_in_thread (task, remove_files_in_thread);
}

static void
add_paths (Deletion *deletion, StokerJob *job)
{
  GPtrArray *artifacts = stoker_job_get_artifacts (job);

  for (guint i = 0; i < artifacts->len; i++)
    {
      const StokerArtifact *artifact = g_ptr_array_index (artifacts, i);

      if (artifact->path != NULL)
        g_ptr_array_add (deletion->paths, g_strdup (artifact->path));
    }
}

static Deletion *
make_deletion (GPtrArray *jobs, gboolean with_outputs)
{
  Deletion *deletion = g_new0 (Deletion, 1);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  deletion->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < jobs->len; i++)
    {
      g_strv_builder_add (ids, stoker_job_get_id (jobs->pdata[i]));
      if (with_outputs)
        add_paths (deletion, jobs->pdata[i]);
    }
  deletion->ids = g_strv_builder_end (ids);
  return deletion;
}

/**
 * stoker_delete_jobs_async:
 * @workspace: the workspace
 * @jobs: (element-type StokerJob): what stoker_put_jobs_away() returned
 * @with_outputs: whether their output files are deleted too
 * @cancellable: (nullable): to give up before anything is deleted
 * @callback: called when they are gone
 * @user_data: for @callback
 *
 * Deletes jobs that were put away.
 */
void
stoker_delete_jobs_async (StokerWorkspace *workspace,
                          GPtrArray *jobs,
                          gboolean with_outputs,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  Deletion *deletion = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_delete_jobs_async);
  if (!stoker_workspace_require_store (workspace, task))
    return;
  deletion = make_deletion (jobs, with_outputs);
  stoker_task_set_deletion_state (task, deletion);
  stoker_store_remove_jobs_async (stoker_workspace_get_store (workspace),
                                  (const char *const *) deletion->ids, cancellable, did_remove_jobs,
                                  g_object_ref (task));
}

/**
 * stoker_delete_jobs_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when jobs and, if it was wished, files are gone; when files stay, the jobs are
 * gone all the same
 */
gboolean
stoker_delete_jobs_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_delete_jobs_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
