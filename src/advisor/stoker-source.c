/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-weighing-private.h"

#include <string.h>

/* The rehearsal does no real work: it is weighed only when it is asked for by name. */
#define REHEARSAL_CLASS "simulated"

static gboolean
is_named (const char *name, const char *id, const StokerProfile *profile)
{
  if (name == NULL)
    return FALSE;

  return g_str_equal (name, id) || (profile != NULL && g_str_equal (name, profile->id));
}

static gboolean
is_opted_in (const StokerSource *self, const StokerWorkload *workload)
{
  if (self->provider != NULL && stoker_provider_get_opted_in (self->provider))
    return TRUE;
  for (guint i = 0; workload->opt_in != NULL && workload->opt_in[i] != NULL; i++)
    if (is_named (workload->opt_in[i], self->id, self->profile))
      return TRUE;

  return FALSE;
}

static gboolean
is_rehearsal (const StokerSource *self)
{
  const char *class_name = self->profile != NULL
                             ? stoker_profile_get_connector_class (self->profile)
                             : NULL;

  return g_strcmp0 (class_name, REHEARSAL_CLASS) == 0 && !self->is_preferred;
}

/* A price list can say nothing of it: only what is registered is there at all. */
static gboolean
is_own_hardware (const StokerProfile *profile)
{
  return profile != NULL &&
         (profile->kind == STOKER_KIND_LOCAL || profile->kind == STOKER_KIND_CLUSTER);
}

static StokerHurdle
find_hurdle (const StokerSource *self, const StokerWorkload *workload)
{
  StokerHealth *health = NULL;

  if (self->profile != NULL && self->profile->is_discontinued)
    return STOKER_HURDLE_DISCONTINUED;
  if (self->provider != NULL && !stoker_provider_get_active (self->provider))
    return STOKER_HURDLE_INACTIVE;
  if (self->provider != NULL)
    health = stoker_provider_get_health (self->provider);
  if (health != NULL && !health->is_ok)
    return STOKER_HURDLE_UNHEALTHY;
  if (is_rehearsal (self))
    return STOKER_HURDLE_REHEARSAL;
  if (self->provider == NULL && is_own_hardware (self->profile))
    return STOKER_HURDLE_UNREGISTERED;
  if (self->profile != NULL && self->profile->opt_in_warning != NULL &&
      !is_opted_in (self, workload))
    return STOKER_HURDLE_OPT_IN;

  return STOKER_HURDLE_NONE;
}

static StokerProvider *
find_provider (const StokerAdvisorInput *input, const char *id)
{
  for (guint i = 0; input->providers != NULL && i < input->providers->len; i++)
    {
      StokerProvider *provider = input->providers->pdata[i];

      if (g_strcmp0 (stoker_provider_get_id (provider), id) == 0)
        return provider;
    }

  return NULL;
}

/* A number of the registry entry's meta, the form of the first advisor; -1 when it is not there. */
static double
read_meta (StokerProvider *provider, const char *group, const char *name)
{
  JsonObject *meta = stoker_provider_get_meta (provider);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), meta);
  StokerJsonPlace root = stoker_json_root (node, "meta");
  StokerJsonPlace place = { 0 };
  double number = -1;

  if (!stoker_json_get_object (&root, group, STOKER_JSON_OPTIONAL, &place, NULL) ||
      !stoker_json_is_present (&place))
    return -1;
  if (!stoker_json_get_double (&place, name, STOKER_JSON_OPTIONAL, 0, 1e6, &number, NULL))
    return -1;

  return number;
}

/**
 * stoker_source_new:
 * @id: interned; of a registered provider or of a profile
 * @profile: (nullable)
 *
 * Returns: (transfer full): what is known of @id, with what keeps all of it out, if anything does
 */
StokerSource *
stoker_source_new (const StokerWeighing *weighing, const char *id, const StokerProfile *profile)
{
  StokerSource *self = g_new0 (StokerSource, 1);

  self->id = id;
  self->profile = profile;
  self->provider = find_provider (weighing->input, id);
  if (self->provider != NULL)
    self->region = g_intern_string (stoker_provider_get_config (self->provider, "region"));
  if (self->region != NULL && *self->region == '\0')
    self->region = NULL;
  self->vram_gb = self->provider != NULL ? read_meta (self->provider, NULL, "min_vram_gb") : -1;
  self->is_preferred = is_named (weighing->workload->preferred_provider, id, profile);
  self->hurdle = find_hurdle (self, weighing->workload);

  return self;
}

/**
 * stoker_source_free:
 *
 * Frees a source.
 */
void
stoker_source_free (StokerSource *self)
{
  g_free (self);
}

/**
 * stoker_source_get_name:
 *
 * Returns: (transfer none): the name the user gave it, else the vendor's
 */
