/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-connection.h"

G_BEGIN_DECLS

/* What stands in the way of the keyring. */
typedef enum {
  STOKER_KEYRING_READY,
  STOKER_KEYRING_LOCKED,  /* the user can unlock it */
  STOKER_KEYRING_MISSING, /* no Secret Service on the bus, or no bus */
  STOKER_KEYRING_REFUSED, /* it is there and says no */
} StokerKeyringState;

extern const char *const stoker_keyring_state_names[];

#define STOKER_TYPE_SECRET_STORE (stoker_secret_store_get_type ())

/**
 * StokerSecretStore:
 *
 * Keys of the registered providers: in the keyring through libsecret (schema
 * io.github.stokerapp.Stoker.Secret with SECRET_SCHEMA_DONT_MATCH_NAME; attributes `provider` and
 * `field`), else from the environment variables the profile names. The hash tables are field id →
 * secret (freed with secret_password_free). Nothing is ever written to a file. Property `state`
 * tells of the keyring's condition after the last call, and notifies.
 */
G_DECLARE_FINAL_TYPE (StokerSecretStore, stoker_secret_store, STOKER, SECRET_STORE, GObject)

StokerSecretStore *stoker_secret_store_new (void);
StokerSecretStore *stoker_secret_store_new_in_memory (void);
StokerKeyringState stoker_secret_store_get_state (StokerSecretStore *self);
char *stoker_secret_store_describe_state (StokerSecretStore *self);
void stoker_secret_store_remember_profile (StokerSecretStore *self,
                                           const char *provider_id,
                                           StokerProfile *profile);

/* Tables of field id → secret; the values are freed with secret_password_free(). */
GHashTable *stoker_secret_table_new (void);
void stoker_secret_table_put (GHashTable *table, const char *field, const char *secret);
void stoker_secret_table_copy (GHashTable *into, GHashTable *from);

void stoker_secret_store_lookup_async (StokerSecretStore *self,
                                       const char *provider_id,
                                       StokerProfile *profile,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GHashTable *
stoker_secret_store_lookup_finish (StokerSecretStore *self, GAsyncResult *result, GError **error);
void stoker_secret_store_save_async (StokerSecretStore *self,
                                     const char *provider_id,
                                     const char *label,
                                     GHashTable *secrets,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
stoker_secret_store_save_finish (StokerSecretStore *self, GAsyncResult *result, GError **error);
void stoker_secret_store_clear_async (StokerSecretStore *self,
                                      const char *provider_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
stoker_secret_store_clear_finish (StokerSecretStore *self, GAsyncResult *result, GError **error);
void stoker_secret_store_unlock_async (StokerSecretStore *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
stoker_secret_store_unlock_finish (StokerSecretStore *self, GAsyncResult *result, GError **error);

/* The seeds' secrets file: provider alias → field → secret. Returns profile id → secret table. */
GHashTable *stoker_secrets_file_decode (JsonNode *node,
                                        const char *file,
                                        StokerCatalog *catalog,
                                        GError **error);

G_END_DECLS
