/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-fixture.h"

#include "stoker-error.h"
#include "stoker-job-pricer.h"
#include "stoker-json.h"
#include "stoker-machine-host.h"

#include <string.h>

/* Typed parameters with their price, machines, and actions with names of their own. */
#define HEAD                                                                                   \
  "{\"class\": \"http\", \"bases\": {\"api\": \"${config.api_url}\"}, \"auth\": {\"scheme\": " \
  "\"none\"}, \"error_text\": [\"$.error\"],"

#define PARAMETERS                                                                                 \
  "\"parameters\": [{\"name\": \"prompt\", \"type\": \"text\", \"required\": true, "               \
  "\"max_length\": 20}, {\"name\": \"steps\", \"type\": \"integer\", \"min\": 1, \"max\": 50, "    \
  "\"default\": 30}, {\"name\": \"size\", \"type\": \"size\", \"min\": 64, \"max\": 2048, "        \
  "\"multiple_of\": 64, \"default\": \"1024x1024\"}, {\"name\": \"style\", \"type\": \"choice\", " \
  "\"choices\": [\"photo\", \"anime\"]}, {\"name\": \"image\", \"type\": \"file\"}, {\"name\": "   \
  "\"count\", \"type\": \"integer\", \"min\": 1, \"max\": 4, \"default\": 1}, {\"name\": "         \
  "\"references\", \"type\": \"list\", \"max\": 2}, {\"name\": \"sharp\", \"type\": \"flag\"}],"

#define COST                                                                                       \
  "\"cost\": [{\"when\": {\"job.payload.style\": \"anime\"}, \"amount\": \"0.10\"}, {\"amount\": " \
  "\"0.04\", \"per\": \"megapixel\", \"times\": [\"count\", \"size\"]}, {\"when\": "               \
  "{\"job.payload.references\": true}, \"extra\": true, \"amount\": \"0.003\", \"times\": "        \
  "\"references\"}, {\"when\": {\"job.payload.sharp\": \"true\"}, \"extra\": true, \"amount\": "   \
  "\"0.01\", \"round_up\": true, \"times\": [\"size\"]}],"

static void
set_up_media (RestFixture *fixture)
{
  rest_fixture_set_up (fixture,
                       HEAD "\"operations\": {\"submit\": {" PARAMETERS COST
                            "\"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/make\", "
                            "\"body\": {\"json\": \"${job.payload}\"}, \"take\": {\"id\": "
                            "\"$.id\"}}]}}}");
}

typedef struct
{
  const char *payload;
  const char *expected; /* what it costs, or a part of the error */
} Request;

static void
test_parameters (RestFixture *fixture, gconstpointer data)
{
  static const Request refused[] = {
    { "{}", "parameter \"prompt\" is missing" },
    { "{\"prompt\": 3}", "parameter \"prompt\" is \"3\": it must be a text" },
    { "{\"prompt\": \"much too long a prompt for this\"}", "at most 20 characters" },
    { "{\"prompt\": \"x\", \"steps\": 80}",
      "parameter \"steps\" is \"80\": it must be at most 50" },
    { "{\"prompt\": \"x\", \"steps\": 1.5}", "a whole number" },
    { "{\"prompt\": \"x\", \"size\": \"big\"}", "a size such as 1024x768" },
    { "{\"prompt\": \"x\", \"size\": \"1000x1024\"}", "a multiple of 64 a side" },
    { "{\"prompt\": \"x\", \"style\": \"oil\"}", "one of photo, anime" },
    { "{\"prompt\": \"x\", \"image\": \"/etc/passwd\"}", "an address, or its data" },
    { "{\"prompt\": \"x\", \"references\": [1, 2, 3]}", "at most 2 long" },
    { "{\"prompt\": \"x\", \"sharp\": \"yes\"}", "true or false" },
    { "{\"prompt\": \"x\", \"seeed\": 4}",
      "there is no parameter \"seeed\"; known are prompt, steps, size" },
  };
  g_autoptr (StokerJobReport) report = NULL;
  g_autoptr (JsonNode) parameters = NULL;

  set_up_media (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (StokerJobReport) none = NULL;

      rest_fixture_set_payload (fixture, refused[i].payload);
      none = rest_fixture_run (fixture, STOKER_JOB_SUBMIT);
      g_assert_error (fixture->error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_test_message ("%s", fixture->error->message);
      g_assert_nonnull (strstr (fixture->error->message, refused[i].expected));
    }
  rest_fixture_assert_requests (fixture, "");
  rest_fixture_tell (fixture, "POST /make", "{\"id\": \"j\"}");
  rest_fixture_set_payload (fixture, "{\"prompt\": \"x\", \"steps\": 4}");
  report = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  rest_fixture_assert_requests (fixture, "POST /make {\"prompt\":\"x\",\"steps\":4,\"size\":"
                                         "\"1024x1024\",\"count\":1}\n");
  parameters = stoker_job_pricer_list_parameters (STOKER_JOB_PRICER (fixture->connector),
                                                  fixture->connection);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (parameters)), ==, 8);
}

