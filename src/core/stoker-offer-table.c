/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-offer-table.h"

#include "stoker-estimate.h"
#include "stoker-json-write.h"

struct _StokerOfferTable
{
  GObject parent_instance;

  GArray *offers;        /* owned, of StokerOffer */
  GPtrArray *kept;       /* owned, of GObject: what the offers borrow from */
  GPtrArray *requests;   /* owned, of StokerEstimate: the prices of requests */
  JsonNode *description; /* owned, nullable: what else the provider told */
};

G_DEFINE_FINAL_TYPE (StokerOfferTable, stoker_offer_table, G_TYPE_OBJECT)

static void
stoker_offer_table_finalize (GObject *object)
{
  StokerOfferTable *self = STOKER_OFFER_TABLE (object);

  g_clear_pointer (&self->offers, g_array_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->description, json_node_unref);

  G_OBJECT_CLASS (stoker_offer_table_parent_class)->finalize (object);
}

static void
stoker_offer_table_class_init (StokerOfferTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_offer_table_finalize;
}

static void
stoker_offer_table_init (StokerOfferTable *self)
{
  self->offers = g_array_new (FALSE, FALSE, sizeof (StokerOffer));
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_estimate_unref);
}

static void
keep (StokerOfferTable *self, gpointer object)
{
  if (!g_ptr_array_find (self->kept, object, NULL))
    g_ptr_array_add (self->kept, g_object_ref (object));
}

/**
 * stoker_offer_table_new:
 * @catalog: (nullable): where profiles and plans of the offers belong to; kept alive
 *
 * Returns: (transfer full): a table without offers
 */
StokerOfferTable *
stoker_offer_table_new (StokerCatalog *catalog)
{
  StokerOfferTable *self = g_object_new (STOKER_TYPE_OFFER_TABLE, NULL);

  if (catalog != NULL)
    keep (self, catalog);

  return self;
}

/**
 * stoker_offer_table_append:
 * @offer: an offer; its texts are interned here if they are not yet
 */
void
stoker_offer_table_append (StokerOfferTable *self, const StokerOffer *offer)
{
  StokerOffer copy = *offer;

  g_return_if_fail (STOKER_IS_OFFER_TABLE (self));

  copy.provider_id = g_intern_string (offer->provider_id);
  copy.offer_id = g_intern_string (offer->offer_id);
  copy.gpu = g_intern_string (offer->gpu);
  copy.region = g_intern_string (offer->region != NULL ? offer->region : "*");
  copy.price_region = g_intern_string (offer->price_region);
  copy.source = g_intern_string (offer->source);
  copy.output_model = g_intern_string (offer->output_model);
  copy.output_resolution = g_intern_string (offer->output_resolution);
  g_array_append_val (self->offers, copy);
}

/**
 * stoker_offer_table_describe:
 * @description: (nullable): what the provider told with its offers of what it is set up for, such
 * as the parameters of a model
 */
void
stoker_offer_table_describe (StokerOfferTable *self, JsonNode *description)
{
  g_return_if_fail (STOKER_IS_OFFER_TABLE (self));

  g_clear_pointer (&self->description, json_node_unref);
  self->description = description != NULL ? json_node_ref (description) : NULL;
}

/**
 * stoker_offer_table_get_description:
 *
 * Returns: (transfer none) (nullable): see stoker_offer_table_describe()
 */
JsonNode *
stoker_offer_table_get_description (StokerOfferTable *self)
{
  g_return_val_if_fail (STOKER_IS_OFFER_TABLE (self), NULL);

  return self->description;
}

static void
set_price (StokerOffer *offer, const StokerPrice *price)
{
  offer->price = price->amount;
  offer->price_unit = price->unit;
  offer->source = price->fact.source;
  offer->as_of_us = price->fact.as_of_us;
  offer->confidence = price->fact.confidence;
}

