/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/*
 * Use case: advice. Takes the local snapshot, the current offers of the whole catalog (registered
 * providers under their own id), and
 * @offers when given instead of the current ones; asks the advisor; writes compute_advisor.log and
 * the audit table.
 * @mode (nullable) overrides the workload's.
 */
void stoker_give_advice_async (StokerWorkspace *workspace,
                               StokerWorkload *workload,
                               const StokerMode *mode,
                               StokerOfferTable *offers,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
StokerAdvice *stoker_give_advice_finish (GAsyncResult *result, GError **error);

/* The same question for a form that changes under the hand: nothing is written. An answer that is
 * acted upon is recorded afterwards with stoker_record_advice_async(). */
void stoker_preview_advice_async (StokerWorkspace *workspace,
                                  StokerWorkload *workload,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
StokerAdvice *stoker_preview_advice_finish (GAsyncResult *result, GError **error);
void stoker_record_advice_async (StokerWorkspace *workspace,
                                 StokerAdvice *advice,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean stoker_record_advice_finish (GAsyncResult *result, GError **error);

/* The current offers: what registered providers told when they were asked, else the list prices of
 * every profile. */
StokerOfferTable *stoker_list_current_offers (StokerWorkspace *workspace);

/* Offers from a file or folder of the user: SkyPilot's vms.csv, gpuhunt's CSV.
 */
StokerOfferTable *stoker_load_offers (StokerWorkspace *workspace, const char *path, GError **error);

G_END_DECLS
