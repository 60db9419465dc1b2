/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

static void
got_secrets (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *self = g_task_get_source_object (task);
  StokerProvider *provider = g_task_get_task_data (task);
  g_autoptr (GHashTable) secrets = NULL;
  StokerConnection *connection = NULL;
  GError *error = NULL;

  secrets = stoker_secret_store_lookup_finish (STOKER_SECRET_STORE (source), result, &error);
  if (secrets == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  connection = stoker_connection_new (stoker_workspace_get_profile (self, provider), provider,
                                      secrets);
  stoker_connection_describe (connection,
                              stoker_live_offers_get_description (stoker_workspace_get_live_offers (
                                                                    self),
                                                                  provider));
  g_task_return_pointer (task, connection, (GDestroyNotify) stoker_connection_unref);
}

/* Fetches the provider's secrets and makes a connection of them. Missing ones are no error: the
 * connection knows. */
void
stoker_workspace_connect_async (StokerWorkspace *self,
                                StokerProvider *provider,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  StokerProfile *profile = stoker_workspace_get_profile (self, provider);

  g_task_set_source_tag (task, stoker_workspace_connect_async);
  g_task_set_task_data (task, g_object_ref (provider), g_object_unref);
  if (profile == NULL)
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                             _ ("%s was made from the template “%s”, which is not in the catalog"),
                             stoker_provider_get_id (provider),
                             stoker_provider_get_template_id (provider));
  else if (stoker_workspace_require_store (self, task))
    stoker_secret_store_lookup_async (stoker_workspace_get_secrets (self),
                                      stoker_provider_get_id (provider), profile, cancellable,
                                      got_secrets, g_object_ref (task));
}

StokerConnection *
stoker_workspace_connect_finish (StokerWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
