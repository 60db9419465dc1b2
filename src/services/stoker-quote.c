/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-quote-private.h"

#include "stoker-advisor.h"
#include "stoker-error.h"
#include "stoker-json-write.h"
#include "stoker-price-request.h"
#include "stoker-rate-private.h"
#include "stoker-run-job.h"

#include <glib/gi18n-lib.h>

#define BY_REQUEST "by_request"

static void
add_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static JsonNode *
make_json (const StokerOffer *offer, StokerEstimate *estimate, const char *region)
{
  JsonNode *node = stoker_estimate_to_json (estimate, g_get_real_time ());
  JsonNode *rate = stoker_rate_to_json (offer);
  JsonObject *target = json_object_new ();
  JsonObject *object = json_node_get_object (node);

  add_text (target, "plan", offer->plan != NULL ? offer->plan->id : NULL);
  add_text (target, "gpu", offer->gpu);
  add_text (target, "region", region);
  add_text (target, "offer_id", offer->offer_id);
  json_object_set_int_member (target, "gpus", offer->gpus);
  json_object_set_object_member (object, "target", target);
  if (rate != NULL)
    json_object_set_member (object, "rate", rate);
  return node;
}

/* Where its user has set a region it runs there, whichever one the price is of. */
static void
take_offer (StokerQuote *self,
            const StokerOffer *offer,
            StokerEstimate *estimate,
            const char *set_region)
{
  const char *region = set_region != NULL && *set_region != '\0' ? set_region : offer->region;

  self->json = make_json (offer, estimate, region);
  self->total = estimate->total;
  self->plan_id = offer->plan != NULL ? g_strdup (offer->plan->id) : NULL;
  self->gpu = g_strdup (offer->gpu);
  self->region = g_strdup (region);
  self->offer_id = g_strdup (offer->offer_id);
  self->gpus = offer->gpus;
}

/* Without a price nothing is known of it but the names. */
static void
take_plan (StokerQuote *self, const char *plan_id, const char *gpu)
{
  JsonObject *target = json_object_new ();
  JsonObject *object = json_object_new ();

  json_object_set_string_member (target, "plan", plan_id);
  add_text (target, "gpu", gpu);
  json_object_set_object_member (object, "target", target);
  self->json = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (self->json, object);
  self->plan_id = g_strdup (plan_id);
  self->gpu = g_strdup (gpu);
}

/* The plan that was asked for, else the first that jobs can be sent to. */
static const char *
find_plan (StokerProfile *profile, const char *wanted)
{
  for (guint i = 0; wanted == NULL && i < profile->plans->len; i++)
    {
      const StokerPlan *plan = g_ptr_array_index (profile->plans, i);

      if (stoker_profile_can_run (profile, plan->id))
        wanted = plan->id;
    }
  return wanted;
}

static gboolean
is_large_enough (const StokerOffer *offer, const StokerRequirements *requirements)
{
  if (offer->gpu == NULL || !requirements->needs_gpu)
    return TRUE;
  return offer->vram_gb >= requirements->min_vram_gb - 0.5;
}

/* Whether the workload has all that the offer's plan asks for. */
static gboolean
is_complete (StokerWorkload *workload, StokerProfile *profile, const StokerOffer *offer)
{
  g_autofree char *missing = stoker_describe_missing_input_for_plan (workload, profile,
                                                                     offer->plan->id);

  return missing == NULL;
}

/* Of another region than the one that things are to run in. */
static gboolean
is_elsewhere (const StokerOffer *offer, const char *region)
{
  return region != NULL && *region != '\0' && offer->region != NULL &&
         !g_str_equal (offer->region, "*") && !g_str_equal (offer->region, region);
}

/* What matters more than its price: that the workload has all it asks for, and that the price is of
 * where it would run. The smaller the better. */
static int
get_rank (StokerWorkload *workload,
          StokerProfile *profile,
          const StokerOffer *offer,
          const char *region)
{
  return 2 * !is_complete (workload, profile, offer) + is_elsewhere (offer, region);
}

