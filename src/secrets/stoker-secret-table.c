/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-secret-store.h"

#include <libsecret/secret.h>

/* A copy in memory that is not swapped out, as far as the limits of the process allow. */
static char *
copy_secret (const char *secret)
{
  return secret_value_unref_to_password (secret_value_new (secret, -1, "text/plain"), NULL);
}

/**
 * stoker_secret_table_new:
 *
 * Makes an empty table of field id → secret, for the calls of #StokerSecretStore. What is put into
 * it belongs to it and is freed with secret_password_free(); stoker_secret_table_copy() fills it
 * from another.
 *
 * Returns: (transfer full): the table
 */
GHashTable *
stoker_secret_table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                (GDestroyNotify) secret_password_free);
}

/**
 * stoker_secret_table_put:
 * @table: a table of secrets
 * @field: a field id
 * @secret: its secret, which is copied
 *
 * Sets a secret.
 */
void
stoker_secret_table_put (GHashTable *table, const char *field, const char *secret)
{
  g_hash_table_replace (table, g_strdup (field), copy_secret (secret));
}

/**
 * stoker_secret_table_copy:
 * @into: a table from stoker_secret_table_new()
 * @from: (nullable): a table of field id → secret
 *
 * Copies every secret of @from; one that @into has already is replaced.
 */
void
stoker_secret_table_copy (GHashTable *into, GHashTable *from)
{
  GHashTableIter iter;
  gpointer field, secret;

  if (from == NULL)
    return;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &field, &secret))
    if (secret != NULL)
      stoker_secret_table_put (into, field, secret);
}
