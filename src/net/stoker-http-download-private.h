/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that is being loaded: written beside its place and moved there when it is whole. */
typedef struct _StokerHttpDownload StokerHttpDownload;

StokerHttpDownload *stoker_http_download_new (const char *path);
void stoker_http_download_free (StokerHttpDownload *self);
void stoker_http_download_append_async (StokerHttpDownload *self,
                                        GBytes *chunk,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean stoker_http_download_append_finish (GAsyncResult *result, GError **error);
void stoker_http_download_close_async (StokerHttpDownload *self,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean stoker_http_download_close_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerHttpDownload, stoker_http_download_free)

G_END_DECLS
