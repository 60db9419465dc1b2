/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workload.h"

G_BEGIN_DECLS

/* What a file says is to be done. */
typedef struct
{
  StokerWorkload *workload; /* owned */
  gboolean is_workflow;     /* made from a ComfyUI graph, which tells neither VRAM nor time */
  GStrv notes;              /* owned: what its user should know of it, a sentence each */
} StokerWorkloadFile;

/*
 * Use case: take up a file, whatever kind it is: a workload, a ComfyUI graph (as it is sent to the
 * server, or as the editor saves it), or a PNG in which ComfyUI wrote its graph.
 */
void stoker_read_workload_async (GFile *file,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
StokerWorkloadFile *stoker_read_workload_finish (GAsyncResult *result, GError **error);

/* The same for callers that may wait, and for what is in memory already. */
StokerWorkloadFile *stoker_read_workload (const char *path, GError **error);
StokerWorkloadFile *stoker_workload_file_parse (GBytes *bytes, const char *name, GError **error);
void stoker_workload_file_free (StokerWorkloadFile *self);

/* A graph as what is sent, with what a workload tells beside it. */
StokerWorkload *stoker_workload_file_add_workflow (const StokerWorkloadFile *self,
                                                   const char *name,
                                                   StokerWorkload *workload,
                                                   const char *workload_name,
                                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerWorkloadFile, stoker_workload_file_free)

G_END_DECLS
