/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-json.h"
#include "stoker-money.h"
#include "stoker-plan.h"

G_BEGIN_DECLS

typedef enum {
  STOKER_MODE_COST_SAVER,
  STOKER_MODE_BALANCED,
  STOKER_MODE_SPEED,
} StokerMode;

typedef enum {
  STOKER_WISH_NONE,
  STOKER_WISH_LATENCY,
  STOKER_WISH_THROUGHPUT,
} StokerWish;

typedef struct
{
  char *name;
  double size_mb;
  char *type;    /* nullable: sprite, cg, audio, model … */
  char *licence; /* nullable: SPDX id or "proprietary", "non-commercial", … */
} StokerAsset;

typedef struct
{
  char *id;
  gboolean is_cached;
  gboolean persists_outputs;
} StokerWorkflowRef;

#define STOKER_TYPE_WORKLOAD (stoker_workload_get_type ())

/**
 * StokerWorkload:
 *
 * What is to be done: the form of the seeds and what Stoker adds to it. Every field is optional; -1
 * and %NULL mean "not told". Immutable, atomically counted.
 *
 * The JSON form, every member optional:
 * `{"name", "project",
 *   "requirements":
 * {"type","min_vram_gb","estimated_minutes","gpus","persistent_storage","upload_mb","download_mb"},
 *   "assets": [{"name","size_mb","type","licence"}],
 *   "workflows": [{"id","cached","persist_outputs"}],
 *   "budget": {"limit_usd","mode"},
 *   "pipeline": {"translation": {"requires_gpu"}, "voice": {…}, …},
 *   "outputs": {"count","seconds_per_output","kind","per_month"},
 *   "residency": ["eu", …], "regions": ["EU-RO-1", …],
 *   "wish": "latency"|"throughput", "deadline_minutes",
 *   "preferred_provider": "id", "opt_in": ["vast", …], "allow_spot": bool, "hours_per_month",
 *   "payload": {…}        what is sent: the job's input as the provider wants it,
 *   "command": ["…", …]   what is run on this machine or a host}`
 * `outputs` may also be a plain number with `seconds_per_output` beside it.
 */
typedef struct _StokerWorkload StokerWorkload;
struct _StokerWorkload
{
  char *name;    /* nullable */
  char *project; /* nullable */
  char *type;    /* nullable: cg_batch, voice_synthesis, translation, image, video, … */
  double min_vram_gb;
  double estimated_minutes;
  int gpus; /* at least 1 */
  StokerTri needs_persistent_storage;
  double upload_mb;
  double download_mb;
  GPtrArray *assets;    /* of StokerAsset */
  GPtrArray *workflows; /* of StokerWorkflowRef */
  StokerMoney budget;   /* unknown: no limit */
  StokerMode mode;
  gboolean has_mode;
  gboolean pipeline_requires_gpu;
  GStrv pipeline_stages;
  gint64 outputs;
  double seconds_per_output;
  StokerOutputKind output_kind;
  gint64 outputs_per_month;
  GStrv residency;
  GStrv regions;
  StokerWish wish;
  double deadline_minutes;
  char *preferred_provider; /* nullable */
  GStrv opt_in;
  gboolean allows_spot;
  JsonNode *payload;      /* nullable */
  GStrv command;          /* nullable */
  JsonNode *source;       /* the document as it was read, for the record */
  double hours_per_month; /* a machine is kept on so long; 0 or less: not told */

  gatomicrefcount ref_count; /*< private >*/
};

extern const char *const stoker_mode_names[];

GType stoker_workload_get_type (void) G_GNUC_CONST;
StokerWorkload *stoker_workload_decode (JsonNode *node, const char *file, GError **error);
StokerWorkload *stoker_workload_load (const char *path, GError **error);
StokerWorkload *stoker_workload_ref (StokerWorkload *self);
void stoker_workload_unref (StokerWorkload *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerWorkload, stoker_workload_unref)

G_END_DECLS
