/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-gpu-specs.h"

G_BEGIN_DECLS

/* One GPU of this machine (or of a host that was asked). -1: not told. */
typedef struct
{
  char *vendor; /* nvidia, amd, intel */
  char *name;
  char *uuid;           /* nullable */
  char *driver_version; /* nullable */
  double vram_total_gb;
  double vram_used_gb;
  double load_percent;
  double temperature_c;
  double power_w;
  double power_limit_w;
  gboolean is_integrated;
  char *problem; /* nullable: driver missing, lost, asleep … */
} StokerGpu;

#define STOKER_TYPE_LOCAL_SNAPSHOT (stoker_local_snapshot_get_type ())

/* What this machine has right now, with the user's costs for running it. Immutable, atomically
 * counted. */
typedef struct _StokerLocalSnapshot StokerLocalSnapshot;
struct _StokerLocalSnapshot
{
  GPtrArray *gpus; /* of StokerGpu */
  int cpus;
  double memory_gb;
  double load_average;
  char *source; /* nvml, nvidia-smi, sysfs, none */
  gint64 taken_us;

  gatomicrefcount ref_count; /*< private >*/
};

/* What running the own machine costs; unknown values are left out of the sum and named. */
typedef struct
{
  StokerMoney tariff_per_kwh;
  double watts;         /* whole machine while working; -1: taken from the GPU's TDP */
  StokerMoney purchase; /* unknown: not counted */
  double useful_hours;  /* over which the purchase is spread; -1: not counted */
} StokerLocalCost;

GType stoker_local_snapshot_get_type (void) G_GNUC_CONST;
StokerLocalSnapshot *stoker_local_snapshot_new (gint64 taken_us, const char *source);
StokerLocalSnapshot *stoker_local_snapshot_ref (StokerLocalSnapshot *self);
void stoker_local_snapshot_unref (StokerLocalSnapshot *self);
const StokerGpu *stoker_local_snapshot_get_largest_gpu (const StokerLocalSnapshot *self);
StokerGpu *stoker_gpu_new (const char *vendor, const char *name);
void stoker_gpu_free (StokerGpu *self);
JsonNode *stoker_local_snapshot_to_json (const StokerLocalSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerGpu, stoker_gpu_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerLocalSnapshot, stoker_local_snapshot_unref)

G_END_DECLS
