/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-curve.h"

static gboolean
has_way (GPtrArray *candidates, StokerWay way)
{
  for (guint i = 0; i < candidates->len; i++)
    if (stoker_way_of (candidates->pdata[i]) == way)
      return TRUE;
  return FALSE;
}

static guint
count_way (GPtrArray *candidates, StokerWay way)
{
  guint count = 0;

  for (guint i = 0; i < candidates->len; i++)
    count += stoker_way_of (candidates->pdata[i]) == way;
  return count;
}

/* The last one goes whose way has another in the list. */
static gboolean
drop_last (GPtrArray *picked)
{
  for (guint i = picked->len; i > 1; i--)
    if (count_way (picked, stoker_way_of (picked->pdata[i - 1])) > 1)
      {
        g_ptr_array_remove_index (picked, i - 1);
        return TRUE;
      }
  return FALSE;
}

/**
 * stoker_comparison_pick:
 * @limit: the most to pick; 0: all
 *
 * The candidates to draw when there are too many for one look: the best ones, but so that each way
 * of paying is there, if only by its best.
 *
 * Returns: (transfer container) (element-type StokerCandidate): best first, borrowed from @advice
 */
GPtrArray *
stoker_comparison_pick (const StokerAdvice *advice, guint limit)
{
  GPtrArray *picked = g_ptr_array_new ();
  GPtrArray *candidates = advice->candidates;

  for (guint i = 0; i < candidates->len; i++)
    {
      gboolean is_full = limit > 0 && picked->len >= limit;

      if (is_full &&
          (has_way (picked, stoker_way_of (candidates->pdata[i])) || !drop_last (picked)))
        continue;
      g_ptr_array_add (picked, candidates->pdata[i]);
    }
  return picked;
}

static gboolean
is_at_least_as_good (const StokerEstimate *a, const StokerEstimate *b, gboolean *is_better)
{
  StokerMoney difference = stoker_money_subtract (a->total, b->total);

  if (!difference.is_known || difference.nanos > 0 || a->wall_s > b->wall_s)
    return FALSE;
  *is_better = difference.nanos < 0 || a->wall_s < b->wall_s;
  return TRUE;
}

static gboolean
is_beaten (GPtrArray *candidates, const StokerCandidate *candidate)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const StokerCandidate *other = candidates->pdata[i];
      gboolean is_better = FALSE;

      if (other != candidate && other->estimate->wall_s >= 0 &&
          is_at_least_as_good (other->estimate, candidate->estimate, &is_better) && is_better)
        return TRUE;
    }
  return FALSE;
}

/**
 * stoker_comparison_list_front:
 * @candidates: (element-type StokerCandidate): some of an advice's
 *
 * Returns: (transfer container) (element-type StokerCandidate): those of them with a known cost and
 * time that no other one beats in one of the two without being worse in the other
 */
GPtrArray *
stoker_comparison_list_front (GPtrArray *candidates)
{
  GPtrArray *front = g_ptr_array_new ();

  for (guint i = 0; i < candidates->len; i++)
    {
      const StokerCandidate *candidate = candidates->pdata[i];

      if (candidate->estimate->total.is_known && candidate->estimate->wall_s >= 0 &&
          !is_beaten (candidates, candidate))
        g_ptr_array_add (front, (gpointer) candidate);
    }
  return front;
}
