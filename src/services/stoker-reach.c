/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-reach-private.h"

#include "stoker-error.h"
#include "stoker-gate-private.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

/**
 * stoker_provider_has_operation:
 * @workspace: the workspace
 * @provider: a registered provider
 * @operation: as a manifest calls it, "machines.list"
 *
 * Returns: whether its connector can do that
 */
gboolean
stoker_provider_has_operation (StokerWorkspace *workspace,
                               StokerProvider *provider,
                               const char *operation)
{
  StokerProfile *profile = stoker_workspace_get_profile (workspace, provider);
  g_auto (GStrv) operations = profile != NULL ? stoker_profile_list_operations (profile) : NULL;

  return operations != NULL && g_strv_contains ((const char *const *) operations, operation);
}

static void
did_connect (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (StokerConnection) connection = NULL;
  gboolean needs_key = GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;

  connection = stoker_workspace_connect_finish (STOKER_WORKSPACE (source), result, &error);
  if (connection == NULL)
    g_task_return_error (task, error);
  else if (needs_key && !stoker_connection_has_credentials (connection))
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_AUTH, _ ("no key for %s is known"),
                             stoker_connection_get_profile (connection)->name);
  else
    g_task_return_pointer (task, g_steal_pointer (&connection),
                           (GDestroyNotify) stoker_connection_unref);
}

/**
 * stoker_reach_provider_async:
 * @workspace: the workspace
 * @provider: a registered provider
 * @needs_key: whether it is of no use without a key; some providers tell their prices to everybody
 * @cancellable: (nullable): to give up
 * @callback: called when it can be asked
 * @user_data: for @callback
 *
 * Makes sure that the user lets Stoker talk to @provider, and fetches its keys. Nothing leaves the
 * machine yet.
 */
void
stoker_reach_provider_async (StokerWorkspace *workspace,
                             StokerProvider *provider,
                             gboolean needs_key,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  StokerProfile *profile = stoker_workspace_get_profile (workspace, provider);
  GError *error = NULL;

  g_task_set_source_tag (task, stoker_reach_provider_async);
  g_task_set_task_data (task, GINT_TO_POINTER (needs_key), NULL);
  if (profile != NULL &&
      !stoker_gate_require_flag (stoker_workspace_get_settings (workspace), profile, &error))
    g_task_return_error (task, error);
  else
    stoker_workspace_connect_async (workspace, provider, cancellable, did_connect,
                                    g_object_ref (task));
}

/**
 * stoker_reach_provider_finish:
 * @workspace: the workspace
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the provider with its keys; %NULL with %STOKER_ERROR_HELD
 * when the feature flag is off, or %STOKER_ERROR_AUTH when there is no key and one is needed
 */
StokerConnection *
stoker_reach_provider_finish (StokerWorkspace *workspace, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, workspace), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
