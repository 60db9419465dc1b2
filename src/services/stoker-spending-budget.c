/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-spending-budget.h"

static const char *const keys[] = {
  [STOKER_BUDGET_DAY] = "budget-day", [STOKER_BUDGET_MONTH] = "budget-month"
};

/**
 * stoker_spending_budget_get:
 * @settings: the settings
 * @period: a day or a month
 *
 * Returns: what its user wants to spend in that time at most; unknown when they did not tell
 */
StokerMoney
stoker_spending_budget_get (StokerSettings *settings, StokerBudgetPeriod period)
{
  GSettings *gsettings = stoker_settings_get_gsettings (settings);
  g_autofree char *text = NULL;
  StokerMoney budget = stoker_money_unknown ();

  if (gsettings == NULL)
    return budget;
  text = g_settings_get_string (gsettings, keys[period]);
  if (!stoker_money_parse (text, "USD", &budget, NULL) || budget.nanos <= 0)
    return stoker_money_unknown ();
  return budget;
}

static gint64
get_spent (const StokerSum *spent, const char *currency)
{
  for (guint i = 0; i < spent->n_amounts; i++)
    if (g_str_equal (spent->amounts[i].currency, currency))
      return spent->amounts[i].nanos;
  return 0;
}

/**
 * stoker_spending_budget_judge:
 * @budget: a budget, or unknown for none
 * @spent: what was spent in its time
 *
 * Amounts of other currencies and those that nobody knows are left out: nothing is converted.
 *
 * Returns: how much of the budget is spent
 */
StokerBudgetStanding
stoker_spending_budget_judge (StokerMoney budget, const StokerSum *spent)
{
  gint64 nanos = 0;

  if (!budget.is_known)
    return STOKER_BUDGET_UNSET;
  nanos = get_spent (spent, budget.currency);
  if (nanos >= budget.nanos)
    return STOKER_BUDGET_USED;
  return nanos >= budget.nanos / 5 * 4 ? STOKER_BUDGET_NEARLY_USED : STOKER_BUDGET_WITHIN;
}
