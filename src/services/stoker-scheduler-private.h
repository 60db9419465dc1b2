/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_SCHEDULER (stoker_scheduler_get_type ())

/**
 * StokerScheduler:
 *
 * Sends the waiting jobs, in the order of their places in the queue, and follows the others: one
 * process at a time, by a lock in the state folder; a limit a provider; one wake-up for whatever
 * is due next. While the queue is paused nothing that waits is sent. Property `has-lock`. Belongs
 * to its workspace, which outlives it.
 */
G_DECLARE_FINAL_TYPE (StokerScheduler, stoker_scheduler, STOKER, SCHEDULER, GObject)

StokerScheduler *stoker_scheduler_new (StokerWorkspace *workspace);
void stoker_scheduler_start (StokerScheduler *self);
void stoker_scheduler_stop (StokerScheduler *self);
void stoker_scheduler_wake (StokerScheduler *self);
void stoker_scheduler_follow_job (StokerScheduler *self, StokerJob *job);
void stoker_scheduler_sort_queue (StokerScheduler *self);
void stoker_scheduler_cancel_job (StokerScheduler *self, StokerJob *job);
void stoker_scheduler_confirm_ended (StokerScheduler *self, StokerJob *job);
gboolean stoker_scheduler_get_has_lock (StokerScheduler *self);

G_END_DECLS
