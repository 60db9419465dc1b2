/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-http-connector-private.h"
#include "stoker-json-write.h"
#include "stoker-parameter.h"
#include "stoker-record.h"
#include "stoker-run-reader.h"
#include "stoker-value-rule.h"

static const char *const changes[] = {
  [STOKER_MACHINE_LAUNCH] = "machines.launch",
  [STOKER_MACHINE_STOP] = "machines.stop",
  [STOKER_MACHINE_TERMINATE] = "machines.terminate",
  NULL,
};

/* What a machine is after a change whose answer does not tell. */
static const StokerMachineState fallback_states[] = {
  [STOKER_MACHINE_LAUNCH] = STOKER_MACHINE_STARTING,
  [STOKER_MACHINE_STOP] = STOKER_MACHINE_STOPPING,
  [STOKER_MACHINE_TERMINATE] = STOKER_MACHINE_GONE,
};

static StokerMachine *
read_machine (const StokerScope *scope, StokerMachineState fallback)
{
  g_autofree char *own = stoker_scope_dup_text (scope, "id");
  g_autofree char *given = stoker_scope_dup_text (scope, "input.id");
  g_autofree char *state = stoker_scope_dup_text (scope, "state");
  StokerMachine *machine = stoker_machine_new (own != NULL ? own : given, fallback);

  if (state != NULL)
    machine->state = stoker_machine_state_from_name (state);
  machine->name = stoker_scope_dup_text (scope, "name");
  machine->gpu = stoker_scope_dup_text (scope, "gpu");
  machine->gpus = (int) stoker_run_read_number (scope, "gpus", 0);
  machine->region = stoker_scope_dup_text (scope, "region");
  machine->address = stoker_scope_dup_text (scope, "address");
  machine->plan = stoker_scope_dup_text (scope, "plan");
  machine->price = stoker_run_read_money (scope, "price");
  machine->created_us = (gint64) stoker_run_read_number (scope, "created", 0);

  return machine;
}

static gboolean
add_machine (
  JsonNode *rule, JsonNode *item, const StokerScope *record, gpointer user_data, GError **error)
{
  StokerMachine *machine = read_machine (record, STOKER_MACHINE_UNKNOWN);

  if (machine->id != NULL)
    g_ptr_array_add (user_data, machine);
  else
    stoker_machine_unref (machine);

  return TRUE;
}

static void
did_list (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (StokerRun) run = stoker_run_start_finish (result, &error);
  g_autoptr (GPtrArray)
    machines = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_machine_unref);
  JsonNode *records = run != NULL ? stoker_rule_get (run->operation, "records") : NULL;

  for (guint i = 0; error == NULL && i < stoker_rule_count (records); i++)
    stoker_records_read (stoker_rule_nth (records, i), run, add_machine, machines, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&machines), (GDestroyNotify) g_ptr_array_unref);
}

static void
list_async (StokerMachineHost *host,
            StokerConnection *connection,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (host, cancellable, callback, user_data);

  g_task_set_source_tag (task, list_async);
  stoker_http_connector_start (task, "machines.list", connection, NULL, did_list);
}

static GPtrArray *
list_finish (StokerMachineHost *host, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, host), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
give_input (StokerRun *run, JsonNode *input)
{
  stoker_scope_set_input (run->scope,
                          stoker_parameters_fill (run->scope,
                                                  stoker_rule_get (run->operation, "parameters"),
                                                  input));
}

static void
start_with_input (GTask *task, StokerRun *run, JsonNode *input, GAsyncReadyCallback callback)
{
  StokerHttpConnector *self = g_task_get_source_object (task);

  give_input (run, input);
  stoker_run_start_async (run, self->client, g_task_get_cancellable (task), callback,
                          g_object_ref (task));
}

