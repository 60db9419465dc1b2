/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "aws-fixture.h"

#include "stoker-json.h"
#include "stoker-provider.h"

#include <string.h>

/* What is the same job in ours as in theirs. */
#define PAYLOAD                                                                           \
  "{\"payload\": {\"image\": \"example.com/render:1\", \"instance_type\": \"g5.xlarge\"," \
  " \"disk_gb\": 100, \"max_price\": \"0.60\"}}"

#define PROCESSING                                                                       \
  "{\"payload\": {\"image\": \"123456789012.dkr.ecr.us-east-1.amazonaws.com/render:1\"," \
  " \"disk_gb\": 50}}"

static StokerProfile *
load_profile (const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "resources",
                                            "catalog", name, NULL);
  g_autoptr (JsonNode) node = stoker_json_load_file (path, STOKER_JSON_MAX_BYTES, &error);
  StokerProfile *profile = NULL;

  g_assert_no_error (error);
  profile = stoker_profile_decode (node, name, &error);
  g_assert_no_error (error);

  return profile;
}

static StokerConnection *
connect_provider (StokerProfile *profile)
{
  static const char *const settings[][2] = {
    { "access_key", "AKIDEXAMPLE" },
    { "region", "us-east-1" },
    { "subnet_id", "subnet-0a1b2c3d" },
    { "security_group_id", "sg-0a1b2c3d" },
    { "instance_profile", "render-worker" },
    { "image_id", "ami-0123456789abcdef0" },
    { "bucket", "b" },
    { "endpoint_name", "my-ep" },
    { "role_arn", "arn:aws:iam::123456789012:role/SageMakerExec" },
  };
  g_autoptr (StokerProvider) provider = stoker_provider_new_from_profile (profile, profile->id);
  g_autoptr (GHashTable) secrets = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    stoker_provider_set_config (provider, settings[i][0], settings[i][1]);
  g_hash_table_insert (secrets, (gpointer) "secret_key",
                       (gpointer) "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

  return stoker_connection_new (profile, provider, secrets);
}

void
aws_fixture_set_up (AwsFixture *self, gconstpointer id)
{
  gboolean is_ec2 = g_str_equal (id, "aws-ec2");
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProfile) profile = load_profile (id);
  g_autoptr (JsonNode) node = stoker_json_parse (is_ec2 ? PAYLOAD : PROCESSING, -1, "w", &error);
  StokerJobRequest request = { .job_id = "job-1",
                               .token = is_ec2 ? "job-7f3c" : "render-7f3c",
                               .remote_id = is_ec2 ? "i-0123456789abcdef0" : "render-7f3c",
                               .plan_id = is_ec2 ? "spot" : "job" };

  g_assert_no_error (error);
  self->manifest = stoker_manifest_decode (profile, &error);
  g_assert_no_error (error);
  self->connection = connect_provider (profile);
  self->workload = stoker_workload_decode (node, "w", &error);
  g_assert_no_error (error);
  request.workload = self->workload;
  self->scope = stoker_scope_new (self->connection, self->manifest, &request);
}

void
aws_fixture_tear_down (AwsFixture *self, gconstpointer unused)
{
  stoker_scope_free (self->scope);
  stoker_workload_unref (self->workload);
  stoker_connection_unref (self->connection);
  stoker_manifest_free (self->manifest);
}

/* (nullable): the folder of that name beside Amazon's vectors; without it the test is skipped. */
char *
aws_fixture_find_folder (const char *name)
{
  const char *shared = g_getenv ("STOKER_SHARED");
  g_autofree char *root = shared != NULL ? g_strdup (shared)
                                         : g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"),
                                                             "..", "shared", NULL);
  g_autofree char *path = g_build_filename (root, "specs", "sigv4", name, NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("what Amazon's client sends and reads is not here; STOKER_SHARED names its "
                   "folder");
      return NULL;
    }

  return g_steal_pointer (&path);
}

char *
aws_fixture_read (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

/* (nullable): the step that sends @action; steps may have others inside. */
static JsonNode *
find_step (JsonNode *steps, const char *action)
{
  for (guint i = 0; i < stoker_rule_count (steps); i++)
    {
      JsonNode *step = stoker_rule_nth (steps, i);
      JsonNode *inner = stoker_rule_get (step, "steps");
      g_autofree char *text = stoker_json_to_string (step, FALSE);

      if (strstr (text, action) == NULL)
        continue;
      if (inner != NULL)
        return find_step (inner, action);
      if (stoker_rule_get (step, "url") != NULL)
        return step;
    }

  return NULL;
}

/* The step of an operation that sends @action. */
JsonNode *
aws_fixture_find_step (AwsFixture *self, const char *operation, const char *action)
{
  g_autoptr (GError) error = NULL;
  JsonNode *found = stoker_manifest_find (self->manifest, operation, &error);
  JsonNode *step = NULL;

  g_assert_no_error (error);
  step = find_step (stoker_rule_get (found, "steps"), action);
  g_assert_nonnull (step);

  return step;
}
