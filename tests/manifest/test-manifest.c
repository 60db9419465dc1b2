/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "manifest-fixture.h"
#include "stoker-catalog.h"
#include "stoker-error.h"
#include "stoker-json.h"

#include <string.h>

/* Every shipped document of class "http" is one the engine can read. */
static void
test_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "resources",
                                           "catalog", NULL);
  g_autoptr (StokerCatalog) catalog = stoker_catalog_load_dir (dir, &error);
  GPtrArray *profiles = NULL;
  guint count = 0;

  g_assert_no_error (error);
  profiles = stoker_catalog_get_profiles (catalog);
  for (guint i = 0; i < profiles->len; i++)
    {
      const StokerProfile *profile = g_ptr_array_index (profiles, i);
      g_autoptr (StokerManifest) manifest = NULL;

      if (g_strcmp0 (stoker_profile_get_connector_class (profile), "http") != 0)
        continue;
      manifest = stoker_manifest_decode (profile, &error);
      g_assert_no_error (error);
      count++;
    }
  g_assert_cmpuint (count, >=, 2);
}

static void
test_defaults (void)
{
  g_autofree char *text = manifest_fixture_with_step (
    "{\"url\": \"${base.api}/me\"}, {\"method\": \"POST\", \"url\": \"${base.api}\"}");
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerManifest) manifest = manifest_fixture_decode (text, &error);
  JsonNode *steps = NULL;

  g_assert_no_error (error);
  steps = stoker_rule_get (stoker_manifest_find (manifest, "check", &error), "steps");
  g_assert_true (stoker_step_is_repeatable (stoker_rule_nth (steps, 0)));
  g_assert_false (stoker_step_creates (stoker_rule_nth (steps, 0)));
  g_assert_false (stoker_step_is_repeatable (stoker_rule_nth (steps, 1)));
  g_assert_true (stoker_step_creates (stoker_rule_nth (steps, 1)));
  g_assert_cmpfloat (stoker_manifest_get_limit (manifest, "timeout_s"), ==, 30);
  g_assert_cmpfloat (stoker_manifest_get_limit (manifest, "output_mb"), ==, 2048);
  g_assert_cmpfloat (stoker_manifest_get_limit (manifest, "payload_mb"), ==, 0.001);
  g_assert_null (stoker_manifest_find (manifest, "submit", &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED);
}

typedef struct
{
  const char *step;
  const char *message;
} Mistake;

