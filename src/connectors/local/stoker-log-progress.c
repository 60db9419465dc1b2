/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-progress-private.h"

#include <string.h>

static const char *
skip_space (const char *text)
{
  while (*text == ' ' || *text == '\t')
    text++;
  return text;
}

/* "progress: 0.42" or "progress: 42%". */
static double
parse_told (const char *line)
{
  const char *text = skip_space (line);
  char *end = NULL;
  double value = 0;

  if (g_ascii_strncasecmp (text, "progress:", strlen ("progress:")) != 0)
    return -1;
  text = skip_space (text + strlen ("progress:"));
  if (!g_ascii_isdigit (*text) && *text != '.')
    return -1;
  value = g_ascii_strtod (text, &end);
  if (*end == '%')
    value /= 100;
  return value >= 0 && value <= 1 ? value : -1;
}

/* "42%|████▏     | 21/50", perhaps with a description before it, as tqdm draws it. */
static double
parse_bar (const char *line)
{
  const char *bar = strstr (line, "%|");
  const char *digits = bar;
  gint64 percent = 0;

  while (digits != NULL && digits > line && g_ascii_isdigit (digits[-1]))
    digits--;
  if (digits == bar || (digits > line && strchr (" \t:", digits[-1]) == NULL))
    return -1;
  percent = g_ascii_strtoll (digits, NULL, 10);
  return percent <= 100 ? (double) percent / 100 : -1;
}

static double
parse_line (const char *line)
{
  double told = parse_told (line);

  return told >= 0 ? told : parse_bar (line);
}

/*
 * stoker_log_find_progress:
 * @log: what a job wrote
 *
 * Looks for the last thing in it that tells how far the job is: a line `progress: 0.42` or
 * `progress: 42%`, or a bar of tqdm.
 *
 * Returns: between 0 and 1; -1 when nothing tells
 */
double
stoker_log_find_progress (const char *log)
{
  g_auto (GStrv) lines = g_strsplit_set (log, "\r\n", -1);

  for (guint i = g_strv_length (lines); i > 0; i--)
    {
      double progress = parse_line (lines[i - 1]);

      if (progress >= 0)
        return progress;
    }
  return -1;
}
