/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-load-file.h"

#include "stoker-error.h"

#define PIECE_BYTES ((gsize) 64 * 1024)

static const char *
describe_cause (const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return "no such file";
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    return "is a folder, not a file";
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return "may not be read";
  return cause->message;
}

static void
set_error (GError **error, const char *name, GError *cause)
{
  g_autoptr (GError) owned = cause;

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&owned));
  else
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s: %s", name, describe_cause (owned));
}

/**
 * stoker_load_file:
 * @file: the file
 * @name: what to call it in messages
 * @max_bytes: the most it may hold
 * @cancellable: (nullable): to give up
 *
 * Reads in pieces, because the size that a pipe, a device or a share tells is no limit.
 *
 * Returns: (transfer full) (nullable): the content; %NULL with %STOKER_ERROR_CONFIG naming the file
 */
GBytes *
stoker_load_file (
  GFile *file, const char *name, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &cause);
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  gssize count = 0;

  while (stream != NULL && (count = g_input_stream_read (G_INPUT_STREAM (stream), piece,
                                                         PIECE_BYTES, cancellable, &cause)) > 0)
    {
      g_byte_array_append (content, piece, (guint) count);
      if (content->len > max_bytes)
        {
          g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                       "%s: is larger than %" G_GSIZE_FORMAT " bytes", name, max_bytes);
          return NULL;
        }
    }
  if (cause == NULL)
    return g_byte_array_free_to_bytes (g_steal_pointer (&content));
  set_error (error, name, cause);
  return NULL;
}
