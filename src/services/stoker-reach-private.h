/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-connection.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/* The way to a provider that is asked something: operation, flag, keys. What it is asked is the use
 * case's own. */
gboolean stoker_provider_has_operation (StokerWorkspace *workspace,
                                        StokerProvider *provider,
                                        const char *operation);
void stoker_reach_provider_async (StokerWorkspace *workspace,
                                  StokerProvider *provider,
                                  gboolean needs_key,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
StokerConnection *
stoker_reach_provider_finish (StokerWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
