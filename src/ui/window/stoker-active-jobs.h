/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define STOKER_TYPE_ACTIVE_JOBS (stoker_active_jobs_get_type ())

/* Counts the jobs that have not ended. Property: `count`. */
G_DECLARE_FINAL_TYPE (StokerActiveJobs, stoker_active_jobs, STOKER, ACTIVE_JOBS, GObject)

StokerActiveJobs *stoker_active_jobs_new (GListModel *jobs);
guint stoker_active_jobs_get_count (StokerActiveJobs *self);

G_END_DECLS
