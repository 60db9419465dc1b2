/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "example-profile.h"
#include "stoker-error.h"
#include "stoker-provider.h"
#include "stoker-wipe.h"

#include <string.h>

typedef struct
{
  StokerCatalog *catalog;
  GHashTable *secrets;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->catalog = example_profile_load_catalog ();
  fixture->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) stoker_wipe_free);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_hash_table_unref (fixture->secrets);
  g_assert_finalize_object (fixture->catalog);
}

static StokerProvider *
decode (Fixture *fixture, const char *text, GError **error)
{
  g_autoptr (JsonNode) node = stoker_json_parse (text, -1, "r", NULL);
  StokerJsonPlace root = stoker_json_root (node, "r");

  g_assert_nonnull (node);
  return stoker_provider_decode (&root, fixture->catalog, fixture->secrets, error);
}

static void
test_from_profile (Fixture *fixture, gconstpointer data)
{
  StokerProfile *profile = stoker_catalog_lookup (fixture->catalog, "example");
  g_autoptr (StokerProvider) provider = stoker_provider_new_from_profile (profile, "mine");
  g_autoptr (JsonNode) node = stoker_provider_to_json (provider);
  g_autofree char *text = stoker_json_to_string (node, FALSE);

  g_assert_cmpstr (
    text, ==,
    "{\"id\":\"mine\",\"name\":\"Example\",\"kind\":\"remote\",\"service\":\"example\",\"template_"
    "id\":\"example\","
    "\"base_url\":\"https://"
    "api.example.com\",\"active\":true,\"priority\":10,\"opted_in\":false,\"meta\":{},"
    "\"config\":{},\"last_health\":null}");
}

static void
test_entry_of_the_seeds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) provider = decode (
    fixture,
    "{\"id\":\"example\",\"name\":\"E\",\"kind\":\"remote\",\"service\":\"example\",\"base_url\":"
    "\"https://x/\",\"active\":false,"
    "\"priority\":3,\"meta\":{\"min_vram_gb\":12,\"cost\":{\"hourly_usd\":0.46},\"own\":[1]},"
    "\"config\":{\"api_key\":\"hunter2\",\"api_region\":\"us\",\"token_id\":\"t-1\"},\"last_"
    "health\":{\"ok\":true,\"ts\":0}}",
    &error);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  node = stoker_provider_to_json (provider);
  text = stoker_json_to_string (node, FALSE);
  g_assert_cmpstr (stoker_provider_get_template_id (provider), ==, "example");
  g_assert_false (stoker_provider_get_active (provider));
  g_assert_cmpint (stoker_provider_get_priority (provider), ==, 3);
  g_assert_cmpstr (stoker_provider_get_config (provider, "api_region"), ==, "us");
  g_assert_cmpstr (stoker_provider_get_config (provider, "token_id"), ==, "t-1");
  g_assert_null (stoker_provider_get_config (provider, "api_key"));
  g_assert_null (stoker_provider_get_health (provider));
  g_assert_cmpstr (g_hash_table_lookup (fixture->secrets, "api_key"), ==, "hunter2");
  g_assert_cmpuint (g_hash_table_size (fixture->secrets), ==, 1);
  g_assert_null (strstr (text, "hunter2"));
  g_assert_nonnull (
    strstr (text, "\"meta\":{\"min_vram_gb\":12,\"cost\":{\"hourly_usd\":0.46},\"own\":[1]}"));
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  static const char entry[] =
    "{\"id\":\"a.b_c-1\",\"name\":\"E\",\"kind\":\"remote\",\"service\":\"example\",\"template_"
    "id\":\"example\","
    "\"base_url\":null,\"active\":true,\"priority\":-5,\"opted_in\":true,\"meta\":{\"notes\":\"x\"}"
    ","
    "\"config\":{\"a\":\"1\",\"b\":\"2\"},\"last_health\":{\"ok\":false,\"ts\":1795238640,"
    "\"checked_at\":\"2026-11-21T05:24:00Z\",\"latency_ms\":12.5,\"account\":null,\"balance\":null,"
    "\"scopes\":null,"
    "\"message\":\"wrong key\",\"error\":\"auth\"}}";
  g_autoptr (StokerProvider) provider = decode (fixture, entry, NULL);
  g_autoptr (JsonNode) node = stoker_provider_to_json (provider);
  g_autofree char *text = stoker_json_to_string (node, FALSE);
  g_autoptr (GString) with_url = g_string_new (entry);

  /* What an entry leaves out follows from the profile. */
  g_string_replace (with_url, "\"base_url\":null", "\"base_url\":\"https://api.example.com\"", 1);
  g_assert_cmpstr (text, ==, with_url->str);
}

