/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOB_ROW (stoker_job_row_get_type ())

/* A job in the list. Properties: `is-selecting` (it has a check box) and `is-selected` (which is
 * checked). */
G_DECLARE_FINAL_TYPE (StokerJobRow, stoker_job_row, STOKER, JOB_ROW, AdwBin)

GtkWidget *stoker_job_row_new (StokerWorkspace *workspace);
void stoker_job_row_set_job (StokerJobRow *self, StokerJob *job);
StokerJob *stoker_job_row_get_job (StokerJobRow *self);
void stoker_job_row_set_group (StokerJobRow *self, const char *label);

G_END_DECLS
