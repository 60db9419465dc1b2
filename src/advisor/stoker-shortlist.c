/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-weighing-private.h"

#include <glib/gi18n-lib.h>

/* A provider has few plans; the order of a hash table must not show. */
static int
compare_lots (gconstpointer a, gconstpointer b)
{
  const StokerLot *left = *(StokerLot *const *) a;
  const StokerLot *right = *(StokerLot *const *) b;
  int order = g_strcmp0 (left->source->id, right->source->id);

  return order != 0 ? order : g_strcmp0 (left->frame.plan->id, right->frame.plan->id);
}

static int
compare_sources (gconstpointer a, gconstpointer b)
{
  const StokerSource *left = *(StokerSource *const *) a;
  const StokerSource *right = *(StokerSource *const *) b;

  return g_strcmp0 (left->id, right->id);
}

static GPtrArray *
list_sorted (GHashTable *table, GCompareFunc compare)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_ptr_array_add (list, value);
  g_ptr_array_sort (list, compare);

  return list;
}

static const char *
get_service (const StokerSource *source)
{
  const char *service = source->provider != NULL ? stoker_provider_get_service (source->provider)
                                                 : NULL;

  if (service == NULL && source->profile != NULL)
    service = source->profile->service;

  return service != NULL ? service : source->id;
}

/* No list has a price of where it would run. */
static void
move_offer (StokerCandidate *candidate, const char *region)
{
  const StokerOffer *offer = &candidate->offer;
  const char *from = offer->price_region != NULL ? offer->price_region : offer->region;

  g_ptr_array_add (candidate->warnings,
                   g_strdup_printf (_ ("Its price is that of %s; the one of %s is not told."), from,
                                    region));
  candidate->offer.region = region;
}

static StokerCandidate *
make_candidate (StokerWeighing *weighing, const StokerLot *lot)
{
  const StokerSource *source = lot->source;
  const StokerProfile *profile = source->profile;
  const char *name = stoker_source_get_name (source);
  const char *region = stoker_source_get_region (source, &lot->best);
  StokerCandidate *candidate = stoker_candidate_new (&lot->best, source->id, name);

  g_free (candidate->service);
  candidate->service = g_strdup (get_service (source));
  candidate->is_registered = source->provider != NULL;
  candidate->estimate = stoker_estimate_offer (&lot->best, &weighing->requirements,
                                               weighing->workload, weighing->input->now_us);
  candidate->policy_hint = stoker_source_get_policy_hint (source, weighing->workload->type);
  g_free (candidate->residency);
  candidate->residency = g_strdup (stoker_weighing_get_residency (weighing, profile, region));
  stoker_warn_candidate (weighing, source, candidate);
  if (stoker_source_is_elsewhere (source, &lot->best))
    move_offer (candidate, region);

  return candidate;
}

static char *
name_offer (const StokerOffer *offer)
{
  const char *thing = offer->gpu != NULL ? offer->gpu : offer->output_model;

  if (thing == NULL)
    return NULL;
  if (offer->region == NULL || g_str_equal (offer->region, "*"))
    return g_strdup (thing);

  return g_strdup_printf ("%s, %s", thing, offer->region);
}

/* What its user asked for by name, or switched on, does not drop out silently. */
static void
warn_of_absence (StokerAdvice *advice,
                 const StokerSource *source,
                 const char *name,
                 const char *reason)
{
  if (source->is_preferred || source->hurdle == STOKER_HURDLE_INACTIVE ||
      source->hurdle == STOKER_HURDLE_UNHEALTHY)
    g_ptr_array_add (advice->warnings, g_strdup_printf ("%s: %s", name, reason));
}

static void
reject_lot (const StokerWeighing *weighing, const StokerLot *lot, StokerAdvice *advice)
{
  g_autofree char *reason = stoker_hurdle_explain_lot (weighing, lot);
  g_autofree char *offer = name_offer (&lot->nearest);
  g_autofree char *name = g_strdup_printf ("%s (%s)", stoker_source_get_name (lot->source),
                                           lot->frame.plan->name);

  g_ptr_array_add (advice->rejected,
                   stoker_rejection_new (lot->source->id, name, offer,
                                         stoker_hurdle_get_group (lot->nearest_hurdle), reason));
  warn_of_absence (advice, lot->source, name, reason);
}

static void
reject_source (const StokerWeighing *weighing, const StokerSource *source, StokerAdvice *advice)
{
  g_autofree char *reason = stoker_hurdle_explain_source (weighing, source);
  const char *name = stoker_source_get_name (source);

  g_ptr_array_add (advice->rejected,
                   stoker_rejection_new (source->id, name, NULL,
                                         stoker_hurdle_get_group (source->hurdle), reason));
  warn_of_absence (advice, source, name, reason);
}

static void
warn_of_stranger (const StokerWeighing *weighing, StokerAdvice *advice)
{
  const char *wanted = weighing->workload->preferred_provider;
  GHashTableIter iter;
  StokerSource *source;

  if (wanted == NULL || g_str_equal (wanted, STOKER_PROVIDER_LOCAL_ID))
    return;
  g_hash_table_iter_init (&iter, weighing->sources);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &source))
    if (source->is_preferred)
      return;
  g_ptr_array_add (advice->warnings,
                   g_strdup_printf (_ ("Nothing is known of the preferred provider \"%s\"."),
                                    wanted));
}

/**
 * stoker_shortlist_add_remote:
 *
 * Turns what was weighed into candidates, one a plan, and rejections, one a plan or provider. A
 * plan with a candidate has a rejection too when something better of it is sold out.
 */
void
stoker_shortlist_add_remote (StokerWeighing *weighing, StokerAdvice *advice)
{
  g_autoptr (GPtrArray) lots = list_sorted (weighing->lots, compare_lots);
  g_autoptr (GPtrArray) sources = list_sorted (weighing->sources, compare_sources);

  for (guint i = 0; i < lots->len; i++)
    {
      const StokerLot *lot = lots->pdata[i];

      if (lot->has_best)
        g_ptr_array_add (advice->candidates, make_candidate (weighing, lot));
      if (!lot->has_best || stoker_lot_lacks_better (lot, weighing))
        reject_lot (weighing, lot, advice);
    }
  for (guint i = 0; i < sources->len; i++)
    {
      const StokerSource *source = sources->pdata[i];

      if (source->hurdle != STOKER_HURDLE_NONE)
        reject_source (weighing, source, advice);
    }
  warn_of_stranger (weighing, advice);
}
