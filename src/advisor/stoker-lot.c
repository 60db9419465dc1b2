/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-weighing-private.h"

static gboolean
is_spot_refused (const StokerWeighing *weighing, const StokerPlan *plan)
{
  return plan->kind == STOKER_PLAN_SPOT && !weighing->workload->allows_spot;
}

/* What the workload makes: as told, else as its type says. */
static StokerOutputKind
get_output_kind (const StokerWorkload *workload)
{
  if (workload->output_kind != STOKER_OUTPUT_NONE)
    return workload->output_kind;
  if (g_strcmp0 (workload->type, "image") == 0)
    return STOKER_OUTPUT_IMAGE;
  if (g_strcmp0 (workload->type, "video") == 0)
    return STOKER_OUTPUT_VIDEO;

  return STOKER_OUTPUT_NONE;
}

/* A service per output runs its own models: nobody's graph, and only the kind it sells. */
static gboolean
is_output_refused (const StokerWeighing *weighing, const StokerOffer *offer)
{
  const StokerWorkload *workload = weighing->workload;

  if (offer->plan->kind != STOKER_PLAN_PER_OUTPUT)
    return FALSE;
  if (workload->workflows != NULL && workload->workflows->len > 0)
    return TRUE;

  return offer->output_kind == STOKER_OUTPUT_NONE ||
         offer->output_kind != get_output_kind (workload);
}

static StokerHurdle
check_gpu (const StokerWeighing *weighing, const StokerOffer *offer)
{
  const StokerRequirements *requirements = &weighing->requirements;
  gboolean is_own = offer->plan->kind == STOKER_PLAN_OWN;

  if (!requirements->needs_gpu || offer->plan->kind == STOKER_PLAN_PER_OUTPUT)
    return STOKER_HURDLE_NONE;
  if (offer->gpu == NULL && offer->vram_gb <= 0 && !is_own)
    return STOKER_HURDLE_NO_GPU;
  if (offer->gpus < weighing->workload->gpus && !(is_own && weighing->workload->gpus <= 1))
    return STOKER_HURDLE_GPU_COUNT;
  if (offer->vram_gb < 0 || offer->vram_gb < requirements->min_vram_gb - STOKER_VRAM_TOLERANCE_GB)
    return STOKER_HURDLE_VRAM;

  return STOKER_HURDLE_NONE;
}

