/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-catalog.h"

G_BEGIN_DECLS

/**
 * StokerOffer:
 *
 * One rentable thing with a price. Strings are interned (g_intern_string) so that ten thousand
 * offers stay small and comparing is cheap; the struct is copied by value and frees nothing but
 * belongs to a #StokerOfferTable, which borrows plan and profile from its catalog for as long as it
 * lives.
 */
typedef struct
{
  const char *provider_id;      /* interned: id of the registered provider or of the profile */
  const StokerProfile *profile; /* borrowed */
  const StokerPlan *plan;       /* borrowed: billing, storage and egress of the offer */
  const char *offer_id;         /* interned, nullable: the market's own id */
  const char *gpu;              /* interned, nullable */
  const char *region;           /* interned; "*": not told */
  double vram_gb;               /* of one GPU; -1 unknown */
  int gpus;
  StokerMoney price; /* for one price_unit of the whole offer; unknown allowed */
  StokerUnit price_unit;
  const char *source; /* interned */
  gint64 as_of_us;
  StokerConfidence confidence;
  double reliability; /* 0…1; -1 unknown */
  StokerTri is_available;
  StokerOutputKind output_kind;
  const char *output_model;      /* interned, nullable */
  const char *output_resolution; /* interned, nullable */
  gboolean is_live;              /* the provider itself was asked, at as_of_us */
  gboolean lacks_quota;          /* not available, as this account may not have it */
  const char *price_region;      /* interned, nullable: where the price is of another region */
  /* What @price is made of when it is the price of the one request that would be sent, borrowed
   * from the table; nullable. request_outputs is how many outputs that request makes. */
  const struct _StokerEstimate *request;
  gint64 request_outputs;
} StokerOffer;

#define STOKER_TYPE_OFFER_TABLE (stoker_offer_table_get_type ())
G_DECLARE_FINAL_TYPE (StokerOfferTable, stoker_offer_table, STOKER, OFFER_TABLE, GObject)

StokerOfferTable *stoker_offer_table_new (StokerCatalog *catalog);
void stoker_offer_table_append (StokerOfferTable *self, const StokerOffer *offer);
void stoker_offer_table_append_profile (StokerOfferTable *self,
                                        const StokerProfile *profile,
                                        const char *provider_id);
void stoker_offer_table_append_table (StokerOfferTable *self, StokerOfferTable *other);
void stoker_offer_table_keep_request (StokerOfferTable *self, struct _StokerEstimate *request);
void stoker_offer_table_describe (StokerOfferTable *self, JsonNode *description);
JsonNode *stoker_offer_table_get_description (StokerOfferTable *self);
guint stoker_offer_table_get_length (StokerOfferTable *self);
const StokerOffer *stoker_offer_table_get (StokerOfferTable *self, guint index);
StokerMoney stoker_offer_get_price_per_hour (const StokerOffer *offer);
JsonNode *stoker_offer_to_json (const StokerOffer *offer);
gboolean stoker_offer_has_gpu (const StokerOffer *offer, const char *name);
gboolean stoker_offer_is_gpu (const StokerOffer *offer, const char *name);

/* stoker-offer-merge.c */
void stoker_offer_table_append_current (StokerOfferTable *self,
                                        const StokerProfile *profile,
                                        const char *provider_id,
                                        StokerOfferTable *live);

/* stoker-offer-decode.c */
gboolean stoker_offer_table_append_json (StokerOfferTable *self,
                                         StokerCatalog *catalog,
                                         JsonNode *document,
                                         const char *name,
                                         GError **error);

/* What is asked of an offer list; zero-initialise, then set. */
typedef struct
{
  const char *gpu;       /* nullable: part of the name, case ignored */
  double min_vram_gb;    /* 0: any */
  StokerMoney max_price; /* per hour; unknown: any */
  const char *plan;      /* nullable: plan kind or id */
  gboolean is_spot;      /* only spot */
  const char *region;    /* nullable */
  const char *provider;  /* nullable */
  const char *sort;      /* nullable: price, vram, gpu, provider */
  guint limit;           /* 0: no limit */
} StokerOfferQuery;

GArray *
stoker_offer_table_query (StokerOfferTable *self, const StokerOfferQuery *query, GError **error);

G_END_DECLS
