/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-authorise.h"

#include "stoker-json.h"

#define DEFAULT_LIFETIME_S 3600

static void
add_part (GChecksum *checksum, const char *text)
{
  if (text != NULL)
    g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_update (checksum, (const guchar *) "", 1);
}

/* A name for the tokens of this provider with these keys and settings; a changed key makes another
 * one. */
static char *
make_key (JsonNode *auth, const StokerScope *scope)
{
  StokerConnection *connection = stoker_scope_get_connection (scope);
  const StokerProfile *profile = stoker_connection_get_profile (connection);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *rule = stoker_json_to_string (auth, FALSE);

  add_part (checksum, rule);
  add_part (checksum, stoker_connection_get_provider_id (connection));
  for (guint i = 0; i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);

      add_part (checksum, stoker_connection_get_secret (connection, field->id));
      add_part (checksum, stoker_connection_get_config (connection, field->id));
    }

  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * stoker_authorise_from_memory:
 * @must_be_new: the one there may be was not taken by the server
 *
 * Returns: whether @run has a token now
 */
gboolean
stoker_authorise_from_memory (StokerRun *run, gboolean must_be_new)
{
  JsonNode *auth = stoker_manifest_get (run->manifest, "auth");
  g_autofree char *key = NULL;

  if (stoker_scope_get_token (run->scope) != NULL)
    return TRUE;
  if (run->tokens == NULL)
    return FALSE;
  key = make_key (auth, run->scope);
  if (must_be_new)
    stoker_tokens_drop (run->tokens, key);
  stoker_scope_set_token (run->scope, stoker_tokens_lookup (run->tokens, key));

  return stoker_scope_get_token (run->scope) != NULL;
}

static double
read_lifetime (const StokerRun *asked)
{
  const char *template = stoker_rule_get_text (asked->operation, "lifetime");
  g_autofree char *text = NULL;

  if (template != NULL)
    text = stoker_scope_expand (asked->scope, template, NULL);

  return text != NULL ? g_ascii_strtod (text, NULL) : DEFAULT_LIFETIME_S;
}

static void
did_ask (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (StokerRun) asked = stoker_run_start_finish (result, &error);
  g_autofree char *key = NULL;
  g_autofree char *token = NULL;

  if (asked != NULL)
    token = stoker_scope_expand (asked->scope, stoker_rule_get_text (asked->operation, "token"),
                                 &error);
  if (token == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  key = make_key (asked->operation, run->scope);
  if (run->tokens != NULL)
    stoker_tokens_keep (run->tokens, key, token, read_lifetime (asked));
  stoker_scope_set_token (run->scope, token);
  g_task_return_boolean (task, TRUE);
}

/**
 * stoker_authorise_async:
 * @run: gets the token; must outlive the call
 */
void
stoker_authorise_async (StokerRun *run,
                        StokerHttpClient *client,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  StokerRun *asking = NULL;

  g_task_set_source_tag (task, stoker_authorise_async);
  g_task_set_task_data (task, run, NULL);
  asking = stoker_run_new (run->manifest, stoker_manifest_get (run->manifest, "auth"),
                           stoker_scope_get_connection (run->scope), NULL);
  asking->is_authorising = TRUE;
  stoker_scope_set_authorising (asking->scope);
  stoker_run_start_async (asking, client, cancellable, did_ask, g_object_ref (task));
}

/**
 * stoker_authorise_finish:
 *
 * Returns: whether there is a token now; %FALSE with what the steps failed with
 */
gboolean
stoker_authorise_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
