/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-fixture.h"

#include "stoker-error.h"
#include "stoker-json.h"

#include <glib/gstdio.h>

#include <string.h>

/* The language against an invented service: what no shipped provider may need today, any may
 * tomorrow. */
#define HEAD                                                                                   \
  "{\"class\": \"http\", \"bases\": {\"api\": \"${config.api_url}\"}, \"auth\": {\"scheme\": " \
  "\"bearer\", \"token\": \"${secret.api_key}\"}, \"error_text\": [\"$.error\", "              \
  "\"$.Error.Code\"],"
#define STATES                                                                                     \
  "\"states\": [{\"when\": {\"state\": \"run\"}, \"state\": \"running\"}, {\"when\": {\"state\": " \
  "\"done\"}, \"state\": \"succeeded\"}, {\"when\": {\"state\": \"bad\"}, \"state\": "             \
  "\"failed\"}],"

static void
set_up (RestFixture *fixture, const char *operations)
{
  g_autofree char *connector = g_strconcat (HEAD STATES "\"operations\": {", operations, "}}",
                                            NULL);

  rest_fixture_set_up (fixture, connector);
}

static char *
read_output (const StokerJobReport *report, guint index)
{
  const StokerRemoteOutput *output = g_ptr_array_index (report->outputs, index);
  char *text = NULL;

  g_assert_nonnull (output->path);
  g_assert_true (g_file_get_contents (output->path, &text, NULL, NULL));

  return text;
}

static void
test_xml (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  set_up (fixture,
          "\"poll\": {\"steps\": [{\"url\": \"${base.api}/jobs\", \"answer\": \"xml\", \"take\": {"
          "\"id\": \"$.jobs.item[*].jobId\", \"state\": \"$.jobs.item[*].state\","
          " \"log\": {\"path\": \"$.jobs.item[*].line\", \"all\": true, \"join\": \"\\n\"}}}]}");
  rest_fixture_answer (
    fixture, "GET /jobs", 200, "text/xml",
    "<?xml version=\"1.0\"?><R xmlns=\"http://x.example/2016\"><jobs><item><jobId>i-1</jobId>"
    "<state>run</state><line>one</line><line>two &amp; three</line></item></jobs><e/></R>");
  rest_fixture_answer (fixture, "GET /jobs", 400, "text/xml",
                       "<R><Error><Code>InvalidId</Code></Error></R>");
  rest_fixture_answer (fixture, "GET /jobs", 200, "text/xml",
                       "<!DOCTYPE r [<!ENTITY a \"b\">]><r>&a;</r>");
  report = rest_fixture_expect (fixture, STOKER_JOB_POLL);
  g_assert_cmpstr (report->remote_id, ==, "i-1");
  g_assert_cmpint (report->state, ==, STOKER_JOB_RUNNING);
  g_assert_cmpstr (report->log, ==, "one\ntwo & three");
  rest_fixture_expect_error (fixture, STOKER_JOB_POLL, STOKER_ERROR_FAILED, "InvalidId");
  rest_fixture_expect_error (fixture, STOKER_JOB_POLL, STOKER_ERROR_PROTOCOL, "");
}

static void
test_text_and_events (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  set_up (fixture,
          "\"poll\": {\"steps\": [{\"url\": \"${base.api}/state\", \"answer\": \"text\", \"take\": "
          "{\"state\": {\"path\": \"$\", \"regex\": \"is (\\\\w+)\"}}},"
          "{\"url\": \"${base.api}/log\", \"answer\": \"events\", \"take\": {\"log\": {\"path\": "
          "\"$[*].line\", \"all\": true, \"join\": \"\\n\"}}}]}");
  rest_fixture_answer (fixture, "GET /state", 200, "text/plain", "it is run");
  rest_fixture_answer (fixture, "GET /log", 200, "text/event-stream",
                       "id: 1\ndata: {\"line\": \"a\"}\n\n: comment\ndata: "
                       "{\"line\":\ndata: \"b\"}\n\ndata: {\"line\": \"cut o");
  report = rest_fixture_expect (fixture, STOKER_JOB_POLL);
  g_assert_cmpint (report->state, ==, STOKER_JOB_RUNNING);
  g_assert_cmpstr (report->log, ==, "a\nb");
}

