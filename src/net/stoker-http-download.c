/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-download-private.h"

#include "stoker-error.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct _StokerHttpDownload
{
  char *path;
  char *part_path;
  int fd;            /* -1: not open */
  gboolean has_part; /* the unfinished file is there, and ours */

  gatomicrefcount ref_count; /* a thread lets go of it a moment after it has answered */
};

static void
unref_download (StokerHttpDownload *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->path);
  g_free (self->part_path);
  g_free (self);
}

static gboolean
set_storage_error (GError **error, const char *path)
{
  int saved_errno = errno;

  g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE, "%s: %s", path, g_strerror (saved_errno));
  return FALSE;
}

static gboolean
open_part (StokerHttpDownload *self, GError **error)
{
  if (self->fd >= 0)
    return TRUE;
  /* The name is ours alone: a link that somebody put there must not be written through. */
  g_unlink (self->part_path);
  self->fd = g_open (self->part_path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  self->has_part = self->fd >= 0;
  return self->has_part || set_storage_error (error, self->part_path);
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize written = write (fd, data, length);

      if (written < 0 && errno != EINTR)
        return FALSE;
      if (written > 0)
        {
          data += written;
          length -= (gsize) written;
        }
    }
  return TRUE;
}

static void
append_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  StokerHttpDownload *self = g_object_get_data (G_OBJECT (task), "download");
  GBytes *chunk = task_data;
  GError *error = NULL;

  if (!open_part (self, &error))
    g_task_return_error (task, error);
  else if (!write_all (self->fd, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk)))
    {
      set_storage_error (&error, self->part_path);
      g_task_return_error (task, error);
    }
  else
    g_task_return_boolean (task, TRUE);
}

/* The rename is on disk only when the folder is. Not every file system can do it, so a failure is
 * no failure. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  fsync (fd);
  g_close (fd, NULL);
}

static gboolean
finish_part (StokerHttpDownload *self, GError **error)
{
  if (!open_part (self, error))
    return FALSE;
  if (fsync (self->fd) != 0)
    return set_storage_error (error, self->part_path);
  if (!g_close (g_steal_fd (&self->fd), NULL))
    return set_storage_error (error, self->part_path);
  if (g_rename (self->part_path, self->path) != 0)
    return set_storage_error (error, self->path);
  self->has_part = FALSE;
  sync_folder (self->path);
  return TRUE;
}

static void
close_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  StokerHttpDownload *self = g_object_get_data (G_OBJECT (task), "download");
  GError *error = NULL;

  if (finish_part (self, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static GTask *
new_task (StokerHttpDownload *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_atomic_ref_count_inc (&self->ref_count);
  g_object_set_data_full (G_OBJECT (task), "download", self, (GDestroyNotify) unref_download);
  return task;
}

/*
 * stoker_http_download_new:
 * @path: where the file goes when it is whole; until then it has ".part" behind its name
 *
 * Returns: (transfer full): a download that has written nothing yet
 */
StokerHttpDownload *
stoker_http_download_new (const char *path)
{
  StokerHttpDownload *self = g_new0 (StokerHttpDownload, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->path = g_strdup (path);
  self->part_path = g_strconcat (path, ".part", NULL);
  self->fd = -1;
  return self;
}

/*
 * stoker_http_download_free:
 *
 * Gives up; what was written of an unfinished file is removed at once, so that the next try can
 * have its name. Must not be called while a write is under way.
 */
void
stoker_http_download_free (StokerHttpDownload *self)
{
  if (self->fd >= 0)
    g_close (g_steal_fd (&self->fd), NULL);
  if (self->has_part)
    g_unlink (self->part_path);
  self->has_part = FALSE;
  unref_download (self);
}

/* stoker_http_download_append_async: Writes @chunk at the end, in a thread. One call at a time. */
void
stoker_http_download_append_async (StokerHttpDownload *self,
                                   GBytes *chunk,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = new_task (self, callback, user_data);

  g_task_set_source_tag (task, stoker_http_download_append_async);
  g_task_set_task_data (task, g_bytes_ref (chunk), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, append_thread);
}

/* stoker_http_download_append_finish: Returns: %FALSE with %STOKER_ERROR_STORAGE when it could not
 * be written */
gboolean
stoker_http_download_append_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* stoker_http_download_close_async: Brings everything to the disk and moves the file to its place,
 * in a thread. */
void
stoker_http_download_close_async (StokerHttpDownload *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = new_task (self, callback, user_data);

  g_task_set_source_tag (task, stoker_http_download_close_async);
  g_task_run_in_thread (task, close_thread);
}

/* stoker_http_download_close_finish: Returns: %FALSE with %STOKER_ERROR_STORAGE when it failed */
gboolean
stoker_http_download_close_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
