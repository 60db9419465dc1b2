/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "example-profile.h"
#include "stoker-connection.h"

typedef struct
{
  StokerCatalog *catalog;
  StokerProfile *profile; /* borrowed */
  StokerProvider *provider;
  GHashTable *secrets;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->catalog = example_profile_load_catalog ();
  fixture->profile = stoker_catalog_lookup (fixture->catalog, "example");
  fixture->provider = stoker_provider_new_from_profile (fixture->profile, "mine");
  fixture->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_hash_table_unref (fixture->secrets);
  g_assert_finalize_object (fixture->provider);
  g_assert_finalize_object (fixture->catalog);
}

static void
test_takes_a_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerConnection) connection = NULL;

  stoker_provider_set_config (fixture->provider, "host", "before");
  g_hash_table_insert (fixture->secrets, g_strdup ("api_key"), g_strdup ("hunter2"));
  g_hash_table_insert (fixture->secrets, g_strdup ("other"), g_strdup ("swordfish"));
  connection = stoker_connection_new (fixture->profile, fixture->provider, fixture->secrets);
  stoker_provider_set_config (fixture->provider, "host", "after");
  stoker_provider_set_base_url (fixture->provider, "https://after/");
  g_hash_table_remove_all (fixture->secrets);

  g_assert_true (stoker_connection_get_profile (connection) == fixture->profile);
  g_assert_cmpstr (stoker_connection_get_provider_id (connection), ==, "mine");
  g_assert_cmpstr (stoker_connection_get_base_url (connection), ==, "https://api.example.com");
  g_assert_cmpstr (stoker_connection_get_config (connection, "host"), ==, "before");
  g_assert_cmpstr (stoker_connection_get_secret (connection, "api_key"), ==, "hunter2");
  g_assert_cmpstr (stoker_connection_get_secret (connection, "other"), ==, "swordfish");
  g_assert_null (stoker_connection_get_secret (connection, "missing"));
}

static void
test_defaults_of_fields (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerConnection)
    connection = stoker_connection_new (fixture->profile, fixture->provider, NULL);

  g_assert_cmpstr (stoker_connection_get_config (connection, "api_region"), ==, "eu");
  g_assert_null (stoker_connection_get_config (connection, "token_id"));
  g_assert_null (stoker_connection_get_config (connection, "no-such-field"));
}

static void
test_credentials (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerConnection)
    without = stoker_connection_new (fixture->profile, fixture->provider, NULL);
  g_autoptr (StokerConnection) empty = NULL;
  g_autoptr (StokerConnection) with = NULL;

  g_hash_table_insert (fixture->secrets, g_strdup ("api_key"), g_strdup (""));
  empty = stoker_connection_new (fixture->profile, fixture->provider, fixture->secrets);
  g_hash_table_insert (fixture->secrets, g_strdup ("api_key"), g_strdup ("hunter2"));
  with = stoker_connection_new (fixture->profile, fixture->provider, fixture->secrets);

  g_assert_false (stoker_connection_has_credentials (without));
  g_assert_false (stoker_connection_has_credentials (empty));
  g_assert_true (stoker_connection_has_credentials (with));
}

static void
test_redactor_knows_the_secrets (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerConnection) connection = NULL;
  g_autofree char *text = NULL;

  g_hash_table_insert (fixture->secrets, g_strdup ("api_key"), g_strdup ("hunter2"));
  connection = stoker_connection_new (fixture->profile, fixture->provider, fixture->secrets);
  text = stoker_redactor_apply (stoker_connection_get_redactor (connection), "it is hunter2");
  g_assert_cmpstr (text, ==, "it is " STOKER_REDACTED);
}

/* What a key of JSON holds is known by itself too; certificates are no secrets. */
static void
test_redactor_knows_documents (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerConnection) connection = NULL;
  StokerRedactor *redactor = NULL;
  g_autofree char *text = NULL;
  g_autofree char *plain = NULL;

  g_hash_table_insert (fixture->secrets, g_strdup ("key"),
                       g_strdup ("{\"client_email\": \"a@b\", \"private_key\": "
                                 "\"line one of the key\\nline two of the key\"}"));
  g_hash_table_insert (fixture->secrets, g_strdup ("ca"),
                       g_strdup ("-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIB\n"));
  connection = stoker_connection_new (fixture->profile, fixture->provider, fixture->secrets);
  redactor = stoker_connection_get_redactor (connection);
  text = stoker_redactor_apply (redactor, "a@b: line two of the key!");
  g_assert_cmpstr (text, ==, "a@b: " STOKER_REDACTED "!");
  plain = stoker_redactor_apply (redactor, "MIIBszCCAVmgAwIB");
  g_assert_cmpstr (plain, ==, "MIIBszCCAVmgAwIB");
}

static void
test_counting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerConnection)
    connection = stoker_connection_new (fixture->profile, fixture->provider, NULL);
  g_autoptr (StokerConnection) same = stoker_connection_ref (connection);

  g_clear_pointer (&connection, stoker_connection_unref);
  g_assert_cmpstr (stoker_connection_get_provider_id (same), ==, "mine");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/connection/takes-a-copy", test_takes_a_copy);
  ADD ("/connection/defaults-of-fields", test_defaults_of_fields);
  ADD ("/connection/credentials", test_credentials);
  ADD ("/connection/redactor-knows-the-secrets", test_redactor_knows_the_secrets);
  ADD ("/connection/redactor-knows-documents", test_redactor_knows_documents);
  ADD ("/connection/counting", test_counting);

  return g_test_run ();
}
