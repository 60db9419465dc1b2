/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json.h"
#include "stoker-offer-table.h"
#include "stoker-time.h"

#define MAX_OFFERS 100000
#define MAX_GPUS 1024
#define MAX_VRAM_GB 4096

/* @out is left alone when the member is missing. */
static gboolean
read_text (const StokerJsonPlace *place,
           const char *name,
           StokerJsonNeed need,
           const char **out,
           GError **error)
{
  g_autofree char *text = NULL;

  if (!stoker_json_get_string (place, name, need, &text, error))
    return FALSE;
  if (text != NULL)
    *out = g_intern_string (text);
  return TRUE;
}

static gboolean
read_plan (const StokerJsonPlace *place, StokerCatalog *catalog, StokerOffer *offer, GError **error)
{
  StokerJsonPlace plan = stoker_json_member (place, "plan");
  StokerJsonPlace template = stoker_json_member (place, "template");
  const char *template_id = NULL;
  const char *plan_id = NULL;

  if (!read_text (place, "provider", STOKER_JSON_REQUIRED, &offer->provider_id, error) ||
      !read_text (place, "template", STOKER_JSON_REQUIRED, &template_id, error) ||
      !read_text (place, "plan", STOKER_JSON_REQUIRED, &plan_id, error))
    return FALSE;
  offer->profile = stoker_catalog_lookup (catalog, template_id);
  if (offer->profile == NULL)
    {
      stoker_json_set_error (error, &template, "the catalog has no provider “%s”", template_id);
      return FALSE;
    }
  offer->plan = stoker_profile_find_plan (offer->profile, plan_id);
  if (offer->plan == NULL)
    stoker_json_set_error (error, &plan, "“%s” has no plan “%s”", template_id, plan_id);
  return offer->plan != NULL;
}

static gboolean
read_machine (const StokerJsonPlace *place, StokerOffer *offer, GError **error)
{
  gint64 gpus = 0;

  offer->region = g_intern_static_string ("*");
  offer->vram_gb = -1;
  if (!read_text (place, "gpu", STOKER_JSON_OPTIONAL, &offer->gpu, error) ||
      !read_text (place, "region", STOKER_JSON_OPTIONAL, &offer->region, error) ||
      !read_text (place, "offer_id", STOKER_JSON_OPTIONAL, &offer->offer_id, error) ||
      !stoker_json_get_int (place, "gpus", STOKER_JSON_REQUIRED, 0, MAX_GPUS, &gpus, error) ||
      !stoker_json_get_double (place, "vram_gb", STOKER_JSON_OPTIONAL, 0, MAX_VRAM_GB,
                               &offer->vram_gb, error))
    return FALSE;
  offer->gpus = (int) gpus;
  return TRUE;
}

static gboolean
read_price (const StokerJsonPlace *place, StokerOffer *offer, GError **error)
{
  StokerJsonPlace member = stoker_json_member (place, "price");
  g_autofree char *price = NULL;
  g_autofree char *currency = NULL;
  g_autoptr (GError) local_error = NULL;
  int unit = 0;

  offer->price = stoker_money_unknown ();
  if (!stoker_json_get_string (place, "price", STOKER_JSON_OPTIONAL, &price, error) ||
      !stoker_json_get_string (place, "currency",
                               price != NULL ? STOKER_JSON_REQUIRED : STOKER_JSON_OPTIONAL,
                               &currency, error) ||
      !stoker_json_get_enum (place, "unit", STOKER_JSON_REQUIRED, stoker_unit_names, &unit, error))
    return FALSE;
  offer->price_unit = (StokerUnit) unit;
  if (price != NULL && !stoker_money_parse (price, currency, &offer->price, &local_error))
    stoker_json_set_error (error, &member, "%s", local_error->message);
  return local_error == NULL;
}

