/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-figure-text-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* Two places at least, as prices are written: 0.5 is $0.50. */
static char *
pad_decimal (const char *decimal)
{
  const char *point = strchr (decimal, '.');

  if (point == NULL)
    return g_strconcat (decimal, ".00", NULL);

  return g_strconcat (decimal, strlen (point) < 3 ? "0" : "", NULL);
}

/**
 * stoker_figure_money:
 *
 * Unlike stoker_money_format() this rounds nothing, since a formula has to give its result.
 *
 * Returns: (transfer full): for instance `$0.00031`, or "unknown"
 */
char *
stoker_figure_money (StokerMoney money)
{
  g_autofree char *decimal = stoker_money_to_decimal (money);
  g_autofree char *padded = NULL;

  if (decimal == NULL)
    return g_strdup (_ ("unknown"));
  padded = pad_decimal (decimal);
  if (g_str_equal (money.currency, "USD"))
    return g_strconcat ("$", padded, NULL);

  return g_strconcat (padded, " ", money.currency, NULL);
}

static const char *
get_unit_word (StokerUnit unit)
{
  switch (unit)
    {
    case STOKER_UNIT_SECOND:
      return "s";
    case STOKER_UNIT_MINUTE:
      return "min";
    case STOKER_UNIT_HOUR:
      return "h";
    case STOKER_UNIT_GB:
      return "GB";
    case STOKER_UNIT_GB_MONTH:
      return _ ("GB a month");
    case STOKER_UNIT_IMAGE:
      return _ ("image");
    case STOKER_UNIT_MEGAPIXEL:
      return _ ("megapixel");
    case STOKER_UNIT_VIDEO_SECOND:
      return _ ("second of video");
    case STOKER_UNIT_VIDEO:
      return _ ("video");
    case STOKER_UNIT_REQUEST:
      return _ ("request");
    case STOKER_UNIT_MONTH:
      return _ ("month");
    default:
      return "?";
    }
}

/**
 * stoker_figure_rate:
 *
 * Returns: (transfer full): for instance `$0.00031/s`
 */
char *
stoker_figure_rate (StokerMoney money, StokerUnit unit)
{
  g_autofree char *amount = stoker_figure_money (money);

  return g_strdup_printf ("%s/%s", amount, get_unit_word (unit));
}

/**
 * stoker_figure_count:
 *
 * Returns: (transfer full): the number with a comma between thousands, in every locale alike
 */
char *
stoker_figure_count (gint64 count)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  g_autoptr (GString) text = g_string_new (digits);
  gsize first = digits[0] == '-' ? 1 : 0;

  for (gssize at = (gssize) text->len - 3; at > (gssize) first; at -= 3)
    g_string_insert_c (text, at, ',');

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * stoker_figure_seconds:
 *
 * Returns: (transfer full): for instance `10,800 s`
 */
char *
stoker_figure_seconds (gint64 seconds)
{
  g_autofree char *count = stoker_figure_count (seconds);

  return g_strconcat (count, " s", NULL);
}

/* At most six places, no zeros at the end, a point in every locale. */
static char *
format_decimal (double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;

  g_ascii_formatd (buffer, sizeof buffer, "%.6f", number);
  end = buffer + strlen (buffer) - 1;
  while (*end == '0')
    *end-- = '\0';
  if (*end == '.')
    *end = '\0';

  return g_strdup (buffer);
}

/**
 * stoker_figure_gb:
 *
 * Returns: (transfer full): for instance `2.4 GB`
 */
char *
stoker_figure_gb (double gb)
{
  g_autofree char *number = format_decimal (gb);

  return g_strconcat (number, " GB", NULL);
}

/**
 * stoker_figure_percent:
 *
 * Returns: (transfer full): a fraction as for instance `5 %`
 */
char *
stoker_figure_percent (double fraction)
{
  g_autofree char *number = format_decimal (fraction * 100);

  return g_strconcat (number, " %", NULL);
}
