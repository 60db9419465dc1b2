/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job.h"

G_BEGIN_DECLS

/* One step of a job's way. */
typedef struct
{
  gint64 at_us;
  StokerJobState state;
  int attempt;   /* number of the try it belongs to; 0 before the first */
  char *message; /* nullable: the cause */
} StokerJobEvent;

void stoker_job_note_state (StokerJob *self, gint64 at_us);
GPtrArray *stoker_job_list_events (StokerJob *self);
JsonNode *stoker_job_get_history (StokerJob *self);
void stoker_job_set_history (StokerJob *self, JsonNode *history);
void stoker_job_event_free (StokerJobEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerJobEvent, stoker_job_event_free)

G_END_DECLS
