/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-catalog.h"
#include "stoker-found-key.h"

G_BEGIN_DECLS

/*
 * Use case: are there keys on this computer already? Looks through the environment variables and
 * the settings files of vendors' tools that the catalog names. Nothing is stored and nothing leaves
 * the process; what is found is taken over only when the user says so.
 */
void stoker_find_keys_async (StokerCatalog *catalog,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *stoker_find_keys_finish (GAsyncResult *result, GError **error);

/* Those of one provider that belong together. */
GPtrArray *
stoker_select_found_keys (GPtrArray *found, const char *profile_id, StokerFoundPlace place);

G_END_DECLS
