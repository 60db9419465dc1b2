/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-secret-store.h"

G_BEGIN_DECLS

/* The store's calls for tests, which wait for the answer. A call that takes longer than 30 s fails
 * the test. */
GHashTable *lookup (StokerSecretStore *store, const char *provider_id, StokerProfile *profile);
gboolean save (StokerSecretStore *store,
               const char *provider_id,
               const char *field,
               const char *secret,
               GError **error);
gboolean clear (StokerSecretStore *store, const char *provider_id, GError **error);
gboolean unlock (StokerSecretStore *store, GCancellable *cancellable, GError **error);
GAsyncResult *wait_for (GAsyncResult **result);
void keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);
StokerCatalog *get_catalog (void);

G_END_DECLS
