/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-local-snapshot.h"

#include "stoker-json-write.h"

G_DEFINE_BOXED_TYPE (StokerLocalSnapshot,
                     stoker_local_snapshot,
                     stoker_local_snapshot_ref,
                     stoker_local_snapshot_unref)

/**
 * stoker_gpu_new:
 * @vendor: `nvidia`, `amd` or `intel`
 * @name: name of the model as the driver tells it
 *
 * Returns: (transfer full): a GPU of which nothing else is told yet
 */
StokerGpu *
stoker_gpu_new (const char *vendor, const char *name)
{
  StokerGpu *self = g_new0 (StokerGpu, 1);

  self->vendor = g_strdup (vendor);
  self->name = g_strdup (name);
  self->vram_total_gb = -1;
  self->vram_used_gb = -1;
  self->load_percent = -1;
  self->temperature_c = -1;
  self->power_w = -1;
  self->power_limit_w = -1;

  return self;
}

/**
 * stoker_gpu_free:
 * @self: (transfer full): a GPU
 */
void
stoker_gpu_free (StokerGpu *self)
{
  g_free (self->vendor);
  g_free (self->name);
  g_free (self->uuid);
  g_free (self->driver_version);
  g_free (self->problem);
  g_free (self);
}

/**
 * stoker_local_snapshot_new:
 * @taken_us: when
 * @source: who told: `nvml`, `nvidia-smi`, `sysfs` or `none`
 *
 * Returns: (transfer full): a snapshot without GPUs, to be filled before it is shared
 */
StokerLocalSnapshot *
stoker_local_snapshot_new (gint64 taken_us, const char *source)
{
  StokerLocalSnapshot *self = g_new0 (StokerLocalSnapshot, 1);

  self->gpus = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_gpu_free);
  self->memory_gb = -1;
  self->load_average = -1;
  self->source = g_strdup (source);
  self->taken_us = taken_us;
  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

/**
 * stoker_local_snapshot_ref:
 *
 * Returns: (transfer full): @self
 */
StokerLocalSnapshot *
stoker_local_snapshot_ref (StokerLocalSnapshot *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * stoker_local_snapshot_unref:
 * @self: (transfer full): a snapshot
 */
void
stoker_local_snapshot_unref (StokerLocalSnapshot *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->gpus);
  g_free (self->source);
  g_free (self);
}

/**
 * stoker_local_snapshot_get_largest_gpu:
 *
 * Returns: (transfer none) (nullable): the GPU with the most memory among those that work; one with
 * a problem only when there is no other
 */
const StokerGpu *
stoker_local_snapshot_get_largest_gpu (const StokerLocalSnapshot *self)
{
  const StokerGpu *largest = NULL;

  for (guint i = 0; i < self->gpus->len; i++)
    {
      const StokerGpu *gpu = g_ptr_array_index (self->gpus, i);
      gboolean is_better = largest == NULL || (largest->problem != NULL && gpu->problem == NULL);

      if (!is_better && (largest->problem == NULL) == (gpu->problem == NULL))
        is_better = gpu->vram_total_gb > largest->vram_total_gb;
      if (is_better)
        largest = gpu;
    }

  return largest;
}

static JsonObject *
gpu_to_json (const StokerGpu *gpu)
{
  JsonObject *object = json_object_new ();

  stoker_json_set_text (object, "vendor", gpu->vendor);
  stoker_json_set_text (object, "name", gpu->name);
  stoker_json_set_text (object, "uuid", gpu->uuid);
  stoker_json_set_text (object, "driver_version", gpu->driver_version);
  stoker_json_set_measure (object, "vram_total_gb", gpu->vram_total_gb);
  stoker_json_set_measure (object, "vram_used_gb", gpu->vram_used_gb);
  stoker_json_set_measure (object, "load_percent", gpu->load_percent);
  stoker_json_set_measure (object, "temperature_c", gpu->temperature_c);
  stoker_json_set_measure (object, "power_w", gpu->power_w);
  stoker_json_set_measure (object, "power_limit_w", gpu->power_limit_w);
  json_object_set_boolean_member (object, "integrated", gpu->is_integrated);
  stoker_json_set_text (object, "problem", gpu->problem);

  return object;
}

/**
 * stoker_local_snapshot_to_json:
 *
 * Returns: (transfer full): the snapshot as the faces print it; what is not told is null
 */
JsonNode *
stoker_local_snapshot_to_json (const StokerLocalSnapshot *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *gpus = json_array_new ();

  for (guint i = 0; i < self->gpus->len; i++)
    json_array_add_object_element (gpus, gpu_to_json (g_ptr_array_index (self->gpus, i)));
  json_object_set_array_member (object, "gpus", gpus);
  stoker_json_set_count (object, "cpus", self->cpus > 0 ? self->cpus : -1);
  stoker_json_set_measure (object, "memory_gb", self->memory_gb);
  stoker_json_set_measure (object, "load_average", self->load_average);
  stoker_json_set_text (object, "source", self->source);
  stoker_json_set_time (object, "taken_at", self->taken_us);

  return json_node_init_object (json_node_alloc (), object);
}
