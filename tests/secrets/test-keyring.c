/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-secret-store.h"

#include "secret-calls.h"
#include "stoker-error.h"

#include <libsecret/secret.h>

#include <string.h>

/* Runs under run-with-keyring.sh, which says in STOKER_TEST_KEYRING what it has set up. */
#define PASSWORD "test-password"
#define SHORT_TIMEOUT_MS 200

typedef struct
{
  StokerSecretStore *store;
  StokerCatalog *catalog; /* borrowed */
  StokerProfile *runpod;  /* borrowed */
  guint n_notified;
} Fixture;

static void
state_changed_cb (StokerSecretStore *store, GParamSpec *pspec, Fixture *fixture)
{
  fixture->n_notified++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_unsetenv ("RUNPOD_API_KEY");
  fixture->store = stoker_secret_store_new ();
  fixture->catalog = get_catalog ();
  fixture->runpod = stoker_catalog_lookup (fixture->catalog, "runpod");
  g_signal_connect (fixture->store, "notify::state", G_CALLBACK (state_changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->store);
}

static void
assert_state (Fixture *fixture, StokerKeyringState expected)
{
  StokerKeyringState state = stoker_secret_store_get_state (fixture->store);
  g_autofree char *text = stoker_secret_store_describe_state (fixture->store);

  g_assert_cmpstr (stoker_keyring_state_names[state], ==, stoker_keyring_state_names[expected]);
  g_assert_true ((text == NULL) == (expected == STOKER_KEYRING_READY));
}

/* The environment still counts, and nothing at all is no error. */
static void
check_fallback (Fixture *fixture, StokerKeyringState expected)
{
  g_autoptr (GHashTable) nothing = lookup (fixture->store, "mine", fixture->runpod);
  g_autoptr (GHashTable) something = NULL;

  g_assert_cmpuint (g_hash_table_size (nothing), ==, 0);
  assert_state (fixture, expected);
  g_assert_cmpuint (fixture->n_notified, ==, 1);

  g_setenv ("RUNPOD_API_KEY", "from-environment", TRUE);
  something = lookup (fixture->store, "mine", fixture->runpod);
  g_assert_cmpstr (g_hash_table_lookup (something, "api_key"), ==, "from-environment");
  g_assert_cmpuint (fixture->n_notified, ==, 1);
}

static void
check_refused_save (Fixture *fixture, const char *advice)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (save (fixture->store, "mine", "api_key", "s3cret", &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, advice));
  g_assert_nonnull (strstr (error->message, "RUNPOD_API_KEY"));
  g_assert_null (strstr (error->message, "s3cret"));
}

static SecretService *
get_service (void)
{
  g_autoptr (GError) error = NULL;
  SecretService *service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, &error);

  g_assert_no_error (error);
  return service;
}

/* What other programs see: a label, and attributes without a secret. */
static void
check_stored_item (void)
{
  g_autoptr (SecretService) service = get_service ();
  g_autoptr (GHashTable) query = g_hash_table_new (g_str_hash, g_str_equal);
  g_autolist (SecretItem) items = NULL;
  g_autoptr (GHashTable) attributes = NULL;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (query, (gpointer) "provider", (gpointer) "mine");
  items = secret_service_search_sync (service, NULL, query, SECRET_SEARCH_ALL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_length (items), ==, 1);
  label = secret_item_get_label (items->data);
  g_assert_cmpstr (label, ==, "Stoker: RunPod Demo (api_key)");
  attributes = secret_item_get_attributes (items->data);
  g_assert_cmpstr (g_hash_table_lookup (attributes, "field"), ==, "api_key");
  g_assert_cmpstr (g_hash_table_lookup (attributes, "xdg:schema"), ==,
                   "io.github.stokerapp.Stoker.Secret");
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) first = NULL;
  g_autoptr (GHashTable) second = NULL;
  g_autoptr (GHashTable) other = NULL;
  g_autoptr (GHashTable) cleared = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (save (fixture->store, "mine", "api_key", "old", &error));
  g_assert_no_error (error);
  g_assert_true (save (fixture->store, "mine", "api_key", "s3cret ünïcode", &error));
  check_stored_item ();
  first = lookup (fixture->store, "mine", fixture->runpod);
  g_assert_cmpuint (g_hash_table_size (first), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (first, "api_key"), ==, "s3cret ünïcode");

  g_assert_true (save (fixture->store, "mine", "extra", "more", &error));
  second = lookup (fixture->store, "mine", fixture->runpod);
  g_assert_cmpuint (g_hash_table_size (second), ==, 2);
  other = lookup (fixture->store, "yours", fixture->runpod);
  g_assert_cmpuint (g_hash_table_size (other), ==, 0);

  g_assert_true (clear (fixture->store, "mine", &error));
  g_assert_true (clear (fixture->store, "mine", &error));
  cleared = lookup (fixture->store, "mine", fixture->runpod);
  g_assert_cmpuint (g_hash_table_size (cleared), ==, 0);
  assert_state (fixture, STOKER_KEYRING_READY);
  g_assert_cmpuint (fixture->n_notified, ==, 0);
  g_assert_true (unlock (fixture->store, NULL, &error));
  g_assert_no_error (error);
}

static SecretCollection *
get_default_collection (SecretService *service)
{
  g_autoptr (GError) error = NULL;
  SecretCollection *collection = secret_collection_for_alias_sync (service,
                                                                   SECRET_COLLECTION_DEFAULT,
                                                                   SECRET_COLLECTION_NONE, NULL,
                                                                   &error);

  g_assert_no_error (error);
  g_assert_nonnull (collection);
  return collection;
}

