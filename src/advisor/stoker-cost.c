/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cost-private.h"

#include <math.h>

/* Chances are counted in ten-thousandths, so that expected costs stay whole-number arithmetic. */
#define CHANCE_PARTS G_GINT64_CONSTANT (10000)
#define SECONDS_PER_HOUR G_GINT64_CONSTANT (3600)

/* A host that never fails has no line; neither has one of which nothing is told. */
#define SMALLEST_CHANCE 1e-9

/* Larger amounts are a slip of the pen; counted as this many they still fit into 64 bits. */
#define LARGEST_AMOUNT 1e9

static gint64
to_chance (double chance)
{
  return llround (chance * CHANCE_PARTS);
}

/**
 * stoker_cost_to_parts:
 *
 * Returns: @gb, or any other amount, in millionths, rounded to the nearest
 */
gint64
stoker_cost_to_parts (double gb)
{
  return llround (CLAMP (gb, 0, LARGEST_AMOUNT) * STOKER_GB_PARTS);
}

static void
set_line (StokerCost *self, StokerCostKind kind, StokerMoney amount)
{
  self->lines[kind].is_present = TRUE;
  self->lines[kind].amount = amount;
}

/**
 * stoker_cost_is_timed:
 *
 * Returns: whether @offer is paid by time, and not by the output
 */
gboolean
stoker_cost_is_timed (const StokerOffer *offer)
{
  return offer->plan->kind != STOKER_PLAN_PER_OUTPUT;
}

/**
 * stoker_cost_is_rent_free:
 *
 * Returns: whether @offer is hardware of one's own that nobody bills
 */
gboolean
stoker_cost_is_rent_free (const StokerOffer *offer)
{
  return offer->plan->kind == STOKER_PLAN_OWN &&
         (!offer->price.is_known || offer->price.nanos == 0);
}

/**
 * stoker_cost_get_failure_rate:
 *
 * Returns: the chance that a job has to be done again because the host went away, from the offer's
 * own reliability, else from the provider's record; -1 when neither is told
 */
double
stoker_cost_get_failure_rate (const StokerOffer *offer)
{
  if (offer->reliability >= 0)
    return CLAMP (1.0 - offer->reliability, 0.0, 1.0);
  if (offer->profile != NULL && offer->profile->failure_rate >= 0)
    return offer->profile->failure_rate;

  return -1;
}

/**
 * stoker_payload_get_number:
 *
 * Returns: the number @name at the top of the workload's payload, -1 when there is none
 */
double
stoker_payload_get_number (const StokerWorkload *workload, const char *name)
{
  StokerJsonPlace root;
  double number = -1;

  if (workload->payload == NULL || !JSON_NODE_HOLDS_OBJECT (workload->payload))
    return -1;
  root = stoker_json_root (workload->payload, "payload");
  if (!stoker_json_get_double (&root, name, STOKER_JSON_OPTIONAL, 0, 1e9, &number, NULL))
    return -1;

  return number;
}

/* How much of the price unit one output takes; -1 unknown. */
static double
measure_output (StokerUnit unit, const StokerWorkload *workload)
{
  double width, height, duration;

  switch (unit)
    {
    case STOKER_UNIT_IMAGE:
    case STOKER_UNIT_VIDEO:
    case STOKER_UNIT_REQUEST:
      return 1;
    case STOKER_UNIT_VIDEO_SECOND:
      duration = stoker_payload_get_number (workload, "duration");
      return duration > 0 ? duration : workload->seconds_per_output;
    case STOKER_UNIT_MEGAPIXEL:
      width = stoker_payload_get_number (workload, "width");
      height = stoker_payload_get_number (workload, "height");
      return width > 0 && height > 0 ? width * height / 1e6 : -1;
    case STOKER_UNIT_SECOND:
    case STOKER_UNIT_MINUTE:
    case STOKER_UNIT_HOUR:
    case STOKER_UNIT_GB:
    case STOKER_UNIT_GB_MONTH:
    case STOKER_UNIT_MONTH:
    default:
      return -1;
    }
}

/**
 * stoker_cost_count_requests:
 * @offer: with the price of the request that would be sent
 *
 * Returns: how many such requests the workload's outputs take; one when it does not say how many
 * outputs it makes
 */
