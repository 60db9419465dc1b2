/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "secret-calls.h"

#define TIMEOUT_S 30

static gboolean
too_late_cb (gpointer is_late)
{
  *(gboolean *) is_late = TRUE;
  return G_SOURCE_REMOVE;
}

/* A GAsyncReadyCallback that keeps the result where its data points to. */
void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Runs the main context until there is a result; returns and takes it. */
GAsyncResult *
wait_for (GAsyncResult **result)
{
  gboolean is_late = FALSE;
  guint source_id = g_timeout_add_seconds (TIMEOUT_S, too_late_cb, &is_late);

  while (*result == NULL && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_late);
  g_source_remove (source_id);
  return g_steal_pointer (result);
}

GHashTable *
lookup (StokerSecretStore *store, const char *provider_id, StokerProfile *profile)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GHashTable *table = NULL;

  stoker_secret_store_lookup_async (store, provider_id, profile, NULL, keep_result_cb, &pending);
  result = wait_for (&pending);
  table = stoker_secret_store_lookup_finish (store, result, &error);
  g_assert_no_error (error);
  return table;
}

gboolean
save (StokerSecretStore *store,
      const char *provider_id,
      const char *field,
      const char *secret,
      GError **error)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable) table = stoker_secret_table_new ();

  stoker_secret_table_put (table, field, secret);
  stoker_secret_store_save_async (store, provider_id, "RunPod Demo", table, NULL, keep_result_cb,
                                  &pending);
  g_hash_table_remove_all (table);
  result = wait_for (&pending);
  return stoker_secret_store_save_finish (store, result, error);
}

gboolean
clear (StokerSecretStore *store, const char *provider_id, GError **error)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  stoker_secret_store_clear_async (store, provider_id, NULL, keep_result_cb, &pending);
  result = wait_for (&pending);
  return stoker_secret_store_clear_finish (store, result, error);
}

gboolean
unlock (StokerSecretStore *store, GCancellable *cancellable, GError **error)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  stoker_secret_store_unlock_async (store, cancellable, keep_result_cb, &pending);
  result = wait_for (&pending);
  return stoker_secret_store_unlock_finish (store, result, error);
}

/* The shipped catalog, read once: under a sanitizer that takes seconds. */
StokerCatalog *
get_catalog (void)
{
  static StokerCatalog *catalog;
  g_autofree char *dir = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "resources",
                                           "catalog", NULL);
  g_autoptr (GError) error = NULL;

  if (catalog == NULL)
    catalog = stoker_catalog_load_dir (dir, &error);
  g_assert_no_error (error);
  return catalog;
}
