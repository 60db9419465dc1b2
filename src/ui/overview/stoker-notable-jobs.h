/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-list.h"

G_BEGIN_DECLS

#define STOKER_TYPE_NOTABLE_JOBS (stoker_notable_jobs_get_type ())

/**
 * StokerNotableJobs:
 *
 * The few jobs of a list that an overview has to look at whenever something changes: those that
 * have not ended, and those of the last month that ended badly or of which nobody knows what they
 * cost. All jobs are looked through once; from then on each change costs one look at one job.
 */
G_DECLARE_FINAL_TYPE (StokerNotableJobs, stoker_notable_jobs, STOKER, NOTABLE_JOBS, GObject)

StokerNotableJobs *stoker_notable_jobs_new (StokerJobList *jobs);
GPtrArray *stoker_notable_jobs_list (StokerNotableJobs *self);

G_END_DECLS
