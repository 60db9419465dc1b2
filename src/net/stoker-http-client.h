/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "stoker-redactor.h"

G_BEGIN_DECLS

typedef struct _StokerHttpResponse StokerHttpResponse;

/* A request; zero-initialise, then set. Everything is borrowed for the time of
 * stoker_http_client_send_async(). */
typedef struct
{
  const char *method;
  const char *url;
  const char *const *headers; /* nullable: "Name", "value", …, NULL */
  GBytes *body;               /* nullable */
  const char *content_type;   /* nullable */
  gboolean is_repeatable; /* sending it twice does no harm: idempotent, or it carries a token the
                             server knows */
  guint timeout_s;        /* 0: 30; between two bytes and for the whole exchange */
  gsize max_body_bytes;   /* 0: STOKER_HTTP_MAX_BODY, with download_path STOKER_HTTP_MAX_DOWNLOAD */
  guint max_attempts;     /* 0: 3; without is_repeatable always 1, except after a 429
                             or what is like it */
  StokerRedactor *redactor;       /* nullable */
  const char *pinned_certificate; /* nullable: SHA-256 of the DER certificate, hexadecimal; replaces
                                     the usual verification */
  const char *download_path;  /* nullable: the body of a 2xx answer is written to this file instead
                                 of memory */
  guint total_timeout_s;      /* 0: timeout_s, with download_path at least an hour; for the whole
                                 exchange, timeout_s then only between two bytes */
  gboolean allows_plain_http; /* http: to a public host too, because the user typed that address;
                                 without it only to loopback and private hosts */
  gboolean may_be_cut; /* the answer has no end, as a stream of events: what came of it until a
                          time-out or max_body_bytes is the body */
  const char *authority_pem; /* nullable: the only authority that is trusted, instead of the
                                system's; https only */
  const char *identity_pem;  /* nullable: certificate and private key that say who asks; https only,
                                and never shown to another origin */
  gboolean keeps_redirect;   /* a redirect is an answer like any other: it is not followed */
  gboolean (*is_rate_limit) (StokerHttpResponse *response, gpointer data);
  gpointer rate_limit_data; /* nullable as the function is, which tells of a refusal (from 400 on)
                               whether it means the same as a 429; must outlive the exchange */
} StokerHttpRequest;

#define STOKER_HTTP_MAX_BODY (32 * 1024 * 1024)
#define STOKER_HTTP_MAX_DOWNLOAD ((gsize) 8 * 1024 * 1024 * 1024)

#define STOKER_TYPE_HTTP_RESPONSE (stoker_http_response_get_type ())

/* An answer, whatever its status. Immutable, atomically counted. */
struct _StokerHttpResponse
{
  guint status;
  char *reason;
  SoupMessageHeaders *headers;
  GBytes *body; /* empty when it went to a file */
  guint attempts;
  gint64 latency_us;    /* of the last attempt */
  gint64 retry_after_s; /* -1: not told */

  gatomicrefcount ref_count; /*< private >*/
};

GType stoker_http_response_get_type (void) G_GNUC_CONST;
StokerHttpResponse *stoker_http_response_ref (StokerHttpResponse *self);
void stoker_http_response_unref (StokerHttpResponse *self);
const char *stoker_http_response_get_header (StokerHttpResponse *self, const char *name);
char *stoker_http_response_dup_text (StokerHttpResponse *self);
char *stoker_http_response_dup_media_type (StokerHttpResponse *self);
int stoker_http_status_to_error (guint status);

#define STOKER_TYPE_HTTP_CLIENT (stoker_http_client_get_type ())

/**
 * StokerHttpClient:
 *
 * The one HTTP client: time-outs, retries with jitter, Retry-After, a rate limit a host, 8
 * connections a host, body limits, TLS always verified, credentials never sent on to another
 * origin, a log without secrets.
 *
 * Any HTTP status is an answer, not an error. Errors are: %STOKER_ERROR_UNAVAILABLE with the prefix
 * "not sent: " when the request surely did not reach the server (name look-up, refused, TLS),
 * %STOKER_ERROR_UNAVAILABLE otherwise (time-out, broken in the middle: the server may have acted),
 * %STOKER_ERROR_PROTOCOL for an answer that is too large or cut off (the server has acted),
 * %STOKER_ERROR_CONFIG for a request that cannot be sent at all, %STOKER_ERROR_STORAGE for a
 * download that cannot be written, and cancellation.
 */
G_DECLARE_FINAL_TYPE (StokerHttpClient, stoker_http_client, STOKER, HTTP_CLIENT, GObject)

StokerHttpClient *stoker_http_client_new (void);
void stoker_http_client_set_pace (StokerHttpClient *self, guint second_ms, guint backoff_ms);
void stoker_http_client_set_rate (StokerHttpClient *self,
                                  const char *host,
                                  guint requests,
                                  guint per_seconds);
void stoker_http_client_send_async (StokerHttpClient *self,
                                    const StokerHttpRequest *request,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
StokerHttpResponse *
stoker_http_client_send_finish (StokerHttpClient *self, GAsyncResult *result, GError **error);
gboolean stoker_http_error_is_not_sent (const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerHttpResponse, stoker_http_response_unref)

G_END_DECLS
