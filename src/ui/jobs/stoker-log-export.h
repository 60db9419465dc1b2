/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-log-model.h"

G_BEGIN_DECLS

/* Lines of a log as one text, put together on a thread. */
void stoker_log_join_async (StokerLogModel *model,
                            GtkBitset *chosen,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
char *stoker_log_join_finish (GAsyncResult *result, GError **error);

/* The whole log into a file. */
void stoker_log_save_async (StokerLogModel *model,
                            const char *path,
                            GFile *file,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean stoker_log_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
