/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * test-provider-operations ID…
 * Everything that a manifest can do, once and without a fault: also what the matrix of faults does
 * not ask for, such as machines, actions and the other ways to send a job. The emulator's record
 * of it is what tests/emulators/test-documents.py holds against the vendors' own documents.
 */

#include "config.h"

#include "http-fixture.h"

#include "stoker-error.h"
#include "stoker-machine-host.h"

#include <string.h>

#define MOST_POLLS 50
#define POLL_EVERY_S 40

typedef struct
{
  HttpFixture http;
  JsonObject *known;
  JsonObject *way;       /* the case, with what one of its `ways` has in place of it */
  JsonObject *connector; /* of the shipped document */
  guint n_jobs;
} Fixture;

static JsonObject *
get_object (JsonObject *parent, const char *name)
{
  return parent != NULL && json_object_has_member (parent, name)
           ? json_object_get_object_member (parent, name)
           : NULL;
}

static const char *
get_text (Fixture *self, const char *name)
{
  return json_object_get_string_member_with_default (self->way, name, NULL);
}

static void
copy_members (JsonObject *from, JsonObject *to)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init (&iter, from);
  while (json_object_iter_next (&iter, &name, &value))
    json_object_set_member (to, name, json_node_copy (value));
}

static void
take_way (Fixture *self, JsonObject *way)
{
  g_autofree char *payload = NULL;

  g_clear_pointer (&self->way, json_object_unref);
  self->way = json_object_new ();
  copy_members (self->known, self->way);
  if (way != NULL)
    copy_members (way, self->way);
  http_fixture_connect_case (&self->http, self->way, get_object (self->way, "secrets"),
                             stoker_emulator_get_url (self->http.emulator));
  payload = json_to_string (json_object_get_member (self->way, "payload"), FALSE);
  http_fixture_set_payload (&self->http, payload);
  self->http.request.plan_id = get_text (self, "plan");
  self->http.request.gpu = get_text (self, "gpu");
  self->http.request.region = get_text (self, "region");
  self->http.request.offer_id = get_text (self, "offer_id");
}

static JsonObject *
load_connector (const char *provider)
{
  g_autofree char *name = g_strconcat (provider, ".json", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "resources",
                                            "catalog", name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);

  return json_object_ref (
    get_object (json_node_get_object (json_parser_get_root (parser)), "connector"));
}

static void
set_up (Fixture *self, gconstpointer id)
{
  const char *provider = NULL;

  self->known = http_fixture_load_case (id);
  provider = json_object_get_string_member (self->known, "provider");
  self->connector = load_connector (provider);
  http_fixture_set_up (&self->http, provider);
  take_way (self, NULL);
}

static void
tear_down (Fixture *self, gconstpointer id)
{
  g_clear_pointer (&self->http.request.handle, json_node_unref);
  http_fixture_tear_down (&self->http);
  g_clear_pointer (&self->way, json_object_unref);
  json_object_unref (self->known);
  json_object_unref (self->connector);
}

static gboolean
can (Fixture *self, const char *operation)
{
  return json_object_has_member (get_object (self->connector, "operations"), operation);
}

static void
advance (Fixture *self, guint seconds)
{
  g_autofree char *order = g_strdup_printf ("{\"advance\": %u}", seconds);

  stoker_emulator_control (self->http.emulator, order);
}

static StokerJobReport *
run (Fixture *self, StokerJobOperation operation)
{
  StokerJobReport *report = http_fixture_run (&self->http, operation);

  g_assert_no_error (self->http.error);

  return report;
}

static StokerJobState
submit (Fixture *self)
{
  g_autofree char *token = g_strdup_printf ("stoker-%08u-0000-4000-a000-000000000000",
                                            ++self->n_jobs);
  g_autoptr (StokerJobReport) report = NULL;

  self->http.request.token = g_intern_string (token);
  report = run (self, STOKER_JOB_SUBMIT);
  g_free (self->http.remote_id);
  self->http.remote_id = g_strdup (report->remote_id);
  self->http.request.remote_id = self->http.remote_id;
  g_clear_pointer (&self->http.request.handle, json_node_unref);
  self->http.request.handle = report->handle == NULL ? NULL : json_node_ref (report->handle);

  return report->state;
}

static void
finish (Fixture *self, StokerJobState state)
{
  for (guint i = 0; i < MOST_POLLS && !stoker_job_state_is_final (state); i++)
    {
      g_autoptr (StokerJobReport) report = run (self, STOKER_JOB_POLL);

      state = report->state;
      advance (self, POLL_EVERY_S);
    }
  g_assert_cmpstr (stoker_job_state_names[state], ==, "succeeded");
}

static void
release (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  stoker_job_runner_release_async (STOKER_JOB_RUNNER (self->http.connector), self->http.connection,
                                   &self->http.request, NULL, http_calls_keep, &result);
  stoker_job_runner_release_finish (STOKER_JOB_RUNNER (self->http.connector),
                                    http_calls_wait (&result), &error);
  g_assert_no_error (error);
}

