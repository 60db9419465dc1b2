/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOB_PROGRESS (stoker_job_progress_get_type ())

/* How far a job is, what hinders it, and the way it went so far. */
G_DECLARE_FINAL_TYPE (StokerJobProgress, stoker_job_progress, STOKER, JOB_PROGRESS, AdwBin)

void stoker_job_progress_show (StokerJobProgress *self, StokerWorkspace *workspace, StokerJob *job);

G_END_DECLS
