/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-desk.h"

G_BEGIN_DECLS

#define STOKER_TYPE_LIVE_PRICES (stoker_live_prices_get_type ())

/* Says which providers were asked for their prices, and when, and asks them. Not there when none of
 * the registered ones can be asked. */
G_DECLARE_FINAL_TYPE (StokerLivePrices, stoker_live_prices, STOKER, LIVE_PRICES, AdwBin)

void stoker_live_prices_set_desk (StokerLivePrices *self, StokerDesk *desk);

G_END_DECLS
