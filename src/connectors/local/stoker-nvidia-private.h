/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-local-snapshot.h"

G_BEGIN_DECLS

/* Why NVML or nvidia-smi told nothing. */
typedef enum {
  STOKER_NVIDIA_OK,
  STOKER_NVIDIA_NO_LIBRARY, /* nothing to ask; somebody else may know */
  STOKER_NVIDIA_NO_DRIVER,
  STOKER_NVIDIA_MISMATCH,
  STOKER_NVIDIA_LOST,
  STOKER_NVIDIA_NO_PERMISSION,
  STOKER_NVIDIA_OTHER,
} StokerNvidiaState;

char *stoker_nvidia_describe (StokerNvidiaState state);
StokerNvidiaState stoker_nvml_read (const char *const *libraries, StokerLocalSnapshot *snapshot);

extern const char *const stoker_nvidia_smi_arguments[];
StokerNvidiaState
stoker_nvidia_smi_decode (const char *text, int exit_status, StokerLocalSnapshot *snapshot);

G_END_DECLS
