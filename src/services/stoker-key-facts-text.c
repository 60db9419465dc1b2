/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-key-facts.h"

#include <glib/gi18n-lib.h>

static char *
describe_google (const StokerKeyFacts *self)
{
  return g_strdup_printf (_ ("%s in project %s"), self->account, self->project_id);
}

static char *
describe_ssh (const StokerKeyFacts *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->algorithm != NULL && self->bits > 0)
    g_string_append_printf (text, _ ("%s key, %d bits"), self->algorithm, self->bits);
  else if (self->algorithm != NULL)
    g_string_append_printf (text, _ ("%s key"), self->algorithm);
  else
    g_string_append (text, _ ("Private key"));
  g_string_append (text, self->has_passphrase
                           ? _ (", with a passphrase: it must be in an SSH agent")
                           : _ (", without a passphrase"));
  if (self->fingerprint != NULL)
    g_string_append_printf (text, " · %s", self->fingerprint);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
describe_way_in (const char *way)
{
  if (g_str_equal (way, "token"))
    return _ ("logs in with a token");
  if (g_str_equal (way, "certificate"))
    return _ ("logs in with a certificate");
  if (g_str_equal (way, "command"))
    return _ ("logs in through a command, which Stoker does not run");
  return _ ("logs in with a password, which clusters do not take any more");
}

static char *
describe_kubeconfig (const StokerKeyFacts *self)
{
  guint n_contexts = g_strv_length (self->contexts);
  g_autofree char *count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u context",
                                                         "%u contexts", (gulong) n_contexts),
                                            n_contexts);

  if (self->server == NULL)
    return g_strdup_printf (_ ("%s, none of them current"), count);
  return g_strdup_printf (_ ("%s, current “%s” at %s, %s"), count, self->context, self->server,
                          describe_way_in (self->logs_in_by));
}

/**
 * stoker_key_facts_describe:
 *
 * Returns: (transfer full): the facts in one line; empty for a file of no known kind
 */
char *
stoker_key_facts_describe (const StokerKeyFacts *self)
{
  switch (self->kind)
    {
    case STOKER_KEY_FILE_GOOGLE:
      return describe_google (self);
    case STOKER_KEY_FILE_SSH:
      return describe_ssh (self);
    case STOKER_KEY_FILE_KUBECONFIG:
      return describe_kubeconfig (self);
    case STOKER_KEY_FILE_NONE:
    case STOKER_KEY_FILE_OTHER:
    default:
      return g_strdup ("");
    }
}
