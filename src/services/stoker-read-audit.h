/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Use case: what was done, as it was written down at the time. Each line holds the hash of the one
 * before, so that a change to what was written shows. */
void stoker_read_audit_async (StokerWorkspace *workspace,
                              guint limit,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
JsonNode *stoker_read_audit_finish (GAsyncResult *result, gboolean *is_intact, GError **error);

G_END_DECLS
