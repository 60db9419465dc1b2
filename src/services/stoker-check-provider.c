/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-check-provider.h"

#include "stoker-error.h"
#include "stoker-gate-private.h"
#include "stoker-register-provider.h"
#include "stoker-task.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

static void
return_health (GTask *task, StokerHealth *health)
{
  g_task_return_pointer (task, stoker_health_ref (health), (GDestroyNotify) stoker_health_unref);
}

static void
did_check (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (StokerHealth) health = NULL;
  g_autoptr (GError) local_error = NULL;

  health = stoker_probe_check_finish (STOKER_PROBE (source), result, &local_error);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (health == NULL)
    health = stoker_health_new_error (local_error, g_get_real_time ());
  return_health (task, health);
}

static StokerHealth *
make_missing_key_health (void)
{
  g_autoptr (GError) error = g_error_new (
    STOKER_ERROR, STOKER_ERROR_AUTH, "%s",
    _ ("no key is known: give one in the provider's form, or set its environment variable"));

  return stoker_health_new_error (error, g_get_real_time ());
}

static void
did_connect (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = STOKER_WORKSPACE (source);
  g_autoptr (StokerConnection) connection = NULL;
  GObject *connector;
  GError *error = NULL;

  connection = stoker_workspace_connect_finish (workspace, result, &error);
  if (connection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (!stoker_connection_has_credentials (connection))
    {
      g_autoptr (StokerHealth) health = make_missing_key_health ();

      return_health (task, health);
      return;
    }

  if (!stoker_gate_require_flag (stoker_workspace_get_settings (workspace),
                                 stoker_connection_get_profile (connection), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  connector = stoker_workspace_get_connector (workspace,
                                              stoker_connection_get_profile (connection));
  if (connector == NULL || !STOKER_IS_PROBE (connector))
    g_task_return_new_error (
      task, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
      _ ("Stoker does not speak to %s yet; its facts and prices are used for advice only"),
      stoker_connection_get_profile (connection)->name);
  else
    stoker_probe_check_async (STOKER_PROBE (connector), connection, g_task_get_cancellable (task),
                              did_check, g_object_ref (task));
}

/**
 * stoker_ask_provider_async:
 * @workspace: the workspace
 * @provider: a registered provider
 * @cancellable: (nullable): to give up
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Asks the provider whether it is there and the key is good. Even that leaves the machine only when
 * the feature flag is on. The outcome is not stored.
 */
void
stoker_ask_provider_async (StokerWorkspace *workspace,
                           StokerProvider *provider,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_ask_provider_async);
  stoker_workspace_connect_async (workspace, provider, cancellable, did_connect,
                                  g_object_ref (task));
}

/**
 * stoker_ask_provider_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the outcome, a wrong key included; or %NULL: %STOKER_ERROR_UNSUPPORTED
 * when nothing speaks to the provider yet, %STOKER_ERROR_HELD when its feature flag is off
 */
StokerHealth *
stoker_ask_provider_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_ask_provider_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Storing it. */

typedef struct
{
  StokerProvider *provider; /* owned */
  StokerHealth *health;     /* owned, nullable until known */
} Check;

static void
check_free (Check *self)
{
  g_clear_object (&self->provider);
  g_clear_pointer (&self->health, stoker_health_unref);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Check, check, check_free)

static void
did_store_health (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *state = stoker_task_get_check_state (task);
  GError *error = NULL;

  if (!stoker_update_provider_finish (result, &error))
    g_task_return_error (task, error);
  else
    return_health (task, state->health);
}

static void
store_health (GTask *task, StokerHealth *health)
{
  Check *state = stoker_task_get_check_state (task);

  stoker_health_continue (health, stoker_provider_get_health (state->provider));
  state->health = stoker_health_ref (health);
  stoker_provider_set_health (state->provider, health);
  stoker_update_provider_async (g_task_get_source_object (task), state->provider, NULL,
                                g_task_get_cancellable (task), did_store_health,
                                g_object_ref (task));
}

/* Without a network nobody is reached: that is no news of the provider. */
static gboolean
is_news (const StokerHealth *health)
{
  return !health->is_unreached ||
         g_network_monitor_get_network_available (g_network_monitor_get_default ());
}

static void
did_ask (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (StokerHealth) health = stoker_ask_provider_finish (result, &error);

  if (health == NULL)
    g_task_return_error (task, error);
  else if (is_news (health))
    store_health (task, health);
  else
    return_health (task, health);
}

static GTask *
new_check (StokerWorkspace *workspace,
           StokerProvider *provider,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, user_data);
  Check *state = g_new0 (Check, 1);

  state->provider = g_object_ref (provider);
  g_task_set_source_tag (task, stoker_check_provider_async);
  stoker_task_set_check_state (task, state);
  return task;
}

/**
 * stoker_check_provider_async:
 * @workspace: the workspace
 * @provider: a registered provider
 * @cancellable: (nullable): to give up
 * @callback: called when the outcome is stored
 * @user_data: for @callback
 *
 * As stoker_ask_provider_async(), and stores the outcome; but not that it could not be reached
 * while there was no network at all.
 */
void
stoker_check_provider_async (StokerWorkspace *workspace,
                             StokerProvider *provider,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  task = new_check (workspace, provider, cancellable, callback, user_data);
  stoker_ask_provider_async (workspace, provider, cancellable, did_ask, task);
}

/**
 * stoker_check_provider_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the outcome, or %NULL as stoker_ask_provider_finish(), and with
 * %STOKER_ERROR_STORAGE when it could not be stored
 */
StokerHealth *
stoker_check_provider_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_check_provider_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * stoker_store_health_async:
 * @workspace: the workspace
 * @provider: a registered provider
 * @health: what came of asking it
 * @callback: (nullable): called when it is stored
 * @user_data: for @callback
 *
 * Stores what stoker_ask_provider_finish() told.
 */
void
stoker_store_health_async (StokerWorkspace *workspace,
                           StokerProvider *provider,
                           StokerHealth *health,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  task = new_check (workspace, provider, NULL, callback, user_data);
  store_health (task, health);
}
