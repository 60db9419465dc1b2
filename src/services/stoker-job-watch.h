/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "stoker-job-list.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOB_WATCH (stoker_job_watch_get_type ())

/**
 * StokerJobWatch:
 *
 * Looks after every job of a list at once, without a connection to each. Property: `n-active` (jobs
 * that have not ended). Signals: `changed` (nullable job: something of it but its log; %NULL: the
 * list) and `state-changed` (job, state before).
 */
G_DECLARE_FINAL_TYPE (StokerJobWatch, stoker_job_watch, STOKER, JOB_WATCH, GObject)

StokerJobWatch *stoker_job_watch_new (GListModel *jobs);
guint stoker_job_watch_get_n_active (StokerJobWatch *self);
guint stoker_job_watch_get_n_jobs (StokerJobWatch *self);
StokerJobList *stoker_job_watch_get_jobs (StokerJobWatch *self);

G_END_DECLS
