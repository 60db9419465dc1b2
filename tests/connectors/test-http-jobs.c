/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-fixture.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-rule.h"

#include <string.h>

/* What becomes of jobs with the language: outputs at once, half a success, logs, an end. */
#define HEAD                                                                                       \
  "{\"class\": \"http\", \"bases\": {\"api\": \"${config.api_url}\"}, \"auth\": {\"scheme\": "     \
  "\"bearer\", \"token\": \"${secret.api_key}\"}, \"error_text\": [\"$.error\"],"                  \
  "\"states\": [{\"when\": {\"state\": \"run\"}, \"state\": \"running\"}, {\"when\": {\"state\": " \
  "\"done\"}, \"state\": \"succeeded\"}], \"operations\": {"

static void
set_up (RestFixture *fixture, const char *operations)
{
  g_autofree char *connector = g_strconcat (HEAD, operations, "}}", NULL);

  rest_fixture_set_up (fixture, connector);
}

/* The answer to the submit is the picture. It is on the disk before anybody hears of the job, so
 * that a crash loses nothing that was paid for. */
static void
test_output_at_once (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) submitted = NULL;
  g_autoptr (StokerJobReport) fetched = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *text = NULL;

  set_up (
    fixture,
    "\"submit\": {\"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/make\", \"body\": "
    "{\"multipart\": \"${job.payload}\"}, \"answer\": \"bytes\", \"take\": {\"state\": {\"value\": "
    "\"done\"}}}], \"records\": [{\"body\": true}]}");
  rest_fixture_answer (fixture, "POST /make", 200, "image/png", "PNG bytes");
  submitted = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  g_assert_cmpint (submitted->state, ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpstr (submitted->remote_id, ==, "stoker-token-1");
  fetched = rest_fixture_expect (fixture, STOKER_JOB_FETCH);
  g_assert_cmpuint (fetched->outputs->len, ==, 1);
  g_assert_true (
    g_file_get_contents (((StokerRemoteOutput *) g_ptr_array_index (fetched->outputs, 0))->path,
                         &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "PNG bytes");
  found = rest_fixture_find (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (found->len, ==, 1);
  /* Another attempt knows nothing of it. */
  fixture->request.token = "stoker-token-2";
  g_clear_pointer (&found, g_ptr_array_unref);
  found = rest_fixture_find (fixture);
  g_assert_error (fixture->error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED);
}

/* What was made before the failure is told, so that it can be ended. */
static void
test_half_success (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;
  g_autoptr (StokerJobReport) none = NULL;

  set_up (fixture,
          "\"submit\": {\"keep\": [\"disk\"], \"steps\": [{\"method\": \"POST\", \"url\": "
          "\"${base.api}/machines\", \"take\": {\"id\": \"$.id\", \"disk\": \"$.disk\"}},"
          "{\"method\": \"POST\", \"url\": \"${base.api}/tags\"}]},"
          "\"release\": {\"needs\": [\"job.remote_id\"], \"steps\": ["
          "{\"method\": \"DELETE\", \"url\": \"${base.api}/machines/${job.remote_id}\", "
          "\"answer\": \"none\","
          " \"success\": [200, 404]}, {\"when\": {\"handle.disk\": true}, \"method\": \"DELETE\", "
          "\"url\": "
          "\"${base.api}/disks/${handle.disk}\", \"answer\": \"none\"}]}");
  rest_fixture_tell (fixture, "POST /machines", "{\"id\": \"m-1\", \"disk\": \"d-1\"}");
  rest_fixture_answer (fixture, "POST /machines", 422, "application/json", "{\"error\": \"no\"}");
  rest_fixture_answer (fixture, "POST /tags", 403, "application/json", "{\"error\": \"no tags\"}");
  report = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  g_assert_cmpint (report->state, ==, STOKER_JOB_FAILED);
  g_assert_cmpint (report->error_code, ==, STOKER_ERROR_FORBIDDEN);
  g_assert_cmpstr (report->remote_id, ==, "m-1");
  g_assert_nonnull (strstr (report->message, "no tags"));
  rest_fixture_expect_error (fixture, STOKER_JOB_SUBMIT, STOKER_ERROR_FAILED, "");

  rest_fixture_assert_requests (fixture, "POST /machines Bearer s3cret-key\nPOST /tags Bearer "
                                         "s3cret-key\nPOST /machines Bearer s3cret-key\n");
  fixture->request.remote_id = "m-1";
  fixture->request.handle = report->handle;
  rest_fixture_answer (fixture, "DELETE /machines/m-1", 200, "text/plain", "ok");
  rest_fixture_answer (fixture, "DELETE /machines/m-1", 404, "text/plain", "gone");
  rest_fixture_answer (fixture, "DELETE /disks/d-1", 500, "text/plain", "no");
  g_assert_false (rest_fixture_release (fixture));
  g_hash_table_remove (fixture->rest.answers, "DELETE /disks/d-1");
  rest_fixture_answer (fixture, "DELETE /disks/d-1", 404, "text/plain", "gone");
  g_assert_true (rest_fixture_release (fixture));
}

/* A manifest without anything to release has nothing left. */
static void
test_no_release (RestFixture *fixture, gconstpointer data)
{
  set_up (fixture, "\"poll\": {\"steps\": [{\"url\": \"${base.api}\"}]}");
  g_assert_true (rest_fixture_release (fixture));
}

/* What is too large for the request goes ahead of it, whatever it is called. */
static void
test_files_ahead (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;
  g_autoptr (GPtrArray) rendered = NULL;
  const char *job =
    "POST /make Bearer s3cret-key {\"prompt\":\"a fox\",\"a\":\"https://x.example/1\","
    "\"b\":\"https://x.example/2\"}\n";

  set_up (
    fixture,
    "\"submit\": {\"steps\": [{\"each\": {\"name\": \"part\", \"of\": \"${job.payload}\", "
    "\"until\": \"end\"}, \"steps\": [{\"when\": {\"part.value\": {\"matches\": \"^data:\"}}, "
    "\"method\": \"POST\", \"creates\": false, \"url\": \"${base.api}/files\", \"body\": {\"raw\": "
    "\"${step.part.value}\"}, \"take\": {\"at\": {\"path\": \"$.at\", \"required\": true}}, \"put\": "
    "{\"name\": \"${step.part.name}\", \"value\": \"${step.at}\"}}]}, {\"method\": \"POST\", \"url\": "
    "\"${base.api}/make\", \"body\": {\"json\": \"${job.payload}\"}, \"take\": {\"id\": \"$.id\"}}]}");
  rest_fixture_set_payload (fixture,
                            "{\"prompt\": \"a fox\", \"a\": \"data:text/plain,one\", \"b\": "
                            "\"data:text/plain,two\"}");
  rest_fixture_tell (fixture, "POST /files", "{\"at\": \"https://x.example/1\"}");
  rest_fixture_tell (fixture, "POST /files", "{\"at\": \"https://x.example/2\"}");
  rest_fixture_tell (fixture, "POST /make", "{\"id\": \"j-1\"}");
  report = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  g_assert_nonnull (strstr (fixture->rest.requests->str, "POST /files Bearer s3cret-key one\n"
                                                         "POST /files Bearer s3cret-key two\n"));
  g_assert_nonnull (strstr (fixture->rest.requests->str, job));
  rendered = stoker_job_runner_render (STOKER_JOB_RUNNER (fixture->connector), fixture->connection,
                                       &fixture->request, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (rendered->len, ==, 1);
}

/* Wherever they are in a payload; small ones stay in it. Fields that were told go before the file.
 */
static void
test_files_anywhere (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;
  const char *job =
    "POST /make Bearer s3cret-key {\"frames\":[{\"uri\":\"x:1\",\"at\":\"end\"},{\"data\":\"b25l\","
    "\"type\":\"text/plain\"}],\"deep\":{\"a.b\":\"x:1\"}}\n";

  set_up (
    fixture,
    "\"submit\": {\"steps\": [{\"each\": {\"name\": \"file\", \"files\": \"${job.payload}\", "
    "\"until\": \"end\"}, \"steps\": [{\"when\": {\"file.value\": {\"longer\": 20}}, "
    "\"method\": \"POST\", \"creates\": false, \"url\": \"${base.api}/files\", \"body\": "
    "{\"multipart\": [{\"key\": \"k\"}, {\"file\": \"${step.file.value}\"}]}, \"take\": {\"at\": "
    "\"$.at\"}, \"put\": {\"name\": \"${step.file.name}\", \"value\": \"${step.at}\"}}, {\"when\": "
    "{\"file.value\": {\"matches\": \"^.{0,20}$\"}}, \"put\": {\"name\": \"${step.file.owner}\", "
    "\"value\": {\"data\": \"${step.file.data}\", \"type\": \"${step.file.type}\"}}}]}, {\"method\": "
    "\"POST\", \"url\": \"${base.api}/make\", \"body\": {\"json\": \"${job.payload}\"}, \"take\": "
    "{\"id\": \"$.id\"}}]}");
  rest_fixture_set_payload (
    fixture,
    "{\"frames\": [{\"uri\": \"data:text/plain,a-long-one\", \"at\": \"end\"}, {\"uri\": "
    "\"data:text/plain,one\"}], \"deep\": {\"a.b\": \"data:text/plain;base64,bG9uZw==\"}}");
  rest_fixture_tell (fixture, "POST /files", "{\"at\": \"x:1\"}");
  rest_fixture_tell (fixture, "POST /make", "{\"id\": \"j-1\"}");
  report = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  g_assert_cmpuint (rest_server_count (&fixture->rest, "POST /files"), ==, 2);
  g_assert_nonnull (strstr (fixture->rest.requests->str, "a-long-one"));
  g_assert_nonnull (strstr (fixture->rest.requests->str, job));
}

/* A submit can ask for the very thing that was advised. */
static void
test_chosen_offer (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) chosen = NULL;
  g_autoptr (StokerJobReport) open = NULL;

  set_up (
    fixture,
    "\"submit\": {\"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/rent\", \"body\": "
    "{\"json\": {\"type\": \"${job.offer_id}\", \"count\": \"${job.gpus}\"}}, "
    "\"take\": {\"id\": \"$.id\"}}]}");
  rest_fixture_tell (fixture, "POST /rent", "{\"id\": \"m-1\"}");
  fixture->request.offer_id = "gpu_8x_h100";
  fixture->request.gpus = 8;
  chosen = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  fixture->request.offer_id = NULL;
  fixture->request.gpus = 0;
  open = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  rest_fixture_assert_requests (
    fixture, "POST /rent Bearer s3cret-key {\"type\":\"gpu_8x_h100\",\"count\":8}\n"
             "POST /rent Bearer s3cret-key {}\n");
}

/* What was taken must not be sent again only because its first state is a new word: the next poll
 * tells more. Without an id nobody knows whether there is a job. */
static void
test_unknown_state_of_submit (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  set_up (fixture,
          "\"submit\": {\"keep\": [\"disk\"], \"steps\": [{\"method\": \"POST\", \"url\": "
          "\"${base.api}/make\", \"take\": {\"id\": \"$.id\", \"disk\": \"$.disk\", \"state\": "
          "\"$.state\"}}]}");
  rest_fixture_tell (fixture, "POST /make",
                     "{\"id\": \"j-1\", \"disk\": \"d-1\", \"state\": \"mystery\"}");
  rest_fixture_tell (fixture, "POST /make", "{\"state\": \"mystery\"}");
  report = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  g_assert_cmpint (report->state, ==, STOKER_JOB_QUEUED);
  g_assert_cmpstr (report->remote_id, ==, "j-1");
  g_assert_cmpstr (stoker_rule_get_text (report->handle, "disk"), ==, "d-1");
  g_assert_nonnull (strstr (report->message, "mystery"));
  rest_fixture_expect_error (fixture, STOKER_JOB_SUBMIT, STOKER_ERROR_UNCERTAIN, "mystery");
}

/* The same of a job that was done and paid for at once, and whose files cannot be read. */
static void
test_lost_output_at_once (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) known = NULL;
  g_autoptr (StokerJobReport) fetched = NULL;
  g_autoptr (StokerJobReport) nameless = NULL;

  set_up (
    fixture,
    "\"submit\": {\"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/make\", \"take\": "
    "{\"id\": \"$.id\", \"state\": \"$.state\"}}], \"records\": [{\"items\": \"$.image\", "
    "\"base64\": true, \"fields\": {\"file\": \"$\"}}]}, \"outputs\": {\"steps\": [{\"url\": "
    "\"${base.api}/result\"}], \"records\": [{\"items\": \"$.result\", \"document\": true}]}");
  rest_fixture_tell (fixture, "POST /make",
                     "{\"id\": \"j-1\", \"state\": \"done\", \"image\": \"%%\"}");
  rest_fixture_tell (fixture, "POST /make", "{\"state\": \"done\", \"image\": \"%%\"}");
  rest_fixture_tell (fixture, "GET /result", "{\"result\": {\"a\": 1}}");
  known = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  g_assert_cmpint (known->state, ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpstr (known->remote_id, ==, "j-1");
  fetched = rest_fixture_expect (fixture, STOKER_JOB_FETCH);
  g_assert_cmpuint (fetched->outputs->len, ==, 1);
  nameless = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  g_assert_cmpint (nameless->state, ==, STOKER_JOB_FAILED);
  g_assert_cmpint (nameless->error_code, ==, STOKER_ERROR_FAILED);
  g_assert_nonnull (strstr (nameless->message, "could not be fetched"));
}

/* A download that stands still is given up as soon as any other answer would be. */
static void
test_stalled_output (RestFixture *fixture, gconstpointer data)
{
  set_up (fixture, "\"outputs\": {\"steps\": [{\"url\": \"${base.api}/result\"}], \"records\": "
                   "[{\"items\": \"$.url\", \"fields\": {\"file\": \"$\"}}]}");
  stoker_http_client_set_pace (fixture->client, 20, 1);
  rest_fixture_tell (fixture, "GET /result", "{\"url\": \"{url}/file\"}");
  rest_fixture_answer (fixture, "GET /file", 0, NULL, NULL);
  rest_fixture_expect_error (fixture, STOKER_JOB_FETCH, STOKER_ERROR_UNAVAILABLE, "in time");
}

/* A list that goes on where Stoker stops reading does not say that a job is not in it. */
static void
test_long_list (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) whole = NULL;

  set_up (
    fixture,
    "\"find\": {\"steps\": [{\"url\": \"${base.api}/jobs\", \"pages\": {\"cursor\": \"$.next\", "
    "\"parameter\": \"after\", \"max\": 2}}], \"records\": [{\"items\": \"$.jobs[*]\", \"fields\": "
    "{\"id\": \"$.id\", \"name\": \"$.name\", \"state\": \"$.state\"}, \"when\": {\"name\": {\"is\": "
    "\"${job.token}\"}}}]}");
  rest_fixture_tell (fixture, "GET /jobs", "{\"next\": \"a\", \"jobs\": [{\"id\": \"x-1\"}]}");
  rest_fixture_tell (fixture, "GET /jobs", "{\"next\": \"b\", \"jobs\": [{\"id\": \"x-2\"}]}");
  none = rest_fixture_find (fixture);
  g_assert_null (none);
  g_assert_error (fixture->error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED);
  g_clear_error (&fixture->error);
  g_hash_table_remove (fixture->rest.answers, "GET /jobs");
  rest_fixture_tell (fixture, "GET /jobs", "{\"next\": \"a\", \"jobs\": [{\"id\": \"x-1\"}]}");
  rest_fixture_tell (fixture, "GET /jobs",
                     "{\"next\": \"b\", \"jobs\": [{\"id\": \"j-1\", \"name\": \"stoker-token-1\", "
                     "\"state\": \"run\"}]}");
  found = rest_fixture_find (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (found->len, ==, 1);
  g_hash_table_remove (fixture->rest.answers, "GET /jobs");
  rest_fixture_tell (fixture, "GET /jobs", "{\"jobs\": [{\"id\": \"x-1\"}]}");
  whole = rest_fixture_find (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (whole->len, ==, 0);
}

/* What was found is there, whatever it does: a job that is taken for lost is never ended. */
static void
test_unknown_state_of_find (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) found = NULL;
  const StokerJobReport *report = NULL;

  set_up (fixture,
          "\"find\": {\"steps\": [{\"url\": \"${base.api}/jobs\"}], \"records\": [{\"items\": "
          "\"$.jobs[*]\", \"fields\": {\"id\": \"$.id\", \"state\": \"$.state\"}}]}");
  rest_fixture_tell (fixture, "GET /jobs",
                     "{\"jobs\": [{\"id\": \"j-1\", \"state\": \"mystery\"}]}");
  found = rest_fixture_find (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (found->len, ==, 1);
  report = g_ptr_array_index (found, 0);
  g_assert_cmpint (report->state, ==, STOKER_JOB_QUEUED);
  g_assert_cmpstr (report->remote_id, ==, "j-1");
  g_assert_nonnull (strstr (report->message, "mystery"));
}

static char *
load_example (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "tests",
                                            "connectors", "invented-provider.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) document = stoker_json_load_file (path, STOKER_JSON_MAX_BYTES, &error);

  g_assert_no_error (error);

  return stoker_json_to_string (stoker_rule_get (document, "connector"), FALSE);
}

static void
answer_example (RestFixture *fixture)
{
  rest_fixture_tell (fixture, "GET /account",
                     "{\"email\": \"a@b.example\", \"credit_cents\": 1250}");
  rest_fixture_answer (fixture, "POST /jobs", 409, "application/json",
                       "{\"error\": {\"message\": \"no capacity in eu-1\"}}");
  rest_fixture_answer (fixture, "POST /jobs", 201, "application/json",
                       "{\"id\": \"j-1\", \"state\": \"waiting\"}");
  rest_fixture_tell (fixture, "GET /jobs",
                     "{\"jobs\": [{\"id\": \"j-1\", \"state\": \"starting\"}]}");
  rest_fixture_tell (fixture, "GET /jobs/j-1",
                     "{\"state\": \"running\", \"percent\": 40, \"started\": "
                     "\"2026-11-21T10:00:00Z\"}");
  rest_fixture_tell (fixture, "GET /jobs/j-1",
                     "{\"state\": \"ended\", \"exit_code\": 0, \"cost_usd\": 0.25}");
  rest_fixture_tell (fixture, "GET /jobs/j-1/log", "{\"text\": \"one\\n\", \"next\": 4}");
  rest_fixture_tell (fixture, "GET /jobs/j-1/log", "{\"text\": \"two\\n\", \"next\": 8}");
  rest_fixture_tell (fixture, "GET /jobs/j-1/files",
                     "{\"files\": [{\"url\": \"{url}/f/1\", \"name\": \"date.txt\"}]}");
  rest_fixture_answer (fixture, "GET /f/1", 200, "text/plain", "today");
  rest_fixture_answer (fixture, "DELETE /jobs/j-1", 202, "application/json", "{}");
}

/* The example of src/README.md, from end to end. */
static void
test_example (RestFixture *fixture, gconstpointer data)
{
  g_autofree char *connector = load_example ();
  g_autoptr (StokerJobReport) full = NULL;
  g_autoptr (StokerJobReport) submitted = NULL;
  g_autoptr (StokerJobReport) running = NULL;
  g_autoptr (StokerJobReport) ended = NULL;
  g_autoptr (StokerJobReport) fetched = NULL;
  g_autoptr (StokerJobReport) cancelled = NULL;
  g_autoptr (StokerHealth) health = NULL;
  g_autoptr (GPtrArray) found = NULL;

  rest_fixture_set_up (fixture, connector);
  rest_fixture_set_payload (fixture, "{\"image\": \"busybox\", \"command\": \"date\"}");
  answer_example (fixture);
  health = rest_fixture_check (fixture);
  g_assert_cmpstr (health->balance, ==, "$12.50");
  full = rest_fixture_run (fixture, STOKER_JOB_SUBMIT);
  g_assert_error (fixture->error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE);
  submitted = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  g_assert_cmpint (submitted->state, ==, STOKER_JOB_QUEUED);
  found = rest_fixture_find (fixture);
  g_assert_cmpuint (found->len, ==, 1);
  fixture->request.remote_id = submitted->remote_id;
  running = rest_fixture_run (fixture, STOKER_JOB_POLL);
  g_assert_cmpint (running->state, ==, STOKER_JOB_RUNNING);
  g_assert_cmpfloat (running->progress, ==, 0.4);
  ended = rest_fixture_run (fixture, STOKER_JOB_POLL);
  g_assert_cmpint (ended->state, ==, STOKER_JOB_SUCCEEDED);
  g_assert_cmpstr (ended->log, ==, "one\ntwo\n");
  g_assert_cmpint (ended->billed.nanos, ==, 250000000);
  fetched = rest_fixture_expect (fixture, STOKER_JOB_FETCH);
  g_assert_cmpuint (fetched->outputs->len, ==, 1);
  cancelled = rest_fixture_run (fixture, STOKER_JOB_CANCEL);
  g_assert_cmpint (cancelled->state, ==, STOKER_JOB_CANCELLED);
}

/* The log comes piece by piece, and is told as a whole. */
static void
test_logs (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) first = NULL;
  g_autoptr (StokerJobReport) second = NULL;
  g_autoptr (StokerJobReport) third = NULL;

  set_up (
    fixture,
    "\"poll\": {\"steps\": [{\"url\": \"${base.api}/job\", \"take\": {\"state\": \"$.state\"}}]},"
    "\"logs\": {\"keep\": [\"next\"], \"steps\": [{\"url\": \"${base.api}/log\", \"query\": "
    "{\"start\": "
    "\"${handle.next}\"}, \"take\": {\"log\": \"$.contents\", \"next\": \"$.next\"}}]}");
  fixture->request.remote_id = "r-1";
  rest_fixture_tell (fixture, "GET /job", "{\"state\": \"run\"}");
  rest_fixture_tell (fixture, "GET /log", "{\"contents\": \"a\\n\", \"next\": 2}");
  rest_fixture_tell (fixture, "GET /log", "{\"contents\": \"b\\n\", \"next\": 4}");
  rest_fixture_answer (fixture, "GET /log", 404, "application/json", "{}");
  first = rest_fixture_expect (fixture, STOKER_JOB_POLL);
  g_assert_cmpstr (first->log, ==, "a\n");
  second = rest_fixture_run (fixture, STOKER_JOB_POLL);
  g_assert_cmpstr (second->log, ==, "a\nb\n");
  third = rest_fixture_expect (fixture, STOKER_JOB_POLL);
  g_assert_cmpstr (third->log, ==, NULL);
  rest_fixture_assert_requests (
    fixture, "GET /job Bearer s3cret-key\nGET /log Bearer s3cret-key\nGET /job Bearer "
             "s3cret-key\nGET /log?start=2 Bearer s3cret-key\nGET /job Bearer s3cret-key\nGET "
             "/log?start=4 Bearer s3cret-key\n");
}

/* What was read of the log of a job that has ended is not kept for the rest of the day. */
static void
test_forgotten_log (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) first = NULL;
  g_autoptr (StokerJobReport) again = NULL;

  set_up (
    fixture,
    "\"poll\": {\"steps\": [{\"url\": \"${base.api}/job\", \"take\": {\"state\": \"$.state\"}}]},"
    "\"logs\": {\"keep\": [\"next\"], \"steps\": [{\"url\": \"${base.api}/log\", \"take\": {\"log\": "
    "\"$.contents\", \"next\": \"$.next\"}}]}");
  fixture->request.remote_id = "r-1";
  rest_fixture_tell (fixture, "GET /job", "{\"state\": \"run\"}");
  rest_fixture_tell (fixture, "GET /log", "{\"contents\": \"a\\n\", \"next\": 2}");
  first = rest_fixture_expect (fixture, STOKER_JOB_POLL);
  g_assert_true (rest_fixture_release (fixture));
  again = rest_fixture_expect (fixture, STOKER_JOB_POLL);
  g_assert_cmpstr (again->log, ==, first->log);
}

int
main (int argc, char **argv)
{
  static const RestTest tests[] = {
    { "output-at-once", test_output_at_once },
    { "half-success", test_half_success },
    { "unknown-state-of-submit", test_unknown_state_of_submit },
    { "lost-output-at-once", test_lost_output_at_once },
    { "stalled-output", test_stalled_output },
    { "long-list", test_long_list },
    { "unknown-state-of-find", test_unknown_state_of_find },
    { "no-release", test_no_release },
    { "files-ahead", test_files_ahead },
    { "files-anywhere", test_files_anywhere },
    { "chosen-offer", test_chosen_offer },
    { "example", test_example },
    { "logs", test_logs },
    { "forgotten-log", test_forgotten_log },
  };

  return rest_fixture_run_tests (argc, argv, "/http/jobs/", tests, G_N_ELEMENTS (tests));
}
