/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOB_COSTS (stoker_job_costs_get_type ())

/* What a job was thought to cost, line by line, and what the money book says of it. */
G_DECLARE_FINAL_TYPE (StokerJobCosts, stoker_job_costs, STOKER, JOB_COSTS, AdwBin)

void stoker_job_costs_write_anew (StokerJobCosts *self);
void stoker_job_costs_show (StokerJobCosts *self, StokerWorkspace *workspace, StokerJob *job);

G_END_DECLS
