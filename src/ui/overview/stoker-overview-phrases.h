/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-running-cost.h"
#include "stoker-spending-budget.h"
#include "stoker-spending-summary.h"

G_BEGIN_DECLS

/* What the figures of the Overview read like. Pure: no widget, no clock, no display. */

char *stoker_phrase_sum (const StokerSum *sum);
char *stoker_phrase_sum_caption (const StokerSum *sum, const char *period);
char *stoker_phrase_running (const StokerRunningCost *cost);
char *stoker_phrase_burn (const StokerRunningCost *cost);
char *stoker_phrase_spent (const StokerSum *sum, StokerMoney budget);
char *stoker_phrase_budget (StokerBudgetPeriod period, StokerMoney budget, const StokerSum *spent);
const char *stoker_phrase_budget_class (StokerMoney budget, const StokerSum *spent);
char *stoker_phrase_days (const StokerSpendingSummary *summary);
char *stoker_phrase_elapsed (StokerJob *job, gint64 now_us);
char *stoker_phrase_running_job (StokerJob *job, gint64 now_us);

G_END_DECLS
