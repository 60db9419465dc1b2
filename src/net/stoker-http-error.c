/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-error-private.h"

#include "stoker-error.h"

#define NOT_SENT "not sent: "

/**
 * stoker_http_status_to_error:
 * @status: of an answer, not below 400
 *
 * The one place where HTTP statuses become error codes.
 *
 * Returns: a #StokerError
 */
int
stoker_http_status_to_error (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return STOKER_ERROR_AUTH;
    case SOUP_STATUS_PAYMENT_REQUIRED:
      return STOKER_ERROR_QUOTA;
    case SOUP_STATUS_FORBIDDEN:
      return STOKER_ERROR_FORBIDDEN;
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
      return STOKER_ERROR_NOT_FOUND;
    case SOUP_STATUS_REQUEST_TIMEOUT:
      return STOKER_ERROR_UNAVAILABLE;
    case 429:
      return STOKER_ERROR_RATE_LIMITED;
    default:
      return status >= 500 ? STOKER_ERROR_UNAVAILABLE : STOKER_ERROR_FAILED;
    }
}

/**
 * stoker_http_error_is_not_sent:
 * @error: (nullable): of stoker_http_client_send_finish(), before anybody put a prefix in front of
 * it
 *
 * Whether the request surely did not reach the server, so that sending it again cannot make
 * anything happen twice.
 *
 * Returns: %TRUE when it is sure
 */
gboolean
stoker_http_error_is_not_sent (const GError *error)
{
  return g_error_matches (error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE) &&
         g_str_has_prefix (error->message, NOT_SENT);
}

/* A connection that did not come about. */
static GError *
new_unreached (const char *host, const char *message)
{
  GError *error = g_error_new (STOKER_ERROR, STOKER_ERROR_UNAVAILABLE,
                               NOT_SENT "cannot reach %s: %s", host, message);

  stoker_error_set_unreached (error);
  return error;
}

static GError *
new_broken (StokerHttpStage stage, const char *host, const char *message)
{
  switch (stage)
    {
    case STOKER_HTTP_STAGE_CONNECTING:
      return new_unreached (host, message);
    case STOKER_HTTP_STAGE_READING:
      return g_error_new (STOKER_ERROR, STOKER_ERROR_PROTOCOL, "the answer of %s was cut off: %s",
                          host, message);
    case STOKER_HTTP_STAGE_SENDING:
    default:
      return g_error_new (STOKER_ERROR, STOKER_ERROR_UNAVAILABLE,
                          "the connection to %s broke before it answered: %s", host, message);
    }
}

static gboolean
is_nonsense (const GError *cause)
{
  return cause->domain == SOUP_SESSION_ERROR ||
         g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/*
 * stoker_http_error_translate:
 * @cause: what GLib or libsoup said
 *
 * Returns: (transfer full): what it means for the caller; cancellation and our own errors as they
 * are
 */
GError *
stoker_http_error_translate (const GError *cause, StokerHttpStage stage, const char *host)
{
  if (cause->domain == STOKER_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  if (stage != STOKER_HTTP_STAGE_CONNECTING && is_nonsense (cause))
    return g_error_new (STOKER_ERROR, STOKER_ERROR_PROTOCOL, "%s did not answer in proper http: %s",
                        host, cause->message);
  return new_broken (stage, host, cause->message);
}

/* stoker_http_error_new_timeout: Returns: (transfer full): the error of an attempt that took too
 * long */
GError *
stoker_http_error_new_timeout (StokerHttpStage stage, const char *host)
{
  gboolean is_unreached = stage == STOKER_HTTP_STAGE_CONNECTING;
  GError *error = g_error_new (STOKER_ERROR, STOKER_ERROR_UNAVAILABLE,
                               "%s%s did not answer in time", is_unreached ? NOT_SENT : "", host);

  if (is_unreached)
    stoker_error_set_unreached (error);
  return error;
}

/* stoker_http_fingerprint: Returns: (transfer full): the SHA-256 of a certificate in DER,
 * hexadecimal */
char *
stoker_http_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  if (der == NULL)
    return g_strdup ("");
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
}

static const char *
describe_flags (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return "it is for another name";
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return "it has expired";
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return "it is not valid yet";
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    return "it was revoked";
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return "nobody trusted has signed it";
  return "it is not acceptable";
}

/*
 * stoker_http_error_new_untrusted:
 * @is_pinned: whether another certificate was asked for
 *
 * Names the fingerprint that was found, so that a person can compare it with the server's and pin
 * it.
 *
 * Returns: (transfer full): the error of a connection that was given up for its certificate
 */
GError *
stoker_http_error_new_untrusted (GTlsCertificate *certificate,
                                 GTlsCertificateFlags flags,
                                 gboolean is_pinned,
                                 StokerHttpStage stage,
                                 const char *host)
{
  const char *prefix = stage == STOKER_HTTP_STAGE_CONNECTING ? NOT_SENT : "";
  g_autofree char *fingerprint = stoker_http_fingerprint (certificate);

  if (is_pinned)
    return g_error_new (STOKER_ERROR, STOKER_ERROR_UNAVAILABLE,
                        "%sthe certificate of %s is not the pinned one (SHA-256 %s)", prefix, host,
                        fingerprint);
  return g_error_new (STOKER_ERROR, STOKER_ERROR_UNAVAILABLE,
                      "%sthe certificate of %s is not trusted: %s (SHA-256 %s)", prefix, host,
                      describe_flags (flags), fingerprint);
}