static void
did_change (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerMachineChange change = GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;
  g_autoptr (StokerRun) run = stoker_run_start_finish (result, &error);
  StokerMachine *machine = NULL;

  if (run == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  machine = read_machine (run->scope, fallback_states[change]);
  if (run->failure != NULL)
    machine->message = stoker_scope_redact (run->scope, run->failure->message);
  g_task_return_pointer (task, machine, (GDestroyNotify) stoker_machine_unref);
}

static void
change_async (StokerMachineHost *host,
              StokerMachineChange change,
              StokerConnection *connection,
              JsonNode *input,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  StokerHttpConnector *self = STOKER_HTTP_CONNECTOR (host);
  g_autoptr (GTask) task = g_task_new (host, cancellable, callback, user_data);
  GError *error = NULL;
  StokerRun *run = stoker_http_connector_make_run (self, changes[change], connection, NULL, &error);

  g_task_set_source_tag (task, change_async);
  g_task_set_task_data (task, GINT_TO_POINTER (change), NULL);
  if (run == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  run->keeps_failure = change == STOKER_MACHINE_LAUNCH;
  start_with_input (task, run, input, did_change);
}

static StokerMachine *
change_finish (StokerMachineHost *host, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, host), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Actions */

static void
add_action (JsonArray *list, const char *id, JsonNode *action)
{
  JsonObject *object = json_object_new ();

  stoker_json_set_text (object, "id", id);
  stoker_json_set_text (object, "label", stoker_rule_get_text (action, "label"));
  stoker_json_set_copy (object, "parameters", stoker_rule_get (action, "parameters"));
  json_array_add_object_element (list, object);
}

static JsonNode *
list_actions (StokerActionRunner *runner, StokerConnection *connection, GError **error)
{
  const StokerManifest *manifest =
    stoker_http_connector_find_manifest (STOKER_HTTP_CONNECTOR (runner), connection, error);
  g_autoptr (JsonArray) list = json_array_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *action = NULL;
  JsonNode *launch = NULL;

  if (manifest == NULL)
    return NULL;
  if (stoker_rule_iterate (stoker_manifest_get (manifest, "actions"), &iter))
    while (json_object_iter_next_ordered (&iter, &name, &action))
      add_action (list, name, action);
  launch = stoker_manifest_find (manifest, changes[STOKER_MACHINE_LAUNCH], NULL);
  if (launch != NULL)
    add_action (list, changes[STOKER_MACHINE_LAUNCH], launch);

  return json_node_init_array (json_node_alloc (), list);
}

/* An action of the manifest, or one of the operations on machines. */
static StokerRun *
make_action_run (StokerHttpConnector *self,
                 const char *action,
                 StokerConnection *connection,
                 GError **error)
{
  const StokerManifest *manifest = stoker_http_connector_find_manifest (self, connection, error);
  JsonNode *rule = NULL;
  StokerRun *run = NULL;

  if (manifest == NULL)
    return NULL;
  rule = stoker_rule_get (stoker_manifest_get (manifest, "actions"), action);
  if (rule == NULL && g_strv_contains (changes, action))
    return stoker_http_connector_make_run (self, action, connection, NULL, error);
  if (rule == NULL)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                   "this provider has no action \"%s\"", action);
      return NULL;
    }
  run = stoker_run_new (manifest, rule, connection, NULL);
  run->tokens = self->tokens;

  return run;
}

static GPtrArray *
render_action (StokerActionRunner *runner,
               const char *action,
               StokerConnection *connection,
               JsonNode *input,
               GError **error)
{
  g_autoptr (StokerRun)
    run = make_action_run (STOKER_HTTP_CONNECTOR (runner), action, connection, error);

  if (run == NULL)
    return NULL;
  give_input (run, input);

  return stoker_run_render (run, error);
}

static void
did_act (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (StokerRun) run = stoker_run_start_finish (result, &error);

  if (run != NULL)
    g_task_return_pointer (task, stoker_scope_describe_values (run->scope),
                           (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, error);
}

static void
run_async (StokerActionRunner *runner,
           const char *action,
           StokerConnection *connection,
           JsonNode *input,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  StokerHttpConnector *self = STOKER_HTTP_CONNECTOR (runner);
  g_autoptr (GTask) task = g_task_new (runner, cancellable, callback, user_data);
  GError *error = NULL;
  StokerRun *run = make_action_run (self, action, connection, &error);

  g_task_set_source_tag (task, run_async);
  if (run == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  start_with_input (task, run, input, did_act);
}

static JsonNode *
run_finish (StokerActionRunner *runner, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, runner), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Prices */

static GPtrArray *
itemise (StokerJobPricer *pricer,
         StokerConnection *connection,
         const StokerJobRequest *request,
         GError **error)
{
  g_autoptr (StokerRun) run = stoker_http_connector_make_run (STOKER_HTTP_CONNECTOR (pricer),
                                                              "submit", connection, request, error);

  if (run == NULL)
    return NULL;
  if (!stoker_run_check_parameters (run, error))
    return NULL;
  return stoker_cost_itemise (stoker_rule_get (run->operation, "cost"), run->scope);
}

static JsonNode *
list_parameters (StokerJobPricer *pricer, StokerConnection *connection)
{
  const StokerManifest *manifest =
    stoker_http_connector_find_manifest (STOKER_HTTP_CONNECTOR (pricer), connection, NULL);
  JsonNode *submit = manifest != NULL ? stoker_manifest_find (manifest, "submit", NULL) : NULL;
  JsonNode *parameters = stoker_rule_get (submit, "parameters");
  const StokerJobRequest request = { 0 };
  g_autoptr (StokerScope) scope = NULL;

  if (parameters == NULL)
    return NULL;
  scope = stoker_scope_new (connection, manifest, &request);
  stoker_scope_set_payload (scope, stoker_parameters_fill (scope, parameters, NULL));

  return stoker_parameters_select (scope, parameters);
}

void
stoker_http_machine_host_init (StokerMachineHostInterface *iface)
{
  iface->list_async = list_async;
  iface->list_finish = list_finish;
  iface->change_async = change_async;
  iface->change_finish = change_finish;
}

void
stoker_http_action_runner_init (StokerActionRunnerInterface *iface)
{
  iface->list = list_actions;
  iface->run_async = run_async;
  iface->run_finish = run_finish;
  iface->render = render_action;
}

void
stoker_http_job_pricer_init (StokerJobPricerInterface *iface)
{
  iface->itemise = itemise;
  iface->list_parameters = list_parameters;
}
