/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * test-provider-matrix ID…
 * Every provider × operation × fault, from the cases in tests/connectors/providers: what is
 * answered, how often it was asked, that no job was made twice, and that the key is nowhere. The
 * table of what came out is printed.
 */

#include "config.h"

#include "http-fixture.h"

#include "stoker-error.h"

#include <string.h>

/* The client tries three times; a check may have requests before the one that fails. */
#define MOST_ATTEMPTS 8
#define MOST_STEPS 50

typedef enum {
  OPERATION_CHECK,
  OPERATION_OFFERS,
  OPERATION_SUBMIT,
  OPERATION_POLL,
  OPERATION_CANCEL,
  OPERATION_OUTPUTS,
  N_OPERATIONS,
} Operation;

static const char *const operation_names[] = { "check", "offers", "submit",
                                               "poll",  "cancel", "outputs" };

/* A fault, how often it strikes, and what then comes of a request that may be repeated and of one
 * that makes a job; -1 is success. The client tries three times, but a request that makes a job
 * only after a 429, which says that it was not looked at. */
typedef struct
{
  const char *name;
  guint times;
  int repeatable_code;
  int creating_code;
  gboolean makes_job; /* it was carried out, although nobody heard so */
} Fault;

static const Fault faults[] = {
  { "none", 1, -1, -1, TRUE },
  { "429", 1, -1, -1, TRUE },
  { "429", 3, STOKER_ERROR_RATE_LIMITED, STOKER_ERROR_RATE_LIMITED, FALSE },
  { "429-retry-after", 1, -1, -1, TRUE },
  { "429-retry-after", 3, STOKER_ERROR_RATE_LIMITED, STOKER_ERROR_RATE_LIMITED, FALSE },
  { "500", 1, -1, STOKER_ERROR_UNCERTAIN, FALSE },
  { "500", 3, STOKER_ERROR_UNAVAILABLE, STOKER_ERROR_UNCERTAIN, FALSE },
  { "slow", 1, -1, -1, TRUE },
  { "truncated", 3, STOKER_ERROR_PROTOCOL, STOKER_ERROR_UNCERTAIN, TRUE },
  { "malformed", 3, STOKER_ERROR_PROTOCOL, STOKER_ERROR_UNCERTAIN, TRUE },
  { "hang", 1, -1, STOKER_ERROR_UNCERTAIN, FALSE },
  { "reset-after-accept", 1, -1, STOKER_ERROR_UNCERTAIN, TRUE },
  { "reset-after-accept", 0, STOKER_ERROR_UNAVAILABLE, STOKER_ERROR_UNCERTAIN, TRUE },
};

typedef struct
{
  HttpFixture http;
  JsonObject *known;
  guint n_cells;
  gboolean is_finished; /* the job that was sent last has ended well */
} Fixture;

static JsonObject *
get_object (JsonObject *parent, const char *name)
{
  return parent != NULL && json_object_has_member (parent, name)
           ? json_object_get_object_member (parent, name)
           : NULL;
}

static const char *
get_text (JsonObject *object, const char *name, const char *fallback)
{
  return object == NULL ? fallback
                        : json_object_get_string_member_with_default (object, name, fallback);
}

static void
set_up (Fixture *self, gconstpointer id)
{
  g_autofree char *payload = NULL;
  g_autoptr (StokerHealth) health = NULL;

  self->known = http_fixture_load_case (id);
  self->http.is_impatient = TRUE;
  http_fixture_set_up (&self->http, get_text (self->known, "provider", NULL));
  http_fixture_connect_special (&self->http, self->known, NULL);
  payload = json_to_string (json_object_get_member (self->known, "payload"), FALSE);
  http_fixture_set_payload (&self->http, payload);
  self->http.request.plan_id = get_text (self->known, "plan", NULL);
  self->http.request.gpu = get_text (self->known, "gpu", NULL);
  self->http.request.region = get_text (self->known, "region", NULL);
  /* A token that the provider hands out is there from now on. */
  health = http_fixture_check (&self->http);
  g_assert_nonnull (health);
}

static void
tear_down (Fixture *self, gconstpointer id)
{
  g_clear_pointer (&self->http.request.handle, json_node_unref);
  http_fixture_tear_down (&self->http);
  json_object_unref (self->known);
}

/* A service that answers at once: its submit is the whole job, and the outputs are kept of it. */
static gboolean
is_at_once (Fixture *self)
{
  return json_object_get_boolean_member_with_default (self->known, "at_once", FALSE);
}

/* What it cannot do is told in a sentence. */
static const char *
get_unsupported (Fixture *self, Operation operation)
{
  return get_text (get_object (self->known, "unsupported"), operation_names[operation], NULL);
}

