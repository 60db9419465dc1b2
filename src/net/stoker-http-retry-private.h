/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-call-private.h"

G_BEGIN_DECLS

/* The longest the client itself waits for one request, over all its attempts, in seconds. Beyond it
 * the caller is told. */
#define STOKER_HTTP_MAX_WAIT_S 60

gint64 stoker_http_parse_retry_after (const char *value, gint64 now_us);
gboolean stoker_http_retry_is_rate_limit (const StokerHttpCall *call, StokerHttpResponse *response);
gboolean stoker_http_retry_is_worthwhile (const StokerHttpCall *call,
                                          guint attempt,
                                          StokerHttpResponse *response);
guint stoker_http_backoff_ms (guint base_ms, guint attempt, double chance);

G_END_DECLS
