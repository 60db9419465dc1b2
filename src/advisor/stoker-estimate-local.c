/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-advisor.h"
#include "stoker-figure-text-private.h"

#include <glib/gi18n-lib.h>

#include <math.h>

#define MILLIWATTS_PER_KILOWATT G_GINT64_CONSTANT (1000000)
#define SECONDS_PER_HOUR G_GINT64_CONSTANT (3600)

/* What the machine draws while it works; -1 unknown. */
static double
find_watts (const StokerGpu *gpu, const StokerLocalCost *cost, const StokerGpuSpec *spec)
{
  if (cost->watts >= 0)
    return cost->watts;
  if (spec != NULL && spec->tdp_w > 0)
    return spec->tdp_w;

  return gpu->power_limit_w > 0 ? gpu->power_limit_w : -1;
}

static void
add_rent (StokerEstimate *estimate, const StokerLocalCost *cost)
{
  const char *currency = cost->tariff_per_kwh.is_known ? cost->tariff_per_kwh.currency
                         : cost->purchase.is_known     ? cost->purchase.currency
                                                       : "USD";
  StokerEstimateItem *item = stoker_estimate_add_item (estimate, STOKER_ITEM_COMPUTE, _ ("Rent"),
                                                       stoker_money_new (0, currency));

  item->formula = g_strdup (_ ("no rent"));
  item->note = g_strdup (_ ("Your own machine: nobody bills it."));
}

static StokerMoney
cost_energy (StokerMoney tariff, double watts, gint64 work_s)
{
  gint64 milliwatt_seconds = 0;

  if (watts < 0 || work_s < 0 ||
      __builtin_mul_overflow (llround (MIN (watts, 1e9) * 1000), work_s, &milliwatt_seconds))
    return stoker_money_unknown ();

  return stoker_money_scale (tariff, milliwatt_seconds, MILLIWATTS_PER_KILOWATT * SECONDS_PER_HOUR);
}

static char *
explain_energy (const StokerLocalCost *cost, double watts, gint64 work_s)
{
  if (!cost->tariff_per_kwh.is_known)
    return g_strdup (_ ("The price of a kilowatt-hour is not told."));
  if (watts < 0)
    return g_strdup (_ ("The power of this machine is not told."));
  if (work_s < 0)
    return g_strdup (_ ("How long the work takes is not told."));

  return cost->watts >= 0 ? NULL : g_strdup (_ ("The GPU alone, at its full rated power."));
}

static void
add_energy (StokerEstimate *estimate,
            const StokerLocalCost *cost,
            double watts,
            const StokerRequirements *requirements)
{
  gint64 work_s = requirements->work_s;
  StokerMoney amount = cost_energy (cost->tariff_per_kwh, watts, work_s);
  StokerEstimateItem *item = stoker_estimate_add_item (estimate, STOKER_ITEM_COMPUTE,
                                                       _ ("Electricity"), amount);
  g_autofree char *tariff = stoker_figure_money (cost->tariff_per_kwh);
  g_autofree char *time = work_s >= 0 ? stoker_figure_seconds (work_s) : g_strdup (_ ("unknown"));

  if (watts >= 0)
    item->formula = g_strdup_printf ("%s/kWh × %g W × %s", tariff, watts, time);
  else
    item->formula = g_strdup_printf ("%s/kWh × %s", tariff, time);
  item->source = g_strdup (_ ("your own figures"));
  item->note = explain_energy (cost, watts, work_s);
}

static StokerMoney
cost_wear (const StokerLocalCost *cost, gint64 work_s)
{
  gint64 useful_ms;

  if (cost->useful_hours <= 0 || work_s < 0)
    return stoker_money_unknown ();
  useful_ms = llround (MIN (cost->useful_hours, 1e9) * SECONDS_PER_HOUR * 1000);

  return stoker_money_scale (cost->purchase, work_s * 1000, MAX (useful_ms, 1));
}

static void
add_wear (StokerEstimate *estimate,
          const StokerLocalCost *cost,
          const StokerRequirements *requirements)
{
  gint64 work_s = requirements->work_s;
  StokerEstimateItem *item = stoker_estimate_add_item (estimate, STOKER_ITEM_COMPUTE,
                                                       _ ("Purchase, spread over its use"),
                                                       cost_wear (cost, work_s));
  g_autofree char *purchase = stoker_figure_money (cost->purchase);
  g_autofree char *time = work_s >= 0 ? stoker_figure_seconds (work_s) : g_strdup (_ ("unknown"));

  item->source = g_strdup (_ ("your own figures"));
  if (cost->useful_hours > 0)
    item->formula = g_strdup_printf ("%s ÷ %g h × %s", purchase, cost->useful_hours, time);
  else
    item->formula = g_strdup_printf (_ ("%s ÷ useful hours × %s"), purchase, time);
  if (!cost->purchase.is_known || cost->useful_hours <= 0)
    item->note = g_strdup (
      _ ("The purchase price or the useful hours are not told; they are left out."));
}

/* Rent is known to be nothing, so the total is known too: what is missing makes it a lower bound.
 */
static void
sum_up (StokerEstimate *estimate)
{
  const StokerEstimateItem *rent = estimate->items->pdata[0];

  estimate->total = rent->amount;
  estimate->is_complete = TRUE;
  for (guint i = 1; i < estimate->items->len; i++)
    {
      const StokerEstimateItem *item = estimate->items->pdata[i];

      if (item->amount.is_known)
        estimate->total = stoker_money_add (estimate->total, item->amount);
      else
        estimate->is_complete = FALSE;
    }
}

static StokerMoney
scale_outputs (StokerMoney total, gint64 wanted, gint64 outputs)
{
  if (wanted <= 0 || outputs <= 0)
    return stoker_money_unknown ();

  return stoker_money_scale (total, wanted, outputs);
}

/**
 * stoker_estimate_local:
 * @gpu: the GPU of this machine that would do it
 * @cost: what running it costs its owner; what is not told is left out of the sum and named
 * @spec: (nullable): what is known of the model
 * @now_us: kept for symmetry; ages are worked out when shown
 *
 * The cost of @workload on this machine: no rent, electricity (tariff × power × time) and the
 * purchase price spread over the hours of use. It is ready at once and nothing goes on costing when
 * it is done.
 *
 * Returns: (transfer full): the estimate
 */
StokerEstimate *
stoker_estimate_local (const StokerGpu *gpu,
                       const StokerLocalCost *cost,
                       const StokerGpuSpec *spec,
                       const StokerRequirements *requirements,
                       const StokerWorkload *workload,
                       gint64 now_us)
{
  g_autoptr (StokerEstimate) estimate = stoker_estimate_new ();

  add_rent (estimate, cost);
  add_energy (estimate, cost, find_watts (gpu, cost, spec), requirements);
  add_wear (estimate, cost, requirements);
  sum_up (estimate);

  estimate->per_output = scale_outputs (estimate->total, 1, requirements->outputs);
  estimate->per_month = scale_outputs (estimate->total, workload->outputs_per_month,
                                       requirements->outputs);
  estimate->at_rest_per_month = stoker_money_new (0, estimate->total.currency);
  estimate->billed_s = 0;
  estimate->ready_s = 0;
  estimate->wall_s = requirements->work_s;

  return g_steal_pointer (&estimate);
}
