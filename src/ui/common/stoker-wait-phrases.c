/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-wait-phrases.h"

#include "stoker-error.h"
#include "stoker-phrases.h"

#include <glib/gi18n-lib.h>

/**
 * stoker_phrase_clock_ahead:
 * @at_us: an instant that is to come
 * @now_us: the present
 *
 * Returns: (transfer full) (nullable): when that is: "19:42", to the second when it is so soon that
 * the minute would not tell, and with the date on another day; %NULL when it is not ahead
 */
char *
stoker_phrase_clock_ahead (gint64 at_us, gint64 now_us)
{
  g_autoptr (GDateTime)
    at = g_date_time_new_from_unix_local ((at_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_us / G_USEC_PER_SEC);

  if (at_us <= now_us || at == NULL || now == NULL)
    return NULL;
  if (at_us - now_us < 2 * G_TIME_SPAN_MINUTE)
    return g_date_time_format (at, "%H:%M:%S");
  if (g_date_time_get_day_of_year (at) == g_date_time_get_day_of_year (now) &&
      at_us - now_us < G_TIME_SPAN_DAY)
    return g_date_time_format (at, "%H:%M");
  return g_date_time_format (at, "%e %b, %H:%M");
}

/**
 * stoker_phrase_error:
 * @error: why something was not done
 * @now_us: the present
 *
 * Returns: (transfer full): the message as a sentence; when it was told how long to wait, with the
 * time from which on it is worth another try
 */
char *
stoker_phrase_error (const GError *error, gint64 now_us)
{
  g_autofree char *sentence = stoker_phrase_sentence (error->message);
  g_autofree char *clock =
    stoker_phrase_clock_ahead (now_us + stoker_error_get_wait (error) * G_USEC_PER_SEC, now_us);

  if (clock == NULL)
    return g_steal_pointer (&sentence);
  return g_strdup_printf (_ ("%s. Wait until %s, then try again."), sentence, clock);
}