/* The prices that will do: of plans that jobs can be sent to, with enough memory, and as its
 * user wants it. */
static GPtrArray *
choose_offers (StokerOfferTable *table,
               const StokerRequirements *requirements,
               const StokerQuoteWish *wish)
{
  GPtrArray *offers = g_ptr_array_new ();

  for (guint i = 0; i < stoker_offer_table_get_length (table); i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (table, i);

      if (is_large_enough (offer, requirements) &&
          stoker_profile_can_run (offer->profile, offer->plan->id) &&
          (wish->plan_id == NULL || g_str_equal (wish->plan_id, offer->plan->id)))
        g_ptr_array_add (offers, (gpointer) offer);
    }
  return offers;
}

/* Those of one GPU. A whole name means that GPU alone: who asks for an L4 wants no L40S. */
static GPtrArray *
choose_gpu (GPtrArray *offers, const char *name)
{
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; i < offers->len; i++)
    if (stoker_offer_is_gpu (offers->pdata[i], name))
      g_ptr_array_add (chosen, offers->pdata[i]);
  for (guint i = 0; i < offers->len && chosen->len == 0; i++)
    if (stoker_offer_has_gpu (offers->pdata[i], name))
      g_ptr_array_add (chosen, offers->pdata[i]);
  return chosen;
}

/* Without advice: the cheapest. */
static void
quote_cheapest (StokerQuote *self,
                GPtrArray *offers,
                StokerProvider *provider,
                StokerProfile *profile,
                StokerWorkload *workload,
                const StokerRequirements *requirements)
{
  const char *region = stoker_provider_get_config (provider, "region");
  g_autoptr (StokerEstimate) best = NULL;
  const StokerOffer *best_offer = NULL;
  int best_rank = G_MAXINT;

  for (guint i = 0; i < offers->len; i++)
    {
      const StokerOffer *offer = g_ptr_array_index (offers, i);
      g_autoptr (StokerEstimate) estimate = NULL;
      int rank = get_rank (workload, profile, offer, region);

      if (rank > best_rank)
        continue;
      estimate = stoker_estimate_offer (offer, requirements, workload, g_get_real_time ());
      if (rank == best_rank && stoker_money_compare (estimate->total, best->total) >= 0)
        continue;
      g_clear_pointer (&best, stoker_estimate_unref);
      best = g_steal_pointer (&estimate);
      best_offer = offer;
      best_rank = rank;
    }
  if (best_offer != NULL)
    take_offer (self, best_offer, best, region);
}

/* Among the plans that jobs can be sent to. */
static gboolean
check_plan (const StokerProfile *profile, const char *plan_id, GError **error)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autofree char *names = NULL;

  for (guint i = 0; i < profile->plans->len; i++)
    {
      const StokerPlan *plan = g_ptr_array_index (profile->plans, i);

      if (!stoker_profile_can_run (profile, plan->id))
        continue;
      if (g_str_equal (plan->id, plan_id))
        return TRUE;
      g_ptr_array_add (known, plan->id);
    }
  g_ptr_array_add (known, NULL);
  names = g_strjoinv (", ", (char **) known->pdata);
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
               _ ("jobs for %s cannot be sent to a plan “%s”; there are: %s"), profile->name,
               plan_id, names);
  return FALSE;
}

static void
take_amounts (JsonObject *object, JsonNode *price)
{
  static const char *const members[] = { "total", "text",       "complete",
                                         "items", "per_output", "per_month" };
  StokerJsonPlace from = stoker_json_root (price, "price");

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      StokerJsonPlace member = stoker_json_member (&from, members[i]);

      if (json_object_has_member (object, members[i]))
        json_object_remove_member (object, members[i]);
      stoker_json_set_copy (object, members[i], member.node);
    }
  if (json_object_has_member (object, "rate"))
    json_object_remove_member (object, "rate");
}

