/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-key.h"

#include "stoker-json.h"
#include "stoker-rule.h"
#include "stoker-wipe.h"

#include <glib/gstdio.h>

#include <string.h>

#define MAX_FILE_BYTES (1024 * 1024)

static gboolean
is_small_file (const char *path)
{
  GStatBuf about = { 0 };

  return g_stat (path, &about) == 0 && S_ISREG (about.st_mode) && about.st_size <= MAX_FILE_BYTES;
}

/* Of a field that names a file, what is in it is the secret. */
static char *
read_file (StokerConnection *connection, const char *field)
{
  const StokerProfile *profile = stoker_connection_get_profile (connection);
  const StokerAuthField *known = stoker_profile_find_field (profile, field);
  const char *path = stoker_connection_get_config (connection, field);
  char *text = NULL;
  gsize length = 0;

  if (known == NULL || known->type != STOKER_FIELD_PATH || path == NULL)
    return NULL;
  if (!is_small_file (path) || !g_file_get_contents (path, &text, &length, NULL))
    {
      g_debug ("%s: no file that can be read is there", field);
      return NULL;
    }
  if (strlen (text) == length)
    return text;
  stoker_wipe_free (text);

  return NULL;
}

/* What is below @document by the names in @path, such as `a.b`. */
static JsonNode *
find_member (JsonNode *document, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = document;

  for (guint i = 0; names[i] != NULL && node != NULL; i++)
    node = stoker_rule_get (node, names[i]);

  return node != NULL ? json_node_copy (node) : NULL;
}

/**
 * stoker_key_look_up:
 * @path: id of a field, and of a key that is a JSON document what is in it:
 * `service_account.client_email`
 *
 * The secret that is kept for the field; of a field that names a file, what is in the file.
 *
 * Returns: (transfer full) (nullable): it; never to be copied into a log or message
 */
JsonNode *
stoker_key_look_up (StokerConnection *connection, const char *path)
{
  const char *dot = strchr (path, '.');
  g_autofree char *field = dot != NULL ? g_strndup (path, (gsize) (dot - path)) : g_strdup (path);
  const char *kept = stoker_connection_get_secret (connection, field);
  char *secret = kept != NULL ? g_strdup (kept) : read_file (connection, field);
  g_autoptr (JsonNode) document = NULL;
  JsonNode *found = NULL;

  if (secret != NULL && dot != NULL)
    document = stoker_json_parse (secret, -1, "key", NULL);
  if (document != NULL)
    found = find_member (document, dot + 1);
  else if (secret != NULL && *secret != '\0' && dot == NULL)
    found = json_node_init_string (json_node_alloc (), secret);
  stoker_wipe_free (secret);

  return found;
}
