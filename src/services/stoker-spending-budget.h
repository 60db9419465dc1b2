/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-settings.h"
#include "stoker-sum.h"

G_BEGIN_DECLS

typedef enum {
  STOKER_BUDGET_DAY,
  STOKER_BUDGET_MONTH,
} StokerBudgetPeriod;

/**
 * StokerBudgetStanding:
 * @STOKER_BUDGET_UNSET: there is no budget
 * @STOKER_BUDGET_WITHIN: less than four fifths of it are spent
 * @STOKER_BUDGET_NEARLY_USED: four fifths or more are
 * @STOKER_BUDGET_USED: all of it is
 *
 * What was spent of a budget.
 */
typedef enum {
  STOKER_BUDGET_UNSET,
  STOKER_BUDGET_WITHIN,
  STOKER_BUDGET_NEARLY_USED,
  STOKER_BUDGET_USED,
} StokerBudgetStanding;

StokerMoney stoker_spending_budget_get (StokerSettings *settings, StokerBudgetPeriod period);
StokerBudgetStanding stoker_spending_budget_judge (StokerMoney budget, const StokerSum *spent);

G_END_DECLS
