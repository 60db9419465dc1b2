/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "http-fixture.h"

#include "stoker-error.h"

#include <string.h>

#define SHORT_SECOND_MS 250
/* In those short seconds: one real one. */
#define SHORT_TIMEOUT_S 4
#define SHORT_BACKOFF_MS 20
#define GOOD_KEYS "test_good"

#define GOOD_PRIVATE_KEY "{private_key}"
#define OTHER_PRIVATE_KEY "{other_private_key}"

static GString *logged;
static char *private_key; /* of this process */
static char *public_key;

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

static char *
run_openssl (const char *input, const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess)
    process = g_subprocess_newv (arguments,
                                 G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                   G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                 &error);
  char *output = NULL;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, input, NULL, &output, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return output;
}

static char *
make_private_key (void)
{
  static const char *const arguments[] = { "openssl", "genpkey", "-algorithm", "RSA", NULL };

  return run_openssl (NULL, arguments);
}

/* Puts a key in PEM form into a text of JSON that is itself in a text of JSON. */
static char *
put_key (const char *text, const char *name, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (key, "\n", -1);
  g_autofree char *escaped = g_strjoinv ("\\\\n", lines);
  g_auto (GStrv) parts = g_strsplit (text, name, -1);

  return g_strjoinv (escaped, parts);
}

/* Keys are made for the run, so that none lies about; the emulator learns the public half. */
static char *
put_keys (const char *text)
{
  static const char *const arguments[] = { "openssl", "pkey", "-pubout", NULL };
  g_autofree char *with_other = NULL;
  g_autofree char *other = NULL;

  if (strstr (text, GOOD_PRIVATE_KEY) == NULL)
    return g_strdup (text);
  if (private_key == NULL)
    {
      private_key = make_private_key ();
      public_key = run_openssl (private_key, arguments);
    }
  other = make_private_key ();
  with_other = put_key (text, OTHER_PRIVATE_KEY, other);
  return put_key (with_other, GOOD_PRIVATE_KEY, private_key);
}

static void
tell_public_key (StokerEmulator *emulator)
{
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
  g_assert_null (strstr (logged->str, GOOD_KEYS));
  g_assert_null (strstr (logged->str, "PRIVATE KEY"));
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
  text = put_keys (raw);
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
  JsonObject *secrets = json_object_get_object_member (known, "secrets");
  g_autoptr (JsonObject) changed = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (known);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (changed, l->data,
                            json_node_copy (json_object_get_member (known, l->data)));
  if (special != NULL && json_object_has_member (special, "files"))
    json_object_set_member (changed, "files",
                            json_node_copy (json_object_get_member (special, "files")));
  if (special != NULL && json_object_has_member (special, "secrets"))
    secrets = json_object_get_object_member (special, "secrets");
  http_fixture_connect_case (self, changed, secrets, stoker_emulator_get_url (self->emulator));
}

void
http_fixture_set_payload (HttpFixture *self, const char *payload)
{
  g_clear_pointer (&self->workload, stoker_workload_unref);
  self->workload = http_calls_make_workload (payload);
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
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_error (&self->error);
  stoker_offer_source_list_async (STOKER_OFFER_SOURCE (self->connector), self->connection,
                                  self->catalog, NULL, http_calls_keep, &result);

  return stoker_offer_source_list_finish (STOKER_OFFER_SOURCE (self->connector),
                                          http_calls_wait (&result), &self->error);
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
  g_assert_null (strstr (self->error->message, GOOD_KEYS));
  g_assert_cmpstr (self->error->message, !=, "");
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
