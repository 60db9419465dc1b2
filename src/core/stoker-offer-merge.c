/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-offer-table.h"

#define ANYWHERE "*"

static gboolean
is_anywhere (const char *region)
{
  return region == NULL || g_str_equal (region, ANYWHERE);
}

/* Whether what was told of @plan is about @region too: it then replaces the list price, also of
 * what it does not name any more. */
static gboolean
speaks_of (StokerOfferTable *live, const StokerPlan *plan, const char *region)
{
  for (guint i = 0; i < stoker_offer_table_get_length (live); i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (live, i);

      if (offer->plan == plan && (is_anywhere (region) || is_anywhere (offer->region) ||
                                  g_ascii_strcasecmp (offer->region, region) == 0))
        return TRUE;
    }
  return FALSE;
}

/* A service that is paid by the output tells the price of a model, and leaves the rest as it is. */
static const StokerOffer *
find_model (StokerOfferTable *live, const StokerOffer *listed)
{
  for (guint i = 0; listed->output_model != NULL && i < stoker_offer_table_get_length (live); i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (live, i);
      const char *model = offer->output_model != NULL ? offer->output_model : offer->offer_id;

      if (offer->plan == listed->plan && offer->price.is_known && model != NULL &&
          g_ascii_strcasecmp (model, listed->output_model) == 0)
        return offer;
    }
  return NULL;
}

static void
take_price (StokerOffer *offer, const StokerOffer *from)
{
  offer->price = from->price;
  offer->price_unit = from->price_unit;
  offer->source = from->source;
  offer->as_of_us = from->as_of_us;
  offer->confidence = from->confidence;
}

static void
append_listed (StokerOfferTable *self, const StokerOffer *listed, StokerOfferTable *live)
{
  const StokerOffer *told = NULL;
  StokerOffer offer = *listed;

  if (listed->plan->kind == STOKER_PLAN_PER_OUTPUT)
    told = find_model (live, listed);
  else if (speaks_of (live, listed->plan, listed->region))
    return;
  if (told != NULL)
    {
      take_price (&offer, told);
      offer.is_available = told->is_available;
      offer.lacks_quota = told->lacks_quota;
      offer.is_live = TRUE;
    }
  stoker_offer_table_append (self, &offer);
}

static gboolean
is_same_region (const StokerOffer *a, const StokerOffer *b)
{
  return is_anywhere (a->region) || is_anywhere (b->region) ||
         g_ascii_strcasecmp (a->region, b->region) == 0;
}

/* The same machine in the list, in the same region when it is there. */
static const StokerOffer *
find_machine (StokerOfferTable *listed, const StokerOffer *offer)
{
  const StokerOffer *elsewhere = NULL;

  for (guint i = 0; offer->gpu != NULL && i < stoker_offer_table_get_length (listed); i++)
    {
      const StokerOffer *other = stoker_offer_table_get (listed, i);

      if (other->plan != offer->plan || other->gpus != offer->gpus || other->gpu == NULL ||
          g_ascii_strcasecmp (other->gpu, offer->gpu) != 0)
        continue;
      if (is_same_region (other, offer))
        return other;
      if (elsewhere == NULL)
        elsewhere = other;
    }
  return elsewhere;
}

/* What the provider did not say of a machine is in its list. */
static void
append_told (StokerOfferTable *self, const StokerOffer *told, StokerOfferTable *listed)
{
  const StokerOffer *known = NULL;
  StokerOffer offer = *told;

  offer.is_live = TRUE;
  if (offer.vram_gb < 0 || !offer.price.is_known)
    known = find_machine (listed, told);
  if (known != NULL && offer.vram_gb < 0)
    offer.vram_gb = known->vram_gb;
  if (known != NULL && !offer.price.is_known)
    {
      take_price (&offer, known);
      offer.is_live = FALSE;
      offer.price_region = is_same_region (&offer, known) ? NULL : known->region;
    }
  stoker_offer_table_append (self, &offer);
}

/**
 * stoker_offer_table_append_current:
 * @profile: a profile of the catalog that the table keeps
 * @provider_id: the registered provider
 * @live: (nullable): what the provider told of itself when it was asked
 *
 * Appends what is known of a provider's offers today: what it told, and its list prices where it
 * said nothing: of other plans, and of regions that the answer does not name. Of a plan that is
 * paid by the output only the prices of the models that were told change.
 */
void
stoker_offer_table_append_current (StokerOfferTable *self,
                                   const StokerProfile *profile,
                                   const char *provider_id,
                                   StokerOfferTable *live)
{
  g_autoptr (StokerOfferTable) listed = stoker_offer_table_new (NULL);

  g_return_if_fail (STOKER_IS_OFFER_TABLE (self));

  if (live == NULL)
    {
      stoker_offer_table_append_profile (self, profile, provider_id);
      return;
    }
  stoker_offer_table_append_profile (listed, profile, provider_id);
  for (guint i = 0; i < stoker_offer_table_get_length (live); i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (live, i);

      if (offer->plan->kind != STOKER_PLAN_PER_OUTPUT)
        append_told (self, offer, listed);
    }
  for (guint i = 0; i < stoker_offer_table_get_length (listed); i++)
    append_listed (self, stoker_offer_table_get (listed, i), live);
}
