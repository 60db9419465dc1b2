/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-provider.h"

#include "stoker-cli-secrets.h"
#include "stoker-error.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define MAX_PRIORITY 1000000

/* "KEY=VALUE" of a field that is no secret: every process can read the arguments of another. */
static gboolean
add_setting (GHashTable *settings,
             const char *setting,
             const StokerProfile *profile,
             GError **error)
{
  const char *equals = strchr (setting, '=');
  const StokerAuthField *field;
  g_autofree char *key = NULL;

  if (equals == NULL || equals == setting)
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("--set: needs KEY=VALUE"));
      return FALSE;
    }

  key = g_strndup (setting, (gsize) (equals - setting));
  field = stoker_profile_find_field (profile, key);
  if (field != NULL && field->type == STOKER_FIELD_SECRET)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   _ ("--set %s: is a secret, and arguments can be read by others; give it on "
                      "standard input with --secret-stdin"),
                   key);
      return FALSE;
    }
  if (field == NULL)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   _ ("--set %s: %s has no such field; stoker catalog show %s tells them"), key,
                   profile->name, profile->id);
      return FALSE;
    }

  g_hash_table_insert (settings, g_steal_pointer (&key), g_strdup (equals + 1));
  return TRUE;
}

static void
secrets_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) secrets = NULL;
  char *text = stoker_cli_context_read_stdin_finish (STOKER_CLI_CONTEXT (source), result, &error);

  if (text != NULL)
    secrets = stoker_cli_secrets_parse (text, g_task_get_task_data (task), &error);
  stoker_cli_secrets_wipe (text);

  if (secrets == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&secrets), (GDestroyNotify) g_hash_table_unref);
}

/**
 * stoker_cli_provider_find:
 *
 * Returns: (transfer none): the registered provider that the first argument names, or %NULL with
 * @error
 */
StokerProvider *
stoker_cli_provider_find (StokerCliContext *context, GError **error)
{
  const char *id = stoker_cli_context_get_argument (context, 0);
  StokerProvider *provider =
    stoker_workspace_lookup_provider (stoker_cli_context_get_workspace (context), id);

  if (provider == NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("%s: no such provider; stoker providers list tells them"), id);

  return provider;
}

/**
 * stoker_cli_provider_find_named:
 * @advice: what tells which providers there are
 *
 * Returns: (transfer none): the registered provider that `--provider` names, or %NULL with @error
 */
StokerProvider *
stoker_cli_provider_find_named (StokerCliContext *context, const char *advice, GError **error)
{
  const char *id = stoker_cli_context_get_text (context, "provider");
  StokerProvider *provider = NULL;

  if (id == NULL)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   _ ("--provider ID is missing; %s tells which"), advice);
      return NULL;
    }
  provider = stoker_workspace_lookup_provider (stoker_cli_context_get_workspace (context), id);
  if (provider == NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("--provider: “%s” is not registered; stoker providers add does it"), id);
  return provider;
}

/**
 * stoker_cli_provider_print:
 *
 * Prints the entry as JSON.
 */
void
stoker_cli_provider_print (StokerCliContext *context, StokerProvider *provider)
{
  g_autoptr (JsonNode) document = stoker_provider_to_json (provider);

  stoker_cli_context_print_json (context, document);
}

/**
 * stoker_cli_provider_read_settings:
 *
 * Returns: (transfer full): what `--set` gave, field → value, or %NULL with @error
 */
GHashTable *
stoker_cli_provider_read_settings (StokerCliContext *context,
                                   const StokerProfile *profile,
                                   GError **error)
{
  g_auto (GStrv) given = stoker_cli_context_get_texts (context, "set");
  g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; given[i] != NULL; i++)
    if (!add_setting (settings, given[i], profile, error))
      return NULL;

  return g_steal_pointer (&settings);
}

/**
 * stoker_cli_provider_read_priority:
 * @priority: left alone when `--priority` was not given
 */
gboolean
stoker_cli_provider_read_priority (StokerCliContext *context, int *priority, GError **error)
{
  gint64 value = *priority;

  if (!stoker_cli_context_get_count (context, "priority", MAX_PRIORITY, &value, error))
    return FALSE;

  *priority = (int) value;
  return TRUE;
}

/**
 * stoker_cli_provider_read_secrets_async:
 *
 * With `--secret-stdin`, reads the secret fields of @profile from standard input.
 */
void
stoker_cli_provider_read_secrets_async (StokerCliContext *context,
                                        StokerProfile *profile,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask)
    task = g_task_new (context, stoker_cli_context_get_cancellable (context), callback, user_data);

  g_task_set_source_tag (task, stoker_cli_provider_read_secrets_async);
  g_task_set_task_data (task, stoker_profile_ref (profile), (GDestroyNotify) stoker_profile_unref);
  if (stoker_cli_context_get_flag (context, "secret-stdin"))
    stoker_cli_context_read_stdin_async (context, secrets_read_cb, g_steal_pointer (&task));
  else
    g_task_return_pointer (task, NULL, NULL);
}

/**
 * stoker_cli_provider_read_secrets_finish:
 * @secrets: (out) (transfer full) (nullable): field → secret; %NULL when none were to be read
 */
gboolean
stoker_cli_provider_read_secrets_finish (StokerCliContext *context,
                                         GAsyncResult *result,
                                         GHashTable **secrets,
                                         GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  *secrets = g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * stoker_cli_provider_note_keyring:
 *
 * Tells what is wrong with the keyring, if something is.
 */
void
stoker_cli_provider_note_keyring (StokerCliContext *context)
{
  const char *message = stoker_workspace_get_keyring_message (
    stoker_cli_context_get_workspace (context));

  if (message != NULL)
    stoker_cli_context_note (context, "%s", message);
}