gint64
stoker_cost_count_requests (const StokerOffer *offer, const StokerRequirements *requirements)
{
  gint64 outputs = MAX (offer->request_outputs, 1);

  return requirements->outputs > 0 ? (requirements->outputs - 1) / outputs + 1 : 1;
}

/**
 * stoker_cost_count_units:
 *
 * How much of its price unit a plan per output is asked for: the outputs, times the length of a
 * video (the payload's duration, else the seconds per output) or the megapixels of a picture (the
 * payload's width × height); or the requests, when the price is that of a request.
 *
 * Returns: millionths of the unit, -1 when that is not told
 */
gint64
stoker_cost_count_units (const StokerOffer *offer,
                         const StokerRequirements *requirements,
                         const StokerWorkload *workload)
{
  double measure = measure_output (offer->price_unit, workload);
  gint64 parts = 0;

  if (offer->request != NULL)
    return stoker_cost_count_requests (offer, requirements) * STOKER_GB_PARTS;
  if (requirements->outputs <= 0 || measure < 0)
    return -1;
  if (__builtin_mul_overflow (stoker_cost_to_parts (measure), requirements->outputs, &parts))
    return -1;

  return parts;
}

/**
 * stoker_cost_of_tiers:
 * @tiers: (element-type StokerTier): steps of a price per GB
 * @gb: how much; from the first tier on, as if the month had begun
 *
 * Returns: the sum over the tiers, unknown when a price of one that is reached is
 */
StokerMoney
stoker_cost_of_tiers (GPtrArray *tiers, double gb)
{
  gint64 rest = stoker_cost_to_parts (gb);
  gint64 from = 0;
  StokerMoney sum = stoker_money_unknown ();

  for (guint i = 0; i < tiers->len && (rest > 0 || i == 0); i++)
    {
      const StokerTier *tier = tiers->pdata[i];
      gint64 width = tier->up_to_gb < 0 ? rest : stoker_cost_to_parts (tier->up_to_gb) - from;
      gint64 part = MIN (rest, width);
      StokerMoney amount = stoker_money_scale (tier->price.amount, part, STOKER_GB_PARTS);

      sum = i == 0 ? amount : stoker_money_add (sum, amount);
      from += width;
      rest -= part;
    }

  return rest > 0 ? stoker_money_unknown () : sum;
}

static StokerCostLine
make_transfer (GPtrArray *tiers, double gb)
{
  StokerCostLine line = { .is_present = gb > 0, .amount = stoker_money_unknown () };

  if (line.is_present && tiers != NULL && tiers->len > 0)
    line.amount = stoker_cost_of_tiers (tiers, gb);

  return line;
}

/* The cheapest rate for data while the machine is there (@is_resting FALSE) or away. */
static const StokerStorageRate *
find_storage (const StokerPlan *plan, gboolean is_resting)
{
  StokerStorageState wanted = is_resting ? STOKER_STORAGE_STOPPED : STOKER_STORAGE_RUNNING;
  const StokerStorageRate *best = NULL;

  for (guint i = 0; plan->storage != NULL && i < plan->storage->len; i++)
    {
      const StokerStorageRate *rate = plan->storage->pdata[i];

      if (rate->state != wanted && rate->state != STOKER_STORAGE_ALWAYS)
        continue;
      if (best == NULL || stoker_money_compare (rate->price.amount, best->price.amount) < 0)
        best = rate;
    }

  return best;
}

static StokerMoney
store_for (const StokerStorageRate *rate, double gb, gint64 seconds)
{
  gint64 part_seconds = 0;

  if (rate == NULL || seconds < 0 ||
      __builtin_mul_overflow (stoker_cost_to_parts (gb), seconds, &part_seconds))
    return stoker_money_unknown ();

  return stoker_money_scale (rate->price.amount, part_seconds, STOKER_GB_PARTS * STOKER_MONTH_S);
}

static gboolean
is_warm_kind (StokerPlanKind kind)
{
  return kind == STOKER_PLAN_SERVERLESS || kind == STOKER_PLAN_ENDPOINT;
}

/* One cold start a session: a burst has one, a batch has one. */
static void
frame_start (StokerCostFrame *self)
{
  const StokerPlan *plan = self->plan;

  self->ready_s = plan->cold_start.is_known ? plan->cold_start.p50_s : -1;
  if (plan->kind == STOKER_PLAN_OWN)
    return;
  self->has_start = plan->billing.starting != STOKER_TRI_NO;
  if (self->has_start)
    self->start_s = plan->billing.starting == STOKER_TRI_YES ? self->ready_s : -1;
}

