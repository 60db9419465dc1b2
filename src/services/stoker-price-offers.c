/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-price-offers-private.h"

#include "stoker-json.h"
#include "stoker-price-request.h"

/* Two billionths: a rounding apart. */
#define SAME_NANOS 2

/* A plan of a registered provider that is paid by the output. */
typedef struct
{
  StokerEstimate *price; /* owned, nullable: nobody tells it */
  gint64 outputs;        /* that the request makes */
  StokerOutputKind kind; /* of what it makes; NONE: not told by its price */
  const char *model;     /* interned, nullable: not told by its price */
  guint told_kinds;      /* bits: what the new table has already */
} Lot;

typedef struct
{
  StokerWorkspace *workspace; /* borrowed */
  StokerOfferTable *offers;   /* borrowed */
  StokerWorkload *workload;   /* borrowed */
  StokerOfferTable *priced;   /* owned */
  GHashTable *lots;           /* owned: "provider/plan" → Lot */
  gboolean is_changed;
} Pricing;

static void
lot_free (Lot *self)
{
  g_clear_pointer (&self->price, stoker_estimate_unref);
  g_free (self);
}

/* Of a film; a number, or "5s". -1 when it is left to the service. */
static double
get_duration (const StokerWorkload *workload)
{
  StokerJsonPlace root = stoker_json_root (workload->payload, "payload");
  g_autofree char *text = NULL;
  double seconds = -1;

  if (!JSON_NODE_HOLDS_OBJECT (workload->payload))
    return -1;
  if (stoker_json_get_double (&root, "duration", STOKER_JSON_OPTIONAL, 0, G_MAXINT, &seconds, NULL))
    return seconds;
  if (stoker_json_get_string (&root, "duration", STOKER_JSON_OPTIONAL, &text, NULL) && text != NULL)
    return g_ascii_strtod (text, NULL);
  return -1;
}

static double
measure_request (const Pricing *pricing, const Lot *lot, const StokerOffer *offer)
{
  if (offer->price_unit == STOKER_UNIT_REQUEST)
    return 1;
  if (offer->price_unit == STOKER_UNIT_IMAGE || offer->price_unit == STOKER_UNIT_VIDEO)
    return (double) lot->outputs;
  if (offer->price_unit == STOKER_UNIT_VIDEO_SECOND)
    return get_duration (pricing->workload) * (double) lot->outputs;
  return -1;
}

static gboolean
costs_the_same (const Pricing *pricing, const Lot *lot, const StokerOffer *offer)
{
  double measure = measure_request (pricing, lot, offer);
  StokerMoney cost = stoker_money_scale_double (offer->price, measure);
  StokerMoney difference = stoker_money_subtract (cost, lot->price->total);

  return measure > 0 && difference.is_known && ABS (difference.nanos) <= SAME_NANOS;
}

/* The list has models, the request has a price: where just one model costs that much it is the one
 * that is meant, and what it makes is known too. */
static void
recognise (const Pricing *pricing, Lot *lot, const StokerOffer *of)
{
  guint n_kinds = 0;
  guint n_models = 0;

  for (guint i = 0; i < stoker_offer_table_get_length (pricing->offers); i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (pricing->offers, i);

      if (offer->provider_id != of->provider_id || offer->plan != of->plan ||
          !costs_the_same (pricing, lot, offer))
        continue;
      n_kinds += n_kinds == 0 || lot->kind != offer->output_kind;
      n_models += n_models == 0 || lot->model != offer->output_model;
      lot->kind = offer->output_kind;
      lot->model = offer->output_model;
    }
  if (n_kinds != 1)
    lot->kind = STOKER_OUTPUT_NONE;
  if (n_models != 1)
    lot->model = NULL;
}

static gint64
count_outputs (const StokerEstimate *price)
{
  gint64 outputs = 0;

  for (guint i = 0; i < price->items->len; i++)
    outputs += ((const StokerEstimateItem *) g_ptr_array_index (price->items, i))->outputs;
  return MAX (outputs, 1);
}

