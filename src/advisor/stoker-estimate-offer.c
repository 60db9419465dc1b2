/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-advisor.h"
#include "stoker-cost-private.h"
#include "stoker-figure-text-private.h"

#include <glib/gi18n-lib.h>

#include <inttypes.h>

/* Everything the lines of one estimate are written from. */
typedef struct
{
  const StokerOffer *offer;
  const StokerRequirements *requirements;
  const StokerWorkload *workload;
  const StokerCostFrame *frame;
  const StokerCost *cost;
} Context;

static void
take_source (StokerEstimateItem *item, const char *source, gint64 as_of_us)
{
  item->source = g_strdup (source);
  item->as_of_us = as_of_us;
}

static char *
describe_rounding (const Context *context)
{
  const StokerBilling *billing = &context->frame->plan->billing;

  if (billing->increment_s < 0)
    return g_strdup (_ ("The billing step is not told; one second is taken."));
  if (billing->increment_s <= 1 && billing->minimum_s <= 1)
    return NULL;

  return g_strdup_printf (_ ("Billed in steps of %" PRId64 " s, at least %" PRId64 " s."),
                          MAX (billing->increment_s, 1), MAX (billing->minimum_s, 0));
}

static char *
multiply_text (const Context *context, gint64 seconds)
{
  g_autofree char *rate = stoker_figure_rate (context->offer->price, context->offer->price_unit);
  g_autofree char *time = stoker_figure_seconds (seconds);

  return g_strdup_printf ("%s × %s", rate, time);
}

static void
write_compute_time (const Context *context, StokerEstimateItem *item)
{
  const StokerCostFrame *frame = context->frame;

  if (stoker_cost_is_rent_free (context->offer))
    {
      item->formula = g_strdup (_ ("no rent"));
      item->note = g_strdup (_ ("Your own hardware: nobody bills it by the hour."));
      return;
    }
  if (frame->billed_s >= 0)
    item->formula = multiply_text (context, frame->billed_s - MAX (frame->start_s, 0) -
                                              MAX (frame->idle_s, 0));
  else
    item->formula = stoker_figure_rate (context->offer->price, context->offer->price_unit);
  if (!context->offer->price.is_known)
    item->note = g_strdup (_ ("The price is not told."));
  else if (frame->billed_s < 0)
    item->note = g_strdup (_ ("How long the work takes is not told."));
  else
    item->note = describe_rounding (context);
}

static char *
describe_measure (const Context *context)
{
  double duration = stoker_payload_get_number (context->workload, "duration");

  if (context->offer->price_unit != STOKER_UNIT_VIDEO_SECOND || duration > 0)
    return NULL;

  return g_strdup (_ ("The seconds per output are taken as the length of a video."));
}

static void
write_compute_outputs (const Context *context, StokerEstimateItem *item)
{
  gint64 parts = stoker_cost_count_units (context->offer, context->requirements, context->workload);
  g_autofree char *rate = stoker_figure_rate (context->offer->price, context->offer->price_unit);
  g_autofree char *outputs = stoker_figure_count (context->requirements->outputs);
  g_autofree char *units = stoker_figure_count (parts / STOKER_GB_PARTS);

  if (parts < 0)
    {
      item->formula = g_steal_pointer (&rate);
      item->note = g_strdup (
        context->requirements->outputs < 0
          ? _ ("How many outputs are wanted is not told.")
          : _ ("How large one output is, in the unit of the price, is not told."));
      return;
    }
  if (!context->offer->price.is_known)
    item->note = g_strdup (_ ("The price is not told."));
  else
    item->note = describe_measure (context);
  if (parts == context->requirements->outputs * STOKER_GB_PARTS)
    item->formula = g_strdup_printf ("%s × %s", rate, outputs);
  else
    item->formula = g_strdup_printf (_ ("%s × %s (of %s outputs)"), rate, units, outputs);
}

