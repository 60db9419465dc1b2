/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-comparison.h"
#include "stoker-curve.h"
#include "stoker-figure-text-private.h"
#include "stoker-time.h"

#include <glib/gi18n-lib.h>

#define GAP 2

typedef enum {
  COLUMN_RANK,
  COLUMN_NAME,
  COLUMN_PLAN,
  COLUMN_THING,
  COLUMN_TOTAL,
  COLUMN_PER_OUTPUT,
  COLUMN_PER_MONTH,
  COLUMN_READY,
  COLUMN_AGE,
  N_COLUMNS,
} Column;

static gboolean
is_right_aligned (int column)
{
  return column == COLUMN_RANK || (column >= COLUMN_TOTAL && column <= COLUMN_READY);
}

static void
add_cell (GPtrArray *cells, char *text)
{
  g_ptr_array_add (cells, text);
}

static void
add_header (GPtrArray *cells, gint64 volume)
{
  g_autofree char *count = stoker_figure_count (volume);

  add_cell (cells, g_strdup ("#"));
  add_cell (cells, g_strdup (_ ("Provider")));
  add_cell (cells, g_strdup (_ ("Plan")));
  add_cell (cells, g_strdup (_ ("GPU or model")));
  add_cell (cells, g_strdup (_ ("Total")));
  add_cell (cells, g_strdup (_ ("Per output")));
  add_cell (cells,
            volume > 0 ? g_strdup_printf (_ ("%s a month"), count) : g_strdup (_ ("Per month")));
  add_cell (cells, g_strdup (_ ("Ready in")));
  add_cell (cells, g_strdup (_ ("Price read")));
}

/* An amount that leaves something out is a lower bound, and says so. */
static char *
format_amount (StokerMoney money, gboolean is_complete)
{
  g_autofree char *text = stoker_money_format (money);

  if (!money.is_known || is_complete)
    return g_steal_pointer (&text);

  return g_strconcat ("≥ ", text, NULL);
}

static void
add_row (GPtrArray *cells, const StokerAdvice *advice, guint index, gint64 volume)
{
  const StokerCandidate *candidate = advice->candidates->pdata[index];
  const StokerEstimate *estimate = candidate->estimate;
  const StokerOffer *offer = &candidate->offer;
  const char *thing = offer->gpu != NULL ? offer->gpu : offer->output_model;
  StokerMoney per_month = stoker_comparison_monthly_cost (candidate, advice, volume);

  add_cell (cells, g_strdup_printf ("%u", index + 1));
  add_cell (cells, g_strdup (candidate->name));
  add_cell (cells, g_strdup (offer->plan->name));
  add_cell (cells, g_strdup (thing != NULL ? thing : ""));
  add_cell (cells, format_amount (estimate->total, estimate->is_complete));
  add_cell (cells, format_amount (estimate->per_output, estimate->is_complete));
  add_cell (cells, format_amount (per_month, estimate->is_complete));
  add_cell (cells, stoker_duration_format (estimate->ready_s));
  add_cell (cells, stoker_age_format (offer->as_of_us, advice->made_us));
}

static glong
measure (GPtrArray *cells, int column)
{
  glong width = 0;

  for (guint i = column; i < cells->len; i += N_COLUMNS)
    width = MAX (width, g_utf8_strlen (cells->pdata[i], -1));

  return width;
}

static void
append_spaces (GString *text, glong count)
{
  for (glong i = 0; i < count; i++)
    g_string_append_c (text, ' ');
}

static void
append_cell (GString *text, const char *cell, int column, glong width)
{
  glong pad = width - g_utf8_strlen (cell, -1);

  if (is_right_aligned (column))
    append_spaces (text, pad);
  g_string_append (text, cell);
  if (column == N_COLUMNS - 1)
    g_string_append_c (text, '\n');
  else
    append_spaces (text, GAP + (is_right_aligned (column) ? 0 : pad));
}

static void
append_table (GString *text, GPtrArray *cells)
{
  glong widths[N_COLUMNS];

  for (int column = 0; column < N_COLUMNS; column++)
    widths[column] = measure (cells, column);
  for (guint i = 0; i < cells->len; i++)
    append_cell (text, cells->pdata[i], i % N_COLUMNS, widths[i % N_COLUMNS]);
}

static char *
name_candidate (const StokerCandidate *candidate)
{
  return g_strdup_printf ("%s (%s)", candidate->name, candidate->offer.plan->name);
}

/* Only where the cheapest of all changes: those are the ones a decision hangs on. */
static void
append_break_even (GString *text, const StokerAdvice *advice)
{
  g_autoptr (GArray) crossings = stoker_curve_list_crossings (advice);

  for (guint i = 0; i < crossings->len; i++)
    {
      const StokerCrossing *crossing = &g_array_index (crossings, StokerCrossing, i);
      g_autofree char *below = name_candidate (crossing->below);
      g_autofree char *above = name_candidate (crossing->above);
      g_autofree char *count = stoker_figure_count (crossing->outputs);

      if (crossing->is_frontier)
        g_string_append_printf (text, _ ("From %s outputs a month on, %s is cheaper than %s.\n"),
                                count, above, below);
    }
}

/**
 * stoker_comparison_to_text:
 * @outputs_per_month: 0 or less: the workload's own
 *
 * Returns: (transfer full): the candidates as a table for a terminal, best first, and the volumes
 * from which another one is the cheapest
 */
char *
stoker_comparison_to_text (const StokerAdvice *advice, gint64 outputs_per_month)
{
  gint64 volume = stoker_comparison_choose_volume (advice, outputs_per_month);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);

  if (advice->candidates->len == 0)
    return g_strdup_printf ("%s\n", advice->reason);
  add_header (cells, volume);
  for (guint i = 0; i < advice->candidates->len; i++)
    add_row (cells, advice, i, volume);
  append_table (text, cells);
  append_break_even (text, advice);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
