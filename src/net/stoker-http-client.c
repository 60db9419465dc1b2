/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-client.h"

#include "stoker-error.h"
#include "stoker-http-exchange-private.h"
#include "stoker-http-rate-private.h"
#include "stoker-http-retry-private.h"
#include "stoker-http-watch-private.h"
#include "stoker-task.h"

#define BACKOFF_MS 500
#define SECOND_MS 1000

struct _StokerHttpClient
{
  GObject parent_instance;

  StokerHttpSessions *sessions; /* owned */
  GHashTable *rates;            /* owned: host → StokerHttpRate */
  guint backoff_ms;
  guint second_ms;
};

G_DEFINE_FINAL_TYPE (StokerHttpClient, stoker_http_client, G_TYPE_OBJECT)

/* A request on its way, over all its attempts. */
typedef struct
{
  StokerHttpCall *call; /* owned */
  guint attempts;
  guint64 waited_ms;
} Delivery;

static void
delivery_free (Delivery *self)
{
  g_clear_pointer (&self->call, stoker_http_call_unref);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Delivery, delivery, delivery_free)

static void begin_attempt (GTask *task);

static void
waited_for_retry (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!stoker_http_wait_finish (result, &error))
    g_task_return_error (task, error);
  else
    begin_attempt (task);
}

static guint64
choose_wait (StokerHttpClient *self, Delivery *delivery, const StokerHttpResponse *response)
{
  if (response != NULL && response->retry_after_s >= 0)
    return (guint64) response->retry_after_s * self->second_ms;
  return stoker_http_backoff_ms (self->backoff_ms, delivery->attempts, g_random_double ());
}

/* Whether another attempt was arranged. */
static gboolean
try_again (GTask *task, StokerHttpResponse *response)
{
  StokerHttpClient *self = g_task_get_source_object (task);
  Delivery *delivery = stoker_task_get_delivery_state (task);
  guint64 wait_ms = 0;

  if (!stoker_http_retry_is_worthwhile (delivery->call, delivery->attempts, response))
    return FALSE;
  wait_ms = choose_wait (self, delivery, response);
  if (delivery->waited_ms + wait_ms > (guint64) STOKER_HTTP_MAX_WAIT_S * self->second_ms)
    return FALSE;
  delivery->waited_ms += wait_ms;
  g_debug ("attempt %u failed, the next one in %" G_GUINT64_FORMAT " ms", delivery->attempts,
           wait_ms);
  stoker_http_wait_async ((guint) wait_ms, g_task_get_cancellable (task), waited_for_retry,
                          g_object_ref (task));
  return TRUE;
}

static void
handle_failure (GTask *task, GError *error)
{
  Delivery *delivery = stoker_task_get_delivery_state (task);
  g_autoptr (GError) owned_error = error;

  if (!stoker_http_error_is_not_sent (error))
    delivery->call->may_have_acted = TRUE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !try_again (task, NULL))
    g_task_return_error (task, g_steal_pointer (&owned_error));
}

static void
handle_answer (GTask *task, StokerHttpResponse *response)
{
  Delivery *delivery = stoker_task_get_delivery_state (task);
  g_autoptr (StokerHttpResponse) owned_response = response;

  response->attempts = delivery->attempts;
  if (!stoker_http_retry_is_rate_limit (delivery->call, response))
    delivery->call->may_have_acted = TRUE;
  if (!try_again (task, response))
    g_task_return_pointer (task, g_steal_pointer (&owned_response),
                           (GDestroyNotify) stoker_http_response_unref);
}

static void
did_exchange (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  StokerHttpResponse *response = stoker_http_exchange_finish (result, &error);

  if (response == NULL)
    handle_failure (task, error);
  else
    handle_answer (task, response);
}

static void
send_attempt (GTask *task)
{
  StokerHttpClient *self = g_task_get_source_object (task);
  Delivery *delivery = stoker_task_get_delivery_state (task);

  delivery->attempts++;
  stoker_http_exchange_async (self->sessions, delivery->call, g_task_get_cancellable (task),
                              did_exchange, g_object_ref (task));
}

static void
waited_for_turn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!stoker_http_wait_finish (result, &error))
    g_task_return_error (task, error);
  else
    send_attempt (task);
}

static void
begin_attempt (GTask *task)
{
  StokerHttpClient *self = g_task_get_source_object (task);
  Delivery *delivery = stoker_task_get_delivery_state (task);
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (delivery->call->uri), -1);
  StokerHttpRate *rate = g_hash_table_lookup (self->rates, host);
  gint64 wait_us = rate != NULL ? stoker_http_rate_take (rate, g_get_monotonic_time ()) : 0;

  if (wait_us == 0)
    send_attempt (task);
  else
    stoker_http_wait_async ((guint) MIN (wait_us / 1000 + 1, G_MAXINT),
                            g_task_get_cancellable (task), waited_for_turn, g_object_ref (task));
}

