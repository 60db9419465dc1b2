/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-plot.h"

#include "stoker-advice-phrases.h"
#include "stoker-phrases.h"

#include <glib/gi18n-lib.h>

#include <math.h>

static gboolean
has_kind (const StokerEstimate *estimate, int kind)
{
  for (guint i = 0; i < estimate->items->len; i++)
    if ((int) ((const StokerEstimateItem *) estimate->items->pdata[i])->kind == kind)
      return TRUE;
  return FALSE;
}

/* A candidate without an item of this kind has no point; one of unknown cost has an unknown one. */
static void
add_kind (const StokerLineUp *line_up, StokerChartModel *model, int kind)
{
  StokerChartSeries *series = NULL;

  for (guint i = 0; i < line_up->candidates->len; i++)
    {
      const StokerCandidate *candidate = line_up->candidates->pdata[i];

      if (!has_kind (candidate->estimate, kind))
        continue;
      if (series == NULL)
        series = stoker_chart_model_add_series (model, stoker_item_kind_names[kind],
                                                stoker_phrase_item (kind));
      series->color_kind = STOKER_CHART_COLOR_ITEM;
      series->color = kind;
      stoker_chart_series_add_point (
        series, i,
        stoker_line_up_get_amount (line_up, stoker_estimate_sum (candidate->estimate, kind)));
    }
}

static double
get_total (const StokerLineUp *line_up, guint index)
{
  const StokerCandidate *candidate = line_up->candidates->pdata[index];

  return stoker_line_up_get_amount (line_up, candidate->estimate->total);
}

static int
find_extreme (const StokerLineUp *line_up, gboolean is_largest)
{
  int found = -1;

  for (guint i = 0; i < line_up->candidates->len; i++)
    {
      double total = get_total (line_up, i);

      if (isnan (total))
        continue;
      if (found < 0 || (is_largest ? total > get_total (line_up, (guint) found)
                                   : total < get_total (line_up, (guint) found)))
        found = (int) i;
    }
  return found;
}

static char *
name (const StokerLineUp *line_up, int index)
{
  return stoker_phrase_candidate (line_up->candidates->pdata[index]);
}

static char *
price (const StokerLineUp *line_up, int index)
{
  const StokerCandidate *candidate = line_up->candidates->pdata[index];

  return stoker_phrase_estimate (candidate->estimate);
}

static void
say_extremes (const StokerLineUp *line_up, GPtrArray *sentences, int cheapest)
{
  int dearest = find_extreme (line_up, TRUE);
  g_autofree char *cheap_name = name (line_up, cheapest);
  g_autofree char *cheap_price = price (line_up, cheapest);
  g_autofree char *dear_name = name (line_up, dearest);
  g_autofree char *dear_price = price (line_up, dearest);

  g_ptr_array_add (sentences,
                   g_strdup_printf (_ ("%s is the cheapest at %s."), cheap_name, cheap_price));
  if (dearest != cheapest)
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("%s costs the most, %s."), dear_name, dear_price));
}

static void
say_chosen (const StokerLineUp *line_up, GPtrArray *sentences, int cheapest)
{
  int chosen = stoker_line_up_find_chosen (line_up);
  g_autofree char *chosen_name = chosen >= 0 ? name (line_up, chosen) : NULL;
  g_autofree char *chosen_price = chosen >= 0 ? price (line_up, chosen) : NULL;

  if (chosen >= 0 && chosen != cheapest)
    g_ptr_array_add (sentences, g_strdup_printf (_ ("The advisor chose %s at %s."), chosen_name,
                                                 chosen_price));
}

static void
say_unknown (const StokerLineUp *line_up, GPtrArray *sentences)
{
  guint count = 0;

  for (guint i = 0; i < line_up->candidates->len; i++)
    count += isnan (get_total (line_up, i));
  if (count > 0)
    g_ptr_array_add (sentences,
                     g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                   "The cost of %u candidate is unknown.",
                                                   "The costs of %u candidates are unknown.",
                                                   count),
                                      count));
}

static char *
summarise (const StokerLineUp *line_up)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  int cheapest = find_extreme (line_up, FALSE);

  if (cheapest >= 0)
    say_extremes (line_up, sentences, cheapest);
  say_chosen (line_up, sentences, cheapest);
  say_unknown (line_up, sentences);
  return stoker_plot_join (sentences);
}

/**
 * stoker_plot_cost:
 * @line_up: what is compared
 *
 * Returns: (transfer full): the itemised cost of the job, a bar for each candidate
 */
StokerChartModel *
stoker_plot_cost (const StokerLineUp *line_up)
{
  StokerChartModel *model = stoker_chart_model_new (STOKER_CHART_BARS, "cost",
                                                    _ ("Cost per Candidate"));

  stoker_line_up_add_categories (line_up, model);
  stoker_plot_set_axis (&model->x, _ ("Candidate"), STOKER_CHART_UNIT_CATEGORY);
  stoker_plot_set_money (&model->y, _ ("Cost of the job"), line_up->currency);
  for (int kind = 0; kind < STOKER_N_ITEMS; kind++)
    add_kind (line_up, model, kind);
  stoker_plot_fit (model);
  model->summary = summarise (line_up);
  if (!stoker_plot_is_drawable (model))
    stoker_plot_set_empty (model, _ ("No cost is known"),
                           _ ("No candidate's cost is known. Tell the advisor how long the job "
                              "takes, or how many outputs it makes."));
  return model;
}
