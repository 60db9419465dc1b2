/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Providers that rent out machines: whatever becomes of a job, no machine is left that goes on
 * costing.
 */

#include "config.h"

#include "http-fixture.h"

#include "stoker-error.h"

#include <string.h>

typedef struct
{
  const char *id;
  const char *ended; /* what the emulator calls a machine that costs nothing */
  const char *type;  /* nullable: member of an order that says the kind of the machine */
  const char *large; /* the kind that has eight H100 SXM */
} Case;

static const Case cases[] = {
  { "lambda", "terminated", "instance_type_name", "gpu_8x_h100_sxm5" },
  { "paperspace", "deleted", "machineType", "H100x8" },
  { "vast", "destroyed", NULL, NULL },
};

typedef struct
{
  HttpFixture http;
  JsonObject *known;
} Fixture;

static const char *
get_text (JsonObject *object, const char *name)
{
  return json_object_get_string_member (object, name);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const Case *machine = data;
  g_autofree char *payload = NULL;

  self->known = http_fixture_load_case (machine->id);
  http_fixture_set_up (&self->http, machine->id);
  http_fixture_connect_case (&self->http, self->known,
                             json_object_get_object_member (self->known, "secrets"),
                             stoker_emulator_get_url (self->http.emulator));
  payload = json_to_string (json_object_get_member (self->known, "payload"), FALSE);
  http_fixture_set_payload (&self->http, payload);
  self->http.request.plan_id = get_text (self->known, "plan");
  self->http.request.gpu = get_text (self->known, "gpu");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  http_fixture_tear_down (&self->http);
  json_object_unref (self->known);
}

/* All machines that were ever made have ended, and there are @count of them. */
static void
assert_all_ended (Fixture *self, const Case *machine, guint count)
{
  g_autoptr (JsonNode) state = stoker_emulator_get_state (self->http.emulator);
  JsonArray *jobs = json_object_get_array_member (json_node_get_object (state), "jobs");

  g_assert_cmpuint (json_array_get_length (jobs), ==, count);
  for (guint i = 0; i < count; i++)
    {
      JsonObject *job = json_array_get_object_element (jobs, i);

      g_assert_cmpstr (get_text (job, "state"), ==, machine->ended);
      g_assert_cmpint (json_object_get_int_member_with_default (job, "scripts", 0), ==, 0);
    }
}

