/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "provider-faults.h"

#include "stoker-error.h"

#include <glib/gstdio.h>

#define MOST_STEPS 50
#define NOT_TOLD (-1)

static const char *const operation_names[] = { "check", "offers", "submit",
                                               "poll",  "cancel", "outputs" };

/* A fault, how often it strikes, what then comes of a request that may be repeated and of one that
 * makes a job, and how many requests it hits until then; -1 is success. A request that makes a job
 * is sent again only after a 429, which says that it was not looked at. */
typedef struct
{
  const char *name;
  guint times;
  int repeatable_code;
  guint repeatable_hits;
  int creating_code;
  guint creating_hits;
  gboolean makes_job; /* it was carried out, although nobody heard so */
  const char *told;   /* a regular expression: what people are told, when it does not come right */
} Fault;

#define TOO_MANY "too many requests for \\w"
#define TROUBLE "has trouble of its own \\(HTTP 500\\)"
#define CUT_OFF "was cut off"
#define NOT_READABLE "is not the (JSON|XML) it should be"
#define SILENT "did not answer in time"
#define BROKEN "broke before it answered"
#define LIMITED STOKER_ERROR_RATE_LIMITED
#define AWAY STOKER_ERROR_UNAVAILABLE
#define ODD STOKER_ERROR_PROTOCOL
#define UNSURE STOKER_ERROR_UNCERTAIN

static const Fault faults[] = {
  { "none", 1, -1, 0, -1, 0, TRUE, NULL },
  { "429", 1, -1, 1, -1, 1, TRUE, NULL },
  { "429", 3, LIMITED, 3, LIMITED, 3, FALSE, TOO_MANY },
  { "429-retry-after", 1, -1, 1, -1, 1, TRUE, NULL },
  { "429-retry-after", 3, LIMITED, 3, LIMITED, 3, FALSE, TOO_MANY },
  { "500", 1, -1, 1, UNSURE, 1, FALSE, TROUBLE },
  { "500", 3, AWAY, 3, UNSURE, 1, FALSE, TROUBLE },
  { "slow", 1, -1, 1, -1, 1, TRUE, NULL },
  { "truncated", 3, ODD, 3, UNSURE, 1, TRUE, CUT_OFF },
  { "malformed", 3, ODD, 1, UNSURE, 1, TRUE, NOT_READABLE },
  { "hang", 1, -1, 1, UNSURE, 1, FALSE, SILENT },
  { "reset-after-accept", 1, -1, 1, UNSURE, 1, TRUE, BROKEN },
  { "reset-after-accept", 0, AWAY, 3, UNSURE, 1, TRUE, BROKEN },
};

/* What came of a cell. */
typedef struct
{
  int code;      /* -1: it went well */
  int state;     /* of the job; NOT_TOLD */
  guint n_found; /* offers or outputs */
} Outcome;

typedef struct
{
  ProviderCase *of;
  Operation operation;
  guint n_cells;
  gboolean is_finished; /* the job that was sent last has ended well */
  Outcome first;        /* of the operation at hand, without a fault */
  char *message;        /* nullable: of what failed last */
  GString *table;
} Cells;

const char *
provider_faults_get_unsupported (ProviderCase *self, Operation operation)
{
  return provider_case_get_text (provider_case_get_object (self->known, "unsupported"),
                                 operation_names[operation], NULL);
}

/* A service that answers at once: its submit is the whole job, and the outputs are kept of it. */
static gboolean
is_at_once (Cells *self)
{
  return json_object_get_boolean_member_with_default (self->of->known, "at_once", FALSE);
}

static gboolean
is_kept (Cells *self)
{
  return self->operation == OPERATION_OUTPUTS && is_at_once (self);
}

static JsonObject *
get_submit (Cells *self)
{
  return json_object_get_object_member (self->of->known, "submit");
}

static gboolean
is_repeatable (Cells *self)
{
  return self->operation != OPERATION_SUBMIT ||
         json_object_get_boolean_member_with_default (get_submit (self), "repeatable", FALSE);
}

/* What may be sent again, and makes something all the same, is uncertain when it never came right.
 */
static gboolean
is_uncertain (Cells *self)
{
  return self->operation == OPERATION_SUBMIT &&
         json_object_get_boolean_member_with_default (get_submit (self), "uncertain", FALSE);
}

/* (nullable): what the case says of the fault. */
static const char *
get_special (Cells *self, const Fault *fault)
{
  JsonObject *codes = provider_case_get_object (self->of->known, "codes");

  return provider_case_get_text (provider_case_get_object (codes, operation_names[self->operation]),
                                 fault->name, NULL);
}

