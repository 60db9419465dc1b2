/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-job-column.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOB_CELL (stoker_job_cell_get_type ())

/**
 * StokerJobCell:
 *
 * One figure of a job in the table. A list view of GTK 4.8 keeps two hundred rows although thirty
 * of them are seen, so a cell costs nothing until it is seen: it has no children, its size does not
 * depend on what it says, and it makes its text when it is drawn or asked for its name.
 */
G_DECLARE_FINAL_TYPE (StokerJobCell, stoker_job_cell, STOKER, JOB_CELL, GtkWidget)

GtkWidget *stoker_job_cell_new (StokerWorkspace *workspace, StokerJobColumn column);
void stoker_job_cell_set_job (StokerJobCell *self, StokerJob *job);
void stoker_job_cell_set_group (StokerJobCell *self, const char *label);
void stoker_job_cell_set_near (StokerJobCell *self, gboolean is_near);
gboolean stoker_job_cell_is_named (StokerJobCell *self);
void stoker_job_cell_tell_name (StokerJobCell *self);
StokerJob *stoker_job_cell_get_job (StokerJobCell *self);
StokerJobColumn stoker_job_cell_get_column (StokerJobCell *self);
void stoker_job_cell_refresh (StokerJobCell *self);

G_END_DECLS
