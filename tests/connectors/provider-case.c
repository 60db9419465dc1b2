/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "provider-case.h"

#include <stdarg.h>

#define RECORD "STOKER_EMULATOR_RECORD"

static const char
  *record_prefix; /* nullable: somebody else says where the emulators keep records */

/* (nullable): the folder for what the emulators of a case see, which test-coverage.py looks at. */
static char *
find_record (const char *prefix, const char *id)
{
  const char *root = g_getenv ("STOKER_TEST_BUILD_ROOT");
  g_autofree char *name = g_strdup_printf ("%s-%s", prefix, id);

  return root == NULL ? NULL : g_build_filename (root, "records", name, NULL);
}

static void
keep_record (const char *id)
{
  g_autofree char *folder = record_prefix == NULL ? NULL : find_record (record_prefix, id);

  if (folder != NULL)
    g_setenv (RECORD, folder, TRUE);
}

/* (nullable): the object of that name. */
JsonObject *
provider_case_get_object (JsonObject *parent, const char *name)
{
  return parent != NULL && json_object_has_member (parent, name)
           ? json_object_get_object_member (parent, name)
           : NULL;
}

/* The array of that name, or an empty one. */
JsonArray *
provider_case_get_array (JsonObject *parent, const char *name)
{
  static JsonArray *none;

  if (json_object_has_member (parent, name))
    return json_object_get_array_member (parent, name);
  if (none == NULL)
    none = json_array_new ();

  return none;
}

const char *
provider_case_get_text (JsonObject *parent, const char *name, const char *fallback)
{
  return parent == NULL ? fallback
                        : json_object_get_string_member_with_default (parent, name, fallback);
}

void
provider_case_begin (ProviderCase *self, const char *id, gboolean is_impatient)
{
  keep_record (id);
  self->known = http_fixture_load_case (id);
  self->http.is_impatient = is_impatient;
  http_fixture_set_up (&self->http, json_object_get_string_member (self->known, "provider"));
}

void
provider_case_end (ProviderCase *self)
{
  g_clear_pointer (&self->http.request.handle, json_node_unref);
  http_fixture_tear_down (&self->http);
  json_object_unref (self->known);
}

/* What is sent next is as @job says: the case, or one of its ways. */
void
provider_case_take_job (ProviderCase *self, JsonObject *job)
{
  g_autofree char *payload = json_to_string (json_object_get_member (job, "payload"), FALSE);

  http_fixture_set_payload (&self->http, payload);
  self->http.request.plan_id = provider_case_get_text (job, "plan", NULL);
  self->http.request.gpu = provider_case_get_text (job, "gpu", NULL);
  self->http.request.region = provider_case_get_text (job, "region", NULL);
  self->http.request.offer_id = provider_case_get_text (job, "offer_id", NULL);
  self->http.request.gpus = (int) json_object_get_int_member_with_default (job, "gpus", 0);
}

/* The payload of an entry of the case, or else the usual one. */
void
provider_case_take_payload (ProviderCase *self, JsonObject *entry)
{
  JsonObject *owner = json_object_has_member (entry, "payload") ? entry : self->known;
  g_autofree char *text = json_to_string (json_object_get_member (owner, "payload"), FALSE);

  http_fixture_set_payload (&self->http, text);
}

void
provider_case_control (ProviderCase *self, const char *format, ...)
{
  g_autofree char *order = NULL;
  va_list arguments;

  va_start (arguments, format);
  order = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  stoker_emulator_control (self->http.emulator, order);
}

/* Tells the emulator what an entry of the case has as its `control`, if it has one. */
void
provider_case_obey (ProviderCase *self, JsonObject *entry)
{
  g_autofree char *order = NULL;

  if (!json_object_has_member (entry, "control"))
    return;
  order = json_to_string (json_object_get_member (entry, "control"), FALSE);
  stoker_emulator_control (self->http.emulator, order);
}

/* Submits, and goes on with the job that came of it. */
StokerJobReport *
provider_case_submit (ProviderCase *self)
{
  HttpFixture *http = &self->http;
  StokerJobReport *report = http_fixture_run (http, STOKER_JOB_SUBMIT);

  g_assert_no_error (http->error);
  g_assert_nonnull (report->remote_id);
  g_free (http->remote_id);
  http->remote_id = g_strdup (report->remote_id);
  http->request.remote_id = http->remote_id;
  g_clear_pointer (&http->request.handle, json_node_unref);
  http->request.handle = report->handle == NULL ? NULL : json_node_ref (report->handle);

  return report;
}

/* Ends what a job keeps: after it nothing may go on costing. */
void
provider_case_release (ProviderCase *self)
{
  HttpFixture *http = &self->http;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) state = NULL;
  JsonArray *jobs = NULL;

  http_calls_release (http->connector, http->connection, &http->request, &error);
  g_assert_no_error (error);
  state = stoker_emulator_get_state (http->emulator);
  jobs = json_object_get_array_member (json_node_get_object (state), "jobs");
  for (guint i = 0; i < json_array_get_length (jobs); i++)
    g_assert_false (
      json_object_get_boolean_member_with_default (json_array_get_object_element (jobs, i),
                                                   "billing", FALSE));
}

static void
add_tests (const ProviderSuite *suite, const char *id)
{
  g_autoptr (JsonObject) known = http_fixture_load_case (id);

  for (guint i = 0; i < suite->n_tests; i++)
    {
      const ProviderTest *test = &suite->tests[i];
      g_autofree char *path = g_strdup_printf ("/%s/%s/%s", suite->prefix, id, test->name);

      if (test->needs == NULL || json_object_has_member (known, test->needs))
        g_test_add_vtable (path, suite->size, id, suite->set_up, test->test, suite->tear_down);
    }
}

/* The program of a suite: its arguments are ids of cases. */
int
provider_case_run (int argc, char **argv, const ProviderSuite *suite)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv (RECORD) == NULL)
    record_prefix = suite->prefix;
  for (int i = 1; i < argc; i++)
    {
      g_autofree char *old = record_prefix == NULL ? NULL : find_record (record_prefix, argv[i]);

      if (old != NULL)
        http_calls_remove_dir (old);
      add_tests (suite, argv[i]);
    }

  return g_test_run ();
}
