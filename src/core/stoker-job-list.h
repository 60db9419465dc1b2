/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "stoker-job.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOB_LIST (stoker_job_list_get_type ())

/**
 * StokerJobList:
 *
 * All jobs, newest first, as a #GListModel of #StokerJob that knows ids and counts by itself: with
 * a hundred thousand jobs nobody goes through them to learn that one has changed. A job is in one
 * list at a time. Property: `n-live` (those that have not ended). Signals: `standing-changed` (the
 * job whose standing or liveness has changed), `state-changed` (the job, the state before),
 * `job-changed` (the job of which anything but the log has changed) and `jobs-removed` (a
 * #GHashTable that is the set of the jobs that went; before the model tells).
 */
G_DECLARE_FINAL_TYPE (StokerJobList, stoker_job_list, STOKER, JOB_LIST, GObject)

StokerJobList *stoker_job_list_new (void);
void stoker_job_list_add (StokerJobList *self, StokerJob *job);
void stoker_job_list_add_all (StokerJobList *self, GPtrArray *jobs);
void stoker_job_list_remove_all (StokerJobList *self, GPtrArray *jobs);
StokerJob *stoker_job_list_lookup (StokerJobList *self, const char *id);
guint stoker_job_list_get_n_live (StokerJobList *self);
GPtrArray *stoker_job_list_list_live (StokerJobList *self);
guint stoker_job_list_get_count (StokerJobList *self, StokerJobStanding standing);

G_END_DECLS
