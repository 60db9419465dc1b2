/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workload.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Puts the price of the request that would be sent in the place of list prices per output, so that
 * the advisor, which knows no manifest, ranks by it. */
StokerOfferTable *stoker_price_offers (StokerWorkspace *workspace,
                                       StokerOfferTable *offers,
                                       StokerWorkload *workload);

G_END_DECLS
