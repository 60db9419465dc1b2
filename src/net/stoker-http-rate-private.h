/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Token bucket: so many requests in so many seconds, all of them at once if need be. */
typedef struct
{
  gint64 interval_us; /* between two requests in the long run */
  gint64 burst_us;    /* how far ahead of it one may be */
  gint64 due_us;      /* when the bucket is full again, less one request */
} StokerHttpRate;

StokerHttpRate *stoker_http_rate_new (guint requests, gint64 period_us);
gint64 stoker_http_rate_take (StokerHttpRate *self, gint64 now_us);

G_END_DECLS
