/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-error.h"
#include "stoker-run-job.h"

#include <libsoup/soup.h>

#define POLL_S 2

/* A service whose first look at the job says that it runs, and the second that it failed. */
typedef struct
{
  SoupServer *server;
  gint64 submitted_us;
  gint64 polled_us[2];
  guint polls;
} Service;

static void
serve (SoupServer *server,
       SoupServerMessage *message,
       const char *path,
       GHashTable *query,
       gpointer user_data)
{
  Service *self = user_data;
  const char *answer = "{\"id\": \"r-1\", \"state\": \"run\"}";

  if (g_str_equal (soup_server_message_get_method (message), "POST"))
    self->submitted_us = g_get_monotonic_time ();
  else if (self->polls < G_N_ELEMENTS (self->polled_us))
    self->polled_us[self->polls++] = g_get_monotonic_time ();
  if (self->polls == G_N_ELEMENTS (self->polled_us))
    answer = "{\"id\": \"r-1\", \"state\": \"bad\"}";
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, answer,
                                    strlen (answer));
}

static void
start (Service *self)
{
  g_autoptr (GError) error = NULL;

  self->server = soup_server_new (NULL, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  soup_server_add_handler (self->server, NULL, serve, self, NULL);
}

static JsonNode *
make_manifest (Service *self)
{
  GSList *uris = soup_server_get_uris (self->server);
  g_autofree char *text = g_strdup_printf (
    "{\"class\": \"http\", \"bases\": {\"api\": \"http://127.0.0.1:%d\"}, \"auth\": {\"scheme\": "
    "\"none\"}, \"limits\": {\"poll_s\": %d}, \"states\": [{\"when\": {\"state\": \"run\"}, "
    "\"state\": \"running\"}, {\"when\": {\"state\": \"bad\"}, \"state\": \"failed\"}], "
    "\"operations\": {\"submit\": {\"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/jobs\", "
    "\"take\": {\"id\": \"$.id\", \"state\": \"$.state\"}}]}, \"poll\": {\"steps\": [{\"url\": "
    "\"${base.api}/jobs/1\", \"take\": {\"state\": \"$.state\"}}]}}}",
    g_uri_get_port (uris->data), POLL_S);
  JsonNode *manifest = stoker_json_parse (text, -1, "manifest", NULL);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_assert_nonnull (manifest);

  return manifest;
}

/* A provider of the user's own: a document in the data folder. */
static void
add_profile (Service *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shipped = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "resources",
                                               "catalog", "replicate.json", NULL);
  g_autofree char *dir = g_build_filename (g_getenv ("XDG_DATA_HOME"), "stoker", "catalog", NULL);
  g_autofree char *path = g_build_filename (dir, "slow.json", NULL);
  g_autoptr (JsonNode) document = stoker_json_load_file (shipped, STOKER_JSON_MAX_BYTES, &error);
  g_autofree char *text = NULL;
  JsonObject *root = NULL;

  g_assert_no_error (error);
  root = json_node_get_object (document);
  json_object_set_string_member (root, "id", "slow");
  json_object_set_member (root, "connector", make_manifest (self));
  json_object_set_array_member (root, "auth_fields", json_array_new ());
  json_object_set_array_member (root, "import_from", json_array_new ());
  json_object_set_null_member (root, "feature_flag");
  text = stoker_json_to_string (document, TRUE);
  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, &error));
}

static StokerJob *
submit (StokerWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = stoker_json_parse ("{\"payload\": {}}", -1, "workload.json", NULL);
  g_autoptr (StokerWorkload) workload = stoker_workload_decode (node, "workload.json", &error);
  g_autoptr (GAsyncResult) result = NULL;
  StokerSubmission submission = { .workload = workload, .provider_id = "slow", .is_live = TRUE };
  StokerJob *job = NULL;

  g_assert_no_error (error);
  stoker_submit_job_async (workspace, &submission, NULL, test_session_take_result, &result);
  job = stoker_submit_job_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);

  return job;
}

/* A provider that wants to be asked seldom is asked so seldom, from the first time on. */
static void
test_polls_as_seldom_as_wanted (void)
{
  Service service = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (StokerJob) job = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  StokerWorkspace *workspace = NULL;
  GStrv problems = NULL;

  test_session_init ();
  start (&service);
  add_profile (&service);
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  problems = stoker_catalog_get_problems (stoker_workspace_get_catalog (workspace));
  g_assert_cmpstr (problems[0], ==, NULL);
  provider = test_session_register (workspace, "{\"template_id\": \"slow\"}", &error);
  g_assert_no_error (error);
  job = submit (workspace);
  stoker_wait_job_async (workspace, job, NULL, test_session_take_result, &result);
  g_assert_true (stoker_wait_job_finish (test_session_wait (&result), NULL));
  g_assert_cmpint (stoker_job_get_state (job), ==, STOKER_JOB_FAILED);
  g_assert_cmpuint (service.polls, ==, 2);
  g_assert_cmpint (service.polled_us[0] - service.submitted_us, >=, POLL_S * G_USEC_PER_SEC);
  g_assert_cmpint (service.polled_us[1] - service.polled_us[0], >=, POLL_S * G_USEC_PER_SEC);
  g_clear_object (&result);
  g_clear_object (&provider);
  g_clear_object (&job);
  test_session_close (workspace);
  soup_server_disconnect (service.server);
  g_object_unref (service.server);
  test_session_clear ();
}

/* Longer than the network layer waits by itself. */
#define TOLD_WAIT_S 600

static void
refuse (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer user_data)
{
  g_autofree char *wait = g_strdup_printf ("%d", TOLD_WAIT_S);
  Service *self = user_data;

  self->polls++;
  soup_server_message_set_status (message, 429, NULL);
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Retry-After",
                               wait);
}

static gboolean
is_put_off (gpointer user_data)
{
  return stoker_job_get_state (user_data) == STOKER_JOB_WAITING &&
         stoker_job_get_retry_at (user_data) != 0;
}

/* A provider that says when it wants the next request is not asked before, and the job tells. */
static void
test_waits_as_long_as_told (void)
{
  Service service = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (StokerJob) job = NULL;
  StokerWorkspace *workspace = NULL;
  gint64 began_us = 0;

  test_session_init ();
  start (&service);
  soup_server_remove_handler (service.server, NULL);
  soup_server_add_handler (service.server, NULL, refuse, &service, NULL);
  add_profile (&service);
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  provider = test_session_register (workspace, "{\"template_id\": \"slow\"}", &error);
  g_assert_no_error (error);
  began_us = g_get_real_time ();
  job = submit (workspace);
  g_assert_true (test_session_wait_until (is_put_off, job));
  g_assert_cmpint (stoker_job_get_error_code (job), ==, STOKER_ERROR_RATE_LIMITED);
  g_assert_cmpint (stoker_job_get_retry_at (job), >=, began_us + TOLD_WAIT_S * G_USEC_PER_SEC);
  g_assert_cmpuint (service.polls, ==, 1);
  g_clear_object (&provider);
  g_clear_object (&job);
  test_session_close (workspace);
  soup_server_disconnect (service.server);
  g_object_unref (service.server);
  test_session_clear ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/job-follower/polls-as-seldom-as-wanted", test_polls_as_seldom_as_wanted);
  g_test_add_func ("/job-follower/waits-as-long-as-told", test_waits_as_long_as_told);

  return g_test_run ();
}