static void
strike (Cells *self, const Fault *fault)
{
  gboolean is_submit = self->operation == OPERATION_SUBMIT;
  g_autofree char *path =
    g_strescape (is_submit ? provider_case_get_text (get_submit (self), "path", "") : "", NULL);
  g_autofree char *body =
    g_strescape (is_submit ? provider_case_get_text (get_submit (self), "body", "") : "", NULL);

  provider_case_control (self->of,
                         "{\"fault\": \"%s\", \"times\": %u, \"path\": \"%s\", \"body\": \"%s\"}",
                         fault->name, fault->times, path, body);
}

/* How many requests there were, and how many of them a fault hit. */
static guint
count_requests (Cells *self, guint *hits)
{
  g_autoptr (JsonNode) state = stoker_emulator_get_state (self->of->http.emulator);
  JsonArray *requests = json_object_get_array_member (json_node_get_object (state), "requests");

  *hits = 0;
  for (guint i = 0; i < json_array_get_length (requests); i++)
    *hits +=
      !g_str_equal (json_object_get_string_member (json_array_get_object_element (requests, i),
                                                   "fault"),
                    "none");

  return json_array_get_length (requests);
}

static void
submit (Cells *self)
{
  g_autoptr (StokerJobReport) report = provider_case_submit (self->of);

  g_assert_cmpstr (stoker_job_state_names[report->state], ==,
                   provider_case_get_text (get_submit (self), "state", ""));
}

/* Lets the job end, behind whatever was sent before it. */
static void
finish (Cells *self)
{
  JsonArray *steps = json_object_get_array_member (self->of->known, "walk");
  JsonObject *last = json_array_get_object_element (steps, json_array_get_length (steps) - 1);

  for (guint i = 0; i < MOST_STEPS; i++)
    {
      g_autoptr (StokerJobReport) report = NULL;

      provider_case_control (self->of, "{\"advance\": %" G_GINT64_FORMAT "}",
                             json_object_get_int_member (last, "advance"));
      report = http_fixture_run (&self->of->http, STOKER_JOB_POLL);
      g_assert_no_error (self->of->http.error);
      if (stoker_job_state_is_final (report->state))
        return;
    }
  g_assert_not_reached ();
}

/* Something to ask about; the outputs are always those of one job. */
static void
prepare (Cells *self)
{
  g_autofree char *token = g_strdup_printf ("stoker-%08u-0000-4000-8000-000000000000",
                                            self->n_cells);

  if (self->operation == OPERATION_OUTPUTS && self->is_finished)
    return;
  /* By it a provider may know that a job was sent twice. */
  self->of->http.request.token = g_intern_string (token);
  if (self->operation >= OPERATION_POLL)
    submit (self);
  if (self->operation == OPERATION_OUTPUTS && !is_at_once (self))
    finish (self);
  self->is_finished = self->operation == OPERATION_OUTPUTS;
}

/* All that is kept or shown of a job. */
static void
assert_clean_report (const StokerJobReport *report)
{
  g_autofree char *handle = report->handle == NULL ? NULL : json_to_string (report->handle, FALSE);
  const char *texts[] = { report->remote_id, report->stage, report->message, report->log, handle };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    http_fixture_assert_no_secret (texts[i]);
  for (guint i = 0; i < report->outputs->len; i++)
    {
      const StokerRemoteOutput *output = report->outputs->pdata[i];

      http_fixture_assert_no_secret (output->name);
      http_fixture_assert_no_secret (output->url);
    }
}

static Outcome
run_check (Cells *self)
{
  HttpFixture *http = &self->of->http;
  g_autoptr (StokerHealth) health = http_fixture_check (http);

  g_assert_no_error (http->error);
  http_fixture_assert_no_secret (health->message);
  http_fixture_assert_no_secret (health->account);
  http_fixture_assert_no_secret (health->scopes);
  if (health->is_ok)
    return (Outcome){ -1, NOT_TOLD, 0 };
  http_fixture_assert_message (health->message);
  self->message = g_strdup (health->message);

  return (Outcome){ health->error_code, NOT_TOLD, 0 };
}

static Outcome
run_offers (HttpFixture *http)
{
  g_autoptr (StokerOfferTable) offers = http_fixture_list (http);

  if (http->error != NULL)
    return (Outcome){ http->error->code, NOT_TOLD, 0 };

  return (Outcome){ -1, NOT_TOLD, stoker_offer_table_get_length (offers) };
}

