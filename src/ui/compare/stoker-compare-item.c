/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-compare-item.h"

#include "stoker-advice-phrases.h"
#include "stoker-comparison.h"
#include "stoker-phrases.h"

#include <glib/gi18n-lib.h>

struct _StokerCompareItem
{
  GObject parent_instance;

  StokerAdvice *advice;             /* owned: keeps the candidate alive */
  const StokerCandidate *candidate; /* borrowed from the advice */
  gint64 outputs_per_month;
};

G_DEFINE_FINAL_TYPE (StokerCompareItem, stoker_compare_item, G_TYPE_OBJECT)

static void
stoker_compare_item_finalize (GObject *object)
{
  g_clear_pointer (&STOKER_COMPARE_ITEM (object)->advice, stoker_advice_unref);
  G_OBJECT_CLASS (stoker_compare_item_parent_class)->finalize (object);
}

static void
stoker_compare_item_class_init (StokerCompareItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_compare_item_finalize;
}

static void
stoker_compare_item_init (StokerCompareItem *self)
{
}

/**
 * stoker_compare_item_new:
 * @advice: an advice
 * @index: place of the candidate in it
 * @outputs_per_month: the volume that the cost per month is for
 *
 * Returns: (transfer full): the row
 */
StokerCompareItem *
stoker_compare_item_new (StokerAdvice *advice, guint index, gint64 outputs_per_month)
{
  StokerCompareItem *self = g_object_new (STOKER_TYPE_COMPARE_ITEM, NULL);

  self->advice = stoker_advice_ref (advice);
  self->candidate = g_ptr_array_index (advice->candidates, index);
  self->outputs_per_month = outputs_per_month;
  return self;
}

static StokerMoney
get_amount (StokerCompareItem *self, int column)
{
  const StokerEstimate *estimate = self->candidate->estimate;

  if (estimate == NULL)
    return stoker_money_unknown ();
  switch (column)
    {
    case STOKER_COLUMN_TOTAL:
      return estimate->total;
    case STOKER_COLUMN_PER_OUTPUT:
      return estimate->per_output;
    case STOKER_COLUMN_PER_MONTH:
      return stoker_comparison_monthly_cost (self->candidate, self->advice,
                                             self->outputs_per_month);
    default:
      return stoker_estimate_sum (estimate, (StokerItemKind) column);
    }
}

/**
 * stoker_compare_item_has_kind:
 * @kind: a kind of cost
 *
 * Returns: whether the estimate has a line of this kind, known or not
 */
gboolean
stoker_compare_item_has_kind (StokerCompareItem *self, int kind)
{
  const StokerEstimate *estimate = self->candidate->estimate;

  g_return_val_if_fail (STOKER_IS_COMPARE_ITEM (self), FALSE);

  for (guint i = 0; estimate != NULL && i < estimate->items->len; i++)
    if ((int) ((StokerEstimateItem *) g_ptr_array_index (estimate->items, i))->kind == kind)
      return TRUE;
  return FALSE;
}

/**
 * stoker_compare_item_get_text:
 * @column: a kind of cost, or one of the other columns
 *
 * Returns: (transfer full): the text of the cell
 */
char *
stoker_compare_item_get_text (StokerCompareItem *self, int column)
{
  g_return_val_if_fail (STOKER_IS_COMPARE_ITEM (self), NULL);
  g_return_val_if_fail (column >= 0 && column < STOKER_N_COLUMNS, NULL);

  if (column == STOKER_COLUMN_NAME)
    return stoker_phrase_candidate (self->candidate);
  if (column < STOKER_N_ITEMS && !stoker_compare_item_has_kind (self, column))
    return g_strdup (_ ("none"));
  if (column == STOKER_COLUMN_TOTAL)
    return stoker_phrase_estimate (self->candidate->estimate);
  return stoker_phrase_money (get_amount (self, column));
}

/**
 * stoker_compare_item_get_title:
 * @column: a kind of cost, or one of the other columns
 *
 * Returns: (transfer none): the head of the column
 */
const char *
stoker_compare_item_get_title (int column)
{
  switch (column)
    {
    case STOKER_COLUMN_NAME:
      return _ ("Candidate");
    case STOKER_COLUMN_TOTAL:
      return _ ("Total");
    case STOKER_COLUMN_PER_OUTPUT:
      return _ ("Per Output");
    case STOKER_COLUMN_PER_MONTH:
      return _ ("Per Month");
    default:
      return stoker_phrase_item (column);
    }
}
