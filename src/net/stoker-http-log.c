/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-log-private.h"

/* The redactor only knows the secrets it was told of, so a query is left out of the log altogether
 * without one. */
static char *
describe_uri (const StokerHttpCall *call, GUri *uri)
{
  GUriHideFlags hidden = G_URI_HIDE_USERINFO | G_URI_HIDE_FRAGMENT;
  g_autofree char *text = NULL;

  if (call->redactor == NULL)
    return g_uri_to_string_partial (uri, hidden | G_URI_HIDE_QUERY);
  text = g_uri_to_string_partial (uri, hidden);
  return stoker_redactor_apply (call->redactor, text);
}

static char *
describe_headers (const StokerHttpCall *call)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; call->headers != NULL && call->headers[i] != NULL; i += 2)
    {
      const char *name = call->headers[i];
      const char *value = call->headers[i + 1];

      if (stoker_http_call_is_credential (call, name, value))
        value = STOKER_REDACTED;
      g_string_append_printf (text, "; %s: %s", name, value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* stoker_http_log_request: Writes what is sent, without secrets and body. */
void
stoker_http_log_request (const StokerHttpCall *call, const char *method, GUri *uri)
{
  g_autofree char *address = NULL;
  g_autofree char *headers = NULL;

  if (g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
    return;
  address = describe_uri (call, uri);
  headers = describe_headers (call);
  g_debug ("%s %s%s", method, address, headers);
}

/* stoker_http_log_answer: Writes what came back, without its headers and body. */
void
stoker_http_log_answer (const StokerHttpCall *call, const StokerHttpResponse *response)
{
  g_autofree char *address = NULL;

  if (g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
    return;
  address = describe_uri (call, call->uri);
  g_debug ("%s %s: %u, %" G_GINT64_FORMAT " ms", call->method, address, response->status,
           response->latency_us / 1000);
}

/* stoker_http_log_failure: Writes why there is no answer. */
void
stoker_http_log_failure (const StokerHttpCall *call, const GError *error)
{
  g_autofree char *address = NULL;

  if (g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
    return;
  address = describe_uri (call, call->uri);
  g_debug ("%s %s: %s", call->method, address, error->message);
}