/* One idle window a session, after its last output. A machine by the hour is stopped at once. */
static void
frame_idle (StokerCostFrame *self)
{
  const StokerBilling *billing = &self->plan->billing;

  if (self->plan->kind == STOKER_PLAN_OWN || billing->idle == STOKER_TRI_NO)
    return;
  if (!is_warm_kind (self->plan->kind) && billing->idle_window_s < 0)
    return;
  self->has_idle = TRUE;
  self->idle_s = billing->idle == STOKER_TRI_YES ? billing->idle_window_s : -1;
}

static void
frame_time (StokerCostFrame *self)
{
  const StokerBilling *billing = &self->plan->billing;
  gint64 increment_s = MAX (billing->increment_s, 1);
  gint64 session_s;

  frame_start (self);
  frame_idle (self);
  self->billed_s = -1;
  self->wall_s = -1;
  if (self->requirements->work_s < 0)
    return;

  session_s = MAX (self->start_s, 0) + self->requirements->work_s + MAX (self->idle_s, 0);
  session_s = MAX (session_s, billing->minimum_s);
  self->billed_s = (session_s + increment_s - 1) / increment_s * increment_s;
  if (self->ready_s >= 0)
    self->wall_s = self->ready_s + self->requirements->work_s;
}

/* A service per output works through its requests one after the other. */
static void
frame_requests (StokerCostFrame *self)
{
  const StokerPlan *plan = self->plan;

  self->billed_s = -1;
  self->ready_s = plan->cold_start.is_known ? plan->cold_start.p50_s : -1;
  self->wall_s = -1;
  if (plan->request_time.is_known && self->requirements->outputs > 0)
    self->wall_s = MAX (self->ready_s, 0) + plan->request_time.p50_s * self->requirements->outputs;
}

static void
frame_storage (StokerCostFrame *self)
{
  const StokerRequirements *requirements = self->requirements;

  self->running = find_storage (self->plan, FALSE);
  self->resting = find_storage (self->plan, TRUE);
  if (self->plan->kind == STOKER_PLAN_OWN || requirements->storage_gb <= 0)
    return;
  self->storage.is_present = TRUE;
  self->storage.amount = store_for (self->running, requirements->storage_gb, self->billed_s);
}

/**
 * stoker_cost_frame_init:
 * @self: (out caller-allocates): borrows @plan and @requirements
 *
 * Works out what all offers of @plan have in common for a workload.
 */
void
stoker_cost_frame_init (StokerCostFrame *self,
                        const StokerPlan *plan,
                        const StokerRequirements *requirements,
                        const StokerWorkload *workload)
{
  *self = (StokerCostFrame){ .plan = plan, .requirements = requirements };

  if (plan->kind == STOKER_PLAN_PER_OUTPUT)
    {
      frame_requests (self);
    }
  else
    {
      frame_time (self);
      frame_storage (self);
    }
  self->egress = make_transfer (plan->egress, requirements->download_gb);
  self->ingress = make_transfer (plan->ingress, requirements->upload_gb);
}

/**
 * stoker_cost_frame_get_at_rest:
 *
 * Returns: what keeping the data costs a month while nothing runs, at the plan's cheapest rate;
 * nothing when nothing has to be kept, unknown when no rate is told
 */
StokerMoney
stoker_cost_frame_get_at_rest (const StokerCostFrame *self)
{
  const StokerRequirements *requirements = self->requirements;

  if (!requirements->needs_persistent_storage || self->plan->kind == STOKER_PLAN_OWN)
    return stoker_money_usd (0);
  if (self->resting == NULL)
    return stoker_money_unknown ();
  if (requirements->storage_gb <= 0)
    return stoker_money_unknown ();

  return store_for (self->resting, requirements->storage_gb, STOKER_MONTH_S);
}

static StokerMoney
rate_for (const StokerOffer *offer, gint64 seconds)
{
  gint64 unit_s = stoker_unit_get_seconds (offer->price_unit);

  if (seconds < 0 || unit_s == 0)
    return stoker_money_unknown ();

  return stoker_money_scale (offer->price, seconds, unit_s);
}

