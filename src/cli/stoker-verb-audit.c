/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-text.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-read-audit.h"
#include "stoker-table.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 1000000

static const GOptionEntry list_options[] = {
  { "limit", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Show the newest so many; 0 shows all"), "N" },
  { NULL },
};

static const StokerTableColumn columns[] = {
  { N_ ("Time"), "time", FALSE },
  { N_ ("Done"), "done", FALSE },
  { N_ ("With"), "with", FALSE },
  { N_ ("Detail"), "detail", FALSE },
};

/* The lines, or NULL when the task is over. */
static JsonNode *
take_lines (GTask *task, GAsyncResult *result, gboolean *is_intact)
{
  GError *error = NULL;
  JsonNode *lines = stoker_read_audit_finish (result, is_intact, &error);

  if (lines == NULL)
    g_task_return_error (task, error);
  return lines;
}

static void
add_line (StokerTable *table, const StokerJsonPlace *line)
{
  StokerJsonPlace detail = stoker_json_member (line, "detail");
  g_autofree char *at = NULL;
  g_autofree char *action = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *text = NULL;
  const char *cells[4] = { NULL };

  stoker_json_get_string (line, "at", STOKER_JSON_OPTIONAL, &at, NULL);
  stoker_json_get_string (line, "action", STOKER_JSON_OPTIONAL, &action, NULL);
  stoker_json_get_string (line, "subject", STOKER_JSON_OPTIONAL, &subject, NULL);
  if (detail.node != NULL && !JSON_NODE_HOLDS_NULL (detail.node))
    text = stoker_json_to_string (detail.node, FALSE);
  cells[0] = at;
  cells[1] = action;
  cells[2] = subject;
  cells[3] = text != NULL ? text : "";
  stoker_table_add_row (table, cells);
}

static void
warn_of_change (StokerCliContext *context, gboolean is_intact)
{
  if (!is_intact)
    stoker_cli_context_note (context, "%s", _ ("the audit trail was changed after it was written"));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerCliContext *context = g_task_get_source_object (task);
  g_autoptr (StokerTable) table = stoker_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *text = NULL;
  gboolean is_intact = FALSE;
  g_autoptr (JsonNode) lines = take_lines (task, result, &is_intact);
  StokerJsonPlace root = stoker_json_root (lines, "audit");

  if (lines == NULL)
    return;
  for (guint i = 0; i < stoker_json_length (&root); i++)
    {
      StokerJsonPlace line = stoker_json_element (&root, i);

      add_line (table, &line);
    }
  text = stoker_table_to_text (table);
  if (stoker_cli_context_get_flag (context, "json"))
    stoker_cli_context_print_json (context, lines);
  else
    stoker_cli_context_print_text (context, text);
  warn_of_change (context, is_intact);
  g_task_return_int (task, is_intact ? STOKER_CLI_DONE : STOKER_CLI_FAILED);
}

static void
start_list (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  gint64 limit = DEFAULT_LIMIT;
  GError *error = NULL;

  if (!stoker_cli_context_get_count (context, "limit", MAX_LIMIT, &limit, &error))
    g_task_return_error (task, error);
  else
    stoker_read_audit_async (stoker_cli_context_get_workspace (context), (guint) limit,
                             stoker_cli_context_get_cancellable (context), listed_cb,
                             g_steal_pointer (&task));
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerCliContext *context = g_task_get_source_object (task);
  gboolean is_intact = FALSE;
  g_autoptr (JsonNode) lines = take_lines (task, result, &is_intact);
  StokerJsonPlace root = stoker_json_root (lines, "audit");
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) document = NULL;

  if (lines == NULL)
    return;
  json_object_set_boolean_member (object, "intact", is_intact);
  json_object_set_int_member (object, "lines", stoker_json_length (&root));
  document = json_node_init_object (json_node_alloc (), object);
  if (stoker_cli_context_get_flag (context, "json"))
    stoker_cli_context_print_json (context, document);
  else if (is_intact)
    stoker_cli_context_print (context, _ ("All %u lines are as they were written.\n"),
                              stoker_json_length (&root));
  warn_of_change (context, is_intact);
  g_task_return_int (task, is_intact ? STOKER_CLI_DONE : STOKER_CLI_FAILED);
}

static void
start_verify (StokerCliContext *context, GTask *task)
{
  stoker_read_audit_async (stoker_cli_context_get_workspace (context), 0,
                           stoker_cli_context_get_cancellable (context), verified_cb, task);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerCliContext *context = g_task_get_source_object (task);
  gboolean is_intact = FALSE;
  g_autoptr (JsonNode) lines = take_lines (task, result, &is_intact);

  if (lines == NULL)
    return;
  stoker_cli_context_print_json (context, lines);
  warn_of_change (context, is_intact);
  g_task_return_int (task, is_intact ? STOKER_CLI_DONE : STOKER_CLI_FAILED);
}

static void
start_export (StokerCliContext *context, GTask *task)
{
  stoker_read_audit_async (stoker_cli_context_get_workspace (context), 0,
                           stoker_cli_context_get_cancellable (context), exported_cb, task);
}

const StokerCliVerb stoker_verbs_audit[] = {
  {
    .name = "audit",
    .action = "list",
    .arguments = "",
    .summary = N_ ("List what was done, newest first"),
    .options = list_options,
    .shared_options = STOKER_CLI_JSON,
    .parts = STOKER_WORKSPACE_REGISTRY,
    .start = start_list,
  },
  {
    .name = "audit",
    .action = "verify",
    .arguments = "",
    .summary = N_ ("Tell whether it was changed after it was written"),
    .shared_options = STOKER_CLI_JSON,
    .parts = STOKER_WORKSPACE_REGISTRY,
    .start = start_verify,
  },
  {
    .name = "audit",
    .action = "export",
    .arguments = "",
    .summary = N_ ("Print all of it as JSON"),
    .parts = STOKER_WORKSPACE_REGISTRY,
    .start = start_export,
  },
  { NULL },
};
