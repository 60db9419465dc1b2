/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-client.h"

#include "http-peer.h"
#include "stoker-error.h"

#include <string.h>

/* A second of the client has 50 ms here, so that its time-outs and waits can be seen in a moment.
 */
#define SECOND_MS 50
#define BACKOFF_MS 5

#define OK "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine"
#define BUSY "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
#define SLOW_DOWN "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"
#define SLOW_DOWN_2S "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n"
#define SLOW_DOWN_HOUR \
  "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n"

typedef struct
{
  StokerHttpClient *client;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->client = stoker_http_client_new ();
  stoker_http_client_set_pace (fixture->client, SECOND_MS, BACKOFF_MS);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->client);
}

static void
test_plain (Fixture *fixture, gconstpointer data)
{
  const PeerStep steps[] = {
    { "HTTP/1.1 418 Teapot\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 2\r\n\r\nno", PEER_SERVE }
  };
  g_autoptr (Peer) peer = peer_new (steps, G_N_ELEMENTS (steps));
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  const char *const headers[] = { "X-Name", "value", NULL };
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .method = "POST",
                                      .url = peer_get_url (peer),
                                      .headers = headers,
                                      .body = body,
                                      .content_type = "application/json" });
  assert_body (&outcome, "no");
  g_assert_cmpuint (outcome.response->status, ==, 418);
  g_assert_cmpstr (outcome.response->reason, ==, "Teapot");
  g_assert_cmpstr (stoker_http_response_get_header (outcome.response, "x-a"), ==, "1, 2");
  g_assert_cmpuint (outcome.response->attempts, ==, 1);
  g_assert_cmpint (outcome.response->latency_us, >, 0);
  g_assert_cmpint (outcome.response->retry_after_s, ==, -1);
  g_assert_true (g_str_has_prefix (peer_get_request (peer, 0), "POST / HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (peer_get_request (peer, 0), "X-Name: value\r\n"));
  g_assert_nonnull (strstr (peer_get_request (peer, 0), "Content-Type: application/json\r\n"));
  g_assert_true (g_str_has_suffix (peer_get_request (peer, 0), "\r\n\r\n{}"));
}

typedef struct
{
  PeerStep steps[4];
  guint n_steps;
  gboolean is_repeatable;
  guint max_attempts;
  guint status;
  guint attempts;
  gint64 retry_after_s;
} RetryCase;

static const RetryCase retry_cases[] = {
  { { { BUSY, PEER_SERVE }, { OK, PEER_SERVE } }, 2, TRUE, 0, 200, 2, -1 },
  { { { BUSY, PEER_SERVE }, { OK, PEER_SERVE } }, 2, FALSE, 0, 503, 1, -1 },
  { { { BUSY, PEER_SERVE } }, 1, TRUE, 0, 503, 3, -1 },
  { { { BUSY, PEER_SERVE } }, 1, TRUE, 5, 503, 5, -1 },
  { { { SLOW_DOWN, PEER_SERVE }, { OK, PEER_SERVE } }, 2, FALSE, 0, 200, 2, -1 },
  { { { SLOW_DOWN_2S, PEER_SERVE }, { OK, PEER_SERVE } }, 2, FALSE, 0, 200, 2, -1 },
  { { { SLOW_DOWN_HOUR, PEER_SERVE }, { OK, PEER_SERVE } }, 2, TRUE, 0, 429, 1, 3600 },
  { { { SLOW_DOWN, PEER_SERVE }, { BUSY, PEER_SERVE }, { OK, PEER_SERVE } },
    3,
    FALSE,
    0,
    503,
    2,
    -1 },
  { { { NULL, PEER_CLOSE }, { OK, PEER_SERVE } }, 2, TRUE, 0, 200, 2, -1 },
};

static void
test_retry (Fixture *fixture, gconstpointer data)
{
  const RetryCase *expected = data;
  g_autoptr (Peer) peer = peer_new (expected->steps, expected->n_steps);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .method = "POST",
                                      .url = peer_get_url (peer),
                                      .is_repeatable = expected->is_repeatable,
                                      .max_attempts = expected->max_attempts });
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.response->status, ==, expected->status);
  g_assert_cmpuint (outcome.response->attempts, ==, expected->attempts);
  g_assert_cmpuint (peer_get_requests (peer), ==, expected->attempts);
  g_assert_cmpint (outcome.response->retry_after_s, ==, expected->retry_after_s);
}

