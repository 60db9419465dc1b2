/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-session.h"
#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-error.h"
#include "stoker-price-request.h"
#include "stoker-read-workload.h"
#include "stoker-request-parameters.h"

#include <glib/gstdio.h>

#include <string.h>

/* A service with two models: one makes films of so many seconds, the other paints from a picture.
 */
#define STUDIO                                                                                     \
  "\"submit\": {\"parameters\": [{\"name\": \"model\", \"type\": \"choice\", \"choices\": "        \
  "[\"film\", \"paint\"], \"default\": \"film\"}, {\"name\": \"words\", \"also\": \"prompt\", "    \
  "\"type\": \"text\", \"required\": true}, {\"name\": \"duration\", \"type\": \"seconds\", "      \
  "\"when\": {\"job.payload.model\": \"film\"}, \"min\": 1, \"max\": 10, \"default\": 5}, "        \
  "{\"name\": \"picture\", \"type\": \"file\", \"when\": {\"job.payload.model\": \"paint\"}}, "    \
  "{\"name\": \"loud\", \"type\": \"flag\"}], \"cost\": [{\"amount\": \"0.05\", \"times\": "       \
  "[\"duration\"]}], \"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/works\", "          \
  "\"body\": {\"json\": \"${job.payload}\"}, \"take\": {\"id\": \"$.id\", \"state\": "             \
  "\"$.state\"}}]},"                                                                               \
  "\"poll\": {\"needs\": [\"job.remote_id\"], \"steps\": [{\"url\": "                              \
  "\"${base.api}/works/${job.remote_id}\", \"take\": {\"state\": \"$.state\"}}]},"                 \
  "\"outputs\": {\"needs\": [\"job.remote_id\"], \"steps\": [{\"url\": \"${base.api}/result\"}], " \
  "\"records\": [{\"items\": \"$.result\", \"document\": true}]}"
#define MAKE "POST /studio/works"
/* The smallest thing that is a picture by its first bytes, and it in Base64. */
#define PNG "\x89PNG\r\n\x1a\n"
#define PNG_DATA "data:image/png;base64,iVBORw0KGgo="

static void
set_up (RestSession *self)
{
  static const char *const ids[] = { "studio", NULL };

  rest_session_set_up (self, ids, STUDIO);
  rest_provider_answer (&self->rest, MAKE, 200, "{\"id\": \"w-1\", \"state\": \"run\"}");
  rest_provider_answer (&self->rest, "GET /studio/works/w-1", 200, "{\"state\": \"done\"}");
  rest_provider_answer (&self->rest, "GET /studio/result", 200, "{\"result\": {\"a\": 1}}");
}

