/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* The queue: the jobs that wait here, in the order in which they are sent. While it is paused
 * nothing of it is sent; what is with a provider goes on. */
gboolean stoker_queue_is_paused (StokerWorkspace *workspace);
void stoker_queue_set_paused (StokerWorkspace *workspace, gboolean is_paused);
GPtrArray *stoker_list_queue (StokerWorkspace *workspace);

#define STOKER_QUEUE_TO_TOP G_MININT

/* Moves a waiting job so many places, up when it is negative. */
void stoker_move_job_async (StokerWorkspace *workspace,
                            StokerJob *job,
                            int places,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
void stoker_move_job_beside_async (StokerWorkspace *workspace,
                                   StokerJob *job,
                                   StokerJob *other,
                                   gboolean is_after,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean stoker_move_job_finish (GAsyncResult *result, GError **error);

G_END_DECLS
