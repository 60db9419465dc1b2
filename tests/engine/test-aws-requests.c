/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The requests of the shipped AWS manifests against those of Amazon's own client, which are looked
 * for in the folder that STOKER_SHARED names, else in ../shared beside the source.
 */

#include "config.h"

#include "aws-fixture.h"
#include "stoker-json.h"
#include "stoker-step-request.h"

#include <libsoup/soup.h>

#include <string.h>

/* Of Amazon's client: headers, and after an empty line the body. */
static char *
load_golden (const char *name)
{
  g_autofree char *folder = aws_fixture_find_folder ("wire-golden");

  return folder == NULL ? NULL : aws_fixture_read (folder, name);
}

static StokerStepRequest *
make_request (AwsFixture *self, const char *operation, const char *action)
{
  g_autoptr (GError) error = NULL;
  StokerStepRequest *request = stoker_step_request_new (aws_fixture_find_step (self, operation,
                                                                               action),
                                                        NULL, self->scope, &error);

  g_assert_no_error (error);

  return request;
}

static GHashTable *
decode_form (GBytes *body)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (body, &length);
  g_autofree char *text = g_strndup (data, length);

  return soup_form_decode (text);
}

/* Amazon's client writes its own order; who sends the same action to the same place with the same
 * values says the same. */
static void
assert_same (const StokerStepRequest *request, const char *golden, const char *const *own)
{
  const char *body = strstr (golden, "\n\n") != NULL ? strstr (golden, "\n\n") + 2
                                                     : strstr (golden, "\r\n\r\n") + 4;
  g_autofree char *trimmed = g_strstrip (g_strdup (body));
  g_autoptr (GHashTable) theirs = soup_form_decode (trimmed);
  g_autoptr (GHashTable) ours = decode_form (request->body);
  g_autoptr (GUri) uri = g_uri_parse (request->url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *host = g_strdup_printf ("\nHost: %s", g_uri_get_host (uri));
  g_autofree char *type = g_strdup_printf ("\nContent-Type: %s", request->content_type);
  GHashTableIter iter;
  const char *name = NULL;
  const char *value = NULL;

  g_assert_nonnull (strstr (golden, host));
  g_assert_nonnull (strstr (golden, type));
  g_assert_cmpstr (g_uri_get_path (uri), ==, "/");
  g_hash_table_iter_init (&iter, theirs);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &value))
    {
      g_test_message ("%s: %s, %s", name, value, (char *) g_hash_table_lookup (ours, name));
      g_assert_true (g_hash_table_contains (ours, name) || g_strv_contains (own, name));
      if (!g_strv_contains (own, name))
        g_assert_cmpstr (g_hash_table_lookup (ours, name), ==, value);
    }
}

/* The same headers are signed for the same scope; the signature itself depends on the time. */
static void
assert_signed (const StokerStepRequest *request, const char *service)
{
  g_autofree char *scope =
    g_strdup_printf ("/us-east-1/%s/aws4_request, "
                     "SignedHeaders=content-type;host;x-amz-date, Signature=",
                     service);
  const char *value = NULL;

  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    if (g_str_equal (g_ptr_array_index (request->headers, i), "Authorization"))
      value = g_ptr_array_index (request->headers, i + 1);
  g_assert_nonnull (value);
  g_assert_true (g_str_has_prefix (value, "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"));
  g_assert_nonnull (strstr (value, scope));
}

static void
check (AwsFixture *self,
       const char *operation,
       const char *action,
       const char *golden_name,
       const char *const *own)
{
  g_autofree char *golden = load_golden (golden_name);
  g_autoptr (StokerStepRequest) request = NULL;
  g_autofree char *service = g_strndup (golden_name, strcspn (golden_name, "-"));

  if (golden == NULL)
    return;
  request = make_request (self, operation, action);
  assert_same (request, golden, own);
  assert_signed (request, service);
}

static void
test_identity (AwsFixture *self, gconstpointer unused)
{
  static const char *const own[] = { NULL };

  check (self, "check", "GetCallerIdentity", "sts-GetCallerIdentity.txt", own);
}

