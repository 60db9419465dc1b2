/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-offer-table.h"

#include <string.h>

#define MAX_NAME_BYTES 128

typedef enum {
  SORT_PRICE,
  SORT_VRAM,
  SORT_GPU,
  SORT_PROVIDER,
} SortKey;

static const char *const sort_names[] = {
  [SORT_PRICE] = "price",
  [SORT_VRAM] = "vram",
  [SORT_GPU] = "gpu",
  [SORT_PROVIDER] = "provider",
  NULL,
};

/* What comparing needs, worked out once an offer instead of once a comparison. */
typedef struct
{
  guint index;
  gboolean is_by_time;
  StokerMoney price; /* per hour, or of one output */
  const StokerOffer *offer;
} Row;

typedef struct
{
  const StokerOfferQuery *query;
  char gpu[MAX_NAME_BYTES]; /* plain form of the query's */
} Filter;

/* Letters and digits in lower case: "RTX_4090" finds "RTX 4090". */
static void
to_plain_name (const char *name, char *plain)
{
  gsize length = 0;

  for (const char *p = name; *p != '\0' && length + 1 < MAX_NAME_BYTES; p++)
    if (g_ascii_isalnum (*p))
      plain[length++] = g_ascii_tolower (*p);
  plain[length] = '\0';
}

static gboolean
has_plain_name (const StokerOffer *offer, const char *wanted)
{
  char own[MAX_NAME_BYTES];

  if (offer->gpu == NULL)
    return FALSE;
  to_plain_name (offer->gpu, own);

  return strstr (own, wanted) != NULL;
}

static gboolean
matches_gpu (const Filter *filter, const StokerOffer *offer)
{
  return filter->query->gpu == NULL || has_plain_name (offer, filter->gpu);
}

static gboolean
matches_plan (const StokerOfferQuery *query, const StokerOffer *offer)
{
  if (query->is_spot && (offer->plan == NULL || offer->plan->kind != STOKER_PLAN_SPOT))
    return FALSE;
  if (query->plan == NULL)
    return TRUE;

  return offer->plan != NULL &&
         (g_str_equal (query->plan, offer->plan->id) ||
          g_str_equal (query->plan, stoker_plan_kind_names[offer->plan->kind]));
}

static gboolean
matches_place (const StokerOfferQuery *query, const StokerOffer *offer)
{
  if (query->provider != NULL && g_strcmp0 (query->provider, offer->provider_id) != 0 &&
      (offer->profile == NULL || !g_str_equal (query->provider, offer->profile->id)))
    return FALSE;
  if (query->region == NULL || g_ascii_strcasecmp (query->region, offer->region) == 0)
    return TRUE;

  return offer->profile != NULL &&
         g_ascii_strcasecmp (query->region,
                             stoker_profile_get_residency (offer->profile, offer->region)) == 0;
}

static gboolean
matches_price (const StokerOfferQuery *query, const StokerOffer *offer)
{
  StokerMoney price;

  if (!query->max_price.is_known)
    return TRUE;
  price = stoker_offer_get_price_per_hour (offer);

  return price.is_known && g_str_equal (price.currency, query->max_price.currency) &&
         stoker_money_compare (price, query->max_price) <= 0;
}

static gboolean
matches (const Filter *filter, const StokerOffer *offer)
{
  const StokerOfferQuery *query = filter->query;

  return (query->min_vram_gb <= 0 || offer->vram_gb >= query->min_vram_gb) &&
         matches_plan (query, offer) && matches_price (query, offer) &&
         matches_place (query, offer) && matches_gpu (filter, offer);
}

static void
append_row (GArray *rows, StokerOfferTable *table, guint index)
{
  const StokerOffer *offer = stoker_offer_table_get (table, index);
  Row row = { .index = index, .price = offer->price, .offer = offer };

  if (stoker_unit_get_seconds (offer->price_unit) > 0)
    {
      row.is_by_time = TRUE;
      row.price = stoker_offer_get_price_per_hour (offer);
    }
  g_array_append_val (rows, row);
}

