/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Use case: the export of the registry as a file, written whole or not at all and readable by its
 * owner alone. Secrets only when asked for. */
void stoker_save_registry_async (StokerWorkspace *workspace,
                                 GFile *file,
                                 gboolean includes_secrets,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean stoker_save_registry_finish (GAsyncResult *result, GError **error);

G_END_DECLS
