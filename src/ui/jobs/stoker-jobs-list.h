/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOBS_LIST (stoker_jobs_list_get_type ())

/**
 * StokerJobsList:
 *
 * The jobs with chips, search and what can be done with several of them: as a table when there is
 * room, else as rows of two lines. Properties: `is-selecting` (rows have check boxes),
 * `is-searching`, `n-selected`. Signals: `job-chosen` (nullable job to show) and `job-opened` (go
 * to it). Action group of its settings: stoker_jobs_list_get_actions().
 */
G_DECLARE_FINAL_TYPE (StokerJobsList, stoker_jobs_list, STOKER, JOBS_LIST, AdwBin)

void stoker_jobs_list_set_workspace (StokerJobsList *self, StokerWorkspace *workspace);
void stoker_jobs_list_choose (StokerJobsList *self, StokerJob *job);
StokerJob *stoker_jobs_list_get_chosen (StokerJobsList *self);
GPtrArray *stoker_jobs_list_get_selected (StokerJobsList *self);
StokerWorkspace *stoker_jobs_list_get_workspace (StokerJobsList *self);
GActionGroup *stoker_jobs_list_get_actions (StokerJobsList *self);
void stoker_jobs_list_sort_again (StokerJobsList *self);
void stoker_jobs_list_focus_rows (StokerJobsList *self);
void stoker_jobs_list_write_anew (StokerJobsList *self);
void stoker_jobs_list_leave_selection (StokerJobsList *self);

G_END_DECLS