static void
test_retry_after_is_waited_for (Fixture *fixture, gconstpointer data)
{
  const PeerStep steps[] = { { SLOW_DOWN_2S, PEER_SERVE }, { OK, PEER_SERVE } };
  g_autoptr (Peer) peer = peer_new (steps, G_N_ELEMENTS (steps));
  g_auto (Outcome) outcome = { 0 };
  gint64 begin_us = g_get_monotonic_time ();

  outcome_send (&outcome, fixture->client, &(StokerHttpRequest){ .url = peer_get_url (peer) });
  assert_body (&outcome, "fine");
  g_assert_cmpint (g_get_monotonic_time () - begin_us, >=, 2 * SECOND_MS * 1000);
}

static void
assert_unavailable (const Outcome *outcome, gboolean is_not_sent)
{
  g_assert_error (outcome->error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE);
  g_assert_cmpint (stoker_http_error_is_not_sent (outcome->error), ==, is_not_sent);
}

static void
test_hung (Fixture *fixture, gconstpointer data)
{
  const PeerStep steps[] = { { NULL, PEER_HOLD } };
  g_autoptr (Peer) peer = peer_new (steps, G_N_ELEMENTS (steps));
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .url = peer_get_url (peer), .timeout_s = 1 });
  assert_unavailable (&outcome, FALSE);
  g_assert_cmpstr (outcome.error->message, ==, "127.0.0.1 did not answer in time");
  g_assert_cmpuint (peer_get_requests (peer), ==, 1);
}

/* Each byte is in time, but all of them together are not. */
static void
test_drip (Fixture *fixture, gconstpointer data)
{
  const PeerStep steps[] = { { "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", PEER_DRIP } };
  g_autoptr (Peer) peer = peer_new (steps, G_N_ELEMENTS (steps));
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){
                  .url = peer_get_url (peer), .timeout_s = 2, .total_timeout_s = 5 });
  assert_unavailable (&outcome, FALSE);
}

static void
test_silence_in_body (Fixture *fixture, gconstpointer data)
{
  const PeerStep steps[] = { { "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", PEER_HOLD } };
  g_autoptr (Peer) peer = peer_new (steps, G_N_ELEMENTS (steps));
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){
                  .url = peer_get_url (peer), .timeout_s = 1, .total_timeout_s = 1000 });
  assert_unavailable (&outcome, FALSE);
}

/* A stream of events has no end; what came of it is the answer. */
static void
test_stream (Fixture *fixture, gconstpointer data)
{
  const PeerStep steps[] = {
    { "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n", PEER_HOLD }
  };
  g_autoptr (Peer) peer = peer_new (steps, G_N_ELEMENTS (steps));
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){
                  .url = peer_get_url (peer), .timeout_s = 1, .may_be_cut = TRUE });
  assert_body (&outcome, "data: 1\n\n");
}

typedef struct
{
  const char *answer;
  PeerEnd end;
  int code;
} BrokenCase;

static const BrokenCase broken_cases[] = {
  { "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", PEER_CLOSE, STOKER_ERROR_PROTOCOL },
  { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", PEER_CLOSE,
    STOKER_ERROR_PROTOCOL },
  { "SSH-2.0-OpenSSH_9.2\r\n\r\n", PEER_CLOSE, STOKER_ERROR_PROTOCOL },
  { "HTTP/1.1 2", PEER_CLOSE, STOKER_ERROR_PROTOCOL },
  { NULL, PEER_CLOSE, STOKER_ERROR_UNAVAILABLE },
};

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  const BrokenCase *expected = data;
  const PeerStep step = { expected->answer, expected->end };
  g_autoptr (Peer) peer = peer_new (&step, 1);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .method = "POST", .url = peer_get_url (peer) });
  g_assert_error (outcome.error, STOKER_ERROR, expected->code);
  g_assert_false (stoker_http_error_is_not_sent (outcome.error));
  g_assert_cmpuint (peer_get_requests (peer), ==, 1);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const PeerStep step = { OK, PEER_CLOSE };
  Peer *peer = peer_new (&step, 1);
  g_autofree char *url = g_strdup (peer_get_url (peer));
  g_auto (Outcome) outcome = { 0 };

  peer_free (peer);
  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .method = "POST", .url = url, .is_repeatable = TRUE });
  assert_unavailable (&outcome, TRUE);
}

