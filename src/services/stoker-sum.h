/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-money.h"

G_BEGIN_DECLS

#define STOKER_SUM_MAX_CURRENCIES 4

/**
 * StokerSum:
 * @amounts: one for each currency, in the order in which they came
 * @n_amounts: how many of them there are
 * @n_unknown: how many amounts are missing in the sum, because nobody knows them
 *
 * Amounts added up without converting any. Passed by value; starts with all zeros.
 */
typedef struct
{
  StokerMoney amounts[STOKER_SUM_MAX_CURRENCIES];
  guint n_amounts;
  guint n_unknown;
} StokerSum;

void stoker_sum_add (StokerSum *self, StokerMoney amount);
StokerMoney stoker_sum_get_main (const StokerSum *self);

G_END_DECLS
