/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Use case: a provider refuses to take back what a job used there, and its user has ended it by
 * hand. Stoker stops asking, and the job comes to its end. */
gboolean stoker_job_may_confirm_ended (StokerJob *job);
void stoker_confirm_ended_async (StokerWorkspace *workspace,
                                 StokerJob *job,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean stoker_confirm_ended_finish (GAsyncResult *result, GError **error);

G_END_DECLS