const char *
stoker_source_get_name (const StokerSource *self)
{
  const char *name = self->provider != NULL ? stoker_provider_get_name (self->provider) : NULL;

  if (name != NULL)
    return name;

  return self->profile != NULL ? self->profile->name : self->id;
}

/**
 * stoker_source_is_abroad:
 *
 * Returns: whether @offer is of another region than the one the registry entry is set to
 */
gboolean
stoker_source_is_abroad (const StokerSource *self, const StokerOffer *offer)
{
  return self->region != NULL && offer->region != NULL && !g_str_equal (offer->region, "*") &&
         !g_str_equal (offer->region, self->region);
}

/**
 * stoker_source_is_elsewhere:
 *
 * Returns: whether @offer is the price of another region than the one it would run in: its user has
 * said where things are to run, so it only tells about what that may cost
 */
gboolean
stoker_source_is_elsewhere (const StokerSource *self, const StokerOffer *offer)
{
  return offer->price_region != NULL || stoker_source_is_abroad (self, offer);
}

/**
 * stoker_source_get_region:
 *
 * Returns: (transfer none): the region that the registry entry is set to; else that of @offer, or
 * the only one there is; "*" when nobody knows
 */
const char *
stoker_source_get_region (const StokerSource *self, const StokerOffer *offer)
{
  const StokerProfile *profile = self->profile;

  if (self->region != NULL)
    return self->region;
  if (offer->region != NULL && !g_str_equal (offer->region, "*"))
    return offer->region;
  if (profile != NULL && profile->regions != NULL && profile->regions->len == 1)
    return ((const StokerRegion *) profile->regions->pdata[0])->id;

  return "*";
}

static char *
read_hint (StokerProvider *provider, const char *workload_type)
{
  JsonObject *meta = stoker_provider_get_meta (provider);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), meta);
  StokerJsonPlace root = stoker_json_root (node, "meta");
  StokerJsonPlace hints = { 0 };
  char *hint = NULL;

  if (stoker_json_get_object (&root, "policy_hints", STOKER_JSON_OPTIONAL, &hints, NULL) &&
      stoker_json_is_present (&hints))
    stoker_json_get_string (&hints, workload_type, STOKER_JSON_OPTIONAL, &hint, NULL);

  return hint;
}

/**
 * stoker_source_get_policy_hint:
 * @workload_type: (nullable)
 *
 * Returns: (transfer full) (nullable): the sentence of the registry entry's `meta.policy_hints`,
 * else the profile's
 */
char *
stoker_source_get_policy_hint (const StokerSource *self, const char *workload_type)
{
  char *hint = NULL;

  if (self->provider != NULL && workload_type != NULL)
    hint = read_hint (self->provider, workload_type);
  if (hint == NULL && self->profile != NULL)
    hint = g_strdup (stoker_profile_get_policy_hint (self->profile, workload_type));

  return hint;
}

static const StokerPlan *
find_plan (const StokerProfile *profile, gboolean is_own)
{
  for (guint i = 0; i < profile->plans->len; i++)
    {
      const StokerPlan *plan = profile->plans->pdata[i];

      if (is_own ? plan->kind == STOKER_PLAN_OWN
                 : plan->kind != STOKER_PLAN_OWN && plan->kind != STOKER_PLAN_PER_OUTPUT)
        return plan;
    }

  return NULL;
}

/**
 * stoker_source_make_offer:
 * @offer: (out caller-allocates)
 *
 * A registered provider without a listed offer can still be weighed: hardware of one's own costs no
 * rent, and a registry entry may carry `meta.min_vram_gb` and `meta.cost.hourly_usd`.
 *
 * Returns: whether there is anything to weigh
 */
gboolean
stoker_source_make_offer (const StokerSource *self, StokerOffer *offer)
{
  double hourly;
  const StokerPlan *own;

  if (self->provider == NULL || self->profile == NULL || self->profile->plans == NULL)
    return FALSE;
  own = find_plan (self->profile, TRUE);
  hourly = read_meta (self->provider, "cost", "hourly_usd");
  if (own == NULL && (hourly < 0 || find_plan (self->profile, FALSE) == NULL))
    return FALSE;

  *offer = (StokerOffer){ .provider_id = self->id,
                          .profile = self->profile,
                          .region = g_intern_static_string ("*") };
  offer->plan = own != NULL ? own : find_plan (self->profile, FALSE);
  offer->vram_gb = self->vram_gb;
  offer->gpus = 1;
  offer->gpu = own != NULL ? NULL : g_intern_string (self->profile->default_gpu);
  offer->price_unit = STOKER_UNIT_HOUR;
  if (own == NULL)
    offer->price = stoker_money_scale_double (stoker_money_usd (STOKER_NANOS_PER_UNIT), hourly);
  offer->source = g_intern_static_string ("registry entry");
  offer->reliability = -1;
  offer->is_available = STOKER_TRI_UNKNOWN;

  return TRUE;
}
