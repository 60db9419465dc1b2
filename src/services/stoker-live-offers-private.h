/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-live-offers.h"

G_BEGIN_DECLS

/* So many points of the past a provider has at most. */
#define STOKER_PRICE_HISTORY_MAX 5000

StokerLiveOffers *stoker_live_offers_new (StokerCatalog *catalog);
void stoker_live_offers_load (StokerLiveOffers *self);
void stoker_live_offers_take_async (StokerLiveOffers *self,
                                    StokerProvider *provider,
                                    StokerOfferTable *offers,
                                    gint64 asked_us,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
stoker_live_offers_take_finish (StokerLiveOffers *self, GAsyncResult *result, GError **error);

/* stoker-offer-file.c: one answer as a file. Block: for threads. */
typedef struct
{
  char *provider_id;
  char *settings; /* what the provider was set to when it was asked */
  gint64 asked_us;
  StokerOfferTable *offers; /* owned */
} StokerOfferFile;

void stoker_offer_file_free (StokerOfferFile *self);
StokerOfferFile *stoker_offer_file_read (const char *path, StokerCatalog *catalog, GError **error);
gboolean stoker_offer_file_write (const StokerOfferFile *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerOfferFile, stoker_offer_file_free)

/* stoker-price-history.c */
StokerOfferTable *stoker_price_history_extend (StokerCatalog *catalog,
                                               StokerOfferTable *past,
                                               StokerOfferTable *offers);

G_END_DECLS
