/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-action.h"
#include "stoker-cli-provider.h"
#include "stoker-cli-text.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-list-machines.h"
#include "stoker-run-action.h"
#include "stoker-table.h"
#include "stoker-task.h"

#include <glib/gi18n-lib.h>

/* Tells where something is rented. */
#define WHERE "stoker machines list"

static const StokerTableColumn columns[] = {
  { N_ ("Provider"), "provider", FALSE },
  { N_ ("Id"), "id", FALSE },
  { N_ ("Name"), "name", FALSE },
  { N_ ("State"), "state", FALSE },
  { N_ ("GPU"), "gpu", FALSE },
  { N_ ("Region"), "region", FALSE },
  { N_ ("An hour"), "an_hour", TRUE },
  { N_ ("Since"), "since", FALSE },
  { N_ ("Used by the job"), "job", FALSE },
};

/* The providers still to be asked, and what those before have told. */
typedef struct
{
  GQueue waiting; /* of StokerProvider, owned */
  StokerTable *table;
  JsonArray *array;
  guint n_machines;
  guint n_failures;
} Round;

static void
round_free (Round *self)
{
  g_queue_clear_full (&self->waiting, g_object_unref);
  g_clear_pointer (&self->table, stoker_table_free);
  g_clear_pointer (&self->array, json_array_unref);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Round, round, round_free)

static void
add_machine (StokerCliContext *context,
             Round *round,
             StokerProvider *provider,
             const StokerMachine *machine)
{
  const char *provider_id = stoker_provider_get_id (provider);
  StokerJob *job = stoker_machine_find_job (stoker_cli_context_get_workspace (context), provider_id,
                                            machine);
  g_autofree char *gpu = stoker_machine_describe_gpu (machine);
  g_autofree char *price = stoker_money_format (machine->price);
  g_autofree char *since = stoker_cli_text_time (machine->created_us);
  const char *const cells[] = { provider_id,
                                machine->id,
                                machine->name != NULL ? machine->name : "",
                                stoker_machine_state_phrase (machine->state),
                                gpu != NULL ? gpu : "",
                                machine->region != NULL ? machine->region : "",
                                price,
                                machine->created_us != 0 ? since : "",
                                job != NULL ? stoker_job_get_id (job) : "" };
  JsonNode *node = stoker_machine_to_json (machine);
  JsonObject *object = json_node_get_object (node);

  stoker_table_add_row (round->table, cells);
  json_object_set_string_member (object, "provider", provider_id);
  if (job != NULL)
    json_object_set_string_member (object, "job", stoker_job_get_id (job));
  else
    json_object_set_null_member (object, "job");
  json_array_add_element (round->array, node);
  round->n_machines++;
}

static void
print_round (StokerCliContext *context, Round *round)
{
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = stoker_table_to_text (round->table);

  json_node_set_array (document, round->array);
  if (stoker_cli_context_get_flag (context, "json"))
    stoker_cli_context_print_json (context, document);
  else if (round->n_machines > 0)
    stoker_cli_context_print_text (context, text);
  else if (round->n_failures == 0)
    stoker_cli_context_print_text (context, _ ("No machine is rented.\n"));
}

static void ask_next (GTask *task_in);

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerCliContext *context = g_task_get_source_object (task);
  Round *round = stoker_task_get_round_state (task);
  g_autoptr (StokerProvider) provider = g_queue_pop_head (&round->waiting);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) machines = stoker_list_machines_finish (result, &error);

  if (machines == NULL && stoker_cli_context_get_text (context, "provider") != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (machines == NULL)
    {
      round->n_failures++;
      stoker_cli_context_note (context, "%s: %s", stoker_provider_get_id (provider),
                               error->message);
    }
  for (guint i = 0; machines != NULL && i < machines->len; i++)
    add_machine (context, round, provider, machines->pdata[i]);
  ask_next (g_steal_pointer (&task));
}