/* The price of the request takes the place of what its plan costs on the average; what is known of
 * the time stays. */
static void
take_price (StokerQuote *self)
{
  g_autoptr (JsonNode) price = stoker_estimate_to_json (self->price, g_get_real_time ());

  if (self->json != NULL)
    take_amounts (json_node_get_object (self->json), price);
  else
    self->json = g_steal_pointer (&price);
  json_object_set_boolean_member (json_node_get_object (self->json), BY_REQUEST, TRUE);
  self->total = self->price->total;
}

/**
 * stoker_quote_is_by_request:
 * @estimate: (nullable): as it is kept with a job
 *
 * Returns: %TRUE when its total is the price of the one request, which is charged when it succeeds
 */
gboolean
stoker_quote_is_by_request (JsonNode *estimate)
{
  StokerJsonPlace root = stoker_json_root (estimate, "estimate");
  gboolean is_by_request = FALSE;

  return estimate != NULL &&
         stoker_json_get_boolean (&root, BY_REQUEST, STOKER_JSON_REQUIRED, &is_by_request, NULL) &&
         is_by_request;
}

/* Says which could have been chosen. */
static void
set_gpu_error (const StokerProfile *profile, GPtrArray *offers, const char *gpu, GError **error)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autofree char *names = NULL;

  for (guint i = 0; i < offers->len; i++)
    {
      const StokerOffer *offer = g_ptr_array_index (offers, i);

      if (offer->gpu != NULL && !g_ptr_array_find (known, offer->gpu, NULL))
        g_ptr_array_add (known, (gpointer) offer->gpu);
    }
  g_ptr_array_add (known, NULL);
  names = g_strjoinv (", ", (char **) known->pdata);
  if (known->len > 1)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("%s has no GPU “%s” that would do for this; there are: %s"), profile->name, gpu,
                 names);
  else
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("%s chooses the GPU of a job by itself: “%s” cannot be asked for"),
                 profile->name, gpu);
}

static gboolean
quote_offers (StokerQuote *self,
              StokerOfferTable *table,
              StokerProvider *provider,
              StokerProfile *profile,
              StokerWorkload *workload,
              const StokerQuoteWish *wish,
              GError **error)
{
  g_autoptr (GPtrArray) offers = NULL;
  g_autoptr (GPtrArray) chosen = NULL;
  StokerRequirements requirements = { 0 };

  stoker_requirements_init (&requirements, workload);
  offers = choose_offers (table, &requirements, wish);
  chosen = wish->gpu != NULL ? choose_gpu (offers, wish->gpu) : g_ptr_array_ref (offers);
  quote_cheapest (self, chosen, provider, profile, workload, &requirements);
  stoker_requirements_clear (&requirements);
  if (wish->gpu == NULL || chosen->len > 0)
    return TRUE;
  if (!stoker_profile_takes_any_gpu (profile))
    {
      set_gpu_error (profile, offers, wish->gpu, error);
      return FALSE;
    }
  take_plan (self, find_plan (profile, wish->plan_id), wish->gpu);
  return TRUE;
}

static gboolean
is_listed (StokerOfferTable *table, const char *gpu)
{
  for (guint i = 0; i < stoker_offer_table_get_length (table); i++)
    if (stoker_offer_has_gpu (stoker_offer_table_get (table, i), gpu))
      return TRUE;

  return FALSE;
}

static gboolean
quote_list_price (StokerQuote *self,
                  StokerWorkspace *workspace,
                  StokerProvider *provider,
                  StokerWorkload *workload,
                  const StokerQuoteWish *wish,
                  GError **error)
{
  StokerProfile *profile = stoker_workspace_get_profile (workspace, provider);
  g_autoptr (StokerOfferTable)
    table = stoker_offer_table_new (stoker_workspace_get_catalog (workspace));
  StokerOfferTable *live = NULL;

  stoker_offer_table_append_profile (table, profile, stoker_provider_get_id (provider));
  if (wish->gpu != NULL && !is_listed (table, wish->gpu))
    live = stoker_live_offers_lookup (stoker_workspace_get_live_offers (workspace), provider,
                                      g_get_real_time ());
  if (live != NULL)
    stoker_offer_table_append_table (table, live);
  return quote_offers (self, table, provider, profile, workload, wish, error);
}

