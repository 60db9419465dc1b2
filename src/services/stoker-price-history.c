/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-live-offers-private.h"

/* What is one thing through the days. A market gives its offers a new id each time: of all that are
 * alike the cheapest is the price of the day. */
static guint
hash_thing (gconstpointer key)
{
  const StokerOffer *offer = key;

  return g_direct_hash (offer->plan) ^ (g_direct_hash (offer->gpu) * 31) ^
         (g_direct_hash (offer->region) * 17) ^ ((guint) offer->gpus * 7919);
}

static gboolean
is_same_thing (gconstpointer a, gconstpointer b)
{
  const StokerOffer *left = a, *right = b;

  return left->plan == right->plan && left->gpu == right->gpu && left->region == right->region &&
         left->gpus == right->gpus && left->price_unit == right->price_unit;
}

static gint64
get_day (const StokerOffer *offer)
{
  return offer->as_of_us / G_TIME_SPAN_DAY;
}

static gboolean
is_worth_keeping (const StokerOffer *offer)
{
  return offer->is_live && offer->price.is_known && offer->is_available != STOKER_TRI_NO &&
         stoker_unit_get_seconds (offer->price_unit) > 0;
}

/* The cheapest of each thing, in the order of the answer. */
static GPtrArray *
list_cheapest (StokerOfferTable *offers)
{
  g_autoptr (GHashTable) places = g_hash_table_new (hash_thing, is_same_thing);
  GPtrArray *cheapest = g_ptr_array_new ();

  for (guint i = 0; i < stoker_offer_table_get_length (offers); i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (offers, i);
      gpointer place = NULL;

      if (!is_worth_keeping (offer))
        continue;
      if (!g_hash_table_lookup_extended (places, offer, NULL, &place))
        {
          g_hash_table_insert (places, (gpointer) offer, GUINT_TO_POINTER (cheapest->len));
          g_ptr_array_add (cheapest, (gpointer) offer);
        }
      else if (stoker_money_compare (offer->price, ((const StokerOffer *)
                                                      cheapest->pdata[GPOINTER_TO_UINT (place)])
                                                     ->price) < 0)
        cheapest->pdata[GPOINTER_TO_UINT (place)] = (gpointer) offer;
    }
  return cheapest;
}

/* The last two points of each thing: all are in the order of time. */
typedef struct
{
  GHashTable *last;   /* owned: borrowed offer as the thing → borrowed point */
  GHashTable *before; /* owned: the same */
} Ends;

static void
ends_init (Ends *self, StokerOfferTable *past)
{
  self->last = g_hash_table_new (hash_thing, is_same_thing);
  self->before = g_hash_table_new (hash_thing, is_same_thing);
  for (guint i = 0; past != NULL && i < stoker_offer_table_get_length (past); i++)
    {
      gpointer point = (gpointer) stoker_offer_table_get (past, i);
      gpointer last = g_hash_table_lookup (self->last, point);

      if (last != NULL)
        g_hash_table_replace (self->before, last, last);
      g_hash_table_replace (self->last, point, point);
    }
}

static void
ends_clear (Ends *self)
{
  g_hash_table_unref (self->last);
  g_hash_table_unref (self->before);
}

/* A day has one point, the last of it. A price that stays the same has two, the first day and the
 * last one, so that a line between points is true. */
static gboolean
replaces (const StokerOffer *offer, const StokerOffer *last, const StokerOffer *before)
{
  if (get_day (offer) == get_day (last))
    return TRUE;
  return before != NULL && stoker_money_equal (offer->price, last->price) &&
         stoker_money_equal (last->price, before->price);
}

static void
add_points (GPtrArray *points, const Ends *ends, const GPtrArray *cheapest)
{
  g_autoptr (GHashTable) replaced = g_hash_table_new (NULL, NULL);
  guint n_kept = 0;

  for (guint i = 0; i < cheapest->len; i++)
    {
      const StokerOffer *offer = cheapest->pdata[i];
      const StokerOffer *last = g_hash_table_lookup (ends->last, offer);

      if (last != NULL && replaces (offer, last, g_hash_table_lookup (ends->before, offer)))
        g_hash_table_add (replaced, (gpointer) last);
      g_ptr_array_add (points, (gpointer) offer);
    }
  for (guint i = 0; i < points->len; i++)
    if (!g_hash_table_contains (replaced, points->pdata[i]))
      points->pdata[n_kept++] = points->pdata[i];
  g_ptr_array_set_size (points, (int) n_kept);
}

/**
 * stoker_price_history_extend:
 * @catalog: what the offers are of
 * @past: (nullable): the points that are known, in the order of time
 * @offers: what a provider has told now
 *
 * Adds a day to the past: of each thing that is rented by time at most one point a day, and two for
 * as long as its price stays the same. The oldest points go when there are more than
 * %STOKER_PRICE_HISTORY_MAX.
 *
 * Returns: (transfer full): the points, in the order of time, as offers of their days
 */
StokerOfferTable *
stoker_price_history_extend (StokerCatalog *catalog,
                             StokerOfferTable *past,
                             StokerOfferTable *offers)
{
  StokerOfferTable *extended = stoker_offer_table_new (catalog);
  g_autoptr (GPtrArray) cheapest = list_cheapest (offers);
  g_autoptr (GPtrArray) points = g_ptr_array_new ();
  Ends ends;

  for (guint i = 0; past != NULL && i < stoker_offer_table_get_length (past); i++)
    g_ptr_array_add (points, (gpointer) stoker_offer_table_get (past, i));
  ends_init (&ends, past);
  add_points (points, &ends, cheapest);
  ends_clear (&ends);
  for (guint i = points->len - MIN (points->len, STOKER_PRICE_HISTORY_MAX); i < points->len; i++)
    {
      StokerOffer point = *(const StokerOffer *) points->pdata[i];

      point.offer_id = NULL;
      stoker_offer_table_append (extended, &point);
    }
  return extended;
}
