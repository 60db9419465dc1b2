/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-check-provider.h"
#include "stoker-cli-provider.h"
#include "stoker-cli-text.h"
#include "stoker-cli-verb.h"
#include "stoker-duplicate-provider.h"
#include "stoker-error.h"
#include "stoker-order-providers.h"
#include "stoker-register-provider.h"
#include "stoker-table.h"

#include <glib/gi18n-lib.h>

#include <inttypes.h>

static const GOptionEntry duplicate_options[] = {
  { "with-keys", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Copy its keys inside the keyring"), NULL },
  { NULL },
};

static const StokerTableColumn columns[] = {
  { N_ ("Id"), "id", FALSE },
  { N_ ("Name"), "name", FALSE },
  { N_ ("Template"), "template", FALSE },
  { N_ ("Priority"), "priority", TRUE },
  { N_ ("State"), "state", FALSE },
};

static char *
describe_state (StokerProvider *provider)
{
  StokerHealth *health = stoker_provider_get_health (provider);
  g_autofree char *age = NULL;

  if (!stoker_provider_get_active (provider))
    return g_strdup (_ ("switched off"));
  if (health == NULL)
    return g_strdup (_ ("not checked"));

  age = stoker_cli_text_age (health->checked_us, g_get_real_time ());
  if (health->is_ok)
    return g_strdup_printf (_ ("ready, checked %s"), age);

  return g_strdup_printf (_ ("%s (checked %s)"),
                          health->message != NULL ? health->message : _ ("not healthy"), age);
}

static void
add_provider_row (StokerTable *table, StokerProvider *provider)
{
  g_autofree char *priority = g_strdup_printf ("%d", stoker_provider_get_priority (provider));
  g_autofree char *state = describe_state (provider);
  const char *const cells[] = { stoker_provider_get_id (provider),
                                stoker_provider_get_name (provider),
                                stoker_provider_get_template_id (provider), priority, state };

  stoker_table_add_row (table, cells);
}

static gboolean
run_list (StokerCliContext *context, GError **error)
{
  GListModel *providers = stoker_workspace_get_providers (
    stoker_cli_context_get_workspace (context));
  g_autoptr (StokerTable) table = stoker_table_new (columns, G_N_ELEMENTS (columns));
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      add_provider_row (table, provider);
      json_array_add_element (array, stoker_provider_to_json (provider));
    }

  json_node_set_array (document, array);
  text = stoker_table_to_text (table);
  if (stoker_cli_context_get_flag (context, "json"))
    stoker_cli_context_print_json (context, document);
  else
    stoker_cli_context_print_text (context, text);

  return TRUE;
}

static void
print_config (StokerCliContext *context, StokerProvider *provider)
{
  GHashTable *config = stoker_provider_list_config (provider);
  GHashTableIter iter;
  const char *key, *value;

  g_hash_table_iter_init (&iter, config);
  while (g_hash_table_iter_next (&iter, (gpointer *) &key, (gpointer *) &value))
    stoker_cli_context_print (context, "  %s = %s\n", key, value);
}

static void
print_health (StokerCliContext *context, const StokerHealth *health)
{
  if (health->account != NULL)
    stoker_cli_context_print (context, _ ("Account: %s\n"), health->account);
  if (health->balance != NULL)
    stoker_cli_context_print (context, _ ("Balance: %s\n"), health->balance);
  if (health->scopes != NULL)
    stoker_cli_context_print (context, _ ("Allowed: %s\n"), health->scopes);
  if (health->is_ok && health->message != NULL)
    stoker_cli_context_print (context, _ ("Note: %s\n"), health->message);
  if (health->latency_us >= 0)
    stoker_cli_context_print (context, _ ("Answers in: %" PRId64 " ms\n"),
                              health->latency_us / 1000);
}

static gboolean
run_show (StokerCliContext *context, GError **error)
{
  StokerProvider *provider = stoker_cli_provider_find (context, error);
  g_autofree char *state = NULL;

  if (provider == NULL)
    return FALSE;

  if (stoker_cli_context_get_flag (context, "json"))
    {
      stoker_cli_provider_print (context, provider);
      return TRUE;
    }

  state = describe_state (provider);
  stoker_cli_context_print (context, "%s (%s)\n", stoker_provider_get_name (provider),
                            stoker_provider_get_id (provider));
  stoker_cli_context_print (context, _ ("Template: %s\nState: %s\nPriority: %d\n"),
                            stoker_provider_get_template_id (provider), state,
                            stoker_provider_get_priority (provider));
  if (stoker_provider_get_base_url (provider) != NULL)
    stoker_cli_context_print (context, _ ("Address: %s\n"),
                              stoker_provider_get_base_url (provider));
  if (stoker_provider_get_health (provider) != NULL)
    print_health (context, stoker_provider_get_health (provider));
  print_config (context, provider);

  return TRUE;
}