static StokerOffer
make_offer (const StokerProfile *profile, const StokerPlan *plan, const char *provider_id)
{
  StokerOffer offer = {
    .provider_id = provider_id != NULL ? provider_id : profile->id,
    .profile = profile,
    .plan = plan,
    .region = "*",
    .vram_gb = -1,
    .price = stoker_money_unknown (),
    .reliability = -1,
    .is_available = STOKER_TRI_UNKNOWN,
  };

  return offer;
}

static void
append_plan_offer (StokerOfferTable *self, StokerOffer offer, const StokerPlanOffer *listed)
{
  offer.gpu = listed->gpu;
  offer.region = listed->region;
  offer.vram_gb = listed->vram_gb;
  offer.gpus = listed->gpus;
  offer.output_kind = listed->output_kind;
  offer.output_model = listed->output_model;
  offer.output_resolution = listed->output_resolution;
  set_price (&offer, &listed->price);
  stoker_offer_table_append (self, &offer);
}

/* Hardware one has is not on a price list, but can be chosen all the same: its GPU is known once it
 * is asked. */
static void
append_own_hardware (StokerOfferTable *self, StokerOffer offer)
{
  const StokerProfile *profile = offer.profile;

  offer.gpus = 1;
  offer.vram_gb = profile->min_vram_gb;
  if (profile->regions->len > 0)
    offer.region = ((const StokerRegion *) g_ptr_array_index (profile->regions, 0))->id;
  set_price (&offer, &profile->price_hint);
  stoker_offer_table_append (self, &offer);
}

/**
 * stoker_offer_table_append_profile:
 * @profile: a profile of the catalog that the table keeps
 * @provider_id: (nullable): the registered provider to offer it as; %NULL: the profile itself
 *
 * Appends the list prices of all plans of @profile. A plan of own hardware without any is one offer
 * at the profile's price hint, with its VRAM floor and no GPU told.
 */
void
stoker_offer_table_append_profile (StokerOfferTable *self,
                                   const StokerProfile *profile,
                                   const char *provider_id)
{
  g_return_if_fail (STOKER_IS_OFFER_TABLE (self));

  for (guint i = 0; i < profile->plans->len; i++)
    {
      const StokerPlan *plan = g_ptr_array_index (profile->plans, i);
      StokerOffer offer = make_offer (profile, plan, provider_id);

      for (guint j = 0; j < plan->offers->len; j++)
        append_plan_offer (self, offer, g_ptr_array_index (plan->offers, j));
      if (plan->offers->len == 0 && plan->kind == STOKER_PLAN_OWN)
        append_own_hardware (self, offer);
    }
}

/**
 * stoker_offer_table_keep_request:
 * @request: the price of a request that an offer borrows; kept alive
 */
void
stoker_offer_table_keep_request (StokerOfferTable *self, StokerEstimate *request)
{
  g_return_if_fail (STOKER_IS_OFFER_TABLE (self));

  g_ptr_array_add (self->requests, stoker_estimate_ref (request));
}

/**
 * stoker_offer_table_append_table:
 * @other: another table; kept alive for what its offers borrow
 */
void
stoker_offer_table_append_table (StokerOfferTable *self, StokerOfferTable *other)
{
  g_return_if_fail (STOKER_IS_OFFER_TABLE (self));
  g_return_if_fail (STOKER_IS_OFFER_TABLE (other) && other != self);

  for (guint i = 0; i < other->kept->len; i++)
    keep (self, g_ptr_array_index (other->kept, i));
  for (guint i = 0; i < other->requests->len; i++)
    stoker_offer_table_keep_request (self, g_ptr_array_index (other->requests, i));
  g_array_append_vals (self->offers, other->offers->data, other->offers->len);
}

/**
 * stoker_offer_table_get_length:
 *
 * Returns: how many offers there are
 */
guint
stoker_offer_table_get_length (StokerOfferTable *self)
{
  g_return_val_if_fail (STOKER_IS_OFFER_TABLE (self), 0);

  return self->offers->len;
}

/**
 * stoker_offer_table_get:
 * @index: less than the length
 *
 * Returns: (transfer none): that offer, valid until the next append
 */