/* The provider's own parts of the price of a request, as it would be sent. */
static void
write_request_item (const Context *context,
                    StokerEstimate *estimate,
                    const StokerEstimateItem *part,
                    gboolean is_first)
{
  gint64 requests = stoker_cost_count_requests (context->offer, context->requirements);
  g_autofree char *count = stoker_figure_count (requests);
  StokerEstimateItem *item =
    stoker_estimate_add_item (estimate, STOKER_ITEM_COMPUTE,
                              is_first ? _ ("Price of this request") : part->label,
                              stoker_money_scale (part->amount, requests, 1));

  item->formula = requests > 1 ? g_strdup_printf (_ ("%s × %s requests"), part->formula, count)
                               : g_strdup (part->formula);
  item->note = g_strdup (part->note);
  if (is_first && requests > 1)
    {
      g_autofree char *outputs = stoker_figure_count (context->requirements->outputs);

      g_free (item->note);
      item->note = g_strdup_printf (_ ("One job sends one request; %s outputs take %s of them."),
                                    outputs, count);
    }
  take_source (item, part->source, part->as_of_us);
}

static void
write_request (const Context *context, StokerEstimate *estimate)
{
  const StokerEstimate *request = context->offer->request;

  for (guint i = 0; i < request->items->len; i++)
    write_request_item (context, estimate, g_ptr_array_index (request->items, i), i == 0);
}

static void
write_compute (const Context *context, StokerEstimateItem *item)
{
  if (stoker_cost_is_timed (context->offer))
    write_compute_time (context, item);
  else
    write_compute_outputs (context, item);
  take_source (item, context->offer->source, context->offer->as_of_us);
}

static void
write_power (const Context *context, StokerEstimateItem *item)
{
  item->formula = g_strdup (_ ("power × hours × tariff"));
  item->note = g_strdup (_ ("The power of that machine is not told."));
}

static void
write_start (const Context *context, StokerEstimateItem *item)
{
  const StokerPlan *plan = context->frame->plan;

  take_source (item, plan->cold_start.fact.source, plan->cold_start.fact.as_of_us);
  if (context->frame->start_s >= 0)
    {
      item->formula = multiply_text (context, context->frame->start_s);
      item->note = g_strdup (_ ("One cold start, at its median."));
      return;
    }
  if (!plan->cold_start.is_known)
    {
      item->formula = stoker_figure_rate (context->offer->price, context->offer->price_unit);
      item->note = g_strdup (_ ("How long it takes to start is not told."));
      return;
    }
  item->formula = multiply_text (context, plan->cold_start.p50_s);
  item->note = g_strdup (
    _ ("Whether the start is billed is not told; the formula is what it would be."));
}

static void
write_idle (const Context *context, StokerEstimateItem *item)
{
  const StokerBilling *billing = &context->frame->plan->billing;

  take_source (item, billing->fact.source, billing->fact.as_of_us);
  if (billing->idle_window_s >= 0)
    item->formula = multiply_text (context, billing->idle_window_s);
  else
    item->formula = stoker_figure_rate (context->offer->price, context->offer->price_unit);
  if (context->frame->idle_s >= 0)
    item->note = g_strdup (_ ("Kept warm once after the last output."));
  else
    item->note = g_strdup (_ ("How long it is kept warm, or whether that is billed, is not told."));
}

static char *
describe_at_rest (const Context *context)
{
  const StokerStorageRate *rate = context->frame->resting;
  StokerMoney at_rest = stoker_cost_frame_get_at_rest (context->frame);
  g_autofree char *gb = stoker_figure_gb (context->requirements->storage_gb);
  g_autofree char *price = NULL;
  g_autofree char *month = stoker_money_format (at_rest);

  if (!context->requirements->needs_persistent_storage || rate == NULL)
    return NULL;
  price = stoker_figure_rate (rate->price.amount, rate->price.unit);

  return g_strdup_printf (_ (
                            "Kept while nothing runs: %s × %s (%s) = %s a month, not in this sum."),
                          price, gb, rate->name, month);
}

