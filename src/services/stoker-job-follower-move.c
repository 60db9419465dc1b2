/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-follower-private.h"

#include "stoker-error.h"
#include "stoker-fallback-private.h"
#include "stoker-job-history.h"

#include <glib/gi18n-lib.h>

/* The provider's trouble, which another one need not have. A bad request is bad everywhere; what
 * went wrong in the job itself would go wrong again and cost twice, and so would what is done and
 * only cannot be fetched. */
static gboolean
is_providers_trouble (int error_code)
{
  return error_code == STOKER_ERROR_UNAVAILABLE || error_code == STOKER_ERROR_QUOTA ||
         error_code == STOKER_ERROR_PROTOCOL;
}

/* What an attempt says that was ended for its deadline; it is known by it after a restart. */
const char *
stoker_job_follower_get_late_cause (void)
{
  return _ ("it was not done by its deadline");
}

/* Whether it is better to go elsewhere than to try again here. */
gboolean
stoker_job_follower_would_move (StokerJobFollower *self, const GError *error)
{
  return g_error_matches (error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE) && !self->wants_cancel &&
         stoker_fallback_has_next (self->workspace, self->job);
}

static gboolean
is_reason_to_move (StokerJobFollower *self, StokerJobState state, int error_code)
{
  if (stoker_job_get_current_attempt (self->job) == NULL ||
      stoker_job_get_state (self->job) == STOKER_JOB_FETCHING)
    return FALSE;
  if (state == STOKER_JOB_CANCELLED)
    return self->is_late;
  return state == STOKER_JOB_FAILED && !self->wants_cancel && is_providers_trouble (error_code);
}

/* A new provider is a new beginning. */
static void
forget_provider (StokerJobFollower *self)
{
  g_clear_pointer (&self->connection, stoker_connection_unref);
  self->due_us = 0;
  self->failures = 0;
  self->tries = 0;
  self->is_late = FALSE;
  self->wants_cancel = FALSE;
  self->cannot_cancel = FALSE;
  stoker_job_follower_read_target (self);
}

static void
wait_there (StokerJobFollower *self, const char *cause, int error_code)
{
  StokerJob *job = self->job;
  StokerMoney estimated = stoker_job_get_estimated (job);
  g_autoptr (StokerLedgerEntry) entry = NULL;

  stoker_job_set_message (job, cause, error_code);
  stoker_job_set_stage (job, NULL);
  stoker_job_set_progress (job, -1);
  stoker_job_set_times (job, stoker_job_get_created (job), 0, 0);
  stoker_job_set_state (job, STOKER_JOB_WAITING);
  stoker_job_note_state (job, g_get_real_time ());
  if (estimated.is_known)
    entry = stoker_ledger_entry_new (STOKER_LEDGER_ESTIMATED, stoker_job_get_id (job),
                                     stoker_job_get_provider_id (job), estimated);
  stoker_store_append_audit_async (stoker_workspace_get_store (self->workspace), "job.move",
                                   stoker_job_get_id (job), NULL, NULL, NULL, NULL);
  stoker_job_follower_save_with (self, entry);
}

/* Instead of the end: the attempt is over, with @cause, and the job waits for the next candidate of
 * its advice. */
gboolean
stoker_job_follower_move (StokerJobFollower *self,
                          StokerJobState state,
                          const char *cause,
                          int error_code)
{
  StokerAttempt *attempt = stoker_job_get_current_attempt (self->job);
  gboolean is_moved = FALSE;

  if (!is_reason_to_move (self, state, error_code))
    return FALSE;
  g_object_freeze_notify (G_OBJECT (self->job));
  is_moved = stoker_fallback_take_next (self->workspace, self->job);
  if (is_moved)
    {
      attempt->state = state;
      stoker_attempt_note_end (attempt, cause);
      forget_provider (self);
      wait_there (self, cause, -1);
    }
  g_object_thaw_notify (G_OBJECT (self->job));
  return is_moved;
}
