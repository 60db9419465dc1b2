/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Log, workload, request and estimate of jobs that have ended stay in the database until somebody
 * asks for them: this brings them. Jobs that have them already cost nothing. */
void stoker_load_documents_async (StokerWorkspace *workspace,
                                  GPtrArray *jobs,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean stoker_load_documents_finish (GAsyncResult *result, GError **error);

/* All that is known of jobs, without their logs: a JSON array. */
void stoker_export_jobs_async (StokerWorkspace *workspace,
                               GPtrArray *jobs,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
JsonNode *stoker_export_jobs_finish (GAsyncResult *result, GError **error);

/* Deleting in two steps, so that it can be taken back in between: put away, then delete or put
 * back. Only jobs that have ended can be put away. What they cost stays in the ledger. */
GPtrArray *stoker_put_jobs_away (StokerWorkspace *workspace, GPtrArray *jobs);
void stoker_put_jobs_back (StokerWorkspace *workspace, GPtrArray *jobs);
void stoker_delete_jobs_async (StokerWorkspace *workspace,
                               GPtrArray *jobs,
                               gboolean with_outputs,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean stoker_delete_jobs_finish (GAsyncResult *result, GError **error);

G_END_DECLS
