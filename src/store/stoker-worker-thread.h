/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A thread that runs #GTask functions one after the other, in the order they were pushed. */
typedef struct _StokerWorkerThread StokerWorkerThread;

StokerWorkerThread *stoker_worker_thread_new (const char *name);
void stoker_worker_thread_free (StokerWorkerThread *self);
void stoker_worker_thread_push (StokerWorkerThread *self, GTask *task, GTaskThreadFunc run);
gboolean stoker_worker_thread_is_current (StokerWorkerThread *self);

/* For the first line of what may only run on the worker. */
#define stoker_worker_thread_assert(self) g_assert (stoker_worker_thread_is_current (self))

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerWorkerThread, stoker_worker_thread_free)

G_END_DECLS
