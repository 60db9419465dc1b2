/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-offer-table.h"
#include "stoker-provider.h"

G_BEGIN_DECLS

/* Older answers do not count: markets and free machines change within hours. Providers are asked
 * every hour unless the user says otherwise, so that what is older was not to be had for long. */
#define STOKER_LIVE_OFFERS_MAX_AGE_US (6 * G_TIME_SPAN_HOUR)

#define STOKER_TYPE_LIVE_OFFERS (stoker_live_offers_get_type ())

/**
 * StokerLiveOffers:
 *
 * What the registered providers told of their offers when they were last asked, and what they told
 * before. Belongs to the workspace; survives in files of the cache folder (the last answers) and of
 * the state folder (the history). Signal `changed`: somebody has answered.
 */
G_DECLARE_FINAL_TYPE (StokerLiveOffers, stoker_live_offers, STOKER, LIVE_OFFERS, GObject)

gint64 stoker_live_offers_get_asked_us (StokerLiveOffers *self, StokerProvider *provider);
gboolean stoker_live_offers_are_fresh (gint64 asked_us, gint64 now_us);
StokerOfferTable *
stoker_live_offers_lookup (StokerLiveOffers *self, StokerProvider *provider, gint64 now_us);
JsonNode *stoker_live_offers_get_description (StokerLiveOffers *self, StokerProvider *provider);
StokerOfferTable *stoker_live_offers_get_history (StokerLiveOffers *self, StokerProvider *provider);

G_END_DECLS
