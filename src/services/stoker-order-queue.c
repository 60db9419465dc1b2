/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-order-queue.h"

#include "stoker-error.h"
#include "stoker-job-list.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/**
 * stoker_queue_is_paused:
 * @workspace: the workspace
 *
 * Returns: whether nothing that waits is sent
 */
gboolean
stoker_queue_is_paused (StokerWorkspace *workspace)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (workspace), FALSE);

  return g_settings_get_boolean (stoker_settings_get_gsettings (
                                   stoker_workspace_get_settings (workspace)),
                                 "queue-paused");
}

/**
 * stoker_queue_set_paused:
 * @workspace: the workspace
 * @is_paused: whether nothing that waits is to be sent
 *
 * Pauses the queue or lets it go on. It stays so after a restart.
 */
void
stoker_queue_set_paused (StokerWorkspace *workspace, gboolean is_paused)
{
  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_settings_set_boolean (stoker_settings_get_gsettings (stoker_workspace_get_settings (workspace)),
                          "queue-paused", is_paused);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  gint64 first = stoker_job_get_queue_place (*(StokerJob **) a);
  gint64 second = stoker_job_get_queue_place (*(StokerJob **) b);

  return (first > second) - (first < second);
}

/**
 * stoker_list_queue:
 * @workspace: the workspace
 *
 * Returns: (transfer full) (element-type StokerJob): the jobs that wait here, the next one first
 */
GPtrArray *
stoker_list_queue (StokerWorkspace *workspace)
{
  GPtrArray *queue = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) live = NULL;

  g_return_val_if_fail (STOKER_IS_WORKSPACE (workspace), queue);

  live = stoker_job_list_list_live (STOKER_JOB_LIST (stoker_workspace_get_jobs (workspace)));
  for (guint i = live->len; i > 0; i--)
    if (stoker_job_get_state (live->pdata[i - 1]) == STOKER_JOB_WAITING)
      g_ptr_array_add (queue, g_object_ref (live->pdata[i - 1]));
  g_ptr_array_sort (queue, compare_places);
  return queue;
}

/* The places that the jobs have are handed out anew, in the new order. */
static GPtrArray *
change_places (GPtrArray *queue, guint from, guint to)
{
  GPtrArray *changed = g_ptr_array_new ();
  g_autofree gint64 *places = g_new (gint64, queue->len);
  StokerJob *job = queue->pdata[from];

  for (guint i = 0; i < queue->len; i++)
    {
      places[i] = stoker_job_get_queue_place (queue->pdata[i]);
      if (i > 0)
        places[i] = MAX (places[i], places[i - 1] + 1);
    }
  if (to > from)
    memmove (queue->pdata + from, queue->pdata + from + 1, (to - from) * sizeof (gpointer));
  else
    memmove (queue->pdata + to + 1, queue->pdata + to, (from - to) * sizeof (gpointer));
  queue->pdata[to] = job;
  for (guint i = 0; i < queue->len; i++)
    if (stoker_job_get_queue_place (queue->pdata[i]) != places[i])
      {
        stoker_job_set_queue_place (queue->pdata[i], places[i]);
        g_ptr_array_add (changed, queue->pdata[i]);
      }
  return changed;
}

static void
did_save_queue (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (stoker_store_write_finish (STOKER_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
move_job (GTask *task, StokerJob *job, int places)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  g_autoptr (GPtrArray) queue = stoker_list_queue (workspace);
  g_autoptr (GPtrArray) changed = NULL;
  gint64 target;
  guint from;

  if (!g_ptr_array_find (queue, job, &from))
    {
      g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_CONFIG,
                               _ ("the job %s does not wait here any more"),
                               stoker_job_get_id (job));
      return;
    }
  target = CLAMP ((gint64) from + places, 0, (gint64) queue->len - 1);
  changed = change_places (queue, from, (guint) target);
  stoker_workspace_sort_queue (workspace);
  stoker_store_save_queue_async (stoker_workspace_get_store (workspace), changed,
                                 g_task_get_cancellable (task), did_save_queue,
                                 g_object_ref (task));
}

/**
 * stoker_move_job_async:
 * @workspace: the workspace
 * @job: a job that waits here
 * @places: how many places down, or up when it is negative; %STOKER_QUEUE_TO_TOP makes it the next
 * @cancellable: (nullable): to give up
 * @callback: called when the new order is on disk
 * @user_data: for @callback
 *
 * Moves a job within the queue.
 */
void
stoker_move_job_async (StokerWorkspace *workspace,
                       StokerJob *job,
                       int places,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_move_job_async);
  if (stoker_workspace_require_store (workspace, task) &&
      stoker_workspace_require_scheduler (workspace, task))
    move_job (task, job, places);
}

/**
 * stoker_move_job_beside_async:
 * @workspace: the workspace
 * @job: a job that waits here
 * @other: another one
 * @is_after: whether @job is to be sent right after @other and not right before it
 * @cancellable: (nullable): to give up
 * @callback: called when the new order is on disk; it calls stoker_move_job_finish()
 * @user_data: for @callback
 *
 * Moves a job within the queue to the side of another one.
 */
void
stoker_move_job_beside_async (StokerWorkspace *workspace,
                              StokerJob *job,
                              StokerJob *other,
                              gboolean is_after,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GPtrArray) queue = stoker_list_queue (workspace);
  guint from = 0;
  guint to = 0;

  /* When the job does not wait any more, the other call says so. */
  if (job != other && g_ptr_array_find (queue, job, &from) && g_ptr_array_find (queue, other, &to))
    to += (guint) is_after - (guint) (from < to);
  else
    to = from;
  stoker_move_job_async (workspace, job, (int) to - (int) from, cancellable, callback, user_data);
}

/**
 * stoker_move_job_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when the new order is on disk
 */
gboolean
stoker_move_job_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_move_job_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
