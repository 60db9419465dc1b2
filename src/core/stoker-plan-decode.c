/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-decode-private.h"

#include <math.h>

static const char *const output_kinds[] = { "image", "video", "audio", NULL };

static gboolean
decode_tri (const StokerJsonPlace *parent, const char *name, StokerTri *out, GError **error)
{
  StokerJsonPlace place = stoker_json_member (parent, name);
  gboolean value = FALSE;

  *out = STOKER_TRI_UNKNOWN;
  if (!stoker_json_is_present (&place))
    return TRUE;
  if (!stoker_json_get_boolean (parent, name, STOKER_JSON_REQUIRED, &value, error))
    return FALSE;

  *out = value ? STOKER_TRI_YES : STOKER_TRI_NO;
  return TRUE;
}

static gboolean
decode_billing (const StokerJsonPlace *plan, StokerBilling *out, GError **error)
{
  static const char *const members[] = { "increment_s", "minimum_s", "starting",
                                         "idle",        "stopped",   "idle_window_s",
                                         "source",      "as_of",     "confidence",
                                         NULL };
  StokerJsonPlace place = { 0 };

  return stoker_json_get_object (plan, "billing", STOKER_JSON_REQUIRED, &place, error) &&
         stoker_decode_form (&place, members, NULL, error) &&
         stoker_decode_seconds (&place, "increment_s", &out->increment_s, error) &&
         stoker_decode_seconds (&place, "minimum_s", &out->minimum_s, error) &&
         stoker_decode_seconds (&place, "idle_window_s", &out->idle_window_s, error) &&
         decode_tri (&place, "starting", &out->starting, error) &&
         decode_tri (&place, "idle", &out->idle, error) &&
         decode_tri (&place, "stopped", &out->stopped, error) &&
         stoker_decode_fact (&place, &out->fact, error);
}