static void
test_bytes (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;
  g_autofree char *text = NULL;

  set_up (fixture,
          "\"outputs\": {\"steps\": [{\"url\": \"${base.api}/result\", \"answer\": \"bytes\"}],"
          " \"records\": [{\"body\": true, \"fields\": {\"name\": {\"value\": \"picture\"}}}]}");
  rest_fixture_answer (fixture, "GET /result", 200, "image/png", "PNG bytes");
  rest_fixture_answer (fixture, "GET /result", 404, "application/json", "{\"error\": \"expired\"}");
  report = rest_fixture_expect (fixture, STOKER_JOB_FETCH);
  g_assert_cmpuint (report->outputs->len, ==, 1);
  text = read_output (report, 0);
  g_assert_cmpstr (text, ==, "PNG bytes");
  g_assert_true (
    g_str_has_suffix (((StokerRemoteOutput *) g_ptr_array_index (report->outputs, 0))->path,
                      "/picture.png"));
  rest_fixture_expect_error (fixture, STOKER_JOB_FETCH, STOKER_ERROR_NOT_FOUND, "expired");
}

/* A price made of others: what is not known makes the sum unknown, and never too small. */
static void
test_sums (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  set_up (
    fixture,
    "\"poll\": {\"steps\": [{\"url\": \"${base.api}/prices\", \"take\": {\"state\": \"$.state\","
    " \"card\": {\"path\": \"$.card\", \"as\": \"number\"},"
    " \"both\": {\"path\": \"$.core\", \"as\": \"number\", \"times\": 8, \"add\": \"${step.card}\"},"
    " \"lost\": {\"path\": \"$.core\", \"as\": \"number\", \"add\": \"${step.disk}\"},"
    " \"few\": {\"path\": \"$.core\", \"as\": \"number\", \"times\": 3, \"add\": 1, \"max\": 2},"
    " \"log\": {\"value\": \"${step.both} ${step.lost|unknown} ${step.few}\"}}}]}");
  rest_fixture_answer (fixture, "GET /prices", 200, "application/json",
                       "{\"state\": \"run\", \"card\": 0.5, \"core\": 0.25}");
  report = rest_fixture_expect (fixture, STOKER_JOB_POLL);
  g_assert_cmpstr (report->log, ==, "2.5 unknown 1.75");
}

/* A key goes to the provider's own addresses only, also when a header spells it out. */
static void
test_foreign_address (RestFixture *fixture, gconstpointer data)
{

  set_up (fixture,
          "\"poll\": {\"steps\": [{\"url\": \"${base.api}/job\", \"take\": {\"next\": \"$.next\"}},"
          "{\"url\": \"${step.next}\", \"headers\": {\"X-Key\": \"${secret.api_key}\"}}]}");
  rest_fixture_tell (fixture, "GET /job", "{\"next\": \"https://evil.example/\"}");
  rest_fixture_expect_error (fixture, STOKER_JOB_POLL, STOKER_ERROR_PROTOCOL, "not the provider's");
}

/* The first of several that is not refused; the refused ones leave nothing behind. */
static void
test_each (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  set_up (
    fixture,
    "\"submit\": {\"steps\": [{\"url\": \"${base.api}/offers\"},"
    "{\"each\": {\"name\": \"offer\", \"in\": \"$.offers[*]\", \"undo\": [{\"when\": {\"id\": "
    "true}, "
    "\"method\": \"DELETE\", \"url\": \"${base.api}/machines/${step.id}\", \"answer\": \"none\"}]},"
    " \"method\": \"PUT\", \"url\": \"${base.api}/rent/${step.offer.id}\", \"creates\": true,"
    " \"errors\": [{\"status\": [410], \"code\": \"unavailable\", \"take\": {\"id\": \"$.left\"}}],"
    " \"take\": {\"id\": {\"path\": \"$.id\", \"required\": true}}}]}");
  rest_fixture_tell (fixture, "GET /offers",
                     "{\"offers\": [{\"id\": 1}, {\"id\": 2}, {\"id\": 3}]}");
  rest_fixture_answer (fixture, "PUT /rent/1", 410, "application/json", "{\"error\": \"gone\"}");
  rest_fixture_answer (fixture, "PUT /rent/2", 410, "application/json", "{\"left\": \"m-2\"}");
  rest_fixture_answer (fixture, "DELETE /machines/m-2", 200, "text/plain", "ok");
  rest_fixture_tell (fixture, "PUT /rent/3", "{\"id\": \"m-3\"}");
  report = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  g_assert_cmpstr (report->remote_id, ==, "m-3");
  rest_fixture_assert_requests (
    fixture, "GET /offers Bearer s3cret-key\nPUT /rent/1 Bearer s3cret-key\nPUT /rent/2 Bearer "
             "s3cret-key\nDELETE /machines/m-2 Bearer s3cret-key\nPUT /rent/3 Bearer s3cret-key\n");
}

