/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-rate-private.h"

/*
 * stoker_http_rate_new:
 * @requests: at least 1
 * @period_us: the time in which they may be sent, in microseconds
 *
 * Returns: (transfer full): a full bucket, freed with g_free()
 */
StokerHttpRate *
stoker_http_rate_new (guint requests, gint64 period_us)
{
  StokerHttpRate *self = g_new0 (StokerHttpRate, 1);

  g_return_val_if_fail (requests > 0, self);
  self->interval_us = period_us / requests;
  self->burst_us = self->interval_us * (requests - 1);
  return self;
}

/*
 * stoker_http_rate_take:
 * @now_us: monotonic time
 *
 * Takes one request out of the bucket. Callers are served in the order of their asking, because
 * each moves the time of the next one (the "virtual scheduling" form of the generic cell rate
 * algorithm, ITU-T I.371).
 *
 * Returns: how long to wait before sending it, in microseconds; 0 not at all
 */
gint64
stoker_http_rate_take (StokerHttpRate *self, gint64 now_us)
{
  gint64 due_us = MAX (self->due_us, now_us);

  self->due_us = due_us + self->interval_us;
  return MAX (0, due_us - self->burst_us - now_us);
}
