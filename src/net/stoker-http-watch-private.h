/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Watches over one attempt: two clocks and the caller's wish to stop, all of which end
 * @cancellable. */
typedef struct _StokerHttpWatch StokerHttpWatch;

StokerHttpWatch *stoker_http_watch_new (GCancellable *outer, guint idle_ms, guint total_ms);
void stoker_http_watch_free (StokerHttpWatch *self);
GCancellable *stoker_http_watch_get_cancellable (StokerHttpWatch *self);
void stoker_http_watch_touch (StokerHttpWatch *self);
gboolean stoker_http_watch_has_timed_out (StokerHttpWatch *self);

/* Waits, unless it is cancelled first. */
void stoker_http_wait_async (guint wait_ms,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean stoker_http_wait_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerHttpWatch, stoker_http_watch_free)

G_END_DECLS
