/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * test-provider-matrix ID…
 * Every provider × operation × fault, from the cases in tests/connectors/providers: what is
 * answered, how often it was asked, that no job was made twice, and that the key is nowhere. The
 * table of what came out is printed, and kept for print-matrix.py.
 */

#include "config.h"

#include "provider-faults.h"

#include "stoker-error.h"

#include <string.h>

static void
set_up (gpointer data, gconstpointer id)
{
  ProviderCase *self = data;
  g_autoptr (StokerHealth) health = NULL;

  provider_case_begin (self, id, TRUE);
  http_fixture_connect_special (&self->http, self->known, NULL);
  provider_case_take_job (self, self->known);
  /* A token that the provider hands out is there from now on. */
  health = http_fixture_check (&self->http);
  g_assert_nonnull (health);
}

static void
tear_down (gpointer data, gconstpointer id)
{
  provider_case_end (data);
}

/* The states that a job passes through, and how long each takes. */
static void
walk (ProviderCase *self)
{
  JsonArray *steps = json_object_get_array_member (self->known, "walk");

  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);
      g_autoptr (StokerJobReport) report = NULL;

      provider_case_control (self, "{\"advance\": %" G_GINT64_FORMAT "}",
                             json_object_get_int_member (step, "advance"));
      report = http_fixture_run (&self->http, STOKER_JOB_POLL);
      g_assert_no_error (self->http.error);
      g_assert_cmpstr (stoker_job_state_names[report->state], ==,
                       json_object_get_string_member (step, "state"));
      if (json_object_has_member (step, "log"))
        g_assert_nonnull (strstr (report->log, json_object_get_string_member (step, "log")));
    }
}

static void
submit (ProviderCase *self)
{
  JsonObject *expected = json_object_get_object_member (self->known, "submit");
  g_autoptr (StokerJobReport) report = provider_case_submit (self);

  g_assert_cmpstr (stoker_job_state_names[report->state], ==,
                   provider_case_get_text (expected, "state", ""));
}

/* One of the ways in which a job can end, or be kept waiting. */
static void
test_ending (ProviderCase *self, JsonObject *ending)
{
  g_autofree char *token = g_strdup_printf ("stoker-%08u-0000-4000-9000-000000000000",
                                            http_fixture_count_jobs (&self->http));
  g_autofree char *told = NULL;
  g_autoptr (StokerJobReport) report = NULL;

  provider_case_obey (self, ending);
  http_fixture_connect_special (&self->http, self->known, ending);
  provider_case_take_payload (self, ending);
  self->http.request.token = token;
  submit (self);
  provider_case_control (self, "{\"advance\": %" G_GINT64_FORMAT "}",
                         json_object_get_int_member_with_default (ending, "advance", 0));
  report = http_fixture_run (&self->http, STOKER_JOB_POLL);
  g_assert_no_error (self->http.error);
  told = g_strconcat (report->message != NULL ? report->message : "", " / ",
                      report->stage != NULL ? report->stage : "", NULL);
  g_test_message ("%s: %s", stoker_job_state_names[report->state], told);
  g_assert_cmpstr (stoker_job_state_names[report->state], ==,
                   provider_case_get_text (ending, "state", ""));
  g_assert_nonnull (strstr (told, provider_case_get_text (ending, "text", "")));
  provider_case_control (self, "{\"fault\": \"none\"}");
  provider_case_release (self);
  self->http.request.token = NULL;
}

static void
test_endings (gpointer data, gconstpointer id)
{
  ProviderCase *self = data;
  JsonArray *endings = provider_case_get_array (self->known, "endings");

  for (guint i = 0; i < json_array_get_length (endings); i++)
    test_ending (self, json_array_get_object_element (endings, i));
}

