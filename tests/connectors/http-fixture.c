/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "http-fixture.h"

#include "fixture-keys.h"

#include "stoker-error.h"

#include <string.h>

#define SHORT_SECOND_MS 250
/* In those short seconds: one real one. */
#define SHORT_TIMEOUT_S 4
#define SHORT_BACKOFF_MS 20
#define GOOD_KEYS "test_good"
#define LARGE_PICTURE "{large picture}"
#define LARGE_PICTURE_CHARS 5300000

static GString *logged;

static GLogWriterOutput
keep_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  static GMutex mutex;
  g_autofree char *line = g_log_writer_format_fields (level, fields, n_fields, FALSE);

  g_mutex_lock (&mutex);
  g_string_append_printf (logged, "%s\n", line);
  g_mutex_unlock (&mutex);
  if (level & G_LOG_FATAL_MASK)
    return g_log_writer_default (level, fields, n_fields, user_data);

  return G_LOG_WRITER_HANDLED;
}

static void
begin_log (void)
{
  if (logged == NULL)
    {
      logged = g_string_new (NULL);
      g_log_set_writer_func (keep_log, NULL, NULL);
    }
  g_string_truncate (logged, 0);
}

char *
http_fixture_dup_log (void)
{
  return g_strdup (logged->str);
}

/* No good key has a place in the text (nullable). */
void
http_fixture_assert_no_secret (const char *text)
{
  if (text == NULL)
    return;
  g_assert_null (strstr (text, GOOD_KEYS));
  g_assert_null (strstr (text, "PRIVATE KEY"));
}

/* Nor in anything that was logged since the test began. */
void
http_fixture_assert_quiet_log (void)
{
  http_fixture_assert_no_secret (logged->str);
}

/* A sentence for people: one line that names a reason, with nothing left to be filled in. */
void
http_fixture_assert_message (const char *message)
{
  g_assert_nonnull (message);
  g_assert_cmpuint (strlen (message), >, 8);
  g_assert_null (strpbrk (message, "\r\n"));
  g_assert_null (strstr (message, "${"));
  g_assert_null (strstr (message, "(null)"));
  http_fixture_assert_no_secret (message);
}

static void
tell_public_key (StokerEmulator *emulator)
{
  const char *public_key = fixture_keys_get_public ();
  g_auto (GStrv) lines = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *order = NULL;

  if (public_key == NULL)
    return;
  lines = g_strsplit (public_key, "\n", -1);
  escaped = g_strjoinv ("\\n", lines);
  order = g_strdup_printf ("{\"settings\": {\"public_key\": \"%s\"}}", escaped);
  stoker_emulator_control (emulator, order);
}

/* The shipped catalog, read once: under a sanitizer that takes seconds. */
static StokerCatalog *
get_catalog (void)
{
  static StokerCatalog *catalog;
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "resources",
                                           "catalog", NULL);

  if (catalog == NULL)
    catalog = stoker_catalog_load_dir (dir, &error);
  g_assert_no_error (error);
  return catalog;
}

void
http_fixture_set_up (HttpFixture *self, const char *provider)
{
  begin_log ();
  self->emulator = stoker_emulator_start (provider);
  /* The emulated clock stands still until a test moves it. */
  stoker_emulator_control (self->emulator, "{\"speed\": 0.0001}");
  tell_public_key (self->emulator);
  self->catalog = g_object_ref (get_catalog ());
  self->client = stoker_http_client_new ();
  if (self->is_impatient)
    stoker_http_client_set_pace (self->client, SHORT_SECOND_MS, SHORT_BACKOFF_MS);
  self->connector = stoker_http_connector_new (self->client);
  http_calls_begin_request (&self->request, &self->output_dir);
}

void
http_fixture_tear_down (HttpFixture *self)
{
  http_fixture_assert_quiet_log ();
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_clear_pointer (&self->connection, stoker_connection_unref);
  g_clear_pointer (&self->workload, stoker_workload_unref);
  g_assert_finalize_object (g_steal_pointer (&self->connector));
  g_clear_object (&self->client);
  g_clear_object (&self->catalog);
  http_calls_remove_dir (self->output_dir);
  g_clear_pointer (&self->output_dir, g_free);
  g_clear_pointer (&self->remote_id, g_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->emulator, stoker_emulator_free);
}