static void
test_price (RestFixture *fixture, gconstpointer data)
{
  static const Request requests[] = {
    { "{\"prompt\": \"x\"}", "0.04194304" },
    { "{\"prompt\": \"x\", \"count\": 2, \"size\": \"512x512\"}", "0.02097152" },
    { "{\"prompt\": \"x\", \"style\": \"anime\", \"count\": 4}", "0.1" },
    { "{\"prompt\": \"x\", \"style\": \"anime\", \"references\": [\"a\", \"b\"]}", "0.106" },
    { "{\"prompt\": \"x\", \"style\": \"anime\", \"sharp\": true, \"size\": \"512x512\"}", "0.11" },
    { "{\"prompt\": \"x\", \"style\": \"anime\", \"sharp\": true}", "0.12" },
  };
  StokerMoney cost = stoker_money_unknown ();
  g_autoptr (GError) error = NULL;

  set_up_media (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      StokerMoney expected = stoker_money_unknown ();

      rest_fixture_set_payload (fixture, requests[i].payload);
      g_assert_true (stoker_job_pricer_price (STOKER_JOB_PRICER (fixture->connector),
                                              fixture->connection, &fixture->request, &cost,
                                              &error));
      g_assert_no_error (error);
      g_assert_true (stoker_money_parse (requests[i].expected, "USD", &expected, NULL));
      g_assert_true (cost.is_known);
      g_assert_cmpint (cost.nanos, ==, expected.nanos);
    }
  rest_fixture_set_payload (fixture, "{\"prompt\": \"x\", \"count\": 9}");
  g_assert_false (stoker_job_pricer_price (STOKER_JOB_PRICER (fixture->connector),
                                           fixture->connection, &fixture->request, &cost, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  rest_fixture_assert_requests (fixture, "");
}

/* What is no number has no price, rather than none to pay. */
static void
test_price_of_words (RestFixture *fixture, gconstpointer data)
{
  static const Request requests[] = {
    { "{\"length\": \"auto\"}", NULL }, { "{\"length\": true}", NULL },
    { "{\"length\": {}}", NULL },       { "{\"length\": \"16:9\"}", NULL },
    { "{\"length\": \"8s\"}", "0.8" },  { "{\"length\": \"5\"}", "0.5" },
    { "{\"length\": 2.5}", "0.25" },
  };

  rest_fixture_set_up (fixture, HEAD "\"operations\": {\"submit\": {\"cost\": [{\"amount\": "
                                     "\"0.1\", \"times\": [\"length\"]}], \"steps\": [{\"url\": "
                                     "\"${base.api}/make\"}]}}}");
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      StokerMoney cost = stoker_money_unknown ();
      g_autofree char *decimal = NULL;

      rest_fixture_set_payload (fixture, requests[i].payload);
      g_assert_true (stoker_job_pricer_price (STOKER_JOB_PRICER (fixture->connector),
                                              fixture->connection, &fixture->request, &cost, NULL));
      decimal = stoker_money_to_decimal (cost);
      g_assert_cmpstr (decimal, ==, requests[i].expected);
    }
}

static void
test_machines (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) machines = NULL;
  g_autoptr (StokerMachine) launched = NULL;
  g_autoptr (StokerMachine) gone = NULL;
  g_autoptr (StokerMachine) half = NULL;
  const StokerMachine *first = NULL;

  rest_fixture_set_up (
    fixture,
    HEAD "\"operations\": {\"machines.list\": {\"steps\": [{\"url\": \"${base.api}/vms\"}], "
         "\"records\": [{\"items\": \"$.vms[*]\", \"fields\": {\"id\": \"$.id\", \"name\": "
         "\"$.label\", \"state\": {\"path\": \"$.status\", \"map\": {\"active\": \"running\", "
         "\"*\": \"unknown\"}}, \"price\": {\"path\": \"$.cents\", \"as\": \"cents\"}}}]},"
         "\"machines.launch\": {\"parameters\": [{\"name\": \"gpu\", \"type\": \"text\", "
         "\"required\": true}], \"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/vms\", "
         "\"body\": {\"json\": {\"type\": \"${input.gpu}\"}}, \"take\": {\"id\": \"$.id\"}}, "
         "{\"method\": \"POST\", \"url\": \"${base.api}/tags\"}]},"
         "\"machines.terminate\": {\"needs\": [\"input.id\"], \"steps\": [{\"method\": "
         "\"DELETE\", \"url\": \"${base.api}/vms/${input.id}\", \"answer\": \"none\", \"success\": "
         "[204, 404]}]}}}");
  rest_fixture_tell (fixture, "GET /vms",
                     "{\"vms\": [{\"id\": 7, \"label\": \"a\", \"status\": \"active\", "
                     "\"cents\": 75}, {\"id\": 8, \"status\": \"odd\"}]}");
  rest_fixture_tell (fixture, "POST /vms", "{\"id\": 9}");
  rest_fixture_tell (fixture, "POST /tags", "{}");
  rest_fixture_answer (fixture, "POST /tags", 403, "application/json", "{\"error\": \"no\"}");
  rest_fixture_answer (fixture, "DELETE /vms/9", 204, NULL, NULL);
  machines = http_calls_list_machines (fixture->connector, fixture->connection, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (machines->len, ==, 2);
  first = g_ptr_array_index (machines, 0);
  g_assert_cmpstr (first->id, ==, "7");
  g_assert_cmpint (first->state, ==, STOKER_MACHINE_RUNNING);
  g_assert_cmpint (first->price.nanos, ==, 750000000);
  g_assert_false (((StokerMachine *) g_ptr_array_index (machines, 1))->price.is_known);

  g_assert_null (rest_fixture_change (fixture, STOKER_MACHINE_LAUNCH, "{}"));
  g_assert_error (fixture->error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  launched = rest_fixture_change (fixture, STOKER_MACHINE_LAUNCH, "{\"gpu\": \"a10\"}");
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (launched->id, ==, "9");
  g_assert_cmpint (launched->state, ==, STOKER_MACHINE_STARTING);
  half = rest_fixture_change (fixture, STOKER_MACHINE_LAUNCH, "{\"gpu\": \"a10\"}");
  g_assert_cmpstr (half->id, ==, "9");
  g_assert_nonnull (half->message);
  gone = rest_fixture_change (fixture, STOKER_MACHINE_TERMINATE, "{\"id\": \"9\"}");
  g_assert_no_error (fixture->error);
  g_assert_cmpint (gone->state, ==, STOKER_MACHINE_GONE);
  g_assert_null (rest_fixture_change (fixture, STOKER_MACHINE_STOP, "{\"id\": \"9\"}"));
  g_assert_error (fixture->error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED);
}

static void
test_actions (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) list = NULL;
  g_autoptr (JsonNode) done = NULL;
  g_autofree char *text = NULL;

  rest_fixture_set_up (
    fixture,
    HEAD "\"operations\": {}, \"actions\": {\"endpoint.scale\": {\"label\": \"Scale an endpoint\", "
         "\"parameters\": [{\"name\": \"id\", \"type\": \"text\", \"required\": true}, {\"name\": "
         "\"max\", \"type\": \"integer\", \"min\": 0, \"max\": 20, \"default\": 3}], \"steps\": "
         "[{\"method\": \"PATCH\", \"url\": \"${base.api}/endpoints/${input.id}\", \"body\": "
         "{\"json\": {\"workers\": {\"max\": \"${input.max}\"}}}, \"take\": {\"workers\": "
         "\"$.workers\"}}]}, \"endpoint.list\": {\"label\": \"List them\", \"steps\": [{\"url\": "
         "\"${base.api}/endpoints\", \"take\": {\"endpoints\": \"$.endpoints\"}}]}}}");
  rest_fixture_tell (fixture, "PATCH /endpoints/e1", "{\"workers\": 3}");
  list = stoker_action_runner_list (STOKER_ACTION_RUNNER (fixture->connector), fixture->connection,
                                    &fixture->error);
  text = stoker_json_to_string (list, FALSE);
  g_assert_true (g_str_has_prefix (text, "[{\"id\":\"endpoint.scale\",\"label\":\"Scale"));
  g_assert_nonnull (strstr (text, "\"only_asks\":false},{\"id\":\"endpoint.list\""));
  g_assert_true (g_str_has_suffix (text, "\"only_asks\":true}]"));
  done = rest_fixture_act (fixture, "endpoint.scale", "{\"id\": \"e1\"}");
  g_assert_no_error (fixture->error);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (done), "workers"), ==, 3);
  rest_fixture_assert_requests (fixture, "PATCH /endpoints/e1 {\"workers\":{\"max\":3}}\n");
  g_assert_null (rest_fixture_act (fixture, "endpoint.scale", "{\"id\": \"e1\", \"max\": 99}"));
  g_assert_error (fixture->error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_null (rest_fixture_act (fixture, "endpoint.fly", "{}"));
  g_assert_error (fixture->error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED);
}