static void
print_check (StokerCliContext *context, StokerProvider *provider, const StokerHealth *health)
{
  if (stoker_cli_context_get_flag (context, "json"))
    {
      g_autoptr (JsonNode) document = stoker_health_to_json (health);

      stoker_cli_context_print_json (context, document);
    }
  else if (health->is_ok)
    {
      stoker_cli_context_print (context, _ ("%s is ready.\n"), stoker_provider_get_name (provider));
      print_health (context, health);
    }

  if (!health->is_ok)
    stoker_cli_context_note (context, "%s: %s", stoker_provider_get_id (provider),
                             health->message != NULL ? health->message : _ ("not healthy"));
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = g_task_get_source_object (task);
  g_autoptr (StokerHealth) health = stoker_check_provider_finish (result, &error);

  if (health == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  print_check (context, g_task_get_task_data (task), health);
  g_task_return_int (task, health->is_ok ? STOKER_CLI_DONE : STOKER_CLI_FAILED);
}

static void
start_check (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  g_autoptr (GError) error = NULL;
  StokerProvider *provider = stoker_cli_provider_find (context, &error);

  if (provider == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_set_task_data (task, g_object_ref (provider), g_object_unref);
  stoker_check_provider_async (stoker_cli_context_get_workspace (context), provider,
                               stoker_cli_context_get_cancellable (context), checked_cb,
                               g_steal_pointer (&task));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = g_task_get_source_object (task);

  if (!stoker_remove_provider_finish (result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  stoker_cli_provider_note_keyring (context);
  stoker_cli_context_print (context, _ ("Removed “%s” and its keys.\n"),
                            stoker_cli_context_get_argument (context, 0));
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
start_remove (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  g_autoptr (GError) error = NULL;
  StokerProvider *provider = stoker_cli_provider_find (context, &error);

  if (provider == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    stoker_remove_provider_async (stoker_cli_context_get_workspace (context),
                                  stoker_provider_get_id (provider),
                                  stoker_cli_context_get_cancellable (context), removed_cb,
                                  g_steal_pointer (&task));
}

static void
duplicated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = g_task_get_source_object (task);
  g_autoptr (StokerProvider) copy = stoker_duplicate_provider_finish (result, &error);

  if (copy == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (stoker_cli_context_get_flag (context, "json"))
    stoker_cli_provider_print (context, copy);
  else
    stoker_cli_context_print (context, _ ("The copy is “%s”.\n"), stoker_provider_get_id (copy));
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
start_duplicate (StokerCliContext *context, GTask *task)
{
  stoker_duplicate_provider_async (stoker_cli_context_get_workspace (context),
                                   stoker_cli_context_get_argument (context, 0),
                                   stoker_cli_context_get_flag (context, "with-keys"),
                                   stoker_cli_context_get_cancellable (context), duplicated_cb,
                                   task);
}

static void
ordered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (stoker_order_providers_finish (result, &error))
    g_task_return_int (task, STOKER_CLI_DONE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
start_order (StokerCliContext *context, GTask *task)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) order = NULL;
  const char *id;

  for (guint i = 0; (id = stoker_cli_context_get_argument (context, i)) != NULL; i++)
    g_strv_builder_add (ids, id);
  order = g_strv_builder_end (ids);
  stoker_order_providers_async (stoker_cli_context_get_workspace (context),
                                (const char *const *) order,
                                stoker_cli_context_get_cancellable (context), ordered_cb, task);
}

const StokerCliVerb stoker_verbs_providers[] = {
  {
    .name = "providers",
    .action = "list",
    .arguments = "",
    .summary = N_ ("List the providers you registered"),
    .shared_options = STOKER_CLI_JSON,
    .parts = STOKER_WORKSPACE_REGISTRY,
    .run = run_list,
  },
  {
    .name = "providers",
    .action = "show",
    .arguments = "ID",
    .summary = N_ ("Show one of them"),
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY,
    .run = run_show,
  },
  {
    .name = "providers",
    .action = "check",
    .arguments = "ID",
    .summary = N_ ("Ask a provider whether it answers and the key is good"),
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_SECRETS,
    .changes_things = TRUE,
    .start = start_check,
  },
  {
    .name = "providers",
    .action = "duplicate",
    .arguments = "ID",
    .summary = N_ ("Register a second one like it"),
    .options = duplicate_options,
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_SECRETS,
    .changes_things = TRUE,
    .start = start_duplicate,
  },
  {
    .name = "providers",
    .action = "order",
    .arguments = "ID…",
    .summary = N_ ("Put these first, in this order"),
    .min_arguments = 1,
    .max_arguments = -1,
    .parts = STOKER_WORKSPACE_REGISTRY,
    .changes_things = TRUE,
    .start = start_order,
  },
  {
    .name = "providers",
    .action = "remove",
    .arguments = "ID",
    .summary = N_ ("Forget a provider and its keys"),
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_JOBS | STOKER_WORKSPACE_SECRETS,
    .changes_things = TRUE,
    .start = start_remove,
  },
  { NULL },
};
