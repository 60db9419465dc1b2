/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-profile.h"
#include "stoker-workload.h"

G_BEGIN_DECLS

/*
 * Pictures, sounds and videos of this machine in what is sent: a text `file:///home/me/fox.png` in
 * a payload stands for the file, which is read when the request is sent and becomes a data:
 * address. The job itself keeps the name only.
 */
gboolean stoker_payload_files_are_named (StokerWorkload *workload, const StokerProfile *profile);
StokerWorkload *stoker_payload_files_stand_in (StokerWorkload *workload,
                                               const StokerProfile *profile,
                                               GError **error);
StokerWorkload *
stoker_payload_files_anchor (StokerWorkload *workload, const char *folder, GError **error);

void stoker_payload_files_open_async (StokerWorkload *workload,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
StokerWorkload *stoker_payload_files_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