static char *
read_source (const char *folder, const char *id)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);

  return g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), folder, name, NULL);
}

/* What a test has to know of a provider: tests/connectors/providers/README.md tells it. To be
 * called before http_fixture_set_up(). */
JsonObject *
http_fixture_load_case (const char *id)
{
  g_autofree char *path = read_source ("tests/connectors/providers", id);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *text = NULL;

  g_file_get_contents (path, &raw, NULL, &error);
  g_assert_no_error (error);
  text = fixture_keys_put (raw);
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static void
set_config (StokerProvider *provider, JsonObject *values, const char *prefix)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init (&iter, values);
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *text = g_strconcat (prefix, json_node_get_string (value), NULL);

      stoker_provider_set_config (provider, name, text);
    }
}

static void
point_to_emulator (HttpFixture *self, StokerProvider *provider, const char *id)
{
  g_autoptr (JsonObject) known = http_fixture_load_case (id);

  set_config (provider, json_object_get_object_member (known, "addresses"),
              stoker_emulator_get_url (self->emulator));
}

/* Those of steps that may take their time are short too. */
static void
shorten_timeouts (JsonNode *node)
{
  g_autoptr (GList) values = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);

      if (json_object_has_member (object, "timeout_s"))
        json_object_set_int_member (object, "timeout_s", SHORT_TIMEOUT_S);
      values = json_object_get_values (object);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      values = json_array_get_elements (json_node_get_array (node));
    }
  for (GList *l = values; l != NULL; l = l->next)
    shorten_timeouts (l->data);
}

/* The shipped document with a short time-out, so that silence is seen in a moment, and without a
 * rate limit, which has tests of its own. */
static StokerProfile *
load_impatient (const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = read_source ("resources/catalog", id);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *connector = NULL;
  JsonObject *limits = NULL;
  StokerProfile *profile = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  connector = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)),
                                             "connector");
  limits = json_object_get_object_member (connector, "limits");
  json_object_set_int_member (limits, "timeout_s", SHORT_TIMEOUT_S);
  json_object_remove_member (limits, "requests");
  json_object_remove_member (limits, "per_s");
  shorten_timeouts (json_object_get_member (connector, "operations"));
  profile = stoker_profile_decode (json_parser_get_root (parser), name, &error);
  g_assert_no_error (error);

  return profile;
}

static StokerProfile *
load_profile (HttpFixture *self, const char *id)
{
  return self->is_impatient ? load_impatient (id)
                            : stoker_profile_ref (stoker_catalog_lookup (self->catalog, id));
}

/* Field, value, …, NULL: the provider's configuration. */
void
http_fixture_connect (HttpFixture *self, const char *id, const char *key, ...)
{
  g_autoptr (StokerProfile) profile = load_profile (self, id);
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (GHashTable) secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  va_list pairs;
  const char *field = NULL;

  provider = stoker_provider_new_from_profile (profile, id);
  point_to_emulator (self, provider, id);
  va_start (pairs, key);
  while ((field = va_arg (pairs, const char *)) != NULL)
    stoker_provider_set_config (provider, field, va_arg (pairs, const char *));
  va_end (pairs);
  if (key != NULL)
    g_hash_table_insert (secrets, g_strdup ("api_key"), g_strdup (key));
  g_clear_pointer (&self->connection, stoker_connection_unref);
  self->connection = stoker_connection_new (profile, provider, secrets);
}

static char *
replace (const char *text, const char *name, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (text, name, -1);

  return g_strjoinv (value, parts);
}

/* What stands for a certificate or key of the emulator's own. */
static char *
fill_in (const char *text, JsonObject *tls, const char *origin)
{
  static const char *const members[] = { "authority", "certificate", "key" };
  char *filled = replace (text, "${origin}", origin);

  for (guint i = 0; tls != NULL && i < G_N_ELEMENTS (members); i++)
    {
      const char *pem = json_object_get_string_member (tls, members[i]);
      g_autofree char *before = filled;
      g_autofree char *name = g_strdup_printf ("${%s}", members[i]);
      g_autofree char *encoded = g_base64_encode ((const guchar *) pem, strlen (pem));

      filled = replace (before, name, encoded);
    }

  return filled;
}

