/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-list.h"
#include "stoker-job-order.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOB_INDEX (stoker_job_index_get_type ())

/* Which jobs are listed. */
typedef enum {
  STOKER_JOB_FILTER_ALL,
  STOKER_JOB_FILTER_RUNNING,
  STOKER_JOB_FILTER_ATTENTION,
  STOKER_JOB_FILTER_DONE,
  STOKER_JOB_FILTER_FAILED,
  STOKER_N_JOB_FILTERS,
} StokerJobFilter;

/**
 * StokerJobIndex:
 *
 * The jobs as the list shows them: filtered, searched, sorted and grouped, as a #GListModel of
 * #StokerJob. It works in slices of a few milliseconds, so that a hundred thousand jobs never stop
 * the main loop, and gives its answer in pieces for the same reason. A job that changes keeps its
 * place until something else is asked for. Property: `is-busy`. Signal: `done` after each answer.
 */
G_DECLARE_FINAL_TYPE (StokerJobIndex, stoker_job_index, STOKER, JOB_INDEX, GObject)

StokerJobIndex *stoker_job_index_new (StokerWorkspace *workspace);
void stoker_job_index_set_filter (StokerJobIndex *self, StokerJobFilter filter);
void stoker_job_index_set_search (StokerJobIndex *self, const char *text);
void
stoker_job_index_set_order (StokerJobIndex *self, StokerJobOrder order, gboolean is_descending);
void stoker_job_index_set_grouping (StokerJobIndex *self, StokerJobGrouping grouping);
StokerJobGrouping stoker_job_index_get_grouping (StokerJobIndex *self);
void stoker_job_index_sort_again (StokerJobIndex *self);
void stoker_job_index_tell_again (StokerJobIndex *self);
gboolean stoker_job_index_is_busy (StokerJobIndex *self);
gboolean stoker_job_index_starts_group (StokerJobIndex *self, guint position);
gboolean stoker_job_index_find (StokerJobIndex *self, StokerJob *job, guint *position);
StokerJobFilter stoker_job_filter_parse (const char *text);
gboolean stoker_job_filter_has (StokerJobFilter filter, StokerJob *job);

G_END_DECLS
