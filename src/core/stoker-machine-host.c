/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-machine-host.h"

G_DEFINE_INTERFACE (StokerMachineHost, stoker_machine_host, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (StokerActionRunner, stoker_action_runner, G_TYPE_OBJECT)

static void
stoker_machine_host_default_init (StokerMachineHostInterface *iface)
{
}

static void
stoker_action_runner_default_init (StokerActionRunnerInterface *iface)
{
}

/**
 * stoker_machine_host_list_async:
 * @connection: whose machines
 */
void
stoker_machine_host_list_async (StokerMachineHost *self,
                                StokerConnection *connection,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (STOKER_IS_MACHINE_HOST (self));

  STOKER_MACHINE_HOST_GET_IFACE (self)->list_async (self, connection, cancellable, callback,
                                                    user_data);
}

/**
 * stoker_machine_host_list_finish:
 *
 * Returns: (transfer full) (nullable) (element-type StokerMachine): all machines of the account,
 * also those that Stoker did not rent
 */
GPtrArray *
stoker_machine_host_list_finish (StokerMachineHost *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (STOKER_IS_MACHINE_HOST (self), NULL);

  return STOKER_MACHINE_HOST_GET_IFACE (self)->list_finish (self, result, error);
}

/**
 * stoker_machine_host_change_async:
 * @input: an object: `id` of the machine, or the parameters of a launch; copied
 */
void
stoker_machine_host_change_async (StokerMachineHost *self,
                                  StokerMachineChange change,
                                  StokerConnection *connection,
                                  JsonNode *input,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (STOKER_IS_MACHINE_HOST (self));

  STOKER_MACHINE_HOST_GET_IFACE (self)->change_async (self, change, connection, input, cancellable,
                                                      callback, user_data);
}

/**
 * stoker_machine_host_change_finish:
 *
 * Returns: (transfer full) (nullable): the machine as it is now. %STOKER_ERROR_UNCERTAIN after a
 * launch means that a machine may exist: list them
 */
StokerMachine *
stoker_machine_host_change_finish (StokerMachineHost *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (STOKER_IS_MACHINE_HOST (self), NULL);

  return STOKER_MACHINE_HOST_GET_IFACE (self)->change_finish (self, result, error);
}

/**
 * stoker_action_runner_list:
 *
 * Returns: (transfer full) (nullable): an array of objects with `id`, `label` and `parameters`;
 * `machines.launch` is among them, what is done to one machine or job is not
 */
JsonNode *
stoker_action_runner_list (StokerActionRunner *self, StokerConnection *connection, GError **error)
{
  g_return_val_if_fail (STOKER_IS_ACTION_RUNNER (self), NULL);

  return STOKER_ACTION_RUNNER_GET_IFACE (self)->list (self, connection, error);
}

/**
 * stoker_action_runner_run_async:
 * @action: an id of the list
 * @input: (nullable): an object of its parameters; copied
 */
void
stoker_action_runner_run_async (StokerActionRunner *self,
                                const char *action,
                                StokerConnection *connection,
                                JsonNode *input,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (STOKER_IS_ACTION_RUNNER (self));

  STOKER_ACTION_RUNNER_GET_IFACE (self)->run_async (self, action, connection, input, cancellable,
                                                    callback, user_data);
}

/**
 * stoker_action_runner_run_finish:
 *
 * Returns: (transfer full) (nullable): an object of what came of it
 */
JsonNode *
stoker_action_runner_run_finish (StokerActionRunner *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (STOKER_IS_ACTION_RUNNER (self), NULL);

  return STOKER_ACTION_RUNNER_GET_IFACE (self)->run_finish (self, result, error);
}

/**
 * stoker_action_runner_render:
 * @action: an id of the list, or a change of a machine
 * @input: (nullable): an object of its parameters
 *
 * Returns: (transfer full) (nullable) (element-type StokerRenderedRequest): what would be sent,
 * with secrets masked
 */
GPtrArray *
stoker_action_runner_render (StokerActionRunner *self,
                             const char *action,
                             StokerConnection *connection,
                             JsonNode *input,
                             GError **error)
{
  g_return_val_if_fail (STOKER_IS_ACTION_RUNNER (self), NULL);

  return STOKER_ACTION_RUNNER_GET_IFACE (self)->render (self, action, connection, input, error);
}
