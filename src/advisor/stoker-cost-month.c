/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cost-private.h"

#include <math.h>

/* The same work for another number of outputs; the assets are sent once all the same. */
static StokerRequirements
scale_requirements (const StokerRequirements *from, gint64 outputs)
{
  StokerRequirements scaled = *from;

  scaled.vram_reason = NULL;
  scaled.outputs = outputs;
  scaled.download_gb = from->download_gb * (double) outputs / (double) from->outputs;
  scaled.storage_gb = from->upload_gb + scaled.download_gb;
  if (from->work_s >= 0)
    scaled.work_s = (gint64) ceil ((double) from->work_s * (double) outputs /
                                   (double) from->outputs);

  return scaled;
}

static StokerMoney
cost_session (const StokerOffer *offer,
              const StokerRequirements *requirements,
              const StokerWorkload *workload,
              gint64 outputs)
{
  StokerRequirements scaled = scale_requirements (requirements, outputs);
  StokerCostFrame frame;
  StokerCost cost;

  stoker_cost_frame_init (&frame, offer->plan, &scaled, workload);
  stoker_cost_init (&cost, &frame, offer, workload);

  return cost.total;
}

/* A batch collects the month's outputs into one session; bursts come one workload at a time. */
static StokerMoney
cost_sessions (const StokerOffer *offer,
               const StokerRequirements *requirements,
               const StokerWorkload *workload,
               gint64 outputs)
{
  gint64 whole = outputs / requirements->outputs;
  gint64 rest = outputs % requirements->outputs;
  StokerMoney sum;

  if (requirements->is_batch || !stoker_cost_is_timed (offer) || whole == 0)
    return cost_session (offer, requirements, workload, outputs);

  sum = cost_session (offer, requirements, workload, requirements->outputs);
  sum = stoker_money_scale (sum, whole, 1);
  if (rest > 0)
    sum = stoker_money_add (sum, cost_session (offer, requirements, workload, rest));

  return sum;
}

static gboolean
is_kept_on (const StokerOffer *offer)
{
  return offer->plan->kind == STOKER_PLAN_POD || offer->plan->kind == STOKER_PLAN_SPOT ||
         offer->plan->kind == STOKER_PLAN_ENDPOINT;
}

/* A machine that is kept on for hours a month costs those hours, whether it works or not. */
static StokerMoney
cost_hours (const StokerOffer *offer, double hours)
{
  StokerPrice price = { .amount = offer->price, .unit = offer->price_unit };

  return stoker_price_for_seconds (&price, (gint64) ceil (hours * 3600));
}

static StokerMoney
take_larger (StokerMoney a, StokerMoney b)
{
  if (!a.is_known || !b.is_known)
    return a.is_known ? a : b;

  return stoker_money_compare (a, b) > 0 ? a : b;
}

/**
 * stoker_cost_per_month:
 * @outputs: outputs a month; 0 or less: not told
 *
 * Monthly cost of an offer: a batch makes the month's outputs in one session (one start, one idle
 * window), bursts have as many sessions as the month holds of this workload. A machine the workload
 * keeps on for hours a month costs at least those. What is kept at rest is added.
 *
 * Returns: the amount; unknown when neither outputs nor hours are told, or a rate is missing
 */
StokerMoney
stoker_cost_per_month (const StokerOffer *offer,
                       const StokerRequirements *requirements,
                       const StokerWorkload *workload,
                       gint64 outputs)
{
  StokerMoney sum = stoker_money_unknown ();
  StokerMoney at_rest;
  StokerCostFrame frame;

  if (outputs > 0 && requirements->outputs > 0)
    sum = cost_sessions (offer, requirements, workload, outputs);
  if (workload->hours_per_month > 0 && is_kept_on (offer))
    sum = take_larger (sum, cost_hours (offer, workload->hours_per_month));

  stoker_cost_frame_init (&frame, offer->plan, requirements, workload);
  at_rest = stoker_cost_frame_get_at_rest (&frame);
  if (at_rest.is_known && at_rest.nanos == 0)
    return sum;

  return stoker_money_add (sum, at_rest);
}