/* The whole life of a job, and its outputs as files. */
static void
test_life (gpointer data, gconstpointer id)
{
  ProviderCase *self = data;
  g_autoptr (StokerJobReport) fetched = NULL;
  JsonArray *outputs = json_object_get_array_member (self->known, "outputs");

  submit (self);
  walk (self);
  fetched = http_fixture_run (&self->http, STOKER_JOB_FETCH);
  g_assert_no_error (self->http.error);
  g_assert_cmpuint (fetched->outputs->len, ==, json_array_get_length (outputs));
  for (guint i = 0; i < fetched->outputs->len; i++)
    {
      const StokerRemoteOutput *output = fetched->outputs->pdata[i];

      g_assert_nonnull (output->path);
      g_assert_true (g_file_test (output->path, G_FILE_TEST_IS_REGULAR));
      g_assert_true (g_str_has_suffix (output->path, json_array_get_string_element (outputs, i)));
    }
  g_assert_cmpuint (http_fixture_count_jobs (&self->http), ==, 1);
  provider_case_release (self);
}

static void
test_cancel (gpointer data, gconstpointer id)
{
  ProviderCase *self = data;
  const char *expected = provider_case_get_text (self->known, "cancelled", "cancelled");
  g_autoptr (StokerJobReport) report = NULL;

  if (provider_faults_get_unsupported (self, OPERATION_CANCEL) != NULL)
    {
      g_test_skip ("it cannot cancel, and says so");
      return;
    }
  submit (self);
  report = http_fixture_run (&self->http, STOKER_JOB_CANCEL);
  g_assert_no_error (self->http.error);
  g_assert_cmpstr (stoker_job_state_names[report->state], ==, expected);
}

/* What people meet: each refusal has a code and a sentence of its own, and nothing is made. */
static void
test_refusals (gpointer data, gconstpointer id)
{
  ProviderCase *self = data;
  JsonArray *refusals = json_object_get_array_member (self->known, "refusals");

  for (guint i = 0; i < json_array_get_length (refusals); i++)
    {
      JsonObject *refusal = json_array_get_object_element (refusals, i);
      g_autoptr (StokerJobReport) none = NULL;
      StokerError code = STOKER_ERROR_FAILED;

      g_assert_true (
        stoker_error_code_from_string (provider_case_get_text (refusal, "code", ""), &code));
      provider_case_obey (self, refusal);
      http_fixture_connect_special (&self->http, self->known, refusal);
      provider_case_take_payload (self, refusal);
      none = http_fixture_run (&self->http, STOKER_JOB_SUBMIT);
      http_fixture_assert_error (&self->http, code, provider_case_get_text (refusal, "text", ""));
      provider_case_control (self, "{\"fault\": \"none\"}");
    }
  g_assert_cmpuint (http_fixture_count_jobs (&self->http), ==, 0);
}

/* Nobody listens: the request surely was not sent, so it may be sent again. */
static void
test_nobody_there (gpointer data, gconstpointer id)
{
  ProviderCase *self = data;
  g_autoptr (StokerJobReport) none = NULL;
  g_autoptr (StokerHealth) health = NULL;

  http_fixture_connect_case (&self->http, self->known,
                             json_object_get_object_member (self->known, "secrets"),
                             "http://127.0.0.1:1");
  none = http_fixture_run (&self->http, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (&self->http, STOKER_ERROR_UNAVAILABLE, "not sent: ");
  health = http_fixture_check (&self->http);
  g_assert_false (health->is_ok);
  g_assert_cmpint (health->error_code, ==, STOKER_ERROR_UNAVAILABLE);
}

int
main (int argc, char **argv)
{
  static const ProviderTest tests[] = {
    { "life", NULL, test_life },
    { "cancel", NULL, test_cancel },
    { "refusals", NULL, test_refusals },
    { "nobody-there", NULL, test_nobody_there },
    { "endings", "endings", test_endings },
    { "faults", NULL, provider_faults_test },
  };
  static const ProviderSuite suite = {
    "providers", sizeof (ProviderCase), set_up, tear_down, tests, G_N_ELEMENTS (tests),
  };

  return provider_case_run (argc, argv, &suite);
}
