/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "http-fixture.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-machine-host.h"

#include <string.h>

/* The endpoints themselves: what the matrix does not go through. */

static void
connect_to (HttpFixture *fixture, const char *endpoint)
{
  g_autoptr (JsonObject) known = http_fixture_load_case ("huggingface");
  g_autofree char *path = g_strconcat ("/hf-endpoint/", endpoint, NULL);

  json_object_set_string_member (json_object_get_object_member (known, "config"), "endpoint_name",
                                 endpoint);
  json_object_set_string_member (json_object_get_object_member (known, "addresses"), "endpoint_url",
                                 path);
  http_fixture_connect_case (fixture, known, json_object_get_object_member (known, "secrets"),
                             stoker_emulator_get_url (fixture->emulator));
}

static void
set_up (HttpFixture *fixture, gconstpointer data)
{
  http_fixture_set_up (fixture, "huggingface");
  connect_to (fixture, "painter");
  http_fixture_set_payload (fixture, "{\"inputs\": \"a fox\"}");
}

static void
act (HttpFixture *fixture, const char *action, const char *endpoint)
{
  g_autoptr (JsonNode) done = http_fixture_act (fixture, action, "{\"name\": \"%s\"}", endpoint);
}

/* The state of the machine @id; -1 when there is none. */
static int
look_at (HttpFixture *fixture, const char *id)
{
  g_autoptr (GPtrArray) machines = http_fixture_list_machines (fixture);

  for (guint i = 0; i < machines->len; i++)
    {
      StokerMachine *machine = machines->pdata[i];

      if (!g_str_equal (machine->id, id))
        continue;
      g_assert_cmpstr (machine->gpu, ==, "L4");
      g_assert_cmpint (machine->gpus, ==, 1);
      g_assert_cmpstr (machine->region, ==, "us-east-1");
      return (int) machine->state;
    }

  return -1;
}

static void
test_machines (HttpFixture *fixture, gconstpointer data)
{
  static const char order[] = "{\"name\": \"mine\", \"repository\": \"acme/fox\"}";
  g_autoptr (StokerMachine) made = http_fixture_change (fixture, STOKER_MACHINE_LAUNCH, order);
  g_autoptr (StokerMachine) again = NULL;
  g_autoptr (StokerMachine) paused = NULL;
  g_autoptr (StokerMachine) gone = NULL;
  g_autoptr (StokerMachine) none = NULL;

  g_assert_no_error (fixture->error);
  g_assert_cmpstr (made->id, ==, "mine");
  g_assert_cmpint (made->state, ==, STOKER_MACHINE_STARTING);
  again = http_fixture_change (fixture, STOKER_MACHINE_LAUNCH, order);
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "\"mine\" already");
  stoker_emulator_control (fixture->emulator, "{\"advance\": 70}");
  g_assert_cmpint (look_at (fixture, "mine"), ==, STOKER_MACHINE_RUNNING);
  paused = http_fixture_change (fixture, STOKER_MACHINE_STOP, "{\"id\": \"mine\"}");
  g_assert_no_error (fixture->error);
  g_assert_cmpint (look_at (fixture, "mine"), ==, STOKER_MACHINE_STOPPED);
  gone = http_fixture_change (fixture, STOKER_MACHINE_TERMINATE, "{\"id\": \"mine\"}");
  g_assert_no_error (fixture->error);
  g_assert_cmpint (look_at (fixture, "mine"), ==, -1);
  none =
    http_fixture_change (fixture, STOKER_MACHINE_LAUNCH,
                         "{\"name\": \"big\", \"repository\": \"acme/fox\", \"instance_type\": "
                         "\"nvidia-h200\"}");
  http_fixture_assert_error (fixture, STOKER_ERROR_QUOTA, "quota");
}

static void
test_custom_image (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerMachine) made =
    http_fixture_change (fixture, STOKER_MACHINE_LAUNCH,
                         "{\"name\": \"comfy\", \"repository\": \"acme/fox\", \"image_url\": "
                         "\"acme/comfy:1\", \"port\": 8188, \"health_route\": \"/ready\"}");

  g_assert_no_error (fixture->error);
  g_assert_cmpstr (made->id, ==, "comfy");
}

/* A paused endpoint is not resumed by a job: somebody would have to think of pausing it again. */
static void
test_paused (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) none = NULL;
  g_autoptr (StokerJobReport) report = NULL;

  connect_to (fixture, "resting");
  none = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (fixture, STOKER_ERROR_UNAVAILABLE, "is paused");
  g_assert_cmpint (look_at (fixture, "resting"), ==, STOKER_MACHINE_STOPPED);
  act (fixture, "endpoint.resume", "resting");
  g_assert_no_error (fixture->error);
  g_assert_cmpint (look_at (fixture, "resting"), ==, STOKER_MACHINE_STARTING);
  stoker_emulator_control (fixture->emulator, "{\"advance\": 70}");
  act (fixture, "endpoint.resume", "resting");
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "runs already");
  report = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (report->state, ==, STOKER_JOB_SUCCEEDED);
  act (fixture, "endpoint.pause", "resting");
  g_assert_cmpint (look_at (fixture, "resting"), ==, STOKER_MACHINE_STOPPED);
}

