/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-column.h"

#include "stoker-job-order.h"
#include "stoker-job-phrases.h"
#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-queue-places.h"

#include <glib/gi18n-lib.h>

static char *
tell_started (StokerJob *job)
{
  gint64 started_us = stoker_job_get_started (job);
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) started = NULL;

  if (started_us == 0)
    return g_strdup (stoker_job_state_is_final (stoker_job_get_state (job)) ? _ ("never")
                                                                            : _ ("not yet"));
  now = g_date_time_new_now_local ();
  started = g_date_time_new_from_unix_local (started_us / G_USEC_PER_SEC);
  if (g_date_time_get_day_of_year (now) == g_date_time_get_day_of_year (started) &&
      g_date_time_get_year (now) == g_date_time_get_year (started))
    return g_date_time_format (started, "%H:%M");
  if (g_date_time_get_year (now) == g_date_time_get_year (started))
    return g_date_time_format (started, _ ("%-e %b"));
  return g_date_time_format (started, _ ("%-e %b %Y"));
}

static char *
tell_provider (StokerWorkspace *workspace, StokerJob *job)
{
  const char *id = stoker_job_get_provider_id (job);

  return g_strdup (stoker_phrase_provider_of (workspace, id));
}

static char *
tell_elapsed (StokerJob *job)
{
  gint64 elapsed_s = stoker_job_elapsed_s (job, g_get_real_time ());

  if (elapsed_s < 0)
    return g_strdup ("");
  return stoker_phrase_duration (elapsed_s < 60 ? elapsed_s : elapsed_s - elapsed_s % 60);
}

/* Beside the bar there is room for the figure only. */
static char *
tell_progress (StokerJob *job)
{
  double progress = stoker_job_get_progress (job);

  if (stoker_job_state_is_final (stoker_job_get_state (job)))
    return g_strdup ("");
  return stoker_phrase_job_progress (progress, progress < 0 ? stoker_job_get_stage (job) : NULL);
}

/**
 * stoker_job_column_is_number:
 * @column: a column
 *
 * Returns: whether it holds figures, which stand one below the other
 */
gboolean
stoker_job_column_is_number (StokerJobColumn column)
{
  return column == STOKER_JOB_COLUMN_ELAPSED || column == STOKER_JOB_COLUMN_COST ||
         column == STOKER_JOB_COLUMN_STARTED;
}

/**
 * stoker_job_column_tell:
 * @column: a column
 * @workspace: the workspace, which knows the names of providers
 * @job: a job
 *
 * Returns: (transfer full) (nullable): what the column says of the job
 */
char *
stoker_job_column_tell (StokerJobColumn column, StokerWorkspace *workspace, StokerJob *job)
{
  switch (column)
    {
    case STOKER_JOB_COLUMN_STATE:
      return stoker_phrase_job_place (stoker_job_get_state (job),
                                      stoker_queue_places_lookup (stoker_queue_places_of (
                                                                    workspace),
                                                                  job));
    case STOKER_JOB_COLUMN_NAME:
      return g_strdup (stoker_job_get_name (job));
    case STOKER_JOB_COLUMN_PROVIDER:
      return tell_provider (workspace, job);
    case STOKER_JOB_COLUMN_GPU:
      return g_strdup (stoker_job_get_gpu (job));
    case STOKER_JOB_COLUMN_PROGRESS:
      return tell_progress (job);
    case STOKER_JOB_COLUMN_ELAPSED:
      return tell_elapsed (job);
    case STOKER_JOB_COLUMN_COST:
      return stoker_phrase_cost_of_job (job);
    case STOKER_JOB_COLUMN_STARTED:
      return tell_started (job);
    case STOKER_JOB_COLUMN_GROUP:
    case STOKER_N_JOB_COLUMNS:
    default:
      return NULL;
    }
}

static char *
explain_started (StokerJob *job)
{
  gint64 started_us = stoker_job_get_started (job);
  g_autoptr (GDateTime) started = NULL;

  if (started_us == 0)
    return NULL;
  started = g_date_time_new_from_unix_local (started_us / G_USEC_PER_SEC);
  return g_date_time_format (started, _ ("%-e %b %Y, %H:%M:%S"));
}

static char *
explain_elapsed (StokerJob *job)
{
  gint64 elapsed_s = stoker_job_elapsed_s (job, g_get_real_time ());

  return elapsed_s >= 0 ? stoker_phrase_duration (elapsed_s) : NULL;
}

/**
 * stoker_job_column_explain:
 * @column: a column
 * @job: a job
 *
 * Returns: (transfer full) (nullable): what stoker_job_column_tell() rounds or leaves out for want
 * of room
 */
char *
stoker_job_column_explain (StokerJobColumn column, StokerJob *job)
{
  switch ((int) column)
    {
    case STOKER_JOB_COLUMN_ELAPSED:
      return explain_elapsed (job);
    case STOKER_JOB_COLUMN_STARTED:
      return explain_started (job);
    default:
      return NULL;
    }
}
