/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-output-look.h"

#include "stoker-error.h"
#include "stoker-log-text.h"
#include "stoker-task.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <string.h>

/* Pictures come from outside: a small file may hold an enormous one. */
#define MAX_FILE_BYTES (256 * 1024 * 1024)
#define MAX_PIXELS (100 * 1000 * 1000)
#define MAX_RUNNING 2
/* Of a text, as many bytes for each pixel of the size asked for. */
#define BYTES_PER_PIXEL 8

typedef struct
{
  char *path;
  StokerOutputShape kind;
  int size;
} Request;

static void
request_free (Request *self)
{
  g_free (self->path);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Request, request, request_free)

/* Of the main thread: tasks that wait for their turn. */
static GQueue waiting = G_QUEUE_INIT;
static guint n_running;

/**
 * stoker_output_look_free:
 * @self: (transfer full): a look
 */
void
stoker_output_look_free (StokerOutputLook *self)
{
  g_clear_object (&self->texture);
  g_free (self->text);
  g_free (self);
}

static gboolean
check_file (const Request *request, GError **error)
{
  GStatBuf status;

  if (g_stat (request->path, &status) != 0)
    g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND,
                         _ ("the file is no longer there"));
  else if (!S_ISREG (status.st_mode))
    g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED, _ ("this is not a file"));
  else if (status.st_size > MAX_FILE_BYTES && request->kind == STOKER_SHOWN_AS_PICTURE)
    g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                         _ ("the picture is too large to be shown here"));
  else
    return TRUE;
  return FALSE;
}

static GdkTexture *
decode_picture (const Request *request, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkPixbuf) upright = NULL;
  int width = 0;
  int height = 0;

  if (gdk_pixbuf_get_file_info (request->path, &width, &height) == NULL)
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                           _ ("this computer cannot read this kind of picture"));
      return NULL;
    }
  if ((gint64) width * height > MAX_PIXELS)
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                           _ ("the picture is too large to be shown here"));
      return NULL;
    }
  if (width <= request->size && height <= request->size)
    pixbuf = gdk_pixbuf_new_from_file (request->path, error);
  else
    pixbuf = gdk_pixbuf_new_from_file_at_scale (request->path, request->size, request->size, TRUE,
                                                error);
  if (pixbuf == NULL)
    return NULL;
  upright = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  return gdk_texture_new_for_pixbuf (upright);
}

static char *
clean_text (const char *raw, gsize length)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *end = raw + length;

  for (const char *line = raw; line < end;)
    {
      const char *newline = memchr (line, '\n', (gsize) (end - line));
      const char *line_end = newline != NULL ? newline : end;

      stoker_log_text_clean (text, line, (gsize) (line_end - line));
      g_string_append_c (text, '\n');
      line = line_end + 1;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
read_text (const Request *request, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (request->path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  gsize length = (gsize) request->size * BYTES_PER_PIXEL;
  g_autofree char *raw = g_malloc (length);

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), raw, length, &length, NULL, error))
    return NULL;
  return clean_text (raw, length);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  g_autoptr (StokerOutputLook) look = g_new0 (StokerOutputLook, 1);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (check_file (request, &error))
    {
      if (request->kind == STOKER_SHOWN_AS_PICTURE)
        look->texture = decode_picture (request, &error);
      else if (request->kind == STOKER_SHOWN_AS_TEXT)
        look->text = read_text (request, &error);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&look), (GDestroyNotify) stoker_output_look_free);
}

static void start_next (void);

static void
completed_cb (GTask *task)
{
  n_running--;
  start_next ();
}

static void
start_next (void)
{
  while (n_running < MAX_RUNNING && !g_queue_is_empty (&waiting))
    {
      g_autoptr (GTask) task = g_queue_pop_head (&waiting);

      n_running++;
      g_signal_connect (task, "notify::completed", G_CALLBACK (completed_cb), NULL);
      g_task_run_in_thread (task, look_in_thread);
    }
}

/**
 * stoker_output_look_async:
 * @item: an output that is here
 * @size: longest side of a picture in pixels; a text is read in proportion
 * @cancellable: (nullable): to give up
 * @callback: called with the look
 * @user_data: for @callback
 *
 * Makes what can be seen of an output. A picture is decoded at the size it is shown.
 */
void
stoker_output_look_async (StokerOutputItem *item,
                          int size,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (item, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_return_if_fail (STOKER_IS_OUTPUT_ITEM (item));

  request->path = g_strdup (stoker_output_item_get_path (item));
  request->kind = stoker_output_item_get_shape (item);
  request->size = size;
  g_task_set_source_tag (task, stoker_output_look_async);
  stoker_task_set_request_state (task, request);
  g_queue_push_tail (&waiting, task);
  start_next ();
}

/**
 * stoker_output_look_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the look; %NULL with %STOKER_ERROR_NOT_FOUND when the file is gone, or
 * %STOKER_ERROR_UNSUPPORTED when it cannot be shown
 */
StokerOutputLook *
stoker_output_look_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_output_look_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