static void control (Fixture *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
control (Fixture *self, const char *format, ...)
{
  g_autofree char *order = NULL;
  va_list arguments;

  va_start (arguments, format);
  order = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  stoker_emulator_control (self->http.emulator, order);
}

static void
strike (Fixture *self, Operation operation, const Fault *fault)
{
  JsonObject *submit = json_object_get_object_member (self->known, "submit");
  gboolean is_submit = operation == OPERATION_SUBMIT;
  g_autofree char *path = g_strescape (is_submit ? get_text (submit, "path", "") : "", NULL);
  g_autofree char *body = g_strescape (is_submit ? get_text (submit, "body", "") : "", NULL);

  control (self, "{\"fault\": \"%s\", \"times\": %u, \"path\": \"%s\", \"body\": \"%s\"}",
           fault->name, fault->times, path, body);
}

static guint
count_requests (Fixture *self)
{
  g_autoptr (JsonNode) state = stoker_emulator_get_state (self->http.emulator);

  return json_array_get_length (
    json_object_get_array_member (json_node_get_object (state), "requests"));
}

/* The states that a job passes through, and how long each takes. */
static void
walk (Fixture *self)
{
  JsonArray *steps = json_object_get_array_member (self->known, "walk");

  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);
      g_autoptr (StokerJobReport) report = NULL;

      control (self, "{\"advance\": %" G_GINT64_FORMAT "}",
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
submit (Fixture *self)
{
  JsonObject *expected = json_object_get_object_member (self->known, "submit");
  g_autoptr (StokerJobReport) report = http_fixture_run (&self->http, STOKER_JOB_SUBMIT);

  g_assert_no_error (self->http.error);
  g_assert_cmpstr (stoker_job_state_names[report->state], ==, get_text (expected, "state", ""));
  g_assert_nonnull (report->remote_id);
  g_free (self->http.remote_id);
  self->http.remote_id = g_strdup (report->remote_id);
  self->http.request.remote_id = self->http.remote_id;
  g_clear_pointer (&self->http.request.handle, json_node_unref);
  self->http.request.handle = report->handle == NULL ? NULL : json_node_ref (report->handle);
}

/* Runs an operation; returns the code of its error, or -1. */
static int
run (Fixture *self, Operation operation)
{
  static const StokerJobOperation calls[] = {
    [OPERATION_SUBMIT] = STOKER_JOB_SUBMIT,
    [OPERATION_POLL] = STOKER_JOB_POLL,
    [OPERATION_CANCEL] = STOKER_JOB_CANCEL,
    [OPERATION_OUTPUTS] = STOKER_JOB_FETCH,
  };
  g_autoptr (StokerHealth) health = NULL;
  g_autoptr (StokerOfferTable) offers = NULL;
  g_autoptr (StokerJobReport) report = NULL;

  if (operation == OPERATION_CHECK)
    {
      health = http_fixture_check (&self->http);
      g_assert_no_error (self->http.error);
      g_assert_true (health->is_ok || (health->message != NULL && *health->message != '\0'));
      return health->is_ok ? -1 : health->error_code;
    }
  if (operation == OPERATION_OFFERS)
    offers = http_fixture_list (&self->http);
  else
    report = http_fixture_run (&self->http, calls[operation]);
  if (self->http.error == NULL)
    return -1;
  http_fixture_assert_error (&self->http, self->http.error->code, "");
  return self->http.error->code;
}

/* Lets the job end, behind whatever was sent before it. */
static void
finish (Fixture *self)
{
  JsonArray *steps = json_object_get_array_member (self->known, "walk");
  JsonObject *last = json_array_get_object_element (steps, json_array_get_length (steps) - 1);

  for (guint i = 0; i < MOST_STEPS; i++)
    {
      g_autoptr (StokerJobReport) report = NULL;

      control (self, "{\"advance\": %" G_GINT64_FORMAT "}",
               json_object_get_int_member (last, "advance"));
      report = http_fixture_run (&self->http, STOKER_JOB_POLL);
      g_assert_no_error (self->http.error);
      if (stoker_job_state_is_final (report->state))
        return;
    }
  g_assert_not_reached ();
}

/* Something to ask about; the outputs are always those of one job. */
static void
prepare (Fixture *self, Operation operation)
{
  g_autofree char *token = g_strdup_printf ("stoker-%08u-0000-4000-8000-000000000000",
                                            self->n_cells);

  if (operation == OPERATION_OUTPUTS && self->is_finished)
    return;
  /* By it a provider may know that a job was sent twice. */
  self->http.request.token = g_intern_string (token);
  if (operation == OPERATION_POLL || operation == OPERATION_CANCEL ||
      operation == OPERATION_OUTPUTS)
    submit (self);
  if (operation == OPERATION_OUTPUTS && !is_at_once (self))
    finish (self);
  self->is_finished = operation == OPERATION_OUTPUTS;
}

static gboolean
is_repeatable (Fixture *self, Operation operation)
{
  JsonObject *expected = json_object_get_object_member (self->known, "submit");

  return operation != OPERATION_SUBMIT ||
         json_object_get_boolean_member_with_default (expected, "repeatable", FALSE);
}

static void
check_money (Fixture *self, Operation operation, const Fault *fault, guint jobs_before)
{
  guint made = http_fixture_count_jobs (&self->http) - jobs_before;

  if (operation != OPERATION_SUBMIT)
    g_assert_cmpuint (made, ==, 0);
  else if (is_repeatable (self, operation))
    g_assert_cmpuint (made, <=, 1);
  else
    g_assert_cmpuint (made, ==, fault->makes_job);
}

static const char *
describe (int code)
{
  return code < 0 ? "ok" : stoker_error_code_to_string (code);
}

/* What may be sent again, and makes something all the same, is uncertain when it never came right.
 */
static int
get_expected_code (Fixture *self, Operation operation, const Fault *fault)
{
  JsonObject *expected = json_object_get_object_member (self->known, "submit");
  gboolean is_uncertain = operation == OPERATION_SUBMIT &&
                          json_object_get_boolean_member_with_default (expected, "uncertain",
                                                                       FALSE);
  gboolean is_kept = operation == OPERATION_OUTPUTS && is_at_once (self);
  const char *special = get_text (get_object (get_object (self->known, "codes"),
                                              operation_names[operation]),
                                  fault->name, NULL);
  StokerError code = STOKER_ERROR_FAILED;

  if (is_kept || g_strcmp0 (special, "ok") == 0)
    return -1;
  if (special != NULL && stoker_error_code_from_string (special, &code))
    return (int) code;
  if (!is_repeatable (self, operation) || (is_uncertain && fault->repeatable_code >= 0))
    return fault->creating_code;

  return fault->repeatable_code;
}

static void
test_cell (Fixture *self, Operation operation, const Fault *fault, GString *row)
{
  int expected = get_expected_code (self, operation, fault);
  guint jobs_before = 0;
  guint requests_before = 0;
  guint requests = 0;
  int code = 0;

  prepare (self, operation);
  jobs_before = http_fixture_count_jobs (&self->http);
  strike (self, operation, fault);
  requests_before = count_requests (self);
  code = run (self, operation);
  requests = count_requests (self) - requests_before;
  control (self, "{\"fault\": \"none\"}");
  g_test_message ("%s, %s ×%u: %s after %u requests", operation_names[operation], fault->name,
                  fault->times, describe (code), requests);
  g_assert_cmpstr (describe (code), ==, describe (expected));
  if (operation == OPERATION_OUTPUTS && is_at_once (self))
    g_assert_cmpuint (requests, ==, 0);
  if (expected >= 0)
    g_assert_cmpuint (requests, <=, MOST_ATTEMPTS);
  check_money (self, operation, fault, jobs_before);
  g_string_append_printf (row, " | %s/%u", describe (code), requests);
  self->n_cells++;
}

static void
test_unsupported (Fixture *self, Operation operation)
{
  prepare (self, operation);
  g_assert_cmpint (run (self, operation), ==, STOKER_ERROR_UNSUPPORTED);
  http_fixture_assert_error (&self->http, STOKER_ERROR_UNSUPPORTED,
                             get_unsupported (self, operation));
  g_test_message ("%-9s %s | %s", json_object_get_string_member (self->known, "provider"),
                  operation_names[operation], self->http.error->message);
}

static void
test_faults (Fixture *self, gconstpointer id)
{
  for (Operation operation = 0; operation < N_OPERATIONS; operation++)
    {
      g_autoptr (GString) row = g_string_new (NULL);

      if (get_unsupported (self, operation) != NULL)
        {
          test_unsupported (self, operation);
          continue;
        }
      if (is_at_once (self) && (operation == OPERATION_POLL || operation == OPERATION_CANCEL))
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
        test_cell (self, operation, &faults[i], row);
      g_test_message ("%-9s %s%s", (const char *) id, operation_names[operation], row->str);
    }
  g_test_message ("%s: %u cells", (const char *) id, self->n_cells);
}

/* Ends what a job keeps: after it nothing may go on costing. */
static void
release (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) state = NULL;
  JsonArray *jobs = NULL;

  stoker_job_runner_release_async (STOKER_JOB_RUNNER (self->http.connector), self->http.connection,
                                   &self->http.request, NULL, http_calls_keep, &result);
  stoker_job_runner_release_finish (STOKER_JOB_RUNNER (self->http.connector),
                                    http_calls_wait (&result), &error);
  g_assert_no_error (error);
  state = stoker_emulator_get_state (self->http.emulator);
  jobs = json_object_get_array_member (json_node_get_object (state), "jobs");
  for (guint i = 0; i < json_array_get_length (jobs); i++)
    g_assert_false (
      json_object_get_boolean_member_with_default (json_array_get_object_element (jobs, i),
                                                   "billing", FALSE));
}

/* That of an entry of the case, or else the usual one. */
static void
set_payload_of (Fixture *self, JsonObject *entry)
{
  JsonObject *owner = json_object_has_member (entry, "payload") ? entry : self->known;
  g_autofree char *text = json_to_string (json_object_get_member (owner, "payload"), FALSE);

  http_fixture_set_payload (&self->http, text);
}

/* One of the ways in which a job can end, or be kept waiting. */
static void
test_ending (Fixture *self, JsonObject *ending)
{
  g_autofree char *token = g_strdup_printf ("stoker-%08u-0000-4000-9000-000000000000",
                                            http_fixture_count_jobs (&self->http));
  g_autofree char *told = NULL;
  g_autoptr (StokerJobReport) report = NULL;

  if (json_object_has_member (ending, "control"))
    {
      g_autofree char *order = json_to_string (json_object_get_member (ending, "control"), FALSE);

      stoker_emulator_control (self->http.emulator, order);
    }
  http_fixture_connect_special (&self->http, self->known, ending);
  set_payload_of (self, ending);
  self->http.request.token = token;
  submit (self);
  control (self, "{\"advance\": %" G_GINT64_FORMAT "}",
           json_object_get_int_member_with_default (ending, "advance", 0));
  report = http_fixture_run (&self->http, STOKER_JOB_POLL);
  g_assert_no_error (self->http.error);
  told = g_strconcat (report->message != NULL ? report->message : "", " / ",
                      report->stage != NULL ? report->stage : "", NULL);
  g_test_message ("%s: %s", stoker_job_state_names[report->state], told);
  g_assert_cmpstr (stoker_job_state_names[report->state], ==, get_text (ending, "state", ""));
  g_assert_nonnull (strstr (told, get_text (ending, "text", "")));
  control (self, "{\"fault\": \"none\"}");
  release (self);
  self->http.request.token = NULL;
}

static void
test_endings (Fixture *self, gconstpointer id)
{
  JsonArray *endings = json_object_has_member (self->known, "endings")
                         ? json_object_get_array_member (self->known, "endings")
                         : NULL;

  if (endings == NULL)
    {
      g_test_skip ("its case tells of no other endings");
      return;
    }
  for (guint i = 0; i < json_array_get_length (endings); i++)
    test_ending (self, json_array_get_object_element (endings, i));
}

/* The whole life of a job, and its outputs as files. */
static void
test_life (Fixture *self, gconstpointer id)
{
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
  release (self);
}

static void
test_cancel (Fixture *self, gconstpointer id)
{
  const char *expected = get_text (self->known, "cancelled", "cancelled");
  g_autoptr (StokerJobReport) report = NULL;

  if (get_unsupported (self, OPERATION_CANCEL) != NULL)
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
test_refusals (Fixture *self, gconstpointer id)
{
  JsonArray *refusals = json_object_get_array_member (self->known, "refusals");

  for (guint i = 0; i < json_array_get_length (refusals); i++)
    {
      JsonObject *refusal = json_array_get_object_element (refusals, i);
      g_autoptr (StokerJobReport) none = NULL;
      StokerError code = STOKER_ERROR_FAILED;

      g_assert_true (stoker_error_code_from_string (get_text (refusal, "code", ""), &code));
      if (json_object_has_member (refusal, "control"))
        {
          g_autofree char *order = json_to_string (json_object_get_member (refusal, "control"),
                                                   FALSE);

          stoker_emulator_control (self->http.emulator, order);
        }
      http_fixture_connect_special (&self->http, self->known, refusal);
      set_payload_of (self, refusal);
      none = http_fixture_run (&self->http, STOKER_JOB_SUBMIT);
      http_fixture_assert_error (&self->http, code, get_text (refusal, "text", ""));
      control (self, "{\"fault\": \"none\"}");
    }
  g_assert_cmpuint (http_fixture_count_jobs (&self->http), ==, 0);
}

/* Nobody listens: the request surely was not sent, so it may be sent again. */
static void
test_nobody_there (Fixture *self, gconstpointer id)
{
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

static void
add_tests (const char *id)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *self, gconstpointer id);
  } tests[] = {
    { "life", test_life },         { "cancel", test_cancel },
    { "refusals", test_refusals }, { "nobody-there", test_nobody_there },
    { "endings", test_endings },   { "faults", test_faults },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/providers/%s/%s", id, tests[i].name);

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