/* Prices by time before those per output, which cannot be compared with them; unknown ones last. */
static int
compare_prices (const Row *a, const Row *b)
{
  if (a->is_by_time != b->is_by_time)
    return a->is_by_time ? -1 : 1;

  return stoker_money_compare (a->price, b->price);
}

static int
compare_indices (const Row *a, const Row *b)
{
  return (a->index > b->index) - (a->index < b->index);
}

static int
compare_by (const Row *a, const Row *b, SortKey key)
{
  switch (key)
    {
    case SORT_VRAM:
      return (a->offer->vram_gb < b->offer->vram_gb) - (a->offer->vram_gb > b->offer->vram_gb);
    case SORT_GPU:
      return g_strcmp0 (a->offer->gpu, b->offer->gpu);
    case SORT_PROVIDER:
      return g_strcmp0 (a->offer->provider_id, b->offer->provider_id);
    case SORT_PRICE:
    default:
      return 0;
    }
}

/* Whatever the key: the cheaper one first, and equal ones in the order they came. */
static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  int order = compare_by (a, b, *(const SortKey *) user_data);

  if (order == 0)
    order = compare_prices (a, b);

  return order != 0 ? order : compare_indices (a, b);
}

static gboolean
find_sort_key (const char *name, SortKey *key, GError **error)
{
  g_autofree char *known = NULL;

  *key = SORT_PRICE;
  if (name == NULL)
    return TRUE;
  for (int i = 0; sort_names[i] != NULL; i++)
    {
      if (!g_str_equal (sort_names[i], name))
        continue;
      *key = (SortKey) i;
      return TRUE;
    }

  known = g_strjoinv (", ", (char **) sort_names);
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "cannot sort by \"%s\", only by %s", name,
               known);
  return FALSE;
}

/**
 * stoker_offer_has_gpu:
 * @name: part of the name of a GPU, as people write it
 *
 * Returns: whether it is of a GPU with this in its name: "4090" and "rtx_4090" find "RTX 4090"
 */
gboolean
stoker_offer_has_gpu (const StokerOffer *offer, const char *name)
{
  char wanted[MAX_NAME_BYTES];

  to_plain_name (name, wanted);

  return has_plain_name (offer, wanted);
}

/**
 * stoker_offer_is_gpu:
 * @name: the whole name of a GPU, as people write it
 *
 * Returns: whether it is of this very GPU: "L4" is not "L40S"
 */
gboolean
stoker_offer_is_gpu (const StokerOffer *offer, const char *name)
{
  char own[MAX_NAME_BYTES];
  char wanted[MAX_NAME_BYTES];

  if (offer->gpu == NULL)
    return FALSE;
  to_plain_name (offer->gpu, own);
  to_plain_name (name, wanted);

  return g_str_equal (own, wanted);
}

/**
 * stoker_offer_table_query:
 * @query: which offers, and in which order
 *
 * An offer whose VRAM or price per hour is not told does not pass a limit on it. `region` is the id
 * of a region or a residency tag such as `eu`; `provider` the id of a registered provider or of a
 * profile. Without `sort` they are sorted by price.
 *
 * Returns: (transfer full) (nullable) (element-type guint): indices for stoker_offer_table_get();
 * %NULL with %STOKER_ERROR_CONFIG when `sort` is unknown
 */
GArray *
stoker_offer_table_query (StokerOfferTable *self, const StokerOfferQuery *query, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  GArray *indices = NULL;
  Filter filter = { .query = query };
  SortKey key;
  guint count;

  g_return_val_if_fail (STOKER_IS_OFFER_TABLE (self), NULL);

  if (!find_sort_key (query->sort, &key, error))
    return NULL;
  if (query->gpu != NULL)
    to_plain_name (query->gpu, filter.gpu);
  for (guint i = 0; i < stoker_offer_table_get_length (self); i++)
    if (matches (&filter, stoker_offer_table_get (self, i)))
      append_row (rows, self, i);
  g_array_sort_with_data (rows, compare_rows, &key);

  count = query->limit > 0 ? MIN (query->limit, rows->len) : rows->len;
  indices = g_array_sized_new (FALSE, FALSE, sizeof (guint), count);
  for (guint i = 0; i < count; i++)
    g_array_append_val (indices, g_array_index (rows, Row, i).index);

  return indices;
}
