/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-running-cost.h"

#include "stoker-rate-private.h"

#define SECONDS_PER_HOUR 3600
#define REHEARSAL_CAPABILITY "rehearsal"

static gboolean
is_rehearsal (const StokerProfile *profile)
{
  return profile->capabilities != NULL &&
         g_strv_contains ((const char *const *) profile->capabilities, REHEARSAL_CAPABILITY);
}

/**
 * stoker_provider_sends_bills:
 * @workspace: the workspace
 * @provider_id: id of a provider, registered or not
 *
 * Returns: %FALSE when nobody sends a bill for what runs there: it is one's own machine, or
 * make-believe
 */
gboolean
stoker_provider_sends_bills (StokerWorkspace *workspace, const char *provider_id)
{
  StokerProvider *provider = stoker_workspace_lookup_provider (workspace, provider_id);
  StokerProfile *profile = provider != NULL ? stoker_workspace_get_profile (workspace, provider)
                                            : NULL;

  return profile == NULL || (profile->kind != STOKER_KIND_LOCAL && !is_rehearsal (profile));
}

/**
 * stoker_job_get_hourly_cost:
 * @job: a job
 *
 * Returns: what an hour of it costs by the price it was sent at; unknown when it is not priced by
 * time, or nobody knows the price
 */
StokerMoney
stoker_job_get_hourly_cost (StokerJob *job)
{
  StokerRate rate;

  if (!stoker_rate_read (&rate, job))
    return stoker_money_unknown ();
  return stoker_money_scale (rate.price, SECONDS_PER_HOUR, rate.unit_s);
}

/* In a queue nothing is billed; from the moment a machine is got ready it may be. */
static gboolean
has_machine (StokerJobState state)
{
  return state == STOKER_JOB_PROVISIONING || state == STOKER_JOB_RUNNING;
}

/**
 * stoker_running_cost_add:
 * @self: what runs; all zeros at first
 * @job: a job in any state
 * @is_billed: whether somebody sends a bill for it
 *
 * Counts the job in when it waits or runs.
 */
void
stoker_running_cost_add (StokerRunningCost *self, StokerJob *job, gboolean is_billed)
{
  StokerJobState state = stoker_job_get_state (job);

  if (stoker_job_state_is_final (state) || stoker_job_get_dry_run (job))
    return;
  if (state == STOKER_JOB_WAITING)
    {
      self->n_waiting++;
      return;
    }
  self->n_running++;
  if (has_machine (state) && is_billed)
    stoker_sum_add (&self->per_hour, stoker_job_get_hourly_cost (job));
}
