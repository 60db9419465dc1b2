/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* The orders a list of jobs can have. */
typedef enum {
  STOKER_JOB_ORDER_NEWEST,
  STOKER_JOB_ORDER_STATE,
  STOKER_JOB_ORDER_NAME,
  STOKER_JOB_ORDER_PROVIDER,
  STOKER_JOB_ORDER_GPU,
  STOKER_JOB_ORDER_PROGRESS,
  STOKER_JOB_ORDER_ELAPSED,
  STOKER_JOB_ORDER_COST,
  STOKER_JOB_ORDER_STARTED,
  STOKER_JOB_ORDER_QUEUE,
  STOKER_N_JOB_ORDERS,
} StokerJobOrder;

typedef enum {
  STOKER_JOB_GROUP_NONE,
  STOKER_JOB_GROUP_DAY,
  STOKER_JOB_GROUP_PROVIDER,
} StokerJobGrouping;

/* What decides the place of one job: a copy, so that a thread can sort while the job goes on. */
typedef struct
{
  StokerJob *job;   /* borrowed */
  gint64 group;     /* smaller first */
  char *group_text; /* owned, nullable; after group */
  gint64 number;    /* smaller first */
  char *text;       /* owned, nullable; after number */
  guint rank;       /* where it stood before: the last to decide */
} StokerJobKey;

void stoker_job_key_init (StokerJobKey *self,
                          StokerWorkspace *workspace,
                          StokerJob *job,
                          StokerJobOrder order,
                          StokerJobGrouping grouping);
void stoker_job_key_clear (StokerJobKey *self);
void stoker_job_keys_sort (GArray *keys, gboolean is_descending);

StokerJobOrder stoker_job_order_parse (const char *text, gboolean *is_descending);
const char *stoker_job_order_name (StokerJobOrder order);
StokerJobGrouping stoker_job_grouping_parse (const char *text);
gint64 stoker_job_local_day (StokerJob *job);
gint64 stoker_job_elapsed_s (StokerJob *job, gint64 now_us);
char *stoker_job_group_label (StokerWorkspace *workspace,
                              StokerJob *job,
                              StokerJobGrouping grouping,
                              gint64 now_us);

G_END_DECLS
