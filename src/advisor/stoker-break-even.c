/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-curve.h"

/* 1, 2, 5, 10, 20 … up to the largest volume. */
#define MAX_POINTS 32

/* What the cheapest of each way costs at each volume. */
typedef struct
{
  StokerCurve curve;
  GPtrArray *candidates; /* borrowed, of StokerCandidate */
  gint64 points[MAX_POINTS];
  guint n_points;
} Ways;

/* At one volume: the cheapest candidate of a way, or of all. */
typedef struct
{
  const StokerCandidate *candidate; /* nullable: nobody's cost is known */
  StokerMoney cost;
} Best;

/* Which candidates are looked at: those of a way, or all of them. */
#define ANY_WAY STOKER_N_WAYS

/**
 * stoker_way_of:
 *
 * Returns: how @candidate is paid for
 */
StokerWay
stoker_way_of (const StokerCandidate *candidate)
{
  if (candidate->is_local)
    return STOKER_WAY_OWN;
  switch (candidate->offer.plan->kind)
    {
    case STOKER_PLAN_OWN:
      return STOKER_WAY_OWN;
    case STOKER_PLAN_SERVERLESS:
      return STOKER_WAY_SERVERLESS;
    case STOKER_PLAN_PER_OUTPUT:
      return STOKER_WAY_PER_OUTPUT;
    case STOKER_PLAN_POD:
    case STOKER_PLAN_SPOT:
    case STOKER_PLAN_ENDPOINT:
    default:
      return STOKER_WAY_MACHINE;
    }
}

static gboolean
is_cheaper (StokerMoney a, StokerMoney b)
{
  StokerMoney difference = stoker_money_subtract (a, b);

  return difference.is_known && difference.nanos < 0;
}

static Best
find_best (const Ways *ways, StokerWay way, gint64 outputs)
{
  Best best = { .candidate = NULL, .cost = stoker_money_unknown () };

  for (guint i = 0; i < ways->candidates->len; i++)
    {
      const StokerCandidate *candidate = ways->candidates->pdata[i];
      StokerMoney cost;

      if (way != ANY_WAY && stoker_way_of (candidate) != way)
        continue;
      cost = stoker_curve_get_cost (&ways->curve, candidate, outputs);
      if (cost.is_known && (best.candidate == NULL || is_cheaper (cost, best.cost)))
        best = (Best){ candidate, cost };
    }
  return best;
}

/* Less than 0: @a is cheaper at this volume; 0 too when one of them is unknown. */
static int
compare_ways (const Ways *ways, StokerWay a, StokerWay b, gint64 outputs)
{
  Best left = find_best (ways, a, outputs);
  Best right = find_best (ways, b, outputs);

  if (is_cheaper (left.cost, right.cost))
    return -1;
  return is_cheaper (right.cost, left.cost) ? 1 : 0;
}

static void
add_crossing (const Ways *ways, GArray *crossings, StokerWay below, StokerWay above, gint64 *span)
{
  gint64 low = span[0], high = span[1];
  StokerCrossing crossing = { 0 };
  Best best;

  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (compare_ways (ways, below, above, middle) < 0)
        low = middle;
      else
        high = middle;
    }
  best = find_best (ways, above, high);
  crossing.below = find_best (ways, below, low).candidate;
  crossing.above = best.candidate;
  crossing.outputs = high;
  crossing.cost = best.cost;
  crossing.is_frontier = !is_cheaper (find_best (ways, ANY_WAY, high).cost, best.cost);
  if (crossing.below != NULL && crossing.above != NULL)
    g_array_append_val (crossings, crossing);
}

static void
compare_pair (const Ways *ways, GArray *crossings, StokerWay a, StokerWay b)
{
  int before = 0;
  gint64 from = 0;

  for (guint i = 0; i < ways->n_points; i++)
    {
      int now = compare_ways (ways, a, b, ways->points[i]);
      gint64 span[] = { from, ways->points[i] };

      if (now == 0)
        continue;
      if (before != 0 && now != before)
        add_crossing (ways, crossings, before < 0 ? a : b, before < 0 ? b : a, span);
      before = now;
      from = ways->points[i];
    }
}

static void
make_points (Ways *ways)
{
  static const gint64 steps[] = { 1, 2, 5 };

  for (gint64 decade = 1; decade <= STOKER_CURVE_MAX_OUTPUTS; decade *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      if (decade * steps[i] <= STOKER_CURVE_MAX_OUTPUTS && ways->n_points < MAX_POINTS)
        ways->points[ways->n_points++] = decade * steps[i];
}

static int
compare_crossings (gconstpointer a, gconstpointer b)
{
  const StokerCrossing *left = a, *right = b;

  return (left->outputs > right->outputs) - (left->outputs < right->outputs);
}

/**
 * stoker_curve_list_break_evens:
 * @candidates: (element-type StokerCandidate): those of @advice to look at
 *
 * Looks for the volumes from which another way of paying is the cheaper one: own hardware, a
 * machine by the hour, serverless, by the output; each with the candidate that is the cheapest of
 * its way there. Volumes are of outputs, or of jobs when the workload does not say how many outputs
 * it makes.
 *
 * Returns: (transfer full) (element-type StokerCrossing): by volume; borrows from @advice
 */
GArray *
stoker_curve_list_break_evens (const StokerAdvice *advice, GPtrArray *candidates)
{
  GArray *crossings = g_array_new (FALSE, TRUE, sizeof (StokerCrossing));
  Ways ways = { .candidates = candidates };

  stoker_curve_init (&ways.curve, advice);
  stoker_curve_count_jobs (&ways.curve);
  make_points (&ways);
  for (int a = 0; a < STOKER_N_WAYS; a++)
    for (int b = a + 1; b < STOKER_N_WAYS; b++)
      compare_pair (&ways, crossings, a, b);
  g_array_sort (crossings, compare_crossings);
  stoker_curve_clear (&ways.curve);

  return crossings;
}