/* Keys that are files. */
static void
write_files (HttpFixture *self,
             StokerProvider *provider,
             JsonObject *files,
             JsonObject *tls,
             const char *origin)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init (&iter, files);
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = g_build_filename (self->output_dir, name, NULL);
      g_autofree char *text = fill_in (json_node_get_string (value), tls, origin);

      g_file_set_contents (path, text, -1, &error);
      g_assert_no_error (error);
      stoker_provider_set_config (provider, name, path);
    }
}

/* (transfer full) (nullable): the emulator's state, with how to come in over TLS. */
static JsonNode *
begin_tls (HttpFixture *self, JsonObject *known)
{
  if (!json_object_get_boolean_member_with_default (known, "tls", FALSE))
    return NULL;
  stoker_emulator_control (self->emulator, "{\"tls\": true}");

  return stoker_emulator_get_state (self->emulator);
}

/* Where nobody is, nobody is over TLS either. */
static char *
choose_origin (HttpFixture *self, JsonObject *tls, const char *prefix)
{
  if (tls == NULL)
    return g_strdup (prefix);
  if (g_strcmp0 (prefix, stoker_emulator_get_url (self->emulator)) == 0)
    return g_strdup (json_object_get_string_member (tls, "url"));

  return g_strconcat ("https", prefix + strlen ("http"), NULL);
}

/* With the configuration of the case @known; @secrets in place of its own, @prefix before its
 * addresses. */
void
http_fixture_connect_case (HttpFixture *self,
                           JsonObject *known,
                           JsonObject *secrets,
                           const char *prefix)
{
  const char *id = json_object_get_string_member (known, "provider");
  g_autoptr (StokerProfile) profile = load_profile (self, id);
  g_autoptr (StokerProvider) provider = stoker_provider_new_from_profile (profile, id);
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;
  g_autoptr (JsonNode) state = begin_tls (self, known);
  JsonObject *tls = state != NULL
                      ? json_object_get_object_member (json_node_get_object (state), "tls")
                      : NULL;
  g_autofree char *origin = choose_origin (self, tls, prefix);

  set_config (provider, json_object_get_object_member (known, "config"), "");
  set_config (provider, json_object_get_object_member (known, "addresses"), origin);
  if (json_object_has_member (known, "files"))
    write_files (self, provider, json_object_get_object_member (known, "files"), tls, origin);
  json_object_iter_init (&iter, secrets);
  while (json_object_iter_next (&iter, &name, &value))
    g_hash_table_insert (values, g_strdup (name), json_node_dup_string (value));
  g_clear_pointer (&self->connection, stoker_connection_unref);
  self->connection = stoker_connection_new (profile, provider, values);
}

/* With the secrets and files of @special (nullable) in place of those of the case @known. */
void
http_fixture_connect_special (HttpFixture *self, JsonObject *known, JsonObject *special)
{
  static const char *const own[] = { "config", "files", "secrets" };
  g_autoptr (JsonObject) changed = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (known);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (changed, l->data,
                            json_node_copy (json_object_get_member (known, l->data)));
  for (guint i = 0; special != NULL && i < G_N_ELEMENTS (own); i++)
    if (json_object_has_member (special, own[i]))
      json_object_set_member (changed, own[i],
                              json_node_copy (json_object_get_member (special, own[i])));
  http_fixture_connect_case (self, changed, json_object_get_object_member (changed, "secrets"),
                             stoker_emulator_get_url (self->emulator));
}

void
http_fixture_control (HttpFixture *self, const char *order)
{
  stoker_emulator_control (self->emulator, order);
}

/* A large picture is put into a storage first; its start is one that no text has. */
void
http_fixture_set_payload (HttpFixture *self, const char *payload)
{
  g_auto (GStrv) parts = g_strsplit (payload, LARGE_PICTURE, -1);
  g_autofree char *zeros = g_strnfill (parts[1] != NULL ? LARGE_PICTURE_CHARS : 0, 'A');
  g_autofree char *picture = g_strconcat ("data:image/png;base64,iVBORw0K", zeros, NULL);
  g_autofree char *text = g_strjoinv (picture, parts);

  g_clear_pointer (&self->workload, stoker_workload_unref);
  self->workload = http_calls_make_workload (text);
  self->request.workload = self->workload;
}

StokerHealth *
http_fixture_check (HttpFixture *self)
{
  g_clear_error (&self->error);

  return http_calls_check (self->connector, self->connection, &self->error);
}

