/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-exchange-private.h"

#include "stoker-error.h"
#include "stoker-http-download-private.h"
#include "stoker-http-error-private.h"
#include "stoker-http-hop-private.h"
#include "stoker-http-log-private.h"
#include "stoker-http-response-private.h"
#include "stoker-http-watch-private.h"
#include "stoker-task.h"

#define CHUNK_BYTES (64 * 1024)

typedef struct
{
  StokerHttpSessions
    *sessions;          /* borrowed: lives as long as the client, which outlives its tasks */
  StokerHttpCall *call; /* owned */
  StokerHttpHop hop;
  StokerHttpStage stage;
  StokerHttpWatch *watch;       /* owned */
  SoupMessage *message;         /* owned */
  GInputStream *stream;         /* owned, nullable until there is an answer */
  GByteArray *memory;           /* owned */
  StokerHttpDownload *download; /* owned, nullable: the body goes to memory */
  GTlsCertificate *untrusted;   /* owned, nullable: what the connection was given up for */
  GTlsCertificateFlags untrusted_flags;
  gsize received;
  gint64 begin_us;
  gint64 latency_us;
} Exchange;

static void send_hop (GTask *task);

static void
drop_message (Exchange *self)
{
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
}

static void
exchange_free (Exchange *self)
{
  drop_message (self);
  stoker_http_hop_clear (&self->hop);
  g_clear_pointer (&self->watch, stoker_http_watch_free);
  g_clear_pointer (&self->memory, g_byte_array_unref);
  g_clear_pointer (&self->download, stoker_http_download_free);
  g_clear_object (&self->untrusted);
  g_clear_pointer (&self->call, stoker_http_call_unref);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Exchange, exchange, exchange_free)

static const char *
get_host (Exchange *self)
{
  return g_uri_get_host (self->hop.uri);
}

/* "Not sent" is a promise about the whole request, so it is not given when an earlier part of it
 * got through. */
static StokerHttpStage
get_stage (Exchange *self)
{
  if (self->stage == STOKER_HTTP_STAGE_CONNECTING &&
      (self->hop.may_have_acted || self->call->may_have_acted))
    return STOKER_HTTP_STAGE_SENDING;
  return self->stage;
}

static GError *
explain (Exchange *self, const GError *cause)
{
  StokerHttpStage stage = get_stage (self);

  self->call->may_retry = FALSE;
  if (self->untrusted != NULL)
    return stoker_http_error_new_untrusted (self->untrusted, self->untrusted_flags,
                                            self->call->pin != NULL, stage, get_host (self));
  self->call->may_retry = cause->domain != STOKER_ERROR && cause->domain != SOUP_SESSION_ERROR;
  if (stoker_http_watch_has_timed_out (self->watch))
    return stoker_http_error_new_timeout (stage, get_host (self));
  return stoker_http_error_translate (cause, stage, get_host (self));
}

static void
fail (GTask *task, const GError *cause)
{
  Exchange *self = stoker_task_get_exchange_state (task);
  GError *error = explain (self, cause);

  g_clear_pointer (&self->download, stoker_http_download_free);
  stoker_http_log_failure (self->call, error);
  g_task_return_error (task, error);
}

static void
succeed (GTask *task)
{
  Exchange *self = stoker_task_get_exchange_state (task);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&self->memory));
  StokerHttpResponse *response = stoker_http_response_new (self->message, body, self->latency_us);

  stoker_http_log_answer (self->call, response);
  g_task_return_pointer (task, response, (GDestroyNotify) stoker_http_response_unref);
}

static void
did_close_download (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) local_error = NULL;

  if (!stoker_http_download_close_finish (result, &local_error))
    fail (task, local_error);
  else
    succeed (task);
}

static void
finish_body (GTask *task)
{
  Exchange *self = stoker_task_get_exchange_state (task);

  if (self->download == NULL)
    succeed (task);
  else
    stoker_http_download_close_async (self->download, did_close_download, g_object_ref (task));
}

static gboolean
check_size (Exchange *self, guint64 bytes, GError **error)
{
  if (bytes <= self->call->max_body_bytes)
    return TRUE;
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL,
               "the answer of %s is larger than %" G_GSIZE_FORMAT " bytes", get_host (self),
               self->call->max_body_bytes);
  return FALSE;
}

