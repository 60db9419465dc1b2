/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-workload.h"

#include "stoker-workload-private.h"

const char *const stoker_mode_names[] = {
  [STOKER_MODE_COST_SAVER] = "cost_saver",
  [STOKER_MODE_BALANCED] = "balanced",
  [STOKER_MODE_SPEED] = "speed",
  NULL,
};

G_DEFINE_BOXED_TYPE (StokerWorkload, stoker_workload, stoker_workload_ref, stoker_workload_unref)

void
stoker_asset_free (StokerAsset *self)
{
  g_free (self->name);
  g_free (self->type);
  g_free (self->licence);
  g_free (self);
}

void
stoker_workflow_ref_free (StokerWorkflowRef *self)
{
  g_free (self->id);
  g_free (self);
}

/*
 * stoker_workload_new:
 *
 * Returns: (transfer full): a workload of which nothing is told, for the decoder to fill
 */
StokerWorkload *
stoker_workload_new (void)
{
  StokerWorkload *self = g_new0 (StokerWorkload, 1);

  self->min_vram_gb = -1;
  self->estimated_minutes = -1;
  self->gpus = 1;
  self->needs_persistent_storage = STOKER_TRI_UNKNOWN;
  self->upload_mb = -1;
  self->download_mb = -1;
  self->assets = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_asset_free);
  self->workflows = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_workflow_ref_free);
  self->budget = stoker_money_unknown ();
  self->mode = STOKER_MODE_BALANCED;
  self->outputs = -1;
  self->seconds_per_output = -1;
  self->outputs_per_month = -1;
  self->deadline_minutes = -1;
  self->hours_per_month = -1;
  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

/**
 * stoker_workload_ref:
 *
 * Returns: (transfer full): @self
 */
StokerWorkload *
stoker_workload_ref (StokerWorkload *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * stoker_workload_unref:
 * @self: (transfer full): a workload
 */
void
stoker_workload_unref (StokerWorkload *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->name);
  g_free (self->project);
  g_free (self->type);
  g_ptr_array_unref (self->assets);
  g_ptr_array_unref (self->workflows);
  g_strfreev (self->pipeline_stages);
  g_strfreev (self->residency);
  g_strfreev (self->regions);
  g_free (self->preferred_provider);
  g_strfreev (self->opt_in);
  g_clear_pointer (&self->payload, json_node_unref);
  g_strfreev (self->command);
  g_clear_pointer (&self->source, json_node_unref);
  g_free (self);
}
