/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-advisor.h"

#include <glib/gi18n-lib.h>

#include <math.h>

#define SECONDS_PER_MINUTE 60
#define MB_PER_GB 1000.0

/* Nobody rents for longer than a hundred years; it keeps later products inside 64 bits. */
#define LONGEST_WORK_S 3.2e9

/* A workload without any of the clear signs is a batch from this much work on. */
#define BATCH_WORK_S 3600
#define BATCH_OUTPUTS 50

/* What a ComfyUI graph, or a pipeline that asks for a GPU, needs when nothing else is told. */
#define DEFAULT_FLOOR_GB 8

typedef enum {
  PACE_OPEN,
  PACE_BURST,
  PACE_BATCH,
} Pace;

typedef struct
{
  const char *name;
  double vram_gb;
  Pace pace;
} Demand;

/*
 * VRAM a type of workload needs when the workload does not say, and how it usually arrives. The
 * 12 GB of CG work are those of the first advisor's example ("12GB required for CG super-res");
 * the others are the smallest card on which the usual models of that type run without paging:
 * SDXL 8, speech models 8, short clips 16, training of adapters 24. They are floors for choosing,
 * not promises. Translation runs on the CPU unless the pipeline asks for a GPU.
 */
static const Demand workload_types[] = {
  { "cg_batch", 12, PACE_BATCH },  { "voice_synthesis", 8, PACE_BURST },
  { "translation", 0, PACE_OPEN }, { "image", 8, PACE_OPEN },
  { "video", 16, PACE_OPEN },      { "upscale", 8, PACE_BATCH },
  { "training", 24, PACE_BATCH },  { "interactive", 8, PACE_BURST },
};

/* The same for what an asset is. Other kinds of asset say nothing. */
static const Demand asset_types[] = {
  { "sprite", 8, PACE_OPEN },
  { "cg", 12, PACE_OPEN },
  { "audio", 6, PACE_OPEN },
  { "video", 16, PACE_OPEN },
};

static const Demand *
find_demand (const Demand *table, gsize length, const char *name)
{
  if (name == NULL)
    return NULL;
  for (gsize i = 0; i < length; i++)
    if (g_ascii_strcasecmp (table[i].name, name) == 0)
      return &table[i];

  return NULL;
}

static void
raise_floor (StokerRequirements *self, double vram_gb, char *reason)
{
  g_autofree char *owned = reason;

  if (vram_gb <= self->min_vram_gb)
    return;
  self->min_vram_gb = vram_gb;
  g_free (self->vram_reason);
  self->vram_reason = g_steal_pointer (&owned);
}

static void
infer_from_type (StokerRequirements *self, const StokerWorkload *workload)
{
  const Demand *demand = find_demand (workload_types, G_N_ELEMENTS (workload_types),
                                      workload->type);

  if (demand != NULL)
    raise_floor (self, demand->vram_gb,
                 g_strdup_printf (_ ("Work of type %s usually needs %g GB."), demand->name,
                                  demand->vram_gb));
}

static void
infer_from_assets (StokerRequirements *self, const StokerWorkload *workload)
{
  for (guint i = 0; workload->assets != NULL && i < workload->assets->len; i++)
    {
      const StokerAsset *asset = workload->assets->pdata[i];
      const Demand *demand = find_demand (asset_types, G_N_ELEMENTS (asset_types), asset->type);

      if (demand != NULL)
        raise_floor (self, demand->vram_gb,
                     g_strdup_printf (_ ("Assets of type %s (%s) usually need %g GB."),
                                      demand->name, asset->name, demand->vram_gb));
    }
}

static void
infer_from_output (StokerRequirements *self, const StokerWorkload *workload)
{
  const char *name = workload->output_kind == STOKER_OUTPUT_VIDEO   ? "video"
                     : workload->output_kind == STOKER_OUTPUT_IMAGE ? "image"
                                                                    : NULL;
  const Demand *demand = find_demand (workload_types, G_N_ELEMENTS (workload_types), name);

  if (demand != NULL && self->min_vram_gb <= 0)
    raise_floor (self, demand->vram_gb,
                 g_strdup_printf (_ ("Outputs of kind %s usually need %g GB."), demand->name,
                                  demand->vram_gb));
}

static void
infer_default (StokerRequirements *self, const StokerWorkload *workload)
{
  if (self->min_vram_gb > 0)
    return;
  if (workload->pipeline_requires_gpu)
    raise_floor (self, DEFAULT_FLOOR_GB,
                 g_strdup_printf (_ ("A stage of the pipeline asks for a GPU; %d GB are assumed."),
                                  DEFAULT_FLOOR_GB));
  else if (workload->workflows != NULL && workload->workflows->len > 0)
    raise_floor (self, DEFAULT_FLOOR_GB,
                 g_strdup_printf (_ ("A workflow needs a GPU; %d GB are assumed."),
                                  DEFAULT_FLOOR_GB));
}