static void got_chunk (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_chunk (GTask *task)
{
  Exchange *self = stoker_task_get_exchange_state (task);

  g_input_stream_read_bytes_async (self->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   stoker_http_watch_get_cancellable (self->watch), got_chunk,
                                   g_object_ref (task));
}

static void
did_append (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) local_error = NULL;

  if (!stoker_http_download_append_finish (result, &local_error))
    fail (task, local_error);
  else
    read_chunk (task);
}

static void
keep_chunk (GTask *task, GBytes *chunk)
{
  Exchange *self = stoker_task_get_exchange_state (task);
  g_autoptr (GError) local_error = NULL;

  stoker_http_watch_touch (self->watch);
  self->received += g_bytes_get_size (chunk);
  if (self->call->may_be_cut && self->received > self->call->max_body_bytes)
    {
      finish_body (task);
    }
  else if (!check_size (self, self->received, &local_error))
    {
      fail (task, local_error);
    }
  else if (self->download != NULL)
    {
      stoker_http_download_append_async (self->download, chunk, did_append, g_object_ref (task));
    }
  else
    {
      g_byte_array_append (self->memory, g_bytes_get_data (chunk, NULL),
                           (guint) g_bytes_get_size (chunk));
      read_chunk (task);
    }
}

static void
got_chunk (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *self = stoker_task_get_exchange_state (task);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) chunk = NULL;

  chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &local_error);
  if (chunk == NULL && self->call->may_be_cut && stoker_http_watch_has_timed_out (self->watch))
    finish_body (task);
  else if (chunk == NULL)
    fail (task, local_error);
  else if (g_bytes_get_size (chunk) == 0)
    finish_body (task);
  else
    keep_chunk (task, chunk);
}

static gboolean
check_announced_size (Exchange *self, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH ||
      g_str_equal (self->hop.method, SOUP_METHOD_HEAD))
    return TRUE;
  return check_size (self, (guint64) MAX (0, soup_message_headers_get_content_length (headers)),
                     error);
}

static void
read_body (GTask *task)
{
  Exchange *self = stoker_task_get_exchange_state (task);
  g_autoptr (GError) local_error = NULL;

  if (!check_announced_size (self, &local_error))
    {
      fail (task, local_error);
      return;
    }
  if (self->call->download_path != NULL &&
      SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (self->message)))
    self->download = stoker_http_download_new (self->call->download_path);
  read_chunk (task);
}

static void
follow (GTask *task, guint status, const char *location)
{
  Exchange *self = stoker_task_get_exchange_state (task);
  g_autoptr (GError) local_error = NULL;

  if (!stoker_http_hop_follow (&self->hop, self->call, status, location, &local_error))
    {
      fail (task, local_error);
      return;
    }
  drop_message (self);
  send_hop (task);
}

static void
got_headers (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *self = stoker_task_get_exchange_state (task);
  g_autoptr (GError) local_error = NULL;
  const char *location = NULL;
  guint status = soup_message_get_status (self->message);

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &local_error);
  if (self->stream == NULL)
    {
      fail (task, local_error);
      return;
    }
  self->stage = STOKER_HTTP_STAGE_READING;
  self->latency_us = g_get_monotonic_time () - self->begin_us;
  stoker_http_watch_touch (self->watch);
  location = soup_message_headers_get_one (soup_message_get_response_headers (self->message),
                                           "Location");
  if (!self->call->keeps_redirect && stoker_http_hop_is_redirect (status, location))
    follow (task, status, location);
  else
    read_body (task);
}

static gboolean
is_pinned (Exchange *self, GTlsCertificate *certificate)
{
  g_autofree char *fingerprint = NULL;

  if (certificate == NULL)
    return FALSE;
  fingerprint = stoker_http_fingerprint (certificate);
  return g_str_equal (fingerprint, self->call->pin);
}

/* Whether the authority of the request has signed it for this host, and it is in force. */
static gboolean
is_signed (Exchange *self, GTlsCertificate *certificate)
{
  g_autoptr (GSocketConnectable) host = g_network_address_new (get_host (self), 443);

  return certificate != NULL &&
         g_tls_certificate_verify (certificate, host, self->call->authority) == 0;
}

/* By the rules of the request's own, when it has any. */
static gboolean
is_trusted (Exchange *self, GTlsCertificate *certificate)
{
  if (self->call->pin != NULL)
    return is_pinned (self, certificate);
  return self->call->authority == NULL || is_signed (self, certificate);
}

