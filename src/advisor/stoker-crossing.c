/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-curve.h"

/* 1, 2, 5, 10, 20 … up to the largest volume: 22 points see every change a straight line can make.
 */
#define MAX_POINTS 32

typedef struct
{
  StokerCurve curve;
  const StokerAdvice *advice;
  gint64 points[MAX_POINTS];
  guint n_points;
  StokerMoney *costs; /* owned: of candidate × point */
} Grid;

static void
make_points (Grid *grid)
{
  static const gint64 steps[] = { 1, 2, 5 };

  for (gint64 decade = 1; decade <= STOKER_CURVE_MAX_OUTPUTS; decade *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      if (decade * steps[i] <= STOKER_CURVE_MAX_OUTPUTS && grid->n_points < MAX_POINTS)
        grid->points[grid->n_points++] = decade * steps[i];
}

static StokerMoney
get_cost (const Grid *grid, guint candidate, guint point)
{
  return grid->costs[candidate * grid->n_points + point];
}

static void
fill (Grid *grid)
{
  guint n = grid->advice->candidates->len;

  make_points (grid);
  grid->costs = g_new0 (StokerMoney, MAX (n * grid->n_points, 1));
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < grid->n_points; j++)
      grid->costs[i * grid->n_points + j] =
        stoker_curve_get_cost (&grid->curve, grid->advice->candidates->pdata[i], grid->points[j]);
}

/* Less than 0: @a is cheaper; 0 too when the two cannot be compared. */
static int
compare_costs (StokerMoney a, StokerMoney b)
{
  StokerMoney difference = stoker_money_subtract (a, b);

  if (!difference.is_known)
    return 0;

  return (difference.nanos > 0) - (difference.nanos < 0);
}

static int
compare_at (const Grid *grid, const StokerCandidate *a, const StokerCandidate *b, gint64 outputs)
{
  return compare_costs (stoker_curve_get_cost (&grid->curve, a, outputs),
                        stoker_curve_get_cost (&grid->curve, b, outputs));
}

/* The first volume above @low, where @below is cheaper, at which it no longer is; at most 24
 * halvings. */
static gint64
bisect (const Grid *grid,
        const StokerCandidate *below,
        const StokerCandidate *above,
        gint64 low,
        gint64 high)
{
  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (compare_at (grid, below, above, middle) < 0)
        low = middle;
      else
        high = middle;
    }

  return high;
}

static gboolean
is_frontier (const Grid *grid, const StokerCrossing *crossing)
{
  for (guint i = 0; i < grid->advice->candidates->len; i++)
    {
      const StokerCandidate *other = grid->advice->candidates->pdata[i];
      StokerMoney cost = stoker_curve_get_cost (&grid->curve, other, crossing->outputs);

      if (other != crossing->below && compare_costs (cost, crossing->cost) < 0)
        return FALSE;
    }

  return TRUE;
}

static void
add_crossing (const Grid *grid, GArray *crossings, guint below, guint above, const gint64 *span)
{
  StokerCrossing crossing = { .below = grid->advice->candidates->pdata[below],
                              .above = grid->advice->candidates->pdata[above] };

  crossing.outputs = bisect (grid, crossing.below, crossing.above, span[0], span[1]);
  crossing.cost = stoker_curve_get_cost (&grid->curve, crossing.above, crossing.outputs);
  crossing.is_frontier = is_frontier (grid, &crossing);
  g_array_append_val (crossings, crossing);
}

static void
compare_pair (const Grid *grid, GArray *crossings, guint a, guint b)
{
  int before = 0;
  gint64 from = 0;

  for (guint i = 0; i < grid->n_points; i++)
    {
      int now = compare_costs (get_cost (grid, a, i), get_cost (grid, b, i));
      gint64 span[] = { from, grid->points[i] };

      if (now == 0)
        continue;
      if (before != 0 && now != before)
        add_crossing (grid, crossings, before < 0 ? a : b, before < 0 ? b : a, span);
      before = now;
      from = grid->points[i];
    }
}

static int
compare_crossings (gconstpointer a, gconstpointer b)
{
  const StokerCrossing *left = a, *right = b;

  return (left->outputs > right->outputs) - (left->outputs < right->outputs);
}

/**
 * stoker_curve_list_crossings:
 *
 * Looks at every pair of candidates for volumes of 1 to ten million outputs a month at which the
 * cheaper one changes.
 *
 * Returns: (transfer full) (element-type StokerCrossing): by volume; borrows from @advice
 */
GArray *
stoker_curve_list_crossings (const StokerAdvice *advice)
{
  GArray *crossings = g_array_new (FALSE, TRUE, sizeof (StokerCrossing));
  Grid grid = { .advice = advice };

  stoker_curve_init (&grid.curve, advice);
  fill (&grid);
  for (guint a = 0; a < advice->candidates->len; a++)
    for (guint b = a + 1; b < advice->candidates->len; b++)
      compare_pair (&grid, crossings, a, b);
  g_array_sort (crossings, compare_crossings);
  g_free (grid.costs);
  stoker_curve_clear (&grid.curve);

  return crossings;
}
