/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-weighing-private.h"

#include <glib/gi18n-lib.h>

/* A GPU that computes this much, or holds this share of its VRAM, has other work. */
#define BUSY_LOAD_PERCENT 50
#define BUSY_VRAM_SHARE .25

/* Stands in when the catalog does not describe this machine. */
static const StokerPlan own_plan = {
  .id = (char *) "own",
  .name = (char *) N_ ("Own hardware"),
  .kind = STOKER_PLAN_OWN,
  .billing = { .increment_s = 1, .idle_window_s = -1 },
};

static gboolean
is_busy (const StokerGpu *gpu)
{
  if (gpu->load_percent >= BUSY_LOAD_PERCENT)
    return TRUE;

  return gpu->vram_used_gb > 0 && gpu->vram_used_gb > gpu->vram_total_gb * BUSY_VRAM_SHARE;
}

static gboolean
is_big_enough (const StokerWeighing *weighing, const StokerGpu *gpu)
{
  return gpu->problem == NULL && gpu->vram_total_gb >= 0 &&
         gpu->vram_total_gb >= weighing->requirements.min_vram_gb - STOKER_VRAM_TOLERANCE_GB;
}

/* An idle GPU before a busy one, then the larger. */
static gboolean
is_better (const StokerGpu *gpu, const StokerGpu *best)
{
  if (best == NULL || is_busy (gpu) != is_busy (best))
    return best == NULL || !is_busy (gpu);

  return gpu->vram_total_gb > best->vram_total_gb;
}

static const StokerGpu *
find_gpu (const StokerWeighing *weighing, int *n_fitting)
{
  const StokerLocalSnapshot *local = weighing->input->local;
  const StokerGpu *best = NULL;

  *n_fitting = 0;
  for (guint i = 0; local != NULL && i < local->gpus->len; i++)
    {
      const StokerGpu *gpu = local->gpus->pdata[i];

      if (!is_big_enough (weighing, gpu))
        continue;
      (*n_fitting)++;
      if (is_better (gpu, best))
        best = gpu;
    }

  return best;
}

static char *
explain_absence (const StokerWeighing *weighing)
{
  const StokerLocalSnapshot *local = weighing->input->local;
  double floor_gb = weighing->requirements.min_vram_gb;
  const StokerGpu *largest;

  if (local == NULL)
    return g_strdup (_ ("Nothing is known of this machine's GPU."));
  largest = stoker_local_snapshot_get_largest_gpu (local);
  if (largest == NULL)
    return g_strdup_printf (_ ("This machine has no GPU, %g GB needed."), floor_gb);
  if (largest->problem != NULL)
    return g_strdup_printf (_ ("The local GPU (%s) cannot be used: %s."), largest->name,
                            largest->problem);
  if (largest->vram_total_gb < 0)
    return g_strdup_printf (_ ("The VRAM of the local GPU (%s) is not known, %g GB needed."),
                            largest->name, floor_gb);

  return g_strdup_printf (_ ("The local GPU (%s) has %g GB, %g GB needed."), largest->name,
                          largest->vram_total_gb, floor_gb);
}

static char *
explain_busy (const StokerGpu *gpu)
{
  if (gpu->load_percent >= BUSY_LOAD_PERCENT)
    return g_strdup_printf (_ ("The local GPU (%s) is busy: its load is %g %%."), gpu->name,
                            gpu->load_percent);

  return g_strdup_printf (_ ("The local GPU (%s) is busy: %g of its %g GB are in use."), gpu->name,
                          gpu->vram_used_gb, gpu->vram_total_gb);
}

static StokerProvider *
find_entry (const StokerWeighing *weighing)
{
  GPtrArray *providers = weighing->input->providers;

  for (guint i = 0; providers != NULL && i < providers->len; i++)
    if (g_strcmp0 (stoker_provider_get_id (providers->pdata[i]), STOKER_PROVIDER_LOCAL_ID) == 0)
      return providers->pdata[i];

  return NULL;
}

