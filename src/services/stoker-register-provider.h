/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/*
 * Use case: the registry of providers. @payload is either the template form {"template_id", "id",
 * "name", "base_url", "config", "meta", "priority", "active", "opted_in"} or a whole entry. Secrets
 * (in @secrets, or in the payload's config) go to the keyring; when the keyring refuses, nothing is
 * registered.
 */
void stoker_register_provider_async (StokerWorkspace *workspace,
                                     JsonNode *payload,
                                     const char *file,
                                     GHashTable *secrets,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
StokerProvider *stoker_register_provider_finish (GAsyncResult *result, GError **error);

/* Writes a provider that was changed through its setters; with @secrets, replaces those given. */
void stoker_update_provider_async (StokerWorkspace *workspace,
                                   StokerProvider *provider,
                                   GHashTable *secrets,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean stoker_update_provider_finish (GAsyncResult *result, GError **error);

/* Removes entry and keys. `local` cannot be removed. */
void stoker_remove_provider_async (StokerWorkspace *workspace,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean stoker_remove_provider_finish (GAsyncResult *result, GError **error);

G_END_DECLS