/* A list of the settings; what is not plainly refused ends it. */
static void
test_each_ends (RestFixture *fixture, gconstpointer data)
{

  set_up (
    fixture,
    "\"submit\": {\"steps\": [{\"each\": {\"name\": \"gpu\", \"of\": \"a, b,c\"}, \"steps\": ["
    "{\"method\": \"POST\", \"url\": \"${base.api}/start\", \"body\": {\"json\": {\"gpu\": "
    "\"${step.gpu}\"}}, \"errors\": [{\"status\": [409], \"code\": \"unavailable\", \"message\": "
    "\"no ${step.gpu}\"}], \"take\": {\"id\": \"$.id\"}}]}]}");
  rest_fixture_answer (fixture, "POST /start", 409, "application/json", "{}");
  rest_fixture_expect_error (fixture, STOKER_JOB_SUBMIT, STOKER_ERROR_UNAVAILABLE, "");
  g_assert_cmpstr (fixture->error->message, ==, "no c");
  rest_fixture_assert_requests (fixture, "POST /start Bearer s3cret-key {\"gpu\":\"a\"}\n"
                                         "POST /start Bearer s3cret-key {\"gpu\":\"b\"}\n"
                                         "POST /start Bearer s3cret-key {\"gpu\":\"c\"}\n");
  g_hash_table_remove_all (fixture->rest.answers);
  rest_fixture_answer (fixture, "POST /start", 500, "application/json", "{}");
  rest_fixture_expect_error (fixture, STOKER_JOB_SUBMIT, STOKER_ERROR_UNCERTAIN, "");
  rest_fixture_assert_requests (fixture, "POST /start Bearer s3cret-key {\"gpu\":\"a\"}\n");
}

static void
test_wait (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  set_up (
    fixture,
    "\"poll\": {\"steps\": [{\"url\": \"${base.api}/op\", \"take\": {\"status\": \"$.status\"},"
    " \"wait\": {\"until\": {\"status\": \"DONE\"}, \"every_s\": 1, \"limit_s\": 1}},"
    "{\"take\": {\"state\": {\"value\": \"run\"}}}]}");
  rest_fixture_tell (fixture, "GET /op", "{\"status\": \"RUNNING\"}");
  rest_fixture_tell (fixture, "GET /op", "{\"status\": \"DONE\"}");
  rest_fixture_tell (fixture, "GET /op", "{\"status\": \"RUNNING\"}");
  report = rest_fixture_expect (fixture, STOKER_JOB_POLL);
  g_assert_cmpint (report->state, ==, STOKER_JOB_RUNNING);
  rest_fixture_expect_error (fixture, STOKER_JOB_POLL, STOKER_ERROR_UNAVAILABLE, "");
}

