/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-profile.h"

G_BEGIN_DECLS

#define STOKER_TYPE_GPU_SPECS (stoker_gpu_specs_get_type ())
G_DECLARE_FINAL_TYPE (StokerGpuSpecs, stoker_gpu_specs, STOKER, GPU_SPECS, GObject)

/* What is known of one GPU model. */
typedef struct
{
  char *name;
  GStrv aliases;
  double vram_gb;
  double tdp_w;
  StokerMoney purchase; /* unknown when not told */
  StokerFact purchase_fact;
  double relative_speed; /* RTX 3090 = 1; -1 unknown */
} StokerGpuSpec;

StokerGpuSpecs *stoker_gpu_specs_load (const char *resource_path, GError **error);
StokerGpuSpecs *stoker_gpu_specs_decode (JsonNode *node, const char *file, GError **error);
const StokerGpuSpec *stoker_gpu_specs_lookup (StokerGpuSpecs *self, const char *name);

G_END_DECLS
