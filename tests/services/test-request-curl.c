/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-request-curl.h"

#include "stoker-json.h"

static StokerRenderedRequest *
new_request (const char *header, const char *body)
{
  StokerRenderedRequest *request = stoker_rendered_request_new ("POST",
                                                                "https://api.example/v2/run");

  if (header != NULL)
    g_ptr_array_add (request->headers, g_strdup (header));
  request->body = g_strdup (body);
  return request;
}

static void
assert_curl (const StokerRenderedRequest *request, const char *variable, const char *expected)
{
  g_autofree char *text = stoker_request_to_curl (request, variable);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_masks_become_variables (void)
{
  g_autoptr (StokerRenderedRequest)
    request = new_request ("Authorization: Bearer •••", "{\"a\":1}");

  assert_curl (request, "RUNPOD_API_KEY",
               "curl --request 'POST' \\\n"
               "  --url 'https://api.example/v2/run' \\\n"
               "  --header 'Authorization: Bearer '\"$RUNPOD_API_KEY\" \\\n"
               "  --data-raw '{\"a\":1}'");
}

static void
test_answers_become_variables (void)
{
  g_autoptr (StokerRenderedRequest)
    request = stoker_rendered_request_new ("GET", "https://api.example/‹step.upload-id›/x?k=•••");

  assert_curl (request, NULL,
               "curl --request 'GET' \\\n"
               "  --url 'https://api.example/'\"$STEP_UPLOAD_ID\"'/x?k='\"$API_KEY\"");
}

/* What the shell would take for a command stays text. */
static void
test_nothing_is_expanded (void)
{
  g_autoptr (StokerRenderedRequest)
    request = new_request (NULL, "it's $(rm -rf ~) `id` \\ \"$HOME\" ‹x›\n!");
  g_autofree char *command = stoker_request_to_curl (request, "KEY");
  g_autofree char *script = g_strdup_printf ("curl() { shift 5; printf %%s \"$1\"; }\n%s", command);
  const char *const argv[] = { "sh", "-c", script, NULL };
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said, NULL, NULL,
                &error);
  g_assert_no_error (error);
  g_assert_cmpstr (said, ==, request->body);
}

static void
test_odd_headers_and_addresses (void)
{
  g_autoptr (StokerRenderedRequest)
    request = stoker_rendered_request_new ("GET", "https://api.example/?filter[a]={b}");

  g_ptr_array_add (request->headers, g_strdup ("X-Empty: "));
  assert_curl (request, "KEY",
               "curl --request 'GET' --globoff \\\n"
               "  --url 'https://api.example/?filter[a]={b}' \\\n"
               "  --header 'X-Empty;'");
}

static void
test_envelope (void)
{
  g_autoptr (JsonNode) envelope = stoker_json_parse (
    "{\"secret_variable\":\"FAL_KEY\",\"requests\":["
    "{\"method\":\"GET\",\"url\":\"https://a.example\",\"headers\":[\"Authorization: Key •••\"]},"
    "{\"method\":\"PUT\",\"url\":\"https://b.example\",\"headers\":[],\"body\":\"\"}]}",
    -1, "envelope", NULL);
  g_autofree char *text = stoker_envelope_to_curl (envelope);

  g_assert_cmpstr (text, ==,
                   "curl --request 'GET' \\\n"
                   "  --url 'https://a.example' \\\n"
                   "  --header 'Authorization: Key '\"$FAL_KEY\"\n"
                   "\n"
                   "curl --request 'PUT' \\\n"
                   "  --url 'https://b.example' \\\n"
                   "  --data-raw ''\n");
}

static void
test_no_requests (void)
{
  g_autoptr (JsonNode) envelope = stoker_json_parse ("{\"requests\":[]}", -1, "envelope", NULL);
  g_autofree char *text = stoker_envelope_to_curl (envelope);

  g_assert_cmpstr (text, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/request-curl/masks-become-variables", test_masks_become_variables);
  g_test_add_func ("/services/request-curl/answers-become-variables",
                   test_answers_become_variables);
  g_test_add_func ("/services/request-curl/nothing-is-expanded", test_nothing_is_expanded);
  g_test_add_func ("/services/request-curl/odd-headers-and-addresses",
                   test_odd_headers_and_addresses);
  g_test_add_func ("/services/request-curl/envelope", test_envelope);
  g_test_add_func ("/services/request-curl/no-requests", test_no_requests);

  return g_test_run ();
}
