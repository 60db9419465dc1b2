/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-column.h"

#define MINUTE_US ((gint64) 60 * G_USEC_PER_SEC)
/* "12 h 10 min" has room in its column, and "20 Nov 2025". */
#define ROOM 11

static StokerJob *
make_job (gint64 began_us, gint64 took_us)
{
  StokerJob *job = stoker_job_new ("a", "A", "first");

  stoker_job_set_times (job, began_us, began_us, began_us + took_us);
  stoker_job_set_state (job, STOKER_JOB_SUCCEEDED);
  return job;
}

static void
test_elapsed (void)
{
  static const struct
  {
    gint64 took_us;
    const char *told;
    const char *exactly;
  } cases[] = {
    { 4 * G_USEC_PER_SEC, "4 s", "4 s" },
    { 25 * MINUTE_US + 43 * G_USEC_PER_SEC, "25 min", "25 min 43 s" },
    { 730 * MINUTE_US + 9 * G_USEC_PER_SEC, "12 h 10 min", "12 h 10 min" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StokerJob) job = make_job (G_USEC_PER_SEC, cases[i].took_us);
      g_autofree char *told = stoker_job_column_tell (STOKER_JOB_COLUMN_ELAPSED, NULL, job);
      g_autofree char *exactly = stoker_job_column_explain (STOKER_JOB_COLUMN_ELAPSED, job);

      g_assert_cmpstr (told, ==, cases[i].told);
      g_assert_cmpstr (exactly, ==, cases[i].exactly);
    }
}

/* What is told of any day is short, and the whole of it can be had. */
static void
test_started (void)
{
  gint64 now_us = g_get_real_time ();
  gint64 day_us = 24 * 60 * MINUTE_US;

  for (int days = 0; days < 800; days += 7)
    {
      g_autoptr (StokerJob) job = make_job (now_us - days * day_us, 0);
      g_autofree char *told = stoker_job_column_tell (STOKER_JOB_COLUMN_STARTED, NULL, job);
      g_autofree char *exactly = stoker_job_column_explain (STOKER_JOB_COLUMN_STARTED, job);

      g_assert_cmpint (g_utf8_strlen (told, -1), <=, ROOM);
      g_assert_cmpint (g_utf8_strlen (exactly, -1), >, ROOM);
    }
}

static void
test_not_started (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("a", "A", "first");
  g_autofree char *told = stoker_job_column_tell (STOKER_JOB_COLUMN_STARTED, NULL, job);
  g_autofree char *exactly = stoker_job_column_explain (STOKER_JOB_COLUMN_STARTED, job);

  g_assert_cmpstr (told, ==, "not yet");
  g_assert_null (exactly);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/job-column/elapsed", test_elapsed);
  g_test_add_func ("/ui/job-column/started", test_started);
  g_test_add_func ("/ui/job-column/not-started", test_not_started);
  return g_test_run ();
}
