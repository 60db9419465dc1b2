/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-machine.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Use case: what is rented at a provider right now, also what Stoker did not rent. It is a question
 * that leaves this machine, so the feature flag must be on. */
gboolean stoker_provider_lists_machines (StokerWorkspace *workspace, StokerProvider *provider);
void stoker_list_machines_async (StokerWorkspace *workspace,
                                 StokerProvider *provider,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *stoker_list_machines_finish (GAsyncResult *result, GError **error);

/* The job that is using a machine, or NULL: then it was left behind, or is none of Stoker's. */
StokerJob *stoker_machine_find_job (StokerWorkspace *workspace,
                                    const char *provider_id,
                                    const StokerMachine *machine);

G_END_DECLS