/* One that is scaled to zero starts with the request, and the picture comes all the same. */
static void
test_asleep (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  act (fixture, "endpoint.scale-to-zero", "painter");
  g_assert_no_error (fixture->error);
  g_assert_cmpint (look_at (fixture, "painter"), ==, STOKER_MACHINE_STOPPED);
  report = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (report->state, ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpint (look_at (fixture, "painter"), ==, STOKER_MACHINE_RUNNING);
  act (fixture, "endpoint.pause", "nobody");
  http_fixture_assert_error (fixture, STOKER_ERROR_NOT_FOUND, "no endpoint \"nobody\"");
}

/* The name of an endpoint is enough: its address is asked for. */
static void
test_by_name (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) known = http_fixture_load_case ("huggingface");
  g_autoptr (StokerJobReport) report = NULL;
  g_autoptr (StokerJobReport) none = NULL;

  json_object_remove_member (json_object_get_object_member (known, "addresses"), "endpoint_url");
  http_fixture_connect_case (fixture, known, json_object_get_object_member (known, "secrets"),
                             stoker_emulator_get_url (fixture->emulator));
  report = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (report->state, ==, STOKER_JOB_SUCCEEDED);

  json_object_remove_member (json_object_get_object_member (known, "config"), "endpoint_name");
  http_fixture_connect_case (fixture, known, json_object_get_object_member (known, "secrets"),
                             stoker_emulator_get_url (fixture->emulator));
  none = http_fixture_run (fixture, STOKER_JOB_SUBMIT);
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "\"endpoint_url / endpoint_name\"");
}

static void
test_scale (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) done = http_fixture_act (fixture, "endpoint.scale",
                                                "{\"name\": \"painter\", \"min_replicas\": 1, "
                                                "\"max_replicas\": 3}");
  g_autoptr (JsonNode) none = NULL;
  JsonObject *object = json_node_get_object (done);

  g_assert_no_error (fixture->error);
  g_assert_cmpint (json_object_get_int_member (object, "min_replicas"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (object, "max_replicas"), ==, 3);
  none = http_fixture_act (fixture, "endpoint.scale",
                           "{\"name\": \"painter\", \"min_replicas\": 5, \"max_replicas\": 3}");
  http_fixture_assert_error (fixture, STOKER_ERROR_CONFIG, "must not be above");
}

/* A new endpoint is waited for; one that rests would be waited for in vain. */
static void
test_wait (HttpFixture *fixture, gconstpointer data)
{
  static const char order[] = "{\"name\": \"mine\", \"repository\": \"acme/fox\"}";
  g_autoptr (StokerMachine) made = http_fixture_change (fixture, STOKER_MACHINE_LAUNCH, order);
  g_autoptr (JsonNode) done = NULL;

  g_assert_no_error (fixture->error);
  /* It takes 65 s there: one or two looks here. */
  stoker_emulator_control (fixture->emulator, "{\"speed\": 20}");
  done = http_fixture_act (fixture, "endpoint.wait", "{\"name\": \"mine\"}");
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (done), "state"), ==,
                   "running");
  act (fixture, "endpoint.wait", "resting");
  http_fixture_assert_error (fixture, STOKER_ERROR_UNAVAILABLE, "does not start by itself");
  act (fixture, "endpoint.delete", "mine");
  g_assert_no_error (fixture->error);
  g_assert_cmpint (look_at (fixture, "mine"), ==, -1);
}

static void
test_whoami (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) known = http_fixture_load_case ("huggingface");
  g_autoptr (StokerHealth) health = NULL;

  json_object_remove_member (json_object_get_object_member (known, "config"), "namespace");
  json_object_remove_member (json_object_get_object_member (known, "config"), "endpoint_name");
  http_fixture_connect_case (fixture, known, json_object_get_object_member (known, "secrets"),
                             stoker_emulator_get_url (fixture->emulator));
  health = http_fixture_check (fixture);
  g_assert_true (health->is_ok);
  g_assert_cmpstr (health->account, ==, "acme");
  g_assert_cmpstr (health->scopes, ==, "write");
  g_assert_nonnull (strstr (health->message, "fill in the namespace (\"acme\""));
}

/* Prices are of the whole offer, memory of one GPU; what has no GPU is left out. */
static void
test_offers (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerOfferTable) table = http_fixture_list (fixture);
  const StokerOffer *offer = NULL;

  g_assert_no_error (fixture->error);
  g_assert_cmpuint (stoker_offer_table_get_length (table), ==, 4);
  offer = stoker_offer_table_get (table, 2);
  g_assert_cmpstr (offer->gpu, ==, "L4");
  g_assert_cmpint (offer->gpus, ==, 4);
  g_assert_cmpfloat (offer->vram_gb, ==, 24);
  g_assert_cmpstr (offer->region, ==, "us-east-1");
  g_assert_cmpint (offer->is_available, ==, STOKER_TRI_YES);
}

int
main (int argc, char **argv)
{
  static const HttpTest tests[] = {
    { "machines", test_machines }, { "custom-image", test_custom_image },
    { "paused", test_paused },     { "asleep", test_asleep },
    { "whoami", test_whoami },     { "offers", test_offers },
    { "by-name", test_by_name },   { "scale", test_scale },
    { "wait", test_wait },
  };

  return http_fixture_run_tests (argc, argv, "/huggingface/", set_up, tests, G_N_ELEMENTS (tests));
}
