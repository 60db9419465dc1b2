/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-timeline.h"

#include "stoker-error.h"
#include "stoker-job-history.h"
#include "stoker-time.h"
#include "stoker-wait-phrases.h"

#include <glib/gi18n-lib.h>

/* From this part of the work on, its rate says something about the rest. */
#define FIRST_TELLING_PROGRESS 0.02

/**
 * stoker_timeline_row_free:
 * @self: (transfer full): a row
 */
void
stoker_timeline_row_free (StokerTimelineRow *self)
{
  g_free (self->provider_id);
  g_free (self->message);
  g_free (self);
}

static StokerTimelineRow *
add_row (GPtrArray *rows, int attempt, StokerJobState state, gint64 at_us, const char *message)
{
  StokerTimelineRow *row = g_new0 (StokerTimelineRow, 1);

  row->attempt = attempt;
  row->state = state;
  row->at_us = at_us;
  row->seconds = -1;
  row->message = g_strdup (message);
  row->amount = stoker_money_unknown ();
  g_ptr_array_add (rows, row);
  return row;
}

static gint64
get_span (gint64 from_us, gint64 until_us)
{
  return from_us > 0 && until_us >= from_us ? (until_us - from_us) / G_USEC_PER_SEC : -1;
}

static void
add_attempt (GPtrArray *rows, const StokerAttempt *attempt, gint64 now_us)
{
  StokerTimelineRow *row = add_row (rows, attempt->number, attempt->state, attempt->started_us,
                                    attempt->message);
  gboolean is_over = stoker_job_state_is_final (attempt->state);

  row->is_attempt = TRUE;
  row->provider_id = g_strdup (attempt->provider_id);
  row->amount = attempt->accrued;
  if (attempt->ended_us > 0)
    row->seconds = get_span (attempt->started_us, attempt->ended_us);
  else if (!is_over)
    row->seconds = get_span (attempt->started_us, now_us);
}

/* The steps of one try; before the first one, number 0. */
static void
add_events (GPtrArray *rows, GPtrArray *events, int attempt, gint64 now_us)
{
  for (guint i = 0; i < events->len; i++)
    {
      const StokerJobEvent *event = g_ptr_array_index (events, i);
      const StokerJobEvent *next = i + 1 < events->len ? g_ptr_array_index (events, i + 1) : NULL;
      StokerTimelineRow *row = NULL;

      if (event->attempt != attempt)
        continue;
      row = add_row (rows, attempt, event->state, event->at_us, event->message);
      if (next != NULL)
        row->seconds = get_span (event->at_us, next->at_us);
      else if (!stoker_job_state_is_final (event->state))
        row->seconds = get_span (event->at_us, now_us);
    }
}

/* Of a job from before its steps were noted, what its times tell. */
static void
add_times (GPtrArray *rows, StokerJob *job, gint64 now_us)
{
  StokerJobState state = stoker_job_get_state (job);
  gint64 started_us = stoker_job_get_started (job);
  gint64 ended_us = stoker_job_get_ended (job);

  if (stoker_job_get_created (job) > 0 && stoker_job_get_attempts (job)->len == 0)
    add_row (rows, 0, STOKER_JOB_WAITING, stoker_job_get_created (job), NULL);
  if (started_us > 0)
    {
      StokerTimelineRow *row = add_row (rows, 0, STOKER_JOB_RUNNING, started_us, NULL);

      row->seconds = get_span (started_us, ended_us > 0 ? ended_us : now_us);
    }
  if (stoker_job_state_is_final (state))
    add_row (rows, 0, state, ended_us, NULL);
}

/**
 * stoker_job_timeline:
 * @job: a job
 * @now_us: the present
 *
 * Works out what became of a job when, and how long each step took.
 *
 * Returns: (transfer full) (element-type StokerTimelineRow): the rows, oldest first; a try comes
 * before its steps
 */
GPtrArray *
stoker_job_timeline (StokerJob *job, gint64 now_us)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_timeline_row_free);
  g_autoptr (GPtrArray) events = stoker_job_list_events (job);
  GPtrArray *attempts = stoker_job_get_attempts (job);

  add_events (rows, events, 0, now_us);
  for (guint i = 0; i < attempts->len; i++)
    {
      add_attempt (rows, g_ptr_array_index (attempts, i), now_us);
      add_events (rows, events, (int) i + 1, now_us);
    }
  if (events->len == 0)
    add_times (rows, job, now_us);
  return rows;
}

/**
 * stoker_job_estimate_left:
 * @job: a job
 * @now_us: the present
 *
 * Works out how long a job still runs when the rest goes as what is done.
 *
 * Returns: seconds; -1 while that cannot be told
 */