StokerOfferTable *
http_fixture_list (HttpFixture *self)
{
  g_clear_error (&self->error);

  return http_calls_list_offers (self->connector, self->connection, self->catalog, &self->error);
}

StokerJobReport *
http_fixture_run (HttpFixture *self, StokerJobOperation operation)
{
  g_clear_error (&self->error);

  return http_calls_run (self->connector, self->connection, operation, &self->request,
                         &self->error);
}

GPtrArray *
http_fixture_find (HttpFixture *self)
{
  g_clear_error (&self->error);

  return http_calls_find (self->connector, self->connection, &self->request, &self->error);
}

StokerMachine *
http_fixture_change (HttpFixture *self, StokerMachineChange what, const char *input)
{
  g_autoptr (JsonNode) node = http_calls_parse (input);

  g_clear_error (&self->error);

  return http_calls_change (self->connector, self->connection, what, node, &self->error);
}

GPtrArray *
http_fixture_list_machines (HttpFixture *self)
{
  GPtrArray *machines = NULL;

  g_clear_error (&self->error);
  machines = http_calls_list_machines (self->connector, self->connection, &self->error);
  g_assert_no_error (self->error);

  return machines;
}

/* Returns what came of the action; NULL with the error of the fixture set. */
JsonNode *
http_fixture_act (HttpFixture *self, const char *action, const char *format, ...)
{
  g_autoptr (JsonNode) input = NULL;
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  input = http_calls_parse (text);
  g_clear_error (&self->error);

  return http_calls_act (self->connector, self->connection, action, input, &self->error);
}

/* After so many emulated seconds. */
StokerJobReport *
http_fixture_go_on (HttpFixture *self, guint seconds, StokerJobOperation operation)
{
  g_autofree char *order = g_strdup_printf ("{\"advance\": %u}", seconds);

  http_fixture_control (self, order);

  return http_fixture_run (self, operation);
}

/* Submits, and goes on with the job that came of it. */
void
http_fixture_submit (HttpFixture *self)
{
  g_autoptr (StokerJobReport) report = http_fixture_run (self, STOKER_JOB_SUBMIT);

  g_assert_no_error (self->error);
  g_assert_nonnull (report->remote_id);
  g_assert_cmpint (report->state, ==, STOKER_JOB_QUEUED);
  g_free (self->remote_id);
  self->remote_id = g_strdup (report->remote_id);
  self->request.remote_id = self->remote_id;
}

void
http_fixture_assert_state (HttpFixture *self, StokerJobState state)
{
  g_autoptr (StokerJobReport) report = http_fixture_run (self, STOKER_JOB_POLL);

  g_assert_no_error (self->error);
  g_assert_cmpstr (stoker_job_state_names[report->state], ==, stoker_job_state_names[state]);
}

/* The last call failed with that code and a text that names the reason, without the key. */
void
http_fixture_assert_error (HttpFixture *self, int code, const char *part)
{
  g_assert_nonnull (self->error);
  http_fixture_assert_message (self->error->message);
  g_test_message ("expected \"%s\" in \"%s\"", part, self->error->message);
  g_assert_nonnull (strstr (self->error->message, part));
  g_assert_error (self->error, STOKER_ERROR, code);
}

guint
http_fixture_count_jobs (HttpFixture *self)
{
  g_autoptr (JsonNode) state = stoker_emulator_get_state (self->emulator);

  return json_array_get_length (
    json_object_get_array_member (json_node_get_object (state), "jobs"));
}

char *
http_fixture_describe_state (HttpFixture *self)
{
  g_autoptr (JsonNode) state = stoker_emulator_get_state (self->emulator);

  return json_to_string (state, FALSE);
}

static void
tear_down (HttpFixture *self, gconstpointer data)
{
  http_fixture_tear_down (self);
}

/* The program of a connector's own tests; @prefix and their names are their paths. */
int
http_fixture_run_tests (int argc,
                        char **argv,
                        const char *prefix,
                        void (*set_up) (HttpFixture *fixture, gconstpointer data),
                        const HttpTest *tests,
                        guint n_tests)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_tests; i++)
    {
      g_autofree char *path = g_strconcat (prefix, tests[i].name, NULL);

      g_test_add (path, HttpFixture, NULL, set_up, tests[i].test, tear_down);
    }

  return g_test_run ();
}
