/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-value-rule.h"

#include "manifest-fixture.h"
#include "stoker-error.h"

#define ANSWER                                                                                 \
  "{\"n\": 1500, \"f\": 0.44, \"t\": \"12.5\", \"word\": \"HIGH\", \"no\": null, \"list\": "   \
  "[\"a\", \"b\"], \"empty\": [],"                                                             \
  " \"ok\": true, \"date\": \"2026-11-21T10:00:00Z\", \"deep\": {\"x\": [{\"v\": 1}, {\"v\": " \
  "2}]},"                                                                                      \
  " \"log\": \"Using\\n 10%| # |\\n 35%| ## |\\nend\"}"

typedef struct
{
  const char *take;
  const char *expected; /* as text; NULL: nothing */
} Case;

static void
check_take (const Case *test)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_autofree char *step = g_strdup_printf ("{\"url\": \"${base.api}\", \"take\": {\"x\": %s}}",
                                           test->take);
  g_autofree char *text = manifest_fixture_with_step (step);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = stoker_json_parse (ANSWER, -1, "answer", &error);
  g_autofree char *value = NULL;

  g_assert_no_error (error);
  g_test_message ("%s", test->take);
  manifest_fixture_set_up (&fixture, text);
  g_assert_true (stoker_takes_apply (stoker_rule_get (manifest_fixture_get_step (&fixture), "take"),
                                     answer, NULL, fixture.scope, &error));
  g_assert_no_error (error);
  value = stoker_scope_dup_text (fixture.scope, "x");
  g_assert_cmpstr (value, ==, test->expected);
}