static gboolean
decode_delay (const StokerJsonPlace *plan, const char *name, StokerDelay *out, GError **error)
{
  static const char *const members[] = { "p50_s", "p95_s", "source", "as_of", "confidence", NULL };
  StokerJsonPlace place = { 0 };

  out->p50_s = -1;
  out->p95_s = -1;
  if (!stoker_json_get_object (plan, name, STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;
  if (place.node == NULL)
    return TRUE;
  if (!stoker_decode_form (&place, members, NULL, error) ||
      !stoker_decode_seconds (&place, "p50_s", &out->p50_s, error) ||
      !stoker_decode_seconds (&place, "p95_s", &out->p95_s, error) ||
      !stoker_decode_fact (&place, &out->fact, error))
    return FALSE;
  if (out->p50_s < 0 || (out->p95_s >= 0 && out->p95_s < out->p50_s))
    {
      stoker_json_set_error (error, &place, "p50_s must be there and not above p95_s");
      return FALSE;
    }

  out->is_known = TRUE;
  return TRUE;
}

static gboolean
decode_interruption (const StokerJsonPlace *plan, StokerInterruption *out, GError **error)
{
  static const char *const members[] = { "per_hour", "redo_fraction", "source",
                                         "as_of",    "confidence",    NULL };
  StokerJsonPlace place = { 0 };

  out->per_hour = -1;
  out->redo_fraction = -1;
  if (!stoker_json_get_object (plan, "interruption", STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;
  if (place.node == NULL)
    return TRUE;

  out->is_known = TRUE;
  return stoker_decode_form (&place, members, NULL, error) &&
         stoker_json_get_double (&place, "per_hour", STOKER_JSON_OPTIONAL, 0, 1, &out->per_hour,
                                 error) &&
         stoker_json_get_double (&place, "redo_fraction", STOKER_JSON_OPTIONAL, 0, 1,
                                 &out->redo_fraction, error) &&
         stoker_decode_fact (&place, &out->fact, error);
}

static gboolean
expect_unit (const StokerJsonPlace *parent,
             const StokerPrice *price,
             StokerUnit unit,
             GError **error)
{
  StokerJsonPlace place = stoker_json_member (parent, "price");

  if (price->unit == unit)
    return TRUE;

  stoker_json_set_error (error, &place, "must be for the unit %s", stoker_unit_names[unit]);
  return FALSE;
}

static gpointer
decode_storage_rate (const StokerJsonPlace *place, GError **error)
{
  static const char *const members[] = { "name", "state", "price", NULL };
  g_autoptr (StokerStorageRate) rate = g_new0 (StokerStorageRate, 1);
  int state = 0;

  if (!stoker_decode_form (place, members, NULL, error) ||
      !stoker_decode_text (place, "name", &rate->name, error) ||
      !stoker_json_get_enum (place, "state", STOKER_JSON_REQUIRED, stoker_storage_state_names,
                             &state, error) ||
      !stoker_decode_price (place, "price", STOKER_JSON_REQUIRED, &rate->price, error) ||
      !expect_unit (place, &rate->price, STOKER_UNIT_GB_MONTH, error))
    return NULL;
  rate->state = (StokerStorageState) state;

  return g_steal_pointer (&rate);
}

static gpointer
decode_tier (const StokerJsonPlace *place, GError **error)
{
  static const char *const members[] = { "up_to_gb", "price", NULL };
  g_autoptr (StokerTier) tier = g_new0 (StokerTier, 1);

  tier->up_to_gb = -1;
  if (!stoker_decode_form (place, members, NULL, error) ||
      !stoker_json_get_double (place, "up_to_gb", STOKER_JSON_OPTIONAL, 0, G_MAXDOUBLE,
                               &tier->up_to_gb, error) ||
      !stoker_decode_price (place, "price", STOKER_JSON_REQUIRED, &tier->price, error) ||
      !expect_unit (place, &tier->price, STOKER_UNIT_GB, error))
    return NULL;

  return g_steal_pointer (&tier);
}

/* The limits rise and the last tier, and no other, has none. */
static gboolean
check_tiers (const StokerJsonPlace *place, GPtrArray *tiers, GError **error)
{
  double limit = 0;

  for (guint i = 0; i < tiers->len; i++)
    {
      const StokerTier *tier = g_ptr_array_index (tiers, i);
      StokerJsonPlace element = stoker_json_element (place, i);
      gboolean is_last = i + 1 == tiers->len;

      if (is_last ? tier->up_to_gb < 0 : tier->up_to_gb > limit)
        {
          limit = tier->up_to_gb;
          continue;
        }
      stoker_json_set_error (error, &element,
                             is_last ? "up_to_gb of the last tier must be null"
                                     : "up_to_gb must rise from tier to tier");
      return FALSE;
    }

  return TRUE;
}

static gboolean
decode_tiers (const StokerJsonPlace *plan, const char *name, GPtrArray **out, GError **error)
{
  StokerJsonPlace place = stoker_json_member (plan, name);

  if (!stoker_decode_list (plan, name, STOKER_JSON_OPTIONAL, decode_tier,
                           (GDestroyNotify) stoker_tier_free, out, error))
    return FALSE;
  if (*out == NULL)
    return TRUE;
  if ((*out)->len > 0)
    return check_tiers (&place, *out, error);

  stoker_json_set_error (error, &place, "must not be empty; null stands for unknown");
  return FALSE;
}

static gboolean
decode_output (const StokerJsonPlace *place, StokerPlanOffer *offer, GError **error)
{
  static const char *const members[] = { "kind", "model", "resolution", NULL };
  StokerJsonPlace output = { 0 };
  int kind = 0;

  if (!stoker_json_get_object (place, "output", STOKER_JSON_OPTIONAL, &output, error))
    return FALSE;
  if (output.node == NULL)
    return TRUE;
  if (!stoker_decode_form (&output, members, NULL, error) ||
      !stoker_json_get_enum (&output, "kind", STOKER_JSON_REQUIRED, output_kinds, &kind, error) ||
      !stoker_json_get_string (&output, "model", STOKER_JSON_OPTIONAL, &offer->output_model,
                               error) ||
      !stoker_json_get_string (&output, "resolution", STOKER_JSON_OPTIONAL,
                               &offer->output_resolution, error))
    return FALSE;

  offer->output_kind = (StokerOutputKind) (kind + STOKER_OUTPUT_IMAGE);
  return TRUE;
}

static gpointer
decode_offer (const StokerJsonPlace *place, GError **error)
{
  static const char *const members[] = {
    "gpu", "vram_gb", "gpus", "region", "price", "note", NULL
  };
  g_autoptr (StokerPlanOffer) offer = g_new0 (StokerPlanOffer, 1);
  gint64 gpus = 0;

  offer->vram_gb = -1;
  if (!stoker_decode_form (place, members, "output", error) ||
      !stoker_json_get_string (place, "gpu", STOKER_JSON_OPTIONAL, &offer->gpu, error) ||
      !stoker_json_get_double (place, "vram_gb", STOKER_JSON_OPTIONAL, 0, 100000, &offer->vram_gb,
                               error) ||
      !stoker_json_get_int (place, "gpus", STOKER_JSON_REQUIRED, 0, 10000, &gpus, error) ||
      !stoker_decode_text (place, "region", &offer->region, error) ||
      !stoker_decode_price (place, "price", STOKER_JSON_REQUIRED, &offer->price, error) ||
      !stoker_json_get_string (place, "note", STOKER_JSON_OPTIONAL, &offer->note, error) ||
      !decode_output (place, offer, error))
    return NULL;
  offer->gpus = (int) gpus;

  return g_steal_pointer (&offer);
}

static gboolean
is_output_unit (StokerUnit unit)
{
  return unit == STOKER_UNIT_IMAGE || unit == STOKER_UNIT_MEGAPIXEL ||
         unit == STOKER_UNIT_VIDEO_SECOND || unit == STOKER_UNIT_VIDEO ||
         unit == STOKER_UNIT_REQUEST;
}

/* What is wrong with an offer of this kind of plan, or NULL. */
static const char *
find_offer_mistake (const StokerPlanOffer *offer, StokerPlanKind kind)
{
  if (kind == STOKER_PLAN_PER_OUTPUT)
    {
      if (offer->output_kind == STOKER_OUTPUT_NONE)
        return "needs an output, being priced per output";
      if (offer->gpu != NULL || offer->vram_gb >= 0 || offer->gpus != 0)
        return "priced per output, so gpu and vram_gb must be null and gpus 0";
      if (!is_output_unit (offer->price.unit))
        return "priced per output, so the unit must be image, megapixel, video_second, video or "
               "request";
      return NULL;
    }
  if (offer->output_kind != STOKER_OUTPUT_NONE)
    return "priced by time, so it has no output";
  if (offer->gpu == NULL || offer->gpus == 0)
    return "priced by time, so it must name its GPU and how many";
  if (stoker_unit_get_seconds (offer->price.unit) == 0)
    return "priced by time, so the unit must be second, minute, hour or month";

  return NULL;
}

static gboolean
check_offers (const StokerJsonPlace *place, const StokerPlan *plan, GError **error)
{
  StokerJsonPlace offers = stoker_json_member (place, "offers");

  for (guint i = 0; i < plan->offers->len; i++)
    {
      const char *mistake = find_offer_mistake (g_ptr_array_index (plan->offers, i), plan->kind);
      StokerJsonPlace element = stoker_json_element (&offers, i);

      if (mistake == NULL)
        continue;
      stoker_json_set_error (error, &element, "%s", mistake);
      return FALSE;
    }

  return TRUE;
}

/*
 * stoker_plan_decode:
 * @place: a plan of a catalog document
 *
 * Returns: (transfer full) (nullable): the plan; %NULL with %STOKER_ERROR_CONFIG
 */
StokerPlan *
stoker_plan_decode (const StokerJsonPlace *place, GError **error)
{
  static const char *const members[] = { "id",         "kind",         "name",    "billing",
                                         "cold_start", "request_time", "storage", "egress",
                                         "ingress",    "interruption", "offers",  NULL };
  g_autoptr (StokerPlan) plan = g_new0 (StokerPlan, 1);
  int kind = 0;

  if (!stoker_decode_form (place, members, NULL, error) ||
      !stoker_decode_id (place, "id", "^[a-z0-9][a-z0-9-]*$", &plan->id, error) ||
      !stoker_json_get_enum (place, "kind", STOKER_JSON_REQUIRED, stoker_plan_kind_names, &kind,
                             error) ||
      !stoker_decode_text (place, "name", &plan->name, error) ||
      !decode_billing (place, &plan->billing, error) ||
      !decode_delay (place, "cold_start", &plan->cold_start, error) ||
      !decode_delay (place, "request_time", &plan->request_time, error) ||
      !stoker_decode_list (place, "storage", STOKER_JSON_REQUIRED, decode_storage_rate,
                           (GDestroyNotify) stoker_storage_rate_free, &plan->storage, error) ||
      !decode_tiers (place, "egress", &plan->egress, error) ||
      !decode_tiers (place, "ingress", &plan->ingress, error) ||
      !decode_interruption (place, &plan->interruption, error) ||
      !stoker_decode_list (place, "offers", STOKER_JSON_REQUIRED, decode_offer,
                           (GDestroyNotify) stoker_plan_offer_free, &plan->offers, error))
    return NULL;
  plan->kind = (StokerPlanKind) kind;
  if (!check_offers (place, plan, error))
    return NULL;

  return g_steal_pointer (&plan);
}