static void
lock_collection (void)
{
  g_autoptr (SecretService) service = get_service ();
  g_autoptr (SecretCollection) collection = get_default_collection (service);
  g_autoptr (GList) collections = g_list_append (NULL, collection);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (secret_service_lock_sync (service, collections, NULL, NULL, &error), ==, 1);
  g_assert_no_error (error);
}

static GVariant *
call_daemon (const char *path, const char *interface, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  GVariant *answer = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", path, interface,
                                                  method, parameters, NULL, G_DBUS_CALL_FLAGS_NONE,
                                                  5000, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

/* What the login does: there is nobody here to type the password into a prompt. */
static void
unlock_with_password (void)
{
  g_autoptr (SecretService) service = get_service ();
  g_autoptr (SecretCollection) collection = get_default_collection (service);
  g_autoptr (GVariant) output = NULL;
  g_autoptr (GVariant) nothing = NULL;
  const char *session = NULL;
  GVariant *password = NULL;

  {
    g_autoptr (GVariant)
      opened = call_daemon ("/org/freedesktop/secrets", "org.freedesktop.Secret.Service",
                            "OpenSession",
                            g_variant_new ("(sv)", "plain", g_variant_new_string ("")));

    g_variant_get (opened, "(@v&o)", &output, &session);
    password = g_variant_new ("(o@ay@ays)", session,
                              g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1),
                              g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, PASSWORD,
                                                         strlen (PASSWORD), 1),
                              "text/plain");
  }
  nothing = call_daemon ("/org/freedesktop/secrets",
                         "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
                         "UnlockWithMasterPassword",
                         g_variant_new ("(o@(oayays))",
                                        g_dbus_proxy_get_object_path (G_DBUS_PROXY (collection)),
                                        password));
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) open = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (save (fixture->store, "mine", "api_key", "s3cret", &error));
  g_assert_no_error (error);
  lock_collection ();
  check_fallback (fixture, STOKER_KEYRING_LOCKED);
  check_refused_save (fixture, "unlock it");
  g_assert_false (clear (fixture->store, "mine", &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE);
  g_clear_error (&error);

  /* No prompter can be started on this bus, which is like a user who closes the prompt. */
  g_assert_false (unlock (fixture->store, NULL, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE);
  assert_state (fixture, STOKER_KEYRING_REFUSED);

  unlock_with_password ();
  open = lookup (fixture->store, "mine", fixture->runpod);
  g_assert_cmpstr (g_hash_table_lookup (open, "api_key"), ==, "s3cret");
  assert_state (fixture, STOKER_KEYRING_READY);
}

/* A daemon that nobody gave a password: there is not even a keyring. */
static void
test_fresh (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  check_fallback (fixture, STOKER_KEYRING_LOCKED);
  check_refused_save (fixture, "unlock it");
  g_assert_true (clear (fixture->store, "mine", &error));
  g_assert_false (unlock (fixture->store, NULL, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE);
  assert_state (fixture, STOKER_KEYRING_REFUSED);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  check_fallback (fixture, STOKER_KEYRING_MISSING);
  check_refused_save (fixture, "gnome-keyring");
  g_assert_true (clear (fixture->store, "mine", &error));
  g_assert_no_error (error);
  g_assert_false (unlock (fixture->store, NULL, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE);
}

static GDBusMessage *
swallow_cb (GDBusConnection *bus, GDBusMessage *message, gboolean is_incoming, gpointer user_data)
{
  if (is_incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    g_clear_object (&message);
  return message;
}

/* A service of this name that takes every call in and answers none. */
static GDBusConnection *
start_hanging_service (void)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) answer = NULL;

  g_assert_no_error (error);
  bus = g_dbus_connection_new_for_address_sync (address,
                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL, NULL, &error);
  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName",
                                        g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, 5000, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (bus, swallow_cb, NULL, NULL);
  return g_steal_pointer (&bus);
}

static void
test_hanging (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDBusConnection) bus = start_hanging_service ();
  g_autoptr (GError) error = NULL;

  g_object_unref (fixture->store);
  fixture->store = g_object_new (STOKER_TYPE_SECRET_STORE, "timeout-ms", SHORT_TIMEOUT_MS, NULL);
  g_signal_connect (fixture->store, "notify::state", G_CALLBACK (state_changed_cb), fixture);

  check_fallback (fixture, STOKER_KEYRING_REFUSED);
  check_refused_save (fixture, "does not answer");
  g_assert_false (clear (fixture->store, "mine", &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE);
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* Unlocking may take minutes; the user does not have to wait for them. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDBusConnection) bus = start_hanging_service ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_timeout_add (SHORT_TIMEOUT_MS, cancel_cb, cancellable);
  g_assert_false (unlock (fixture->store, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->n_notified, ==, 0);
}

typedef struct
{
  const char *keyring;
  const char *path;
  void (*run) (Fixture *fixture, gconstpointer data);
} Case;

static const Case cases[] = {
  { "unlocked", "/keyring/round-trip", test_round_trip },
  { "unlocked", "/keyring/locked", test_locked },
  { "fresh", "/keyring/fresh", test_fresh },
  { "missing", "/keyring/missing", test_missing },
  { "no-bus", "/keyring/no-bus", test_missing },
  { "bus", "/keyring/hanging", test_hanging },
  { "bus", "/keyring/cancelled", test_cancelled },
};

int
main (int argc, char *argv[])
{
  const char *keyring = g_getenv ("STOKER_TEST_KEYRING");

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (g_strcmp0 (cases[i].keyring, keyring) == 0)
      g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].run, tear_down);
  return g_test_run ();
}
