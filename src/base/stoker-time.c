/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-time.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define MINUTE_S G_GINT64_CONSTANT (60)
#define HOUR_S (60 * MINUTE_S)
#define DAY_S (24 * HOUR_S)

static gint64
to_microseconds (GDateTime *time)
{
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

/* Takes ".123456789" out of the text: GDateTime reads it through a double and cuts off
 * microseconds. */
static gint64
split_fraction (char *text)
{
  char *point = strpbrk (text, ".,");
  gint64 microseconds = 0;
  gsize digits;

  if (point == NULL)
    return 0;

  digits = strspn (point + 1, "0123456789");
  for (gsize i = 0; i < 6; i++)
    microseconds = microseconds * 10 + (i < digits ? g_ascii_digit_value (point[1 + i]) : 0);
  if (digits > 0)
    memmove (point, point + 1 + digits, strlen (point + 1 + digits) + 1);

  return microseconds;
}

/**
 * stoker_time_parse:
 * @iso8601: (nullable): an instant such as `2026-11-21T05:24:00Z`, or a date; UTC unless it says
 *   otherwise
 *
 * Returns: the instant in microseconds since 1970 UTC, 0 when @iso8601 is none
 */
gint64
stoker_time_parse (const char *iso8601)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = g_strdup (iso8601);
  gint64 microseconds = 0;

  if (text == NULL)
    return 0;
  if (stoker_date_parse (text, &microseconds))
    return microseconds;

  microseconds = split_fraction (text);
  time = g_date_time_new_from_iso8601 (text, utc);
  if (time == NULL)
    return 0;

  return to_microseconds (time) + microseconds;
}

/**
 * stoker_time_format_iso:
 * @time_us: an instant
 *
 * Returns: (transfer full) (nullable): @time_us as ISO 8601 in UTC, with a fraction only when there
 * is one; %NULL for 0 ("not yet")
 */
char *
stoker_time_format_iso (gint64 time_us)
{
  g_autoptr (GDateTime) time = NULL;

  if (time_us == 0)
    return NULL;
  time = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  if (time == NULL)
    return NULL;
  if (time_us % G_USEC_PER_SEC > 0)
    {
      g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");

      return g_strdup_printf ("%s.%06dZ", seconds, (int) (time_us % G_USEC_PER_SEC));
    }

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
}

/**
 * stoker_date_parse:
 * @date: (nullable): a date in the form YYYY-MM-DD and no other
 * @time_us: (out): its midnight in UTC; left alone on failure
 *
 * Returns: whether @date is a date of the calendar
 */
gboolean
stoker_date_parse (const char *date, gint64 *time_us)
{
  g_autoptr (GDateTime) time = NULL;

  if (date == NULL || strlen (date) != 10)
    return FALSE;
  for (int i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? date[i] != '-' : !g_ascii_isdigit (date[i]))
      return FALSE;

  time = g_date_time_new_utc ((int) g_ascii_strtoll (date, NULL, 10),
                              (int) g_ascii_strtoll (date + 5, NULL, 10),
                              (int) g_ascii_strtoll (date + 8, NULL, 10), 0, 0, 0);
  if (time == NULL)
    return FALSE;

  *time_us = to_microseconds (time);
  return TRUE;
}

static char *
format_two (gint64 large, const char *large_unit, gint64 small, const char *small_unit)
{
  if (small == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT " %s", large, large_unit);

  return g_strdup_printf ("%" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %s", large, large_unit,
                          small, small_unit);
}

/**
 * stoker_duration_format:
 * @seconds: a length of time; negative is unknown
 *
 * Returns: (transfer full): @seconds for people in the two largest units: `45 s`, `3 min 20 s`,
 * `1 h 30 min`, `2 d 4 h`
 */
char *
stoker_duration_format (gint64 seconds)
{
  if (seconds < 0)
    return g_strdup (_ ("unknown"));
  if (seconds < MINUTE_S)
    return g_strdup_printf ("%" G_GINT64_FORMAT " %s", seconds, _ ("s"));
  if (seconds < HOUR_S)
    return format_two (seconds / MINUTE_S, _ ("min"), seconds % MINUTE_S, _ ("s"));
  if (seconds < DAY_S)
    return format_two (seconds / HOUR_S, _ ("h"), seconds % HOUR_S / MINUTE_S, _ ("min"));

  return format_two (seconds / DAY_S, _ ("d"), seconds % DAY_S / HOUR_S, _ ("h"));
}

/**
 * stoker_age_format:
 * @then_us: an instant; 0 is unknown
 * @now_us: the present
 *
 * Returns: (transfer full): how long ago @then_us was, for people: `just now`, `5 min ago`, `3 days
 * ago`
 */
char *
stoker_age_format (gint64 then_us, gint64 now_us)
{
  gint64 age_s = (now_us - then_us) / G_USEC_PER_SEC;
  gint64 days = age_s / DAY_S;

  if (then_us == 0)
    return g_strdup (_ ("age unknown"));
  if (age_s < MINUTE_S)
    return g_strdup (_ ("just now"));
  if (age_s < HOUR_S)
    return g_strdup_printf (_ ("%d min ago"), (int) (age_s / MINUTE_S));
  if (age_s < DAY_S)
    return g_strdup_printf (_ ("%d h ago"), (int) (age_s / HOUR_S));
  if (days < 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day ago", "%d days ago",
                                         (gulong) days),
                            (int) days);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d month ago", "%d months ago",
                                       (gulong) (days / 30)),
                          (int) (days / 30));
}
