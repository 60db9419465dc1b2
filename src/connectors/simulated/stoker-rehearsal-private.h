/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-report.h"

G_BEGIN_DECLS

/* A mishap that can be rehearsed. */
typedef enum {
  STOKER_MISHAP_NONE,
  STOKER_MISHAP_NO_CAPACITY,
  STOKER_MISHAP_AUTH,
  STOKER_MISHAP_QUOTA,
  STOKER_MISHAP_RATE_LIMIT,
  STOKER_MISHAP_CRASH,
} StokerMishap;

/* All there is to a rehearsal. It lives in the job's handle alone, so nothing is lost when Stoker
 * ends. */
typedef struct
{
  char *token;
  gint64 submitted_us;
  gint64 cancelled_us; /* 0: not cancelled */
  gint64 seconds;      /* of its running */
  StokerMishap mishap;
} StokerRehearsal;

extern const char *const stoker_mishap_names[];

void stoker_rehearsal_free (StokerRehearsal *self);
StokerRehearsal *stoker_rehearsal_decode (JsonNode *handle, GError **error);
StokerJobReport *stoker_rehearsal_report (const StokerRehearsal *self, gint64 now_us);
GBytes *stoker_rehearsal_draw (const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerRehearsal, stoker_rehearsal_free)

G_END_DECLS