static Lot *
lot_new (const Pricing *pricing, const StokerOffer *offer)
{
  Lot *lot = g_new0 (Lot, 1);

  /* What is wrong with a request is told where it is sent; its list price is as good as before. */
  if (!stoker_price_request (pricing->workspace, offer->provider_id, pricing->workload, offer,
                             &lot->price, NULL))
    return lot;
  if (lot->price != NULL && !lot->price->total.is_known)
    g_clear_pointer (&lot->price, stoker_estimate_unref);
  if (lot->price == NULL)
    return lot;
  lot->outputs = count_outputs (lot->price);
  recognise (pricing, lot, offer);
  return lot;
}

static Lot *
ensure_lot (const Pricing *pricing, const StokerOffer *offer)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", offer->provider_id, offer->plan->id);
  Lot *lot = g_hash_table_lookup (pricing->lots, key);

  if (lot != NULL)
    return lot;
  lot = lot_new (pricing, offer);
  g_hash_table_insert (pricing->lots, g_steal_pointer (&key), lot);
  return lot;
}

/* One offer for each kind that the request may make: what it costs does not depend on the model of
 * the list. */
static void
append_priced (Pricing *pricing, Lot *lot, const StokerOffer *listed)
{
  const StokerEstimateItem *item = g_ptr_array_index (lot->price->items, 0);
  guint bit = 1u << listed->output_kind;
  StokerOffer offer = *listed;

  pricing->is_changed = TRUE;
  if ((lot->told_kinds & bit) != 0 ||
      (lot->kind != STOKER_OUTPUT_NONE && lot->kind != listed->output_kind))
    return;
  lot->told_kinds |= bit;
  stoker_offer_table_keep_request (pricing->priced, lot->price);
  offer.request = lot->price;
  offer.request_outputs = lot->outputs;
  offer.price = lot->price->total;
  offer.price_unit = STOKER_UNIT_REQUEST;
  offer.source = item->source;
  offer.as_of_us = item->as_of_us;
  offer.output_model = lot->model;
  offer.output_resolution = NULL;
  offer.is_live = FALSE;
  stoker_offer_table_append (pricing->priced, &offer);
}

static void
append (Pricing *pricing, const StokerOffer *offer)
{
  Lot *lot = NULL;

  if (offer->plan != NULL && offer->plan->kind == STOKER_PLAN_PER_OUTPUT)
    lot = ensure_lot (pricing, offer);
  if (lot != NULL && lot->price != NULL)
    append_priced (pricing, lot, offer);
  else
    stoker_offer_table_append (pricing->priced, offer);
}

/**
 * stoker_price_offers:
 * @workspace: the workspace
 * @offers: what is to be weighed
 * @workload: what would be sent
 *
 * Asks the manifests of registered providers that are paid by the output what the request of
 * @workload costs there. Neither network nor keyring is asked.
 *
 * Returns: (transfer full): the offers, with one at the price of the request in the place of those
 * of a plan of which it is told; @offers itself when none is
 */
StokerOfferTable *
stoker_price_offers (StokerWorkspace *workspace, StokerOfferTable *offers, StokerWorkload *workload)
{
  g_autoptr (StokerOfferTable)
    priced = stoker_offer_table_new (stoker_workspace_get_catalog (workspace));
  Pricing pricing = { workspace, offers, workload, priced, NULL, FALSE };

  if (workload->payload == NULL)
    return g_object_ref (offers);
  pricing.lots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) lot_free);
  for (guint i = 0; i < stoker_offer_table_get_length (offers); i++)
    append (&pricing, stoker_offer_table_get (offers, i));
  g_hash_table_unref (pricing.lots);
  return pricing.is_changed ? g_steal_pointer (&priced) : g_object_ref (offers);
}