static void
make_offer (const StokerWeighing *weighing, const StokerGpu *gpu, StokerOffer *offer)
{
  StokerProfile *profile = weighing->input->catalog != NULL
                             ? stoker_catalog_lookup (weighing->input->catalog,
                                                      STOKER_PROVIDER_LOCAL_ID)
                             : NULL;

  *offer = (StokerOffer){ .profile = profile, .plan = &own_plan };
  if (profile != NULL && profile->plans != NULL && profile->plans->len > 0)
    offer->plan = profile->plans->pdata[0];
  offer->provider_id = g_intern_static_string (STOKER_PROVIDER_LOCAL_ID);
  offer->gpu = g_intern_string (gpu->name);
  offer->region = g_intern_static_string (STOKER_PROVIDER_LOCAL_ID);
  offer->vram_gb = gpu->vram_total_gb;
  offer->gpus = 1;
  offer->price_unit = STOKER_UNIT_HOUR;
  offer->source = g_intern_static_string ("this machine");
  offer->as_of_us = weighing->input->local->taken_us;
  offer->reliability = -1;
  offer->is_available = STOKER_TRI_YES;
}

static StokerCandidate *
make_candidate (const StokerWeighing *weighing, const StokerGpu *gpu)
{
  StokerProvider *entry = find_entry (weighing);
  const char *name = entry != NULL ? stoker_provider_get_name (entry) : _ ("This machine");
  const StokerGpuSpec *spec = weighing->input->specs != NULL
                                ? stoker_gpu_specs_lookup (weighing->input->specs, gpu->name)
                                : NULL;
  StokerCandidate *candidate;
  StokerOffer offer;

  make_offer (weighing, gpu, &offer);
  candidate = stoker_candidate_new (&offer, STOKER_PROVIDER_LOCAL_ID, name);
  g_free (candidate->service);
  candidate->service = g_strdup (STOKER_PROVIDER_LOCAL_ID);
  candidate->is_local = TRUE;
  candidate->is_registered = entry != NULL;
  g_free (candidate->residency);
  candidate->residency = g_strdup ("on-prem");
  candidate->estimate = stoker_estimate_local (gpu, &weighing->input->local_cost, spec,
                                               &weighing->requirements, weighing->workload,
                                               weighing->input->now_us);
  if (offer.profile != NULL)
    candidate->policy_hint = g_strdup (
      stoker_profile_get_policy_hint (offer.profile, weighing->workload->type));

  return candidate;
}

static void
reject (StokerWeighing *weighing, StokerAdvice *advice, const char *group, char *reason)
{
  g_free (weighing->local_reason);
  weighing->local_reason = reason;
  g_ptr_array_add (advice->rejected,
                   stoker_rejection_new (STOKER_PROVIDER_LOCAL_ID, _ ("This machine"), NULL, group,
                                         reason));
}

/* Why this machine is out of it from the start; NULL: it is not. */
static char *
find_local_hurdle (const StokerWeighing *weighing, int n_fitting, const char **group)
{
  StokerProvider *entry = find_entry (weighing);

  *group = "inactive";
  if (entry != NULL && !stoker_provider_get_active (entry))
    return g_strdup (_ ("This machine is switched off in the list of providers."));
  *group = "vram";
  if (n_fitting == 0)
    return explain_absence (weighing);
  if (n_fitting < weighing->workload->gpus)
    return g_strdup_printf (_ ("GPUs here with %g GB or more: %d, needed: %d."),
                            weighing->requirements.min_vram_gb, n_fitting,
                            weighing->workload->gpus);

  return NULL;
}

/**
 * stoker_shortlist_add_local:
 *
 * Adds this machine to the candidates when a GPU of it is big enough, else to the rejected ones. A
 * busy GPU stays a candidate, but is no longer preferred. Nothing leaves this machine, so that
 * residency and licences do not matter here.
 */
void
stoker_shortlist_add_local (StokerWeighing *weighing, StokerAdvice *advice)
{
  StokerCandidate *candidate;
  const StokerGpu *gpu;
  const char *group;
  char *hurdle;
  int n_fitting;

  if (!weighing->requirements.needs_gpu)
    return;
  gpu = find_gpu (weighing, &n_fitting);
  hurdle = find_local_hurdle (weighing, n_fitting, &group);
  if (hurdle != NULL)
    {
      reject (weighing, advice, group, hurdle);
      return;
    }
  candidate = make_candidate (weighing, gpu);
  if (is_busy (gpu))
    {
      weighing->local_reason = explain_busy (gpu);
      g_ptr_array_add (candidate->warnings, g_strdup (weighing->local_reason));
    }
  g_ptr_array_add (advice->candidates, candidate);
}
