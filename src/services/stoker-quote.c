/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-quote-private.h"

#include "stoker-advisor.h"
#include "stoker-error.h"
#include "stoker-rate-private.h"

#include <glib/gi18n-lib.h>

static void
add_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static JsonNode *
make_json (const StokerOffer *offer, StokerEstimate *estimate)
{
  JsonNode *node = stoker_estimate_to_json (estimate, g_get_real_time ());
  JsonNode *rate = stoker_rate_to_json (offer);
  JsonObject *target = json_object_new ();
  JsonObject *object = json_node_get_object (node);

  add_text (target, "plan", offer->plan != NULL ? offer->plan->id : NULL);
  add_text (target, "gpu", offer->gpu);
  add_text (target, "region", offer->region);
  json_object_set_object_member (object, "target", target);
  if (rate != NULL)
    json_object_set_member (object, "rate", rate);
  return node;
}

static void
take_offer (StokerQuote *self, const StokerOffer *offer, StokerEstimate *estimate)
{
  self->json = make_json (offer, estimate);
  self->total = estimate->total;
  self->plan_id = offer->plan != NULL ? g_strdup (offer->plan->id) : NULL;
  self->gpu = g_strdup (offer->gpu);
  self->region = g_strdup (offer->region);
}

static gboolean
is_large_enough (const StokerOffer *offer, const StokerRequirements *requirements)
{
  if (offer->gpu == NULL || !requirements->needs_gpu)
    return TRUE;
  return offer->vram_gb >= requirements->min_vram_gb - 0.5;
}

/* Without advice: the cheapest of the provider's list prices that can do it. */
static void
quote_cheapest (StokerQuote *self,
                StokerOfferTable *table,
                StokerWorkload *workload,
                const StokerRequirements *requirements)
{
  g_autoptr (StokerEstimate) best = NULL;
  const StokerOffer *best_offer = NULL;

  for (guint i = 0; i < stoker_offer_table_get_length (table); i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (table, i);
      g_autoptr (StokerEstimate) estimate = NULL;

      if (!is_large_enough (offer, requirements) ||
          !stoker_profile_can_run (offer->profile, offer->plan->id))
        continue;
      estimate = stoker_estimate_offer (offer, requirements, workload, g_get_real_time ());
      if (best != NULL && stoker_money_compare (estimate->total, best->total) >= 0)
        continue;
      g_clear_pointer (&best, stoker_estimate_unref);
      best = g_steal_pointer (&estimate);
      best_offer = offer;
    }
  if (best_offer != NULL)
    take_offer (self, best_offer, best);
}

/**
 * stoker_quote_init:
 * @self: the quote
 * @workspace: the workspace
 * @provider: where it is to run
 * @workload: what is to be done
 * @candidate: (nullable): the advice's candidate that was chosen
 * @error: return location
 *
 * Works out what a submission will cost. A provider without list prices gives a quote with an
 * unknown total.
 *
 * Returns: %FALSE with %STOKER_ERROR_UNSUPPORTED when @candidate is of a plan that cannot be run
 * yet
 */
gboolean
stoker_quote_init (StokerQuote *self,
                   StokerWorkspace *workspace,
                   StokerProvider *provider,
                   StokerWorkload *workload,
                   const StokerCandidate *candidate,
                   GError **error)
{
  StokerProfile *profile = stoker_workspace_get_profile (workspace, provider);
  g_autoptr (StokerOfferTable) table = NULL;
  StokerRequirements requirements = { 0 };

  self->total = stoker_money_unknown ();
  if (profile == NULL)
    return TRUE;
  if (candidate != NULL)
    {
      const char *plan_id = candidate->offer.plan != NULL ? candidate->offer.plan->id : NULL;

      if (!stoker_profile_can_run (profile, plan_id))
        {
          g_set_error (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                       _ ("Stoker cannot run jobs on %s, plan “%s”, yet"), profile->name, plan_id);
          return FALSE;
        }
      take_offer (self, &candidate->offer, candidate->estimate);
      return TRUE;
    }

  table = stoker_offer_table_new (stoker_workspace_get_catalog (workspace));
  stoker_offer_table_append_profile (table, profile, stoker_provider_get_id (provider));
  stoker_requirements_init (&requirements, workload);
  quote_cheapest (self, table, workload, &requirements);
  stoker_requirements_clear (&requirements);
  return TRUE;
}

/**
 * stoker_quote_clear:
 * @self: a quote
 *
 * Frees what it holds.
 */
void
stoker_quote_clear (StokerQuote *self)
{
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->plan_id, g_free);
  g_clear_pointer (&self->gpu, g_free);
  g_clear_pointer (&self->region, g_free);
}
