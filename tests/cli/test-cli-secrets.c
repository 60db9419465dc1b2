/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-secrets.h"

#include "stoker-catalog.h"
#include "stoker-data-resource.h"
#include "stoker-error.h"

#define CATALOG_DIR "/io/github/stokerapp/Stoker/catalog"

/* The first shipped profile that asks for so many secrets. */
static StokerProfile *
find_profile (StokerCatalog *catalog, guint n_secrets)
{
  GPtrArray *profiles = stoker_catalog_get_profiles (catalog);

  for (guint i = 0; i < profiles->len; i++)
    {
      StokerProfile *profile = g_ptr_array_index (profiles, i);
      guint count = 0;

      for (guint j = 0; j < profile->auth_fields->len; j++)
        count += ((StokerAuthField *) g_ptr_array_index (profile->auth_fields, j))->type ==
                 STOKER_FIELD_SECRET;
      if (count == n_secrets)
        return profile;
    }

  g_assert_not_reached ();
}

/* Its secret fields, in order. */
static const char *
get_field (const StokerProfile *profile, guint number)
{
  for (guint i = 0; i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);

      if (field->type == STOKER_FIELD_SECRET && number-- == 0)
        return field->id;
    }

  g_assert_not_reached ();
}

static StokerCatalog *
load_catalog (void)
{
  g_autoptr (GError) error = NULL;
  StokerCatalog *catalog = stoker_catalog_load (CATALOG_DIR, NULL, &error);

  g_assert_no_error (error);
  return catalog;
}

static void
test_bare_key (void)
{
  g_autoptr (StokerCatalog) catalog = load_catalog ();
  StokerProfile *profile = find_profile (catalog, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) secrets = stoker_cli_secrets_parse ("  padded=key==\n", profile, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (secrets, get_field (profile, 0)), ==, "padded=key==");
}

static void
test_named_fields (void)
{
  g_autoptr (StokerCatalog) catalog = load_catalog ();
  StokerProfile *profile = find_profile (catalog, 2);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("%s=one\n\n%s = two=2\n", get_field (profile, 0),
                                           get_field (profile, 1));
  g_autoptr (GHashTable) secrets = stoker_cli_secrets_parse (text, profile, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (secrets), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (secrets, get_field (profile, 0)), ==, "one");
  g_assert_cmpstr (g_hash_table_lookup (secrets, get_field (profile, 1)), ==, "two=2");
}

static void
test_an_error_never_tells_the_secret (void)
{
  g_autoptr (StokerCatalog) catalog = load_catalog ();
  StokerProfile *profile = find_profile (catalog, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) secrets = stoker_cli_secrets_parse ("hunter2", profile, &error);

  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_null (secrets);
  g_assert_null (strstr (error->message, "hunter2"));
  g_assert_nonnull (strstr (error->message, "line 1"));
}

static void
test_nothing_is_no_key (void)
{
  g_autoptr (StokerCatalog) catalog = load_catalog ();

  for (guint n_secrets = 1; n_secrets <= 2; n_secrets++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GHashTable)
        secrets = stoker_cli_secrets_parse (" \n", find_profile (catalog, n_secrets), &error);

      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_null (secrets);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/cli-secrets/bare-key", test_bare_key);
  g_test_add_func ("/cli-secrets/named-fields", test_named_fields);
  g_test_add_func ("/cli-secrets/error-is-silent", test_an_error_never_tells_the_secret);
  g_test_add_func ("/cli-secrets/nothing", test_nothing_is_no_key);

  return g_test_run ();
}
