/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-find-keys.h"
#include "stoker-json.h"

#include <glib/gstdio.h>

#include <sys/stat.h>

#define CATALOG_DIR "/io/github/stokerapp/Stoker/catalog"

/* None of these is or was a key. */
#define RUNPOD_KEY \
  "rpa_"           \
  "EXAMPLE0000000000000000RUNPOD"
#define AWS_ID \
  "AKIA"       \
  "EXAMPLE0000001"
#define AWS_SECRET "example/0000000000000000000000000/secret"

static void
write_home (const char *path, const char *text)
{
  g_autofree char *full = g_build_filename (g_get_home_dir (), path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (full, text, -1, &error);
  g_assert_no_error (error);
}

static GPtrArray *
find (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerCatalog) catalog = stoker_catalog_load (CATALOG_DIR, NULL, &error);
  GPtrArray *found = NULL;

  g_assert_no_error (error);
  stoker_find_keys_async (catalog, NULL, test_session_take_result, &result);
  found = stoker_find_keys_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  return found;
}

/* Asserts that there is exactly one such find when @value is told, and none otherwise. */
static void
expect (
  GPtrArray *found, const char *profile, const char *field, const char *source, const char *value)
{
  guint n_matches = 0;

  for (guint i = 0; i < found->len; i++)
    {
      StokerFoundKey *key = g_ptr_array_index (found, i);

      if (!g_str_equal (stoker_found_key_get_profile_id (key), profile) ||
          !g_str_equal (stoker_found_key_get_field_id (key), field) ||
          !g_str_equal (stoker_found_key_get_source (key), source))
        continue;
      n_matches++;
      g_assert_cmpstr (stoker_found_key_reveal (key), ==, value);
    }
  g_assert_cmpuint (n_matches, ==, value != NULL ? 1 : 0);
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) found = NULL;

  test_session_init ();
  found = find ();
  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_environment (void)
{
  g_autoptr (GPtrArray) found = NULL;

  test_session_init ();
  g_setenv ("RUNPOD_API_KEY", RUNPOD_KEY, TRUE);
  g_setenv ("REPLICATE_API_TOKEN", "not what theirs look like", TRUE);
  g_setenv ("KUBECONFIG", "/nonexistent/config", TRUE);
  found = find ();
  expect (found, "runpod", "api_key", "RUNPOD_API_KEY", RUNPOD_KEY);
  expect (found, "replicate", "api_key", "REPLICATE_API_TOKEN", NULL);
  expect (found, "kubernetes", "kubeconfig", "KUBECONFIG", NULL);
  g_unsetenv ("RUNPOD_API_KEY");
  g_unsetenv ("REPLICATE_API_TOKEN");
  g_unsetenv ("KUBECONFIG");
}

static void
write_files_of_tools (void)
{
  write_home (".aws/credentials",
              "; mine\n[default]\naws_access_key_id = " AWS_ID "\naws_secret_access_key=" AWS_SECRET
              "\n\n[other]\naws_access_key_id = AKIAOTHEROTHER\n");
  write_home (".aws/config", "[default]\nregion = eu-central-1\ns3 =\n  max_queue_size = 10\n");
  write_home (".runpod/config.toml", "apikey = '" RUNPOD_KEY "' # written by runpodctl\n"
                                     "apiurl = \"https://api.runpod.io\"\n");
  write_home (".modal.toml",
              "[default]\ntoken_id = \"ak-example\"\ntoken_secret = \"as-example\"\n");
  write_home (".paperspace/config.json",
              "{\"name\": \"me\", \"apiKey\": \"example-of-paperspace\"}");
  write_home (".lambda_cloud/lambda_keys", "api_key = secret_example_of_lambda\n");
  write_home ("../cache/huggingface/token", "hf_exampleexample\n");
  write_home ("../config/vastai/vast_api_key", "00000000000000000000000000000000\n");
  write_home ("../config/replicate/hosts", "# hosts\napi.replicate.com:\n  token: r8_example\n"
                                           "other.example.com:\n  token: r8_other\n");
}

static void
test_files (void)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *vast_path = NULL;
  g_autofree char *replicate_path = NULL;

  test_session_init ();
  write_files_of_tools ();
  vast_path = g_build_filename (g_get_user_config_dir (), "vastai", "vast_api_key", NULL);
  replicate_path = g_build_filename (g_get_user_config_dir (), "replicate", "hosts", NULL);
  found = find ();
  expect (found, "aws-ec2", "access_key", "~/.aws/credentials", AWS_ID);
  expect (found, "aws-ec2", "secret_key", "~/.aws/credentials", AWS_SECRET);
  expect (found, "aws-ec2", "region", "~/.aws/config", "eu-central-1");
  expect (found, "aws-sagemaker", "access_key", "~/.aws/credentials", AWS_ID);
  expect (found, "runpod", "api_key", "~/.runpod/config.toml", RUNPOD_KEY);
  expect (found, "modal", "token_id", "~/.modal.toml", "ak-example");
  expect (found, "modal", "token_secret", "~/.modal.toml", "as-example");
  expect (found, "paperspace", "api_key", "~/.paperspace/config.json", "example-of-paperspace");
  expect (found, "lambda", "api_key", "~/.lambda_cloud/lambda_keys", "secret_example_of_lambda");
  expect (found, "vast", "api_key", vast_path, "00000000000000000000000000000000");
  expect (found, "replicate", "api_key", replicate_path, "r8_example");
}

