/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-verb.h"
#include "stoker-find-keys.h"
#include "stoker-table.h"

#include <glib/gi18n-lib.h>

static const StokerTableColumn columns[] = {
  { N_ ("Template"), "template", FALSE },
  { N_ ("Field"), "field", FALSE },
  { N_ ("Found in"), "source", FALSE },
  { N_ ("Value"), "value", FALSE },
};

static void
print_text (StokerCliContext *context, GPtrArray *found)
{
  g_autoptr (StokerTable) table = stoker_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *text = NULL;

  if (found->len == 0)
    {
      stoker_cli_context_print (context, "%s\n", _ ("No keys were found on this computer."));
      return;
    }
  for (guint i = 0; i < found->len; i++)
    {
      StokerFoundKey *key = g_ptr_array_index (found, i);
      g_autofree char *masked = stoker_found_key_mask (key);
      const char *const cells[] = { stoker_found_key_get_profile_id (key),
                                    stoker_found_key_get_field_id (key),
                                    stoker_found_key_get_source (key), masked };

      stoker_table_add_row (table, cells);
    }
  text = stoker_table_to_text (table);
  stoker_cli_context_print_text (context, text);
}

static void
print_json (StokerCliContext *context, GPtrArray *found)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < found->len; i++)
    json_array_add_element (array, stoker_found_key_to_json (g_ptr_array_index (found, i)));
  json_node_set_array (document, array);
  stoker_cli_context_print_json (context, document);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerCliContext *context = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = stoker_find_keys_finish (result, &error);

  if (found == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (stoker_cli_context_get_flag (context, "json"))
    print_json (context, found);
  else
    print_text (context, found);
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
start_found (StokerCliContext *context, GTask *task)
{
  StokerWorkspace *workspace = stoker_cli_context_get_workspace (context);

  stoker_find_keys_async (stoker_workspace_get_catalog (workspace),
                          stoker_cli_context_get_cancellable (context), found_cb, task);
}

const StokerCliVerb stoker_verbs_found[] = {
  {
    .name = "providers",
    .action = "found",
    .arguments = "",
    .summary = N_ ("List the keys that lie on this computer already, masked"),
    .shared_options = STOKER_CLI_JSON,
    .parts = STOKER_WORKSPACE_CATALOG,
    .start = start_found,
  },
  { NULL },
};