static void
test_describe (AwsFixture *self, gconstpointer unused)
{
  static const char *const own[] = { NULL };

  check (self, "poll", "DescribeInstances", "ec2-DescribeInstances.txt", own);
  check (self, "logs", "GetConsoleOutput", "ec2-GetConsoleOutput.txt", own);
  check (self, "release", "TerminateInstances", "ec2-TerminateInstances.txt", own);
}

static void
set_text (AwsFixture *self, const char *name, const char *text)
{
  stoker_scope_set (self->scope, name, json_node_init_string (json_node_alloc (), text));
}

/* Theirs has names of its own, and the subnet with an interface; ours has a token for each subnet
 * that it tries. */
static void
test_run (AwsFixture *self, gconstpointer unused)
{
  static const char *const own[] = {
    "TagSpecification.1.Tag.1.Value",
    "TagSpecification.1.Tag.2.Key",
    "TagSpecification.1.Tag.2.Value",
    "NetworkInterface.1.DeviceIndex",
    "NetworkInterface.1.AssociatePublicIpAddress",
    "NetworkInterface.1.SubnetId",
    "NetworkInterface.1.SecurityGroupId.1",
    "NetworkInterface.1.DeleteOnTermination",
    "ClientToken",
    NULL,
  };

  set_text (self, "image", "ami-0123456789abcdef0");
  set_text (self, "type", "g5.xlarge");
  set_text (self, "subnet", "subnet-0123456789abcdef0");
  set_text (self, "network", "456789abcdef0");
  set_text (self, "script", "IyEvYmluL2Jhc2gKZWNobyBoaQo=");
  set_text (self, "market", "spot");
  set_text (self, "once", "one-time");
  set_text (self, "at_the_end", "terminate");
  set_text (self, "ceiling", "0.60");
  check (self, "submit", "RunInstances", "ec2-RunInstances.txt", own);
}

static void
test_probe (AwsFixture *self, gconstpointer unused)
{
  static const char *const own[] = { "InstanceType", "ClientToken", NULL };

  set_text (self, "image", "ami-0123456789abcdef0");
  check (self, "check", "RunInstances", "ec2-RunInstances-DryRun.txt", own);
}

/* Ours without what only one of both has is theirs. */
static void
check_json (AwsFixture *self, const char *operation, const char *action, const char *golden_name)
{
  g_autofree char *golden = load_golden (golden_name);
  g_autoptr (StokerStepRequest) request = NULL;
  g_autoptr (JsonNode) ours = NULL;
  g_autoptr (JsonNode) theirs = NULL;
  g_autofree char *target = NULL;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (golden == NULL)
    return;
  request = make_request (self, operation, action);
  target = g_strdup_printf ("X-Amz-Target: %s", action);
  g_assert_nonnull (strstr (golden, target));
  g_assert_cmpstr (request->content_type, ==, "application/x-amz-json-1.1");
  ours = json_from_string (g_bytes_get_data (request->body, NULL), NULL);
  theirs = json_from_string (strchr (golden, '{'), NULL);
  json_object_iter_init (&iter, json_node_get_object (ours));
  while (json_object_iter_next (&iter, &name, &value))
    {
      JsonNode *known = json_object_get_member (json_node_get_object (theirs), name);

      g_test_message ("%s of %s", name, action);
      g_assert_nonnull (known);
      if (!g_str_equal (name, "AppSpecification") && !g_str_equal (name, "ProcessingOutputConfig"))
        g_assert_true (json_node_equal (value, known));
    }
}

static gboolean
has_element (JsonArray *array, JsonNode *wanted)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (json_node_equal (json_array_get_element (array, i), wanted))
      return TRUE;

  return FALSE;
}

