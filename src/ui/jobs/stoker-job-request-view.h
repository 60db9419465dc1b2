/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOB_REQUEST_VIEW (stoker_job_request_view_get_type ())

/* What was or would be sent for a job, secrets masked, and what it was allowed to do. Actions:
 * `request.copy-json`, `request.copy-curl`. */
G_DECLARE_FINAL_TYPE (
  StokerJobRequestView, stoker_job_request_view, STOKER, JOB_REQUEST_VIEW, AdwBin)

void stoker_job_request_view_show (StokerJobRequestView *self,
                                   StokerWorkspace *workspace,
                                   StokerJob *job);

G_END_DECLS
