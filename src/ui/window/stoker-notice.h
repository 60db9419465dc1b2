/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "stoker-health.h"
#include "stoker-job.h"

G_BEGIN_DECLS

/* What people are told of on their desktop, and when. Pure: no bus, no clock, no display. */

typedef enum {
  STOKER_NOTICE_NONE,
  STOKER_NOTICE_FINISHED,
  STOKER_NOTICE_FAILED,
  STOKER_NOTICE_ATTENTION,
  STOKER_NOTICE_OUTAGE,
} StokerNotice;

/* What the user wants to hear. Minutes are of the local day. */
typedef struct
{
  gboolean finished;
  gboolean failed;
  gboolean attention;
  gboolean has_quiet_hours;
  int quiet_from;
  int quiet_to;
} StokerNoticeRules;

void stoker_notice_rules_init (StokerNoticeRules *self, GSettings *settings);
StokerNotice stoker_notice_of_state (StokerJobState before, StokerJobState state);
StokerNotice stoker_notice_of_trouble (int code_before, int code, StokerJobState state);
StokerNotice stoker_notice_of_health (const StokerHealth *before, const StokerHealth *health);
gboolean stoker_notice_is_quiet (const StokerNoticeRules *rules, int minute);
gboolean stoker_notice_is_wanted (StokerNotice notice,
                                  const StokerNoticeRules *rules,
                                  int minute,
                                  gboolean is_window_active);

G_END_DECLS
