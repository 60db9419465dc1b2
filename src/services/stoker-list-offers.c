/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-list-offers.h"

#include "stoker-capabilities.h"
#include "stoker-error.h"
#include "stoker-reach-private.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

#define OFFERS "offers"

/**
 * stoker_provider_lists_offers:
 * @workspace: the workspace
 * @provider: a registered provider
 *
 * Returns: whether Stoker can ask it what can be rented there
 */
gboolean
stoker_provider_lists_offers (StokerWorkspace *workspace, StokerProvider *provider)
{
  return stoker_provider_has_operation (workspace, provider, OFFERS) &&
         STOKER_IS_OFFER_SOURCE (
           stoker_workspace_get_connector (workspace,
                                           stoker_workspace_get_profile (workspace, provider)));
}

static void
did_list (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  StokerOfferTable *offers = stoker_offer_source_list_finish (STOKER_OFFER_SOURCE (source), result,
                                                              &error);

  if (offers != NULL)
    g_task_return_pointer (task, offers, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
did_reach (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = STOKER_WORKSPACE (source);
  g_autoptr (StokerConnection) connection = NULL;
  GError *error = NULL;
  GObject *connector = NULL;

  connection = stoker_reach_provider_finish (workspace, result, &error);
  if (connection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  connector = stoker_workspace_get_connector (workspace,
                                              stoker_connection_get_profile (connection));
  stoker_offer_source_list_async (STOKER_OFFER_SOURCE (connector), connection,
                                  stoker_workspace_get_catalog (workspace),
                                  g_task_get_cancellable (task), did_list, g_object_ref (task));
}

/**
 * stoker_list_offers_async:
 * @workspace: the workspace
 * @provider: a registered provider
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks the provider what can be rented there right now.
 */
void
stoker_list_offers_async (StokerWorkspace *workspace,
                          StokerProvider *provider,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_list_offers_async);
  if (!stoker_provider_lists_offers (workspace, provider))
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                             _ ("%s has no list of offers that Stoker could ask for"),
                             stoker_provider_get_id (provider));
  else
    stoker_reach_provider_async (workspace, provider, FALSE, cancellable, did_reach,
                                 g_object_ref (task));
}

/**
 * stoker_list_offers_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the offers, with their source and the time of the answer;
 * %NULL with %STOKER_ERROR_HELD when the feature flag is off, %STOKER_ERROR_UNSUPPORTED when the
 * provider has no list, or with what it answered
 */
StokerOfferTable *
stoker_list_offers_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_list_offers_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