static void
test_unknown_name (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .url = "http://no-such-host.localhost.invalid./",
                                      .allows_plain_http = TRUE,
                                      .timeout_s = 100 });
  assert_unavailable (&outcome, TRUE);
}

/* The first attempt may have done something, so the failure of the second one does not mean that
 * nothing happened. */
static void
test_not_sent_is_about_all_attempts (Fixture *fixture, gconstpointer data)
{
  const PeerStep step = { "HTTP/1.1 503 Busy\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n",
                          PEER_CLOSE };
  Peer *peer = peer_new (&step, 1);
  g_auto (Outcome) outcome = { 0 };

  outcome_start (&outcome, fixture->client,
                 &(StokerHttpRequest){
                   .method = "POST", .url = peer_get_url (peer), .is_repeatable = TRUE },
                 NULL);
  while (peer_get_requests (peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  peer_free (peer);
  outcome_wait (&outcome);
  assert_unavailable (&outcome, FALSE);
}

/* No request goes over a connection that may already be dead. */
static void
test_kept_connection_closed (Fixture *fixture, gconstpointer data)
{
  const PeerStep steps[] = { { OK, PEER_CLOSE }, { OK, PEER_CLOSE }, { OK, PEER_CLOSE } };
  g_autoptr (Peer) peer = peer_new (steps, G_N_ELEMENTS (steps));
  g_auto (Outcome) outcome = { 0 };

  for (guint i = 0; i < 3; i++)
    {
      outcome_send (&outcome, fixture->client,
                    &(StokerHttpRequest){ .method = i == 1 ? "POST" : "GET",
                                          .url = peer_get_url (peer),
                                          .is_repeatable = i != 1 });
      assert_body (&outcome, "fine");
    }
  g_assert_cmpuint (peer_get_requests (peer), ==, 3);
}

static void
test_own_connection (Fixture *fixture, gconstpointer data)
{
  const PeerStep steps[] = { { OK, PEER_SERVE } };
  g_autoptr (Peer) peer = peer_new (steps, G_N_ELEMENTS (steps));
  g_auto (Outcome) outcome = { 0 };

  for (guint i = 0; i < 3; i++)
    outcome_send (&outcome, fixture->client,
                  &(StokerHttpRequest){
                    .method = "POST", .url = peer_get_url (peer), .is_repeatable = TRUE });
  g_assert_cmpuint (peer_get_requests (peer), ==, 3);
  g_assert_cmpuint (peer_get_connections (peer), ==, 3);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  const PeerStep steps[] = {
    { "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n", PEER_HOLD },
    { "HTTP/1.1 200 OK\r\n\r\n01234567890", PEER_HOLD },
    { "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789", PEER_HOLD },
  };
  g_autoptr (Peer) peer = peer_new (steps, G_N_ELEMENTS (steps));
  g_auto (Outcome) outcome = { 0 };
  StokerHttpRequest request = { .url = peer_get_url (peer),
                                .max_body_bytes = 10,
                                .is_repeatable = TRUE };

  for (guint i = 0; i < 2; i++)
    {
      outcome_send (&outcome, fixture->client, &request);
      g_assert_error (outcome.error, STOKER_ERROR, STOKER_ERROR_PROTOCOL);
    }
  outcome_send (&outcome, fixture->client, &request);
  assert_body (&outcome, "0123456789");
  g_assert_cmpuint (peer_get_requests (peer), ==, 3);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  const PeerStep steps[] = { { data, PEER_HOLD } };
  g_autoptr (Peer) peer = peer_new (steps, G_N_ELEMENTS (steps));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Outcome) outcome = { 0 };

  outcome_start (&outcome, fixture->client,
                 &(StokerHttpRequest){ .url = peer_get_url (peer), .is_repeatable = TRUE },
                 cancellable);
  while (peer_get_requests (peer) == 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_false (outcome.is_done);
  g_cancellable_cancel (cancellable);
  outcome_wait (&outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  const PeerStep steps[] = { { OK, PEER_CLOSE } };
  g_autoptr (Peer) peer = peer_new (steps, G_N_ELEMENTS (steps));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Outcome) outcome = { 0 };

  g_cancellable_cancel (cancellable);
  outcome_start (&outcome, fixture->client, &(StokerHttpRequest){ .url = peer_get_url (peer) },
                 cancellable);
  outcome_wait (&outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (peer_get_connections (peer), ==, 0);
}

static void
test_rate (Fixture *fixture, gconstpointer data)
{
  const PeerStep steps[] = { { OK, PEER_SERVE } };
  g_autoptr (Peer) peer = peer_new (steps, G_N_ELEMENTS (steps));
  g_auto (Outcome) outcome = { 0 };
  gint64 begin_us = g_get_monotonic_time ();

  stoker_http_client_set_rate (fixture->client, "127.0.0.1", 2, 4);
  for (guint i = 0; i < 4; i++)
    outcome_send (&outcome, fixture->client, &(StokerHttpRequest){ .url = peer_get_url (peer) });
  /* Two at once, then one every two seconds. */
  g_assert_cmpint (g_get_monotonic_time () - begin_us, >=, 4 * SECOND_MS * 1000);
  stoker_http_client_set_rate (fixture->client, "127.0.0.1", 0, 0);
  begin_us = g_get_monotonic_time ();
  outcome_send (&outcome, fixture->client, &(StokerHttpRequest){ .url = peer_get_url (peer) });
  assert_body (&outcome, "fine");
}

typedef struct
{
  StokerHttpRequest request;
  const char *message;
} ConfigCase;

static const char *const broken_value[] = { "X-A", "a\r\nX-B: b", NULL };
static const char *const broken_name[] = { "X A", "a", NULL };

#define PIN "00112233445566778899AABBCCDDEEFF:00112233445566778899aabbccddeeff"

static const ConfigCase config_cases[] = {
  { { .url = "nonsense" }, "not a valid http(s) address" },
  { { .url = NULL }, "not a valid http(s) address" },
  { { .url = "https:///path" }, "not a valid http(s) address" },
  { { .url = "file:///etc/passwd" }, "not a valid http(s) address" },
  { { .url = "ftp://example.org/" }, "addresses with ftp: are not allowed" },
  { { .url = "http://api.example.org/" },
    "api.example.org must be reached with https, not with plain http" },
  { { .url = "http://localhost/", .pinned_certificate = PIN },
    "localhost must be reached with https, not with plain http" },
  { { .url = "https://localhost/", .pinned_certificate = "00" },
    "the pinned certificate must be a SHA-256 of 64 hexadecimal digits" },
  { { .url = "https://localhost/", .method = "G ET" }, "not a valid http method" },
  { { .url = "https://localhost/", .headers = broken_name }, "header 1 has no valid name" },
  { { .url = "https://localhost/", .headers = broken_value },
    "the value of header X-A has a line break" },
};

static void
test_config (Fixture *fixture, gconstpointer data)
{
  const ConfigCase *expected = data;
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client, &expected->request);
  g_assert_error (outcome.error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_cmpstr (outcome.error->message, ==, expected->message);
}

#define ADD(name, function) \
  g_test_add ("/http-client/" name, Fixture, NULL, set_up, function, tear_down)

static void
add_cases (const char *name,
           gconstpointer cases,
           gsize size,
           gsize n,
           void (*function) (Fixture *, gconstpointer))
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/http-client/%s/%u", name, (guint) i);

      g_test_add (path, Fixture, (const char *) cases + i * size, set_up, function, tear_down);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("plain", test_plain);
  add_cases ("retry", retry_cases, sizeof *retry_cases, G_N_ELEMENTS (retry_cases), test_retry);
  ADD ("retry-after", test_retry_after_is_waited_for);
  ADD ("hung", test_hung);
  ADD ("drip", test_drip);
  ADD ("silence-in-body", test_silence_in_body);
  ADD ("stream", test_stream);
  add_cases ("broken", broken_cases, sizeof *broken_cases, G_N_ELEMENTS (broken_cases),
             test_broken);
  ADD ("refused", test_refused);
  ADD ("unknown-name", test_unknown_name);
  ADD ("not-sent-is-about-all-attempts", test_not_sent_is_about_all_attempts);
  ADD ("kept-connection-closed", test_kept_connection_closed);
  ADD ("own-connection", test_own_connection);
  ADD ("too-large", test_too_large);
  g_test_add ("/http-client/cancel/before-answer", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/http-client/cancel/in-body", Fixture,
              "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", set_up, test_cancel, tear_down);
  ADD ("cancel/before", test_cancelled_before);
  ADD ("rate", test_rate);
  add_cases ("config", config_cases, sizeof *config_cases, G_N_ELEMENTS (config_cases),
             test_config);

  return g_test_run ();
}
