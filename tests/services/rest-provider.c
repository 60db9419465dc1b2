/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-provider.h"

#include "stoker-json.h"
#include "stoker-paths.h"

void
rest_provider_set_up (RestProvider *self)
{
  rest_server_set_up (self);
  g_setenv ("STOKER_TEST_REST_KEY", "r8_test_0123456789", TRUE);
}

void
rest_provider_tear_down (RestProvider *self)
{
  rest_server_tear_down (self);
  g_unsetenv ("STOKER_TEST_REST_KEY");
}

/* Like Replicate in all that is for advice, so that prices and plans are there. */
static JsonNode *
load_model (const char *id, const char *connector)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "resources",
                                            "catalog", "replicate.json", NULL);
  JsonNode *document = stoker_json_load_file (path, STOKER_JSON_MAX_BYTES, &error);
  g_autoptr (JsonNode) fields = NULL;
  JsonObject *object = NULL;

  g_assert_no_error (error);
  object = json_node_get_object (document);
  fields = stoker_json_parse ("[{\"id\": \"api_key\", \"type\": \"secret\", \"required\": true, "
                              "\"env\": [\"STOKER_TEST_REST_KEY\"], \"pattern\": null, "
                              "\"default\": null, \"choices\": [], \"placeholder\": null, "
                              "\"help_url\": null}]",
                              -1, "fields", &error);
  g_assert_no_error (error);
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "name", id);
  json_object_set_string_member (object, "service", id);
  json_object_set_array_member (object, "secret_aliases", json_array_new ());
  json_object_set_array_member (object, "import_from", json_array_new ());
  json_object_set_member (object, "auth_fields", json_node_ref (fields));
  json_object_set_member (object, "connector",
                          stoker_json_parse (connector, -1, "connector", &error));
  g_assert_no_error (error);
  return document;
}

void
rest_provider_add (RestProvider *self, const char *id, const char *operations)
{
  g_autofree char *url = rest_server_dup_url (self);

  rest_provider_add_at (id, operations, url);
}

void
rest_provider_add_at (const char *id, const char *operations, const char *url)
{
  g_autofree char *data_dir = stoker_paths_get_data_dir ();
  g_autofree char *dir = g_build_filename (data_dir, "catalog", NULL);
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *connector = g_strdup_printf (
    "{\"class\": \"http\", \"bases\": {\"api\": \"%s/%s\"}, \"auth\": {\"scheme\":"
    " \"bearer\", \"token\": \"${secret.api_key}\"}, \"error_text\": [\"$.error\"], \"errors\": [{\"status\": [402], \"code\": \"quota\"}, {\"status\": [409], \"path\": \"$.full\", \"code\": \"unavailable\", \"message\": \"no GPU is free\"}], \"states\": ["
    "{\"when\": {\"state\": \"run\"}, \"state\": \"running\"},"
    "{\"when\": {\"state\": \"done\"}, \"state\": \"succeeded\"},"
    "{\"when\": {\"state\": \"bad\"}, \"state\": \"failed\", \"code\": \"failed\","
    " \"message\": \"it broke\"},"
    "{\"when\": {\"state\": \"down\"}, \"state\": \"failed\", \"code\": \"unavailable\","
    " \"message\": \"its host went away\"},"
    "{\"when\": {\"state\": \"ended\"}, \"state\": \"cancelled\"}], \"operations\": {%s}}",
    url, id, operations);
  g_autoptr (JsonNode) document = load_model (id, connector);
  g_autofree char *text = stoker_json_to_string (document, TRUE);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

void
rest_provider_answer (RestProvider *self, const char *place, guint status, const char *json)
{
  rest_server_answer (self, place, status, "application/json", json);
}

guint
rest_provider_count (RestProvider *self, const char *place)
{
  return rest_server_count (self, place);
}
