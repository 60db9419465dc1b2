/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-read-audit.h"

#include "stoker-task.h"
#include "stoker-workspace-private.h"

typedef struct
{
  gboolean is_intact;
} Reading;

static void
reading_free (Reading *self)
{
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Reading, reading, reading_free)

static void
did_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = stoker_task_get_reading_state (task);
  GError *error = NULL;
  JsonNode *lines = stoker_store_list_audit_finish (STOKER_STORE (source), result,
                                                    &reading->is_intact, &error);

  if (lines != NULL)
    g_task_return_pointer (task, lines, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, error);
}

/**
 * stoker_read_audit_async:
 * @workspace: the workspace
 * @limit: how many lines at most; 0: all
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads the newest lines of the audit trail, and checks the whole of it.
 */
void
stoker_read_audit_async (StokerWorkspace *workspace,
                         guint limit,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_read_audit_async);
  stoker_task_set_reading_state (task, g_new0 (Reading, 1));
  if (stoker_workspace_require_store (workspace, task))
    stoker_store_list_audit_async (stoker_workspace_get_store (workspace), limit, cancellable,
                                   did_read, g_object_ref (task));
}

/**
 * stoker_read_audit_finish:
 * @result: what the callback got
 * @is_intact: (out): whether nothing that was written has been changed or taken away since
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of the lines, newest first
 */
JsonNode *
stoker_read_audit_finish (GAsyncResult *result, gboolean *is_intact, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_read_audit_async), NULL);

  *is_intact = stoker_task_get_reading_state (G_TASK (result))->is_intact;

  return g_task_propagate_pointer (G_TASK (result), error);
}