static gboolean
certificate_doubted_cb (SoupMessage *message,
                        GTlsCertificate *certificate,
                        GTlsCertificateFlags flags,
                        Exchange *self)
{
  if ((self->call->pin != NULL || self->call->authority != NULL) && is_trusted (self, certificate))
    return TRUE;
  g_set_object (&self->untrusted, certificate);
  self->untrusted_flags = flags;
  return FALSE;
}

/* The last instant before the first byte: the connection stands. */
static void
starting_cb (SoupMessage *message, Exchange *self)
{
  GTlsCertificate *certificate = soup_message_get_tls_peer_certificate (message);

  stoker_http_watch_touch (self->watch);
  if (is_trusted (self, certificate))
    {
      self->stage = STOKER_HTTP_STAGE_SENDING;
      return;
    }
  g_set_object (&self->untrusted, certificate);
  g_cancellable_cancel (stoker_http_watch_get_cancellable (self->watch));
}

static void
wrote_some_cb (SoupMessage *message, guint bytes, Exchange *self)
{
  stoker_http_watch_touch (self->watch);
}

static void
append_headers (Exchange *self)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (self->message);
  const StokerHttpCall *call = self->call;

  for (gsize i = 0; call->headers != NULL && call->headers[i] != NULL; i += 2)
    if (!self->hop.has_left_home ||
        !stoker_http_call_is_credential (call, call->headers[i], call->headers[i + 1]))
      soup_message_headers_append (headers, call->headers[i], call->headers[i + 1]);
}

/* libsoup shows the certificate when the server asks for it. A TLS session that is taken up again
 * does not ask: it must not be one of somebody else at the same server, so it is kept under the
 * certificate, which GLib does when it knows it before the handshake. */
static void
show_identity_cb (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *stream,
                  GTlsCertificate *identity)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING && G_IS_TLS_CONNECTION (stream))
    g_tls_connection_set_certificate (G_TLS_CONNECTION (stream), identity);
}

static void
append_identity (Exchange *self)
{
  if (self->call->identity == NULL || self->hop.has_left_home)
    return;
  soup_message_set_tls_client_certificate (self->message, self->call->identity);
  g_signal_connect_object (self->message, "network-event", G_CALLBACK (show_identity_cb),
                           self->call->identity, 0);
}

static void
build_message (Exchange *self)
{
  self->message = soup_message_new_from_uri (self->hop.method, self->hop.uri);
  /* A kept connection that turns out to be closed makes libsoup send again by itself, where only we
   * know what may be sent twice; and 3.2 can crash while it does (a NULL stream when the answer of
   * the first sending is looked for). A connection for each request costs a handshake. */
  soup_message_set_flags (self->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  append_headers (self);
  append_identity (self);
  if (self->hop.has_body)
    soup_message_set_request_body_from_bytes (self->message, self->call->content_type,
                                              self->call->body);
  g_signal_connect (self->message, "accept-certificate", G_CALLBACK (certificate_doubted_cb), self);
  g_signal_connect (self->message, "starting", G_CALLBACK (starting_cb), self);
  g_signal_connect (self->message, "wrote-body-data", G_CALLBACK (wrote_some_cb), self);
}

static void
send_hop (GTask *task)
{
  Exchange *self = stoker_task_get_exchange_state (task);

  self->stage = STOKER_HTTP_STAGE_CONNECTING;
  self->begin_us = g_get_monotonic_time ();
  build_message (self);
  stoker_http_log_request (self->call, self->hop.method, self->hop.uri);
  soup_session_send_async (stoker_http_sessions_get (self->sessions, self->call, self->hop.uri),
                           self->message, G_PRIORITY_DEFAULT,
                           stoker_http_watch_get_cancellable (self->watch), got_headers,
                           g_object_ref (task));
}

/* stoker_http_exchange_async: Makes one attempt. @sessions must live until it is over. */
void
stoker_http_exchange_async (StokerHttpSessions *sessions,
                            StokerHttpCall *call,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Exchange *self = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, stoker_http_exchange_async);
  self->sessions = sessions;
  self->call = stoker_http_call_ref (call);
  self->memory = g_byte_array_new ();
  self->watch = stoker_http_watch_new (cancellable, call->idle_timeout_ms, call->total_timeout_ms);
  stoker_http_hop_init (&self->hop, call);
  stoker_task_set_exchange_state (task, self);
  send_hop (task);
}

/*
 * stoker_http_exchange_finish:
 *
 * Returns: (transfer full): the answer, or %NULL with the error that
 * stoker_http_client_send_finish() tells of
 */
StokerHttpResponse *
stoker_http_exchange_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