/* What is needed, and what a payload may have, can depend on the settings. */
static void
test_conditional (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (StokerJobReport) report = NULL;
  g_autoptr (JsonNode) parameters = NULL;

  rest_fixture_set_up (
    fixture, HEAD
    "\"operations\": {\"submit\": {\"needs\": [{\"name\": \"config.model\", \"when\": "
    "{\"config.region\": \"us\"}}], \"parameters\": [{\"name\": \"prompt\", \"type\": \"text\"}, "
    "{\"name\": \"steps\", \"type\": \"integer\", \"max\": 4, \"when\": {\"config.region\": "
    "\"eu\"}}, "
    "{\"name\": \"steps\", \"type\": \"integer\", \"max\": 50, \"when\": {\"config.region\": "
    "\"us\"}}], \"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/make\", \"take\": "
    "{\"id\": \"$.id\"}}]}}}");
  rest_fixture_tell (fixture, "POST /make", "{\"id\": \"j\"}");
  rest_fixture_set_payload (fixture, "{\"steps\": 4}");
  report = rest_fixture_expect (fixture, STOKER_JOB_SUBMIT);
  rest_fixture_set_payload (fixture, "{\"steps\": 40}");
  rest_fixture_expect_error (fixture, STOKER_JOB_SUBMIT, STOKER_ERROR_CONFIG, "");
  parameters = stoker_job_pricer_list_parameters (STOKER_JOB_PRICER (fixture->connector),
                                                  fixture->connection);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (parameters)), ==, 2);
}