static void
work_out_vram (StokerRequirements *self, const StokerWorkload *workload)
{
  if (workload->min_vram_gb > 0)
    {
      raise_floor (self, workload->min_vram_gb,
                   g_strdup_printf (_ ("The requirements ask for %g GB."), workload->min_vram_gb));
    }
  else if (workload->min_vram_gb < 0)
    {
      infer_from_type (self, workload);
      infer_from_assets (self, workload);
      infer_from_output (self, workload);
    }
  if (workload->min_vram_gb != 0 || workload->pipeline_requires_gpu)
    infer_default (self, workload);

  self->needs_gpu = self->min_vram_gb > 0;
  if (self->vram_reason == NULL)
    self->vram_reason = g_strdup (workload->min_vram_gb == 0
                                    ? _ ("The requirements ask for no GPU.")
                                    : _ ("Nothing in the workload asks for a GPU."));
}

/* 0.1 min is a hair more than 6 s in binary; that hair is not a second. */
static gint64
round_up (double seconds)
{
  return (gint64) ceil (MIN (seconds, LONGEST_WORK_S) - 1e-6);
}

/* Minutes name the whole work; without them it is outputs × seconds each. Rounded up to a second.
 */
static void
work_out_time (StokerRequirements *self, const StokerWorkload *workload)
{
  self->outputs = workload->outputs > 0 ? workload->outputs : -1;
  self->work_s = -1;
  if (workload->estimated_minutes >= 0)
    self->work_s = round_up (workload->estimated_minutes * SECONDS_PER_MINUTE);
  else if (self->outputs > 0 && workload->seconds_per_output >= 0)
    self->work_s = round_up ((double) self->outputs * workload->seconds_per_output);
}

/* A wish decides; then the type; then the amount of work. */
static gboolean
is_batch (const StokerRequirements *self, const StokerWorkload *workload)
{
  const Demand *demand = find_demand (workload_types, G_N_ELEMENTS (workload_types),
                                      workload->type);

  if (workload->wish == STOKER_WISH_LATENCY)
    return FALSE;
  if (workload->wish == STOKER_WISH_THROUGHPUT)
    return TRUE;
  if (demand != NULL && demand->pace != PACE_OPEN)
    return demand->pace == PACE_BATCH;

  return self->work_s >= BATCH_WORK_S || self->outputs >= BATCH_OUTPUTS;
}

static gboolean
is_kept (const StokerWorkload *workload)
{
  if (workload->needs_persistent_storage != STOKER_TRI_UNKNOWN)
    return workload->needs_persistent_storage == STOKER_TRI_YES;
  for (guint i = 0; workload->workflows != NULL && i < workload->workflows->len; i++)
    {
      const StokerWorkflowRef *workflow = workload->workflows->pdata[i];

      if (workflow->is_cached || workflow->persists_outputs)
        return TRUE;
    }

  return g_strcmp0 (workload->type, "training") == 0;
}

static void
work_out_volume (StokerRequirements *self, const StokerWorkload *workload)
{
  double upload_mb = MAX (workload->upload_mb, 0);

  for (guint i = 0; workload->assets != NULL && i < workload->assets->len; i++)
    {
      const StokerAsset *asset = workload->assets->pdata[i];

      upload_mb += MAX (asset->size_mb, 0);
    }
  self->upload_gb = upload_mb / MB_PER_GB;
  self->download_gb = MAX (workload->download_mb, 0) / MB_PER_GB;
  self->storage_gb = self->upload_gb + self->download_gb;
}

/**
 * stoker_requirements_init:
 * @self: (out caller-allocates): cleared with stoker_requirements_clear()
 *
 * Works out what @workload needs. The VRAM floor is the given one, else the largest that its type,
 * its assets and its kind of output usually need, else 8 GB when a workflow or a pipeline stage
 * asks for a GPU; @self says why. Work is a batch when throughput is wished, its type is one, or it
 * takes an hour or makes 50 outputs; else a short burst. What must be kept (persisted outputs, a
 * cached workflow, training) needs storage that outlives the machine. Transfer is the assets and
 * what the requirements add, with 1000 MB to the GB.
 */
void
stoker_requirements_init (StokerRequirements *self, const StokerWorkload *workload)
{
  *self = (StokerRequirements){ 0 };

  work_out_vram (self, workload);
  work_out_time (self, workload);
  work_out_volume (self, workload);
  self->is_batch = is_batch (self, workload);
  self->needs_persistent_storage = is_kept (workload);
}

/**
 * stoker_requirements_clear:
 *
 * Frees what stoker_requirements_init() made.
 */
void
stoker_requirements_clear (StokerRequirements *self)
{
  g_clear_pointer (&self->vram_reason, g_free);
}
