/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-cell.h"

G_BEGIN_DECLS

/**
 * StokerJobCells:
 *
 * All cells of a table. It knows which of them are seen, so that only these are drawn, and names
 * the others to assistive technologies when there is nothing else to do.
 */
typedef struct _StokerJobCells StokerJobCells;

/* Puts into @cell what is at @position. */
typedef void (*StokerJobCellFunc) (StokerJobCell *cell, guint position, gpointer user_data);

StokerJobCells *stoker_job_cells_new (GtkWidget *viewport);
void stoker_job_cells_free (StokerJobCells *self);
void stoker_job_cells_add (StokerJobCells *self, StokerJobCell *cell, GtkListItem *item);
void stoker_job_cells_fill (
  StokerJobCells *self, guint position, guint n_places, StokerJobCellFunc fill, gpointer user_data);
void stoker_job_cells_plan_names (StokerJobCells *self);
void stoker_job_cells_refresh_job (StokerJobCells *self, StokerJob *job);
void stoker_job_cells_refresh_column (StokerJobCells *self, StokerJobColumn column);
void stoker_job_cells_tick (StokerJobCells *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerJobCells, stoker_job_cells_free)

G_END_DECLS