static Outcome
run_job (HttpFixture *http, Operation operation)
{
  static const StokerJobOperation calls[] = {
    [OPERATION_SUBMIT] = STOKER_JOB_SUBMIT,
    [OPERATION_POLL] = STOKER_JOB_POLL,
    [OPERATION_CANCEL] = STOKER_JOB_CANCEL,
    [OPERATION_OUTPUTS] = STOKER_JOB_FETCH,
  };
  g_autoptr (StokerJobReport) report = http_fixture_run (http, calls[operation]);

  if (http->error != NULL)
    return (Outcome){ http->error->code, NOT_TOLD, 0 };
  assert_clean_report (report);

  return (Outcome){ -1, report->state, report->outputs->len };
}

static Outcome
run (Cells *self)
{
  HttpFixture *http = &self->of->http;
  Outcome outcome = { 0 };

  g_clear_pointer (&self->message, g_free);
  outcome = self->operation == OPERATION_CHECK    ? run_check (self)
            : self->operation == OPERATION_OFFERS ? run_offers (http)
                                                  : run_job (http, self->operation);
  if (http->error != NULL)
    {
      http_fixture_assert_message (http->error->message);
      self->message = g_strdup (http->error->message);
    }
  http_fixture_assert_quiet_log ();

  return outcome;
}

static const char *
describe (int code)
{
  return code < 0 ? "ok" : stoker_error_code_to_string (code);
}

static int
get_expected_code (Cells *self, const Fault *fault)
{
  const char *special = get_special (self, fault);
  StokerError code = STOKER_ERROR_FAILED;

  if (is_kept (self) || g_strcmp0 (special, "ok") == 0)
    return -1;
  if (special != NULL && stoker_error_code_from_string (special, &code))
    return (int) code;
  if (!is_repeatable (self) || (is_uncertain (self) && fault->repeatable_code >= 0))
    return fault->creating_code;

  return fault->repeatable_code;
}

/* Without a fault it is as the case says; with one that was got over, as without. */
static void
check_state (Cells *self, const Fault *fault, const Outcome *outcome)
{
  JsonObject *known = self->of->known;
  const char *state = outcome->state == NOT_TOLD ? "" : stoker_job_state_names[outcome->state];

  if (outcome->code >= 0)
    return;
  if (self->operation == OPERATION_SUBMIT)
    g_assert_cmpstr (state, ==, provider_case_get_text (get_submit (self), "state", ""));
  else if (self->operation == OPERATION_CANCEL)
    g_assert_cmpstr (state, ==, provider_case_get_text (known, "cancelled", "cancelled"));
  else if (self->operation == OPERATION_OUTPUTS)
    g_assert_cmpuint (outcome->n_found, ==,
                      json_array_get_length (provider_case_get_array (known, "outputs")));
  if (get_special (self, fault) != NULL)
    return;
  g_assert_cmpint (outcome->state, ==, self->first.state);
  g_assert_cmpuint (outcome->n_found, ==, self->first.n_found);
}

/* What people are told is about what happened. */
static void
check_message (Cells *self, const Fault *fault, int code)
{
  g_assert_true ((self->message != NULL) == (code >= 0));
  if (self->message == NULL || get_special (self, fault) != NULL)
    return;
  g_test_message ("told: %s", self->message);
  g_assert_true (g_regex_match_simple (fault->told, self->message, 0, 0));
}

/* Each request is tried as often as it may be, and never more. */
static void
check_retries (Cells *self, const Fault *fault, guint hits, guint requests)
{
  guint expected = is_repeatable (self) ? fault->repeatable_hits : fault->creating_hits;

  g_assert_cmpuint (hits, <=, requests);
  if (is_kept (self))
    g_assert_cmpuint (requests, ==, 0);
  else if (get_special (self, fault) != NULL)
    g_assert_cmpuint (hits, >, 0);
  else if (self->operation != OPERATION_SUBMIT && expected > 0 && expected < fault->times)
    /* Whoever came was hit, and went on or gave up: nothing was sent again. */
    g_assert_cmpuint (hits, ==, MIN (requests, fault->times));
  else if (is_repeatable (self) && fault->times == 0)
    /* A step that may fail is given up after as many tries as any other. */
    g_assert_true (hits > 0 && hits % expected == 0);
  else
    g_assert_cmpuint (hits, ==, expected);
}

