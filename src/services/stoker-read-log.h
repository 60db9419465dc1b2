/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A job keeps the end of its log. Where the backend writes the whole of it into a file of this
 * computer, it is read from there, piece by piece. */
char *stoker_read_log_find_file (StokerJob *job);
GBytes *stoker_read_log_piece (const char *path, gint64 offset, gsize max_bytes, GError **error);
void stoker_read_log_piece_async (const char *path,
                                  gint64 offset,
                                  gsize max_bytes,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GBytes *stoker_read_log_piece_finish (GAsyncResult *result, GError **error);

G_END_DECLS
