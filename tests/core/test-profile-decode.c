/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "example-profile.h"
#include "stoker-error.h"

#include <string.h>

typedef struct
{
  const char *find;
  const char *replacement;
  const char *message; /* of the error, without "x.json: $." */
} Mistake;

static void
assert_refused (const Mistake *mistake)
{
  g_autofree char *original = example_profile_load_text ();
  g_autoptr (GString) text = g_string_new (original);
  g_autofree char *expected = g_strconcat ("x.json: $", mistake->message, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpuint (g_string_replace (text, mistake->find, mistake->replacement, 1), ==, 1);
  node = stoker_json_parse (text->str, -1, "x.json", &error);
  g_assert_no_error (error);
  g_assert_null (stoker_profile_decode (node, "x.json", &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
assert_all_refused (const Mistake *mistakes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    assert_refused (&mistakes[i]);
}

static void
test_form (void)
{
  static const Mistake mistakes[] = {
    { "\"schema\": 1", "\"schema\": 2", ".schema: must be at most 1" },
    { "\"summary\":", "\"sumary\":", ".sumary: unknown member" },
    { "  \"best_for\": \"Tests.\",\n", "", ".best_for: is missing" },
    { "\"min_vram_gb\": 16,", "", ".min_vram_gb: is missing" },
    { "\"id\": \"example\"", "\"id\": \"Example\"",
      ".id: \"Example\" does not match ^[a-z0-9][a-z0-9-]*$" },
    { "\"name\": \"Example\"", "\"name\": \"\"", ".name: must not be empty" },
    { "\"name\": \"Example\"", "\"name\": 7", ".name: expected a string, found a number" },
    { "\"kind\": \"gpu\"", "\"kind\": \"cpu\"",
      ".kind: \"cpu\" is none of gpu, image, video, local, cluster" },
    { "\"status\": \"active\"", "\"status\": \"discontinued\"",
      ".status_note: a discontinued provider needs it" },
    { "[\"gpu-cloud\"]", "[\"gpu-cloud\",\"gpu-cloud\"]",
      ".tags[1]: \"gpu-cloud\" is there twice" },
    { "\"min_vram_gb\": 16", "\"min_vram_gb\": -1", ".min_vram_gb: must not be negative" },
    { "\"min_vram_gb\": 16", "\"min_vram_gb\": \"16\"",
      ".min_vram_gb: expected a number, found a string" },
    { "\"last_checked\": \"2026-11-02\"", "\"last_checked\": \"2026-11-31\"",
      ".last_checked: \"2026-11-31\" is not a date of the form YYYY-MM-DD" },
    { "\"result_kept_s\": 3600", "\"result_kept_s\": 0.5",
      ".result_kept_s: expected a whole number within 64 bits" },
    { "\"percent\": 99.5", "\"percent\": 101", ".uptime.percent: must be at most 100" },
    { "\"per_job\": 0.02", "\"per_job\": 2", ".failure_rate.per_job: must be at most 1" },
    { "\"overall\": 4", "\"overall\": 0", ".ratings.overall: must be at least 1" },
    { "\"residency\": \"eu\"", "\"residency\": \"mars\"",
      ".regions[0].residency: \"mars\" is none of eu, us, uk, ca, ap, au, jp, me, sa, af, on-prem, "
      "unknown" },
    { "\"default\": \"For everything.\"", "\"knitting\": \"?\"",
      ".policy_hints.knitting: is neither a type of workload nor default" },
    { "{\"warning\": \"Hosts are run by strangers.\"}", "{}", ".opt_in.warning: is missing" },
    { "\"class\": \"http\", \"operations\"", "\"class\": \"telnet\", \"operations\"",
      ".connector.class: \"telnet\" is none of http, comfyui, docker, ssh, local, simulated" },
    { ", \"operations\": {\"check\": {}, \"submit\": {}}", "",
      ".connector.operations: is missing" },
    { "\"proved\": [\"emulator\"", "\"proved\": [\"hearsay: of a friend\"",
      ".proved[0]: \"hearsay\" is none of emulator, official-document, official-client, vectors, "
      "real" },
  };

  assert_all_refused (mistakes, G_N_ELEMENTS (mistakes));
}

static void
test_fields (void)
{
  static const Mistake mistakes[] = {
    { "\"id\": \"api_region\"", "\"id\": \"api_key\"",
      ".auth_fields[1].id: another field has the id \"api_key\" already" },
    { "\"type\": \"secret\"", "\"type\": \"password\"",
      ".auth_fields[0].type: \"password\" is none of secret, text, url, region, path, choice" },
    { "\"default\": \"eu\"", "\"default\": \"mars\"",
      ".auth_fields[1].default: \"mars\" is none of the choices" },
    { "\"choices\": [\"eu\", \"us\"]", "\"choices\": []",
      ".auth_fields[1].choices: a choice needs choices" },
    { "\"choices\": []", "\"choices\": [\"x\"]",
      ".auth_fields[0].choices: only a choice or region has choices" },
    { "\"default\": null", "\"default\": \"hunter2\"",
      ".auth_fields[0].default: a secret has no default" },
    { "\"field\": \"api_key\"", "\"field\": \"password\"",
      ".import_from[0].field: there is no auth field \"password\"" },
    { "\"type\": \"text\"", "\"file\": {}, \"type\": \"text\"",
      ".auth_fields[2].file: only a path has a file" },
    { "\"type\": \"text\"",
      "\"file\": {\"form\": \"ini\", \"part\": null, \"fills\": {}}, \"type\": \"path\"",
      ".auth_fields[2].file.form: \"ini\" is none of kubeconfig" },
    { "\"type\": \"text\"",
      "\"file\": {\"form\": \"kubeconfig\", \"part\": null, \"fills\": {\"api_key\": \"x\"}}, "
      "\"type\": \"path\"",
      ".auth_fields[2].file.fills.api_key: \"x\" is none of server, namespace, authority, token, "
      "certificate, key" },
    { "\"type\": \"text\"",
      "\"file\": {\"form\": \"kubeconfig\", \"part\": \"context\", \"fills\": {}}, "
      "\"type\": \"path\"",
      ".auth_fields[2].file: there is no auth field \"context\"" },
    { "\"type\": \"text\"",
      "\"file\": {\"form\": \"kubeconfig\", \"part\": null, \"fills\": {\"key\": \"token\"}}, "
      "\"type\": \"path\"",
      ".auth_fields[2].file: there is no auth field \"key\"" },
    { "\"format\": \"text\"", "\"format\": \"xml\"",
      ".import_from[0].format: \"xml\" is none of json, toml, yaml, ini, text, env" },
  };

  assert_all_refused (mistakes, G_N_ELEMENTS (mistakes));
}

/* The end of the message is the regular expression library's and differs between its versions. */
static void
test_pattern (void)
{
  g_autofree char *original = example_profile_load_text ();
  g_autoptr (GString) text = g_string_new (original);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpuint (g_string_replace (text, "^[a-z]+$", "[", 1), ==, 1);
  node = stoker_json_parse (text->str, -1, "x.json", NULL);
  g_assert_null (stoker_profile_decode (node, "x.json", &error));
  g_assert_true (g_str_has_prefix (error->message,
                                   "x.json: $.auth_fields[1].pattern: is no regular expression: "));
}

static void
test_prices (void)
{
  static const Mistake mistakes[] = {
    { "\"amount\": \"0.69\"", "\"amount\": 0.69",
      ".price_hint.amount: expected a string, found a number" },
    { "\"amount\": \"0.69\"", "\"amount\": \"about 1\"",
      ".price_hint.amount: \"about 1\" is not a decimal amount such as 0.45" },
    { "\"amount\": \"0.69\"", "\"amount\": \"-1\"", ".price_hint.amount: must not be negative" },
    { "\"currency\": \"USD\"", "\"currency\": \"$\"",
      ".price_hint.amount: \"$\" is not a currency code of three capital letters" },
    { "\"source\": \"a page\"", "\"source\": \"\"", ".price_hint.source: must not be empty" },
    { "\"source\": \"a page\"", "\"source\": null", ".price_hint.source: must not be null" },
    { "\"as_of\": \"2026-11-01\"", "\"as_of\": \"November\"",
      ".price_hint.as_of: \"November\" is not a date of the form YYYY-MM-DD" },
    { "\"as_of\": \"2026-11-01\",\n    \"confidence\": \"official\"",
      "\"as_of\": \"2026-11-01\",\n    \"confidence\": \"sure\"",
      ".price_hint.confidence: \"sure\" is none of unverified, third-party, official" },
    { "\"unit\": \"gb_month\"", "\"unit\": \"gb\"",
      ".plans[0].storage[0].price: must be for the unit gb_month" },
    { "\"unit\": \"gb\"", "\"unit\": \"hour\"",
      ".plans[0].egress[0].price: must be for the unit gb" },
  };

  assert_all_refused (mistakes, G_N_ELEMENTS (mistakes));
}

static void
test_plans (void)
{
  static const Mistake mistakes[] = {
    { "\"id\": \"per-output\"", "\"id\": \"pod\"",
      ".plans[1].id: another plan has the id \"pod\" already" },
    { "\"minimum_s\": 120", "\"minimum_s\": 1.5",
      ".plans[0].billing.minimum_s: expected a whole number within 64 bits" },
    { "\"increment_s\": 60", "\"increment_minutes\": 1",
      ".plans[0].billing.increment_minutes: unknown member" },
    { "\"idle\": true", "\"idle\": \"yes\"",
      ".plans[0].billing.idle: expected true or false, found a string" },
    { "\"p95_s\": 90", "\"p95_s\": 20",
      ".plans[0].cold_start: p50_s must be there and not above p95_s" },
    { "\"up_to_gb\": 100", "\"up_to_gb\": null",
      ".plans[0].egress[0]: up_to_gb must rise from tier to tier" },
    { "\"up_to_gb\": null", "\"up_to_gb\": 200",
      ".plans[0].egress[1]: up_to_gb of the last tier must be null" },
    { "\"ingress\": null", "\"ingress\": []",
      ".plans[0].ingress: must not be empty; null stands for unknown" },
    { "\"per_hour\": 0.05", "\"per_hour\": 5",
      ".plans[0].interruption.per_hour: must be at most 1" },
    { "\"gpus\": 1,", "\"gpus\": 0,",
      ".plans[0].offers[0]: priced by time, so it must name its GPU and how many" },
    { "\"unit\": \"second\"", "\"unit\": \"image\"",
      ".plans[0].offers[1]: priced by time, so the unit must be second, minute, hour or month" },
    { "\"unit\": \"image\"", "\"unit\": \"hour\"",
      ".plans[1].offers[0]: priced per output, so the unit must be image, megapixel, video_second, "
      "video or request" },
    { ",\n          \"output\": {\"kind\": \"image\", \"model\": \"core\", \"resolution\": null}",
      "", ".plans[1].offers[0]: needs an output, being priced per output" },
    { "\"kind\": \"image\", \"model\"", "\"kind\": \"song\", \"model\"",
      ".plans[1].offers[0].output.kind: \"song\" is none of image, video, audio" },
  };

  assert_all_refused (mistakes, G_N_ELEMENTS (mistakes));
}

static void
test_active_needs_plan (void)
{
  g_autofree char *text = example_profile_load_text ();
  const char *plans = strstr (text, "\"plans\": [");
  const char *end = strstr (text, "\"uptime\"");
  g_autofree char *found = g_strndup (plans, (gsize) (end - plans));
  const Mistake mistake = { found, "\"plans\": [],",
                            ".plans: an active provider needs at least one plan" };

  assert_refused (&mistake);
}

static void
test_not_an_object (void)
{
  g_autoptr (JsonNode) node = stoker_json_parse ("[]", -1, "x.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (stoker_profile_decode (node, "x.json", &error));
  g_assert_cmpstr (error->message, ==, "x.json: $: expected an object, found an array");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/profile-decode/form", test_form);
  g_test_add_func ("/profile-decode/fields", test_fields);
  g_test_add_func ("/profile-decode/pattern", test_pattern);
  g_test_add_func ("/profile-decode/prices", test_prices);
  g_test_add_func ("/profile-decode/plans", test_plans);
  g_test_add_func ("/profile-decode/active-needs-plan", test_active_needs_plan);
  g_test_add_func ("/profile-decode/not-an-object", test_not_an_object);

  return g_test_run ();
}
