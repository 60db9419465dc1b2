/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/*
 * Use case: as if Stoker had never been used. Keys leave the keyring; providers, jobs, ledger,
 * audit trail, their backups, logs and what was cached are deleted; preferences and flags get their
 * defaults. The user's own catalog files stay, and so do downloaded files unless @with_outputs.
 * While a job runs or another process follows jobs it is STOKER_ERROR_HELD and nothing is changed.
 * Afterwards the workspace is closed: open a new one.
 */
void stoker_forget_everything_async (StokerWorkspace *workspace,
                                     gboolean with_outputs,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean stoker_forget_everything_finish (GAsyncResult *result, GError **error);

G_END_DECLS