static void
test_takes (void)
{
  static const Case cases[] = {
    { "\"$.n\"", "1500" },
    { "\"$.no\"", NULL },
    { "\"$.nowhere\"", NULL },
    { "{\"path\": [\"$.no\", \"$.word\"]}", "HIGH" },
    { "{\"path\": \"$.no\", \"default\": 7}", "7" },
    { "{\"sum\": [\"$.n\", \"$.nowhere\", \"$.t\"]}", "1512.5" },
    { "{\"sum\": [\"$.nowhere\"]}", NULL },
    { "{\"value\": \"${config.region}-1\"}", "eu-1" },
    { "{\"value\": \"${config.nothing}\"}", NULL },
    { "{\"value\": \"${config.model}\", \"regex\": \"^([^/]+)/\"}", "a" },
    { "{\"path\": \"$.list\", \"all\": true}", "a; b" },
    { "{\"path\": \"$.deep.x[*].v\", \"all\": true}", "1; 2" },
    { "{\"path\": \"$.empty\", \"all\": true}", NULL },
    { "{\"path\": \"$.empty[0]\"}", NULL },
    { "{\"path\": [\"$.empty[0].v\", \"$.list[1]\"]}", "b" },
    { "{\"path\": \"$.list\", \"all\": true, \"join\": \"+\"}", "a+b" },
    { "{\"value\": \"a fox\", \"as\": \"base64\"}", "YSBmb3g=" },
    { "{\"value\": \"YSBmb3g=\", \"as\": \"from_base64\"}", "a fox" },
    { "{\"value\": \"[1, 2]\", \"as\": \"json\"}", "[1,2]" },
    { "{\"value\": \"${job.payload.prompt}\"}", "a fox & co" },
    { "{\"path\": \"$.log\", \"regex\": \"^\\\\s*(\\\\d+)%\\\\|\", \"as\": \"percent\"}", "0.35" },
    { "{\"path\": \"$.word\", \"regex\": \"^low$\"}", NULL },
    { "{\"path\": \"$.word\", \"map\": {\"HIGH\": \"yes\", \"*\": \"no\"}}", "yes" },
    { "{\"path\": \"$.t\", \"map\": {\"HIGH\": \"yes\", \"*\": \"no\"}}", "no" },
    { "{\"path\": \"$.ok\"}", "true" },
    { "{\"path\": \"$.deep.x[0]\", \"as\": \"text\"}", "{\"v\":1}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_take (&cases[i]);
}

static void
test_conversions (void)
{
  static const Case cases[] = {
    { "{\"path\": \"$.t\", \"as\": \"number\"}", "12.5" },
    { "{\"path\": \"$.n\", \"as\": \"s\"}", "1500" },
    { "{\"path\": \"$.n\", \"as\": \"ms\"}", "1.5" },
    { "{\"path\": \"$.n\", \"as\": \"min\"}", "90000" },
    { "{\"path\": \"$.n\", \"as\": \"h\"}", "5400000" },
    { "{\"path\": \"$.f\", \"as\": \"fraction\"}", "0.44" },
    { "{\"path\": \"$.f\", \"as\": \"usd\"}", "0.440000000" },
    { "{\"path\": \"$.n\", \"as\": \"cents\"}", "15.000000000" },
    { "{\"path\": \"$.date\", \"as\": \"time\"}", "1795255200000000" },
    { "{\"path\": \"$.n\", \"as\": \"time_s\"}", "1500000000" },
    { "{\"path\": \"$.n\", \"as\": \"time_ms\"}", "1500000" },
    { "{\"path\": \"$.n\", \"as\": \"gb\"}", "1500" },
    { "{\"path\": \"$.n\", \"as\": \"mb\"}", "1.5" },
    { "{\"value\": 2048, \"as\": \"mib\"}", "2" },
    { "{\"path\": \"$.word\", \"as\": \"s\"}", NULL },
    { "{\"path\": \"$.word\", \"as\": \"time\"}", NULL },
    { "{\"value\": \"${job.deadline_s}\", \"as\": \"number\", \"add\": 10, \"max\": 50}", "50" },
    { "{\"value\": \"${job.deadline_s}\", \"as\": \"number\", \"min\": 1000}", "1000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_take (&cases[i]);
}

static void
test_required (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_autofree char *text = manifest_fixture_with_step (
    "{\"url\": \"${base.api}\", \"take\": {\"id\": {\"path\": \"$.id\", \"required\": true}}}");
  g_autoptr (GError) error = NULL;

  manifest_fixture_set_up (&fixture, text);
  g_assert_false (
    stoker_takes_apply (stoker_rule_get (manifest_fixture_get_step (&fixture), "take"), NULL, NULL,
                        fixture.scope, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL);
}

static void
test_conditions (void)
{
  static const struct
  {
    const char *when;
    gboolean holds;
  } cases[] = {
    { "{}", TRUE },
    { "{\"config.region\": \"eu\"}", TRUE },
    { "{\"config.region\": [\"us\", \"eu\"]}", TRUE },
    { "{\"config.region\": [\"us\"]}", FALSE },
    { "{\"config.region\": true, \"config.nothing\": false}", TRUE },
    { "{\"config.nothing\": true}", FALSE },
    { "{\"config.region\": false}", FALSE },
    { "{\"job.deadline_s\": {\"above\": 89}}", TRUE },
    { "{\"job.deadline_s\": {\"above\": 90}}", FALSE },
    { "{\"job.deadline_s\": {\"below\": \"${job.deadline_ms}\"}}", TRUE },
    { "{\"job.deadline_s\": {\"below\": \"${config.nothing}\"}}", FALSE },
    { "{\"config.region\": {\"above\": 0}}", FALSE },
    { "{\"config.region\": {\"matches\": \"^E\"}}", TRUE },
    { "{\"config.nothing\": {\"matches\": \"\"}}", FALSE },
    { "{\"job.payload.steps\": {\"is\": 4.0}}", TRUE },
    { "{\"job.payload\": {\"is\": \"${job.payload}\"}}", TRUE },
    { "{\"job.payload\": {\"is\": {\"steps\": 4}}}", FALSE },
    { "{\"job.payload\": {\"is\": \"${config.nothing}\"}}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ManifestFixture) fixture = { 0 };
      g_autofree char *step = g_strdup_printf ("{\"url\": \"${base.api}\", \"when\": %s}",
                                               cases[i].when);
      g_autofree char *text = manifest_fixture_with_step (step);

      g_test_message ("%s", cases[i].when);
      manifest_fixture_set_up (&fixture, text);
      g_assert_true (
        stoker_conditions_hold (stoker_rule_get (manifest_fixture_get_step (&fixture), "when"),
                                fixture.scope) == cases[i].holds);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value-rule/takes", test_takes);
  g_test_add_func ("/value-rule/conversions", test_conversions);
  g_test_add_func ("/value-rule/required", test_required);
  g_test_add_func ("/value-rule/conditions", test_conditions);

  return g_test_run ();
}
