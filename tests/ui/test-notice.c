/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-notice.h"

static void
test_states (void)
{
  static const struct
  {
    StokerJobState before;
    StokerJobState state;
    StokerNotice notice;
  } cases[] = {
    { STOKER_JOB_WAITING, STOKER_JOB_RUNNING, STOKER_NOTICE_NONE },
    { STOKER_JOB_FETCHING, STOKER_JOB_SUCCEEDED, STOKER_NOTICE_FINISHED },
    { STOKER_JOB_RUNNING, STOKER_JOB_FAILED, STOKER_NOTICE_FAILED },
    { STOKER_JOB_SUBMITTING, STOKER_JOB_LOST, STOKER_NOTICE_FAILED },
    { STOKER_JOB_RUNNING, STOKER_JOB_CANCELLED, STOKER_NOTICE_NONE },
    { STOKER_JOB_FAILED, STOKER_JOB_WAITING, STOKER_NOTICE_NONE },
    { STOKER_JOB_FAILED, STOKER_JOB_FAILED, STOKER_NOTICE_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (stoker_notice_of_state (cases[i].before, cases[i].state), ==, cases[i].notice);
}

static void
test_trouble (void)
{
  static const struct
  {
    int before;
    int code;
    StokerJobState state;
    StokerNotice notice;
  } cases[] = {
    { -1, STOKER_ERROR_AUTH, STOKER_JOB_RUNNING, STOKER_NOTICE_ATTENTION },
    { -1, STOKER_ERROR_HELD, STOKER_JOB_WAITING, STOKER_NOTICE_ATTENTION },
    { STOKER_ERROR_UNAVAILABLE, STOKER_ERROR_QUOTA, STOKER_JOB_QUEUED, STOKER_NOTICE_ATTENTION },
    { STOKER_ERROR_AUTH, STOKER_ERROR_AUTH, STOKER_JOB_RUNNING, STOKER_NOTICE_NONE },
    { -1, STOKER_ERROR_UNAVAILABLE, STOKER_JOB_RUNNING, STOKER_NOTICE_NONE },
    { STOKER_ERROR_AUTH, -1, STOKER_JOB_RUNNING, STOKER_NOTICE_NONE },
    { -1, STOKER_ERROR_AUTH, STOKER_JOB_FAILED, STOKER_NOTICE_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (stoker_notice_of_trouble (cases[i].before, cases[i].code, cases[i].state), ==,
                     cases[i].notice);
}

static StokerHealth *
make_health (int code)
{
  g_autoptr (GError) error = g_error_new (STOKER_ERROR, code, "no");

  return stoker_health_new_error (error, 1);
}

static void
test_health (void)
{
  g_autoptr (StokerHealth) good = stoker_health_new (TRUE, 1, NULL);
  g_autoptr (StokerHealth) rejected = make_health (STOKER_ERROR_AUTH);
  g_autoptr (StokerHealth) again = make_health (STOKER_ERROR_AUTH);
  g_autoptr (StokerHealth) away = make_health (STOKER_ERROR_UNAVAILABLE);
  g_autoptr (StokerHealth) away_still = make_health (STOKER_ERROR_UNAVAILABLE);
  g_autoptr (StokerHealth) broken = make_health (STOKER_ERROR_PROTOCOL);
  g_autoptr (StokerHealth) busy = make_health (STOKER_ERROR_RATE_LIMITED);

  g_assert_cmpint (stoker_notice_of_health (good, rejected), ==, STOKER_NOTICE_ATTENTION);
  g_assert_cmpint (stoker_notice_of_health (NULL, rejected), ==, STOKER_NOTICE_ATTENTION);
  g_assert_cmpint (stoker_notice_of_health (rejected, again), ==, STOKER_NOTICE_NONE);
  g_assert_cmpint (stoker_notice_of_health (rejected, good), ==, STOKER_NOTICE_NONE);
  /* An outage is told when it begins, and not again while it goes on or when it is over. */
  g_assert_cmpint (stoker_notice_of_health (good, away), ==, STOKER_NOTICE_OUTAGE);
  g_assert_cmpint (stoker_notice_of_health (NULL, broken), ==, STOKER_NOTICE_OUTAGE);
  g_assert_cmpint (stoker_notice_of_health (away, away_still), ==, STOKER_NOTICE_NONE);
  g_assert_cmpint (stoker_notice_of_health (away, broken), ==, STOKER_NOTICE_NONE);
  g_assert_cmpint (stoker_notice_of_health (rejected, away), ==, STOKER_NOTICE_NONE);
  g_assert_cmpint (stoker_notice_of_health (away, good), ==, STOKER_NOTICE_NONE);
  g_assert_cmpint (stoker_notice_of_health (good, busy), ==, STOKER_NOTICE_NONE);
  g_assert_cmpint (stoker_notice_of_health (away, rejected), ==, STOKER_NOTICE_ATTENTION);
  g_assert_cmpint (stoker_notice_of_health (good, NULL), ==, STOKER_NOTICE_NONE);
}

static void
test_quiet_hours (void)
{
  StokerNoticeRules night = { .has_quiet_hours = TRUE, .quiet_from = 1320, .quiet_to = 480 };
  StokerNoticeRules noon = { .has_quiet_hours = TRUE, .quiet_from = 720, .quiet_to = 780 };
  StokerNoticeRules never = { .has_quiet_hours = TRUE, .quiet_from = 600, .quiet_to = 600 };
  StokerNoticeRules off = { .quiet_from = 0, .quiet_to = 1439 };

  g_assert_true (stoker_notice_is_quiet (&night, 1320));
  g_assert_true (stoker_notice_is_quiet (&night, 1439));
  g_assert_true (stoker_notice_is_quiet (&night, 0));
  g_assert_true (stoker_notice_is_quiet (&night, 479));
  g_assert_false (stoker_notice_is_quiet (&night, 480));
  g_assert_false (stoker_notice_is_quiet (&night, 1319));
  g_assert_false (stoker_notice_is_quiet (&noon, 719));
  g_assert_true (stoker_notice_is_quiet (&noon, 720));
  g_assert_false (stoker_notice_is_quiet (&noon, 780));
  g_assert_false (stoker_notice_is_quiet (&never, 600));
  g_assert_false (stoker_notice_is_quiet (&off, 700));
}

static void
test_wanted (void)
{
  StokerNoticeRules all = { .finished = TRUE, .failed = TRUE, .attention = TRUE };
  StokerNoticeRules only_failed = { .failed = TRUE };
  StokerNoticeRules asleep = {
    .finished = TRUE, .has_quiet_hours = TRUE, .quiet_from = 1320, .quiet_to = 480
  };

  g_assert_true (stoker_notice_is_wanted (STOKER_NOTICE_FINISHED, &all, 600, FALSE));
  g_assert_true (stoker_notice_is_wanted (STOKER_NOTICE_FAILED, &all, 600, FALSE));
  g_assert_true (stoker_notice_is_wanted (STOKER_NOTICE_ATTENTION, &all, 600, FALSE));
  g_assert_false (stoker_notice_is_wanted (STOKER_NOTICE_NONE, &all, 600, FALSE));
  g_assert_false (stoker_notice_is_wanted (STOKER_NOTICE_FAILED, &all, 600, TRUE));
  g_assert_false (stoker_notice_is_wanted (STOKER_NOTICE_FINISHED, &only_failed, 600, FALSE));
  g_assert_true (stoker_notice_is_wanted (STOKER_NOTICE_FAILED, &only_failed, 600, FALSE));
  g_assert_false (stoker_notice_is_wanted (STOKER_NOTICE_FINISHED, &asleep, 10, FALSE));
  g_assert_true (stoker_notice_is_wanted (STOKER_NOTICE_FINISHED, &asleep, 600, FALSE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice/states", test_states);
  g_test_add_func ("/notice/trouble", test_trouble);
  g_test_add_func ("/notice/health", test_health);
  g_test_add_func ("/notice/quiet-hours", test_quiet_hours);
  g_test_add_func ("/notice/wanted", test_wanted);
  return g_test_run ();
}
