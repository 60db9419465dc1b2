/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-step-request.h"

#include "manifest-fixture.h"
#include "stoker-error.h"

#include <string.h>

static StokerStepRequest *
make (const ManifestFixture *fixture, GError **error)
{
  return stoker_step_request_new (manifest_fixture_get_step (fixture), NULL, fixture->scope, error);
}

static StokerStepRequest *
make_well (const ManifestFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  StokerStepRequest *request = make (fixture, &error);

  g_assert_no_error (error);
  return request;
}

static StokerStepRequest *
make_of (ManifestFixture *fixture, const char *step)
{
  g_autofree char *text = manifest_fixture_with_step (step);

  manifest_fixture_set_up (fixture, text);
  return make_well (fixture);
}

/* As a rehearsal shows it. */
static StokerStepRequest *
make_masked (ManifestFixture *fixture)
{
  fixture->scope->is_masked = TRUE;
  return make_well (fixture);
}

static void
assert_refused (const char *step, const char *place)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_autofree char *text = manifest_fixture_with_step (step);
  g_autoptr (GError) error = NULL;

  manifest_fixture_set_up (&fixture, text);
  g_assert_null (make (&fixture, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, place));
}

static const char *
get_header (const StokerStepRequest *request, const char *name)
{
  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    if (g_str_equal (g_ptr_array_index (request->headers, i), name))
      return g_ptr_array_index (request->headers, i + 1);

  return NULL;
}

static char *
dup_body (const StokerStepRequest *request)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (request->body, &length);

  return g_strndup (data, length);
}

static void
test_address (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_autoptr (StokerStepRequest)
    request = make_of (&fixture,
                       "{\"url\": \"${base.api}/jobs/${job.remote_id}/${config.model}?a=1\","
                       " \"query\": {\"region\": \"${config.region}\", \"gone\": "
                       "\"${config.nothing}\", \"fixed\": \"x y\"}}");

  g_assert_cmpstr (request->url, ==,
                   "https://api.example.com/v1/jobs/r%2F1/a%2Fb%20c?a=1&region=eu&fixed=x%20y");
  g_assert_cmpstr (request->method, ==, "GET");
  g_assert_null (request->body);
}

