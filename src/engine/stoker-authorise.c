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
  StokerConnection *connection = scope->connection;
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
  g_autofree char *key = NULL;

  if (run->scope->token != NULL)
    return TRUE;
  if (run->tokens == NULL)
    return FALSE;
  key = make_key (stoker_manifest_get (run->scope->manifest, "auth"), run->scope);
  if (must_be_new)
    stoker_tokens_drop (run->tokens, key);
  stoker_scope_set_token (run->scope, stoker_tokens_lookup (run->tokens, key));

  return run->scope->token != NULL;
}

/**
 * stoker_authorise_make_run:
 *
 * Returns: (transfer full): an operation that asks for a token
 */
StokerRun *
stoker_authorise_make_run (const StokerRun *run)
{
  const StokerManifest *manifest = run->scope->manifest;
  StokerRun *asking = stoker_run_new (manifest, stoker_manifest_get (manifest, "auth"),
                                      run->scope->connection, NULL);

  asking->scope->is_authorising = TRUE;

  return asking;
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

/**
 * stoker_authorise_take:
 * @run: gets the token
 * @asked: what stoker_authorise_make_run() gave, finished
 *
 * Returns: whether there is a token now; else %FALSE with %STOKER_ERROR_CONFIG
 */
gboolean
stoker_authorise_take (StokerRun *run, const StokerRun *asked, GError **error)
{
  const char *template = stoker_rule_get_text (asked->operation, "token");
  g_autofree char *token = stoker_scope_expand (asked->scope, template, error);
  g_autofree char *key = make_key (asked->operation, run->scope);

  if (token == NULL)
    return FALSE;
  if (run->tokens != NULL)
    stoker_tokens_keep (run->tokens, key, token, read_lifetime (asked));
  stoker_scope_set_token (run->scope, token);

  return TRUE;
}