/* What was made costs money: nothing that was not asked for, and nothing twice. */
static void
check_money (Cells *self, const Fault *fault, guint jobs_before)
{
  guint made = http_fixture_count_jobs (&self->of->http) - jobs_before;

  if (self->operation != OPERATION_SUBMIT)
    g_assert_cmpuint (made, ==, 0);
  else if (is_repeatable (self) && fault->repeatable_code < 0)
    g_assert_cmpuint (made, ==, 1);
  else
    g_assert_cmpuint (made, ==, fault->makes_job);
}

static void
test_cell (Cells *self, const Fault *fault)
{
  guint jobs_before = 0;
  guint hits_before = 0;
  guint hits = 0;
  guint requests = 0;
  Outcome outcome = { 0 };

  prepare (self);
  jobs_before = http_fixture_count_jobs (&self->of->http);
  strike (self, fault);
  requests = count_requests (self, &hits_before);
  outcome = run (self);
  requests = count_requests (self, &hits) - requests;
  hits -= hits_before;
  provider_case_control (self->of, "{\"fault\": \"none\"}");
  g_test_message ("%s, %s ×%u: %s after %u requests, %u of them hit",
                  operation_names[self->operation], fault->name, fault->times,
                  describe (outcome.code), requests, hits);
  g_assert_cmpstr (describe (outcome.code), ==, describe (get_expected_code (self, fault)));
  if (fault == faults)
    self->first = outcome;
  check_state (self, fault, &outcome);
  check_message (self, fault, outcome.code);
  check_retries (self, fault, hits, requests);
  check_money (self, fault, jobs_before);
  g_string_append_printf (self->table, "\t%s/%u", describe (outcome.code), requests);
  self->n_cells++;
}

static void
test_unsupported (Cells *self)
{
  HttpFixture *http = &self->of->http;
  guint jobs = 0;

  prepare (self);
  jobs = http_fixture_count_jobs (http);
  g_assert_cmpint (run (self).code, ==, STOKER_ERROR_UNSUPPORTED);
  http_fixture_assert_error (http, STOKER_ERROR_UNSUPPORTED,
                             provider_faults_get_unsupported (self->of, self->operation));
  g_assert_cmpuint (http_fixture_count_jobs (http), ==, jobs);
}

/* (nullable): where the rows are kept, for print-matrix.py to make one table of all cases. */
static char *
find_table (const char *id)
{
  const char *root = g_getenv ("STOKER_TEST_BUILD_ROOT");
  g_autofree char *folder = root == NULL ? NULL : g_build_filename (root, "matrix", NULL);

  if (folder == NULL || g_mkdir_with_parents (folder, 0755) != 0)
    return NULL;

  return g_build_filename (folder, id, NULL);
}

static void
begin_row (Cells *self, const char *id)
{
  g_string_append_printf (self->table, "%s\t%s", id, operation_names[self->operation]);
}

static void
begin_table (Cells *self)
{
  self->table = g_string_new ("case\toperation");
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_string_append_printf (self->table, "\t%s", faults[i].name);
      if (faults[i].times != 1)
        g_string_append_printf (self->table, " ×%s", faults[i].times == 0 ? "∞" : "3");
    }
  g_string_append_c (self->table, '\n');
}

static void
test_operation (Cells *self, const char *id)
{
  gsize start = 0;

  if (provider_faults_get_unsupported (self->of, self->operation) != NULL)
    {
      test_unsupported (self);
      g_test_message ("%s %s | %s", id, operation_names[self->operation],
                      self->of->http.error->message);
      return;
    }
  if (is_at_once (self) &&
      (self->operation == OPERATION_POLL || self->operation == OPERATION_CANCEL))
    return;
  start = self->table->len;
  begin_row (self, id);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    test_cell (self, &faults[i]);
  g_test_message ("%s", self->table->str + start);
  g_string_append_c (self->table, '\n');
}

/* Every operation under every fault. */
void
provider_faults_test (gpointer data, gconstpointer id)
{
  Cells self = { .of = data };
  g_autofree char *path = find_table (id);
  g_autoptr (GError) error = NULL;

  if (path != NULL)
    g_remove (path);
  begin_table (&self);
  for (self.operation = 0; self.operation < N_OPERATIONS; self.operation++)
    test_operation (&self, id);
  g_test_message ("%s: %u cells", (const char *) id, self.n_cells);
  if (path != NULL && !g_file_set_contents (path, self.table->str, -1, &error))
    g_assert_no_error (error);
  g_string_free (self.table, TRUE);
  g_free (self.message);
}
