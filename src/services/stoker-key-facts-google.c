/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-key-facts-private.h"

#include "stoker-key-text-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* What other JSON files of Google are, by their `type`: https://google.aip.dev/auth/4110 */
static const char *
describe_other_type (const char *type)
{
  if (type == NULL)
    return _ ("is JSON, but no service account key");
  if (g_str_equal (type, "authorized_user"))
    return _ ("is a person's login, as gcloud writes it; a key of a service account is needed");
  if (g_str_has_prefix (type, "external_account"))
    return _ ("is for workload identity federation; a key of a service account is needed");
  return _ ("type: is not “service_account”");
}

static gboolean
is_pem (const char *key)
{
  return g_str_has_prefix (key, "-----BEGIN") && strstr (key, "PRIVATE KEY-----") != NULL &&
         strstr (key, "-----END") != NULL;
}

/* stoker_key_facts_read_google: the key file of a service account, as
 * https://cloud.google.com/iam/docs/keys-create-delete shows it */
gboolean
stoker_key_facts_read_google (StokerKeyFacts *facts,
                              const char *text,
                              const char *name,
                              GError **error)
{
  g_autoptr (StokerKeyText) pairs = stoker_key_text_parse (text, "json", name, NULL);
  const char *type = NULL;
  const char *key = NULL;

  if (pairs == NULL)
    return stoker_key_facts_refuse (name, _ ("is not JSON, so it is no service account key"),
                                    error);
  type = stoker_key_text_get (pairs, "type");
  if (stoker_key_text_get (pairs, "installed.client_id") != NULL ||
      stoker_key_text_get (pairs, "web.client_id") != NULL)
    return stoker_key_facts_refuse (name,
                                    _ ("is an OAuth client; a key of a service account is needed"),
                                    error);
  if (g_strcmp0 (type, "service_account") != 0)
    return stoker_key_facts_refuse (name, describe_other_type (type), error);

  facts->project_id = g_strdup (stoker_key_text_get (pairs, "project_id"));
  facts->account = g_strdup (stoker_key_text_get (pairs, "client_email"));
  key = stoker_key_text_get (pairs, "private_key");
  if (facts->project_id == NULL)
    return stoker_key_facts_refuse (name, _ ("project_id: is missing"), error);
  if (facts->account == NULL)
    return stoker_key_facts_refuse (name, _ ("client_email: is missing"), error);
  if (key == NULL)
    return stoker_key_facts_refuse (name, _ ("private_key: is missing"), error);
  if (!is_pem (key))
    return stoker_key_facts_refuse (name, _ ("private_key: is cut off or no key"), error);
  return TRUE;
}
