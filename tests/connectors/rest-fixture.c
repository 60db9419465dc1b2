/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-fixture.h"

#include "stoker-error.h"
#include "stoker-json.h"

#include <string.h>

#define KEY_FILE_FIELD                                                                               \
  "{\"id\": \"key_file\", \"type\": \"path\", \"required\": false, \"env\": [], \"pattern\": null, " \
  "\"default\": null, \"choices\": [], \"placeholder\": null, \"help_url\": null}"

static JsonNode *
load_document (const char *connector)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "resources",
                                            "catalog", "replicate.json", NULL);
  JsonNode *document = stoker_json_load_file (path, STOKER_JSON_MAX_BYTES, &error);
  g_autoptr (JsonNode) manifest = NULL;
  JsonArray *fields = NULL;

  g_assert_no_error (error);
  manifest = stoker_json_parse (connector, -1, "connector", &error);
  g_assert_no_error (error);
  json_object_set_member (json_node_get_object (document), "connector", json_node_ref (manifest));
  fields = json_object_get_array_member (json_node_get_object (document), "auth_fields");
  json_array_add_element (fields, stoker_json_parse (KEY_FILE_FIELD, -1, "field", &error));
  g_assert_no_error (error);

  return document;
}

static void
connect_provider (RestFixture *self, GHashTable *secrets)
{
  g_autofree char *base = rest_server_dup_url (&self->rest);
  StokerProfile *profile = stoker_connection_get_profile (self->connection);
  g_autoptr (StokerProvider) provider = stoker_provider_new_from_profile (profile, "example");
  StokerConnection *connection = NULL;

  stoker_provider_set_config (provider, "api_url", base);
  stoker_provider_set_config (provider, "region", "eu");
  if (self->key_file != NULL)
    stoker_provider_set_config (provider, "key_file", self->key_file);
  connection = stoker_connection_new (profile, provider, secrets);
  g_clear_pointer (&self->connection, stoker_connection_unref);
  self->connection = connection;
}

void
rest_fixture_set_up (RestFixture *self, const char *connector)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) document = load_document (connector);
  g_autoptr (StokerProfile) profile = stoker_profile_decode (document, "replicate.json", &error);
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (GHashTable) secrets = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_no_error (error);
  rest_server_set_up (&self->rest);
  provider = stoker_provider_new_from_profile (profile, "example");
  self->connection = stoker_connection_new (profile, provider, secrets);
  g_hash_table_insert (secrets, (gpointer) "api_key", (gpointer) "s3cret-key");
  connect_provider (self, secrets);
  self->client = stoker_http_client_new ();
  self->connector = stoker_http_connector_new (self->client);
  http_calls_begin_request (&self->request, &self->output_dir);
  rest_fixture_set_payload (self, "{\"prompt\": \"a fox\"}");
}

void
rest_fixture_tear_down (RestFixture *self)
{
  rest_server_tear_down (&self->rest);
  g_clear_pointer (&self->connection, stoker_connection_unref);
  g_clear_pointer (&self->workload, stoker_workload_unref);
  g_assert_finalize_object (g_steal_pointer (&self->connector));
  g_clear_object (&self->client);
  http_calls_remove_dir (self->output_dir);
  g_clear_pointer (&self->output_dir, g_free);
  g_clear_error (&self->error);
}

void
rest_fixture_answer (
  RestFixture *self, const char *place, guint status, const char *content_type, const char *body)
{
  rest_server_answer (&self->rest, place, status, content_type, body);
}

/* A good answer. */
void
rest_fixture_tell (RestFixture *self, const char *place, const char *json)
{
  rest_fixture_answer (self, place, 200, "application/json", json);
}

void
rest_fixture_set_secret (RestFixture *self, const char *field, const char *secret)
{
  g_autoptr (GHashTable) secrets = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (secrets, (gpointer) "api_key", (gpointer) "s3cret-key");
  g_hash_table_insert (secrets, (gpointer) field, (gpointer) secret);
  connect_provider (self, secrets);
}

void
rest_fixture_set_payload (RestFixture *self, const char *payload)
{
  g_clear_pointer (&self->workload, stoker_workload_unref);
  self->workload = http_calls_make_workload (payload);
  self->request.workload = self->workload;
}

StokerJobReport *
rest_fixture_run (RestFixture *self, StokerJobOperation operation)
{
  g_clear_error (&self->error);

  return http_calls_run (self->connector, self->connection, operation, &self->request,
                         &self->error);
}

/* It goes well. */
StokerJobReport *
rest_fixture_expect (RestFixture *self, StokerJobOperation operation)
{
  StokerJobReport *report = rest_fixture_run (self, operation);

  g_assert_no_error (self->error);

  return report;
}

/* It fails with that code and a message that has @part in it. */
void
rest_fixture_expect_error (RestFixture *self,
                           StokerJobOperation operation,
                           int code,
                           const char *part)
{
  g_assert_null (rest_fixture_run (self, operation));
  g_assert_error (self->error, STOKER_ERROR, code);
  g_assert_nonnull (strstr (self->error->message, part));
}

StokerHealth *
rest_fixture_check (RestFixture *self)
{
  g_clear_error (&self->error);

  return http_calls_check (self->connector, self->connection, &self->error);
}

gboolean
rest_fixture_release (RestFixture *self)
{
  g_clear_error (&self->error);

  return http_calls_release (self->connector, self->connection, &self->request, &self->error);
}

GPtrArray *
rest_fixture_find (RestFixture *self)
{
  g_clear_error (&self->error);

  return http_calls_find (self->connector, self->connection, &self->request, &self->error);
}

StokerMachine *
rest_fixture_change (RestFixture *self, StokerMachineChange what, const char *input)
{
  g_autoptr (JsonNode) node = http_calls_parse (input);

  g_clear_error (&self->error);

  return http_calls_change (self->connector, self->connection, what, node, &self->error);
}

JsonNode *
rest_fixture_act (RestFixture *self, const char *action, const char *input)
{
  g_autoptr (JsonNode) node = http_calls_parse (input);

  g_clear_error (&self->error);

  return http_calls_act (self->connector, self->connection, action, node, &self->error);
}

/* The requests since the last time, a line each. */
void
rest_fixture_assert_requests (RestFixture *self, const char *expected)
{
  g_assert_cmpstr (self->rest.requests->str, ==, expected);
  g_string_truncate (self->rest.requests, 0);
}

static void
tear_down (RestFixture *self, gconstpointer data)
{
  if (self->connector != NULL)
    rest_fixture_tear_down (self);
}

/* The program of a file of tests; @prefix and their names are their paths. */
int
rest_fixture_run_tests (
  int argc, char **argv, const char *prefix, const RestTest *tests, guint n_tests)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_tests; i++)
    {
      g_autofree char *path = g_strconcat (prefix, tests[i].name, NULL);

      g_test_add (path, RestFixture, NULL, NULL, tests[i].test, tear_down);
    }

  return g_test_run ();
}
