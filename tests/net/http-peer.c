/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "http-peer.h"

#include <string.h>

#define PATIENCE_S 20
#define DRIP_MS 20

/* outcome_clear: Frees what came. */
void
outcome_clear (Outcome *self)
{
  g_clear_pointer (&self->response, stoker_http_response_unref);
  g_clear_error (&self->error);
  self->is_done = FALSE;
}

static void
got_response (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *self = user_data;

  self->response = stoker_http_client_send_finish (STOKER_HTTP_CLIENT (source), result,
                                                   &self->error);
  self->is_done = TRUE;
}

/* outcome_start: Sends without waiting. */
void
outcome_start (Outcome *self,
               StokerHttpClient *client,
               const StokerHttpRequest *request,
               GCancellable *cancellable)
{
  stoker_http_client_send_async (client, request, cancellable, got_response, self);
}

/* outcome_wait: Waits for what outcome_start() began. */
void
outcome_wait (Outcome *self)
{
  wait_until (&self->is_done);
  g_assert_true ((self->response == NULL) != (self->error == NULL));
}

/* outcome_send: Sends and waits. */
void
outcome_send (Outcome *self, StokerHttpClient *client, const StokerHttpRequest *request)
{
  outcome_clear (self);
  outcome_start (self, client, request, NULL);
  outcome_wait (self);
}

/* assert_body: The answer came, and this is its body. */
void
assert_body (const Outcome *outcome, const char *text)
{
  g_autofree char *body = NULL;

  g_assert_no_error (outcome->error);
  body = stoker_http_response_dup_text (outcome->response);
  g_assert_cmpstr (body, ==, text);
}

static gboolean
lost_patience_cb (gpointer user_data)
{
  gboolean *is_late = user_data;

  *is_late = TRUE;
  return G_SOURCE_CONTINUE;
}

/* wait_until: See the header. */
void
wait_until (const gboolean *flag)
{
  gboolean is_late = FALSE;
  guint id = g_timeout_add_seconds (PATIENCE_S, lost_patience_cb, &is_late);

  while (!*flag && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  g_assert_true (*flag);
}

struct _Peer
{
  GSocketService *service;
  char *url;
  PeerStep *steps;
  guint n_steps;
  guint connections;
  GPtrArray *requests; /* of char* */
  GPtrArray *lines;    /* of Line, open connections */
};

typedef struct
{
  Peer *peer;
  GSocketConnection *connection;
  GString *received;
  GSource *readable;
  GSource *drip;
} Line;

static void
stop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
line_close (Line *self)
{
  stop_source (&self->readable);
  stop_source (&self->drip);
  if (self->connection != NULL)
    g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_clear_object (&self->connection);
}

static void
line_free (Line *self)
{
  line_close (self);
  g_string_free (self->received, TRUE);
  g_free (self);
}

static gboolean
drip_cb (gpointer user_data)
{
  Line *self = user_data;
  GSocket *socket = g_socket_connection_get_socket (self->connection);

  if (g_socket_send (socket, "x", 1, NULL, NULL) == 1)
    return G_SOURCE_CONTINUE;
  stop_source (&self->drip);
  return G_SOURCE_REMOVE;
}

static void
send_text (Line *self, const char *text)
{
  GSocket *socket = g_socket_connection_get_socket (self->connection);

  if (text != NULL)
    g_socket_send (socket, text, strlen (text), NULL, NULL);
}

static void
end_answer (Line *self, PeerEnd end)
{
  if (end == PEER_CLOSE)
    {
      line_close (self);
      return;
    }
  if (end != PEER_DRIP)
    return;
  self->drip = g_timeout_source_new (DRIP_MS);
  g_source_set_callback (self->drip, drip_cb, self, NULL);
  g_source_attach (self->drip, NULL);
}

static void
answer (Line *self)
{
  Peer *peer = self->peer;
  guint index = MIN (peer->requests->len, peer->n_steps - 1);
  PeerStep step = peer->steps[index];

  g_ptr_array_add (peer->requests, g_strdup (self->received->str));
  g_string_truncate (self->received, 0);
  send_text (self, step.answer);
  end_answer (self, step.end);
}

static gboolean
is_whole_request (const char *text)
{
  const char *end = strstr (text, "\r\n\r\n");
  const char *length = strstr (text, "Content-Length: ");

  if (end == NULL)
    return FALSE;
  if (length == NULL || length > end)
    return TRUE;
  return strlen (end + 4) >= g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10);
}

static gboolean
line_readable_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  Line *self = user_data;
  char buffer[4096];
  gssize n = g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL);

  if (n <= 0)
    {
      line_close (self);
      return G_SOURCE_REMOVE;
    }
  g_string_append_len (self->received, buffer, n);
  if (is_whole_request (self->received->str))
    answer (self);
  return self->connection != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, Peer *peer)
{
  Line *line = g_new0 (Line, 1);
  GSocket *socket = g_socket_connection_get_socket (connection);

  peer->connections++;
  line->peer = peer;
  line->connection = g_object_ref (connection);
  line->received = g_string_new (NULL);
  g_socket_set_blocking (socket, FALSE);
  line->readable = g_socket_create_source (socket, G_IO_IN | G_IO_HUP, NULL);
  g_source_set_callback (line->readable, (GSourceFunc) line_readable_cb, line, NULL);
  g_source_attach (line->readable, NULL);
  g_ptr_array_add (peer->lines, line);
  return TRUE;
}

/* peer_new: Listens on a free port of the loopback. */
Peer *
peer_new (const PeerStep *steps, guint n_steps)
{
  Peer *self = g_new0 (Peer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->steps = g_memdup2 (steps, n_steps * sizeof *steps);
  self->n_steps = n_steps;
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%u/",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  return self;
}

/* peer_free: Closes everything; from now on connections to its port are refused. */
void
peer_free (Peer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->requests);
  g_free (self->steps);
  g_free (self->url);
  g_free (self);
}

/* peer_get_url: Returns: where it listens, with a slash at the end */
const char *
peer_get_url (Peer *self)
{
  return self->url;
}

/* peer_get_requests: Returns: how many requests came */
guint
peer_get_requests (Peer *self)
{
  return self->requests->len;
}

/* peer_get_connections: Returns: how many connections were made */
guint
peer_get_connections (Peer *self)
{
  return self->connections;
}

/* peer_get_request: Returns: a request as it came over the wire */
const char *
peer_get_request (Peer *self, guint index)
{
  g_assert_cmpuint (index, <, self->requests->len);
  return g_ptr_array_index (self->requests, index);
}