/* A default may say which others there are, and what nobody knows anything of is not checked. */
static void
test_dependent (RestFixture *fixture, gconstpointer data)
{
  static const Request requests[] = {
    { "{}", "POST /make {\"model\":\"a\",\"ratio\":\"1:1\"}\n" },
    { "{\"model\": \"b\", \"extra\": {\"x\": 1}}",
      "POST /make {\"model\":\"b\",\"extra\":{\"x\":1}}\n" },
  };
  g_autoptr (JsonNode) parameters = NULL;

  rest_fixture_set_up (
    fixture,
    HEAD "\"operations\": {\"submit\": {\"parameters\": ["
         "{\"name\": \"model\", \"type\": \"text\", \"default\": \"a\", \"when\": "
         "{\"config.region\": \"eu\"}}, "
         "{\"name\": \"ratio\", \"type\": \"text\", \"default\": \"1:1\", \"when\": "
         "{\"config.region\": \"eu\", \"job.payload.model\": \"a\"}}, "
         "{\"name\": \"extra\", \"type\": \"object\", \"when\": "
         "{\"config.region\": \"eu\", \"job.payload.model\": \"b\"}}], "
         "\"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/make\", \"body\": {\"json\": "
         "\"${job.payload}\"}, \"take\": {\"id\": \"$.id\"}}]}}}");
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (StokerJobReport) report = NULL;

      rest_fixture_tell (fixture, "POST /make", "{\"id\": \"j\"}");
      rest_fixture_set_payload (fixture, requests[i].payload);
      report = rest_fixture_run (fixture, STOKER_JOB_SUBMIT);
      g_assert_no_error (fixture->error);
      rest_fixture_assert_requests (fixture, requests[i].expected);
    }
  rest_fixture_set_payload (fixture, "{\"model\": \"b\", \"extra\": 1}");
  rest_fixture_expect_error (fixture, STOKER_JOB_SUBMIT, STOKER_ERROR_CONFIG, "must be an object");
  parameters = stoker_job_pricer_list_parameters (STOKER_JOB_PRICER (fixture->connector),
                                                  fixture->connection);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (parameters)), ==, 2);
}

