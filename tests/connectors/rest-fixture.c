/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-fixture.h"

#include "stoker-json.h"

#include <glib/gstdio.h>

#include <string.h>

#define LIMIT_S 20
#define KEY_FILE_FIELD                                                                               \
  "{\"id\": \"key_file\", \"type\": \"path\", \"required\": false, \"env\": [], \"pattern\": null, " \
  "\"default\": null, \"choices\": [], \"placeholder\": null, \"help_url\": null}"

typedef struct
{
  guint status;
  char *content_type;
  char *body;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_free (self->content_type);
  g_free (self->body);
  g_free (self);
}

static void
queue_free (gpointer data)
{
  g_queue_free_full (data, answer_free);
}

static char *
get_base (RestFixture *self)
{
  GSList *uris = soup_server_get_uris (self->server);
  char *base = g_uri_to_string (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  base[strlen (base) - 1] = '\0';

  return base;
}

static void
log_request (RestFixture *self, SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  const char *authorization = soup_message_headers_get_one (headers, "Authorization");
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  g_string_append_printf (self->requests, "%s %s%s%s%s%s%s%.*s\n",
                          soup_server_message_get_method (message), path, query ? "?" : "",
                          query ? query : "", authorization ? " " : "",
                          authorization ? authorization : "", length > 0 ? " " : "", (int) length,
                          data ? data : "");
}

/* A redirect leads to /elsewhere. */
static void
add_location (RestFixture *self, SoupServerMessage *message)
{
  g_autofree char *base = get_base (self);
  g_autofree char *location = g_strconcat (base, "/elsewhere", NULL);

  soup_message_headers_append (soup_server_message_get_response_headers (message), "Location",
                               location);
}

static void
serve (SoupServer *server,
       SoupServerMessage *message,
       const char *path,
       GHashTable *query,
       gpointer user_data)
{
  RestFixture *self = user_data;
  g_autofree char *place = g_strdup_printf ("%s %s", soup_server_message_get_method (message),
                                            path);
  GQueue *queue = g_hash_table_lookup (self->answers, place);
  Answer *answer = NULL;

  log_request (self, message, path);
  if (queue == NULL)
    {
      soup_server_message_set_status (message, 599, "nothing is told about this place");
      return;
    }
  answer = g_queue_peek_head (queue);
  soup_server_message_set_status (message, answer->status, NULL);
  if (answer->status >= 300 && answer->status < 400)
    add_location (self, message);
  if (answer->body != NULL)
    soup_server_message_set_response (message, answer->content_type, SOUP_MEMORY_COPY, answer->body,
                                      strlen (answer->body));
  if (g_queue_get_length (queue) > 1)
    answer_free (g_queue_pop_head (queue));
}

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
  g_autofree char *base = get_base (self);
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
  self->server = soup_server_new (NULL, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, queue_free);
  self->requests = g_string_new (NULL);
  soup_server_add_handler (self->server, NULL, serve, self, NULL);
  provider = stoker_provider_new_from_profile (profile, "example");
  self->connection = stoker_connection_new (profile, provider, secrets);
  g_hash_table_insert (secrets, (gpointer) "api_key", (gpointer) "s3cret-key");
  connect_provider (self, secrets);
  self->client = stoker_http_client_new ();
  self->connector = stoker_http_connector_new (self->client);
  self->output_dir = g_dir_make_tmp ("stoker-rest-XXXXXX", &error);
  g_assert_no_error (error);
  self->request.job_id = "job-1";
  self->request.token = "stoker-token-1";
  self->request.output_dir = self->output_dir;
  self->request.intended_us = g_get_real_time ();
  rest_fixture_set_payload (self, "{\"prompt\": \"a fox\"}");
}

static void
remove_dir (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

void
rest_fixture_tear_down (RestFixture *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_clear_pointer (&self->connection, stoker_connection_unref);
  g_clear_pointer (&self->workload, stoker_workload_unref);
  g_assert_finalize_object (g_steal_pointer (&self->connector));
  g_clear_object (&self->client);
  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_string_free (self->requests, TRUE);
  remove_dir (self->output_dir);
  g_clear_pointer (&self->output_dir, g_free);
  g_clear_error (&self->error);
}

void
rest_fixture_answer (
  RestFixture *self, const char *place, guint status, const char *content_type, const char *body)
{
  g_autofree char *base = get_base (self);
  GQueue *queue = g_hash_table_lookup (self->answers, place);
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->content_type = g_strdup (content_type);
  if (body != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (body, "{url}", -1);

      answer->body = g_strjoinv (base, parts);
    }
  if (queue == NULL)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->answers, g_strdup (place), queue);
    }
  g_queue_push_tail (queue, answer);
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
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("{\"name\": \"test\", \"payload\": %s}", payload);
  g_autoptr (JsonNode) node = stoker_json_parse (text, -1, "workload.json", &error);

  g_assert_no_error (error);
  g_clear_pointer (&self->workload, stoker_workload_unref);
  self->workload = stoker_workload_decode (node, "workload.json", &error);
  g_assert_no_error (error);
  self->request.workload = self->workload;
}

void
rest_fixture_keep (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static gboolean
fail_late (gpointer user_data)
{
  g_assert_not_reached ();
}

GAsyncResult *
rest_fixture_wait (GAsyncResult **kept)
{
  guint limit = g_timeout_add_seconds (LIMIT_S, fail_late, NULL);

  while (*kept == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);

  return *kept;
}

StokerJobReport *
rest_fixture_run (RestFixture *self, StokerJobOperation operation)
{
  g_autoptr (GAsyncResult) result = NULL;
  StokerJobReport *report = NULL;

  g_clear_error (&self->error);
  stoker_job_runner_start_async (STOKER_JOB_RUNNER (self->connector), operation, self->connection,
                                 &self->request, NULL, rest_fixture_keep, &result);
  report = stoker_job_runner_start_finish (STOKER_JOB_RUNNER (self->connector),
                                           rest_fixture_wait (&result), &self->error);
  g_assert_true ((report == NULL) == (self->error != NULL));

  return report;
}

StokerHealth *
rest_fixture_check (RestFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_error (&self->error);
  stoker_probe_check_async (STOKER_PROBE (self->connector), self->connection, NULL,
                            rest_fixture_keep, &result);

  return stoker_probe_check_finish (STOKER_PROBE (self->connector), rest_fixture_wait (&result),
                                    &self->error);
}

gboolean
rest_fixture_release (RestFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_error (&self->error);
  stoker_job_runner_release_async (STOKER_JOB_RUNNER (self->connector), self->connection,
                                   &self->request, NULL, rest_fixture_keep, &result);

  return stoker_job_runner_release_finish (STOKER_JOB_RUNNER (self->connector),
                                           rest_fixture_wait (&result), &self->error);
}

GPtrArray *
rest_fixture_find (RestFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_error (&self->error);
  stoker_job_finder_find_async (STOKER_JOB_FINDER (self->connector), self->connection,
                                &self->request, NULL, rest_fixture_keep, &result);

  return stoker_job_finder_find_finish (STOKER_JOB_FINDER (self->connector),
                                        rest_fixture_wait (&result), &self->error);
}

/* The requests since the last time, a line each. */
void
rest_fixture_assert_requests (RestFixture *self, const char *expected)
{
  g_assert_cmpstr (self->requests->str, ==, expected);
  g_string_truncate (self->requests, 0);
}
