/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-local-snapshot.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Looks at the GPUs of this machine: NVML, then nvidia-smi, then amdgpu's sysfs; never on the
 * caller's thread.
 * @sys_root is "/" but for tests. */
void stoker_gpu_detect_async (const char *sys_root,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
StokerLocalSnapshot *stoker_gpu_detect_finish (GAsyncResult *result, GError **error);

G_END_DECLS