/* A rehearsal tells what an answer will bring from what is not there at all. */
static void
test_rehearsal (RestFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rendered = NULL;
  const StokerRenderedRequest *shown = NULL;

  rest_fixture_set_up (
    fixture,
    HEAD "\"operations\": {\"submit\": {\"steps\": ["
         "{\"when\": {\"job.payload.file\": true}, \"url\": \"${base.api}/upload\", \"take\": "
         "{\"file\": \"$.url\"}}, "
         "{\"when\": {\"file\": true}, \"url\": \"${base.api}/use\"}, "
         "{\"url\": \"${base.api}/place\", \"take\": {\"place\": \"$.id\"}}, "
         "{\"method\": \"POST\", \"url\": \"${base.api}/make\", \"body\": {\"json\": "
         "{\"file\": \"${step.file}\", \"place\": \"${step.place}\"}}, \"take\": "
         "{\"id\": \"$.id\"}}]}}}");
  rest_fixture_set_payload (fixture, "{\"prompt\": \"x\"}");
  rendered = stoker_job_runner_render (STOKER_JOB_RUNNER (fixture->connector), fixture->connection,
                                       &fixture->request, NULL);
  g_assert_nonnull (rendered);
  g_assert_cmpuint (rendered->len, ==, 2);
  shown = g_ptr_array_index (rendered, 1);
  g_assert_null (strstr (shown->body, "file"));
  g_assert_nonnull (strstr (shown->body, "‹place›"));
  rest_fixture_set_payload (fixture, "{\"file\": \"x\"}");
  g_clear_pointer (&rendered, g_ptr_array_unref);
  rendered = stoker_job_runner_render (STOKER_JOB_RUNNER (fixture->connector), fixture->connection,
                                       &fixture->request, NULL);
  g_assert_cmpuint (rendered->len, ==, 4);
  shown = g_ptr_array_index (rendered, 3);
  g_assert_nonnull (strstr (shown->body, "‹file›"));
}

int
main (int argc, char **argv)
{
  static const RestTest tests[] = {
    { "parameters", test_parameters },
    { "price", test_price },
    { "price-of-words", test_price_of_words },
    { "conditional", test_conditional },
    { "dependent", test_dependent },
    { "rehearsal", test_rehearsal },
    { "machines", test_machines },
    { "actions", test_actions },
  };

  return rest_fixture_run_tests (argc, argv, "/http/machines/", tests, G_N_ELEMENTS (tests));
}
