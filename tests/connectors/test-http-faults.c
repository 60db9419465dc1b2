/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "http-fixture.h"

#include "stoker-error.h"

#include <string.h>

/* What goes wrong on the way, at both providers alike: each has a code and a text of its own, no
 * job is made twice, and the key is in neither the texts nor the log (the fixture looks). */
typedef struct
{
  const char *id;
  const char *key;
  const char *field;
  const char *value;
  const char *poor;
  const char *reader;
  const char *submit_path;
} Provider;

static const Provider providers[] = {
  { "runpod", "rpa_test_good", "endpoint_id", "comfy4090", "rpa_test_poor", "rpa_test_readonly",
    "/run$" },
  { "replicate", "r8_test_good", "model", "black-forest-labs/flux-schnell", "r8_test_poor",
    "r8_test_readonly", "/predictions$" },
};

static void
set_up (HttpFixture *fixture, gconstpointer data)
{
  const Provider *provider = data;

  http_fixture_set_up (fixture, provider->id);
  fixture->is_impatient = TRUE;
  http_fixture_connect (fixture, provider->id, provider->key, provider->field, provider->value,
                        NULL);
  http_fixture_set_payload (fixture, "{\"workflow\": {}}");
}

static void
tear_down (HttpFixture *fixture, gconstpointer data)
{
  http_fixture_tear_down (fixture);
}

typedef struct
{
  const char *fault;
  guint times;
  int submit_code;
  const char *submit_part;
  guint jobs; /* that exist after the submit */
  int poll_code;
  const char *poll_part;
} Fault;

/* The client itself tries three times, but never a request that makes a job, except after a 429. */
static const Fault faults[] = {
  { "429", 3, STOKER_ERROR_RATE_LIMITED, "try again a little later", 0, STOKER_ERROR_RATE_LIMITED,
    "too many requests" },
  { "429-retry-after", 3, STOKER_ERROR_RATE_LIMITED, "asks to wait 1 s", 0,
    STOKER_ERROR_RATE_LIMITED, "asks to wait 1 s" },
  { "500", 3, STOKER_ERROR_UNCERTAIN, "trouble of its own (HTTP 500)", 0, STOKER_ERROR_UNAVAILABLE,
    "an unexpected error occurred" },
  { "truncated", 3, STOKER_ERROR_UNCERTAIN, "cut off", 1, STOKER_ERROR_PROTOCOL, "cut off" },
  { "malformed", 3, STOKER_ERROR_UNCERTAIN, "not the JSON", 1, STOKER_ERROR_PROTOCOL,
    "not the JSON" },
  { "hang", 3, STOKER_ERROR_UNCERTAIN, "in time", 0, STOKER_ERROR_UNAVAILABLE, "in time" },
  { "reset-after-accept", 3, STOKER_ERROR_UNCERTAIN, "127.0.0.1", 1, STOKER_ERROR_UNAVAILABLE,
    "127.0.0.1" },
};

static void
control_fault (HttpFixture *fixture, const char *fault, guint times, const char *path)
{
  g_autofree char *order = g_strdup_printf ("{\"fault\": \"%s\", \"times\": %u, \"path\": \"%s\"}",
                                            fault, times, path);

  stoker_emulator_control (fixture->emulator, order);
}

static void
test_submit_faults (HttpFixture *fixture, gconstpointer data)
{
  const Provider *provider = data;
  guint jobs = 0;

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (StokerJobReport) none = NULL;

      g_test_message ("%s: %s at submit", provider->id, faults[i].fault);
      control_fault (fixture, faults[i].fault, faults[i].times, provider->submit_path);
      none = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
      http_fixture_assert_error (fixture, faults[i].submit_code, faults[i].submit_part);
      jobs += faults[i].jobs;
      g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, jobs);
    }
  control_fault (fixture, "none", 0, "");
}

static void
test_poll_faults (HttpFixture *fixture, gconstpointer data)
{
  const Provider *provider = data;

  http_fixture_submit (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (StokerJobReport) none = NULL;

      g_test_message ("%s: %s at poll", provider->id, faults[i].fault);
      control_fault (fixture, faults[i].fault, 0, fixture->remote_id);
      none = http_fixture_run (fixture, STOKER_JOB_POLL);
      http_fixture_assert_error (fixture, faults[i].poll_code, faults[i].poll_part);
    }
  control_fault (fixture, "none", 0, "");
  http_fixture_assert_state (fixture, provider == &providers[0] ? STOKER_JOB_PROVISIONING
                                                                : STOKER_JOB_QUEUED);
}

/* One stumble is nothing that anybody has to hear of. */
static void
test_recovery (HttpFixture *fixture, gconstpointer data)
{
  const Provider *provider = data;

  control_fault (fixture, "429-retry-after", 1, provider->submit_path);
  http_fixture_submit (fixture);
  g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, 1);
  control_fault (fixture, "500", 1, fixture->remote_id);
  http_fixture_assert_state (fixture, provider == &providers[0] ? STOKER_JOB_PROVISIONING
                                                                : STOKER_JOB_QUEUED);
  control_fault (fixture, "slow", 1, fixture->remote_id);
  http_fixture_assert_state (fixture, provider == &providers[0] ? STOKER_JOB_PROVISIONING
                                                                : STOKER_JOB_QUEUED);
}

static void
test_refusals (HttpFixture *fixture, gconstpointer data)
{
  const Provider *provider = data;
  const struct
  {
    const char *key;
    int code;
    const char *part;
  } refusals[] = {
    { "wrong_key_of_somebody", STOKER_ERROR_AUTH, "does not accept the key" },
    { provider->poor, STOKER_ERROR_QUOTA, "out of credit; top it up" },
    { provider->reader, STOKER_ERROR_FORBIDDEN, "knows the key" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (StokerJobReport) none = NULL;

      http_fixture_connect (fixture, provider->id, refusals[i].key, provider->field,
                            provider->value, NULL);
      none = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
      http_fixture_assert_error (fixture, refusals[i].code, refusals[i].part);
      g_assert_null (strstr (fixture->error->message, refusals[i].key));
    }
  g_assert_cmpuint (http_fixture_count_jobs (fixture), ==, 0);
}

/* Nobody listens: the request surely was not sent, so it may be sent again. */
static void
test_nobody_there (HttpFixture *fixture, gconstpointer data)
{
  const Provider *provider = data;
  g_autoptr (StokerJobReport) none = NULL;
  g_autoptr (StokerHealth) health = NULL;

  http_fixture_connect (fixture, provider->id, provider->key, provider->field, provider->value,
                        "api_url", "http://127.0.0.1:1", "jobs_url", "http://127.0.0.1:1", NULL);
  none = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (fixture, STOKER_ERROR_UNAVAILABLE, "not sent: ");
  health = http_fixture_check (fixture);
  g_assert_false (health->is_ok);
  g_assert_cmpint (health->error_code, ==, STOKER_ERROR_UNAVAILABLE);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (HttpFixture *fixture, gconstpointer data);
  } tests[] = {
    { "submit", test_submit_faults },      { "poll", test_poll_faults },
    { "recovery", test_recovery },         { "refusals", test_refusals },
    { "nobody-there", test_nobody_there },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint p = 0; p < G_N_ELEMENTS (providers); p++)
    for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
      {
        g_autofree char *path = g_strdup_printf ("/http/faults/%s/%s", providers[p].id,
                                                 tests[i].name);

        g_test_add (path, HttpFixture, &providers[p], set_up, tests[i].test, tear_down);
      }

  return g_test_run ();
}
