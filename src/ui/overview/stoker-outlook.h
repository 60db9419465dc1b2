/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-watch.h"
#include "stoker-running-cost.h"
#include "stoker-spending-budget.h"
#include "stoker-spending-summary.h"

G_BEGIN_DECLS

#define STOKER_TYPE_OUTLOOK (stoker_outlook_get_type ())

/**
 * StokerOutlook:
 *
 * What runs, what it costs, what waits for a person and what came of it: kept up to date as the
 * workspace changes, and from time to time as time goes by. Properties: `workspace` (nullable),
 * `n-active` (jobs that have not ended). Signal: `changed`.
 */
G_DECLARE_FINAL_TYPE (StokerOutlook, stoker_outlook, STOKER, OUTLOOK, GObject)

StokerOutlook *stoker_outlook_new (void);
void stoker_outlook_set_workspace (StokerOutlook *self,
                                   StokerWorkspace *workspace,
                                   StokerJobWatch *watch);
StokerWorkspace *stoker_outlook_get_workspace (StokerOutlook *self);
guint stoker_outlook_get_n_active (StokerOutlook *self);
gboolean stoker_outlook_is_first_run (StokerOutlook *self);
const StokerRunningCost *stoker_outlook_get_cost (StokerOutlook *self);
const StokerSpendingSummary *stoker_outlook_get_spending (StokerOutlook *self);
const char *stoker_outlook_get_spending_problem (StokerOutlook *self);
StokerMoney stoker_outlook_get_budget (StokerOutlook *self, StokerBudgetPeriod period);
GListModel *stoker_outlook_get_decisions (StokerOutlook *self); /* of StokerDecision */
GListModel *stoker_outlook_get_running (StokerOutlook *self);   /* of StokerJob */
GListModel *stoker_outlook_get_latest (StokerOutlook *self);    /* of StokerJob with outputs */

G_END_DECLS
