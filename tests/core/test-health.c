/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-health.h"
#include "stoker-json.h"

static StokerHealth *
read_health (const char *text)
{
  g_autoptr (JsonNode) node = stoker_json_parse (text, -1, "h", NULL);

  return stoker_health_from_json (node);
}

static void
test_round_trip (void)
{
  g_autoptr (StokerHealth) health = stoker_health_new (TRUE, 1795238640123456, NULL);
  g_autoptr (StokerHealth) back = NULL;
  g_autoptr (JsonNode) node = NULL;

  health->latency_us = 12500;
  health->account = g_strdup ("me");
  health->balance = g_strdup ("$4.20");
  health->scopes = g_strdup ("all");
  node = stoker_health_to_json (health);
  back = stoker_health_from_json (node);

  g_assert_true (back->is_ok);
  g_assert_cmpint (back->checked_us, ==, health->checked_us);
  g_assert_cmpint (back->latency_us, ==, 12500);
  g_assert_cmpstr (back->account, ==, "me");
  g_assert_cmpstr (back->balance, ==, "$4.20");
  g_assert_cmpstr (back->scopes, ==, "all");
  g_assert_null (back->message);
  g_assert_cmpint (back->error_code, ==, -1);
}

static void
test_errors (void)
{
  g_autoptr (GError) error = g_error_new (STOKER_ERROR, STOKER_ERROR_AUTH, "wrong key");
  g_autoptr (StokerHealth) health = stoker_health_new_error (error, 5 * G_USEC_PER_SEC);
  g_autoptr (JsonNode) node = stoker_health_to_json (health);
  g_autoptr (StokerHealth) back = stoker_health_from_json (node);

  g_assert_false (health->is_ok);
  g_assert_cmpint (back->error_code, ==, STOKER_ERROR_AUTH);
  g_assert_cmpstr (back->message, ==, "wrong key");
  g_assert_cmpint (back->retry_at_us, ==, 0);
}

static void
test_wait (void)
{
  g_autoptr (GError) error = g_error_new (STOKER_ERROR, STOKER_ERROR_RATE_LIMITED, "slow down");
  g_autoptr (StokerHealth) health = NULL;
  g_autoptr (StokerHealth) back = NULL;
  g_autoptr (JsonNode) node = NULL;

  stoker_error_set_wait (error, 90);
  health = stoker_health_new_error (error, 5 * G_USEC_PER_SEC);
  node = stoker_health_to_json (health);
  back = stoker_health_from_json (node);
  g_assert_cmpint (back->retry_at_us, ==, 95 * G_USEC_PER_SEC);
}

static void
test_form_of_the_seeds (void)
{
  g_autoptr (StokerHealth) never = read_health ("{\"ok\":true,\"ts\":0}");
  g_autoptr (StokerHealth) once = read_health ("{\"ok\":true,\"ts\":1795238640.5}");

  g_assert_null (never);
  g_assert_cmpint (once->checked_us, ==, 1795238640500000);
  g_assert_cmpint (once->latency_us, ==, -1);
}

static void
test_nonsense_is_no_outcome (void)
{
  static const char *const cases[] = {
    "null", "[]", "{}", "{\"ts\":5}", "{\"ok\":\"yes\",\"ts\":5}", "{\"ok\":true,\"ts\":\"now\"}"
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_null (read_health (cases[i]));
  g_assert_null (stoker_health_from_json (NULL));
}

static void
test_since (void)
{
  g_autoptr (StokerHealth) first = stoker_health_new (FALSE, 100 * G_USEC_PER_SEC, "down");
  g_autoptr (StokerHealth) second = stoker_health_new (FALSE, 200 * G_USEC_PER_SEC, "down");
  g_autoptr (StokerHealth) good = stoker_health_new (TRUE, 300 * G_USEC_PER_SEC, NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (StokerHealth) read = NULL;

  first->error_code = second->error_code = STOKER_ERROR_UNAVAILABLE;
  stoker_health_continue (first, NULL);
  g_assert_cmpint (first->since_us, ==, first->checked_us);
  stoker_health_continue (second, first);
  g_assert_cmpint (second->since_us, ==, first->checked_us);
  stoker_health_continue (good, second);
  g_assert_cmpint (good->since_us, ==, good->checked_us);
  node = stoker_health_to_json (second);
  read = stoker_health_from_json (node);
  g_assert_cmpint (read->since_us, ==, first->checked_us);
  g_assert_cmpint (read->checked_us, ==, second->checked_us);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/health/round-trip", test_round_trip);
  g_test_add_func ("/health/errors", test_errors);
  g_test_add_func ("/health/wait", test_wait);
  g_test_add_func ("/health/since", test_since);
  g_test_add_func ("/health/form-of-the-seeds", test_form_of_the_seeds);
  g_test_add_func ("/health/nonsense-is-no-outcome", test_nonsense_is_no_outcome);

  return g_test_run ();
}