/* (nullable): a part of the sentence that says that it cannot be done. */
static const char *
get_unsupported (Fixture *self, const char *operation)
{
  JsonObject *sentences = get_object (self->way, "unsupported");

  return sentences == NULL
           ? NULL
           : json_object_get_string_member_with_default (sentences, operation, NULL);
}

static void
look_for_job (Fixture *self)
{
  const char *unsupported = get_unsupported (self, "find");
  g_autoptr (GPtrArray) found = NULL;

  if (!can (self, "find"))
    return;
  found = http_fixture_find (&self->http);
  if (unsupported != NULL)
    {
      http_fixture_assert_error (&self->http, STOKER_ERROR_UNSUPPORTED, unsupported);
      return;
    }
  g_assert_no_error (self->http.error);
  g_assert_nonnull (found);
}

/* A job to its outputs, and one that is cancelled. */
static void
live (Fixture *self)
{
  StokerJobState state = submit (self);
  g_autoptr (StokerJobReport) fetched = NULL;
  g_autoptr (StokerJobReport) cancelled = NULL;

  look_for_job (self);
  finish (self, state);
  if (can (self, "outputs"))
    fetched = run (self, STOKER_JOB_FETCH);
  release (self);
  if (!can (self, "cancel") || get_unsupported (self, "cancel") != NULL ||
      stoker_job_state_is_final (state))
    return;
  submit (self);
  cancelled = run (self, STOKER_JOB_CANCEL);
  release (self);
}

static void
check (Fixture *self)
{
  g_autoptr (StokerHealth) health = http_fixture_check (&self->http);

  g_assert_no_error (self->http.error);
  g_assert_true (health->is_ok);
}

static void
test_jobs (Fixture *self, gconstpointer id)
{
  JsonArray *ways = json_object_has_member (self->known, "ways")
                      ? json_object_get_array_member (self->known, "ways")
                      : NULL;

  live (self);
  for (guint i = 0; ways != NULL && i < json_array_get_length (ways); i++)
    {
      take_way (self, json_array_get_object_element (ways, i));
      check (self);
      live (self);
    }
}

static void
assert_no_secrets (Fixture *self, const char *text)
{
  JsonObjectIter iter;
  JsonNode *secret = NULL;

  json_object_iter_init (&iter, get_object (self->known, "secrets"));
  while (json_object_iter_next (&iter, NULL, &secret))
    g_assert_null (strstr (text, json_node_get_string (secret)));
}

/* What would be sent is shown without keys, and nothing is sent for it. */
static void
test_rehearsal (Fixture *self, gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    rendered = stoker_job_runner_render (STOKER_JOB_RUNNER (self->http.connector),
                                         self->http.connection, &self->http.request, &error);
  g_autoptr (JsonNode) state = stoker_emulator_get_state (self->http.emulator);

  g_assert_no_error (error);
  g_assert_cmpuint (rendered->len, >, 0);
  for (guint i = 0; i < rendered->len; i++)
    {
      g_autoptr (JsonNode) node = stoker_rendered_request_to_json (rendered->pdata[i]);
      g_autofree char *shown = json_to_string (node, FALSE);

      g_test_message ("%s", shown);
      g_assert_null (strstr (shown, "PRIVATE KEY"));
      assert_no_secrets (self, shown);
    }
  g_assert_cmpuint (json_array_get_length (
                      json_object_get_array_member (json_node_get_object (state), "requests")),
                    ==, 0);
}

static void
test_account (Fixture *self, gconstpointer id)
{
  g_autoptr (StokerOfferTable) offers = NULL;

  check (self);
  if (!can (self, "offers"))
    return;
  offers = http_fixture_list (&self->http);
  g_assert_no_error (self->http.error);
}

static StokerMachine *
change (Fixture *self, StokerMachineChange what, JsonObject *input)
{
  StokerMachineHost *host = STOKER_MACHINE_HOST (self->http.connector);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), input);
  StokerMachine *machine = NULL;

  stoker_machine_host_change_async (host, what, self->http.connection, node, NULL, http_calls_keep,
                                    &result);
  machine = stoker_machine_host_change_finish (host, http_calls_wait (&result), &error);
  g_assert_no_error (error);

  return machine;
}

static GPtrArray *
list_machines (Fixture *self)
{
  StokerMachineHost *host = STOKER_MACHINE_HOST (self->http.connector);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *machines = NULL;

  stoker_machine_host_list_async (host, self->http.connection, NULL, http_calls_keep, &result);
  machines = stoker_machine_host_list_finish (host, http_calls_wait (&result), &error);
  g_assert_no_error (error);

  return machines;
}

/* A machine to change: one that is there anyway, or was launched where there is a launch, else that
 * of a job. */
