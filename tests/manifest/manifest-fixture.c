/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "manifest-fixture.h"

StokerManifest *
manifest_fixture_decode (const char *connector, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) node = stoker_json_parse (connector, -1, "connector", &local_error);
  StokerProfile profile = { .id = (char *) "example", .connector = node };

  g_assert_no_error (local_error);

  return stoker_manifest_decode (&profile, error);
}

static StokerProfile *
load_profile (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "resources",
                                            "catalog", "replicate.json", NULL);
  g_autoptr (JsonNode) node = stoker_json_load_file (path, STOKER_JSON_MAX_BYTES, &error);
  StokerProfile *profile = NULL;

  g_assert_no_error (error);
  profile = stoker_profile_decode (node, "replicate.json", &error);
  g_assert_no_error (error);

  return profile;
}

void
manifest_fixture_set_up (ManifestFixture *self, const char *connector)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProfile) profile = load_profile ();
  g_autoptr (StokerProvider) provider = stoker_provider_new_from_profile (profile, "example");
  g_autoptr (GHashTable) secrets = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode)
    node = stoker_json_parse ("{\"payload\": {\"prompt\": \"a fox & co\", \"steps\": 4, "
                              "\"file\": \"data:text/plain,hello\"}}",
                              -1, "w", &error);
  StokerJobRequest request = {
    .job_id = "job-1", .token = "token-1", .remote_id = "r/1", .deadline_s = 90
  };

  g_assert_no_error (error);
  stoker_provider_set_config (provider, "region", "eu");
  stoker_provider_set_config (provider, "model", "a/b c");
  g_hash_table_insert (secrets, (gpointer) "api_key", (gpointer) "s3cret-key");
  self->manifest = manifest_fixture_decode (connector, &error);
  g_assert_no_error (error);
  self->connection = stoker_connection_new (profile, provider, secrets);
  self->workload = stoker_workload_decode (node, "w", &error);
  g_assert_no_error (error);
  request.workload = self->workload;
  self->scope = stoker_scope_new (self->connection, self->manifest, &request);
}

void
manifest_fixture_clear (ManifestFixture *self)
{
  g_clear_pointer (&self->scope, stoker_scope_free);
  g_clear_pointer (&self->workload, stoker_workload_unref);
  g_clear_pointer (&self->connection, stoker_connection_unref);
  g_clear_pointer (&self->manifest, stoker_manifest_free);
}

JsonNode *
manifest_fixture_get_step (const ManifestFixture *self)
{
  g_autoptr (GError) error = NULL;
  JsonNode *check = stoker_manifest_find (self->manifest, "check", &error);

  g_assert_no_error (error);

  return stoker_rule_nth (stoker_rule_get (check, "steps"), 0);
}

char *
manifest_fixture_with_step (const char *step)
{
  return g_strdup_printf (
    "{\"class\": \"http\", \"bases\": {\"api\": \"https://api.example.com/v1/\"},"
    " \"auth\": {\"scheme\": \"bearer\", \"token\": \"${secret.api_key}\"}, \"limits\": "
    "{\"payload_mb\": 0.001},"
    " \"error_text\": [\"$.detail\"], \"operations\": {\"check\": {\"steps\": [%s]}}}",
    step);
}
