/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-provider.h"

#include "stoker-json.h"
#include "stoker-paths.h"

typedef struct
{
  guint status;
  char *json;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_free (self->json);
  g_free (self);
}

static void
queue_free (gpointer data)
{
  g_queue_free_full (data, answer_free);
}

static void
serve (SoupServer *server,
       SoupServerMessage *message,
       const char *path,
       GHashTable *query,
       gpointer user_data)
{
  RestProvider *self = user_data;
  g_autofree char *place = g_strdup_printf ("%s %s", soup_server_message_get_method (message),
                                            path);
  GQueue *queue = g_hash_table_lookup (self->answers, place);
  Answer *answer = NULL;

  g_string_append_printf (self->requests, "%s\n", place);
  if (queue == NULL)
    {
      soup_server_message_set_status (message, 599, "nothing is told about this place");
      return;
    }
  answer = g_queue_peek_head (queue);
  if (answer->status == 0)
    soup_server_message_pause (message);
  else
    soup_server_message_set_status (message, answer->status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, answer->json,
                                    strlen (answer->json));
  if (g_queue_get_length (queue) > 1)
    answer_free (g_queue_pop_head (queue));
}

void
rest_provider_set_up (RestProvider *self)
{
  g_autoptr (GError) error = NULL;

  self->server = soup_server_new (NULL, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, queue_free);
  self->requests = g_string_new (NULL);
  soup_server_add_handler (self->server, NULL, serve, self, NULL);
  g_setenv ("STOKER_TEST_REST_KEY", "r8_test_0123456789", TRUE);
}

void
rest_provider_tear_down (RestProvider *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_string_free (self->requests, TRUE);
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
  g_autofree char *data_dir = stoker_paths_get_data_dir ();
  g_autofree char *dir = g_build_filename (data_dir, "catalog", NULL);
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_build_filename (dir, name, NULL);
  GSList *uris = soup_server_get_uris (self->server);
  g_autofree char *connector = g_strdup_printf (
    "{\"class\": \"http\", \"bases\": {\"api\": \"http://127.0.0.1:%d/%s\"}, \"auth\": {\"scheme\":"
    " \"bearer\", \"token\": \"${secret.api_key}\"}, \"error_text\": [\"$.error\"], \"errors\": [{\"status\": [402], \"code\": \"quota\"}, {\"status\": [409], \"path\": \"$.full\", \"code\": \"unavailable\", \"message\": \"no GPU is free\"}], \"states\": ["
    "{\"when\": {\"state\": \"run\"}, \"state\": \"running\"},"
    "{\"when\": {\"state\": \"done\"}, \"state\": \"succeeded\"},"
    "{\"when\": {\"state\": \"bad\"}, \"state\": \"failed\", \"code\": \"failed\","
    " \"message\": \"it broke\"},"
    "{\"when\": {\"state\": \"ended\"}, \"state\": \"cancelled\"}], \"operations\": {%s}}",
    g_uri_get_port (uris->data), id, operations);
  g_autoptr (JsonNode) document = load_model (id, connector);
  g_autofree char *text = stoker_json_to_string (document, TRUE);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

void
rest_provider_answer (RestProvider *self, const char *place, guint status, const char *json)
{
  GQueue *queue = g_hash_table_lookup (self->answers, place);
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->json = g_strdup (json);
  if (queue == NULL)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->answers, g_strdup (place), queue);
    }
  g_queue_push_tail (queue, answer);
}

guint
rest_provider_count (RestProvider *self, const char *place)
{
  g_auto (GStrv) lines = g_strsplit (self->requests->str, "\n", -1);
  guint count = 0;

  for (char **line = lines; *line != NULL; line++)
    count += g_str_equal (*line, place);
  return count;
}