static gboolean
read_origin (const StokerJsonPlace *place, StokerOffer *offer, GError **error)
{
  StokerJsonPlace member = stoker_json_member (place, "as_of");
  g_autofree char *as_of = NULL;
  int confidence = STOKER_CONFIDENCE_UNVERIFIED;
  gboolean is_available = FALSE;

  offer->reliability = -1;
  if (!read_text (place, "source", STOKER_JSON_REQUIRED, &offer->source, error) ||
      !stoker_json_get_string (place, "as_of", STOKER_JSON_REQUIRED, &as_of, error) ||
      !stoker_json_get_enum (place, "confidence", STOKER_JSON_OPTIONAL, stoker_confidence_names,
                             &confidence, error) ||
      !stoker_json_get_double (place, "reliability", STOKER_JSON_OPTIONAL, 0, 1,
                               &offer->reliability, error) ||
      !stoker_json_get_boolean (place, "available", STOKER_JSON_OPTIONAL, &is_available, error) ||
      !stoker_json_get_boolean (place, "lacks_quota", STOKER_JSON_OPTIONAL, &offer->lacks_quota,
                                error) ||
      !stoker_json_get_boolean (place, "live", STOKER_JSON_OPTIONAL, &offer->is_live, error))
    return FALSE;
  offer->confidence = (StokerConfidence) confidence;
  offer->as_of_us = stoker_time_parse (as_of);
  offer->is_available = STOKER_TRI_UNKNOWN;
  member = stoker_json_member (place, "available");
  if (stoker_json_is_present (&member))
    offer->is_available = is_available ? STOKER_TRI_YES : STOKER_TRI_NO;
  member = stoker_json_member (place, "as_of");
  if (offer->as_of_us == 0)
    stoker_json_set_error (error, &member, "“%s” is no time", as_of);
  return offer->as_of_us != 0;
}

static gboolean
read_output (const StokerJsonPlace *place, StokerOffer *offer, GError **error)
{
  StokerJsonPlace output = { NULL };
  int kind = STOKER_OUTPUT_NONE;

  if (!stoker_json_get_object (place, "output", STOKER_JSON_OPTIONAL, &output, error))
    return FALSE;
  if (output.node == NULL)
    return TRUE;
  if (!stoker_json_get_enum (&output, "kind", STOKER_JSON_REQUIRED, stoker_output_kind_names, &kind,
                             error) ||
      !read_text (&output, "model", STOKER_JSON_OPTIONAL, &offer->output_model, error) ||
      !read_text (&output, "resolution", STOKER_JSON_OPTIONAL, &offer->output_resolution, error))
    return FALSE;
  offer->output_kind = (StokerOutputKind) kind;
  return TRUE;
}

/**
 * stoker_offer_table_append_json:
 * @self: a table that was made for @catalog
 * @catalog: where profiles and plans are looked up
 * @document: an array of what stoker_offer_to_json() gives; other members are passed over
 * @name: what errors call the document
 * @error: return location
 *
 * Appends the offers of a document.
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG naming document, place and mistake
 */
gboolean
stoker_offer_table_append_json (StokerOfferTable *self,
                                StokerCatalog *catalog,
                                JsonNode *document,
                                const char *name,
                                GError **error)
{
  StokerJsonPlace root = stoker_json_root (document, name);

  g_return_val_if_fail (STOKER_IS_OFFER_TABLE (self), FALSE);

  if (!stoker_json_expect_array (&root, MAX_OFFERS, error))
    return FALSE;
  for (guint i = 0; i < stoker_json_length (&root); i++)
    {
      StokerJsonPlace place = stoker_json_element (&root, i);
      StokerOffer offer = { NULL };

      if (!stoker_json_expect_object (&place, error) ||
          !read_plan (&place, catalog, &offer, error) || !read_machine (&place, &offer, error) ||
          !read_price (&place, &offer, error) || !read_origin (&place, &offer, error) ||
          !read_output (&place, &offer, error))
        return FALSE;
      stoker_offer_table_append (self, &offer);
    }
  return TRUE;
}
