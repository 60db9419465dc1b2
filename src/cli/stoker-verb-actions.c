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

static const StokerTableColumn columns[] = {
  { N_ ("Action"), "action", FALSE },
  { N_ ("What it does"), "what", FALSE },
  { N_ ("Parameters"), "parameters", FALSE },
};

static const StokerTableColumn parameter_columns[] = {
  { N_ ("Parameter"), "parameter", FALSE }, { N_ ("Needed"), "needed", FALSE },
  { N_ ("Value"), "value", FALSE },         { N_ ("Default"), "default", FALSE },
  { N_ ("What it is"), "what", FALSE },
};

/* All actions. A star is behind those that it cannot do without. */
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
  g_autofree char *what = stoker_action_describe (action->node);
  g_autofree char *parameters = list_parameters (action);
  const char *cells[3] = { NULL };

  stoker_json_get_string (action, "id", STOKER_JSON_OPTIONAL, &id, NULL);
  cells[0] = id;
  cells[1] = what;
  cells[2] = parameters;
  stoker_table_add_row (table, cells);
}

static void
print_actions (StokerCliContext *context, JsonNode *list)
{
  g_autoptr (StokerTable) table = stoker_table_new (columns, G_N_ELEMENTS (columns));
  StokerJsonPlace root = stoker_json_root (list, "actions");
  g_autofree char *text = NULL;

  for (guint i = 0; i < stoker_json_length (&root); i++)
    {
      StokerJsonPlace action = stoker_json_element (&root, i);

      add_action (table, &action);
    }
  text = stoker_table_to_text (table);
  stoker_cli_context_print_text (context, stoker_json_length (&root) > 0
                                            ? text
                                            : _ ("It can do nothing but jobs.\n"));
}

/* One action. */

/* "Network Volume: its id; it is there as /workspace" */
static char *
describe_parameter (const StokerJsonPlace *parameter)
{
  g_autofree char *label = stoker_action_read_words (parameter, "label");
  g_autofree char *note = stoker_action_read_words (parameter, "note");

  if (label == NULL || note == NULL)
    return g_strdup (label != NULL ? label : note != NULL ? note : "");
  return g_strdup_printf ("%s: %s", label, note);
}

/* What it may be: the choices, or of which type it is. */
static char *
describe_values (const StokerJsonPlace *parameter)
{
  g_autofree char *type = NULL;
  g_auto (GStrv) choices = NULL;

  stoker_json_get_string (parameter, "type", STOKER_JSON_OPTIONAL, &type, NULL);
  stoker_json_get_strings (parameter, "choices", STOKER_JSON_OPTIONAL, &choices, NULL);
  if (choices == NULL || choices[0] == NULL)
    return g_strdup (type != NULL ? type : "");
  return g_strjoinv (", ", choices);
}

static void
add_parameter (StokerTable *table, const StokerJsonPlace *parameter)
{
  g_autofree char *name = NULL;
  g_autofree char *what = describe_parameter (parameter);
  g_autofree char *values = describe_values (parameter);
  g_autofree char *fallback = stoker_action_read_default (parameter);
  gboolean is_required = FALSE;
  const char *cells[5] = { NULL };

  stoker_json_get_string (parameter, "name", STOKER_JSON_OPTIONAL, &name, NULL);
  stoker_json_get_boolean (parameter, "required", STOKER_JSON_OPTIONAL, &is_required, NULL);
  cells[0] = name;
  cells[1] = is_required ? _ ("yes") : "";
  cells[2] = values;
  cells[3] = fallback;
  cells[4] = what;
  stoker_table_add_row (table, cells);
}

static void
print_action (StokerCliContext *context, JsonNode *action)
{
  g_autoptr (StokerTable)
    table = stoker_table_new (parameter_columns, G_N_ELEMENTS (parameter_columns));
  g_autofree char *what = stoker_action_describe (action);
  StokerJsonPlace root = stoker_json_root (action, "action");
  StokerJsonPlace list;
  g_autofree char *text = NULL;

  stoker_cli_context_print (context, "%s\n", what);
  if (!stoker_json_get_array (&root, "parameters", STOKER_JSON_REQUIRED, MAX_PARAMETERS, &list,
                              NULL) ||
      stoker_json_length (&list) == 0)
    return;
  for (guint i = 0; i < stoker_json_length (&list); i++)
    {
      StokerJsonPlace parameter = stoker_json_element (&list, i);

      add_parameter (table, &parameter);
    }
  text = stoker_table_to_text (table);
  stoker_cli_context_print (context, "\n%s", text);
}

static gboolean
run_list (StokerCliContext *context, GError **error)
{
  StokerProvider *provider = stoker_cli_provider_find (context, error);
  g_autoptr (JsonNode) list = NULL;
  JsonNode *shown = NULL;
  gboolean is_one = stoker_cli_context_get_n_arguments (context) > 1;

  if (provider == NULL)
    return FALSE;
  list = stoker_list_actions (stoker_cli_context_get_workspace (context), provider);
  shown = is_one ? stoker_cli_action_find (list, stoker_cli_context_get_argument (context, 1))
                 : list;
  if (shown == NULL)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   _ ("%s has no action “%s”; stoker providers actions %s lists them"),
                   stoker_provider_get_id (provider), stoker_cli_context_get_argument (context, 1),
                   stoker_provider_get_id (provider));
      return FALSE;
    }
  if (stoker_cli_context_get_flag (context, "json"))
    stoker_cli_context_print_json (context, shown);
  else if (is_one)
    print_action (context, shown);
  else
    print_actions (context, shown);
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
    .arguments = "ID [ACTION]",
    .summary = N_ ("List what it can do beside jobs, or what one of these takes"),
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = 2,
    .parts = STOKER_WORKSPACE_REGISTRY,
    .run = run_list,
  },
  {
    .name = "providers",
    .action = "action",
    .arguments = "ID ACTION",
    .summary = N_ ("Do one of these things, or show what would be sent"),
    .shared_options = STOKER_CLI_PARAMETERS | STOKER_CLI_LIVE | STOKER_CLI_JSON,
    .min_arguments = 2,
    .max_arguments = 2,
    .parts = STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_SECRETS,
    .changes_things = TRUE,
    .start = start_run,
  },
  { NULL },
};
