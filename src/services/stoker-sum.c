/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-sum.h"

static StokerMoney *
find_currency (StokerSum *self, const char *currency)
{
  for (guint i = 0; i < self->n_amounts; i++)
    if (g_str_equal (self->amounts[i].currency, currency))
      return &self->amounts[i];
  if (self->n_amounts == STOKER_SUM_MAX_CURRENCIES)
    return NULL;
  self->amounts[self->n_amounts] = stoker_money_new (0, currency);
  return &self->amounts[self->n_amounts++];
}

/**
 * stoker_sum_add:
 * @self: a sum
 * @amount: what comes to it
 *
 * Adds an amount to those of its currency. One that is unknown, or that there is no room for, is
 * counted as missing.
 */
void
stoker_sum_add (StokerSum *self, StokerMoney amount)
{
  StokerMoney *total = amount.is_known ? find_currency (self, amount.currency) : NULL;
  StokerMoney sum = total != NULL ? stoker_money_add (*total, amount) : stoker_money_unknown ();

  if (sum.is_known)
    *total = sum;
  else
    self->n_unknown++;
}

/**
 * stoker_sum_get_main:
 * @self: a sum
 *
 * Returns: the amount in the first currency; no dollars when nothing was added; unknown when
 * nothing is known of what was
 */
StokerMoney
stoker_sum_get_main (const StokerSum *self)
{
  if (self->n_amounts > 0)
    return self->amounts[0];
  return self->n_unknown > 0 ? stoker_money_unknown () : stoker_money_usd (0);
}
