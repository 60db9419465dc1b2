/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-catalog.h"

G_BEGIN_DECLS

#define STOKER_TYPE_FOUND_OFFERS (stoker_found_offers_get_type ())

/**
 * StokerFoundOffers:
 *
 * Offers the keys of one provider that lie on this computer, masked. Hidden while there are none.
 * Signal: `taken` (with a #GPtrArray of #StokerFoundKey), when the user decided to use one.
 */
G_DECLARE_FINAL_TYPE (StokerFoundOffers, stoker_found_offers, STOKER, FOUND_OFFERS, AdwBin)

void stoker_found_offers_search (StokerFoundOffers *self,
                                 StokerCatalog *catalog,
                                 StokerProfile *profile);

G_END_DECLS
