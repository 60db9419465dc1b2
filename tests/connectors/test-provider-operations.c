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

#include "provider-case.h"

#include "stoker-error.h"
#include "stoker-machine-host.h"

#include <string.h>

#define MOST_POLLS 50
#define POLL_EVERY_S 40

typedef struct
{
  ProviderCase of;
  JsonObject *way;       /* the case, with what one of its `ways` has in place of it */
  JsonObject *connector; /* of the shipped document */
  guint n_jobs;
} Fixture;

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
  g_clear_pointer (&self->way, json_object_unref);
  self->way = json_object_new ();
  copy_members (self->of.known, self->way);
  if (way != NULL)
    copy_members (way, self->way);
  http_fixture_connect_case (&self->of.http, self->way,
                             provider_case_get_object (self->way, "secrets"),
                             stoker_emulator_get_url (self->of.http.emulator));
  provider_case_take_job (&self->of, self->way);
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
    provider_case_get_object (json_node_get_object (json_parser_get_root (parser)), "connector"));
}

static void
set_up (gpointer data, gconstpointer id)
{
  Fixture *self = data;

  provider_case_begin (&self->of, id, FALSE);
  self->connector = load_connector (json_object_get_string_member (self->of.known, "provider"));
  take_way (self, NULL);
}

static void
tear_down (gpointer data, gconstpointer id)
{
  Fixture *self = data;

  g_clear_pointer (&self->way, json_object_unref);
  json_object_unref (self->connector);
  provider_case_end (&self->of);
}

static gboolean
can (Fixture *self, const char *operation)
{
  return json_object_has_member (provider_case_get_object (self->connector, "operations"),
                                 operation);
}

static StokerJobReport *
run (Fixture *self, StokerJobOperation operation)
{
  StokerJobReport *report = http_fixture_run (&self->of.http, operation);

  g_assert_no_error (self->of.http.error);

  return report;
}

static StokerJobState
submit (Fixture *self)
{
  g_autofree char *token = g_strdup_printf ("stoker-%08u-0000-4000-a000-000000000000",
                                            ++self->n_jobs);
  g_autoptr (StokerJobReport) report = NULL;

  self->of.http.request.token = g_intern_string (token);
  report = provider_case_submit (&self->of);

  return report->state;
}

static void
finish (Fixture *self, StokerJobState state)
{
  for (guint i = 0; i < MOST_POLLS && !stoker_job_state_is_final (state); i++)
    {
      g_autoptr (StokerJobReport) report = run (self, STOKER_JOB_POLL);

      state = report->state;
      provider_case_control (&self->of, "{\"advance\": %d}", POLL_EVERY_S);
    }
  g_assert_cmpstr (stoker_job_state_names[state], ==, "succeeded");
}

/* (nullable): a part of the sentence that says that it cannot be done. */
static const char *
get_unsupported (Fixture *self, const char *operation)
{
  return provider_case_get_text (provider_case_get_object (self->way, "unsupported"), operation,
                                 NULL);
}

static void
look_for_job (Fixture *self)
{
  const char *unsupported = get_unsupported (self, "find");
  g_autoptr (GPtrArray) found = NULL;

  if (!can (self, "find"))
    return;
  found = http_fixture_find (&self->of.http);
  if (unsupported != NULL)
    {
      http_fixture_assert_error (&self->of.http, STOKER_ERROR_UNSUPPORTED, unsupported);
      return;
    }
  g_assert_no_error (self->of.http.error);
  /* Where jobs have no names, all that were asked the same are found. */
  g_assert_cmpuint (found->len, >=, 1);
}

/* That the machine is the one that goes with the offer and the number of GPUs. */
static void
assert_ordered (Fixture *self)
{
  const char *wanted = provider_case_get_text (self->way, "ordered", NULL);
  g_autoptr (JsonNode) state = NULL;
  g_autofree char *text = NULL;

  if (wanted == NULL)
    return;
  state = stoker_emulator_get_state (self->of.http.emulator);
  text = json_to_string (state, FALSE);
  g_assert_nonnull (strstr (text, wanted));
}