static gboolean
holds (GStrv list, const char *word)
{
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    if (g_ascii_strcasecmp (list[i], word) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_restricted (GStrv list)
{
  return list != NULL && list[0] != NULL;
}

static StokerHurdle
check_place (StokerWeighing *weighing, const StokerLot *lot, const StokerOffer *offer)
{
  const StokerWorkload *workload = weighing->workload;
  const char *region;

  if (!is_restricted (workload->regions) && !is_restricted (workload->residency))
    return STOKER_HURDLE_NONE;
  region = stoker_source_get_region (lot->source, offer);
  if (is_restricted (workload->regions) && !holds (workload->regions, region))
    return STOKER_HURDLE_REGION;
  if (is_restricted (workload->residency) &&
      !holds (workload->residency,
              stoker_weighing_get_residency (weighing, offer->profile, region)))
    return STOKER_HURDLE_RESIDENCY;

  return STOKER_HURDLE_NONE;
}

static gboolean
is_over_budget (const StokerWeighing *weighing, StokerMoney total)
{
  StokerMoney over = stoker_money_subtract (total, weighing->workload->budget);

  return over.is_known && over.nanos > 0;
}

/* The cheap questions come first; the price is worked out only for what passed them. */
static StokerHurdle
check_offer (StokerWeighing *weighing,
             const StokerLot *lot,
             const StokerOffer *offer,
             StokerCost *cost)
{
  StokerHurdle hurdle;

  if (is_output_refused (weighing, offer))
    return STOKER_HURDLE_OUTPUT;
  hurdle = check_gpu (weighing, offer);
  if (hurdle == STOKER_HURDLE_NONE)
    hurdle = check_place (weighing, lot, offer);
  if (hurdle != STOKER_HURDLE_NONE)
    return hurdle;
  stoker_cost_init (cost, &lot->frame, offer, weighing->workload);
  if (is_over_budget (weighing, cost->total))
    return STOKER_HURDLE_BUDGET;
  /* Last, so that what is told to be sold out is what would have done. */
  if (offer->is_available == STOKER_TRI_NO)
    return offer->lacks_quota ? STOKER_HURDLE_QUOTA : STOKER_HURDLE_UNAVAILABLE;

  return STOKER_HURDLE_NONE;
}

static int
compare_doubles_down (double a, double b)
{
  return (a < b) - (a > b);
}

/* A total order over what an offer is, so that its place in the table never matters. */
static int
compare_identity (const StokerOffer *a, const StokerOffer *b)
{
  int order = g_strcmp0 (a->gpu, b->gpu);

  if (order == 0)
    order = g_strcmp0 (a->output_model, b->output_model);
  if (order == 0)
    order = g_strcmp0 (a->output_resolution, b->output_resolution);
  if (order == 0)
    order = g_strcmp0 (a->region, b->region);
  if (order == 0)
    order = a->gpus - b->gpus;
  if (order == 0)
    order = g_strcmp0 (a->offer_id, b->offer_id);
  if (order == 0)
    order = (a->as_of_us < b->as_of_us) - (a->as_of_us > b->as_of_us);

  return order != 0 ? order : g_strcmp0 (a->source, b->source);
}

static StokerMoney
get_hourly (const StokerOffer *offer)
{
  StokerPrice price = { .amount = offer->price, .unit = offer->price_unit };

  return stoker_price_per_hour (&price);
}

static int
compare_offers (StokerWeighing *weighing,
                const StokerOffer *a,
                const StokerCost *a_cost,
                const StokerOffer *b,
                const StokerCost *b_cost)
{
  int order = 0;

  if (a_cost->total.is_known != b_cost->total.is_known)
    return a_cost->total.is_known ? -1 : 1;
  if (weighing->mode == STOKER_MODE_SPEED && a->gpu != b->gpu)
    order = compare_doubles_down (stoker_weighing_get_speed (weighing, a->gpu),
                                  stoker_weighing_get_speed (weighing, b->gpu));
  if (order == 0)
    order = stoker_money_compare (a_cost->total, b_cost->total);
  if (order == 0 && !a_cost->total.is_known)
    order = stoker_money_compare (get_hourly (a), get_hourly (b));
  if (order == 0)
    order = compare_doubles_down (a->vram_gb, b->vram_gb);
  if (order == 0)
    order = compare_doubles_down (a->reliability, b->reliability);

  return order != 0 ? order : compare_identity (a, b);
}

static int
compare_near (StokerHurdle hurdle,
              const StokerOffer *a,
              StokerMoney a_total,
              const StokerOffer *b,
              StokerMoney b_total)
{
  int order = 0;

  if (hurdle == STOKER_HURDLE_VRAM)
    order = compare_doubles_down (a->vram_gb, b->vram_gb);
  else if (hurdle == STOKER_HURDLE_GPU_COUNT)
    order = b->gpus - a->gpus;
  else if (hurdle >= STOKER_HURDLE_BUDGET)
    order = stoker_money_compare (a_total, b_total);

  return order != 0 ? order : compare_identity (a, b);
}

static void
note_rejected (StokerLot *self, const StokerOffer *offer, StokerHurdle hurdle, StokerMoney total)
{
  gboolean is_first = self->n_rejected++ == 0;

  if (!is_first && hurdle < self->nearest_hurdle)
    return;
  if (!is_first && hurdle == self->nearest_hurdle &&
      compare_near (hurdle, offer, total, &self->nearest, self->nearest_total) >= 0)
    return;
  self->nearest = *offer;
  self->nearest_hurdle = hurdle;
  self->nearest_total = total;
}

/**
 * stoker_lot_new:
 *
 * Returns: (transfer full): an empty lot for the offers of a plan; free with g_free()
 */
StokerLot *
stoker_lot_new (const StokerWeighing *weighing, StokerSource *source, const StokerPlan *plan)
{
  StokerLot *self = g_new0 (StokerLot, 1);

  self->source = source;
  self->hurdle = is_spot_refused (weighing, plan) ? STOKER_HURDLE_SPOT : STOKER_HURDLE_NONE;
  self->nearest_hurdle = self->hurdle;
  self->nearest_total = stoker_money_unknown ();
  stoker_cost_frame_init (&self->frame, plan, &weighing->requirements, weighing->workload);

  return self;
}

/* The price of where it would run goes before any other. */
static int
compare_to_best (const StokerLot *self,
                 StokerWeighing *weighing,
                 const StokerOffer *offer,
                 const StokerCost *cost)
{
  int order = stoker_source_is_elsewhere (self->source, offer) -
              stoker_source_is_elsewhere (self->source, &self->best);

  return order != 0 ? order : compare_offers (weighing, offer, cost, &self->best, &self->best_cost);
}

/**
 * stoker_lot_take:
 *
 * Weighs one offer: keeps it when it is the best so far, or when it came nearer than those before.
 * What there is in another region does not count where the provider told what there is in its own.
 * No text is written here, for there may be ten thousand.
 */
void
stoker_lot_take (StokerLot *self, StokerWeighing *weighing, const StokerOffer *offer)
{
  StokerHurdle hurdle = self->hurdle;
  StokerCost cost = { .total = stoker_money_unknown () };

  if (self->is_told && stoker_source_is_abroad (self->source, offer))
    return;
  if (hurdle == STOKER_HURDLE_NONE)
    hurdle = check_offer (weighing, self, offer, &cost);
  if (hurdle != STOKER_HURDLE_NONE)
    {
      note_rejected (self, offer, hurdle, cost.total);
      return;
    }
  if (self->has_best && compare_to_best (self, weighing, offer, &cost) >= 0)
    return;
  self->has_best = TRUE;
  self->best = *offer;
  self->best_cost = cost;
}

/**
 * stoker_lot_lacks_better:
 * @self: a lot with a best offer
 *
 * Returns: whether something that cannot be had would have been preferred to the best one
 */
gboolean
stoker_lot_lacks_better (const StokerLot *self, StokerWeighing *weighing)
{
  StokerCost cost = { .total = self->nearest_total };

  return self->n_rejected > 0 && self->nearest_hurdle >= STOKER_HURDLE_QUOTA &&
         stoker_money_compare (cost.total, self->best_cost.total) != 0 &&
         compare_offers (weighing, &self->nearest, &cost, &self->best, &self->best_cost) < 0;
}
