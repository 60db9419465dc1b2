/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job.h"

G_BEGIN_DECLS

/* A row of the timeline: a try of the job, or a step of its way. */
typedef struct
{
  gboolean is_attempt;
  int attempt;       /* number of the try */
  char *provider_id; /* nullable: of a try */
  StokerJobState state;
  gint64 at_us;       /* 0 when not known */
  gint64 seconds;     /* how long it lasted, or lasts so far; -1 not known */
  char *message;      /* nullable: the cause */
  StokerMoney amount; /* of a try */
} StokerTimelineRow;

GPtrArray *stoker_job_timeline (StokerJob *job, gint64 now_us);
gint64 stoker_job_estimate_left (StokerJob *job, gint64 now_us);
char *stoker_phrase_clock (gint64 at_us, gint64 now_us);
char *stoker_phrase_job_left (gint64 seconds);
const char *stoker_phrase_next_step (StokerJobState state, int error_code);
char *stoker_phrase_job_next_step (StokerJob *job, gint64 now_us);
void stoker_timeline_row_free (StokerTimelineRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerTimelineRow, stoker_timeline_row_free)

G_END_DECLS
