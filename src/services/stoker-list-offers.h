/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-offer-table.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Use case: what can be rented at a provider right now, at which price. It is a question that
 * leaves this machine, so the feature flag must be on. */
gboolean stoker_provider_lists_offers (StokerWorkspace *workspace, StokerProvider *provider);
void stoker_list_offers_async (StokerWorkspace *workspace,
                               StokerProvider *provider,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
StokerOfferTable *stoker_list_offers_finish (GAsyncResult *result, GError **error);

G_END_DECLS