/* A job to its outputs, and one that is cancelled. */
static void
live (Fixture *self)
{
  StokerJobState state = submit (self);
  g_autoptr (StokerJobReport) fetched = NULL;
  g_autoptr (StokerJobReport) cancelled = NULL;

  assert_ordered (self);
  look_for_job (self);
  finish (self, state);
  if (can (self, "outputs"))
    fetched = run (self, STOKER_JOB_FETCH);
  provider_case_release (&self->of);
  if (!can (self, "cancel") || get_unsupported (self, "cancel") != NULL ||
      stoker_job_state_is_final (state))
    return;
  submit (self);
  cancelled = run (self, STOKER_JOB_CANCEL);
  g_assert_cmpstr (stoker_job_state_names[cancelled->state], ==,
                   provider_case_get_text (self->way, "cancelled", "cancelled"));
  provider_case_release (&self->of);
}

static void
check (Fixture *self)
{
  g_autoptr (StokerHealth) health = http_fixture_check (&self->of.http);

  g_assert_no_error (self->of.http.error);
  g_assert_true (health->is_ok);
}

static void
test_jobs (gpointer data, gconstpointer id)
{
  Fixture *self = data;
  JsonArray *ways = provider_case_get_array (self->of.known, "ways");

  live (self);
  for (guint i = 0; i < json_array_get_length (ways); i++)
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

  json_object_iter_init (&iter, provider_case_get_object (self->of.known, "secrets"));
  while (json_object_iter_next (&iter, NULL, &secret))
    g_assert_null (strstr (text, json_node_get_string (secret)));
  g_assert_null (strstr (text, "PRIVATE KEY"));
}

/* What would be sent is shown without keys, and nothing is sent for it. */
static void
test_rehearsal (gpointer data, gconstpointer id)
{
  Fixture *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    rendered = stoker_job_runner_render (STOKER_JOB_RUNNER (self->of.http.connector),
                                         self->of.http.connection, &self->of.http.request, &error);
  g_autoptr (JsonNode) state = stoker_emulator_get_state (self->of.http.emulator);

  g_assert_no_error (error);
  g_assert_cmpuint (rendered->len, >, 0);
  for (guint i = 0; i < rendered->len; i++)
    {
      g_autoptr (JsonNode) node = stoker_rendered_request_to_json (rendered->pdata[i]);
      g_autofree char *shown = json_to_string (node, FALSE);

      g_test_message ("%s", shown);
      assert_no_secrets (self, shown);
    }
  g_assert_cmpuint (json_array_get_length (
                      json_object_get_array_member (json_node_get_object (state), "requests")),
                    ==, 0);
}

static void
list_offers (Fixture *self)
{
  g_autoptr (StokerOfferTable) offers = can (self, "offers") ? http_fixture_list (&self->of.http)
                                                             : NULL;

  g_assert_no_error (self->of.http.error);
}

static void
test_account (gpointer data, gconstpointer id)
{
  Fixture *self = data;
  JsonArray *ways = provider_case_get_array (self->of.known, "ways");

  check (self);
  list_offers (self);
  for (guint i = 0; i < json_array_get_length (ways); i++)
    {
      take_way (self, json_array_get_object_element (ways, i));
      list_offers (self);
    }
}

static StokerMachine *
change (Fixture *self, StokerMachineChange what, JsonObject *input)
{
  HttpFixture *http = &self->of.http;
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), input);
  StokerMachine *machine = http_calls_change (http->connector, http->connection, what, node,
                                              &http->error);

  g_assert_no_error (http->error);

  return machine;
}

/* A machine to change: one that is there anyway, or was launched where there is a launch, else that
 * of a job. */
