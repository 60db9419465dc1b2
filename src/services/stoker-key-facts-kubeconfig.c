/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-key-facts-private.h"

#include "stoker-kubeconfig.h"

#include <string.h>

/* stoker_key_facts_read_kubeconfig: its contexts, and where the current one leads. */
gboolean
stoker_key_facts_read_kubeconfig (StokerKeyFacts *facts,
                                  const char *text,
                                  const char *name,
                                  GError **error)
{
  g_autoptr (StokerKubeconfig)
    file = stoker_kubeconfig_decode (text, strlen (text), NULL, name, error);

  if (file == NULL)
    return FALSE;
  facts->contexts = g_steal_pointer (&file->contexts);
  facts->context = g_steal_pointer (&file->context);
  facts->name_space = g_steal_pointer (&file->parts[STOKER_KUBECONFIG_NAMESPACE]);
  facts->account = g_steal_pointer (&file->user);
  facts->server = g_steal_pointer (&file->parts[STOKER_KUBECONFIG_SERVER]);
  facts->logs_in_by = file->logs_in_by;

  return TRUE;
}
