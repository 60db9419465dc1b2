/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-secrets.h"

#include "stoker-error.h"

#include <glib/gi18n-lib.h>

#include <string.h>

static void
clear_lines (GStrv *lines)
{
  for (guint i = 0; *lines != NULL && (*lines)[i] != NULL; i++)
    explicit_bzero ((*lines)[i], strlen ((*lines)[i]));
  g_clear_pointer (lines, g_strfreev);
}

typedef GStrv SecretLines;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SecretLines, clear_lines)

/* The only secret field there is; NULL when there are none or several. */
static const StokerAuthField *
get_single_field (const StokerProfile *profile)
{
  const StokerAuthField *single = NULL;

  for (guint i = 0; i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);

      if (field->type != STOKER_FIELD_SECRET)
        continue;
      if (single != NULL)
        return NULL;
      single = field;
    }

  return single;
}

/* The secret field that a line "field=value" names. */
static const StokerAuthField *
find_named_field (const char *line, const StokerProfile *profile)
{
  const char *equals = strchr (line, '=');
  g_autofree char *name = NULL;
  const StokerAuthField *field;

  if (equals == NULL)
    return NULL;

  name = g_strndup (line, (gsize) (equals - line));
  field = stoker_profile_find_field (profile, g_strstrip (name));

  return field != NULL && field->type == STOKER_FIELD_SECRET ? field : NULL;
}

static gboolean
parse_lines (GHashTable *secrets, const char *text, const StokerProfile *profile, GError **error)
{
  g_auto (SecretLines) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      const StokerAuthField *field;

      if (*line == '\0')
        continue;

      field = find_named_field (line, profile);
      if (field == NULL)
        {
          g_set_error (
            error, STOKER_ERROR, STOKER_ERROR_CONFIG,
            _ ("standard input: line %u does not begin with a secret field of %s and “=”"), i + 1,
            profile->name);
          return FALSE;
        }
      g_hash_table_insert (secrets, g_strdup (field->id),
                           g_strdup (g_strchug (strchr (line, '=') + 1)));
    }

  return TRUE;
}

/**
 * stoker_cli_secrets_new:
 *
 * Returns: (transfer full): a table of field id → secret that wipes what it holds
 */
GHashTable *
stoker_cli_secrets_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                (GDestroyNotify) stoker_cli_secrets_wipe);
}

/**
 * stoker_cli_secrets_parse:
 * @text: what came on standard input
 *
 * Reads `field=value` lines, or the bare key when @profile has a single secret field.
 *
 * Returns: (transfer full): field id → secret, or %NULL with a %STOKER_ERROR_CONFIG that tells
 * nothing of the text
 */
GHashTable *
stoker_cli_secrets_parse (const char *text, const StokerProfile *profile, GError **error)
{
  g_autoptr (GHashTable) secrets = stoker_cli_secrets_new ();
  const StokerAuthField *single = get_single_field (profile);

  if (single != NULL && find_named_field (text, profile) == NULL)
    g_hash_table_insert (secrets, g_strdup (single->id), g_strstrip (g_strdup (text)));
  else if (!parse_lines (secrets, text, profile, error))
    return NULL;

  if (g_hash_table_size (secrets) == 0 ||
      (single != NULL && *(const char *) g_hash_table_lookup (secrets, single->id) == '\0'))
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                           _ ("standard input: no key in it"));
      return NULL;
    }

  return g_steal_pointer (&secrets);
}

/**
 * stoker_cli_secrets_wipe:
 * @text: (transfer full) (nullable): a secret
 *
 * Overwrites and frees it.
 */
void
stoker_cli_secrets_wipe (char *text)
{
  if (text == NULL)
    return;

  explicit_bzero (text, strlen (text));
  g_free (text);
}
