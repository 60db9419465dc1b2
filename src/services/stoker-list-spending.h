/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-ledger-entry.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Use case: what was estimated and what has accrued since an instant; of StokerLedgerEntry, oldest
 * first. */
void stoker_list_spending_async (StokerWorkspace *workspace,
                                 gint64 since_us,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* The same of one job. Ends with stoker_list_spending_finish() too. */
void stoker_list_job_spending_async (StokerWorkspace *workspace,
                                     StokerJob *job,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *stoker_list_spending_finish (GAsyncResult *result, GError **error);

StokerMoney
stoker_sum_spending (const GPtrArray *entries, const char *provider_id, gint64 since_us);

G_END_DECLS
