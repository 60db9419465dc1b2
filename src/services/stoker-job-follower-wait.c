/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-follower-private.h"

#include "stoker-error.h"

#define LONGEST_BACK_OFF_S 60
/* A backend may ask for a longer pause, but not for any. */
#define LONGEST_TOLD_WAIT_S 3600

/* Whether it may go away by itself, so that the step is worth repeating. */
gboolean
stoker_job_follower_is_passing_trouble (const GError *error)
{
  return g_error_matches (error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE) ||
         g_error_matches (error, STOKER_ERROR, STOKER_ERROR_UNCERTAIN) ||
         g_error_matches (error, STOKER_ERROR, STOKER_ERROR_RATE_LIMITED) ||
         g_error_matches (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL);
}

/* Later and later, and not before the backend wants it. */
static gint64
choose_back_off_s (StokerJobFollower *self, const GError *error)
{
  gint64 wait_s = MIN (LONGEST_BACK_OFF_S, G_GINT64_CONSTANT (1) << MIN (self->failures, 10));

  wait_s = MAX (wait_s, self->least_interval_s);
  return error != NULL ? MAX (wait_s, MIN (stoker_error_get_wait (error), LONGEST_TOLD_WAIT_S))
                       : wait_s;
}

/* After trouble that may pass: say what it is and when it is tried again. */
void
stoker_job_follower_back_off (StokerJobFollower *self, const GError *error)
{
  gint64 wait_us = choose_back_off_s (self, error) * G_USEC_PER_SEC;

  /* Nobody needs it any more. */
  if (self->is_confirmed)
    return;
  self->failures++;
  self->due_us = g_get_monotonic_time () + wait_us;
  if (error == NULL)
    return;
  if (self->is_ending)
    stoker_job_follower_say_unreleased (self, error);
  else
    stoker_job_set_message (self->job, error->message, error->code);
  stoker_job_set_retry_at (self->job, g_get_real_time () + wait_us);
}
