/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-save-registry.h"

#include "stoker-transfer-registry.h"
#include "stoker-wipe.h"

static void
did_write (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* A file that is there is replaced by a new one instead of being written to, which is what gives
 * the new one permissions of its own. */
static void
got_document (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GFile *file = g_task_get_task_data (task);
  GError *error = NULL;
  char *text = NULL;

  document = stoker_export_registry_finish (result, &error);
  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  text = stoker_json_to_string (document, TRUE);
  bytes = g_bytes_new_with_free_func (text, strlen (text), (GDestroyNotify) stoker_wipe_free, text);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       g_task_get_cancellable (task), did_write,
                                       g_object_ref (task));
}

/**
 * stoker_save_registry_async:
 * @workspace: the workspace
 * @file: where to
 * @includes_secrets: whether the keys are written into the file: only at the user's explicit wish
 * @cancellable: (nullable): to give up
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Writes the registry to a file.
 */
void
stoker_save_registry_async (StokerWorkspace *workspace,
                            GFile *file,
                            gboolean includes_secrets,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_save_registry_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  stoker_export_registry_async (workspace, includes_secrets, cancellable, got_document,
                                g_object_ref (task));
}

/**
 * stoker_save_registry_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when it is written
 */
gboolean
stoker_save_registry_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_save_registry_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