static void
cost_outputs (StokerCost *self,
              const StokerCostFrame *frame,
              const StokerOffer *offer,
              const StokerWorkload *workload)
{
  gint64 parts = stoker_cost_count_units (offer, frame->requirements, workload);

  set_line (self, STOKER_COST_COMPUTE,
            parts < 0 ? stoker_money_unknown ()
                      : stoker_money_scale (offer->price, parts, STOKER_GB_PARTS));
}

/* Nobody bills hardware of one's own; its power is a cost all the same, and unknown from here. */
static void
cost_own (StokerCost *self)
{
  set_line (self, STOKER_COST_COMPUTE, stoker_money_usd (0));
  set_line (self, STOKER_COST_POWER, stoker_money_unknown ());
}

static void
cost_time (StokerCost *self, const StokerCostFrame *frame, const StokerOffer *offer)
{
  gint64 extra_s = MAX (frame->start_s, 0) + MAX (frame->idle_s, 0);

  if (stoker_cost_is_rent_free (offer))
    {
      cost_own (self);
      return;
    }
  set_line (self, STOKER_COST_COMPUTE,
            frame->billed_s < 0 ? stoker_money_unknown ()
                                : rate_for (offer, frame->billed_s - extra_s));
  if (frame->has_start)
    set_line (self, STOKER_COST_START, rate_for (offer, frame->start_s));
  if (frame->has_idle)
    set_line (self, STOKER_COST_IDLE, rate_for (offer, frame->idle_s));
}

/* Expected interruptions (chance an hour × hours), each with a share of the work to do again. */
static void
cost_interruption (StokerCost *self, const StokerCostFrame *frame)
{
  const StokerInterruption *interruption = &frame->plan->interruption;
  StokerMoney amount = stoker_money_unknown ();
  gboolean is_told = interruption->is_known && interruption->per_hour >= 0;

  if (!is_told && frame->plan->kind != STOKER_PLAN_SPOT)
    return;
  if (is_told && interruption->redo_fraction >= 0 && frame->requirements->work_s >= 0)
    amount = stoker_money_scale (self->lines[STOKER_COST_COMPUTE].amount,
                                 to_chance (interruption->per_hour) *
                                   to_chance (interruption->redo_fraction) *
                                   frame->requirements->work_s,
                                 CHANCE_PARTS * CHANCE_PARTS * SECONDS_PER_HOUR);
  set_line (self, STOKER_COST_INTERRUPTION, amount);
}

static void
cost_failure (StokerCost *self, const StokerOffer *offer)
{
  double chance = stoker_cost_get_failure_rate (offer);

  if (chance < SMALLEST_CHANCE)
    return;
  set_line (self, STOKER_COST_FAILURE,
            stoker_money_scale (self->lines[STOKER_COST_COMPUTE].amount, to_chance (chance),
                                CHANCE_PARTS));
}

static void
sum_up (StokerCost *self)
{
  self->total = self->lines[STOKER_COST_COMPUTE].amount;
  self->is_complete = self->total.is_known;
  for (int i = STOKER_COST_COMPUTE + 1; i < STOKER_N_COSTS; i++)
    {
      const StokerCostLine *line = &self->lines[i];

      if (!line->is_present)
        continue;
      if (line->amount.is_known && line->amount.nanos != 0)
        self->total = stoker_money_add (self->total, line->amount);
      else if (!line->amount.is_known)
        self->is_complete = FALSE;
    }
}

/**
 * stoker_cost_init:
 * @self: (out caller-allocates)
 *
 * Works out the figures of an offer, without a text: the cheap half of an estimate. The total is
 * unknown when the price of computing is, and a lower bound (@self is not complete) when a smaller
 * line is.
 */
void
stoker_cost_init (StokerCost *self,
                  const StokerCostFrame *frame,
                  const StokerOffer *offer,
                  const StokerWorkload *workload)
{
  *self = (StokerCost){ 0 };

  if (stoker_cost_is_timed (offer))
    {
      cost_time (self, frame, offer);
      cost_interruption (self, frame);
      cost_failure (self, offer);
      self->lines[STOKER_COST_STORAGE] = frame->storage;
    }
  else
    {
      cost_outputs (self, frame, offer, workload);
    }
  self->lines[STOKER_COST_EGRESS] = frame->egress;
  self->lines[STOKER_COST_INGRESS] = frame->ingress;
  sum_up (self);
}
