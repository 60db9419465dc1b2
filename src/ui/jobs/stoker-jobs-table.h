/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-job-index.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOBS_TABLE (stoker_jobs_table_get_type ())

/**
 * StokerJobsTable:
 *
 * The jobs in columns. Which columns there are depends on its width. Signals: `activate`
 * (position), `order-chosen` (a value of the setting jobs-sort, when a head was clicked).
 */
G_DECLARE_FINAL_TYPE (StokerJobsTable, stoker_jobs_table, STOKER, JOBS_TABLE, AdwBin)

void stoker_jobs_table_set_workspace (StokerJobsTable *self, StokerWorkspace *workspace);
void stoker_jobs_table_set_model (StokerJobsTable *self,
                                  GtkSelectionModel *selection,
                                  StokerJobIndex *index);
void
stoker_jobs_table_show_order (StokerJobsTable *self, StokerJobOrder order, gboolean is_descending);
GtkSelectionModel *stoker_jobs_table_get_model (StokerJobsTable *self);
void stoker_jobs_table_show_width (StokerJobsTable *self, int width);
void stoker_jobs_table_write_anew (StokerJobsTable *self);
void stoker_jobs_table_tick (StokerJobsTable *self);
GtkAdjustment *stoker_jobs_table_get_vadjustment (StokerJobsTable *self);

G_END_DECLS
