/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-meaning.h"

#include <glib/gi18n-lib.h>

#include <inttypes.h>

static char *
describe_wait (StokerHttpResponse *response, const char *name)
{
  if (response->retry_after_s > 0)
    return g_strdup_printf (_ ("too many requests for %s; it asks to wait %" PRId64 " s"), name,
                            response->retry_after_s);

  return g_strdup_printf (_ ("too many requests for %s; try again a little later"), name);
}

static char *
describe_key (const StokerProfile *profile)
{
  if (profile->keys_url == NULL)
    return g_strdup_printf (_ ("%s does not accept the key; check it or make a new one"),
                            profile->name);

  return g_strdup_printf (_ ("%s does not accept the key; check it or make a new one at %s"),
                          profile->name, profile->keys_url);
}

/**
 * stoker_http_describe_status:
 * @response: an answer that was not wanted
 * @profile: of who gave it
 *
 * Returns: (transfer full): what its status means in general, and what to do about it
 */
char *
stoker_http_describe_status (StokerHttpResponse *response, const StokerProfile *profile)
{
  switch (response->status)
    {
    case 401:
      return describe_key (profile);
    case 402:
      return g_strdup_printf (_ ("the account at %s is out of credit; top it up"), profile->name);
    case 403:
      return g_strdup_printf (_ (
                                "%s knows the key, but it may not do this; give it the permission"),
                              profile->name);
    case 404:
    case 410:
      return g_strdup_printf (_ ("%s knows nothing of it any more, or never did"), profile->name);
    case 413:
      return g_strdup_printf (_ ("the request is too large for %s"), profile->name);
    case 429:
      return describe_wait (response, profile->name);
    default:
      break;
    }
  if (response->status >= 500)
    return g_strdup_printf (_ ("%s has trouble of its own (HTTP %u); try again later"),
                            profile->name, response->status);
  if (response->status >= 400)
    return g_strdup_printf (_ ("%s refused the request (HTTP %u)"), profile->name,
                            response->status);

  return g_strdup_printf (_ ("%s gave an answer that nobody expects (HTTP %u)"), profile->name,
                          response->status);
}