gint64
stoker_job_estimate_left (StokerJob *job, gint64 now_us)
{
  double progress = stoker_job_get_progress (job);
  gint64 elapsed = get_span (stoker_job_get_started (job), now_us);

  if (stoker_job_get_state (job) != STOKER_JOB_RUNNING || progress < FIRST_TELLING_PROGRESS ||
      progress >= 1 || elapsed <= 0)
    return -1;
  return (gint64) ((double) elapsed * (1 - progress) / progress + 0.5);
}

/**
 * stoker_phrase_job_left:
 * @seconds: what stoker_job_estimate_left() told
 *
 * Returns: (transfer full): "about 4 min left"; an empty text when it cannot be told
 */
char *
stoker_phrase_job_left (gint64 seconds)
{
  g_autofree char *text = NULL;

  if (seconds < 0)
    return g_strdup ("");
  if (seconds < 10)
    return g_strdup (_ ("some seconds left"));
  /* Nobody can tell the second of something that far off. */
  text = stoker_duration_format (seconds < 60 ? (seconds + 5) / 10 * 10 : (seconds + 30) / 60 * 60);
  return g_strdup_printf (_ ("about %s left"), text);
}

/**
 * stoker_phrase_clock:
 * @at_us: an instant
 * @now_us: the present
 *
 * Returns: (transfer full): the time of the day, before today with the date; an empty text for 0
 */
char *
stoker_phrase_clock (gint64 at_us, gint64 now_us)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_us / G_USEC_PER_SEC);

  if (at_us == 0 || at == NULL || now == NULL)
    return g_strdup ("");
  if (g_date_time_get_day_of_year (at) == g_date_time_get_day_of_year (now) &&
      g_date_time_get_year (at) == g_date_time_get_year (now))
    return g_date_time_format (at, "%H:%M:%S");
  return g_date_time_format (at, "%e %b, %H:%M");
}

/**
 * stoker_phrase_next_step:
 * @state: where a job stands
 * @error_code: what went wrong, -1 nothing
 *
 * Returns: (transfer none) (nullable): what one can do about it, in one sentence
 */
const char *
stoker_phrase_next_step (StokerJobState state, int error_code)
{
  if (state == STOKER_JOB_LOST)
    return _ (
      "Look at the provider’s console whether it still runs, and end it there. Then retry.");
  if (state != STOKER_JOB_FAILED && state != STOKER_JOB_WAITING && state != STOKER_JOB_QUEUED)
    return NULL;
  switch (error_code)
    {
    case STOKER_ERROR_AUTH:
      return _ ("Change the key on the provider’s page, then retry.");
    case STOKER_ERROR_FORBIDDEN:
      return _ ("Give the key the permissions that the provider’s page lists, then retry.");
    case STOKER_ERROR_QUOTA:
      return _ ("Top up the account or raise its limit, then retry; or retry elsewhere.");
    case STOKER_ERROR_RATE_LIMITED:
      return state == STOKER_JOB_FAILED
               ? _ ("Wait a little, then retry it here or elsewhere.")
               : _ ("Wait a little; Stoker tries again by itself as long as the job waits.");
    case STOKER_ERROR_UNAVAILABLE:
      return _ ("Let it wait for a free machine, or retry it elsewhere.");
    case STOKER_ERROR_HELD:
      return _ ("Lift what holds it back, or retry elsewhere.");
    case STOKER_ERROR_CONFIG:
      return _ ("Mend the workload: duplicate the job as a new one and change it.");
    case STOKER_ERROR_STORAGE:
      return _ ("Make room on the disk, then retry.");
    case STOKER_ERROR_FAILED:
      return _ ("Read the end of the log for the reason, then retry here or elsewhere.");
    default:
      return state == STOKER_JOB_FAILED ? _ ("Retry it here or elsewhere.") : NULL;
    }
}

/**
 * stoker_phrase_job_next_step:
 * @job: a job
 * @now_us: the present
 *
 * Returns: (transfer full) (nullable): what one can do about what is wrong with it; when there were
 * too many requests, until when to wait
 */
char *
stoker_phrase_job_next_step (StokerJob *job, gint64 now_us)
{
  StokerJobState state = stoker_job_get_state (job);
  int code = stoker_job_get_error_code (job);
  g_autofree char *clock = stoker_phrase_clock_ahead (stoker_job_get_retry_at (job), now_us);

  if (clock == NULL || code != STOKER_ERROR_RATE_LIMITED)
    return g_strdup (stoker_phrase_next_step (state, code));
  if (stoker_job_state_is_final (state))
    return g_strdup_printf (_ ("Wait until %s, then retry it; or retry it elsewhere now."), clock);
  return g_strdup_printf (_ ("Wait until %s: Stoker tries again by itself then."), clock);
}
