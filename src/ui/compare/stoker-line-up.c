/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-line-up.h"

#include "stoker-advice-phrases.h"
#include "stoker-curve.h"

#include <glib/gi18n-lib.h>

#include <math.h>

/* Where the volume begins when the workload tells none. */
#define OUTPUTS_A_MONTH 1000
#define JOBS_A_MONTH 30

G_DEFINE_BOXED_TYPE (StokerLineUp, stoker_line_up, stoker_line_up_ref, stoker_line_up_unref)

/* The currency of the first cost that is known; amounts in others are not converted. */
static void
choose_currency (StokerLineUp *self)
{
  for (guint i = 0; i < self->candidates->len; i++)
    {
      const StokerCandidate *candidate = self->candidates->pdata[i];
      StokerMoney total = candidate->estimate->total;
      StokerMoney price = candidate->offer.price;
      const char *currency = total.is_known ? total.currency : price.currency;

      if (!total.is_known && !price.is_known)
        continue;
      g_strlcpy (self->currency, currency, sizeof self->currency);
      return;
    }
}

/**
 * stoker_line_up_new:
 * @limit: the most candidates; 0: all
 * @outputs_per_month: the volume to compare at
 *
 * Returns: (transfer full): the best candidates of @advice, and so that each way of paying is there
 */
StokerLineUp *
stoker_line_up_new (StokerAdvice *advice, guint limit, gint64 outputs_per_month)
{
  StokerLineUp *self = g_new0 (StokerLineUp, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->advice = stoker_advice_ref (advice);
  self->candidates = stoker_comparison_pick (advice, limit);
  self->palette = stoker_comparison_pick (advice, STOKER_LINE_UP_COLORS);
  self->outputs_per_month = outputs_per_month;
  self->counts_jobs = stoker_line_up_counts_jobs (advice);
  choose_currency (self);
  return self;
}

/**
 * stoker_line_up_ref:
 *
 * Returns: (transfer full): @self
 */
StokerLineUp *
stoker_line_up_ref (StokerLineUp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * stoker_line_up_unref:
 * @self: (transfer full): a line-up
 *
 * Drops a reference.
 */
void
stoker_line_up_unref (StokerLineUp *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->candidates);
  g_ptr_array_unref (self->palette);
  stoker_advice_unref (self->advice);
  g_free (self);
}

/**
 * stoker_line_up_counts_jobs:
 *
 * Returns: whether volumes are of jobs, because the workload does not say how many outputs it makes
 */
gboolean
stoker_line_up_counts_jobs (const StokerAdvice *advice)
{
  g_auto (StokerCurve) curve = { 0 };

  stoker_curve_init (&curve, advice);
  return stoker_curve_count_jobs (&curve);
}

/**
 * stoker_line_up_suggest_volume:
 *
 * Returns: outputs a month, or jobs, to begin a comparison of @advice with
 */
gint64
stoker_line_up_suggest_volume (const StokerAdvice *advice)
{
  gint64 told = advice->workload->outputs_per_month;

  if (stoker_line_up_counts_jobs (advice))
    return JOBS_A_MONTH;
  return told > 0 ? told : OUTPUTS_A_MONTH;
}

/**
 * stoker_line_up_get_color:
 *
 * Returns: the place of @candidate in the palette; it does not depend on how many are compared
 */
guint
stoker_line_up_get_color (const StokerLineUp *self, const StokerCandidate *candidate)
{
  guint index = 0;

  if (g_ptr_array_find (self->palette, candidate, &index))
    return index;
  g_ptr_array_find (self->advice->candidates, candidate, &index);
  return self->palette->len + index;
}

/**
 * stoker_line_up_find_chosen:
 *
 * Returns: index of the advisor's choice, -1 when it is not among them
 */
int
stoker_line_up_find_chosen (const StokerLineUp *self)
{
  const StokerCandidate *chosen = stoker_advice_get_chosen (self->advice);
  guint index = 0;

  return chosen != NULL && g_ptr_array_find (self->candidates, chosen, &index) ? (int) index : -1;
}

/**
 * stoker_line_up_get_amount:
 *
 * Returns: @money in units of the charts' currency; NAN when it is unknown or in another one
 */
double
stoker_line_up_get_amount (const StokerLineUp *self, StokerMoney money)
{
  if (!money.is_known || !g_str_equal (money.currency, self->currency))
    return NAN;
  return stoker_money_to_double (money);
}

static char *
list_unknown_items (const StokerEstimate *estimate)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; i < estimate->items->len; i++)
    {
      const StokerEstimateItem *item = estimate->items->pdata[i];

      if (!item->amount.is_known)
        g_ptr_array_add (labels, item->label);
    }
  g_ptr_array_add (labels, NULL);
  return g_strjoinv (", ", (char **) labels->pdata);
}

/**
 * stoker_line_up_explain:
 * @cost: what is drawn of @candidate
 *
 * Returns: (transfer full) (nullable): why @cost cannot be drawn, or what it leaves out
 */
char *
stoker_line_up_explain (const StokerLineUp *self,
                        const StokerCandidate *candidate,
                        StokerMoney cost)
{
  g_autofree char *items = NULL;

  if (!cost.is_known)
    return g_strdup (_ ("cost unknown"));
  if (!g_str_equal (cost.currency, self->currency))
    return g_strdup_printf (_ ("in %s, which is not converted"), cost.currency);
  if (candidate->estimate->is_complete)
    return NULL;
  items = list_unknown_items (candidate->estimate);
  return *items != '\0' ? g_strdup_printf (_ ("or more: unknown is %s"), items) : NULL;
}

/**
 * stoker_line_up_add_series:
 * @model: a chart in which each candidate is a series
 *
 * Returns: (transfer none): the series of @candidate, with its id, name and colour
 */
StokerChartSeries *
stoker_line_up_add_series (const StokerLineUp *self,
                           StokerChartModel *model,
                           const StokerCandidate *candidate)
{
  g_autofree char *id = stoker_comparison_name_row (candidate);
  g_autofree char *name = stoker_phrase_candidate (candidate);
  StokerChartSeries *series = stoker_chart_model_add_series (model, id, name);

  series->color_kind = STOKER_CHART_COLOR_PROVIDER;
  series->color = stoker_line_up_get_color (self, candidate);
  series->is_chosen = candidate == stoker_advice_get_chosen (self->advice);
  return series;
}

/**
 * stoker_line_up_add_categories:
 * @model: a chart in which each candidate is a row
 *
 * Adds the rows.
 */
void
stoker_line_up_add_categories (const StokerLineUp *self, StokerChartModel *model)
{
  for (guint i = 0; i < self->candidates->len; i++)
    {
      g_autofree char *id = stoker_comparison_name_row (self->candidates->pdata[i]);
      g_autofree char *name = stoker_phrase_candidate (self->candidates->pdata[i]);

      stoker_chart_model_add_category (model, id, name);
    }
  model->chosen_category = stoker_line_up_find_chosen (self);
  model->x.unit = STOKER_CHART_UNIT_CATEGORY;
  model->x.min = 0;
  model->x.max = self->candidates->len;
}