static char *
make_machine (Fixture *self)
{
  JsonObject *launch = provider_case_get_object (self->of.known, "launch");
  JsonObject *known = provider_case_get_object (self->of.known, "machine");
  g_autoptr (StokerMachine) machine = NULL;

  if (known != NULL && json_object_has_member (known, "id"))
    return g_strdup (json_object_get_string_member (known, "id"));
  if (launch == NULL)
    {
      submit (self);
      return g_strdup (self->of.http.remote_id);
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
  JsonObject *known = provider_case_get_object (self->of.known, "machine");
  g_autoptr (GPtrArray) machines = http_fixture_list_machines (&self->of.http);
  const StokerMachine *machine = find_machine (machines, id);

  g_assert_nonnull (machine);
  g_assert_cmpint (machine->state, !=, STOKER_MACHINE_UNKNOWN);
  g_assert_cmpint (machine->state, !=, STOKER_MACHINE_GONE);
  if (known == NULL)
    return;
  g_assert_cmpint (machines->len, ==, json_object_get_int_member (known, "count"));
  g_assert_cmpstr (machine->region, ==, json_object_get_string_member (known, "region"));
  g_assert_cmpstr (machine->gpu, ==, provider_case_get_text (known, "gpu", NULL));
  g_assert_cmpstr (machine->plan, ==, provider_case_get_text (known, "plan", NULL));
}

/* What was ended is on its way out, or not listed any more. */
static void
check_end (Fixture *self, const char *id)
{
  g_autoptr (GPtrArray) machines = http_fixture_list_machines (&self->of.http);
  const StokerMachine *machine = find_machine (machines, id);

  g_assert_true (machine == NULL || machine->state == STOKER_MACHINE_STOPPING ||
                 machine->state == STOKER_MACHINE_GONE);
}

/* What runs the job is no machine that its user could end, so none is listed. */
static void
check_no_machine (Fixture *self)
{
  g_autoptr (GPtrArray) machines = NULL;

  submit (self);
  machines = http_fixture_list_machines (&self->of.http);
  g_assert_null (find_machine (machines, self->of.http.remote_id));
}

static void
test_machines (gpointer data, gconstpointer id)
{
  Fixture *self = data;
  g_autoptr (JsonObject) input = json_object_new ();
  g_autofree char *machine = NULL;

  if (!can (self, "machines.list") || (can (self, "machines.launch") &&
                                       provider_case_get_object (self->of.known, "launch") == NULL))
    {
      g_test_skip ("its manifest has no machines, or its case launches none");
      return;
    }
  if (!json_object_get_boolean_member_with_default (self->of.known, "jobs_are_machines", TRUE))
    {
      check_no_machine (self);
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
  HttpFixture *http = &self->of.http;
  g_autoptr (JsonNode)
    answer = http_calls_act (http->connector, http->connection, name, input, &http->error);

  g_test_message ("action %s", name);
  g_assert_no_error (http->error);
}

/* In the order of the case, which knows what each is given. */
static void
test_actions (gpointer data, gconstpointer id)
{
  Fixture *self = data;
  JsonArray *actions = provider_case_get_array (self->of.known, "actions");

  for (guint i = 0; i < json_array_get_length (actions); i++)
    {
      JsonObject *action = json_array_get_object_element (actions, i);

      take_way (self, provider_case_get_object (action, "way"));
      act (self, json_object_get_string_member (action, "name"),
           json_object_get_member (action, "input"));
    }
}

int
main (int argc, char **argv)
{
  static const ProviderTest tests[] = {
    { "account", NULL, test_account },
    { "rehearsal", NULL, test_rehearsal },
    { "jobs", NULL, test_jobs },
    { "machines", NULL, test_machines },
    { "actions", "actions", test_actions },
  };
  static const ProviderSuite suite = {
    "operations", sizeof (Fixture), set_up, tear_down, tests, G_N_ELEMENTS (tests),
  };

  return provider_case_run (argc, argv, &suite);
}
