/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Use case: a second provider like a registered one, with an id and a name of its own, at the end
 * of the list. Its keys are copied inside the keyring, and only when asked for; what comes from the
 * environment is found by both anyway. */
void stoker_duplicate_provider_async (StokerWorkspace *workspace,
                                      const char *id,
                                      gboolean copies_keys,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
StokerProvider *stoker_duplicate_provider_finish (GAsyncResult *result, GError **error);

G_END_DECLS
