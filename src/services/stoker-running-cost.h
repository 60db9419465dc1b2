/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-sum.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/**
 * StokerRunningCost:
 * @per_hour: what all of them cost an hour
 * @n_running: jobs that a provider has
 * @n_waiting: jobs that wait here for their turn
 *
 * What runs now. Rehearsals and jobs on one's own machines run too, but nobody sends a bill for
 * them.
 */
typedef struct
{
  StokerSum per_hour;
  guint n_running;
  guint n_waiting;
} StokerRunningCost;

gboolean stoker_provider_sends_bills (StokerWorkspace *workspace, const char *provider_id);
StokerMoney stoker_job_get_hourly_cost (StokerJob *job);
void stoker_running_cost_add (StokerRunningCost *self, StokerJob *job, gboolean is_billed);

G_END_DECLS