/* The slashes of ${+name} stay; everything else is encoded as ever, and nothing goes up. */
static void
test_path (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_auto (ManifestFixture) other = { 0 };
  g_autoptr (StokerStepRequest)
    request = make_of (&fixture, "{\"url\": \"${base.api}/${+config.model}\"}");
  g_autofree char *text = manifest_fixture_with_step ("{\"url\": \"${base.api}/${+step.path}\"}");
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (request->url, ==, "https://api.example.com/v1/a/b%20c");
  manifest_fixture_set_up (&other, text);
  stoker_scope_set (other.scope, "path",
                    json_node_init_string (json_node_alloc (), "a/../../admin"));
  g_assert_null (make (&other, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
}

static void
test_raw (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_auto (ManifestFixture) file = { 0 };
  g_autoptr (StokerStepRequest)
    request = make_of (&fixture, "{\"method\": \"PUT\", \"url\": \"${base.api}\", \"body\": {"
                                 "\"raw\": \"n=${job.payload.steps}\", \"type\": \"text/x-n\"}}");
  g_autoptr (StokerStepRequest)
    upload = make_of (&file, "{\"method\": \"PUT\", \"url\": \"${base.api}\", \"body\": {"
                             "\"raw\": \"${job.payload.file}\"}}");
  g_autofree char *body = dup_body (request);
  g_autofree char *bytes = dup_body (upload);

  g_assert_cmpstr (body, ==, "n=4");
  g_assert_cmpstr (request->content_type, ==, "text/x-n");
  g_assert_cmpstr (bytes, ==, "hello");
  g_assert_cmpstr (upload->content_type, ==, "text/plain");
}

/* A step says what is different for it. */
static void
test_own_auth (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_auto (ManifestFixture) open = { 0 };
  g_autoptr (StokerStepRequest)
    request = make_of (&fixture, "{\"url\": \"${base.api}\", \"auth\": {\"scheme\": \"header\", "
                                 "\"name\": \"X-Key\", \"value\": \"k ${secret.api_key}\"}}");
  g_autoptr (StokerStepRequest)
    anonymous = make_of (&open, "{\"url\": \"${base.api}\", \"auth\": {\"scheme\": \"none\"}}");

  g_assert_cmpstr (get_header (request, "X-Key"), ==, "k s3cret-key");
  g_assert_null (get_header (request, "Authorization"));
  g_assert_null (get_header (anonymous, "Authorization"));
}

/* A request may go without a key where the manifest says so; nowhere else. */
static void
test_optional_auth (void)
{
  static const char *const schemes[] = {
    "{\"token\": \"${secret.none}\"%s}",
    "{\"scheme\": \"header\", \"name\": \"X-Key\", \"value\": \"${secret.none}\"%s}",
    "{\"scheme\": \"basic\", \"user\": \"${config.none}\", \"password\": \"${secret.none}\"%s}",
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (schemes); i++)
    {
      g_auto (ManifestFixture) fixture = { 0 };
      gboolean is_optional = i % 2 == 1;
      g_auto (GStrv) parts = g_strsplit (schemes[i / 2], "%s", 2);
      g_autofree char *auth = g_strjoinv (is_optional ? ", \"optional\": true" : "", parts);
      g_autofree char *step = g_strdup_printf ("{\"url\": \"${base.api}\", \"auth\": %s}", auth);
      g_autofree char *text = manifest_fixture_with_step (step);
      g_autoptr (GError) error = NULL;
      g_autoptr (StokerStepRequest) request = NULL;

      manifest_fixture_set_up (&fixture, text);
      request = make (&fixture, &error);
      g_assert_true ((request != NULL) == is_optional);
      if (is_optional)
        g_assert_cmpuint (request->headers->len, ==, 1);
      else
        g_assert_error (error, STOKER_ERROR, STOKER_ERROR_AUTH);
    }
}

/* The signature itself is proved by the signer's own tests; here that it covers what is sent. */
static void
test_sigv4 (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_autoptr (StokerStepRequest) request = NULL;
  g_autoptr (StokerStepRequest) masked = NULL;
  StokerRenderedRequest *rendered = NULL;
  const char *value = NULL;

  manifest_fixture_set_up (
    &fixture,
    "{\"class\": \"http\", \"bases\": {\"api\": \"https://ec2.eu.example\"}, \"auth\": "
    "{\"scheme\": \"sigv4\", \"service\": \"ec2\", \"region\": \"${config.region}\","
    " \"access_key\": \"AKIDEXAMPLE\", \"secret_key\": \"${secret.api_key}\"}, \"operations\": "
    "{\"check\": {\"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/\", \"body\": "
    "{\"form\": "
    "{\"Action\": \"DescribeRegions\"}}}]}}}");
  request = make_well (&fixture);
  value = get_header (request, "Authorization");
  g_assert_true (g_str_has_prefix (value, "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"));
  g_assert_nonnull (
    strstr (value, "/eu/ec2/aws4_request, SignedHeaders=content-type;host;x-amz-date"));
  g_assert_nonnull (get_header (request, "X-Amz-Date"));
  masked = make_masked (&fixture);
  rendered = stoker_step_request_describe (masked, fixture.scope);
  g_assert_null (strstr (g_ptr_array_index (rendered->headers, 0), "Signature="));
  stoker_rendered_request_free (rendered);
}

/* Certificates go to the provider's own addresses only; a rehearsal shows none. */
static void
test_tls (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerStepRequest) request = NULL;
  g_autoptr (StokerStepRequest) foreign = NULL;
  g_autoptr (StokerStepRequest) masked = NULL;

  /* "-----BEGIN A-----" */
  manifest_fixture_set_up (
    &fixture,
    "{\"class\": \"http\", \"bases\": {\"api\": \"https://k8s.example\"}, \"auth\": {\"scheme\": "
    "\"none\"}, \"tls\": {\"ca\": \"LS0tLS1CRUdJTiBBLS0tLS0=\", \"certificate\": "
    "\"-----BEGIN C-----\", \"key\": \"-----BEGIN ${secret.api_key}-----\"}, \"operations\": "
    "{\"check\": {\"steps\": [{\"url\": \"${base.api}/version\"}]}}}");
  request = make_well (&fixture);
  g_assert_cmpstr (request->authority, ==, "-----BEGIN A-----");
  g_assert_cmpstr (request->identity, ==, "-----BEGIN C-----\n-----BEGIN s3cret-key-----");
  foreign = stoker_step_request_new_get (fixture.scope, "https://other.example/", &error);
  g_assert_null (foreign->authority);
  g_assert_null (foreign->identity);
  masked = make_masked (&fixture);
  g_assert_null (masked->identity);
}

static void
test_headers (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_autoptr (StokerStepRequest)
    request = make_of (&fixture, "{\"url\": \"${base.api}/x\", \"headers\": {\"X-Deadline\": "
                                 "\"${job.deadline_s}s\", \"X-Gone\": \"${step.none}s\"}}");

  g_assert_cmpstr (get_header (request, "Authorization"), ==, "Bearer s3cret-key");
  g_assert_cmpstr (get_header (request, "X-Deadline"), ==, "90s");
  g_assert_null (get_header (request, "X-Gone"));
}

static void
test_json (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_autoptr (StokerStepRequest)
    request = make_of (&fixture, "{\"method\": \"POST\", \"url\": \"${base.api}\", \"body\": "
                                 "{\"json\": {\"input\": \"${job.payload}\","
                                 " \"steps\": \"${job.payload.steps}\", \"gone\": "
                                 "\"${config.nothing}\", \"name\": \"n-${job.token}\"}}}");
  g_autofree char *body = dup_body (request);

  g_assert_cmpstr (request->content_type, ==, "application/json");
  g_assert_cmpstr (
    body, ==,
    "{\"input\":{\"prompt\":\"a fox & co\",\"steps\":4,\"file\":\"data:text/plain,hello\"},"
    "\"steps\":4,\"name\":\"n-token-1\"}");
}

static void
test_form (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_autoptr (StokerStepRequest)
    request = make_of (&fixture,
                       "{\"method\": \"POST\", \"url\": \"${base.api}\", \"body\": {\"form\": "
                       "{\"p\": \"${job.payload.prompt}\", \"n\": \"${job.payload.steps}\"}}}");
  g_autofree char *body = dup_body (request);

  g_assert_cmpstr (request->content_type, ==, "application/x-www-form-urlencoded");
  g_assert_cmpstr (body, ==, "p=a%20fox%20%26%20co&n=4");
}

static void
test_multipart (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_autoptr (StokerStepRequest)
    request = make_of (&fixture, "{\"method\": \"POST\", \"url\": \"${base.api}\", "
                                 "\"body\": {\"multipart\": \"${job.payload}\"}}");
  g_autofree char *body = dup_body (request);

  g_assert_true (g_str_has_prefix (request->content_type, "multipart/form-data; boundary="));
  g_assert_nonnull (strstr (body, "name=\"prompt\"\r\n\r\na fox & co\r\n"));
  g_assert_nonnull (strstr (body, "name=\"file\"; filename=\"file\""));
  g_assert_nonnull (strstr (body, "Content-Type: text/plain"));
  g_assert_nonnull (strstr (body, "\r\n\r\nhello\r\n"));
}

static void
test_basic_auth (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_autoptr (StokerStepRequest) request = NULL;
  g_autoptr (StokerStepRequest) masked = NULL;

  manifest_fixture_set_up (
    &fixture,
    "{\"class\": \"http\", \"bases\": {\"api\": \"https://a.example\"},"
    " \"auth\": {\"scheme\": \"basic\", \"user\": \"${secret.api_key}\", \"password\": \"\"},"
    " \"operations\": {\"check\": {\"steps\": [{\"url\": \"${base.api}/me\"}]}}}");
  request = make_well (&fixture);
  /* "s3cret-key:" */
  g_assert_cmpstr (get_header (request, "Authorization"), ==, "Basic czNjcmV0LWtleTo=");
  masked = make_masked (&fixture);
  g_assert_cmpstr (get_header (masked, "Authorization"), ==, "Basic " STOKER_REDACTED);
}

static void
test_limits (void)
{
  g_autofree char *filler = g_strnfill (2000, 'x');
  g_autofree char *step = g_strdup_printf (
    "{\"method\": \"POST\", \"url\": \"${base.api}\", \"body\": {\"json\": {\"a\": \"%s\"}}}",
    filler);

  assert_refused (step, "takes at most");
}

static void
test_missing_value (void)
{
  assert_refused ("{\"url\": \"${base.api}/${config.nothing}\"}", "config.nothing");
}

/* Credentials go to the provider's own origins, and nowhere else. */
static void
test_origins (void)
{
  static const struct
  {
    const char *url;
    gboolean may_fetch;
    gboolean has_key;
  } addresses[] = {
    { "https://api.example.com/other", TRUE, TRUE },
    { "https://API.example.com:443/other", TRUE, TRUE },
    { "https://api.example.com:8443/other", TRUE, FALSE },
    { "https://api.example.com.evil.example/", TRUE, FALSE },
    { "https://api.example.com@evil.example/", TRUE, FALSE },
    { "https://cdn.example.net/a.png", TRUE, FALSE },
    { "http://api.example.com/other", FALSE, FALSE },
    { "ftp://api.example.com/", FALSE, FALSE },
    { "file:///etc/passwd", FALSE, FALSE },
    { "/relative", FALSE, FALSE },
  };
  g_auto (ManifestFixture) fixture = { 0 };
  g_autofree char *text = manifest_fixture_with_step ("{\"url\": \"${base.api}\"}");

  manifest_fixture_set_up (&fixture, text);
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StokerStepRequest)
        request = stoker_step_request_new_get (fixture.scope, addresses[i].url, &error);

      g_test_message ("%s", addresses[i].url);
      g_assert_true ((request != NULL) == addresses[i].may_fetch);
      if (request != NULL)
        g_assert_true ((get_header (request, "Authorization") != NULL) == addresses[i].has_key);
      else
        g_assert_error (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL);
    }
}