static void
stoker_http_client_finalize (GObject *object)
{
  StokerHttpClient *self = STOKER_HTTP_CLIENT (object);

  g_clear_pointer (&self->sessions, stoker_http_sessions_free);
  g_clear_pointer (&self->rates, g_hash_table_unref);

  G_OBJECT_CLASS (stoker_http_client_parent_class)->finalize (object);
}

static void
stoker_http_client_class_init (StokerHttpClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_http_client_finalize;
}

static void
stoker_http_client_init (StokerHttpClient *self)
{
  self->sessions = stoker_http_sessions_new ();
  self->rates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->backoff_ms = BACKOFF_MS;
  self->second_ms = SECOND_MS;
}

/**
 * stoker_http_client_new:
 *
 * Makes a client. One is enough for everything; it belongs to the thread that uses it first.
 *
 * Returns: (transfer full): a new client
 */
StokerHttpClient *
stoker_http_client_new (void)
{
  return g_object_new (STOKER_TYPE_HTTP_CLIENT, NULL);
}

/**
 * stoker_http_client_set_pace:
 * @second_ms: how many milliseconds a second of a time-out, a Retry-After or a rate limit has
 * @backoff_ms: the first pause between two attempts
 *
 * Makes time pass faster, for tests.
 */
void
stoker_http_client_set_pace (StokerHttpClient *self, guint second_ms, guint backoff_ms)
{
  g_return_if_fail (STOKER_IS_HTTP_CLIENT (self));
  g_return_if_fail (second_ms > 0);

  self->second_ms = second_ms;
  self->backoff_ms = backoff_ms;
}

/**
 * stoker_http_client_set_rate:
 * @host: name or address, without port
 * @requests: how many requests may be sent to it…
 * @per_seconds: …in this time; 0 in either ends the limit
 *
 * Limits the requests to a host. Those beyond the limit wait their turn, retries included. Setting
 * the same limit again does not refill the bucket.
 */
void
stoker_http_client_set_rate (StokerHttpClient *self,
                             const char *host,
                             guint requests,
                             guint per_seconds)
{
  g_autofree StokerHttpRate *rate = NULL;
  g_autofree char *key = NULL;
  StokerHttpRate *old = NULL;

  g_return_if_fail (STOKER_IS_HTTP_CLIENT (self));
  g_return_if_fail (host != NULL);

  key = g_ascii_strdown (host, -1);
  if (requests == 0 || per_seconds == 0)
    {
      g_hash_table_remove (self->rates, key);
      return;
    }
  rate = stoker_http_rate_new (requests, (gint64) per_seconds * self->second_ms * 1000);
  old = g_hash_table_lookup (self->rates, key);
  if (old != NULL)
    rate->due_us = old->due_us;
  g_hash_table_replace (self->rates, g_steal_pointer (&key), g_steal_pointer (&rate));
}

/**
 * stoker_http_client_send_async:
 * @request: what to send; copied
 * @cancellable: (nullable): ends it
 * @callback: called on the thread-default main context of the caller
 *
 * Sends a request, waits where the host's rate limit or its Retry-After says so (together at most a
 * minute for the latter), and tries again where that is harmless and promising.
 *
 * Plain http is refused unless the host is this computer or a private one, or the request allows it
 * because the user typed the address. Redirects are followed at most five times, never from https
 * to http, and without credentials once the origin has changed.
 */
void
stoker_http_client_send_async (StokerHttpClient *self,
                               const StokerHttpRequest *request,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  StokerHttpCall *call = NULL;
  Delivery *delivery = NULL;
  GError *error = NULL;

  g_return_if_fail (STOKER_IS_HTTP_CLIENT (self));
  g_return_if_fail (request != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, stoker_http_client_send_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  call = stoker_http_call_new (request, self->second_ms, &error);
  if (call == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  delivery = g_new0 (Delivery, 1);
  delivery->call = call;
  stoker_task_set_delivery_state (task, delivery);
  begin_attempt (task);
}

/**
 * stoker_http_client_send_finish:
 *
 * Takes the answer. Any status is an answer; when the server named a time to come back that is
 * further away than the client waits, `retry_after_s` tells it.
 *
 * Returns: (transfer full): the answer, or %NULL with @error set as #StokerHttpClient says
 */
StokerHttpResponse *
stoker_http_client_send_finish (StokerHttpClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_http_client_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
