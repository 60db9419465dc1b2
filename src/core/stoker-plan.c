/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-plan.h"

const char *const stoker_plan_kind_names[] = {
  [STOKER_PLAN_POD] = "pod",
  [STOKER_PLAN_SERVERLESS] = "serverless",
  [STOKER_PLAN_SPOT] = "spot",
  [STOKER_PLAN_ENDPOINT] = "endpoint",
  [STOKER_PLAN_PER_OUTPUT] = "per_output",
  [STOKER_PLAN_OWN] = "own",
  NULL,
};

const char *const stoker_storage_state_names[] = {
  [STOKER_STORAGE_RUNNING] = "running",
  [STOKER_STORAGE_STOPPED] = "stopped",
  [STOKER_STORAGE_ALWAYS] = "always",
  NULL,
};

const char *const stoker_output_kind_names[] = {
  [STOKER_OUTPUT_NONE] = "none",
  [STOKER_OUTPUT_IMAGE] = "image",
  [STOKER_OUTPUT_VIDEO] = "video",
  [STOKER_OUTPUT_AUDIO] = "audio",
  NULL,
};

/**
 * stoker_storage_rate_free:
 * @self: (transfer full): a rate
 */
void
stoker_storage_rate_free (StokerStorageRate *self)
{
  g_free (self->name);
  stoker_price_clear (&self->price);
  g_free (self);
}

/**
 * stoker_tier_free:
 * @self: (transfer full): a tier
 */
void
stoker_tier_free (StokerTier *self)
{
  stoker_price_clear (&self->price);
  g_free (self);
}

/**
 * stoker_plan_offer_free:
 * @self: (transfer full): a list price
 */
void
stoker_plan_offer_free (StokerPlanOffer *self)
{
  g_free (self->gpu);
  g_free (self->region);
  g_free (self->output_model);
  g_free (self->output_resolution);
  g_free (self->note);
  stoker_price_clear (&self->price);
  g_free (self);
}

/**
 * stoker_plan_free:
 * @self: (transfer full): a plan
 */
void
stoker_plan_free (StokerPlan *self)
{
  g_free (self->id);
  g_free (self->name);
  stoker_fact_clear (&self->billing.fact);
  stoker_fact_clear (&self->cold_start.fact);
  stoker_fact_clear (&self->request_time.fact);
  stoker_fact_clear (&self->interruption.fact);
  g_clear_pointer (&self->storage, g_ptr_array_unref);
  g_clear_pointer (&self->egress, g_ptr_array_unref);
  g_clear_pointer (&self->ingress, g_ptr_array_unref);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_free (self);
}
