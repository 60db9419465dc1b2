/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json-write.h"
#include "stoker-profile.h"

/* The billing step of the plan that a card would show first. */
static gint64
get_increment (const StokerProfile *self)
{
  return self->plans->len > 0 ? ((const StokerPlan *) self->plans->pdata[0])->billing.increment_s
                              : -1;
}

static JsonObject *
make_cost (const StokerProfile *self)
{
  JsonObject *cost = json_object_new ();
  StokerMoney hourly = stoker_price_per_hour (&self->price_hint);

  if (hourly.is_known)
    json_object_set_double_member (cost, "hourly_usd", stoker_money_to_double (hourly));
  else
    json_object_set_null_member (cost, "hourly_usd");
  stoker_json_set_count (cost, "billing_increment_s", get_increment (self));
  stoker_json_set_text (cost, "source", self->price_hint.fact.source);
  stoker_json_set_time (cost, "as_of", self->price_hint.fact.as_of_us);
  return cost;
}

static JsonObject *
make_hints (const StokerProfile *self)
{
  JsonObject *hints = json_object_new ();
  GHashTableIter iter;
  gpointer type, hint;

  g_hash_table_iter_init (&iter, self->policy_hints);
  while (g_hash_table_iter_next (&iter, &type, &hint))
    json_object_set_string_member (hints, type, hint);
  return hints;
}

static JsonArray *
make_regions (const StokerProfile *self)
{
  JsonArray *regions = json_array_new ();

  for (guint i = 0; i < self->regions->len; i++)
    json_array_add_string_element (regions, ((const StokerRegion *) self->regions->pdata[i])->id);
  return regions;
}

/**
 * stoker_profile_to_meta:
 * @self: the profile
 *
 * The `meta` of a registry entry made from this profile, in the form that entries have in exported
 * registries: what the advisor of any tool that reads them needs, with hourly price in US dollars
 * and the billing step in seconds.
 *
 * Returns: (transfer full): an object
 */
JsonNode *
stoker_profile_to_meta (const StokerProfile *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *meta = json_object_new ();

  stoker_json_set_measure (meta, "min_vram_gb", self->min_vram_gb);
  json_object_set_object_member (meta, "cost", make_cost (self));
  json_object_set_boolean_member (meta, "supports_persistent_storage",
                                  self->supports_persistent_storage);
  json_object_set_object_member (meta, "policy_hints", make_hints (self));
  stoker_json_set_strings (meta, "preferred_workloads",
                           (const char *const *) self->preferred_workloads);
  json_object_set_array_member (meta, "regions", make_regions (self));
  stoker_json_set_text (meta, "egress_notice", self->egress_notice);
  stoker_json_set_text (meta, "residency_note", self->residency_note);
  json_node_take_object (node, meta);
  return node;
}
