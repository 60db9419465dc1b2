/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-job-order.h"

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

#define STOKER_TYPE_JOB_CELL (stoker_job_cell_get_type ())

/* One figure of a job in the table; follows the job. Its size does not depend on what it says, so
 * that hundreds of them can change at once. */
G_DECLARE_FINAL_TYPE (StokerJobCell, stoker_job_cell, STOKER, JOB_CELL, GtkWidget)

gboolean stoker_job_column_is_number (StokerJobColumn column);

GtkWidget *stoker_job_cell_new (StokerWorkspace *workspace, StokerJobColumn column);
void stoker_job_cell_set_job (StokerJobCell *self, StokerJob *job);
void stoker_job_cell_set_group (StokerJobCell *self, const char *label);
StokerJob *stoker_job_cell_get_job (StokerJobCell *self);
StokerJobColumn stoker_job_cell_get_column (StokerJobCell *self);
void stoker_job_cell_refresh (StokerJobCell *self);

G_END_DECLS
