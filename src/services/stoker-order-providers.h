/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Use case: which provider comes first. Those named come first, in this order; the others follow as
 * they were. All get priorities of their own, counted from 1, in one transaction. */
void stoker_order_providers_async (StokerWorkspace *workspace,
                                   const char *const *ids,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean stoker_order_providers_finish (GAsyncResult *result, GError **error);

G_END_DECLS