/* A token is asked for once, kept, and asked for again when the server does not take it. */
static void
test_token (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) first = NULL;
  g_autoptr (StokerJobReport) second = NULL;
  g_autoptr (StokerJobReport) third = NULL;

  rest_fixture_set_up (
    fixture,
    "{\"class\": \"http\", \"bases\": {\"api\": \"${config.api_url}\"}, \"auth\": {\"scheme\": "
    "\"token\","
    " \"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/token\", \"body\": {\"form\": {"
    "\"client_secret\": \"${secret.api_key}\"}}, \"take\": {\"access\": {\"path\": "
    "\"$.access_token\", "
    "\"required\": true}, \"seconds\": \"$.expires_in\"}}],"
    " \"token\": \"${step.access}\", \"lifetime\": \"${step.seconds}\"}," STATES
    "\"operations\": {\"poll\": {\"steps\": [{\"url\": \"${base.api}/job\", \"take\": "
    "{\"state\": \"$.state\"}}]}}}");
  rest_fixture_tell (fixture, "POST /token", "{\"access_token\": \"tok-1\", \"expires_in\": 3600}");
  rest_fixture_tell (fixture, "POST /token", "{\"access_token\": \"tok-2\", \"expires_in\": 3600}");
  rest_fixture_tell (fixture, "GET /job", "{\"state\": \"run\"}");
  rest_fixture_tell (fixture, "GET /job", "{\"state\": \"run\"}");
  rest_fixture_answer (fixture, "GET /job", 401, "application/json", "{\"error\": \"bad tok-1\"}");
  rest_fixture_tell (fixture, "GET /job", "{\"state\": \"done\"}");
  first = rest_fixture_expect (fixture, STOKER_JOB_POLL);
  second = rest_fixture_run (fixture, STOKER_JOB_POLL);
  rest_fixture_assert_requests (fixture,
                                "POST /token client_secret=s3cret-key\nGET /job Bearer tok-1\n"
                                "GET /job Bearer tok-1\n");
  third = rest_fixture_expect (fixture, STOKER_JOB_POLL);
  g_assert_cmpint (third->state, ==, STOKER_JOB_SUCCEEDED);
  rest_fixture_assert_requests (fixture,
                                "GET /job Bearer tok-1\nPOST /token client_secret=s3cret-key\n"
                                "GET /job Bearer tok-2\n");
}

/* Whatever became of the question for a token: the job itself was not sent. */
static void
test_lost_token (RestFixture *fixture, gconstpointer data)
{
  rest_fixture_set_up (
    fixture,
    "{\"class\": \"http\", \"bases\": {\"api\": \"${config.api_url}\"}, \"auth\": {\"scheme\": "
    "\"token\", \"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/token\", \"take\": "
    "{\"access\": {\"path\": \"$.access_token\", \"required\": true}}}], \"token\": "
    "\"${step.access}\"}," STATES
    "\"operations\": {\"submit\": {\"steps\": [{\"method\": \"POST\", "
    "\"url\": \"${base.api}/job\", \"take\": {\"id\": \"$.id\"}}]}}}");
  rest_fixture_answer (fixture, "POST /token", 500, "application/json", "{}");
  rest_fixture_expect_error (fixture, STOKER_JOB_SUBMIT, STOKER_ERROR_UNAVAILABLE, "");
}

/* A key that is a document: its members are claims, and it signs a token that buys another. */
static void
test_signed_token (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;
  const char *assertion = NULL;

  rest_fixture_set_up (
    fixture,
    "{\"class\": \"http\", \"bases\": {\"api\": \"${config.api_url}\"}, \"auth\": {\"scheme\": "
    "\"token\","
    " \"steps\": [{\"take\": {\"iat\": {\"value\": \"${now.s}\"}, \"exp\": {\"value\": "
    "\"${now.s}\", \"as\": "
    "\"number\", \"add\": 3600}}}, {\"take\": {\"assertion\": {\"jwt\": {\"alg\": \"HS256\", "
    "\"claims\": "
    "{\"iss\": \"${secret.api_key.email}\", \"iat\": \"${step.iat}\", \"exp\": \"${step.exp}\"}, "
    "\"key\": "
    "\"${secret.api_key.key}\"}}}}, {\"method\": \"POST\", \"url\": \"${base.api}/token\", "
    "\"body\": {\"form\": {"
    "\"assertion\": \"${step.assertion}\"}}, \"take\": {\"access\": \"$.access_token\"}}],"
    " \"token\": \"${step.access}\"}," STATES
    "\"operations\": {\"poll\": {\"steps\": [{\"url\": \"${base.api}/job\", \"take\": {\"state\": "
    "\"$.state\"}}]}}}");
  rest_fixture_set_secret (fixture, "api_key",
                           "{\"email\": \"a@b.example\", \"key\": \"shared secret of ours\"}");
  rest_fixture_tell (fixture, "POST /token", "{\"access_token\": \"tok-1\"}");
  rest_fixture_tell (fixture, "GET /job", "{\"state\": \"run\"}");
  report = rest_fixture_expect (fixture, STOKER_JOB_POLL);
  /* The header {"alg":"HS256","typ":"JWT"}. */
  assertion = strstr (fixture->rest.requests->str,
                      "assertion=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.");
  g_assert_nonnull (assertion);
  g_assert_nonnull (strstr (fixture->rest.requests->str, "GET /job Bearer tok-1"));
}

