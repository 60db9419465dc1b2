/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-retry-private.h"

#include "stoker-error.h"
#include "stoker-http-error-private.h"
#include "stoker-http-host-private.h"
#include "stoker-http-rate-private.h"

static void
test_retry_after (void)
{
  const gint64 now_us = G_GINT64_CONSTANT (1792000000) * G_USEC_PER_SEC;
  g_autoptr (GDateTime) later = g_date_time_new_from_unix_utc (1792000090);
  g_autofree char *date = soup_date_time_to_string (later, SOUP_DATE_HTTP);

  g_assert_cmpint (stoker_http_parse_retry_after (NULL, now_us), ==, -1);
  g_assert_cmpint (stoker_http_parse_retry_after ("", now_us), ==, -1);
  g_assert_cmpint (stoker_http_parse_retry_after ("0", now_us), ==, 0);
  g_assert_cmpint (stoker_http_parse_retry_after ("120", now_us), ==, 120);
  g_assert_cmpint (stoker_http_parse_retry_after ("-5", now_us), ==, -1);
  g_assert_cmpint (stoker_http_parse_retry_after ("99999999999999999999", now_us), ==, -1);
  g_assert_cmpint (stoker_http_parse_retry_after ("soon", now_us), ==, -1);
  g_assert_cmpint (stoker_http_parse_retry_after (date, now_us), ==, 90);
  g_assert_cmpint (stoker_http_parse_retry_after ("Wed, 21 Oct 2015 07:28:00 GMT", now_us), ==, 0);
}

static void
test_backoff (void)
{
  g_assert_cmpuint (stoker_http_backoff_ms (500, 1, 0.0), ==, 500);
  g_assert_cmpuint (stoker_http_backoff_ms (500, 1, 1.0), ==, 250);
  g_assert_cmpuint (stoker_http_backoff_ms (500, 3, 0.0), ==, 2000);
  g_assert_cmpuint (stoker_http_backoff_ms (500, 3, 0.5), ==, 1500);
  g_assert_cmpuint (stoker_http_backoff_ms (500, 1000, 0.0), ==, 30000);
  g_assert_cmpuint (stoker_http_backoff_ms (0, 2, 0.5), ==, 0);
}

static void
test_rate (void)
{
  g_autofree StokerHttpRate *rate = stoker_http_rate_new (3, 3000);

  for (int i = 0; i < 3; i++)
    g_assert_cmpint (stoker_http_rate_take (rate, 10000), ==, 0);
  g_assert_cmpint (stoker_http_rate_take (rate, 10000), ==, 1000);
  g_assert_cmpint (stoker_http_rate_take (rate, 10000), ==, 2000);
  g_assert_cmpint (stoker_http_rate_take (rate, 12500), ==, 500);
  for (int i = 0; i < 3; i++)
    g_assert_cmpint (stoker_http_rate_take (rate, 100000), ==, 0);
  g_assert_cmpint (stoker_http_rate_take (rate, 100000), ==, 1000);
}

static void
test_private_hosts (void)
{
  const char *const inside[] = { "localhost", "127.0.0.1",   "127.9.9.9",   "::1",
                                 "10.0.0.1",  "172.16.0.1",  "192.168.1.5", "169.254.1.1",
                                 "fe80::1",   "fd12::1",     "nas",         "NAS.Local",
                                 "box.lan",   "a.localhost", "b.home.arpa" };
  const char *const outside[] = { "example.org",     "8.8.8.8",           "172.32.0.1",
                                  "2001:db8::1",     "local.example.org", "localhost.example.org",
                                  "127.0.0.1.nip.io" };

  for (gsize i = 0; i < G_N_ELEMENTS (inside); i++)
    g_assert_true (stoker_http_host_is_private (inside[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (outside); i++)
    g_assert_false (stoker_http_host_is_private (outside[i]));
}

static void
test_status (void)
{
  const struct
  {
    guint status;
    int code;
  } cases[] = {
    { 400, STOKER_ERROR_FAILED },       { 401, STOKER_ERROR_AUTH },
    { 402, STOKER_ERROR_QUOTA },        { 403, STOKER_ERROR_FORBIDDEN },
    { 404, STOKER_ERROR_NOT_FOUND },    { 408, STOKER_ERROR_UNAVAILABLE },
    { 409, STOKER_ERROR_FAILED },       { 410, STOKER_ERROR_NOT_FOUND },
    { 413, STOKER_ERROR_FAILED },       { 422, STOKER_ERROR_FAILED },
    { 429, STOKER_ERROR_RATE_LIMITED }, { 500, STOKER_ERROR_UNAVAILABLE },
    { 503, STOKER_ERROR_UNAVAILABLE },  { 529, STOKER_ERROR_UNAVAILABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (stoker_http_status_to_error (cases[i].status), ==, cases[i].code);
}

static void
test_not_sent (void)
{
  g_autoptr (GError) early = stoker_http_error_new_timeout (STOKER_HTTP_STAGE_CONNECTING, "host");
  g_autoptr (GError) late = stoker_http_error_new_timeout (STOKER_HTTP_STAGE_SENDING, "host");
  g_autoptr (GError) other = g_error_new_literal (STOKER_ERROR, STOKER_ERROR_FAILED, "not sent: x");

  g_assert_true (stoker_http_error_is_not_sent (early));
  g_assert_false (stoker_http_error_is_not_sent (late));
  g_assert_false (stoker_http_error_is_not_sent (other));
  g_assert_false (stoker_http_error_is_not_sent (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/http-retry/retry-after", test_retry_after);
  g_test_add_func ("/http-retry/backoff", test_backoff);
  g_test_add_func ("/http-retry/rate", test_rate);
  g_test_add_func ("/http-retry/private-hosts", test_private_hosts);
  g_test_add_func ("/http-retry/status", test_status);
  g_test_add_func ("/http-retry/not-sent", test_not_sent);

  return g_test_run ();
}
