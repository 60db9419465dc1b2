/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-step-answer.h"

#include "manifest-fixture.h"
#include "stoker-error.h"

#include <string.h>

typedef struct
{
  guint status;
  const char *body;
  gint64 retry_after_s;
  int code; /* -1: it is fine */
  const char *part;
} Answer;

static void
check_answer (const ManifestFixture *fixture, const Answer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static (answer->body, strlen (answer->body));
  g_autoptr (JsonNode) node = stoker_json_parse (answer->body, -1, "answer", NULL);
  StokerHttpResponse response = { .status = answer->status,
                                  .body = body,
                                  .retry_after_s = answer->retry_after_s };
  gboolean is_fine = FALSE;

  g_test_message ("%u %s", answer->status, answer->body);
  is_fine = stoker_step_answer_check (NULL, manifest_fixture_get_step (fixture), &response, node,
                                      fixture->scope, &error);
  g_assert_true (is_fine == (answer->code < 0));
  if (is_fine)
    {
      g_assert_no_error (error);
      return;
    }
  g_test_message ("%s", error->message);
  g_assert_error (error, STOKER_ERROR, answer->code);
  g_assert_nonnull (strstr (error->message, answer->part));
  g_assert_null (strstr (error->message, "s3cret"));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_cmpuint (strlen (error->message), <, 600);
}

static void
check_answers (const char *step, const Answer *answers, guint n_answers)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_autofree char *text = manifest_fixture_with_step (step);

  manifest_fixture_set_up (&fixture, text);
  for (guint i = 0; i < n_answers; i++)
    check_answer (&fixture, &answers[i]);
}

/* Each of the things people meet says what it is and what to do. */
static void
test_statuses (void)
{
  static const Answer answers[] = {
    { 200, "{}", -1, -1, NULL },
    { 204, "", -1, -1, NULL },
    { 401, "{}", -1, STOKER_ERROR_AUTH,
      "make a new one at https://replicate.com/account/api-tokens" },
    { 402, "{}", -1, STOKER_ERROR_QUOTA, "out of credit; top it up" },
    { 403, "{}", -1, STOKER_ERROR_FORBIDDEN, "give it the permission" },
    { 404, "{}", -1, STOKER_ERROR_NOT_FOUND, "knows nothing of it" },
    { 410, "{}", -1, STOKER_ERROR_NOT_FOUND, "knows nothing of it" },
    { 413, "{}", -1, STOKER_ERROR_FAILED, "too large" },
    { 422, "{\"detail\": \"prompt is required\"}", -1, STOKER_ERROR_FAILED,
      "(HTTP 422): prompt is required" },
    { 429, "{}", 30, STOKER_ERROR_RATE_LIMITED, "asks to wait 30 s" },
    { 429, "{}", -1, STOKER_ERROR_RATE_LIMITED, "a little later" },
    { 500, "<html>", -1, STOKER_ERROR_UNAVAILABLE, "(HTTP 500)" },
    { 302, "", -1, STOKER_ERROR_PROTOCOL, "nobody expects" },
    { 400, "{\"detail\": \"your key s3cret-key\\nis odd\"}", -1, STOKER_ERROR_FAILED, "is odd" },
  };

  check_answers ("{\"url\": \"${base.api}\"}", answers, G_N_ELEMENTS (answers));
}

static void
test_long_text (void)
{
  g_autofree char *filler = g_strnfill (5000, 'x');
  g_autofree char *body = g_strdup_printf ("{\"detail\": \"%s\"}", filler);
  const Answer answer = { 400, body, -1, STOKER_ERROR_FAILED, "xxx…" };

  check_answers ("{\"url\": \"${base.api}\"}", &answer, 1);
}