static void
release (Fixture *self)
{
  StokerJobRunner *runner = STOKER_JOB_RUNNER (self->http.connector);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_released = FALSE;

  stoker_job_runner_release_async (runner, self->http.connection, &self->http.request, NULL,
                                   http_calls_keep, &result);
  is_released = stoker_job_runner_release_finish (runner, http_calls_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_true (is_released);
}

static void
test_released (Fixture *self, gconstpointer data)
{
  http_fixture_submit (&self->http);
  stoker_emulator_control (self->http.emulator, "{\"advance\": 400}");
  http_fixture_assert_state (&self->http, STOKER_JOB_SUCCEEDED);
  release (self);
  assert_all_ended (self, data, 1);
  release (self);
}

static void
test_failed (Fixture *self, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  stoker_emulator_control (self->http.emulator, "{\"next\": {\"fail\": \"no fox\"}}");
  http_fixture_submit (&self->http);
  stoker_emulator_control (self->http.emulator, "{\"advance\": 400}");
  report = http_fixture_run (&self->http, STOKER_JOB_POLL);
  g_assert_no_error (self->http.error);
  g_assert_cmpint (report->state, ==, STOKER_JOB_FAILED);
  g_assert_nonnull (strstr (report->message, "exit status 1"));
  g_assert_nonnull (strstr (report->log, "no fox"));
  release (self);
  assert_all_ended (self, data, 1);
}

/* A machine that went away under the command is no success. */
static void
test_lost (Fixture *self, gconstpointer data)
{
  http_fixture_submit (&self->http);
  release (self);
  http_fixture_assert_state (&self->http, STOKER_JOB_LOST);
}

/* The answer was lost, the machine is there: it is found by the name of the attempt. */
static void
test_found (Fixture *self, gconstpointer data)
{
  JsonObject *submit = json_object_get_object_member (self->known, "submit");
  g_autofree char *path = g_strescape (get_text (submit, "path"), NULL);
  const char *body = json_object_get_string_member_with_default (submit, "body", "");
  g_autofree char *order = g_strdup_printf ("{\"fault\": \"reset-after-accept\", \"path\": \"%s\", "
                                            "\"body\": \"%s\"}",
                                            path, body);
  g_autoptr (StokerJobReport) none = NULL;
  g_autoptr (GPtrArray) found = NULL;
  const StokerJobReport *report = NULL;

  stoker_emulator_control (self->http.emulator, order);
  none = http_fixture_run (&self->http, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (&self->http, STOKER_ERROR_UNCERTAIN, "");
  found = http_fixture_find (&self->http);
  g_assert_no_error (self->http.error);
  g_assert_cmpuint (found->len, ==, 1);
  report = g_ptr_array_index (found, 0);
  self->http.request.remote_id = report->remote_id;
  release (self);
  assert_all_ended (self, data, 1);
}

/* A bid that is too low leaves a stopped machine, which goes on paying for its disk. */
static void
test_low_bid (Fixture *self, gconstpointer data)
{
  g_autoptr (StokerJobReport) none = NULL;

  self->http.request.plan_id = "spot";
  http_fixture_set_payload (&self->http, "{\"image\": \"debian\", \"command\": \"true\", "
                                         "\"reliability\": 0.98, \"bid\": 0.15}");
  none = http_fixture_run (&self->http, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (&self->http, STOKER_ERROR_UNAVAILABLE, "the bid is too low");
  assert_all_ended (self, data, 2);
}

static void
test_lowest_bid (Fixture *self, gconstpointer data)
{
  g_autoptr (JsonNode) state = NULL;
  JsonArray *jobs = NULL;
  JsonObject *input = NULL;

  self->http.request.plan_id = "spot";
  http_fixture_submit (&self->http);
  state = stoker_emulator_get_state (self->http.emulator);
  jobs = json_object_get_array_member (json_node_get_object (state), "jobs");
  input = json_object_get_object_member (json_array_get_object_element (jobs, 0), "input");
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (input, "price"), 0.18, 1e-9);
  release (self);
  assert_all_ended (self, data, 1);
}

static void
test_ceiling (Fixture *self, gconstpointer data)
{
  g_autoptr (StokerOfferTable) offers = http_fixture_list (&self->http);
  g_autoptr (StokerJobReport) none = NULL;

  g_assert_cmpuint (stoker_offer_table_get_length (offers), ==, 6);
  self->http.request.gpu = "H100 SXM";
  none = http_fixture_run (&self->http, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (&self->http, STOKER_ERROR_UNAVAILABLE,
                             "no H100 SXM for at most 0.6 USD an hour");
}

static guint
count_offers (Fixture *self, const char *name, const char *value)
{
  JsonObject *config = json_object_get_object_member (self->known, "config");
  g_autoptr (StokerOfferTable) offers = NULL;

  json_object_set_string_member (config, name, value);
  http_fixture_connect_case (&self->http, self->known,
                             json_object_get_object_member (self->known, "secrets"),
                             stoker_emulator_get_url (self->http.emulator));
  offers = http_fixture_list (&self->http);
  g_assert_no_error (self->http.error);

  return stoker_offer_table_get_length (offers);
}

/* Each offer is there for both plans. */
static void
test_filters (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (count_offers (self, "reliability", "0.5"), ==, 8);
  g_assert_cmpuint (count_offers (self, "reliability", "0.99"), ==, 4);
  g_assert_cmpuint (count_offers (self, "price_ceiling", "5"), ==, 6);
  g_assert_cmpuint (count_offers (self, "min_vram_gb", "48"), ==, 2);
}

/* A search that is to be repeated needs what was rented, and what it might have cost. */
static void
test_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = http_fixture_run (&self->http, STOKER_JOB_SUBMIT);
  g_autofree char *kept = NULL;

  g_assert_no_error (self->http.error);
  kept = json_to_string (report->handle, FALSE);
  g_assert_cmpstr (kept, ==,
                   "{\"machine_id\":\"30002\",\"host_id\":\"1021\",\"offer_id\":\"7002\","
                   "\"price\":\"0.37\",\"price_ceiling\":\"0.6\"}");
}

/* As many GPUs as the offer has that was advised. */
static void
test_large (Fixture *self, gconstpointer data)
{
  const Case *machine = data;
  g_autoptr (JsonNode) state = NULL;
  JsonArray *jobs = NULL;
  JsonObject *order = NULL;

  self->http.request.gpu = "H100 SXM";
  self->http.request.gpus = 8;
  http_fixture_submit (&self->http);
  state = stoker_emulator_get_state (self->http.emulator);
  jobs = json_object_get_array_member (json_node_get_object (state), "jobs");
  order = json_object_get_object_member (json_array_get_object_element (jobs, 0), "input");
  g_assert_cmpstr (get_text (order, machine->type), ==, machine->large);
  release (self);
  assert_all_ended (self, machine, 1);
}

static void
add_test (const Case *machine, const char *name, void (*test) (Fixture *self, gconstpointer data))
{
  g_autofree char *path = g_strdup_printf ("/rented-machines/%s/%s", machine->id, name);

  g_test_add (path, Fixture, machine, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add_test (&cases[i], "released", test_released);
      add_test (&cases[i], "failed", test_failed);
      add_test (&cases[i], "lost", test_lost);
      add_test (&cases[i], "found", test_found);
      if (cases[i].type != NULL)
        add_test (&cases[i], "large", test_large);
    }
  add_test (&cases[G_N_ELEMENTS (cases) - 1], "low-bid", test_low_bid);
  add_test (&cases[G_N_ELEMENTS (cases) - 1], "lowest-bid", test_lowest_bid);
  add_test (&cases[G_N_ELEMENTS (cases) - 1], "ceiling", test_ceiling);
  add_test (&cases[G_N_ELEMENTS (cases) - 1], "filters", test_filters);
  add_test (&cases[G_N_ELEMENTS (cases) - 1], "kept", test_kept);

  return g_test_run ();
}
