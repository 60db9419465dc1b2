/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-response-private.h"

#include "stoker-http-retry-private.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (StokerHttpResponse,
                     stoker_http_response,
                     stoker_http_response_ref,
                     stoker_http_response_unref)

/*
 * stoker_http_response_new:
 * @body: (transfer none): what was read; empty when it went to a file
 *
 * Returns: (transfer full): the answer to @message
 */
StokerHttpResponse *
stoker_http_response_new (SoupMessage *message, GBytes *body, gint64 latency_us)
{
  StokerHttpResponse *self = g_new0 (StokerHttpResponse, 1);
  const char *reason = soup_message_get_reason_phrase (message);

  g_atomic_ref_count_init (&self->ref_count);
  self->status = soup_message_get_status (message);
  self->reason = g_strdup (reason != NULL ? reason : "");
  self->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  self->body = g_bytes_ref (body);
  self->attempts = 1;
  self->latency_us = latency_us;
  self->retry_after_s = stoker_http_parse_retry_after (soup_message_headers_get_one (self->headers,
                                                                                     "Retry-After"),
                                                       g_get_real_time ());
  return self;
}

/**
 * stoker_http_response_ref:
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
StokerHttpResponse *
stoker_http_response_ref (StokerHttpResponse *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * stoker_http_response_unref:
 *
 * Gives a reference back.
 */
void
stoker_http_response_unref (StokerHttpResponse *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->reason);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/**
 * stoker_http_response_get_header:
 * @name: in any case
 *
 * Reads a header of the answer; several of one name are joined with commas.
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
stoker_http_response_get_header (StokerHttpResponse *self, const char *name)
{
  return soup_message_headers_get_list (self->headers, name);
}

/**
 * stoker_http_response_dup_text:
 *
 * The body as text: bytes that are no UTF-8, and NUL, are replaced.
 *
 * Returns: (transfer full): the text, empty when there is no body
 */
char *
stoker_http_response_dup_text (StokerHttpResponse *self)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (self->body, &length);

  return length > 0 ? g_utf8_make_valid (data, (gssize) length) : g_strdup ("");
}

/**
 * stoker_http_response_dup_media_type:
 *
 * Returns: (transfer full) (nullable): what the response says its body is, such as image/png
 */
char *
stoker_http_response_dup_media_type (StokerHttpResponse *self)
{
  const char *header = stoker_http_response_get_header (self, "Content-Type");
  g_auto (GStrv) parts = header != NULL ? g_strsplit (header, ";", 2) : NULL;

  if (parts == NULL || parts[0] == NULL || g_str_equal (parts[0], "application/octet-stream"))
    return NULL;

  return g_strdup (g_strstrip (parts[0]));
}
