/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"
#include "stoker-gpu-specs.h"
#include "stoker-provider.h"

G_BEGIN_DECLS

/* All the advisor looks at. It does no I/O and reads no clock: the same input gives the same
 * advice. */
typedef struct
{
  StokerWorkload *workload;
  StokerCatalog *catalog;
  StokerOfferTable *offers; /* every offer to weigh: curated and live; without the local machine */
  GPtrArray *providers;     /* nullable, of StokerProvider: the registered ones */
  StokerLocalSnapshot *local; /* nullable: nothing known of this machine */
  StokerLocalCost local_cost;
  StokerGpuSpecs *specs;
  const StokerMode *mode; /* nullable: overrides the workload's */
  gint64 now_us;
} StokerAdvisorInput;

/* How the requirements were worked out of a workload. */
typedef struct
{
  gboolean needs_gpu;
  double min_vram_gb; /* 0: none needed */
  char *vram_reason;  /* owned */
  gboolean is_batch;  /* FALSE: a short burst */
  gboolean needs_persistent_storage;
  double upload_gb;
  double download_gb;
  double storage_gb;
  gint64 work_s;  /* of computing on the reference GPU; -1 unknown */
  gint64 outputs; /* -1 unknown */
} StokerRequirements;

void stoker_requirements_init (StokerRequirements *self, const StokerWorkload *workload);
void stoker_requirements_clear (StokerRequirements *self);

StokerEstimate *stoker_estimate_offer (const StokerOffer *offer,
                                       const StokerRequirements *requirements,
                                       const StokerWorkload *workload,
                                       gint64 now_us);
StokerEstimate *stoker_estimate_local (const StokerGpu *gpu,
                                       const StokerLocalCost *cost,
                                       const StokerGpuSpec *spec,
                                       const StokerRequirements *requirements,
                                       const StokerWorkload *workload,
                                       gint64 now_us);
StokerAdvice *stoker_advise (const StokerAdvisorInput *input, GError **error);

G_END_DECLS
