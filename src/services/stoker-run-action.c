/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-run-action.h"

#include "stoker-error.h"
#include "stoker-gate-private.h"
#include "stoker-json-write.h"
#include "stoker-machine-host.h"
#include "stoker-payload-files-private.h"
#include "stoker-request-parameters.h"
#include "stoker-task.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  StokerProvider *provider;     /* owned */
  StokerConnection *connection; /* owned, nullable until made */
  char *action;                 /* owned */
  JsonNode *input;              /* owned */
  gboolean is_live;
  JsonNode *answer; /* owned, nullable until there */
} Deed;

static void
deed_free (Deed *self)
{
  g_clear_object (&self->provider);
  g_clear_pointer (&self->connection, stoker_connection_unref);
  g_clear_pointer (&self->input, json_node_unref);
  g_clear_pointer (&self->answer, json_node_unref);
  g_free (self->action);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Deed, deed, deed_free)

static const struct
{
  const char *action;
  StokerMachineChange change;
} changes[] = {
  { STOKER_ACTION_LAUNCH, STOKER_MACHINE_LAUNCH },
  { STOKER_ACTION_STOP, STOKER_MACHINE_STOP },
  { STOKER_ACTION_TERMINATE, STOKER_MACHINE_TERMINATE },
};

static gboolean
find_change (const char *action, StokerMachineChange *change)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (g_str_equal (changes[i].action, action))
      {
        *change = changes[i].change;
        return TRUE;
      }
  return FALSE;
}

/* Which actions there are. */

/**
 * stoker_list_actions:
 * @workspace: the workspace
 * @provider: a registered provider
 *
 * Asks neither network nor keyring.
 *
 * Returns: (transfer full): an array of objects with `id`, `label` (null: nobody told),
 * `parameters` (null: none) and `only_asks` (nothing is changed there); empty when the provider can
 * do nothing but jobs
 */
JsonNode *
stoker_list_actions (StokerWorkspace *workspace, StokerProvider *provider)
{
  StokerProfile *profile = stoker_workspace_get_profile (workspace, provider);
  GObject *connector = profile != NULL ? stoker_workspace_get_connector (workspace, profile) : NULL;
  g_autoptr (GHashTable) no_secrets = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (StokerConnection) connection = NULL;
  g_autoptr (JsonArray) none = json_array_new ();
  JsonNode *list = NULL;

  if (connector != NULL && STOKER_IS_ACTION_RUNNER (connector))
    {
      connection = stoker_connection_new (profile, provider, no_secrets);
      list = stoker_action_runner_list (STOKER_ACTION_RUNNER (connector), connection, NULL);
    }
  return list != NULL ? list : json_node_init_array (json_node_alloc (), none);
}

/**
 * stoker_provider_can:
 * @workspace: the workspace
 * @provider: a registered provider
 * @action: one of the operations on machines
 *
 * Returns: whether its manifest has it
 */
gboolean
stoker_provider_can (StokerWorkspace *workspace, StokerProvider *provider, const char *action)
{
  StokerProfile *profile = stoker_workspace_get_profile (workspace, provider);
  g_auto (GStrv) operations = profile != NULL ? stoker_profile_list_operations (profile) : NULL;

  return operations != NULL && g_strv_contains ((const char *const *) operations, action);
}

/* What it is given. */

/**
 * stoker_action_read_input:
 * @action: (nullable): one of stoker_list_actions()
 * @texts: (element-type utf8 utf8): what people wrote, by the names of the parameters
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the input of the action, with numbers as numbers; %NULL with
 * %STOKER_ERROR_CONFIG naming the parameter. Limits are checked when it is run
 */
JsonNode *
stoker_action_read_input (JsonNode *action, GHashTable *texts, GError **error)
{
  StokerJsonPlace root = stoker_json_root (action, "action");
  StokerJsonPlace parameters = { NULL };

  if (action != NULL)
    parameters = stoker_json_member (&root, "parameters");
  return stoker_parameters_read (parameters.node, texts, error);
}

/* Doing it. */

