/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-pricer.h"

G_DEFINE_INTERFACE (StokerJobPricer, stoker_job_pricer, G_TYPE_OBJECT)

static void
stoker_job_pricer_default_init (StokerJobPricerInterface *iface)
{
}

/**
 * stoker_job_pricer_itemise:
 * @request: a job that was not sent yet; no key is needed
 *
 * What the provider charges for this one request, worked out from its parameters.
 *
 * Returns: (transfer full) (nullable) (element-type StokerEstimateItem): the parts of the price
 * with their formulas and sources, one of which may be unknown; empty where it is billed by time or
 * nobody told. %NULL with %STOKER_ERROR_CONFIG when the request is not one that the provider takes:
 * the text names the parameter, its value and the limit
 */
GPtrArray *
stoker_job_pricer_itemise (StokerJobPricer *self,
                           StokerConnection *connection,
                           const StokerJobRequest *request,
                           GError **error)
{
  g_return_val_if_fail (STOKER_IS_JOB_PRICER (self), NULL);

  return STOKER_JOB_PRICER_GET_IFACE (self)->itemise (self, connection, request, error);
}

/**
 * stoker_job_pricer_price:
 * @request: a job that was not sent yet
 * @cost: (out): what the provider charges for it; unknown where it is billed by time or nobody told
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG when the request is not one that the provider takes:
 * the text names the parameter, its value and the limit
 */
gboolean
stoker_job_pricer_price (StokerJobPricer *self,
                         StokerConnection *connection,
                         const StokerJobRequest *request,
                         StokerMoney *cost,
                         GError **error)
{
  g_autoptr (GPtrArray) items = stoker_job_pricer_itemise (self, connection, request, error);

  *cost = stoker_money_unknown ();
  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const StokerEstimateItem *item = g_ptr_array_index (items, i);

      *cost = i == 0 ? item->amount : stoker_money_add (*cost, item->amount);
    }

  return TRUE;
}

/**
 * stoker_job_pricer_list_parameters:
 *
 * Returns: (transfer full) (nullable): an array of objects with `name`, `type` (`text` `integer`
 * `number` `choice` `seconds` `size` `file` `list` `flag`) and, where there are any, `label` `note`
 * `min` `max` `multiple_of` `choices` `default` `required` `pattern` `max_length`; %NULL when the
 * payload is not described
 */
JsonNode *
stoker_job_pricer_list_parameters (StokerJobPricer *self, StokerConnection *connection)
{
  g_return_val_if_fail (STOKER_IS_JOB_PRICER (self), NULL);

  return STOKER_JOB_PRICER_GET_IFACE (self)->list_parameters (self, connection);
}

/**
 * stoker_job_pricer_list_parameters_of:
 * @request: a job that was not sent yet
 *
 * As stoker_job_pricer_list_parameters(), of this very request: the model that it names may have
 * others.
 *
 * Returns: (transfer full) (nullable): the array
 */
JsonNode *
stoker_job_pricer_list_parameters_of (StokerJobPricer *self,
                                      StokerConnection *connection,
                                      const StokerJobRequest *request)
{
  g_return_val_if_fail (STOKER_IS_JOB_PRICER (self), NULL);

  return STOKER_JOB_PRICER_GET_IFACE (self)->list_parameters_of (self, connection, request);
}
