/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOB_DETAIL (stoker_job_detail_get_type ())

/* All about one job: its story, costs, log, outputs, tries and what was sent. */
G_DECLARE_FINAL_TYPE (StokerJobDetail, stoker_job_detail, STOKER, JOB_DETAIL, AdwBin)

void stoker_job_detail_write_anew (StokerJobDetail *self);
void stoker_job_detail_set_job (StokerJobDetail *self, StokerWorkspace *workspace, StokerJob *job);

G_END_DECLS
