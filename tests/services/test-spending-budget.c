/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-spending-budget.h"

#define DOLLAR G_GINT64_CONSTANT (1000000000)

static StokerBudgetStanding
judge (StokerMoney budget, StokerMoney spent)
{
  StokerSum sum = { 0 };

  stoker_sum_add (&sum, spent);
  return stoker_spending_budget_judge (budget, &sum);
}

static void
test_standings (void)
{
  StokerMoney budget = stoker_money_usd (5 * DOLLAR);
  StokerSum nothing = { 0 };

  g_assert_cmpint (judge (stoker_money_unknown (), budget), ==, STOKER_BUDGET_UNSET);
  g_assert_cmpint (stoker_spending_budget_judge (budget, &nothing), ==, STOKER_BUDGET_WITHIN);
  g_assert_cmpint (judge (budget, stoker_money_usd (4 * DOLLAR - 1)), ==, STOKER_BUDGET_WITHIN);
  g_assert_cmpint (judge (budget, stoker_money_usd (4 * DOLLAR)), ==, STOKER_BUDGET_NEARLY_USED);
  g_assert_cmpint (judge (budget, stoker_money_usd (5 * DOLLAR)), ==, STOKER_BUDGET_USED);
  g_assert_cmpint (judge (budget, stoker_money_usd (7 * DOLLAR)), ==, STOKER_BUDGET_USED);
  /* Euros are no dollars, and what nobody knows is not counted. */
  g_assert_cmpint (judge (budget, stoker_money_new (9 * DOLLAR, "EUR")), ==, STOKER_BUDGET_WITHIN);
  g_assert_cmpint (judge (budget, stoker_money_unknown ()), ==, STOKER_BUDGET_WITHIN);
}

static void
test_settings (void)
{
  StokerWorkspace *workspace = NULL;
  StokerSettings *settings = NULL;
  GSettings *gsettings = NULL;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  settings = stoker_workspace_get_settings (workspace);
  gsettings = stoker_settings_get_gsettings (settings);
  g_assert_false (stoker_spending_budget_get (settings, STOKER_BUDGET_DAY).is_known);
  g_settings_set_string (gsettings, "budget-day", "5.50");
  g_settings_set_string (gsettings, "budget-month", "0");
  g_assert_cmpint (stoker_spending_budget_get (settings, STOKER_BUDGET_DAY).nanos, ==,
                   11 * DOLLAR / 2);
  g_assert_false (stoker_spending_budget_get (settings, STOKER_BUDGET_MONTH).is_known);
  g_settings_set_string (gsettings, "budget-day", "much");
  g_assert_false (stoker_spending_budget_get (settings, STOKER_BUDGET_DAY).is_known);
  stoker_settings_reset_all (settings);
  test_session_close (workspace);
  test_session_clear ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/spending-budget/standings", test_standings);
  g_test_add_func ("/spending-budget/settings", test_settings);
  return g_test_run ();
}
