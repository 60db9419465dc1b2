/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-price-request.h"

#include "stoker-error.h"
#include "stoker-payload-files-private.h"
#include "stoker-request-parameters-private.h"

#include <glib/gi18n-lib.h>

/* The items go into the estimate; one that is unknown leaves the total unknown. */
static StokerEstimate *
make_estimate (GPtrArray *items)
{
  StokerEstimate *estimate = stoker_estimate_new ();

  g_ptr_array_extend_and_steal (estimate->items, g_steal_pointer (&items));
  estimate->is_complete = TRUE;
  for (guint i = 0; i < estimate->items->len; i++)
    {
      const StokerEstimateItem *item = g_ptr_array_index (estimate->items, i);

      estimate->total = i == 0 ? item->amount : stoker_money_add (estimate->total, item->amount);
      estimate->is_complete = estimate->is_complete && item->amount.is_known;
    }
  return estimate;
}

/**
 * stoker_price_request:
 * @workspace: the workspace
 * @provider_id: where it would be sent
 * @workload: what would be sent
 * @offer: (nullable): what it would run on
 * @price: (out) (transfer full) (nullable): what the provider charges for this one request, with
 * formulas and sources; %NULL where it is billed by time, or nobody told
 * @error: return location
 *
 * Works out the price of a request from its parameters, which are checked first.
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG when the provider does not take this request: the text
 * names the place in the workload, the parameter and the limit
 */
gboolean
stoker_price_request (StokerWorkspace *workspace,
                      const char *provider_id,
                      StokerWorkload *workload,
                      const StokerOffer *offer,
                      StokerEstimate **price,
                      GError **error)
{
  g_autoptr (StokerConnection) connection = NULL;
  StokerJobPricer *pricer = stoker_find_job_pricer (workspace, provider_id, &connection);
  StokerJobRequest request = { 0 };
  g_autoptr (StokerWorkload) complete = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) local_error = NULL;

  *price = NULL;
  if (pricer == NULL)
    return TRUE;
  complete = stoker_payload_files_stand_in (workload, stoker_connection_get_profile (connection),
                                            error);
  if (complete == NULL)
    return FALSE;
  request = stoker_describe_unsent_request (complete, offer);
  items = stoker_job_pricer_itemise (pricer, connection, &request, &local_error);
  if (g_error_matches (local_error, STOKER_ERROR, STOKER_ERROR_CONFIG))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (items != NULL && items->len > 0)
    *price = make_estimate (g_steal_pointer (&items));
  return TRUE;
}

/**
 * stoker_price_check_budget:
 * @price: (nullable): of a request
 * @workload: what would be sent
 * @error: return location
 *
 * Returns: %FALSE with %STOKER_ERROR_HELD when the request is known to cost more than the workload
 * may
 */
gboolean
stoker_price_check_budget (const StokerEstimate *price, StokerWorkload *workload, GError **error)
{
  StokerMoney left = stoker_money_unknown ();
  g_autofree char *cost = NULL;
  g_autofree char *budget = NULL;

  if (price == NULL || !price->total.is_known || !workload->budget.is_known)
    return TRUE;
  left = stoker_money_subtract (workload->budget, price->total);
  if (!left.is_known || left.nanos >= 0)
    return TRUE;
  cost = stoker_money_format (price->total);
  budget = stoker_money_format (workload->budget);
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_HELD,
               _ ("this request costs %s, which is more than the budget of %s"), cost, budget);
  return FALSE;
}

/**
 * stoker_price_describe:
 * @price: of a request
 *
 * Returns: (transfer full): how it was worked out, "$0.05 per second × 5 (duration) + $0.01"
 */
char *
stoker_price_describe (const StokerEstimate *price)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < price->items->len; i++)
    {
      const StokerEstimateItem *item = g_ptr_array_index (price->items, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " + " : "", item->formula);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
