/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PRICE_REFRESH (stoker_price_refresh_get_type ())

/* The question to all providers for their prices of today, as the user asks it: one at a time,
 * whichever page it was asked on. Signal `changed`: it began, went on, or ended. */
G_DECLARE_FINAL_TYPE (StokerPriceRefresh, stoker_price_refresh, STOKER, PRICE_REFRESH, GObject)

StokerPriceRefresh *stoker_price_refresh_new (StokerWorkspace *workspace);
void stoker_price_refresh_start (StokerPriceRefresh *self);
void stoker_price_refresh_cancel (StokerPriceRefresh *self);
gboolean stoker_price_refresh_is_running (StokerPriceRefresh *self);
guint stoker_price_refresh_get_n_done (StokerPriceRefresh *self);
guint stoker_price_refresh_get_n_asked (StokerPriceRefresh *self);
GPtrArray *stoker_price_refresh_get_failures (StokerPriceRefresh *self);

G_END_DECLS
