/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-wait-phrases.h"

#include "stoker-error.h"
#include "stoker-phrases.h"

/* 2026-09-27 12:00:00 UTC */
#define NOW_US G_GINT64_CONSTANT (1790510400000000)
#define SECOND_US ((gint64) G_USEC_PER_SEC)
#define HOUR_US (60 * 60 * SECOND_US)

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_clock (void)
{
  assert_text (stoker_phrase_clock_ahead (NOW_US + 5 * 60 * SECOND_US, NOW_US), "12:05");
  assert_text (stoker_phrase_clock_ahead (NOW_US + 30 * SECOND_US, NOW_US), "12:00:30");
  assert_text (stoker_phrase_clock_ahead (NOW_US + 30 * SECOND_US + 1, NOW_US), "12:00:31");
  assert_text (stoker_phrase_clock_ahead (NOW_US + 13 * HOUR_US, NOW_US), "28 Sep, 01:00");
  assert_text (stoker_phrase_clock_ahead (NOW_US + 365 * 24 * HOUR_US, NOW_US), "27 Sep, 12:00");
  g_assert_null (stoker_phrase_clock_ahead (NOW_US, NOW_US));
  g_assert_null (stoker_phrase_clock_ahead (0, NOW_US));
}

static void
test_error (void)
{
  g_autoptr (GError)
    error = g_error_new_literal (STOKER_ERROR, STOKER_ERROR_RATE_LIMITED, "too many requests");

  assert_text (stoker_phrase_error (error, NOW_US), "Too many requests");
  stoker_error_set_wait (error, 600);
  assert_text (stoker_phrase_error (error, NOW_US),
               "Too many requests. Wait until 12:10, then try again.");
}

static void
test_health (void)
{
  g_autoptr (GError)
    error = g_error_new_literal (STOKER_ERROR, STOKER_ERROR_RATE_LIMITED, "too many requests");
  g_autoptr (StokerHealth) untold = stoker_health_new_error (error, NOW_US);
  g_autoptr (StokerHealth) told = NULL;

  assert_text (stoker_phrase_health (untold), "Too many requests");
  stoker_error_set_wait (error, 600);
  told = stoker_health_new_error (error, NOW_US);
  assert_text (stoker_phrase_health (told), "Too many requests, wait until 12:10");
  g_assert_cmpstr (stoker_phrase_health_class (told), ==, "warning");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wait-phrases/clock", test_clock);
  g_test_add_func ("/wait-phrases/error", test_error);
  g_test_add_func ("/wait-phrases/health", test_health);
  return g_test_run ();
}
