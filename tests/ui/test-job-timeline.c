/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-job-history.h"
#include "stoker-job-timeline.h"

#define SECOND_US ((gint64) G_USEC_PER_SEC)
#define MINUTE_US (60 * SECOND_US)
#define DAY_US (24 * 60 * MINUTE_US)
#define NOW_US (1000 * DAY_US + 12 * 60 * MINUTE_US)

static void
assert_text (char *text, const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

static void
note (StokerJob *job, StokerJobState state, gint64 at_us)
{
  stoker_job_set_state (job, state);
  stoker_job_note_state (job, at_us);
}

static void
add_attempt (StokerJob *job, int number, const char *provider_id, gint64 at_us)
{
  StokerAttempt *attempt = stoker_attempt_new (provider_id, "token");

  attempt->number = number;
  attempt->started_us = at_us;
  attempt->state = STOKER_JOB_RUNNING;
  stoker_job_add_attempt (job, attempt);
}

static void
assert_row (GPtrArray *rows, guint index, gboolean is_attempt, StokerJobState state, gint64 seconds)
{
  const StokerTimelineRow *row = NULL;

  g_assert_cmpuint (index, <, rows->len);
  row = g_ptr_array_index (rows, index);
  g_assert_cmpint (row->is_attempt, ==, is_attempt);
  g_assert_cmpint (row->state, ==, state);
  g_assert_cmpint (row->seconds, ==, seconds);
}

static void
test_tries_and_steps (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("a", "A", "first");
  g_autoptr (GPtrArray) rows = NULL;
  StokerAttempt *first = NULL;

  note (job, STOKER_JOB_WAITING, NOW_US);
  add_attempt (job, 1, "first", NOW_US + 10 * SECOND_US);
  note (job, STOKER_JOB_RUNNING, NOW_US + 10 * SECOND_US);
  stoker_job_set_message (job, "no credit", STOKER_ERROR_QUOTA);
  note (job, STOKER_JOB_FAILED, NOW_US + 40 * SECOND_US);
  first = stoker_job_get_current_attempt (job);
  first->state = STOKER_JOB_FAILED;
  first->ended_us = NOW_US + 40 * SECOND_US;
  add_attempt (job, 2, "second", NOW_US + 50 * SECOND_US);
  note (job, STOKER_JOB_RUNNING, NOW_US + 50 * SECOND_US);

  rows = stoker_job_timeline (job, NOW_US + 70 * SECOND_US);
  g_assert_cmpuint (rows->len, ==, 6);
  assert_row (rows, 0, FALSE, STOKER_JOB_WAITING, 10);
  assert_row (rows, 1, TRUE, STOKER_JOB_FAILED, 30);
  assert_row (rows, 2, FALSE, STOKER_JOB_RUNNING, 30);
  assert_row (rows, 3, FALSE, STOKER_JOB_FAILED, 10);
  assert_row (rows, 4, TRUE, STOKER_JOB_RUNNING, 20);
  assert_row (rows, 5, FALSE, STOKER_JOB_RUNNING, 20);
  g_assert_cmpstr (((StokerTimelineRow *) rows->pdata[3])->message, ==, "no credit");
  g_assert_cmpstr (((StokerTimelineRow *) rows->pdata[4])->provider_id, ==, "second");
}

/* A job from before its steps were noted. */
static void
test_without_steps (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("a", "A", "first");
  g_autoptr (GPtrArray) rows = NULL;

  stoker_job_set_state (job, STOKER_JOB_SUCCEEDED);
  stoker_job_set_times (job, NOW_US, NOW_US + 5 * SECOND_US, NOW_US + 65 * SECOND_US);
  rows = stoker_job_timeline (job, NOW_US + DAY_US);
  g_assert_cmpuint (rows->len, ==, 3);
  assert_row (rows, 0, FALSE, STOKER_JOB_WAITING, -1);
  assert_row (rows, 1, FALSE, STOKER_JOB_RUNNING, 60);
  assert_row (rows, 2, FALSE, STOKER_JOB_SUCCEEDED, -1);
}

static gint64
estimate_left (StokerJob *job, double progress, gint64 elapsed_s)
{
  stoker_job_set_progress (job, progress);
  return stoker_job_estimate_left (job, NOW_US + elapsed_s * SECOND_US);
}

static void
test_left (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("a", "A", "first");

  stoker_job_set_times (job, NOW_US, NOW_US, 0);
  stoker_job_set_state (job, STOKER_JOB_RUNNING);
  g_assert_cmpint (estimate_left (job, 0.25, 60), ==, 180);
  g_assert_cmpint (estimate_left (job, 0.5, 60), ==, 60);
  /* Too early, not told, or over. */
  g_assert_cmpint (estimate_left (job, 0.01, 60), ==, -1);
  g_assert_cmpint (estimate_left (job, -1, 60), ==, -1);
  g_assert_cmpint (estimate_left (job, 1, 60), ==, -1);
  g_assert_cmpint (estimate_left (job, 0.5, -5), ==, -1);
  stoker_job_set_state (job, STOKER_JOB_FAILED);
  g_assert_cmpint (estimate_left (job, 0.5, 60), ==, -1);
}

static void
test_phrases_of_what_is_left (void)
{
  assert_text (stoker_phrase_job_left (-1), "");
  assert_text (stoker_phrase_job_left (4), "some seconds left");
  assert_text (stoker_phrase_job_left (43), "about 40 s left");
  assert_text (stoker_phrase_job_left (180), "about 3 min left");
  assert_text (stoker_phrase_job_left (200), "about 3 min left");
}

static void
test_clock (void)
{
  assert_text (stoker_phrase_clock (0, NOW_US), "");
  assert_text (stoker_phrase_clock (NOW_US - 61 * SECOND_US, NOW_US), "11:58:59");
  assert_text (stoker_phrase_clock (NOW_US - DAY_US, NOW_US), "26 Sep, 12:00");
}

static void
test_next_step (void)
{
  g_assert_null (stoker_phrase_next_step (STOKER_JOB_SUCCEEDED, -1));
  g_assert_null (stoker_phrase_next_step (STOKER_JOB_CANCELLED, STOKER_ERROR_AUTH));
  g_assert_null (stoker_phrase_next_step (STOKER_JOB_WAITING, -1));
  g_assert_nonnull (stoker_phrase_next_step (STOKER_JOB_FAILED, -1));
  g_assert_nonnull (stoker_phrase_next_step (STOKER_JOB_LOST, -1));
  g_assert_nonnull (strstr (stoker_phrase_next_step (STOKER_JOB_FAILED, STOKER_ERROR_AUTH), "key"));
  g_assert_nonnull (
    strstr (stoker_phrase_next_step (STOKER_JOB_FAILED, STOKER_ERROR_QUOTA), "account"));
  g_assert_nonnull (
    strstr (stoker_phrase_next_step (STOKER_JOB_WAITING, STOKER_ERROR_UNAVAILABLE), "elsewhere"));
}

static void
test_when_to_try_again (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("a", "A", "first");

  stoker_job_set_state (job, STOKER_JOB_WAITING);
  stoker_job_set_message (job, "too many requests", STOKER_ERROR_RATE_LIMITED);
  stoker_job_set_retry_at (job, NOW_US + 5 * 60 * SECOND_US);
  assert_text (stoker_phrase_job_next_step (job, NOW_US),
               "Wait until 12:05: Stoker tries again by itself then.");
  stoker_job_set_state (job, STOKER_JOB_FAILED);
  assert_text (stoker_phrase_job_next_step (job, NOW_US),
               "Wait until 12:05, then retry it; or retry it elsewhere now.");
  /* It is over, nobody told, or something else is wrong. */
  assert_text (stoker_phrase_job_next_step (job, NOW_US + DAY_US),
               "Wait a little, then retry it here or elsewhere.");
  stoker_job_set_message (job, "the key is wrong", STOKER_ERROR_AUTH);
  g_assert_cmpint (stoker_job_get_retry_at (job), ==, 0);
  stoker_job_set_retry_at (job, NOW_US + 5 * 60 * SECOND_US);
  assert_text (stoker_phrase_job_next_step (job, NOW_US),
               stoker_phrase_next_step (STOKER_JOB_FAILED, STOKER_ERROR_AUTH));
  stoker_job_set_state (job, STOKER_JOB_SUCCEEDED);
  g_assert_null (stoker_phrase_job_next_step (job, NOW_US));
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/job-timeline/tries-and-steps", test_tries_and_steps);
  g_test_add_func ("/job-timeline/without-steps", test_without_steps);
  g_test_add_func ("/job-timeline/left", test_left);
  g_test_add_func ("/job-timeline/phrases-of-what-is-left", test_phrases_of_what_is_left);
  g_test_add_func ("/job-timeline/clock", test_clock);
  g_test_add_func ("/job-timeline/next-step", test_next_step);
  g_test_add_func ("/job-timeline/when-to-try-again", test_when_to_try_again);
  return g_test_run ();
}
