/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-transfer-registry.h"

#include <glib/gi18n-lib.h>

static const GOptionEntry export_options[] = {
  { "include-secrets", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Put the keys into the document"), NULL },
  { NULL },
};

static const GOptionEntry import_options[] = {
  { "replace", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Remove the entries that are not in the file"),
    NULL },
  { "no-overwrite", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Leave the entries that exist as they are"),
    NULL },
  { "preview", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Only tell what would change, and what is wrong with the file"), NULL },
  { NULL },
};

static const GOptionEntry secrets_options[] = {
  { "delete-after", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Delete the file once its keys are in the keyring"), NULL },
  { NULL },
};

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = g_task_get_source_object (task);
  g_autoptr (JsonNode) document = stoker_export_registry_finish (result, &error);

  if (document == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (stoker_cli_context_get_flag (context, "include-secrets"))
    stoker_cli_context_note (context,
                             _ ("the document holds your keys in plain text: keep it safe"));
  stoker_cli_context_print_json (context, document);
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
start_export (StokerCliContext *context, GTask *task)
{
  stoker_export_registry_async (stoker_cli_context_get_workspace (context),
                                stoker_cli_context_get_flag (context, "include-secrets"),
                                stoker_cli_context_get_cancellable (context), exported_cb, task);
}

static void
print_ids (StokerCliContext *context, const char *title, const GPtrArray *ids)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (ids->len == 0)
    return;

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (ids, i));
  stoker_cli_context_print (context, "%s: %s\n", title, text->str);
}

static gboolean
is_empty (const StokerImportReport *report)
{
  return report->added->len + report->updated->len + report->skipped->len + report->removed->len +
           report->rejected->len + report->held->len ==
         0;
}

static void
print_report (StokerCliContext *context, const StokerImportReport *report)
{
  gboolean is_preview = stoker_cli_context_get_flag (context, "preview");

  if (stoker_cli_context_get_flag (context, "json"))
    {
      g_autoptr (JsonNode) document = stoker_import_report_to_json (report);

      stoker_cli_context_print_json (context, document);
      return;
    }

  print_ids (context, is_preview ? _ ("Would be added") : _ ("Added"), report->added);
  print_ids (context, is_preview ? _ ("Would be updated") : _ ("Updated"), report->updated);
  print_ids (context, is_preview ? _ ("Would stay as they are") : _ ("Left as they were"),
             report->skipped);
  print_ids (context, is_preview ? _ ("Would be removed") : _ ("Removed"), report->removed);
  print_ids (context, _ ("Kept, because jobs there are not finished"), report->held);
  if (is_empty (report))
    stoker_cli_context_print (context, "%s\n", _ ("Nothing to import."));
}

/* A preview answers even when the import would be refused; its exit status says so. */
static int
note_rejected (StokerCliContext *context, const StokerImportReport *report)
{
  for (guint i = 0; i < report->rejected->len; i++)
    stoker_cli_context_note (context, "%s", (const char *) report->rejected->pdata[i]);
  return report->rejected->len > 0 ? STOKER_CLI_WRONG_CALL : STOKER_CLI_DONE;
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerImportReport) report = stoker_import_registry_finish (result, &error);

  if (report == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  print_report (g_task_get_source_object (task), report);
  g_task_return_int (task, note_rejected (g_task_get_source_object (task), report));
}

static JsonNode *
load_document (StokerCliContext *context, char **path, GError **error)
{
  *path = stoker_cli_context_get_path (context, stoker_cli_context_get_argument (context, 0));

  return stoker_json_load_file (*path, STOKER_JSON_MAX_BYTES, error);
}

static void
start_import (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) document = load_document (context, &path, &error);
  StokerImportFlags flags = STOKER_IMPORT_MERGE;

  if (document == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (stoker_cli_context_get_flag (context, "replace"))
    flags |= STOKER_IMPORT_REPLACE;
  if (stoker_cli_context_get_flag (context, "no-overwrite"))
    flags |= STOKER_IMPORT_NO_OVERWRITE;
  if (stoker_cli_context_get_flag (context, "preview"))
    flags |= STOKER_IMPORT_PREVIEW;
  stoker_import_registry_async (stoker_cli_context_get_workspace (context), document, path, flags,
                                stoker_cli_context_get_cancellable (context), imported_cb,
                                g_steal_pointer (&task));
}

static gboolean
delete_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_delete (file, NULL, error);
}

static void
secrets_imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = g_task_get_source_object (task);
  const char *path = g_task_get_task_data (task);
  int count = stoker_import_secrets_finish (result, &error);
  gboolean deletes = count > 0 && stoker_cli_context_get_flag (context, "delete-after");

  if (error != NULL || (deletes && !delete_file (path, &error)))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  stoker_cli_context_print (context,
                            ngettext ("%d key is in the keyring now.\n",
                                      "%d keys are in the keyring now.\n", (gulong) count),
                            count);
  if (deletes)
    stoker_cli_context_print (context, _ ("%s is deleted.\n"), path);
  else if (count > 0)
    stoker_cli_context_print (context,
                              _ ("%s still holds them in plain text; --delete-after deletes it.\n"),
                              path);
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
start_import_secrets (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  g_autoptr (JsonNode) document = load_document (context, &path, &error);

  g_task_set_task_data (task, path, g_free);
  if (document == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    stoker_import_secrets_async (stoker_cli_context_get_workspace (context), document, path,
                                 stoker_cli_context_get_cancellable (context), secrets_imported_cb,
                                 g_steal_pointer (&task));
}

const StokerCliVerb stoker_verbs_transfer[] = {
  {
    .name = "providers",
    .action = "export",
    .arguments = "",
    .summary = N_ ("Print the registry as JSON, without keys"),
    .options = export_options,
    .shared_options = STOKER_CLI_JSON,
    .parts = STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_SECRETS,
    .start = start_export,
  },
  {
    .name = "providers",
    .action = "import",
    .arguments = "FILE",
    .summary = N_ ("Read a registry"),
    .options = import_options,
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_JOBS | STOKER_WORKSPACE_SECRETS,
    .changes_things = TRUE,
    .start = start_import,
  },
  {
    .name = "providers",
    .action = "import-secrets",
    .arguments = "FILE",
    .summary = N_ ("Move the keys of a comfyvn.secrets.json to the keyring"),
    .options = secrets_options,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_SECRETS,
    .changes_things = TRUE,
    .start = start_import_secrets,
  },
  { NULL },
};
