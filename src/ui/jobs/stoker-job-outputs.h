/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-job.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOB_OUTPUTS (stoker_job_outputs_get_type ())

/* The outputs of a job as a grid of thumbnails. Return opens one, the space bar previews it.
 * Actions on the chosen one: `outputs.preview`, `outputs.open`, `outputs.save-as`, `outputs.copy`,
 * `outputs.show-in-files`. */
G_DECLARE_FINAL_TYPE (StokerJobOutputs, stoker_job_outputs, STOKER, JOB_OUTPUTS, AdwBin)

void stoker_job_outputs_show (StokerJobOutputs *self, StokerJob *job);

G_END_DECLS
