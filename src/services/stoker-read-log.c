/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-read-log.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-task.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *path;
  gint64 offset;
  gsize max_bytes;
} Piece;

static void
piece_free (Piece *self)
{
  g_free (self->path);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Piece, piece, piece_free)

/**
 * stoker_read_log_find_file:
 *
 * Asks where the whole log of a job is. The name comes with what the backend left for later steps.
 *
 * Returns: (transfer full) (nullable): the path of a file that is there now; %NULL when all that
 * there is of the log is with the job
 */
char *
stoker_read_log_find_file (StokerJob *job)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (job);
  g_autofree char *path = NULL;

  if (attempt == NULL || attempt->handle == NULL || !JSON_NODE_HOLDS_OBJECT (attempt->handle))
    return NULL;
  else
    {
      StokerJsonPlace root = stoker_json_root (attempt->handle, "handle");

      stoker_json_get_string (&root, "log_path", STOKER_JSON_OPTIONAL, &path, NULL);
    }
  if (path == NULL || !g_path_is_absolute (path) || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return NULL;
  return g_steal_pointer (&path);
}

static void
set_read_error (GError **error, const char *path, int code)
{
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE, _ ("cannot read the log %s: %s"), path,
               g_strerror (code));
}

/* The program that writes the log owns its folder: it may have put a pipe or a link there. */
static gboolean
check_file (int fd, const char *path, gint64 offset, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    {
      set_read_error (error, path, errno);
      return FALSE;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE, _ ("the log %s is not a file"), path);
      return FALSE;
    }
  if (status.st_size < offset)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND, _ ("the log %s begins anew"), path);
      return FALSE;
    }
  return TRUE;
}

static GBytes *
read_at (int fd, const char *path, gint64 offset, gsize max_bytes, GError **error)
{
  g_autofree char *buffer = g_malloc (max_bytes);
  gssize n_read = pread (fd, buffer, max_bytes, (off_t) offset);

  if (n_read < 0)
    {
      set_read_error (error, path, errno);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&buffer), (gsize) n_read);
}

/**
 * stoker_read_log_piece:
 * @path: the file
 * @offset: bytes to leave out
 * @max_bytes: how much at most
 * @error: return location
 *
 * Reads a piece of a log. Blocks: for worker threads. %STOKER_ERROR_NOT_FOUND says that the file is
 * shorter than @offset by now, so that it is another log.
 *
 * Returns: (transfer full) (nullable): what is there; no bytes at the end
 */
GBytes *
stoker_read_log_piece (const char *path, gint64 offset, gsize max_bytes, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
  GBytes *piece = NULL;

  if (fd < 0)
    {
      set_read_error (error, path, errno);
      return NULL;
    }
  if (check_file (fd, path, offset, error))
    piece = read_at (fd, path, offset, max_bytes, error);
  g_close (fd, NULL);
  return piece;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Piece *wanted = task_data;
  GError *error = NULL;
  GBytes *piece = stoker_read_log_piece (wanted->path, wanted->offset, wanted->max_bytes, &error);

  if (piece != NULL)
    g_task_return_pointer (task, piece, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * stoker_read_log_piece_async:
 * @path: the file
 * @offset: bytes to leave out
 * @max_bytes: how much at most
 * @cancellable: (nullable): to give up
 * @callback: called with the piece
 * @user_data: for @callback
 *
 * Reads a piece of a log on a thread.
 */
void
stoker_read_log_piece_async (const char *path,
                             gint64 offset,
                             gsize max_bytes,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Piece *wanted = g_new0 (Piece, 1);

  wanted->path = g_strdup (path);
  wanted->offset = offset;
  wanted->max_bytes = max_bytes;
  g_task_set_source_tag (task, stoker_read_log_piece_async);
  stoker_task_set_piece_state (task, wanted);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * stoker_read_log_piece_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): as stoker_read_log_piece()
 */
GBytes *
stoker_read_log_piece_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_read_log_piece_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
