/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "http-fixture.h"

#include "stoker-error.h"

#include <string.h>

/* Deployed endpoints of every kind: what the matrix does not go through. */

static void
connect_to (HttpFixture *fixture, const char *endpoint, const char *interface, const char *key)
{
  g_autoptr (JsonObject) known = http_fixture_load_case ("modal");
  JsonObject *config = json_object_get_object_member (known, "config");
  g_autofree char *path = g_strconcat ("/modal/", endpoint, NULL);

  json_object_set_string_member (json_object_get_object_member (known, "addresses"), "endpoint_url",
                                 path);
  json_object_set_string_member (config, "interface", interface);
  json_object_remove_member (config, "proxy_key");
  if (key != NULL)
    json_object_set_string_member (config, "proxy_key", key);
  http_fixture_connect_case (fixture, known, json_object_get_object_member (known, "secrets"),
                             stoker_emulator_get_url (fixture->emulator));
}

static void
set_up (HttpFixture *fixture, gconstpointer data)
{
  http_fixture_set_up (fixture, "modal");
  connect_to (fixture, "quick", "call", "wk-test_good");
  http_fixture_set_payload (fixture, "{\"prompt\": \"a fox\"}");
}

static void
assert_output (HttpFixture *fixture, const char *suffix)
{
  g_autoptr (StokerJobReport) submitted = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  g_autoptr (StokerJobReport) fetched = NULL;
  const StokerRemoteOutput *output = NULL;

  g_assert_no_error (fixture->error);
  g_assert_cmpint (submitted->state, ==, STOKER_JOB_SUCCEEDED);
  fetched = http_fixture_run (fixture, STOKER_JOB_FETCH);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fetched->outputs->len, ==, 1);
  output = fetched->outputs->pdata[0];
  g_assert_true (g_str_has_suffix (output->path, suffix));
}

/* A long request is sent on from one address to the next; the credentials go with it, for they are
 * all at home, and it runs once. */
static void
test_slow (HttpFixture *fixture, gconstpointer data)
{
  connect_to (fixture, "slow", "call", "wk-test_good");
  assert_output (fixture, ".json");
  g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, 1);
}

static void
test_bytes (HttpFixture *fixture, gconstpointer data)
{
  connect_to (fixture, "picture", "call", "wk-test_good");
  assert_output (fixture, ".png");
}

static void
assert_health (HttpFixture *fixture, gboolean is_ok, const char *part)
{
  g_autoptr (StokerHealth) health = http_fixture_check (fixture);

  g_assert_no_error (fixture->error);
  g_test_message ("%s", health->message);
  g_assert_cmpint (health->is_ok, ==, is_ok);
  g_assert_nonnull (strstr (health->message, part));
}

/* A check must not cost: it asks without the credentials, so that no container starts. */
static void
test_check (HttpFixture *fixture, gconstpointer data)
{
  g_autofree char *state = NULL;

  assert_health (fixture, TRUE, "asking would start a container");
  connect_to (fixture, "quick", "call", NULL);
  assert_health (fixture, TRUE, "proxy token, which is not filled in");
  g_assert_null (http_fixture_run (fixture, STOKER_JOB_SUBMIT));
  http_fixture_assert_error (fixture, STOKER_ERROR_AUTH, "does not accept the proxy token");
  connect_to (fixture, "quick", "call", "wk-test_good");
  assert_output (fixture, ".json");
  state = http_fixture_describe_state (fixture);
  g_assert_nonnull (strstr (state, "\"containers\":0"));
  connect_to (fixture, "open", "call", NULL);
  assert_health (fixture, TRUE, "require proxy authentication");
}

static void
test_mistakes (HttpFixture *fixture, gconstpointer data)
{
  connect_to (fixture, "nothing", "call", "wk-test_good");
  assert_health (fixture, FALSE, "no deployed app at this address");
  g_assert_null (http_fixture_run (fixture, STOKER_JOB_SUBMIT));
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "no deployed app at this address");
  connect_to (fixture, "quick", "spawn", "wk-test_good");
  g_assert_null (http_fixture_run (fixture, STOKER_JOB_SUBMIT));
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "no such route");
  connect_to (fixture, "quick", "call", "wk-test_good");
  http_fixture_set_payload (fixture, "{\"words\": \"a fox\"}");
  g_assert_null (http_fixture_run (fixture, STOKER_JOB_SUBMIT));
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG,
                             "does not accept the input: Field required");
  g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, 0);
}

int
main (int argc, char **argv)
{
  static const HttpTest tests[] = {
    { "slow", test_slow },
    { "bytes", test_bytes },
    { "check", test_check },
    { "mistakes", test_mistakes },
  };

  return http_fixture_run_tests (argc, argv, "/modal/", set_up, tests, G_N_ELEMENTS (tests));
}
