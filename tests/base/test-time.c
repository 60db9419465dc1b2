/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-time.h"

#define SECOND G_GINT64_CONSTANT (1000000)

/* 2026-11-21T05:24:00Z, worked out with date(1). */
#define INSTANT (G_GINT64_CONSTANT (1795238640) * SECOND)

static void
test_parse (void)
{
  g_assert_cmpint (stoker_time_parse ("2026-11-21T05:24:00Z"), ==, INSTANT);
  g_assert_cmpint (stoker_time_parse ("2026-11-21T06:24:00+01:00"), ==, INSTANT);
  g_assert_cmpint (stoker_time_parse ("2026-11-21T05:24:00"), ==, INSTANT);
  g_assert_cmpint (stoker_time_parse ("2026-11-21T05:24:00.123456Z"), ==, INSTANT + 123456);
  g_assert_cmpint (stoker_time_parse ("2026-11-21T05:24:00.123456789Z"), ==, INSTANT + 123456);
  g_assert_cmpint (stoker_time_parse ("2026-11-21T05:24:00.5+00:00"), ==, INSTANT + 500000);
  g_assert_cmpint (stoker_time_parse ("2026-11-21"), ==, INSTANT - (5 * 3600 + 24 * 60) * SECOND);
}

static void
test_parse_refuses (void)
{
  static const char *const cases[] = {
    NULL, "", "tomorrow", "2026-13-01T00:00:00Z", "2026-02-30", "05:24", "2026-11-21T25:00:00Z"
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (stoker_time_parse (cases[i]), ==, 0);
}

static void
test_format_round_trips (void)
{
  const gint64 cases[] = { INSTANT, INSTANT + 1, INSTANT + 999999, INSTANT + 123456, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = stoker_time_format_iso (cases[i]);

      g_assert_cmpint (stoker_time_parse (text), ==, cases[i]);
    }
}

static void
test_format (void)
{
  g_autofree char *whole = stoker_time_format_iso (INSTANT);
  g_autofree char *fraction = stoker_time_format_iso (INSTANT + 42);

  g_assert_cmpstr (whole, ==, "2026-11-21T05:24:00Z");
  g_assert_cmpstr (fraction, ==, "2026-11-21T05:24:00.000042Z");
  g_assert_null (stoker_time_format_iso (0));
}

static void
test_date (void)
{
  static const char *const wrong[] = { NULL,          "",           "2026-2-03",
                                       "2026-02-29",  "2026/02/03", "20260203",
                                       "2026-02-03T", "0000-01-01", " 2026-02-3" };
  gint64 time_us = 0;

  g_assert_true (stoker_date_parse ("1970-01-02", &time_us));
  g_assert_cmpint (time_us, ==, 86400 * SECOND);
  g_assert_true (stoker_date_parse ("2024-02-29", &time_us));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      time_us = 7;
      g_assert_false (stoker_date_parse (wrong[i], &time_us));
      g_assert_cmpint (time_us, ==, 7);
    }
}

static void
test_duration (void)
{
  static const struct
  {
    gint64 seconds;
    const char *expected;
  } cases[] = {
    { 0, "0 s" },          { 45, "45 s" },         { 60, "1 min" },  { 200, "3 min 20 s" },
    { 3600, "1 h" },       { 5400, "1 h 30 min" }, { 10830, "3 h" }, { 86400, "1 d" },
    { 187200, "2 d 4 h" }, { -1, "unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = stoker_duration_format (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_age (void)
{
  static const struct
  {
    gint64 seconds;
    const char *expected;
  } cases[] = {
    { 0, "just now" },
    { -30, "just now" },
    { 59, "just now" },
    { 300, "5 min ago" },
    { 7200, "2 h ago" },
    { 86400, "1 day ago" },
    { 3 * 86400, "3 days ago" },
    { 59 * 86400, "59 days ago" },
    { 61 * 86400, "2 months ago" },
    { 345 * 86400, "11 months ago" },
  };
  g_autofree char *unknown = stoker_age_format (0, INSTANT);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = stoker_age_format (INSTANT - cases[i].seconds * SECOND, INSTANT);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
  g_assert_cmpstr (unknown, ==, "age unknown");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/parse-refuses", test_parse_refuses);
  g_test_add_func ("/time/format-round-trips", test_format_round_trips);
  g_test_add_func ("/time/format", test_format);
  g_test_add_func ("/time/date", test_date);
  g_test_add_func ("/time/duration", test_duration);
  g_test_add_func ("/time/age", test_age);

  return g_test_run ();
}