/* Hosts below a trusted domain are the provider's own, over https and the usual port. */
static void
test_trusted (void)
{
  static const struct
  {
    const char *url;
    gboolean has_key;
  } addresses[] = {
    { "https://abc.eu.endpoints.example.cloud/v1", TRUE },
    { "https://ABC.Endpoints.Example.Cloud", TRUE },
    { "https://endpoints.example.cloud/", TRUE },
    { "https://evilendpoints.example.cloud/", FALSE },
    { "https://abc.endpoints.example.cloud:8443/", FALSE },
    { "https://abc.endpoints.example.cloud.evil.example/", FALSE },
    { "https://abc.endpoints.example.cloud@evil.example/", FALSE },
    { "https://example.cloud/", FALSE },
  };
  g_auto (ManifestFixture) fixture = { 0 };

  manifest_fixture_set_up (
    &fixture,
    "{\"class\": \"http\", \"bases\": {\"api\": \"https://api.example.com\"}, \"trusted\": "
    "[\"endpoints.example.cloud\"], \"auth\": {\"scheme\": \"bearer\", \"token\": "
    "\"${secret.api_key}\"}, \"operations\": {\"check\": {\"steps\": [{\"url\": \"${base.api}\"}]}}}");
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StokerStepRequest)
        request = stoker_step_request_new_get (fixture.scope, addresses[i].url, &error);

      g_test_message ("%s", addresses[i].url);
      g_assert_no_error (error);
      g_assert_true ((get_header (request, "Authorization") != NULL) == addresses[i].has_key);
    }
  g_assert_null (
    stoker_step_request_new_get (fixture.scope, "http://abc.endpoints.example.cloud/", NULL));
}

