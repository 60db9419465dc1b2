/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job.h"
#include "stoker-sum.h"

G_BEGIN_DECLS

/* How the state of a job reads and looks. Pure: no widget, no clock, no display. */

const char *stoker_phrase_job_state (StokerJobState state);
const char *stoker_phrase_job_icon (StokerJobState state);
const char *stoker_phrase_job_class (StokerJobState state);
char *stoker_phrase_job_cost (StokerMoney accrued, StokerMoney estimated, gboolean is_dry_run);
char *stoker_phrase_cost_of_job (StokerJob *job);
char *stoker_phrase_amounts (const StokerSum *sum);
char *stoker_phrase_about_amounts (const StokerSum *sum);
char *stoker_phrase_job_place (StokerJobState state, guint place);
char *stoker_phrase_job_story (StokerJob *job, const char *provider_name);
char *stoker_phrase_job_progress (double progress, const char *stage);
char *stoker_phrase_job_message (StokerJob *job);
gboolean stoker_job_may_be_cancelled (StokerJob *job);
gboolean stoker_job_may_be_retried (StokerJob *job);

G_END_DECLS