const StokerOffer *
stoker_offer_table_get (StokerOfferTable *self, guint index)
{
  g_return_val_if_fail (STOKER_IS_OFFER_TABLE (self) && index < self->offers->len, NULL);

  return &g_array_index (self->offers, StokerOffer, index);
}

/**
 * stoker_offer_get_price_per_hour:
 * @offer: an offer
 *
 * Returns: what an hour of the whole offer costs; unknown when it is not priced by time
 */
StokerMoney
stoker_offer_get_price_per_hour (const StokerOffer *offer)
{
  return stoker_money_scale (offer->price, stoker_unit_get_seconds (STOKER_UNIT_HOUR),
                             stoker_unit_get_seconds (offer->price_unit));
}

static void
set_decimal (JsonObject *object, const char *name, StokerMoney money)
{
  g_autofree char *decimal = stoker_money_to_decimal (money);

  stoker_json_set_text (object, name, decimal);
}

static void
set_output (JsonObject *object, const StokerOffer *offer)
{
  JsonObject *output = NULL;

  if (offer->output_kind == STOKER_OUTPUT_NONE)
    {
      json_object_set_null_member (object, "output");
      return;
    }

  output = json_object_new ();
  json_object_set_string_member (output, "kind", stoker_output_kind_names[offer->output_kind]);
  stoker_json_set_text (output, "model", offer->output_model);
  stoker_json_set_text (output, "resolution", offer->output_resolution);
  json_object_set_object_member (object, "output", output);
}

static void
set_availability (JsonObject *object, StokerTri is_available)
{
  if (is_available == STOKER_TRI_UNKNOWN)
    json_object_set_null_member (object, "available");
  else
    json_object_set_boolean_member (object, "available", is_available == STOKER_TRI_YES);
}

/**
 * stoker_offer_to_json:
 * @offer: an offer
 *
 * Returns: (transfer full): the offer as the faces print it: `price` is a decimal for one `unit` of
 * the whole offer, as in the catalog; `live` says whether the provider itself was asked for it, at
 * `as_of`; `lacks_quota` is there where it cannot be had as the account may not have it; what is
 * not told is null
 */
JsonNode *
stoker_offer_to_json (const StokerOffer *offer)
{
  g_autoptr (JsonObject) object = json_object_new ();

  stoker_json_set_text (object, "provider", offer->provider_id);
  stoker_json_set_text (object, "template", offer->profile != NULL ? offer->profile->id : NULL);
  stoker_json_set_text (object, "plan", offer->plan != NULL ? offer->plan->id : NULL);
  stoker_json_set_text (object, "plan_kind",
                        offer->plan != NULL ? stoker_plan_kind_names[offer->plan->kind] : NULL);
  stoker_json_set_text (object, "offer_id", offer->offer_id);
  stoker_json_set_text (object, "gpu", offer->gpu);
  json_object_set_int_member (object, "gpus", offer->gpus);
  stoker_json_set_measure (object, "vram_gb", offer->vram_gb);
  stoker_json_set_text (object, "region", offer->region);
  set_decimal (object, "price", offer->price);
  stoker_json_set_text (object, "currency", offer->price.is_known ? offer->price.currency : NULL);
  json_object_set_string_member (object, "unit", stoker_unit_names[offer->price_unit]);
  set_decimal (object, "price_per_hour", stoker_offer_get_price_per_hour (offer));
  stoker_json_set_text (object, "source", offer->source);
  stoker_json_set_time (object, "as_of", offer->as_of_us);
  json_object_set_string_member (object, "confidence", stoker_confidence_names[offer->confidence]);
  stoker_json_set_measure (object, "reliability", offer->reliability);
  set_availability (object, offer->is_available);
  if (offer->lacks_quota)
    json_object_set_boolean_member (object, "lacks_quota", TRUE);
  json_object_set_boolean_member (object, "live", offer->is_live);
  set_output (object, offer);

  return json_node_init_object (json_node_alloc (), object);
}