static char *
make_machine (Fixture *self)
{
  JsonObject *launch = get_object (self->known, "launch");
  JsonObject *known = get_object (self->known, "machine");
  g_autoptr (StokerMachine) machine = NULL;

  if (known != NULL && json_object_has_member (known, "id"))
    return g_strdup (json_object_get_string_member (known, "id"));
  if (launch == NULL)
    {
      submit (self);
      return g_strdup (self->http.remote_id);
    }
  machine = change (self, STOKER_MACHINE_LAUNCH, launch);

  return g_strdup (machine->id);
}

static const StokerMachine *
find_machine (GPtrArray *machines, const char *id)
{
  for (guint i = 0; i < machines->len; i++)
    {
      const StokerMachine *machine = machines->pdata[i];

      if (g_str_equal (machine->id, id))
        return machine;
    }
  return NULL;
}

/* It is listed, with what the case tells of it; a list that leaves one out hides what it costs. */
static void
check_machine (Fixture *self, const char *id)
{
  JsonObject *known = get_object (self->known, "machine");
  g_autoptr (GPtrArray) machines = list_machines (self);
  const StokerMachine *machine = find_machine (machines, id);

  g_assert_nonnull (machine);
  g_assert_cmpint (machine->state, !=, STOKER_MACHINE_UNKNOWN);
  g_assert_cmpint (machine->state, !=, STOKER_MACHINE_GONE);
  if (known == NULL)
    return;
  g_assert_cmpint (machines->len, ==, json_object_get_int_member (known, "count"));
  g_assert_cmpstr (machine->region, ==, json_object_get_string_member (known, "region"));
  g_assert_cmpstr (machine->gpu, ==,
                   json_object_get_string_member_with_default (known, "gpu", NULL));
  g_assert_cmpstr (machine->plan, ==,
                   json_object_get_string_member_with_default (known, "plan", NULL));
}

/* What was ended is on its way out, or not listed any more. */
static void
check_end (Fixture *self, const char *id)
{
  g_autoptr (GPtrArray) machines = list_machines (self);
  const StokerMachine *machine = find_machine (machines, id);

  g_assert_true (machine == NULL || machine->state == STOKER_MACHINE_STOPPING ||
                 machine->state == STOKER_MACHINE_GONE);
}

static void
test_machines (Fixture *self, gconstpointer id)
{
  g_autoptr (JsonObject) input = json_object_new ();
  g_autofree char *machine = NULL;

  if (!json_object_get_boolean_member_with_default (self->known, "jobs_are_machines", TRUE))
    {
      g_test_skip ("jobs of this case are no machines");
      return;
    }
  if (!can (self, "machines.list") ||
      (can (self, "machines.launch") && get_object (self->known, "launch") == NULL))
    {
      g_test_skip ("its manifest has no machines, or its case launches none");
      return;
    }
  machine = make_machine (self);
  check_machine (self, machine);
  json_object_set_string_member (input, "id", machine);
  if (can (self, "machines.stop"))
    stoker_machine_unref (change (self, STOKER_MACHINE_STOP, input));
  if (can (self, "machines.terminate"))
    stoker_machine_unref (change (self, STOKER_MACHINE_TERMINATE, input));
  check_end (self, machine);
}

static void
act (Fixture *self, const char *name, JsonNode *input)
{
  StokerActionRunner *runner = STOKER_ACTION_RUNNER (self->http.connector);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = NULL;

  stoker_action_runner_run_async (runner, name, self->http.connection, input, NULL, http_calls_keep,
                                  &result);
  answer = stoker_action_runner_run_finish (runner, http_calls_wait (&result), &error);
  g_test_message ("action %s", name);
  g_assert_no_error (error);
}

/* In the order of the case, which knows what each is given. */
static void
test_actions (Fixture *self, gconstpointer id)
{
  JsonArray *actions = json_object_has_member (self->known, "actions")
                         ? json_object_get_array_member (self->known, "actions")
                         : NULL;

  if (actions == NULL)
    {
      g_test_skip ("its case has no actions");
      return;
    }
  for (guint i = 0; i < json_array_get_length (actions); i++)
    {
      JsonObject *action = json_array_get_object_element (actions, i);

      take_way (self, get_object (action, "way"));
      act (self, json_object_get_string_member (action, "name"),
           json_object_get_member (action, "input"));
    }
}

static void
add_tests (const char *id)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *self, gconstpointer id);
  } tests[] = {
    { "account", test_account },   { "rehearsal", test_rehearsal }, { "jobs", test_jobs },
    { "machines", test_machines }, { "actions", test_actions },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/operations/%s/%s", id, tests[i].name);

      g_test_add (path, Fixture, id, set_up, tests[i].test, tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int i = 1; i < argc; i++)
    add_tests (argv[i]);

  return g_test_run ();
}
