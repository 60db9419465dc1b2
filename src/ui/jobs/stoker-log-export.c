/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-export.h"

#include "stoker-error.h"
#include "stoker-log-block.h"
#include "stoker-read-log.h"
#include "stoker-task.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More than that no clipboard is made for. */
#define MAX_JOINED_BYTES (32 * 1024 * 1024)

#define PIECE_BYTES (1024 * 1024)

typedef struct
{
  GPtrArray *blocks; /* owned, of StokerLogBlock */
  guint64 first_line;
  GtkBitset *chosen; /* owned, nullable: all */
  char *path;        /* owned, nullable: the file it came from */
  GFile *file;       /* owned, nullable */
} Export;

static void
export_free (Export *self)
{
  g_ptr_array_unref (self->blocks);
  g_clear_pointer (&self->chosen, gtk_bitset_unref);
  g_clear_object (&self->file);
  g_free (self->path);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Export, export, export_free)

static Export *
export_new (StokerLogModel *model)
{
  Export *self = g_new0 (Export, 1);

  self->blocks = stoker_log_model_list_blocks (model, 0, 0);
  self->first_line = stoker_log_model_get_first_line (model);
  return self;
}

static gboolean
is_chosen (const Export *export, StokerLogBlock *block, guint index)
{
  guint64 number = stoker_log_block_get_first_line (block) + index;

  return export->chosen == NULL ||
         gtk_bitset_contains (export->chosen, (guint) (number - export->first_line));
}

static void
join_block (const Export *export, StokerLogBlock *block, GString *text)
{
  guint length = stoker_log_block_get_length (block);

  for (guint i = 0; i < length; i++)
    if (is_chosen (export, block, i))
      {
        g_string_append (text, stoker_log_block_get_line (block, i));
        g_string_append_c (text, '\n');
      }
}

static void
join_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Export *export = task_data;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < export->blocks->len && text->len <= MAX_JOINED_BYTES; i++)
    join_block (export, g_ptr_array_index (export->blocks, i), text);
  if (text->len > MAX_JOINED_BYTES)
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED, "%s",
                             _ ("this is too long for the clipboard; save the log instead"));
  else
    g_task_return_pointer (task, g_string_free (g_steal_pointer (&text), FALSE), g_free);
}

/**
 * stoker_log_join_async:
 * @model: a log
 * @chosen: (nullable): positions of the lines that are wanted; %NULL for all
 * @cancellable: (nullable): to give up
 * @callback: called with the text
 * @user_data: for @callback
 *
 * Puts lines together for the clipboard.
 */
void
stoker_log_join_async (StokerLogModel *model,
                       GtkBitset *chosen,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (model, cancellable, callback, user_data);
  Export *export = NULL;

  g_return_if_fail (STOKER_IS_LOG_MODEL (model));

  export = export_new (model);
  export->chosen = chosen != NULL ? gtk_bitset_copy (chosen) : NULL;
  g_task_set_source_tag (task, stoker_log_join_async);
  stoker_task_set_export_state (task, export);
  g_task_run_in_thread (task, join_in_thread);
}

/**
 * stoker_log_join_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the lines, each with its end
 */
char *
stoker_log_join_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_log_join_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
write_block (const Export *export,
             StokerLogBlock *block,
             GOutputStream *stream,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (stoker_log_block_get_bytes (block) + 1);

  join_block (export, block, text);
  return g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error);
}

static gboolean
write_blocks (const Export *export,
              GOutputStream *stream,
              GCancellable *cancellable,
              GError **error)
{
  for (guint i = 0; i < export->blocks->len; i++)
    if (!write_block (export, g_ptr_array_index (export->blocks, i), stream, cancellable, error))
      return FALSE;
  return TRUE;
}

/* As it is, also what is too old to be shown. */
static gboolean
write_pieces (const Export *export,
              GOutputStream *stream,
              GCancellable *cancellable,
              GError **error)
{
  gint64 offset = 0;

  for (;;)
    {
      g_autoptr (GBytes) piece = stoker_read_log_piece (export->path, offset, PIECE_BYTES, error);

      if (piece == NULL)
        return FALSE;
      if (g_bytes_get_size (piece) == 0)
        return TRUE;
      if (!g_output_stream_write_all (stream, g_bytes_get_data (piece, NULL),
                                      g_bytes_get_size (piece), NULL, cancellable, error))
        return FALSE;
      offset += (gint64) g_bytes_get_size (piece);
    }
}

static gboolean
write_file (const Export *export, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileOutputStream)
    stream = g_file_replace (export->file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error);

  if (stream == NULL)
    return FALSE;
  if (!(export->path != NULL ? write_pieces : write_blocks) (export, G_OUTPUT_STREAM (stream),
                                                             cancellable, error))
    return FALSE;
  return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_file (task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * stoker_log_save_async:
 * @model: a log
 * @path: (nullable): the file that all of it is in
 * @file: where to; what is there is replaced
 * @cancellable: (nullable): to give up
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Writes the log as it is now.
 */
void
stoker_log_save_async (StokerLogModel *model,
                       const char *path,
                       GFile *file,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (model, cancellable, callback, user_data);
  Export *export = NULL;

  g_return_if_fail (STOKER_IS_LOG_MODEL (model));

  export = export_new (model);
  export->path = g_strdup (path);
  export->file = g_object_ref (file);
  g_task_set_source_tag (task, stoker_log_save_async);
  stoker_task_set_export_state (task, export);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * stoker_log_save_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether it is in the file
 */
gboolean
stoker_log_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_log_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
