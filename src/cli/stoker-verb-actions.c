/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-action.h"
#include "stoker-cli-provider.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-run-action.h"
#include "stoker-table.h"

#include <glib/gi18n-lib.h>

#define MAX_PARAMETERS 200

static const GOptionEntry list_options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print one JSON document"), NULL },
  { NULL },
};

static const GOptionEntry run_options[] = {
  { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_ ("A parameter of it; may be given repeatedly"),
    "NAME=VALUE" },
  { "live", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Really do it; without this it is a dry run"),
    NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print one JSON document"), NULL },
  { NULL },
};

static const StokerTableColumn columns[] = {
  { N_ ("Action"), "action", FALSE },
  { N_ ("What it does"), "what", FALSE },
  { N_ ("Parameters"), "parameters", FALSE },
};

/* A star is behind those that it cannot do without. */
static char *
list_parameters (const StokerJsonPlace *action)
{
  StokerJsonPlace list;
  g_autoptr (GString) names = g_string_new (NULL);

  if (!stoker_json_get_array (action, "parameters", STOKER_JSON_REQUIRED, MAX_PARAMETERS, &list,
                              NULL))
    return g_strdup ("");
  for (guint i = 0; i < stoker_json_length (&list); i++)
    {
      StokerJsonPlace place = stoker_json_element (&list, i);
      g_autofree char *name = NULL;
      gboolean is_required = FALSE;

      stoker_json_get_boolean (&place, "required", STOKER_JSON_OPTIONAL, &is_required, NULL);
      if (stoker_json_get_string (&place, "name", STOKER_JSON_REQUIRED, &name, NULL))
        g_string_append_printf (names, "%s%s%s", names->len > 0 ? " " : "", name,
                                is_required ? "*" : "");
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
add_action (StokerTable *table, const StokerJsonPlace *action)
{
  g_autofree char *id = NULL;
  g_autofree char *label = NULL;
  g_autofree char *parameters = list_parameters (action);
  const char *cells[3] = { NULL };

  stoker_json_get_string (action, "id", STOKER_JSON_OPTIONAL, &id, NULL);
  stoker_json_get_string (action, "label", STOKER_JSON_OPTIONAL, &label, NULL);
  if (label == NULL && g_strcmp0 (id, STOKER_ACTION_LAUNCH) == 0)
    label = g_strdup (_ ("Rent a machine; it costs until it is ended"));
  cells[0] = id;
  cells[1] = label != NULL ? label : "";
  cells[2] = parameters;
  stoker_table_add_row (table, cells);
}

static gboolean
run_list (StokerCliContext *context, GError **error)
{
  StokerProvider *provider = stoker_cli_provider_find (context, error);
  g_autoptr (StokerTable) table = stoker_table_new (columns, G_N_ELEMENTS (columns));
  g_autoptr (JsonNode) list = NULL;
  g_autofree char *text = NULL;
  StokerJsonPlace root;

  if (provider == NULL)
    return FALSE;
  list = stoker_list_actions (stoker_cli_context_get_workspace (context), provider);
  root = stoker_json_root (list, "actions");
  for (guint i = 0; i < stoker_json_length (&root); i++)
    {
      StokerJsonPlace action = stoker_json_element (&root, i);

      add_action (table, &action);
    }
  text = stoker_table_to_text (table);
  if (stoker_cli_context_get_flag (context, "json"))
    stoker_cli_context_print_json (context, list);
  else if (stoker_json_length (&root) == 0)
    stoker_cli_context_print_text (context, _ ("It can do nothing but jobs.\n"));
  else
    stoker_cli_context_print_text (context, text);
  return TRUE;
}

static void
start_run (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  GError *error = NULL;
  StokerProvider *provider = stoker_cli_provider_find (context, &error);

  if (provider == NULL)
    g_task_return_error (task, error);
  else
    stoker_cli_action_run_with_settings (context, g_steal_pointer (&task), provider,
                                         stoker_cli_context_get_argument (context, 1));
}

const StokerCliVerb stoker_verbs_actions[] = {
  {
    .name = "providers",
    .action = "actions",
    .arguments = "ID",
    .summary = N_ ("List what it can do beside jobs"),
    .options = list_options,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY,
    .run = run_list,
  },
  {
    .name = "providers",
    .action = "action",
    .arguments = "ID ACTION",
    .summary = N_ ("Do one of these things, or show what would be sent"),
    .options = run_options,
    .min_arguments = 2,
    .max_arguments = 2,
    .parts = STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_SECRETS,
    .changes_things = TRUE,
    .start = start_run,
  },
  { NULL },
};
