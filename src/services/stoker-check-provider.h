/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Use case: is the provider there and the key good? The outcome is stored with the provider. A
 * wrong key is an answer, not an error. */
void stoker_check_provider_async (StokerWorkspace *workspace,
                                  StokerProvider *provider,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
StokerHealth *stoker_check_provider_finish (GAsyncResult *result, GError **error);

/* The same in two steps, for who knows better whether the outcome is to be believed. */
void stoker_ask_provider_async (StokerWorkspace *workspace,
                                StokerProvider *provider,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
StokerHealth *stoker_ask_provider_finish (GAsyncResult *result, GError **error);
void stoker_store_health_async (StokerWorkspace *workspace,
                                StokerProvider *provider,
                                StokerHealth *health,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

G_END_DECLS