/* A request that creates something may have done so although the server failed. */
static void
test_creating (void)
{
  static const Answer answers[] = {
    { 500, "{}", -1, STOKER_ERROR_UNCERTAIN, "(HTTP 500)" },
    { 302, "", -1, STOKER_ERROR_UNCERTAIN, "nobody expects" },
    { 503, "{\"detail\": \"no capacity in eu\"}", -1, STOKER_ERROR_UNAVAILABLE, "no GPU in eu" },
    { 422, "{}", -1, STOKER_ERROR_FAILED, "(HTTP 422)" },
  };

  check_answers ("{\"method\": \"POST\", \"url\": \"${base.api}\", \"errors\": ["
                 "{\"status\": [503], \"text\": \"No Capacity\", \"code\": \"unavailable\", "
                 "\"message\": \"no GPU in ${config.region}\"}]}",
                 answers, G_N_ELEMENTS (answers));
}

static void
test_rules (void)
{
  static const Answer answers[] = {
    { 200, "{\"user\": {\"id\": 1}}", -1, -1, NULL },
    { 200, "{\"user\": null}", -1, STOKER_ERROR_AUTH, "who are you" },
    { 200, "{\"user\": 1, \"errors\": [{\"message\": \"bad luck\"}]}", -1, STOKER_ERROR_FAILED,
      "it said: bad luck" },
    { 400, "{\"code\": \"E17\"}", -1, STOKER_ERROR_CONFIG, "seventeen" },
    { 400, "{\"code\": \"E18\", \"detail\": \"other\"}", -1, STOKER_ERROR_FAILED,
      "(HTTP 400): other" },
    { 402, "{\"detail\": \"pay s3cret-key\"}", -1, STOKER_ERROR_QUOTA, "pay" },
  };

  check_answers (
    "{\"url\": \"${base.api}\", \"errors\": ["
    "{\"status\": [200], \"path\": \"$.errors[0].message\", \"text\": \"luck\", \"code\": "
    "\"failed\", \"message\": \"it said: bad luck\"},"
    "{\"status\": [200], \"missing\": \"$.user\", \"code\": \"auth\", \"message\": \"who are "
    "you\"},"
    "{\"path\": \"$.code\", \"text\": \"^E17$\", \"code\": \"config\", \"message\": \"seventeen\"},"
    "{\"status\": [402], \"code\": \"quota\"}]}",
    answers, G_N_ELEMENTS (answers));
}

static void
test_success (void)
{
  static const Answer answers[] = {
    { 202, "{}", -1, -1, NULL },
    { 404, "{}", -1, -1, NULL },
    { 200, "{}", -1, STOKER_ERROR_PROTOCOL, "nobody expects" },
  };

  check_answers ("{\"url\": \"${base.api}\", \"success\": [202, 404]}", answers,
                 G_N_ELEMENTS (answers));
}

static void
test_states (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  JsonNode *rule = NULL;

  manifest_fixture_set_up (
    &fixture, "{\"class\": \"http\", \"bases\": {\"api\": \"https://a.example\"}, \"auth\": "
              "{\"scheme\": \"none\"}, \"operations\": {},"
              " \"states\": [{\"when\": {\"state\": \"QUEUED\", \"throttled\": {\"above\": 0}}, "
              "\"state\": \"queued\", \"code\": \"unavailable\"},"
              " {\"when\": {\"state\": [\"QUEUED\", \"BOOT\"]}, \"state\": \"provisioning\"}]}");
  g_assert_null (stoker_states_find (fixture.scope));
  stoker_scope_set (fixture.scope, "state", json_node_init_string (json_node_alloc (), "QUEUED"));
  rule = stoker_states_find (fixture.scope);
  g_assert_cmpstr (stoker_rule_get_text (rule, "state"), ==, "provisioning");
  stoker_scope_set (fixture.scope, "throttled", json_node_init_int (json_node_alloc (), 2));
  rule = stoker_states_find (fixture.scope);
  g_assert_cmpstr (stoker_rule_get_text (rule, "state"), ==, "queued");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/step-answer/statuses", test_statuses);
  g_test_add_func ("/step-answer/long-text", test_long_text);
  g_test_add_func ("/step-answer/creating", test_creating);
  g_test_add_func ("/step-answer/rules", test_rules);
  g_test_add_func ("/step-answer/success", test_success);
  g_test_add_func ("/step-answer/states", test_states);

  return g_test_run ();
}