/* Names of the parameters that a request has, with commas. */
static char *
list (RestSession *self, StokerWorkload *workload)
{
  g_autoptr (JsonNode)
    parameters = stoker_list_request_parameters (self->workspace, "studio", workload, NULL);
  StokerJsonPlace root = stoker_json_root (parameters, NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_nonnull (parameters);
  for (guint i = 0; i < stoker_json_length (&root); i++)
    {
      StokerJsonPlace place = stoker_json_element (&root, i);
      g_autofree char *name = NULL;

      stoker_json_get_string (&place, "name", STOKER_JSON_REQUIRED, &name, NULL);
      g_string_append_printf (names, "%s%s", i > 0 ? "," : "", name);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static StokerWorkload *
set (
  RestSession *self, StokerWorkload *workload, const char *name, const char *text, GError **error)
{
  g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (texts, (gpointer) name, (gpointer) text);
  return stoker_set_request_parameters (self->workspace, "studio", workload, NULL, texts, error);
}

static char *
describe_payload (StokerWorkload *workload)
{
  return workload->payload != NULL ? stoker_json_to_string (workload->payload, FALSE)
                                   : g_strdup ("none");
}

/* What JSON cannot say is no number, and neither is what would be another one when it is read. */
static void
test_no_number (void)
{
  static const char *const texts[] = { "nan", "inf", "-inf", "1e999", "0x10", "5 ", "five" };
  RestSession self = { 0 };
  g_autoptr (StokerWorkload) empty = rest_session_read_workload ("{}");

  set_up (&self);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (set (&self, empty, "duration", texts[i], &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_nonnull (strstr (error->message, "must be a number"));
    }
  rest_session_tear_down (&self);
}

static void
test_list (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerWorkload) empty = rest_session_read_workload ("{}");
  g_autoptr (StokerWorkload)
    painting = rest_session_read_workload ("{\"payload\":{\"model\":\"paint\"}}");
  g_autofree char *of_films = NULL;
  g_autofree char *of_paintings = NULL;

  set_up (&self);
  of_films = list (&self, empty);
  g_assert_cmpstr (of_films, ==, "model,words,duration,loud");
  of_paintings = list (&self, painting);
  g_assert_cmpstr (of_paintings, ==, "model,words,picture,loud");
  g_assert_null (stoker_list_request_parameters (self.workspace, "nobody", empty, NULL));
  rest_session_tear_down (&self);
}

/* Numbers become numbers, what is emptied goes, and a parameter has one name only. */
static void
test_set (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerWorkload)
    before = rest_session_read_workload ("{\"name\":\"fox\",\"payload\":{\"prompt\":\"a fox\"}}");
  g_autoptr (StokerWorkload) timed = NULL;
  g_autoptr (StokerWorkload) worded = NULL;
  g_autoptr (StokerWorkload) untimed = NULL;
  g_autoptr (StokerWorkload) bare = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  set_up (&self);
  timed = set (&self, before, "duration", "8", &error);
  g_assert_no_error (error);
  first = describe_payload (timed);
  g_assert_cmpstr (first, ==, "{\"prompt\":\"a fox\",\"duration\":8}");
  g_assert_cmpstr (timed->name, ==, "fox");
  worded = set (&self, timed, "words", "a hen", &error);
  second = describe_payload (worded);
  g_assert_cmpstr (second, ==, "{\"duration\":8,\"words\":\"a hen\"}");
  untimed = set (&self, worded, "duration", "", &error);
  bare = set (&self, untimed, "words", "", &error);
  g_assert_no_error (error);
  g_assert_null (bare->payload);
  g_assert_null (set (&self, before, "duration", "soon", &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, "duration"));
  rest_session_tear_down (&self);
}

static char *
write_file (const char *name, const char *content, gsize length)
{
  char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, (gssize) length, &error);
  g_assert_no_error (error);
  return path;
}

static StokerWorkload *
read_painting (const char *picture)
{
  g_autofree char *json =
    g_strdup_printf ("{\"payload\":{\"prompt\":\"a fox\",\"model\":\"paint\",\"picture\":\"%s\"}}",
                     picture);

  return rest_session_read_workload (json);
}

static void
refuse (RestSession *self, const char *picture, const char *words)
{
  g_autoptr (StokerWorkload) workload = read_painting (picture);
  g_autoptr (StokerEstimate) price = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (stoker_price_request (self->workspace, "studio", workload, NULL, &price, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, words));
}

/* The job keeps the name, the rehearsal shows name and size, and the provider gets the content
 * under its own name of the prompt. */
static void
test_file (void)
{
  RestSession self = { 0 };
  g_autofree char *path = write_file ("stoker-fox.png", PNG, strlen (PNG));
  g_autofree char *address = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (StokerWorkload) workload = read_painting (address);
  StokerSubmission submission = { .workload = workload, .provider_id = "studio", .is_live = TRUE };
  g_autofree char *kept = NULL;
  g_autofree char *shown = NULL;

  set_up (&self);
  rest_session_submit (&self, &submission);
  rest_session_wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_SUCCEEDED);
  g_assert_nonnull (strstr (self.rest.requests->str, "\"picture\":\"" PNG_DATA "\""));
  g_assert_nonnull (strstr (self.rest.requests->str, "\"words\":\"a fox\""));
  g_assert_null (strstr (self.rest.requests->str, "\"prompt\""));
  kept = stoker_json_to_string (stoker_job_get_workload (self.job), FALSE);
  g_assert_nonnull (strstr (kept, address));
  shown = stoker_json_to_string (stoker_job_get_request (self.job), FALSE);
  g_assert_nonnull (strstr (shown, "(8 bytes of "));
  rest_session_tear_down (&self);
  g_remove (path);
}

/* A file that goes before the job is sent makes it fail before anything leaves. */
static void
test_bad_files (void)
{
  RestSession self = { 0 };
  g_autofree char *key = write_file ("stoker-key.png", "-----BEGIN", strlen ("-----BEGIN"));
  g_autofree char *text = write_file ("stoker-fox.txt", "fox", strlen ("fox"));
  g_autofree char *key_address = g_filename_to_uri (key, NULL, NULL);
  g_autofree char *text_address = g_filename_to_uri (text, NULL, NULL);
  g_autoptr (StokerWorkload) workload = read_painting (key_address);
  StokerSubmission submission = { .workload = workload, .provider_id = "studio", .is_live = TRUE };

  set_up (&self);
  refuse (&self, "file:///nowhere/fox.png", "there is no file “/nowhere/fox.png”");
  refuse (&self, text_address, "neither a picture, a sound nor a video");
  refuse (&self, "fox.png", "it must be a file");
  rest_session_submit (&self, &submission);
  rest_session_wait_for_end (&self);
  g_assert_cmpint (stoker_job_get_state (self.job), ==, STOKER_JOB_FAILED);
  g_assert_nonnull (strstr (stoker_job_get_message (self.job), "neither a picture"));
  g_assert_cmpstr (self.rest.requests->str, ==, "");
  rest_session_tear_down (&self);
  g_remove (key);
  g_remove (text);
}

/* "file:fox.png" is beside the workload. */
static void
test_neighbour (void)
{
  static const char json[] =
    "{\"payload\":{\"pictures\":[\"file:fox.png\",\"https://a.example/b\"]}}";
  g_autofree char *path = write_file ("stoker-workload.json", json, strlen (json));
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *beside = g_build_filename (folder, "fox.png", NULL);
  g_autofree char *address = g_filename_to_uri (beside, NULL, NULL);
  g_autofree char *expected = g_strdup_printf ("{\"pictures\":[\"%s\",\"https://a.example/b\"]}",
                                               address);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkloadFile) file = stoker_read_workload (path, &error);
  g_autofree char *payload = NULL;

  g_assert_no_error (error);
  payload = describe_payload (file->workload);
  g_assert_cmpstr (payload, ==, expected);
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/request-parameters/list", test_list);
  g_test_add_func ("/request-parameters/no-number", test_no_number);
  g_test_add_func ("/request-parameters/set", test_set);
  g_test_add_func ("/request-parameters/file", test_file);
  g_test_add_func ("/request-parameters/bad-files", test_bad_files);
  g_test_add_func ("/request-parameters/neighbour", test_neighbour);

  return g_test_run ();
}
