/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-deadline-private.h"

/* A job of which nothing is told may run this long. */
#define UNTOLD_S 3600
/* An estimate may be wrong by this factor, and no job is ended sooner than this. */
#define ESTIMATE_FACTOR 3
#define SHORTEST_S 600

/**
 * stoker_deadline_choose:
 * @workload: what is to be done
 *
 * Everything that costs has an end: the time after which a job is ended, at its backend where that
 * can hold a limit, and by us.
 *
 * Returns: seconds, always more than 0
 */
gint64
stoker_deadline_choose (const StokerWorkload *workload)
{
  if (workload->deadline_minutes > 0)
    return MAX (1, (gint64) (workload->deadline_minutes * 60));
  if (workload->estimated_minutes > 0)
    return MAX (SHORTEST_S, (gint64) (workload->estimated_minutes * 60 * ESTIMATE_FACTOR));
  return UNTOLD_S;
}