static void
ask_next (GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  StokerCliContext *context = g_task_get_source_object (task);
  Round *round = stoker_task_get_round_state (task);
  StokerProvider *provider = g_queue_peek_head (&round->waiting);

  if (provider != NULL)
    {
      stoker_list_machines_async (stoker_cli_context_get_workspace (context), provider,
                                  stoker_cli_context_get_cancellable (context), listed_cb,
                                  g_steal_pointer (&task));
      return;
    }
  print_round (context, round);
  g_task_return_int (task, round->n_failures > 0 ? STOKER_CLI_FAILED : STOKER_CLI_DONE);
}

static void
collect_providers (StokerCliContext *context, Round *round)
{
  StokerWorkspace *workspace = stoker_cli_context_get_workspace (context);
  GListModel *providers = stoker_workspace_get_providers (workspace);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      if (stoker_provider_get_active (provider) &&
          stoker_provider_lists_machines (workspace, provider))
        g_queue_push_tail (&round->waiting, g_steal_pointer (&provider));
    }
}

static void
start_list (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  Round *round = g_new0 (Round, 1);
  GError *error = NULL;

  round->table = stoker_table_new (columns, G_N_ELEMENTS (columns));
  round->array = json_array_new ();
  stoker_task_set_round_state (task, round);
  if (stoker_cli_context_get_text (context, "provider") == NULL)
    collect_providers (context, round);
  else
    {
      StokerProvider *provider = stoker_cli_provider_find_named (context, WHERE, &error);

      if (provider == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      g_queue_push_tail (&round->waiting, g_object_ref (provider));
    }
  ask_next (g_steal_pointer (&task));
}

static void
start_change (StokerCliContext *context, GTask *task_in, const char *action)
{
  g_autoptr (GTask) task = task_in;
  g_autoptr (JsonObject) input = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  GError *error = NULL;
  StokerProvider *provider = stoker_cli_provider_find_named (context, WHERE, &error);

  if (provider == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  json_object_set_string_member (input, "id", stoker_cli_context_get_argument (context, 0));
  node = json_node_init_object (json_node_alloc (), input);
  stoker_cli_action_run (context, g_steal_pointer (&task), provider, action, node);
}

static void
start_stop (StokerCliContext *context, GTask *task)
{
  start_change (context, task, STOKER_ACTION_STOP);
}

static void
start_terminate (StokerCliContext *context, GTask *task)
{
  start_change (context, task, STOKER_ACTION_TERMINATE);
}

static void
start_launch (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  GError *error = NULL;
  StokerProvider *provider = stoker_cli_provider_find_named (context, WHERE, &error);

  if (provider == NULL)
    g_task_return_error (task, error);
  else
    stoker_cli_action_run_with_settings (context, g_steal_pointer (&task), provider,
                                         STOKER_ACTION_LAUNCH);
}

#define PARTS (STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_JOBS | STOKER_WORKSPACE_SECRETS)

const StokerCliVerb stoker_verbs_machines[] = {
  {
    .name = "machines",
    .action = "list",
    .arguments = "",
    .summary = N_ ("Ask what is rented right now, also what was left behind"),
    .shared_options = STOKER_CLI_ONLY_PROVIDER | STOKER_CLI_JSON,
    .parts = PARTS,
    .changes_things = TRUE,
    .start = start_list,
  },
  {
    .name = "machines",
    .action = "stop",
    .arguments = "MACHINE",
    .summary = N_ ("Stop one; its disk may go on costing"),
    .shared_options = STOKER_CLI_AT_PROVIDER | STOKER_CLI_LIVE | STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = PARTS,
    .changes_things = TRUE,
    .start = start_stop,
  },
  {
    .name = "machines",
    .action = "terminate",
    .arguments = "MACHINE",
    .summary = N_ ("End one for good, with all that is on it"),
    .shared_options = STOKER_CLI_AT_PROVIDER | STOKER_CLI_LIVE | STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = PARTS,
    .changes_things = TRUE,
    .start = start_terminate,
  },
  {
    .name = "machines",
    .action = "launch",
    .arguments = "",
    .summary = N_ ("Rent one; it costs until it is ended"),
    .shared_options = STOKER_CLI_AT_PROVIDER | STOKER_CLI_PARAMETERS | STOKER_CLI_LIVE |
                      STOKER_CLI_JSON,
    .parts = PARTS,
    .changes_things = TRUE,
    .start = start_launch,
  },
  { NULL },
};
