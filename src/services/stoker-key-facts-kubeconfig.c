/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-key-facts-private.h"

#include "stoker-key-text-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* More contexts than anybody chooses from. */
#define MAX_ENTRIES 500

/* The form of the file: https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
static const char *
get_at (const StokerKeyText *pairs, const char *list, guint index, const char *member)
{
  g_autofree char *path = g_strdup_printf ("%s[%u].%s", list, index, member);

  return stoker_key_text_get (pairs, path);
}

/* Where the element of this name stands in a list; -1 when it does not. */
static int
find_named (const StokerKeyText *pairs, const char *list, const char *name)
{
  const char *here = NULL;

  for (guint i = 0; i < MAX_ENTRIES && (here = get_at (pairs, list, i, "name")) != NULL; i++)
    if (g_strcmp0 (here, name) == 0)
      return (int) i;
  return -1;
}

static GStrv
list_contexts (const StokerKeyText *pairs)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *name = NULL;

  for (guint i = 0; i < MAX_ENTRIES && (name = get_at (pairs, "contexts", i, "name")) != NULL; i++)
    g_strv_builder_add (builder, name);
  return g_strv_builder_end (builder);
}

static const char *
find_way_in (const StokerKeyText *pairs, guint index)
{
  const struct
  {
    const char *member;
    const char *way;
  } ways[] = {
    { "user.token", "token" },
    { "user.tokenFile", "token" },
    { "user.client-certificate-data", "certificate" },
    { "user.client-certificate", "certificate" },
    { "user.exec.command", "command" },
    { "user.auth-provider.name", "command" },
    { "user.username", "password" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (get_at (pairs, "users", index, ways[i].member) != NULL)
      return ways[i].way;
  return NULL;
}

static void
read_context (StokerKeyFacts *facts, const StokerKeyText *pairs, guint index)
{
  int cluster = find_named (pairs, "clusters",
                            get_at (pairs, "contexts", index, "context.cluster"));
  int user = find_named (pairs, "users", get_at (pairs, "contexts", index, "context.user"));

  facts->name_space = g_strdup (get_at (pairs, "contexts", index, "context.namespace"));
  facts->account = g_strdup (get_at (pairs, "contexts", index, "context.user"));
  if (cluster >= 0)
    facts->server = g_strdup (get_at (pairs, "clusters", (guint) cluster, "cluster.server"));
  if (user >= 0)
    facts->logs_in_by = find_way_in (pairs, (guint) user);
}

/* stoker_key_facts_read_kubeconfig: its contexts, and where the current one leads. */
gboolean
stoker_key_facts_read_kubeconfig (StokerKeyFacts *facts,
                                  const char *text,
                                  const char *name,
                                  GError **error)
{
  const char *format = text[strspn (text, " \t\r\n")] == '{' ? "json" : "yaml";
  g_autoptr (StokerKeyText) pairs = stoker_key_text_parse (text, format, name, NULL);
  int current = -1;

  if (pairs == NULL || get_at (pairs, "clusters", 0, "name") == NULL)
    return stoker_key_facts_refuse (name, _ ("is no kubeconfig: it names no cluster"), error);
  facts->contexts = list_contexts (pairs);
  if (facts->contexts[0] == NULL)
    return stoker_key_facts_refuse (name, _ ("contexts: there is none"), error);

  facts->context = g_strdup (stoker_key_text_get (pairs, "current-context"));
  if (facts->context == NULL || *facts->context == '\0')
    return TRUE;
  current = find_named (pairs, "contexts", facts->context);
  if (current < 0)
    return stoker_key_facts_refuse (name,
                                    _ ("current-context: names a context that is not in the file"),
                                    error);
  read_context (facts, pairs, (guint) current);
  if (facts->server == NULL)
    return stoker_key_facts_refuse (name, _ ("clusters: that of the current context has no server"),
                                    error);
  if (facts->logs_in_by == NULL)
    return stoker_key_facts_refuse (
      name, _ ("users: that of the current context has neither token nor certificate"), error);
  return TRUE;
}
