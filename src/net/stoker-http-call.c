/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-call-private.h"

#include "stoker-error.h"
#include "stoker-http-host-private.h"

#include <string.h>

#define DEFAULT_TIMEOUT_S 30
#define DEFAULT_DOWNLOAD_TIMEOUT_S 3600
#define DEFAULT_ATTEMPTS 3
#define PIN_DIGITS 64

static gboolean
is_token (const char *text)
{
  if (text == NULL || *text == '\0')
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("!#$%&'*+-.^_`|~", *p) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
check_headers (const char *const *headers, GError **error)
{
  for (gsize i = 0; headers != NULL && headers[i] != NULL; i += 2)
    {
      if (!is_token (headers[i]) || headers[i + 1] == NULL)
        {
          g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "header %u has no valid name",
                       (guint) (i / 2 + 1));
          return FALSE;
        }
      if (strpbrk (headers[i + 1], "\r\n") != NULL)
        {
          g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                       "the value of header %s has a line break", headers[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static char *
normalise_pin (const char *pin, GError **error)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = pin; *p != '\0'; p++)
    {
      if (g_ascii_isxdigit (*p))
        g_string_append_c (digits, g_ascii_tolower (*p));
      else if (*p != ':' && *p != ' ')
        g_string_append_c (digits, '?');
    }
  if (digits->len != PIN_DIGITS || strchr (digits->str, '?') != NULL)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   "the pinned certificate must be a SHA-256 of %d hexadecimal digits", PIN_DIGITS);
      return NULL;
    }
  return g_strdup (digits->str);
}

static GTlsCertificate *
parse_pem (const char *pem, const char *what, GError **error)
{
  GTlsCertificate *certificate = g_tls_certificate_new_from_pem (pem, -1, NULL);

  /* The cause may quote what it could not read, which may be a key. */
  if (certificate == NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "the %s is not in PEM form", what);
  return certificate;
}

static gboolean
set_trust (StokerHttpCall *self, const StokerHttpRequest *request, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *parts[] = { self->pin, request->authority_pem, request->identity_pem };

  if (request->authority_pem != NULL)
    self->authority = parse_pem (request->authority_pem, "authority's certificate", error);
  if (request->authority_pem != NULL && self->authority == NULL)
    return FALSE;
  if (request->identity_pem != NULL)
    self->identity = parse_pem (request->identity_pem, "client certificate with its key", error);
  if (request->identity_pem != NULL && self->identity == NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] != NULL)
        g_checksum_update (checksum, (const guchar *) parts[i], -1);
      g_checksum_update (checksum, (const guchar *) "", 1);
    }
  if (self->pin != NULL || self->authority != NULL || self->identity != NULL)
    self->trust = g_strdup (g_checksum_get_string (checksum));
  return TRUE;
}

static GUri *
parse_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  if (url != NULL)
    uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "not a valid http(s) address");
      return NULL;
    }
  return g_steal_pointer (&uri);
}

static guint
to_ms (guint seconds, guint second_ms)
{
  return (guint) MIN ((guint64) seconds * second_ms, (guint64) G_MAXINT);
}

static void
set_limits (StokerHttpCall *self, const StokerHttpRequest *request, guint second_ms)
{
  gboolean is_download = request->download_path != NULL;
  guint idle_s = request->timeout_s != 0 ? request->timeout_s : DEFAULT_TIMEOUT_S;
  guint total_s = is_download ? MAX (idle_s, DEFAULT_DOWNLOAD_TIMEOUT_S) : idle_s;

  if (request->total_timeout_s != 0)
    total_s = request->total_timeout_s;
  self->idle_timeout_ms = to_ms (idle_s, second_ms);
  self->total_timeout_ms = to_ms (total_s, second_ms);
  self->max_attempts = request->max_attempts != 0 ? request->max_attempts : DEFAULT_ATTEMPTS;
  self->max_body_bytes = request->max_body_bytes;
  if (self->max_body_bytes == 0)
    self->max_body_bytes = is_download ? STOKER_HTTP_MAX_DOWNLOAD : STOKER_HTTP_MAX_BODY;
}