static gboolean
quote_candidate (StokerQuote *self,
                 StokerProvider *provider,
                 StokerProfile *profile,
                 const StokerCandidate *candidate,
                 GError **error)
{
  const char *plan_id = candidate->offer.plan != NULL ? candidate->offer.plan->id : NULL;

  if (!stoker_profile_can_run (profile, plan_id))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                   _ ("Stoker cannot run jobs on %s, plan “%s”, yet"), profile->name, plan_id);
      return FALSE;
    }
  take_offer (self, &candidate->offer, candidate->estimate,
              stoker_provider_get_config (provider, "region"));
  return TRUE;
}

/**
 * stoker_quote_init:
 * @self: the quote
 * @workspace: the workspace
 * @provider: where it is to run
 * @workload: what is to be done
 * @candidate: (nullable): the advice's candidate that was chosen
 * @wish: (nullable): without a candidate, what the cheapest offer is taken of
 * @error: return location
 *
 * Works out what a submission will cost. A provider without list prices gives a quote with an
 * unknown total.
 *
 * Returns: %FALSE with %STOKER_ERROR_UNSUPPORTED when @candidate is of a plan that cannot be run
 * yet, or %STOKER_ERROR_CONFIG when there is no such plan or GPU to send jobs to
 */
gboolean
stoker_quote_init (StokerQuote *self,
                   StokerWorkspace *workspace,
                   StokerProvider *provider,
                   StokerWorkload *workload,
                   const StokerCandidate *candidate,
                   const StokerQuoteWish *wish,
                   GError **error)
{
  static const StokerQuoteWish no_wish = { NULL };
  const StokerQuoteWish *wanted = wish != NULL ? wish : &no_wish;
  StokerProfile *profile = stoker_workspace_get_profile (workspace, provider);

  self->total = stoker_money_unknown ();
  if (profile == NULL)
    return TRUE;
  if (candidate != NULL)
    return quote_candidate (self, provider, profile, candidate, error);
  if ((wanted->plan_id != NULL && !check_plan (profile, wanted->plan_id, error)) ||
      !quote_list_price (self, workspace, provider, workload, wanted, error))
    return FALSE;
  if (wanted->plan_id != NULL && self->plan_id == NULL)
    take_plan (self, wanted->plan_id, NULL);
  return TRUE;
}

/**
 * stoker_quote_take_price:
 * @self: a quote
 * @workspace: the workspace
 * @provider: where it is to run
 * @workload: what is to be done
 * @error: return location
 *
 * Puts the price of this one request in the place of the estimate where the provider's manifest
 * tells it.
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG when the provider does not take this request
 */
gboolean
stoker_quote_take_price (StokerQuote *self,
                         StokerWorkspace *workspace,
                         StokerProvider *provider,
                         StokerWorkload *workload,
                         GError **error)
{
  StokerProfile *profile = stoker_workspace_get_profile (workspace, provider);
  StokerOffer target = { .gpu = self->gpu, .region = self->region };

  if (profile == NULL)
    return TRUE;
  target.plan = stoker_profile_find_plan (profile, self->plan_id);
  if (!stoker_price_request (workspace, stoker_provider_get_id (provider), workload, &target,
                             &self->price, error))
    return FALSE;
  if (self->price != NULL)
    take_price (self);
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
  g_clear_pointer (&self->price, stoker_estimate_unref);
  g_clear_pointer (&self->plan_id, g_free);
  g_clear_pointer (&self->gpu, g_free);
  g_clear_pointer (&self->region, g_free);
  g_clear_pointer (&self->offer_id, g_free);
}
