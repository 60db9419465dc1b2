/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-rate-private.h"

#include "stoker-json.h"

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/**
 * stoker_rate_to_json:
 * @offer: what the job runs on
 *
 * Returns: (transfer full) (nullable): the rate as it is kept with a job, or %NULL when the offer
 * is not priced by time or its price is unknown
 */
JsonNode *
stoker_rate_to_json (const StokerOffer *offer)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autofree char *amount = NULL;

  if (!offer->price.is_known || stoker_unit_get_seconds (offer->price_unit) <= 0)
    return NULL;

  builder = json_builder_new ();
  amount = stoker_money_to_decimal (offer->price);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "amount");
  json_builder_add_string_value (builder, amount);
  json_builder_set_member_name (builder, "currency");
  json_builder_add_string_value (builder, offer->price.currency);
  add_int (builder, "unit_s", stoker_unit_get_seconds (offer->price_unit));
  add_int (builder, "increment_s", MAX (offer->plan->billing.increment_s, 1));
  add_int (builder, "minimum_s", MAX (offer->plan->billing.minimum_s, 0));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * stoker_rate_read:
 * @self: return location
 * @job: a job
 *
 * Reads back what stoker_rate_to_json() wrote into the job's estimate.
 *
 * Returns: %FALSE when the job has no rate: its cost while it runs is unknown
 */
gboolean
stoker_rate_read (StokerRate *self, StokerJob *job)
{
  JsonNode *estimate = stoker_job_get_estimate (job);
  StokerJsonPlace root = stoker_json_root (estimate, "estimate");
  StokerJsonPlace rate;
  g_autofree char *amount = NULL;
  g_autofree char *currency = NULL;

  if (estimate == NULL)
    return FALSE;
  rate = stoker_json_member (&root, "rate");
  return stoker_json_is_present (&rate) &&
         stoker_json_get_string (&rate, "amount", STOKER_JSON_REQUIRED, &amount, NULL) &&
         stoker_json_get_string (&rate, "currency", STOKER_JSON_REQUIRED, &currency, NULL) &&
         stoker_money_parse (amount, currency, &self->price, NULL) &&
         stoker_json_get_int (&rate, "unit_s", STOKER_JSON_REQUIRED, 1, G_MAXINT32, &self->unit_s,
                              NULL) &&
         stoker_json_get_int (&rate, "increment_s", STOKER_JSON_REQUIRED, 1, G_MAXINT32,
                              &self->increment_s, NULL) &&
         stoker_json_get_int (&rate, "minimum_s", STOKER_JSON_REQUIRED, 0, G_MAXINT32,
                              &self->minimum_s, NULL);
}

/**
 * stoker_rate_cost:
 * @self: a rate
 * @seconds: time that counts
 *
 * Returns: what @seconds cost, rounded up to the billing increment and not under the minimum
 */
StokerMoney
stoker_rate_cost (const StokerRate *self, gint64 seconds)
{
  gint64 billed = MAX (seconds, self->minimum_s);

  billed = (billed + self->increment_s - 1) / self->increment_s * self->increment_s;
  return stoker_money_scale (self->price, billed, self->unit_s);
}
