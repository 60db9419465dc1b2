/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-secret-store.h"

#include "secret-calls.h"
#include "stoker-environment.h"
#include "stoker-error.h"

typedef struct
{
  StokerSecretStore *store;
  StokerCatalog *catalog; /* borrowed */
  StokerProfile *runpod;  /* borrowed */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_unsetenv ("RUNPOD_API_KEY");
  fixture->store = stoker_secret_store_new_in_memory ();
  fixture->catalog = get_catalog ();
  fixture->runpod = stoker_catalog_lookup (fixture->catalog, "runpod");
  g_assert_nonnull (fixture->runpod);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->store);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) before = lookup (fixture->store, "mine", fixture->runpod);
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GHashTable) other = NULL;
  g_autoptr (GHashTable) cleared = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_hash_table_size (before), ==, 0);
  g_assert_true (save (fixture->store, "mine", "api_key", "s3cret", &error));
  g_assert_true (save (fixture->store, "mine", "other_key", "t0ken", &error));
  g_assert_no_error (error);

  after = lookup (fixture->store, "mine", fixture->runpod);
  g_assert_cmpstr (g_hash_table_lookup (after, "api_key"), ==, "s3cret");
  g_assert_cmpstr (g_hash_table_lookup (after, "other_key"), ==, "t0ken");
  other = lookup (fixture->store, "yours", NULL);
  g_assert_cmpuint (g_hash_table_size (other), ==, 0);

  g_assert_true (clear (fixture->store, "mine", &error));
  cleared = lookup (fixture->store, "mine", fixture->runpod);
  g_assert_cmpuint (g_hash_table_size (cleared), ==, 0);
  g_assert_cmpint (stoker_secret_store_get_state (fixture->store), ==, STOKER_KEYRING_READY);
  g_assert_null (stoker_secret_store_describe_state (fixture->store));
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) table = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (save (fixture->store, "mine", "api_key", "old", &error));
  g_assert_true (save (fixture->store, "mine", "api_key", "new", &error));
  table = lookup (fixture->store, "mine", NULL);
  g_assert_cmpstr (g_hash_table_lookup (table, "api_key"), ==, "new");
  g_assert_cmpuint (g_hash_table_size (table), ==, 1);
}

static void
test_environment (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) found = NULL;
  g_autoptr (GHashTable) stored = NULL;
  g_autoptr (GHashTable) empty = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("RUNPOD_API_KEY", "from-environment", TRUE);
  found = lookup (fixture->store, "mine", fixture->runpod);
  g_assert_cmpstr (g_hash_table_lookup (found, "api_key"), ==, "from-environment");

  /* What the user saved comes first. */
  g_assert_true (save (fixture->store, "mine", "api_key", "from-keyring", &error));
  stored = lookup (fixture->store, "mine", fixture->runpod);
  g_assert_cmpstr (g_hash_table_lookup (stored, "api_key"), ==, "from-keyring");

  g_setenv ("RUNPOD_API_KEY", "", TRUE);
  empty = lookup (fixture->store, "other", fixture->runpod);
  g_assert_false (g_hash_table_contains (empty, "api_key"));
  g_unsetenv ("RUNPOD_API_KEY");
}

static void
test_environment_order (Fixture *fixture, gconstpointer data)
{
  StokerProfile *profile = stoker_catalog_lookup (fixture->catalog, "fal");
  const StokerAuthField *field = stoker_profile_find_field (profile, "api_key");
  const char *variable = NULL;
  g_autofree char *variables = stoker_environment_list_variables (profile);

  g_unsetenv ("FAL_KEY");
  g_unsetenv ("FAL_API_KEY");
  g_assert_null (stoker_environment_lookup (field, &variable));
  g_setenv ("FAL_API_KEY", "second", TRUE);
  g_assert_cmpstr (stoker_environment_lookup (field, &variable), ==, "second");
  g_assert_cmpstr (variable, ==, "FAL_API_KEY");
  g_setenv ("FAL_KEY", "first", TRUE);
  g_assert_cmpstr (stoker_environment_lookup (field, &variable), ==, "first");
  g_assert_cmpstr (variables, ==, "FAL_KEY");
  g_unsetenv ("FAL_KEY");
  g_unsetenv ("FAL_API_KEY");
}

static void
test_copied_table (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) from = stoker_secret_table_new ();
  g_autoptr (GHashTable) into = stoker_secret_table_new ();

  stoker_secret_table_put (from, "a", "1");
  stoker_secret_table_put (from, "b", "2");
  stoker_secret_table_put (into, "b", "old");
  stoker_secret_table_copy (into, from);
  stoker_secret_table_copy (into, NULL);
  g_hash_table_remove_all (from);
  g_assert_cmpstr (g_hash_table_lookup (into, "a"), ==, "1");
  g_assert_cmpstr (g_hash_table_lookup (into, "b"), ==, "2");
  g_assert_cmpuint (g_hash_table_size (into), ==, 2);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (unlock (fixture->store, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/secret-store/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/secret-store/replace", Fixture, NULL, set_up, test_replace, tear_down);
  g_test_add ("/secret-store/environment", Fixture, NULL, set_up, test_environment, tear_down);
  g_test_add ("/secret-store/environment-order", Fixture, NULL, set_up, test_environment_order,
              tear_down);
  g_test_add ("/secret-store/copied-table", Fixture, NULL, set_up, test_copied_table, tear_down);
  g_test_add ("/secret-store/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  return g_test_run ();
}