/* The copy says the same, and goes on saying it when the provider is changed. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerProvider) provider = decode (
    fixture,
    "{\"id\":\"mine\",\"name\":\"E\",\"kind\":\"remote\",\"service\":\"example\",\"template_id\":"
    "\"example\",\"base_url\":\"https://x/\",\"active\":false,\"priority\":-5,\"opted_in\":true,"
    "\"meta\":{\"notes\":\"x\"},\"config\":{\"a\":\"1\",\"b\":\"2\"},\"last_health\":{\"ok\":false,"
    "\"ts\":1795238640,\"message\":\"wrong key\",\"error\":\"auth\"}}",
    NULL);
  g_autoptr (StokerProvider) copy = stoker_provider_copy (provider);
  g_autoptr (JsonNode) before = stoker_provider_to_json (provider);
  g_autoptr (JsonNode) node = NULL;

  stoker_provider_set_name (provider, "other");
  stoker_provider_set_config (provider, "a", "3");
  stoker_provider_set_health (provider, NULL);
  stoker_provider_set_active (provider, TRUE);
  node = stoker_provider_to_json (copy);
  g_assert_true (json_node_equal (before, node));
}

static void
test_profile_is_found (Fixture *fixture, gconstpointer data)
{
  static const char *const entries[] = {
    "{\"id\":\"x\",\"template_id\":\"example\"}",
    "{\"id\":\"x\",\"service\":\"example\"}",
    "{\"id\":\"x\",\"service\":\"example_alias\"}",
    "{\"id\":\"example\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (StokerProvider) provider = decode (fixture, entries[i], NULL);

      g_assert_cmpstr (stoker_provider_get_template_id (provider), ==, "example");
      g_assert_cmpstr (stoker_provider_get_name (provider), ==, "Example");
    }
}

static void
test_unknown_profile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerProvider)
    provider = decode (fixture,
                       "{\"id\":\"x\",\"service\":\"gone\",\"config\":{\"apiKey\":"
                       "\"s1\",\"auth_token\":\"s2\",\"host\":\"h\"}}",
                       NULL);

  g_assert_cmpstr (stoker_provider_get_template_id (provider), ==, "gone");
  g_assert_cmpstr (stoker_provider_get_name (provider), ==, "x");
  g_assert_cmpstr (stoker_provider_get_config (provider, "host"), ==, "h");
  g_assert_null (stoker_provider_get_config (provider, "apiKey"));
  g_assert_cmpstr (g_hash_table_lookup (fixture->secrets, "apiKey"), ==, "s1");
  g_assert_cmpstr (g_hash_table_lookup (fixture->secrets, "auth_token"), ==, "s2");
}

static void
test_refuses (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "[]", "r: $: expected an object, found an array" },
    { "{}", "r: $.id: is missing" },
    { "{\"id\":\"../x\"}", "r: $.id: \"../x\" does not match ^[a-z0-9][a-z0-9._-]{0,63}$" },
    { "{\"id\":\"x\\n\"}", "r: $.id: \"x\n\" does not match ^[a-z0-9][a-z0-9._-]{0,63}$" },
    { "{\"id\":\"x\",\"active\":\"yes\"}", "r: $.active: expected true or false, found a string" },
    { "{\"id\":\"x\",\"priority\":1e3}", "r: $.priority: expected a whole number within 64 bits" },
    { "{\"id\":\"x\",\"meta\":[]}", "r: $.meta: expected an object, found an array" },
    { "{\"id\":\"x\",\"config\":{\"a\":1}}", "r: $.config.a: expected a string, found a number" },
    { "{\"id\":\"x\",\"name\":{}}", "r: $.name: expected a string, found an object" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (decode (fixture, cases[i].text, &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* Each setter is called twice with the same value: the second changes nothing and is not told. */
static void
test_setters_notify_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerProvider) provider = decode (fixture, "{\"id\":\"example\"}", NULL);
  g_autoptr (StokerHealth) health = stoker_health_new (TRUE, 1, NULL);
  guint count = 0;

  g_signal_connect (provider, "notify", G_CALLBACK (count_cb), &count);
  for (int i = 0; i < 2; i++)
    {
      stoker_provider_set_name (provider, "N");
      stoker_provider_set_base_url (provider, NULL);
      stoker_provider_set_active (provider, FALSE);
      stoker_provider_set_priority (provider, 1);
      stoker_provider_set_opted_in (provider, TRUE);
      stoker_provider_set_health (provider, health);
    }
  g_assert_cmpuint (count, ==, 6);
}

static void
test_properties (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerProvider) provider = decode (fixture, "{\"id\":\"example\"}", NULL);
  g_autoptr (StokerHealth) health = stoker_health_new (TRUE, 1, NULL);
  g_autoptr (StokerHealth) told = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *service = NULL;
  g_autofree char *base_url = NULL;
  gboolean is_active = FALSE;
  gboolean is_opted_in = TRUE;
  int priority = 0;

  stoker_provider_set_health (provider, health);
  g_object_get (provider, "id", &id, "name", &name, "kind", &kind, "service", &service, "base-url",
                &base_url, "active", &is_active, "opted-in", &is_opted_in, "priority", &priority,
                "health", &told, NULL);
  g_assert_cmpstr (id, ==, "example");
  g_assert_cmpstr (name, ==, "Example");
  g_assert_cmpstr (kind, ==, "remote");
  g_assert_cmpstr (service, ==, "example");
  g_assert_cmpstr (base_url, ==, "https://api.example.com");
  g_assert_true (is_active);
  g_assert_false (is_opted_in);
  g_assert_cmpint (priority, ==, 10);
  g_assert_true (told == health);
}

static void
test_config (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerProvider) provider = decode (fixture, "{\"id\":\"example\"}", NULL);

  stoker_provider_set_config (provider, "host", "a");
  stoker_provider_set_config (provider, "host", "b");
  g_assert_cmpstr (stoker_provider_get_config (provider, "host"), ==, "b");
  stoker_provider_set_config (provider, "host", NULL);
  g_assert_cmpuint (g_hash_table_size (stoker_provider_list_config (provider)), ==, 0);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/provider/from-profile", test_from_profile);
  ADD ("/provider/entry-of-the-seeds", test_entry_of_the_seeds);
  ADD ("/provider/round-trip", test_round_trip);
  ADD ("/provider/copy", test_copy);
  ADD ("/provider/profile-is-found", test_profile_is_found);
  ADD ("/provider/unknown-profile", test_unknown_profile);
  ADD ("/provider/refuses", test_refuses);
  ADD ("/provider/setters-notify-once", test_setters_notify_once);
  ADD ("/provider/properties", test_properties);
  ADD ("/provider/config", test_config);

  return g_test_run ();
}