static void
test_mistakes_in_steps (void)
{
  static const Mistake mistakes[] = {
    { "{\"uri\": \"x\"}", "example.json: $.connector.operations.check.steps[0]" },
    { "{\"url\": 3}", "steps[0].url" },
    { "{\"method\": \"FETCH\"}", "steps[0].method" },
    { "{\"url\": \"${base.api}/${oops}\"}", "${oops} is not a name" },
    { "{\"url\": \"${base.api}/${config.x\"}", "${ without its }" },
    { "{\"url\": \"${base.api}?key=${secret.api_key}\"}",
      "${secret.api_key} is not a name that can be used here" },
    { "{\"query\": {\"key\": \"${secret.api_key}\"}}", "steps[0].query.key" },
    { "{\"success\": [20]}", "steps[0].success[0]: expected an HTTP status" },
    { "{\"take\": {\"a\": \"$.x[\"}}", "steps[0].take.a" },
    { "{\"take\": {\"a\": {\"path\": \"$.x\", \"value\": 1}}}", "exactly one of" },
    { "{\"take\": {\"a\": {}}}", "exactly one of" },
    { "{\"take\": {\"a\": {\"path\": \"$.x\", \"as\": \"parsec\"}}}", "steps[0].take.a.as" },
    { "{\"take\": {\"a\": {\"path\": \"$.x\", \"regex\": \"(\"}}}", "steps[0].take.a.regex" },
    { "{\"when\": {\"a\": 3}}", "steps[0].when.a" },
    { "{\"when\": {\"a\": null}}", "must not be null" },
    { "{\"when\": {\"a\": {\"over\": 3}}}", "steps[0].when.a" },
    { "{\"when\": {\"a\": {}}}", "exactly one of above, below, matches, is" },
    { "{\"errors\": [{\"status\": [500]}]}", "errors[0]" },
    { "{\"errors\": [{\"code\": \"bad-luck\"}]}", "is no error code" },
    { "{\"body\": {\"xml\": {}}}", "steps[0].body" },
    { "{\"body\": {}}", "exactly one of json, form, multipart, raw" },
    { "{\"pages\": {\"max\": 3}}", "exactly one of next, cursor" },
    { "{\"timeout_s\": 0}", "steps[0].timeout_s: must be at least 1" },
    { "{\"steps\": [{\"url\": \"x\"}]}", "steps[0].each: is missing: steps needs it" },
    { "{\"url\": \"x\", \"each\": {\"name\": \"a\", \"of\": \"b\"}, \"steps\": []}",
      "expected at most one of steps, url" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autofree char *text = manifest_fixture_with_step (mistakes[i].step);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", mistakes[i].step);
      g_assert_null (manifest_fixture_decode (text, &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_true (g_str_has_prefix (error->message, "example.json: $.connector"));
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, mistakes[i].message));
    }
}

#define HEAD                                                                                  \
  "\"class\": \"http\", \"bases\": {\"api\": \"https://a.example\"}, \"auth\": {\"scheme\": " \
  "\"none\"}"
#define STEPS "\"steps\": [{\"url\": \"${base.api}\"}]"

static void
test_mistakes_elsewhere (void)
{
  static const Mistake mistakes[] = {
    { "[]", "$.connector" },
    { "{" HEAD "}", "operations" },
    { "{" HEAD ", \"operations\": {}, \"script\": \"x\"}", "script" },
    { "{" HEAD ", \"operations\": {\"fly\": {" STEPS "}}}", "fly" },
    { "{" HEAD ", \"operations\": {\"check\": {\"steps\": []}}}",
      "check.steps: expected at least one" },
    { "{" HEAD ", \"operations\": {\"offers\": {" STEPS ", \"records\": [{\"fields\": {}}]}}}",
      "exactly one of items, of, body" },
    { "{" HEAD ", \"operations\": {}, \"states\": [{\"state\": \"flying\"}]}", "states[0].state" },
    { "{" HEAD ", \"operations\": {}, \"states\": [{\"state\": \"failed\", \"message\": "
      "\"${error.text}\"}]}",
      "states[0].message" },
    { "{" HEAD ", \"operations\": {}, \"unsupported\": {\"fly\": \"no\"}}",
      "unsupported.fly: \"fly\" is none of check, offers" },
    { "{" HEAD ", \"operations\": {}, \"limits\": {\"per_s\": 0}}", "limits.per_s" },
    { "{" HEAD ", \"operations\": {}, \"limits\": {\"poll_s\": 0}}", "limits.poll_s" },
    { "{" HEAD ", \"operations\": {}, \"callback\": {\"note\": \"off\"}}", "callback.at" },
    { "{" HEAD ", \"operations\": {}, \"trusted\": [\"com\"]}", "\"com\" is no name" },
    { "{" HEAD ", \"operations\": {}, \"trusted\": [\"https://a.example\"]}", "is no name" },
    { "{\"class\": \"http\", \"bases\": {}, \"auth\": {\"scheme\": \"none\"}, \"operations\": {}}",
      "bases: expected at least one" },
    { "{\"class\": \"http\", \"bases\": {\"a\": \"b\"}, \"auth\": {\"scheme\": \"magic\"}, "
      "\"operations\": {}}",
      "auth.scheme" },
    { "{\"class\": \"http\", \"bases\": {\"a\": \"b\"}, \"auth\": {}, \"operations\": {}}",
      "auth.scheme: is missing" },
    { "{\"class\": \"http\", \"bases\": {\"a\": \"b\"}, \"auth\": {\"scheme\": \"bearer\"}, "
      "\"operations\": {}}",
      "auth.token" },
    { "{\"class\": \"http\", \"bases\": {\"a\": \"b\"}, \"auth\": {\"scheme\": \"basic\", "
      "\"user\": \"u\"}, \"operations\": {}}",
      "auth.password" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", mistakes[i].step);
      g_assert_null (manifest_fixture_decode (mistakes[i].step, &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, mistakes[i].message));
    }
}

/* What src/README.md shows is the document that the tests work with, and it is valid. */
static void
test_readme (void)
{
  const char *root = g_getenv ("STOKER_TEST_SOURCE_ROOT");
  g_autofree char *readme = g_build_filename (root, "src", "README.md", NULL);
  g_autofree char *path = g_build_filename (root, "tests", "connectors", "invented-provider.json",
                                            NULL);
  g_autofree char *text = NULL;
  g_autofree char *document = NULL;
  g_autofree char *block = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (StokerProfile) profile = NULL;
  g_autoptr (StokerManifest) manifest = NULL;

  g_assert_true (g_file_get_contents (readme, &text, NULL, &error));
  g_assert_true (g_file_get_contents (path, &document, NULL, &error));
  block = g_strconcat ("```json\n", document, "```\n", NULL);
  g_assert_nonnull (strstr (text, block));
  node = stoker_json_parse (document, -1, "anvil.json", &error);
  g_assert_no_error (error);
  profile = stoker_profile_decode (node, "anvil.json", &error);
  g_assert_no_error (error);
  manifest = stoker_manifest_decode (profile, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manifest/shipped", test_shipped);
  g_test_add_func ("/manifest/readme", test_readme);
  g_test_add_func ("/manifest/defaults", test_defaults);
  g_test_add_func ("/manifest/mistakes-in-steps", test_mistakes_in_steps);
  g_test_add_func ("/manifest/mistakes-elsewhere", test_mistakes_elsewhere);

  return g_test_run ();
}
