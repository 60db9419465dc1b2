/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-http-connector-private.h"
#include "stoker-json-write.h"
#include "stoker-operation.h"
#include "stoker-parameter.h"
#include "stoker-record.h"

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
  machine->gpus = (int) stoker_scope_get_number (scope, "gpus", 0);
  machine->region = stoker_scope_dup_text (scope, "region");
  machine->address = stoker_scope_dup_text (scope, "address");
  machine->plan = stoker_scope_dup_text (scope, "plan");
  machine->price = stoker_scope_get_money (scope, "price");
  machine->created_us = (gint64) stoker_scope_get_number (scope, "created", 0);

  return machine;
}

static gpointer
read_machines (const StokerRun *run, GTask *task, GError **error)
{
  g_autoptr (GPtrArray)
    records = stoker_records_read (stoker_rule_get (run->operation, "records"), run, error);
  GPtrArray *machines = NULL;

  if (records == NULL)
    return NULL;
  machines = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_machine_unref);
  for (guint i = 0; i < records->len; i++)
    {
      const StokerRecord *record = g_ptr_array_index (records, i);
      g_autoptr (StokerMachine) machine = read_machine (record->scope, STOKER_MACHINE_UNKNOWN);

      if (machine->id != NULL)
        g_ptr_array_add (machines, g_steal_pointer (&machine));
    }

  return machines;
}

static void
list_async (StokerMachineHost *host,
            StokerConnection *connection,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  StokerHttpConnector *self = STOKER_HTTP_CONNECTOR (host);
  g_autoptr (GTask) task = g_task_new (host, cancellable, callback, user_data);
  GError *error = NULL;
  StokerRun *run = stoker_http_connector_make_run (self, "machines.list", connection, NULL, &error);

  g_task_set_source_tag (task, list_async);
  stoker_http_connector_answer (task, run, error, read_machines,
                                (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
list_finish (StokerMachineHost *host, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, host), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What an operation is given, with the defaults of what is not told. */
static void
give_input (StokerRun *run, JsonNode *input)
{
  JsonNode *parameters = stoker_rule_get (run->operation, "parameters");

  json_object_set_member (json_node_get_object (run->scope->told), "input",
                          stoker_parameters_fill (run->scope, parameters, input));
}

static gpointer
read_changed (const StokerRun *run, GTask *task, GError **error)
{
  StokerMachineChange change = GPOINTER_TO_INT (g_task_get_task_data (task));
  StokerMachine *machine = read_machine (run->scope, fallback_states[change]);

  if (run->failure != NULL)
    machine->message = stoker_scope_redact (run->scope, run->failure->message);

  return machine;
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
  if (run != NULL)
    {
      run->keeps_failure = change == STOKER_MACHINE_LAUNCH;
      give_input (run, input);
    }
  stoker_http_connector_answer (task, run, error, read_changed,
                                (GDestroyNotify) stoker_machine_unref);
}

static StokerMachine *
change_finish (StokerMachineHost *host, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, host), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Actions */

/* Whether no step of it, nor one inside of another, is a request of which HTTP says that it changes
 * something (RFC 9110, section 9.2.1). */
static gboolean
only_asks (JsonNode *rule)
{
  JsonNode *steps = stoker_rule_get (rule, "steps");

  for (guint i = 0; i < stoker_rule_count (steps); i++)
    {
      JsonNode *step = stoker_rule_nth (steps, i);
      const char *method = stoker_rule_get_text (step, "method");

      if ((method != NULL && !g_str_equal (method, "GET")) || !only_asks (step))
        return FALSE;
    }
  return TRUE;
}

static void
add_action (JsonArray *list, const char *id, JsonNode *action)
{
  JsonObject *object = json_object_new ();

  stoker_json_set_text (object, "id", id);
  stoker_json_set_text (object, "label", stoker_rule_get_text (action, "label"));
  stoker_json_set_copy (object, "parameters", stoker_rule_get (action, "parameters"));
  json_object_set_boolean_member (object, "only_asks", only_asks (action));
  json_array_add_object_element (list, object);
}

static JsonNode *
list_actions (StokerActionRunner *runner, StokerConnection *connection, GError **error)
{
  const StokerManifest *manifest =
    stoker_http_connector_find_manifest (STOKER_HTTP_CONNECTOR (runner), connection, error);
  g_autoptr (JsonArray) list = json_array_new ();
  StokerMembers actions = { 0 };
  JsonNode *launch = NULL;

  if (manifest == NULL)
    return NULL;
  actions = stoker_members_of (stoker_manifest_get (manifest, "actions"));
  while (stoker_members_next (&actions))
    add_action (list, actions.name, actions.value);
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
                 JsonNode *input,
                 GError **error)
{
  const StokerManifest *manifest = stoker_http_connector_find_manifest (self, connection, error);
  JsonNode *rule = NULL;
  StokerRun *run = NULL;

  if (manifest == NULL)
    return NULL;
  rule = stoker_rule_get (stoker_manifest_get (manifest, "actions"), action);
  if (rule == NULL && g_strv_contains (changes, action))
    rule = stoker_manifest_find (manifest, action, error);
  else if (rule == NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                 "this provider has no action \"%s\"", action);
  if (rule == NULL)
    return NULL;
  run = stoker_run_new (manifest, rule, connection, NULL);
  run->tokens = self->tokens;
  give_input (run, input);

  return run;
}

static GPtrArray *
render_action (StokerActionRunner *runner,
               const char *action,
               StokerConnection *connection,
               JsonNode *input,
               GError **error)
{
  StokerHttpConnector *self = STOKER_HTTP_CONNECTOR (runner);
  g_autoptr (StokerRun) run = make_action_run (self, action, connection, input, error);

  return run != NULL ? stoker_run_rehearse (run, error) : NULL;
}

static gpointer
read_values (const StokerRun *run, GTask *task, GError **error)
{
  return stoker_scope_describe_values (run->scope);
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
  StokerRun *run = make_action_run (self, action, connection, input, &error);

  g_task_set_source_tag (task, run_async);
  stoker_http_connector_answer (task, run, error, read_values, (GDestroyNotify) json_node_unref);
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

  if (run == NULL || !stoker_operation_check_parameters (run->operation, run->scope, error))
    return NULL;

  return stoker_cost_itemise (stoker_rule_get (run->operation, "cost"), run->scope);
}

static JsonNode *
list_parameters_of (StokerJobPricer *pricer,
                    StokerConnection *connection,
                    const StokerJobRequest *request)
{
  const StokerManifest *manifest =
    stoker_http_connector_find_manifest (STOKER_HTTP_CONNECTOR (pricer), connection, NULL);
  JsonNode *submit = manifest != NULL ? stoker_manifest_find (manifest, "submit", NULL) : NULL;
  JsonNode *parameters = stoker_rule_get (submit, "parameters");
  g_autoptr (StokerScope) scope = NULL;
  g_autoptr (JsonNode) payload = NULL;

  if (parameters == NULL)
    return NULL;
  scope = stoker_scope_new (connection, manifest, request);
  payload = stoker_scope_get (scope, "job.payload");
  stoker_scope_set_payload (scope, stoker_parameters_fill (scope, parameters, payload));
  stoker_operation_fill_payload (submit, scope);

  return stoker_parameters_select (scope, parameters);
}

static JsonNode *
list_parameters (StokerJobPricer *pricer, StokerConnection *connection)
{
  const StokerJobRequest request = { 0 };

  return list_parameters_of (pricer, connection, &request);
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
  iface->list_parameters_of = list_parameters_of;
}