static void
test_masked (void)
{
  g_auto (ManifestFixture) fixture = { 0 };
  g_autofree char *text = manifest_fixture_with_step (
    "{\"method\": \"POST\", \"url\": \"${base.api}/${step.upload}\", \"headers\": {\"X-Api-Key\": "
    "\"${secret.api_key}\"},"
    " \"body\": {\"json\": {\"key\": \"${secret.api_key}\", \"text\": \"s3cret-key\"}}}");
  g_autoptr (StokerStepRequest) request = NULL;
  StokerRenderedRequest *rendered = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *shown = NULL;

  manifest_fixture_set_up (&fixture, text);
  request = make_masked (&fixture);
  rendered = stoker_step_request_describe (request, fixture.scope);
  node = stoker_rendered_request_to_json (rendered);
  shown = json_to_string (node, FALSE);
  g_assert_null (strstr (shown, "s3cret"));
  g_assert_nonnull (strstr (shown, "X-Api-Key: " STOKER_REDACTED));
  g_assert_nonnull (strstr (rendered->url, "upload"));
  stoker_rendered_request_free (rendered);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/step-request/address", test_address);
  g_test_add_func ("/step-request/path", test_path);
  g_test_add_func ("/step-request/raw", test_raw);
  g_test_add_func ("/step-request/tls", test_tls);
  g_test_add_func ("/step-request/sigv4", test_sigv4);
  g_test_add_func ("/step-request/optional-auth", test_optional_auth);
  g_test_add_func ("/step-request/own-auth", test_own_auth);
  g_test_add_func ("/step-request/headers", test_headers);
  g_test_add_func ("/step-request/json", test_json);
  g_test_add_func ("/step-request/form", test_form);
  g_test_add_func ("/step-request/multipart", test_multipart);
  g_test_add_func ("/step-request/basic-auth", test_basic_auth);
  g_test_add_func ("/step-request/limits", test_limits);
  g_test_add_func ("/step-request/missing-value", test_missing_value);
  g_test_add_func ("/step-request/origins", test_origins);
  g_test_add_func ("/step-request/trusted", test_trusted);
  g_test_add_func ("/step-request/masked", test_masked);

  return g_test_run ();
}