/* Files that the input names are read as those of a job's payload are. */
static StokerWorkload *
wrap_input (const Deed *deed)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) document = json_node_init_object (json_node_alloc (), object);

  stoker_json_set_copy (object, "payload", deed->input);
  return stoker_workload_decode (document, NULL, NULL);
}

static void
take_input (Deed *deed, StokerWorkload *wrapped)
{
  json_node_unref (deed->input);
  deed->input = json_node_copy (wrapped->payload);
}

static JsonObject *
begin_answer (const Deed *deed)
{
  JsonObject *object = json_object_new ();

  stoker_json_set_text (object, "provider", stoker_provider_get_id (deed->provider));
  stoker_json_set_text (object, "action", deed->action);
  json_object_set_boolean_member (object, "dry_run", !deed->is_live);
  return object;
}

static gboolean
show_files (Deed *deed, GError **error)
{
  g_autoptr (StokerWorkload) wrapped = wrap_input (deed);
  g_autoptr (StokerWorkload)
    shown = stoker_payload_files_stand_in (wrapped,
                                           stoker_connection_get_profile (deed->connection), error);

  if (shown == NULL)
    return FALSE;
  take_input (deed, shown);
  return TRUE;
}

static void
show_only (GTask *task, GObject *connector)
{
  Deed *deed = stoker_task_get_deed_state (task);
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GPtrArray) obstacles = NULL;
  JsonArray *array = NULL;
  g_autoptr (JsonObject) object = NULL;
  StokerGate gate;
  GError *error = NULL;

  if (!show_files (deed, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  requests = stoker_action_runner_render (STOKER_ACTION_RUNNER (connector), deed->action,
                                          deed->connection, deed->input, &error);
  if (requests == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  array = json_array_new ();
  for (guint i = 0; i < requests->len; i++)
    json_array_add_element (array, stoker_rendered_request_to_json (requests->pdata[i]));
  stoker_gate_init (&gate, stoker_workspace_get_settings (g_task_get_source_object (task)),
                    deed->connection, FALSE);
  obstacles = stoker_gate_list_obstacles (&gate, stoker_connection_get_profile (deed->connection));
  g_ptr_array_add (obstacles, NULL);
  object = begin_answer (deed);
  json_object_set_boolean_member (object, "execution_allowed",
                                  gate.is_flag_on && gate.has_credentials);
  stoker_json_set_strings (object, "warnings", (const char *const *) obstacles->pdata);
  json_object_set_array_member (object, "requests", array);
  g_task_return_pointer (task, json_node_init_object (json_node_alloc (), object),
                         (GDestroyNotify) json_node_unref);
}

static void
did_audit (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Deed *deed = stoker_task_get_deed_state (task);
  g_autoptr (GError) local_error = NULL;

  /* It is done: that this could not be written down does not undo it. */
  if (!stoker_store_write_finish (STOKER_STORE (source), result, &local_error))
    g_warning ("an action could not be written down: %s", local_error->message);
  g_task_return_pointer (task, g_steal_pointer (&deed->answer), (GDestroyNotify) json_node_unref);
}

static void
take_result (GTask *task, JsonNode *result)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Deed *deed = stoker_task_get_deed_state (task);
  g_autoptr (JsonObject) object = begin_answer (deed);

  json_object_set_member (object, "result", result);
  deed->answer = json_node_init_object (json_node_alloc (), object);
  stoker_store_append_audit_async (stoker_workspace_get_store (workspace), deed->action,
                                   stoker_provider_get_id (deed->provider), deed->answer, NULL,
                                   did_audit, g_object_ref (task));
}

static void
did_act (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  JsonNode *node = stoker_action_runner_run_finish (STOKER_ACTION_RUNNER (source), result, &error);

  if (node != NULL)
    take_result (task, node);
  else
    g_task_return_error (task, error);
}

static void
did_change (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (StokerMachine)
    machine = stoker_machine_host_change_finish (STOKER_MACHINE_HOST (source), result, &error);

  if (machine != NULL)
    take_result (task, stoker_machine_to_json (machine));
  else
    g_task_return_error (task, error);
}

static void
act (GTask *task, GObject *connector)
{
  Deed *deed = stoker_task_get_deed_state (task);
  StokerMachineChange change = STOKER_MACHINE_LAUNCH;

  if (find_change (deed->action, &change))
    stoker_machine_host_change_async (STOKER_MACHINE_HOST (connector), change, deed->connection,
                                      deed->input, g_task_get_cancellable (task), did_change,
                                      g_object_ref (task));
  else
    stoker_action_runner_run_async (STOKER_ACTION_RUNNER (connector), deed->action,
                                    deed->connection, deed->input, g_task_get_cancellable (task),
                                    did_act, g_object_ref (task));
}

static GObject *
find_connector (GTask *task)
{
  Deed *deed = stoker_task_get_deed_state (task);

  return stoker_workspace_get_connector (g_task_get_source_object (task),
                                         stoker_connection_get_profile (deed->connection));
}

static void
did_open_files (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (StokerWorkload) opened = stoker_payload_files_open_finish (result, &error);

  if (opened == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_input (stoker_task_get_deed_state (task), opened);
  act (task, find_connector (task));
}

static void
open_and_act (GTask *task, GObject *connector)
{
  Deed *deed = stoker_task_get_deed_state (task);
  g_autoptr (StokerWorkload) wrapped = wrap_input (deed);

  if (stoker_payload_files_are_named (wrapped, stoker_connection_get_profile (deed->connection)))
    stoker_payload_files_open_async (wrapped, NULL, did_open_files, g_object_ref (task));
  else
    act (task, connector);
}

static gboolean
check_gate (StokerWorkspace *workspace, const Deed *deed, GError **error)
{
  StokerGate gate;

  stoker_gate_init (&gate, stoker_workspace_get_settings (workspace), deed->connection,
                    deed->is_live);
  return stoker_gate_require_open (&gate, stoker_connection_get_profile (deed->connection), error);
}

static void
did_connect (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = STOKER_WORKSPACE (source);
  Deed *deed = stoker_task_get_deed_state (task);
  GObject *connector = NULL;
  GError *error = NULL;

  deed->connection = stoker_workspace_connect_finish (workspace, result, &error);
  if (deed->connection == NULL || (deed->is_live && !check_gate (workspace, deed, &error)))
    {
      g_task_return_error (task, error);
      return;
    }
  connector = find_connector (task);
  if (connector == NULL || !STOKER_IS_ACTION_RUNNER (connector))
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                             _ ("%s can do nothing but jobs"),
                             stoker_provider_get_id (deed->provider));
  else if (deed->is_live)
    open_and_act (task, connector);
  else
    show_only (task, connector);
}

/**
 * stoker_run_action_async:
 * @workspace: the workspace
 * @provider: a registered provider
 * @action: the id of an action, or of an operation on machines
 * @input: (nullable): an object of its parameters; `id` is the machine
 * @is_live: without this it is shown what would be sent, and nothing is
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Does something at a provider. It cannot be called back: what was begun may cost, so its outcome
 * is waited for.
 */
void
stoker_run_action_async (StokerWorkspace *workspace,
                         StokerProvider *provider,
                         const char *action,
                         JsonNode *input,
                         gboolean is_live,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, NULL, callback, user_data);
  Deed *deed = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  deed = g_new0 (Deed, 1);
  deed->provider = g_object_ref (provider);
  deed->action = g_strdup (action);
  deed->is_live = is_live;
  deed->input = input != NULL ? json_node_copy (input) : json_node_new (JSON_NODE_OBJECT);
  if (input == NULL)
    json_node_take_object (deed->input, json_object_new ());
  g_task_set_source_tag (task, stoker_run_action_async);
  stoker_task_set_deed_state (task, deed);
  if (stoker_workspace_require_store (workspace, task))
    stoker_workspace_connect_async (workspace, provider, NULL, did_connect, g_object_ref (task));
}

/**
 * stoker_run_action_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): `{"provider","action","dry_run","requests"}` of what would
 * be sent, or `{"provider","action","dry_run","result"}`, the result being the machine as it is
 * then or what the action took from the answer. %NULL with %STOKER_ERROR_HELD when a live run is
 * not allowed, %STOKER_ERROR_CONFIG for a parameter that it does not take, or with what the
 * provider answered
 */
JsonNode *
stoker_run_action_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_run_action_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
