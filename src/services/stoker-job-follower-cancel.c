/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-follower-private.h"

#include <glib/gi18n-lib.h>

static void
forget_lateness (StokerJobFollower *self)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (self->job);

  if (!self->is_late)
    return;
  self->is_late = FALSE;
  stoker_attempt_note_end (attempt, NULL);
  stoker_job_follower_save (self);
}

/* Notes the wish to cancel, on disk too; carried out at the next step, or at once while the job
 * waits here. */
void
stoker_job_follower_cancel (StokerJobFollower *self)
{
  if (stoker_job_state_is_final (stoker_job_get_state (self->job)))
    return;
  if (stoker_job_get_state (self->job) == STOKER_JOB_WAITING && !self->is_busy)
    {
      stoker_job_follower_finish (self, STOKER_JOB_CANCELLED, _ ("cancelled before it was sent"),
                                  -1);
      return;
    }
  self->due_us = 0;
  /* It has ended already, and what is left is being given back; but it goes nowhere else. */
  if (self->is_ending)
    {
      forget_lateness (self);
      return;
    }
  self->is_late = FALSE;
  self->wants_cancel = TRUE;
  self->cannot_cancel = FALSE;
  stoker_job_set_stage (self->job, STOKER_CANCELLING_STAGE);
  stoker_job_follower_save (self);
}

/* It cannot be stopped there, and costs what it costs: it goes on to its end, and what it makes is
 * fetched. */
void
stoker_job_follower_give_up_cancelling (StokerJobFollower *self, const GError *error)
{
  self->wants_cancel = FALSE;
  self->is_late = FALSE;
  self->cannot_cancel = TRUE;
  self->failures = 0;
  self->due_us = 0;
  g_object_freeze_notify (G_OBJECT (self->job));
  stoker_job_set_stage (self->job, NULL);
  stoker_job_set_message (self->job, error->message, error->code);
  g_object_thaw_notify (G_OBJECT (self->job));
  stoker_job_follower_save (self);
}
