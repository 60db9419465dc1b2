/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-weighing-private.h"

static guint
hash_lot (gconstpointer key)
{
  const StokerLot *lot = key;

  return g_direct_hash (lot->source) ^ (g_direct_hash (lot->frame.plan) * 31);
}

static gboolean
equal_lots (gconstpointer a, gconstpointer b)
{
  const StokerLot *left = a, *right = b;

  return left->source == right->source && left->frame.plan == right->frame.plan;
}

/**
 * stoker_weighing_init:
 * @self: (out caller-allocates): cleared with stoker_weighing_clear(); borrows @input
 *
 * Works out the requirements and the mode.
 */
void
stoker_weighing_init (StokerWeighing *self, const StokerAdvisorInput *input)
{
  *self = (StokerWeighing){ .input = input, .workload = input->workload };

  stoker_requirements_init (&self->requirements, input->workload);
  self->mode = STOKER_MODE_BALANCED;
  if (input->mode != NULL)
    self->mode = *input->mode;
  else if (input->workload->has_mode)
    self->mode = input->workload->mode;
  self->sources = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) stoker_source_free);
  self->lots = g_hash_table_new_full (hash_lot, equal_lots, g_free, NULL);
  self->speeds = g_hash_table_new (NULL, NULL);
  self->residency = g_hash_table_new (NULL, NULL);
}

/**
 * stoker_weighing_clear:
 *
 * Frees what the weighing owns.
 */
void
stoker_weighing_clear (StokerWeighing *self)
{
  g_clear_pointer (&self->lots, g_hash_table_unref);
  g_clear_pointer (&self->sources, g_hash_table_unref);
  g_clear_pointer (&self->speeds, g_hash_table_unref);
  g_clear_pointer (&self->residency, g_hash_table_unref);
  g_clear_pointer (&self->local_reason, g_free);
  stoker_requirements_clear (&self->requirements);
}

/**
 * stoker_weighing_get_residency:
 * @region: interned, or a region of @profile
 *
 * Returns: (transfer none): where data in @region is, "unknown" when nobody told
 */
const char *
stoker_weighing_get_residency (StokerWeighing *self,
                               const StokerProfile *profile,
                               const char *region)
{
  const char *tag;

  if (profile == NULL)
    return "unknown";
  if (self->residency_profile != profile)
    {
      g_hash_table_remove_all (self->residency);
      self->residency_profile = profile;
    }
  tag = g_hash_table_lookup (self->residency, region);
  if (tag == NULL)
    {
      tag = stoker_profile_get_residency (profile, region);
      tag = tag != NULL ? tag : "unknown";
      g_hash_table_insert (self->residency, (gpointer) region, (gpointer) tag);
    }

  return tag;
}

/**
 * stoker_weighing_get_speed:
 * @gpu: (nullable): interned
 *
 * Returns: the coarse ratio to an RTX 3090; -1 unknown
 */
double
stoker_weighing_get_speed (StokerWeighing *self, const char *gpu)
{
  const StokerGpuSpec *spec = NULL;

  if (gpu == NULL || self->input->specs == NULL)
    return -1;
  if (!g_hash_table_lookup_extended (self->speeds, gpu, NULL, (gpointer *) &spec))
    {
      spec = stoker_gpu_specs_lookup (self->input->specs, gpu);
      g_hash_table_insert (self->speeds, (gpointer) gpu, (gpointer) spec);
    }

  return spec != NULL ? spec->relative_speed : -1;
}

static StokerSource *
ensure_source (StokerWeighing *self, const char *id, const StokerProfile *profile)
{
  StokerSource *source = g_hash_table_lookup (self->sources, id);

  if (source == NULL)
    {
      source = stoker_source_new (self, id, profile);
      g_hash_table_insert (self->sources, (gpointer) id, source);
    }

  return source;
}

static StokerLot *
ensure_lot (StokerWeighing *self, StokerSource *source, const StokerPlan *plan)
{
  StokerLot key = { .source = source, .frame = { .plan = plan } };
  StokerLot *lot = self->last_lot;

  if (lot != NULL && equal_lots (lot, &key))
    return lot;
  lot = g_hash_table_lookup (self->lots, &key);
  if (lot == NULL)
    {
      lot = stoker_lot_new (self, source, plan);
      g_hash_table_add (self->lots, lot);
    }
  self->last_lot = lot;

  return lot;
}

