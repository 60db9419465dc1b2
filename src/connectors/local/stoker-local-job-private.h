/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-report.h"
#include "stoker-process-id-private.h"

G_BEGIN_DECLS

/* The files of ours in a job's folder; everything else there is output. */
#define STOKER_LOCAL_MARKER "stoker-job.json"
#define STOKER_LOCAL_LOG "job.log"
#define STOKER_LOCAL_EXIT "stoker-exit"
#define STOKER_LOCAL_CANCELLED "stoker-cancelled"
#define STOKER_LOCAL_DEADLINE "stoker-deadline"

/* A command that runs in a folder of its own, whether or not Stoker does. All of it blocks: for
 * worker threads. */
typedef struct
{
  char *dir;
  char *token;
  char *job_id;
  gint64 started_us;
  StokerProcessId id; /* pid 0: it was never started */
} StokerLocalJob;

void stoker_local_job_free (StokerLocalJob *self);
char *stoker_local_job_get_dir (const char *output_dir, const char *token);
StokerLocalJob *stoker_local_job_open (const char *dir, const char *token, GError **error);
StokerLocalJob *stoker_local_job_start (const char *dir,
                                        const char *token,
                                        const char *job_id,
                                        const char *const *command,
                                        gint64 deadline_s,
                                        GError **error);
gboolean stoker_local_job_stop (StokerLocalJob *self, guint grace_ms, GError **error);

StokerJobReport *stoker_local_job_report (const StokerLocalJob *self);
void stoker_local_job_add_outputs (const StokerLocalJob *self, StokerJobReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerLocalJob, stoker_local_job_free)

G_END_DECLS