static void
test_hostile_files (void)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *huge = g_strnfill (1024 * 1024, 'a');
  g_autofree char *pipe = g_build_filename (g_get_home_dir (), ".vast_api_key", NULL);

  test_session_init ();
  write_files_of_tools ();
  write_home (".lambda_cloud/lambda_keys", huge);
  write_home (".paperspace/config.json", "{\"apiKey\": [\"nested\"], ");
  write_home (".modal.toml", "[default]\ntoken_id = \"ak-\xff\"\n");
  write_home (".runpod/config.toml", "apikey = \"" RUNPOD_KEY "\n");
  g_unlink (pipe);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  found = find ();
  expect (found, "lambda", "api_key", "~/.lambda_cloud/lambda_keys", NULL);
  expect (found, "paperspace", "api_key", "~/.paperspace/config.json", NULL);
  expect (found, "modal", "token_id", "~/.modal.toml", NULL);
  expect (found, "runpod", "api_key", "~/.runpod/config.toml", NULL);
  expect (found, "vast", "api_key", "~/.vast_api_key", NULL);
  expect (found, "aws-ec2", "access_key", "~/.aws/credentials", AWS_ID);
  g_unlink (pipe);
}

static void
test_masked (void)
{
  const StokerAuthField secret = { .id = (char *) "api_key", .type = STOKER_FIELD_SECRET };
  const StokerAuthField region = { .id = (char *) "region", .type = STOKER_FIELD_REGION };
  g_autoptr (StokerFoundKey)
    key = stoker_found_key_new ("runpod", &secret, STOKER_FOUND_IN_ENVIRONMENT, "RUNPOD_API_KEY",
                                RUNPOD_KEY);
  g_autoptr (StokerFoundKey)
    brief = stoker_found_key_new ("runpod", &secret, STOKER_FOUND_IN_FILE, "~/key", "short");
  g_autoptr (StokerFoundKey)
    place = stoker_found_key_new ("aws-ec2", &region, STOKER_FOUND_IN_FILE, "~/x", "eu-west-1");
  g_autofree char *masked = stoker_found_key_mask (key);
  g_autofree char *masked_brief = stoker_found_key_mask (brief);
  g_autofree char *masked_place = stoker_found_key_mask (place);
  g_autoptr (JsonNode) node = stoker_found_key_to_json (key);
  g_autofree char *json = stoker_json_to_string (node, FALSE);

  g_assert_cmpstr (masked, ==, "••••NPOD");
  g_assert_cmpstr (masked_brief, ==, "••••");
  g_assert_cmpstr (masked_place, ==, "eu-west-1");
  g_assert_null (strstr (json, RUNPOD_KEY));
  g_assert_nonnull (strstr (json, "\"variable\":\"RUNPOD_API_KEY\""));
  g_assert_true (stoker_found_key_is_credential (key));
  g_assert_false (stoker_found_key_is_credential (place));
}

/* The id of one account and the secret of another must not be put together. */
static void
test_belong_together (void)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) from_files = NULL;
  g_autoptr (GPtrArray) from_environment = NULL;

  test_session_init ();
  write_files_of_tools ();
  g_setenv ("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT", TRUE);
  found = find ();
  from_files = stoker_select_found_keys (found, "aws-ec2", STOKER_FOUND_IN_FILE);
  from_environment = stoker_select_found_keys (found, "aws-ec2", STOKER_FOUND_IN_ENVIRONMENT);
  expect (from_files, "aws-ec2", "access_key", "~/.aws/credentials", AWS_ID);
  g_assert_cmpuint (from_files->len, ==, 3);
  g_assert_cmpuint (from_environment->len, ==, 0);
  g_unsetenv ("AWS_ACCESS_KEY_ID");
  test_session_clear ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());
  test_session_init ();
  g_test_add_func ("/find-keys/nothing", test_nothing);
  g_test_add_func ("/find-keys/environment", test_environment);
  g_test_add_func ("/find-keys/files", test_files);
  g_test_add_func ("/find-keys/hostile-files", test_hostile_files);
  g_test_add_func ("/find-keys/masked", test_masked);
  g_test_add_func ("/find-keys/belong-together", test_belong_together);
  return g_test_run ();
}