static void
copy_request (StokerHttpCall *self, const StokerHttpRequest *request, guint second_ms)
{
  self->method = g_strdup (request->method != NULL ? request->method : SOUP_METHOD_GET);
  self->headers = g_strdupv ((char **) request->headers);
  self->body = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  self->content_type = g_strdup (request->content_type);
  self->download_path = g_strdup (request->download_path);
  self->redactor = request->redactor != NULL ? stoker_redactor_ref (request->redactor) : NULL;
  self->is_repeatable = request->is_repeatable;
  self->allows_plain_http = request->allows_plain_http;
  self->may_be_cut = request->may_be_cut;
  self->keeps_redirect = request->keeps_redirect;
  self->is_rate_limit = request->is_rate_limit;
  self->rate_limit_data = request->rate_limit_data;
  set_limits (self, request, second_ms);
}

/*
 * stoker_http_call_new:
 * @second_ms: how many milliseconds the seconds of the request's time-outs have; 1000 but for tests
 *
 * Checks and copies a request.
 *
 * Returns: (transfer full): the copy, or %NULL with %STOKER_ERROR_CONFIG
 */
StokerHttpCall *
stoker_http_call_new (const StokerHttpRequest *request, guint second_ms, GError **error)
{
  g_autoptr (StokerHttpCall) self = g_new0 (StokerHttpCall, 1);

  g_atomic_ref_count_init (&self->ref_count);
  copy_request (self, request, second_ms);
  if (request->pinned_certificate != NULL)
    {
      self->pin = normalise_pin (request->pinned_certificate, error);
      if (self->pin == NULL)
        return NULL;
    }
  if (!set_trust (self, request, error))
    return NULL;
  self->uri = parse_url (request->url, error);
  if (self->uri == NULL || !stoker_http_call_allows_uri (self, self->uri, error))
    return NULL;
  if (!is_token (self->method))
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "not a valid http method");
      return NULL;
    }
  if (!check_headers (request->headers, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* stoker_http_call_ref: Takes a reference. Returns: (transfer full): @self */
StokerHttpCall *
stoker_http_call_ref (StokerHttpCall *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/* stoker_http_call_unref: Gives a reference back. */
void
stoker_http_call_unref (StokerHttpCall *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->method);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_strfreev (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self->pin);
  g_free (self->trust);
  g_clear_object (&self->authority);
  g_clear_object (&self->identity);
  g_free (self->download_path);
  g_clear_pointer (&self->redactor, stoker_redactor_unref);
  g_free (self);
}

/*
 * stoker_http_call_allows_uri:
 *
 * Whether the request may go to @uri: https anywhere, http only where nobody in between can read
 * along, or where the user typed the address.
 */
gboolean
stoker_http_call_allows_uri (const StokerHttpCall *self, GUri *uri, GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  if (g_strcmp0 (scheme, "https") == 0)
    return TRUE;
  if (g_strcmp0 (scheme, "http") != 0)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "addresses with %s: are not allowed",
                   scheme);
      return FALSE;
    }
  if (self->trust != NULL || (!self->allows_plain_http && !stoker_http_host_is_private (host)))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   "%s must be reached with https, not with plain http", host);
      return FALSE;
    }
  return TRUE;
}

/*
 * stoker_http_call_is_credential:
 *
 * Whether a header proves who we are: by its name, or because its value holds one of the known
 * secrets.
 */
gboolean
stoker_http_call_is_credential (const StokerHttpCall *self, const char *name, const char *value)
{
  g_autofree char *redacted = NULL;

  if (stoker_redact_is_secret_header (name))
    return TRUE;
  if (self->redactor == NULL)
    return FALSE;
  redacted = stoker_redactor_apply (self->redactor, value);
  return g_strcmp0 (redacted, value) != 0;
}

/* stoker_http_call_has_credentials: Whether any header of the request is a credential. */
gboolean
stoker_http_call_has_credentials (const StokerHttpCall *self)
{
  for (gsize i = 0; self->headers != NULL && self->headers[i] != NULL; i += 2)
    if (stoker_http_call_is_credential (self, self->headers[i], self->headers[i + 1]))
      return TRUE;
  return FALSE;
}
