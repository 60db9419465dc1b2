/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-retry-private.h"

#define MAX_BACKOFF_MS 30000
#define STATUS_REQUEST_TIMEOUT 408
#define STATUS_TOO_MANY_REQUESTS 429

/*
 * stoker_http_parse_retry_after:
 * @value: (nullable): the header: seconds, or a date (RFC 9110, section 10.2.3)
 * @now_us: the time it is
 *
 * Returns: seconds from now, not below 0; -1 when the header is missing or cannot be read
 */
gint64
stoker_http_parse_retry_after (const char *value, gint64 now_us)
{
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds = 0;

  if (value == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT, &seconds, NULL))
    return (gint64) seconds;
  date = soup_date_time_new_from_http_string (value);
  if (date == NULL)
    return -1;
  return MAX (0, g_date_time_to_unix (date) - now_us / G_USEC_PER_SEC);
}

static gboolean
is_passing_status (guint status)
{
  switch (status)
    {
    case STATUS_REQUEST_TIMEOUT:
    case SOUP_STATUS_INTERNAL_SERVER_ERROR:
    case SOUP_STATUS_BAD_GATEWAY:
    case SOUP_STATUS_SERVICE_UNAVAILABLE:
    case SOUP_STATUS_GATEWAY_TIMEOUT:
      return TRUE;
    default:
      return FALSE;
    }
}

/*
 * stoker_http_retry_is_rate_limit:
 *
 * Whether @response says that the request came too soon: by its status, or in the words that the
 * caller knows of.
 */
gboolean
stoker_http_retry_is_rate_limit (const StokerHttpCall *call, StokerHttpResponse *response)
{
  if (response->status == STATUS_TOO_MANY_REQUESTS)
    return TRUE;
  return response->status >= 400 && call->is_rate_limit != NULL &&
         call->is_rate_limit (response, call->rate_limit_data);
}

/*
 * stoker_http_retry_is_worthwhile:
 * @attempt: how many were made, from 1
 * @response: (nullable): what the last one brought; %NULL when it failed, then @call says why
 *
 * Whether to try again. What came too soon was refused before anything happened, so even a request
 * that must not be repeated can be sent again after it.
 */
gboolean
stoker_http_retry_is_worthwhile (const StokerHttpCall *call,
                                 guint attempt,
                                 StokerHttpResponse *response)
{
  if (attempt >= call->max_attempts)
    return FALSE;
  if (response == NULL)
    return call->is_repeatable && call->may_retry;
  if (stoker_http_retry_is_rate_limit (call, response))
    return TRUE;
  return call->is_repeatable && is_passing_status (response->status);
}

/*
 * stoker_http_backoff_ms:
 * @attempt: how many were made, from 1
 * @chance: between 0 and 1
 *
 * The pause before the next attempt: it doubles each time, and @chance takes away up to half of it,
 * so that many clients do not come back at the same instant.
 *
 * Returns: milliseconds
 */
guint
stoker_http_backoff_ms (guint base_ms, guint attempt, double chance)
{
  guint64 full_ms = (guint64) base_ms << MIN (attempt - 1, 16);

  full_ms = MIN (full_ms, MAX_BACKOFF_MS);
  return (guint) (full_ms - (guint64) ((double) full_ms * chance / 2));
}
