/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* The columns of the table of jobs. */
typedef enum {
  STOKER_JOB_COLUMN_GROUP,
  STOKER_JOB_COLUMN_STATE,
  STOKER_JOB_COLUMN_NAME,
  STOKER_JOB_COLUMN_PROVIDER,
  STOKER_JOB_COLUMN_GPU,
  STOKER_JOB_COLUMN_PROGRESS,
  STOKER_JOB_COLUMN_ELAPSED,
  STOKER_JOB_COLUMN_COST,
  STOKER_JOB_COLUMN_STARTED,
  STOKER_N_JOB_COLUMNS,
} StokerJobColumn;

gboolean stoker_job_column_is_number (StokerJobColumn column);
char *stoker_job_column_tell (StokerJobColumn column, StokerWorkspace *workspace, StokerJob *job);
char *stoker_job_column_explain (StokerJobColumn column, StokerJob *job);

G_END_DECLS