/* Theirs asks for one machine, ours for all that the catalog knows. */
static void
test_prices (AwsFixture *self, gconstpointer unused)
{
  g_autofree char *golden = load_golden ("pricing-GetProducts.txt");
  g_autoptr (StokerStepRequest) request = NULL;
  g_autoptr (JsonNode) ours = NULL;
  g_autoptr (JsonNode) theirs = NULL;
  JsonArray *filters = NULL;

  if (golden == NULL)
    return;
  request = make_request (self, "offers", "AWSPriceListService.GetProducts");
  g_assert_nonnull (strstr (golden, "X-Amz-Target: AWSPriceListService.GetProducts"));
  g_assert_cmpstr (request->url, ==, "https://api.pricing.us-east-1.amazonaws.com/");
  ours = json_from_string (g_bytes_get_data (request->body, NULL), NULL);
  theirs = json_from_string (strchr (golden, '{'), NULL);
  filters = json_object_get_array_member (json_node_get_object (theirs), "Filters");
  for (guint i = 0; i < json_array_get_length (filters); i++)
    {
      JsonNode *filter = json_array_get_element (filters, i);
      const char *field = json_object_get_string_member (json_node_get_object (filter), "Field");

      g_test_message ("%s", field);
      g_assert_true (
        g_str_equal (field, "instanceType") ||
        has_element (json_object_get_array_member (json_node_get_object (ours), "Filters"),
                     filter));
    }
}

static void
test_processing (AwsFixture *self, gconstpointer unused)
{
  set_text (self, "type", "ml.g5.xlarge");
  stoker_scope_set (self->scope, "limit_s", json_node_init_int (json_node_alloc (), 3600));
  check_json (self, "submit", "SageMaker.CreateProcessingJob", "sagemaker-CreateProcessingJob.txt");
  check_json (self, "poll", "SageMaker.DescribeProcessingJob",
              "sagemaker-DescribeProcessingJob.txt");
  check_json (self, "release", "SageMaker.StopProcessingJob", "sagemaker-StopProcessingJob.txt");
  check_json (self, "check", "SageMaker.ListEndpoints", "sagemaker-ListEndpoints.txt");
  check_json (self, "logs", "Logs_20140328.DescribeLogStreams", "logs-DescribeLogStreams.txt");
}

/* What the client sends beside its signature is what ours sends. */
static void
test_inference (AwsFixture *self, gconstpointer unused)
{
  g_autofree char *golden = load_golden ("sagemaker-runtime-InvokeEndpointAsync.txt");
  g_autoptr (StokerStepRequest) request = NULL;

  if (golden == NULL)
    return;
  set_text (self, "input_at", "s3://b/in/req.json");
  request = make_request (self, "submit", "async-invocations");
  g_assert_true (g_str_has_suffix (request->url, "/async-invocations"));
  g_assert_null (request->body);
  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    {
      const char *name = g_ptr_array_index (request->headers, i);
      const char *value = g_ptr_array_index (request->headers, i + 1);
      g_autofree char *line = g_strdup_printf ("\n%s: %s", name, value);

      g_test_message ("%s", name);
      if (g_str_equal (name, "X-Amzn-SageMaker-InputLocation") ||
          g_str_equal (name, "X-Amzn-SageMaker-Content-Type"))
        g_assert_nonnull (strstr (golden, line));
      else
        g_assert_true (g_str_has_prefix (name, "X-Amz") || g_str_equal (name, "Authorization"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/aws-requests/identity", AwsFixture, "aws-ec2", aws_fixture_set_up, test_identity,
              aws_fixture_tear_down);
  g_test_add ("/aws-requests/describe", AwsFixture, "aws-ec2", aws_fixture_set_up, test_describe,
              aws_fixture_tear_down);
  g_test_add ("/aws-requests/run", AwsFixture, "aws-ec2", aws_fixture_set_up, test_run,
              aws_fixture_tear_down);
  g_test_add ("/aws-requests/probe", AwsFixture, "aws-ec2", aws_fixture_set_up, test_probe,
              aws_fixture_tear_down);
  g_test_add ("/aws-requests/prices", AwsFixture, "aws-ec2", aws_fixture_set_up, test_prices,
              aws_fixture_tear_down);
  g_test_add ("/aws-requests/processing", AwsFixture, "aws-sagemaker", aws_fixture_set_up,
              test_processing, aws_fixture_tear_down);
  g_test_add ("/aws-requests/inference", AwsFixture, "aws-sagemaker", aws_fixture_set_up,
              test_inference, aws_fixture_tear_down);

  return g_test_run ();
}
