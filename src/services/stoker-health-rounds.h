/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-health.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_HEALTH_ROUNDS (stoker_health_rounds_get_type ())

/* Asks each provider now and then whether it is there, so that advice knows. Belongs to the
 * scheduler; reads no clock but in its timer. */
G_DECLARE_FINAL_TYPE (StokerHealthRounds, stoker_health_rounds, STOKER, HEALTH_ROUNDS, GObject)

StokerHealthRounds *stoker_health_rounds_new (StokerWorkspace *workspace);
void stoker_health_rounds_set_monitor (StokerHealthRounds *self, GNetworkMonitor *monitor);
void stoker_health_rounds_start (StokerHealthRounds *self);
void stoker_health_rounds_stop (StokerHealthRounds *self);
void stoker_health_rounds_run (StokerHealthRounds *self, gint64 now_us);
gint64 stoker_health_rounds_choose_pause (guint n_failures, gint64 interval_us, double chance);

G_END_DECLS
