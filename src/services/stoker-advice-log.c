/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-advice-log-private.h"

#include "stoker-paths.h"
#include "stoker-time.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define LOG_NAME "compute_advisor.log"

static char *
format_line (StokerAdvice *advice)
{
  g_autofree char *when = stoker_time_format_iso (advice->made_us);
  g_autofree char *summary = stoker_json_to_string (advice->job_summary, FALSE);

  return g_strdup_printf ("%s %s %s\n", when, stoker_choice_names[advice->choice], summary);
}

/**
 * stoker_advice_log_append:
 * @advice: an advice
 *
 * Adds a line for @advice to compute_advisor.log in the state folder, in one write so that two
 * processes do not mix theirs. That the log cannot be written is no reason to withhold the advice;
 * it is said in the debug log.
 */
void
stoker_advice_log_append (StokerAdvice *advice)
{
  g_autofree char *state_dir = stoker_paths_get_state_dir ();
  g_autofree char *path = g_build_filename (state_dir, LOG_NAME, NULL);
  g_autofree char *line = format_line (advice);
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  if (fd < 0 || write (fd, line, strlen (line)) < 0)
    g_debug ("%s: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
}
