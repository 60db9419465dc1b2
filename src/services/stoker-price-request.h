/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Use case: what one request costs and whether its provider takes it, before anything is sent. Asks
 * neither network nor keyring. */
gboolean stoker_price_request (StokerWorkspace *workspace,
                               const char *provider_id,
                               StokerWorkload *workload,
                               const StokerOffer *offer,
                               StokerEstimate **price,
                               GError **error);
gboolean
stoker_price_check_budget (const StokerEstimate *price, StokerWorkload *workload, GError **error);
char *stoker_price_describe (const StokerEstimate *price);

G_END_DECLS
