/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-small-file.h"

#include "stoker-error.h"
#include "stoker-wipe.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include <string.h>

static gboolean
check_info (GFileInfo *info, const char *path, gsize max_bytes, GError **error)
{
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("%s: is no file"), path);
      return FALSE;
    }
  if (g_file_info_get_size (info) > (goffset) max_bytes)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("%s: is too large to be a key"),
                   path);
      return FALSE;
    }
  return TRUE;
}

static char *
read_stream (GFile *file, gsize max_bytes, gsize *length, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  char *buffer = NULL;

  if (stream == NULL)
    return NULL;
  buffer = g_malloc0 (max_bytes + 1);
  if (g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, max_bytes, length, NULL, error))
    return buffer;
  stoker_wipe_free (buffer);
  return NULL;
}

/**
 * stoker_small_file_read:
 * @length: (out): takes the length, without the zero behind the content
 *
 * Reads a whole file that is expected to be small. A pipe or device is refused, since it might
 * never end. Blocks: for threads.
 *
 * Returns: (transfer full) (nullable): the content, to be freed with stoker_wipe_free(); %NULL with
 * %STOKER_ERROR_CONFIG naming the path
 */
char *
stoker_small_file_read (const char *path, gsize max_bytes, gsize *length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInfo)
    info = g_file_query_info (file,
                              G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                              G_FILE_QUERY_INFO_NONE, NULL, &local_error);
  char *content = NULL;

  if (info != NULL && !check_info (info, path, max_bytes, error))
    return NULL;
  if (info != NULL)
    content = read_stream (file, max_bytes, length, &local_error);
  if (content == NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("%s: cannot be read: %s"), path,
                 local_error->message);
  return content;
}

/**
 * stoker_small_file_expand:
 *
 * Returns: (transfer full): @path with the home folder for `~`, and what the user chose for
 * ~/.config and ~/.cache
 */
char *
stoker_small_file_expand (const char *path)
{
  if (g_str_has_prefix (path, "~/.config/"))
    return g_build_filename (g_get_user_config_dir (), path + strlen ("~/.config/"), NULL);
  if (g_str_has_prefix (path, "~/.cache/"))
    return g_build_filename (g_get_user_cache_dir (), path + strlen ("~/.cache/"), NULL);
  if (g_str_has_prefix (path, "~/"))
    return g_build_filename (g_get_home_dir (), path + strlen ("~/"), NULL);
  return g_strdup (path);
}