static void
write_storage (const Context *context, StokerEstimateItem *item)
{
  const StokerStorageRate *rate = context->frame->running;
  g_autofree char *gb = stoker_figure_gb (context->requirements->storage_gb);
  g_autofree char *price = NULL;
  g_autofree char *time = stoker_figure_seconds (MAX (context->frame->billed_s, 0));

  if (rate == NULL)
    {
      item->formula = g_steal_pointer (&gb);
      item->note = g_strdup (_ ("The price of storage is not told."));
      return;
    }
  take_source (item, rate->price.fact.source, rate->price.fact.as_of_us);
  price = stoker_figure_rate (rate->price.amount, rate->price.unit);
  item->formula = g_strdup_printf ("%s × %s × %s ÷ 730 h", price, gb, time);
  item->note = describe_at_rest (context);
}

static char *
describe_tiers (GPtrArray *tiers, double gb)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double from = 0;

  for (guint i = 0; i < tiers->len && from < gb; i++)
    {
      const StokerTier *tier = tiers->pdata[i];
      double to = tier->up_to_gb < 0 ? gb : MIN (tier->up_to_gb, gb);
      g_autofree char *rate = stoker_figure_rate (tier->price.amount, STOKER_UNIT_GB);
      g_autofree char *part = stoker_figure_gb (to - from);

      g_string_append_printf (text, "%s%s × %s", i == 0 ? "" : " + ", rate, part);
      from = to;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
write_transfer (StokerEstimateItem *item, GPtrArray *tiers, double gb)
{
  const StokerTier *first;

  if (tiers == NULL || tiers->len == 0)
    {
      item->formula = stoker_figure_gb (gb);
      item->note = g_strdup (_ ("The price of this traffic is not told."));
      return;
    }
  first = tiers->pdata[0];
  item->formula = describe_tiers (tiers, gb);
  take_source (item, first->price.fact.source, first->price.fact.as_of_us);
  if (first->price.note != NULL)
    item->note = g_strdup (first->price.note);
}

static void
write_interruption (const Context *context, StokerEstimateItem *item)
{
  const StokerInterruption *interruption = &context->frame->plan->interruption;
  g_autofree char *compute = stoker_figure_money (context->cost->lines[STOKER_COST_COMPUTE].amount);
  g_autofree char *chance = NULL;
  g_autofree char *share = NULL;
  g_autofree char *time = NULL;

  take_source (item, interruption->fact.source, interruption->fact.as_of_us);
  if (!item->amount.is_known)
    {
      item->formula = g_strdup (_ ("computing × chance an hour × hours × share to do again"));
      item->note = g_strdup (_ ("How often it is interrupted, or what that costs, is not told."));
      return;
    }
  chance = stoker_figure_percent (interruption->per_hour);
  share = stoker_figure_percent (interruption->redo_fraction);
  time = stoker_figure_seconds (context->requirements->work_s);
  item->formula = g_strdup_printf (_ ("%s × %s an hour × %s × %s to do again"), compute, chance,
                                   time, share);
}

static void
write_failure (const Context *context, StokerEstimateItem *item)
{
  const StokerOffer *offer = context->offer;
  g_autofree char *compute = stoker_figure_money (context->cost->lines[STOKER_COST_COMPUTE].amount);
  g_autofree char *chance = stoker_figure_percent (stoker_cost_get_failure_rate (offer));

  item->formula = g_strdup_printf ("%s × %s", compute, chance);
  item->note = g_strdup (_ ("Chance that the host goes away and the work is done again."));
  if (offer->reliability >= 0)
    take_source (item, offer->source, offer->as_of_us);
  else
    take_source (item, offer->profile->failure_fact.source, offer->profile->failure_fact.as_of_us);
}

static const struct
{
  StokerItemKind kind;
  const char *label;
} lines[STOKER_N_COSTS] = {
  [STOKER_COST_COMPUTE] = { STOKER_ITEM_COMPUTE, N_ ("Computing") },
  [STOKER_COST_POWER] = { STOKER_ITEM_COMPUTE, N_ ("Electricity") },
  [STOKER_COST_START] = { STOKER_ITEM_START, N_ ("Start-up") },
  [STOKER_COST_IDLE] = { STOKER_ITEM_IDLE, N_ ("Idle window") },
  [STOKER_COST_STORAGE] = { STOKER_ITEM_STORAGE, N_ ("Storage while it runs") },
  [STOKER_COST_EGRESS] = { STOKER_ITEM_TRANSFER, N_ ("Download of results") },
  [STOKER_COST_INGRESS] = { STOKER_ITEM_TRANSFER, N_ ("Upload of assets") },
  [STOKER_COST_INTERRUPTION] = { STOKER_ITEM_REDO, N_ ("Interruptions") },
  [STOKER_COST_FAILURE] = { STOKER_ITEM_REDO, N_ ("Failed hosts") },
};

static void
write_item (const Context *context, StokerCostKind kind, StokerEstimateItem *item)
{
  switch (kind)
    {
    case STOKER_COST_COMPUTE:
      write_compute (context, item);
      break;
    case STOKER_COST_POWER:
      write_power (context, item);
      break;
    case STOKER_COST_START:
      write_start (context, item);
      break;
    case STOKER_COST_IDLE:
      write_idle (context, item);
      break;
    case STOKER_COST_STORAGE:
      write_storage (context, item);
      break;
    case STOKER_COST_EGRESS:
      write_transfer (item, context->frame->plan->egress, context->requirements->download_gb);
      break;
    case STOKER_COST_INGRESS:
      write_transfer (item, context->frame->plan->ingress, context->requirements->upload_gb);
      break;
    case STOKER_COST_INTERRUPTION:
      write_interruption (context, item);
      break;
    case STOKER_COST_FAILURE:
      write_failure (context, item);
      break;
    case STOKER_N_COSTS:
    default:
      g_assert_not_reached ();
    }
}

static void
write_items (const Context *context, StokerEstimate *estimate)
{
  for (int kind = 0; kind < STOKER_N_COSTS; kind++)
    {
      const StokerCostLine *line = &context->cost->lines[kind];

      if (line->is_present && kind == STOKER_COST_COMPUTE && context->offer->request != NULL)
        write_request (context, estimate);
      else if (line->is_present)
        write_item (context, kind,
                    stoker_estimate_add_item (estimate, lines[kind].kind, _ (lines[kind].label),
                                              line->amount));
    }
}

/* How many outputs the total is for; -1 when nobody told. */
static gint64
count_outputs (const StokerOffer *offer, const StokerRequirements *requirements)
{
  if (requirements->outputs > 0 || offer->request == NULL)
    return requirements->outputs;
  return MAX (offer->request_outputs, 1);
}

/**
 * stoker_estimate_offer:
 * @offer: with its plan
 * @now_us: kept for symmetry; ages are worked out when shown
 *
 * The itemised cost of @workload on @offer. A session is billed as start + work + idle window,
 * raised to the plan's minimum and rounded up to its step; the computing item is what the start and
 * the idle window leave of it, so that the items add up to the bill. Where a plan does not say
 * whether a state is billed the item is there and unknown, and the total is a lower bound. Where
 * the price of the request that would be sent is known, its parts are the items.
 *
 * Returns: (transfer full): the estimate
 */
StokerEstimate *
stoker_estimate_offer (const StokerOffer *offer,
                       const StokerRequirements *requirements,
                       const StokerWorkload *workload,
                       gint64 now_us)
{
  g_autoptr (StokerEstimate) estimate = stoker_estimate_new ();
  StokerCostFrame frame;
  StokerCost cost;
  gint64 outputs = -1;
  Context context = { offer, requirements, workload, &frame, &cost };

  stoker_cost_frame_init (&frame, offer->plan, requirements, workload);
  stoker_cost_init (&cost, &frame, offer, workload);
  write_items (&context, estimate);

  estimate->total = cost.total;
  estimate->is_complete = cost.is_complete;
  outputs = count_outputs (offer, requirements);
  estimate->per_output = outputs > 0 ? stoker_money_scale (cost.total, 1, outputs)
                                     : stoker_money_unknown ();
  estimate->per_month = stoker_cost_per_month (offer, requirements, workload,
                                               workload->outputs_per_month);
  estimate->at_rest_per_month = stoker_cost_frame_get_at_rest (&frame);
  estimate->billed_s = frame.billed_s;
  estimate->wall_s = frame.wall_s;
  estimate->ready_s = frame.ready_s;

  return g_steal_pointer (&estimate);
}
