/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workload.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/*
 * Use case: a first result without an account. Registers the make-believe provider when there is
 * none yet, and sends it a small workload that comes with Stoker. Nothing leaves the machine.
 */
StokerWorkload *stoker_rehearsal_workload (GError **error);
void stoker_rehearse_async (StokerWorkspace *workspace,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
StokerJob *stoker_rehearse_finish (GAsyncResult *result, GError **error);

G_END_DECLS