static void
weigh_offer (StokerWeighing *self, StokerSource *source, const StokerOffer *offer)
{
  source->n_offers++;
  self->n_offers++;
  if (source->hurdle == STOKER_HURDLE_NONE)
    stoker_lot_take (ensure_lot (self, source, offer->plan), self, offer);
}

/* Before anything is weighed, so that it does not matter what comes first. */
static void
note_told (StokerWeighing *self, const StokerOffer *offer)
{
  StokerSource *source;

  if (!offer->is_live && offer->is_available == STOKER_TRI_UNKNOWN)
    return;
  source = ensure_source (self, offer->provider_id, offer->profile);
  if (source->hurdle == STOKER_HURDLE_NONE && source->region != NULL &&
      !stoker_source_is_abroad (source, offer))
    ensure_lot (self, source, offer->plan)->is_told = TRUE;
}

/* What its owner entered about a machine is better than the floor of its profile. */
static void
weigh_own (StokerWeighing *self, StokerSource *source, const StokerOffer *offer)
{
  StokerOffer own = *offer;

  if (own.gpu == NULL && source->vram_gb >= 0)
    own.vram_gb = source->vram_gb;
  weigh_offer (self, source, &own);
}

static void
weigh_table (StokerWeighing *self)
{
  guint length = self->input->offers != NULL ? stoker_offer_table_get_length (self->input->offers)
                                             : 0;
  const char *local_id = g_intern_static_string (STOKER_PROVIDER_LOCAL_ID);

  for (guint i = 0; i < length; i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (self->input->offers, i);

      if (offer->provider_id != local_id && offer->plan != NULL)
        note_told (self, offer);
    }
  for (guint i = 0; i < length; i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (self->input->offers, i);
      StokerSource *source;

      if (offer->provider_id == local_id || offer->plan == NULL)
        continue;
      source = ensure_source (self, offer->provider_id, offer->profile);
      if (offer->plan->kind == STOKER_PLAN_OWN)
        weigh_own (self, source, offer);
      else
        weigh_offer (self, source, offer);
    }
}

static StokerProfile *
find_profile (StokerWeighing *self, StokerProvider *provider)
{
  const char *id = stoker_provider_get_template_id (provider);

  if (self->input->catalog == NULL || id == NULL)
    return NULL;

  return stoker_catalog_lookup (self->input->catalog, id);
}

/* Registered ones without an offer in the table: own hardware, or an entry with a price of its own.
 */
static void
weigh_registered (StokerWeighing *self)
{
  GPtrArray *providers = self->input->providers;

  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      const char *id = g_intern_string (stoker_provider_get_id (providers->pdata[i]));
      StokerSource *source;
      StokerOffer offer;

      if (id == NULL || g_str_equal (id, STOKER_PROVIDER_LOCAL_ID))
        continue;
      source = ensure_source (self, id, find_profile (self, providers->pdata[i]));
      if (source->n_offers > 0 || source->hurdle != STOKER_HURDLE_NONE)
        continue;
      if (stoker_source_make_offer (source, &offer))
        weigh_offer (self, source, &offer);
      else
        source->hurdle = STOKER_HURDLE_NO_OFFER;
    }
}

static gboolean
has_source_of (StokerWeighing *self, const StokerProfile *profile)
{
  GHashTableIter iter;
  StokerSource *source;

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &source))
    if (source->profile == profile)
      return TRUE;

  return FALSE;
}

/* Profiles nobody registered and nothing is offered of: each is told with its reason. */
static void
weigh_catalog (StokerWeighing *self)
{
  GPtrArray *profiles = self->input->catalog != NULL
                          ? stoker_catalog_get_profiles (self->input->catalog)
                          : NULL;

  for (guint i = 0; profiles != NULL && i < profiles->len; i++)
    {
      StokerProfile *profile = profiles->pdata[i];
      StokerSource *source;

      if (g_str_equal (profile->id, STOKER_PROVIDER_LOCAL_ID) || has_source_of (self, profile))
        continue;
      source = ensure_source (self, g_intern_string (profile->id), profile);
      if (source->hurdle == STOKER_HURDLE_NONE)
        source->hurdle = STOKER_HURDLE_NO_OFFER;
    }
}

/**
 * stoker_weighing_weigh:
 *
 * Weighs every offer of the input, then what is registered or known but offers nothing.
 */
void
stoker_weighing_weigh (StokerWeighing *self)
{
  weigh_table (self);
  weigh_registered (self);
  weigh_catalog (self);
}
