/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-action.h"

#include "stoker-cli-text.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-run-action.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/**
 * stoker_cli_action_find:
 * @list: what stoker_list_actions() tells
 * @id: one of them
 *
 * Returns: (transfer none) (nullable): the action
 */
JsonNode *
stoker_cli_action_find (JsonNode *list, const char *id)
{
  StokerJsonPlace root = stoker_json_root (list, "actions");

  for (guint i = 0; i < stoker_json_length (&root); i++)
    {
      StokerJsonPlace place = stoker_json_element (&root, i);
      g_autofree char *own = NULL;

      if (stoker_json_get_string (&place, "id", STOKER_JSON_REQUIRED, &own, NULL) &&
          g_str_equal (own, id))
        return place.node;
    }
  return NULL;
}

static void
print_result (StokerCliContext *context, JsonNode *answer)
{
  StokerJsonPlace root = stoker_json_root (answer, "answer");
  StokerJsonPlace result = stoker_json_member (&root, "result");
  g_autofree char *text = NULL;
  g_autofree char *clean = NULL;

  if (result.node != NULL)
    {
      text = stoker_json_to_string (result.node, TRUE);
      clean = stoker_cli_text_clean (text, TRUE);
      stoker_cli_context_print (context, _ ("Done. What came of it:\n%s\n"), clean);
      return;
    }
  text = stoker_json_to_string (answer, TRUE);
  stoker_cli_context_print (context,
                            _ ("A dry run: nothing was sent. With --live this would be:\n%s\n"),
                            text);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerCliContext *context = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (JsonNode) answer = stoker_run_action_finish (result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (stoker_cli_context_get_flag (context, "json"))
    stoker_cli_context_print_json (context, answer);
  else
    print_result (context, answer);
  g_task_return_int (task, STOKER_CLI_DONE);
}

/**
 * stoker_cli_action_run:
 * @task: (transfer full): of the verb
 * @input: an object of parameters
 *
 * Does something at a provider, live only with `--live`, and prints what came of it.
 */
void
stoker_cli_action_run (StokerCliContext *context,
                       GTask *task,
                       StokerProvider *provider,
                       const char *action,
                       JsonNode *input)
{
  stoker_run_action_async (stoker_cli_context_get_workspace (context), provider, action, input,
                           stoker_cli_context_get_flag (context, "live"), done_cb, task);
}

/* "@fox.png" is the file of that name; several are separated by commas. */
static char *
read_value (StokerCliContext *context, const char *text)
{
  g_auto (GStrv) parts = NULL;

  if (*text != '@')
    return g_strdup (text);
  parts = g_strsplit (text, ",", -1);
  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *path = **part == '@' ? stoker_cli_context_get_path (context, *part + 1)
                                            : NULL;
      g_autofree char *absolute = path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
      char *address = absolute != NULL ? g_filename_to_uri (absolute, NULL, NULL) : NULL;

      if (address == NULL)
        continue;
      g_free (*part);
      *part = address;
    }
  return g_strjoinv (",", parts);
}

/**
 * stoker_cli_action_read_settings:
 *
 * Reads the NAME=VALUE of `--set`; @FILE stands for a file, as its address.
 *
 * Returns: (transfer full) (element-type utf8 utf8): the values by their names; %NULL with @error
 */
GHashTable *
stoker_cli_action_read_settings (StokerCliContext *context, GError **error)
{
  g_auto (GStrv) given = stoker_cli_context_get_texts (context, "set");
  g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; given[i] != NULL; i++)
    {
      const char *equals = strchr (given[i], '=');

      if (equals == NULL || equals == given[i])
        {
          g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                       _ ("--set: “%s” is not of the form NAME=VALUE"), given[i]);
          return NULL;
        }
      g_hash_table_insert (settings, g_strndup (given[i], (gsize) (equals - given[i])),
                           read_value (context, equals + 1));
    }
  return g_steal_pointer (&settings);
}

/**
 * stoker_cli_action_run_with_settings:
 * @task: (transfer full): of the verb
 *
 * As stoker_cli_action_run(), with the parameters that `--set` gave.
 */
void
stoker_cli_action_run_with_settings (StokerCliContext *context,
                                     GTask *task,
                                     StokerProvider *provider,
                                     const char *action)
{
  g_autoptr (GTask) owned = task;
  g_autoptr (JsonNode)
    list = stoker_list_actions (stoker_cli_context_get_workspace (context), provider);
  GError *error = NULL;
  g_autoptr (GHashTable) settings = stoker_cli_action_read_settings (context, &error);
  g_autoptr (JsonNode) input = NULL;

  if (settings != NULL)
    input = stoker_action_read_input (stoker_cli_action_find (list, action), settings, &error);
  if (input == NULL)
    g_task_return_error (owned, error);
  else
    stoker_cli_action_run (context, g_steal_pointer (&owned), provider, action, input);
}