/* A key that is a file is read when an operation begins, and shown to nobody. */
static void
test_key_file (RestFixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_dir_make_tmp ("stoker-key-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "key.json", NULL);
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, 'k');
  g_autoptr (StokerJobReport) report = NULL;
  g_autoptr (StokerJobReport) none = NULL;
  g_autoptr (GPtrArray) rendered = NULL;
  StokerRenderedRequest *shown = NULL;

  set_up (
    fixture,
    "\"poll\": {\"needs\": [\"secret.key_file\"], \"steps\": [{\"take\": {\"token\": {\"jwt\": "
    "{\"alg\": \"HS256\", \"claims\": {\"iss\": 1}, \"key\": \"${secret.key_file.private_key}\"}}}},"
    "{\"method\": \"POST\", \"url\": \"${base.api}/job\", \"body\": {\"json\": {\"by\": "
    "\"${secret.key_file.client_email}\"}}, \"headers\": {\"X-Token\": \"${step.token}\"}, "
    "\"take\": {\"state\": \"$.state\"}}]},"
    "\"submit\": {\"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/job\", \"body\": "
    "{\"json\": \"${secret.key_file}\"}}]}");
  g_assert_true (g_file_set_contents (
    path, "{\"client_email\": \"a@b.example\", \"private_key\": \"shared secret of ours\"}\n", -1,
    NULL));
  fixture->key_file = path;
  rest_fixture_set_secret (fixture, "other", "value");
  rest_fixture_tell (fixture, "POST /job", "{\"state\": \"run\"}");
  rest_fixture_answer (fixture, "POST /job", 400, "application/json",
                       "{\"error\": \"bad key 'shared secret of ours'\"}");
  report = rest_fixture_expect (fixture, STOKER_JOB_POLL);
  rest_fixture_assert_requests (fixture, "POST /job Bearer s3cret-key {\"by\":\"a@b.example\"}\n");
  none = rest_fixture_run (fixture, STOKER_JOB_POLL);
  g_assert_nonnull (strstr (fixture->error->message, "bad key"));
  g_assert_null (strstr (fixture->error->message, "shared secret of ours"));

  rendered = stoker_job_runner_render (STOKER_JOB_RUNNER (fixture->connector), fixture->connection,
                                       &fixture->request, NULL);
  shown = g_ptr_array_index (rendered, 0);
  g_assert_cmpstr (shown->body, ==, "\"" STOKER_REDACTED "\"");

  g_assert_true (g_file_set_contents (path, large, -1, NULL));
  rest_fixture_expect_error (fixture, STOKER_JOB_POLL, STOKER_ERROR_CONFIG, path);
  g_assert_cmpint (g_unlink (path), ==, 0);
  rest_fixture_expect_error (fixture, STOKER_JOB_POLL, STOKER_ERROR_CONFIG, path);
  fixture->key_file = NULL;
  rest_fixture_set_secret (fixture, "other", "value");
  rest_fixture_expect_error (fixture, STOKER_JOB_POLL, STOKER_ERROR_AUTH, "");
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_poll_interval (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  rest_fixture_set_up (fixture, HEAD STATES
                       "\"limits\": {\"poll_s\": 10}, \"operations\": {\"poll\": {\"steps\": [{"
                       "\"url\": \"${base.api}/job\", \"take\": {\"state\": \"$.state\"}}]}}}");
  rest_fixture_tell (fixture, "GET /job", "{\"state\": \"run\"}");
  report = rest_fixture_expect (fixture, STOKER_JOB_POLL);
  g_assert_cmpint (report->poll_s, ==, 10);
}

/* What says with another status that it came too soon is sent again, also what must not be
 * repeated: it was surely not carried out. */
static void
test_rate_limit (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;

  set_up (
    fixture,
    "\"submit\": {\"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/job\", \"errors\": "
    "[{\"status\": [400], \"path\": \"$.type\", \"text\": \"^Throttling\", \"code\": "
    "\"rate-limited\"}], \"take\": {\"id\": \"$.id\"}}]}");
  stoker_http_client_set_pace (fixture->client, 1000, 10);
  rest_fixture_answer (fixture, "POST /job", 400, "application/json", "{\"type\": \"Throttling\"}");
  rest_fixture_tell (fixture, "POST /job", "{\"id\": \"j-1\"}");
  rest_fixture_answer (fixture, "POST /job", 400, "application/json", "{\"type\": \"Throttling\"}");
  report = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  g_assert_cmpstr (report->remote_id, ==, "j-1");
  rest_fixture_assert_requests (fixture,
                                "POST /job Bearer s3cret-key\nPOST /job Bearer s3cret-key\n");
  rest_fixture_expect_error (fixture, STOKER_JOB_SUBMIT, STOKER_ERROR_RATE_LIMITED, "");
  g_assert_cmpuint (fixture->rest.requests->len, ==, 3 * strlen ("POST /job Bearer s3cret-key\n"));
}

/* A redirect that is the answer leads nowhere by itself. */
static void
test_redirect_as_answer (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;
  g_autofree char *at = NULL;

  set_up (
    fixture,
    "\"submit\": {\"keep\": [\"at\"], \"steps\": [{\"method\": \"POST\", \"url\": "
    "\"${base.api}/call\", \"body\": {\"json\": \"${job.payload}\"}, \"follow\": false, \"success\": [200, 303], \"answer\": \"none\", "
    "\"take\": {\"at\": {\"header\": \"Location\"}, \"id\": {\"header\": \"Location\", \"regex\": "
    "\"([^/]+)$\"}}}]}");
  rest_fixture_answer (fixture, "POST /call", 303, "text/plain", "see there");
  report = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  g_assert_cmpstr (report->remote_id, ==, "elsewhere");
  at = stoker_json_to_string (report->handle, FALSE);
  g_assert_true (g_str_has_suffix (at, "/elsewhere\"}"));
  rest_fixture_assert_requests (fixture, "POST /call Bearer s3cret-key {\"prompt\":\"a fox\"}\n");
}

/* Things of several answers, and things that are documents in a text. */
static void
test_records (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) found = NULL;
  static const char *const expected[] = { "a-1", "b-1", "c-1", "c-2" };

  set_up (
    fixture,
    "\"find\": {\"steps\": [{\"url\": \"${base.api}/first\", \"take\": {\"first\": \"$.jobs\"}},"
    "{\"url\": \"${base.api}/second\"}], \"records\": ["
    "{\"of\": \"${step.first}\", \"fields\": {\"id\": \"$.id\", \"state\": \"$.state\"}},"
    "{\"of\": \"${step.nothing}\", \"fields\": {\"id\": \"$.id\"}},"
    "{\"items\": \"$.texts[*]\", \"json\": true, \"fields\": {\"state\": \"$.state\"},"
    " \"within\": {\"items\": \"$.ids[*]\", \"fields\": {\"id\": \"$\"}}}]}");
  rest_fixture_tell (fixture, "GET /first",
                     "{\"jobs\": [{\"id\": \"a-1\", \"state\": \"run\"}, "
                     "{\"id\": \"b-1\", \"state\": \"run\"}]}");
  rest_fixture_tell (fixture, "GET /second",
                     "{\"texts\": [\"no document\", null, "
                     "\"{\\\"state\\\": \\\"run\\\", \\\"ids\\\": [\\\"c-1\\\", \\\"c-2\\\"]}\"]}");
  found = rest_fixture_find (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < found->len; i++)
    {
      const StokerJobReport *report = g_ptr_array_index (found, i);

      g_assert_cmpstr (report->remote_id, ==, expected[i]);
      g_assert_cmpint (report->state, ==, STOKER_JOB_RUNNING);
    }
}

int
main (int argc, char **argv)
{
  static const RestTest tests[] = {
    { "xml", test_xml },
    { "text-and-events", test_text_and_events },
    { "bytes", test_bytes },
    { "sums", test_sums },
    { "each", test_each },
    { "each-ends", test_each_ends },
    { "wait", test_wait },
    { "token", test_token },
    { "lost-token", test_lost_token },
    { "signed-token", test_signed_token },
    { "foreign-address", test_foreign_address },
    { "key-file", test_key_file },
    { "poll-interval", test_poll_interval },
    { "rate-limit", test_rate_limit },
    { "records", test_records },
    { "redirect-as-answer", test_redirect_as_answer },
  };

  return rest_fixture_run_tests (argc, argv, "/http/language/", tests, G_N_ELEMENTS (tests));
}
