/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-verb.h"

#include "stoker-cli-options.h"
#include "stoker-error.h"

#include <glib/gi18n-lib.h>

/* Room for a call in the list of them. */
#define USAGE_WIDTH 44

/* In the order in which `stoker --help` lists them. */
static const StokerCliVerb *const groups[] = {
  stoker_verbs_advise,    stoker_verbs_compare,     stoker_verbs_offers, stoker_verbs_catalog,
  stoker_verbs_providers, stoker_verbs_live_offers, stoker_verbs_found,  stoker_verbs_register,
  stoker_verbs_transfer,  stoker_verbs_actions,     stoker_verbs_submit, stoker_verbs_jobs,
  stoker_verbs_queue,     stoker_verbs_machines,    stoker_verbs_spend,  stoker_verbs_audit,
  stoker_verbs_flags,     stoker_verbs_forget,
};

static const struct
{
  StokerCliSharedOptions option;
  GOptionEntry entry;
} shared_options[] = {
  { STOKER_CLI_ONLY_PROVIDER,
    { "provider", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Only those of this provider"), "ID" } },
  { STOKER_CLI_AT_PROVIDER,
    { "provider", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("At which provider"), "ID" } },
  { STOKER_CLI_PARAMETERS,
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL,
      N_ ("A parameter of it; may be given repeatedly"), "NAME=VALUE" } },
  { STOKER_CLI_LIVE,
    { "live", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Really do it; without this it is a dry run"),
      NULL } },
  { STOKER_CLI_WAIT, { "wait", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Stay until it ended"), NULL } },
  { STOKER_CLI_JSON,
    { "json", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print one JSON document"), NULL } },
};

static gboolean
is_word (const char *text)
{
  return text != NULL && *text != '-';
}

/* @action NULL asks for the verb's first action. */
static const StokerCliVerb *
find_action (const char *name, const char *action, gboolean *has_name)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const StokerCliVerb *verb = groups[i]; verb->name != NULL; verb++)
      {
        if (!g_str_equal (verb->name, name))
          continue;
        *has_name = TRUE;
        if (verb->action == NULL || action == NULL || g_str_equal (verb->action, action))
          return verb;
      }

  return NULL;
}

static char *
describe (const StokerCliVerb *self)
{
  return g_strdup_printf ("%s%s%s%s%s", self->name, self->action != NULL ? " " : "",
                          self->action != NULL ? self->action : "",
                          *self->arguments != '\0' ? " " : "", self->arguments);
}

/**
 * stoker_cli_verb_find:
 * @words: (array zero-terminated=1): what was typed, verb first
 * @n_used: (out): how many words name the verb
 *
 * Returns: (transfer none): the verb, or %NULL with a %STOKER_ERROR_CONFIG
 */
const StokerCliVerb *
stoker_cli_verb_find (const char *const *words, int *n_used, GError **error)
{
  const StokerCliVerb *verb;
  gboolean has_name = FALSE;

  if (words[0] == NULL)
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                           _ ("a verb is missing; stoker --help lists them"));
      return NULL;
    }

  verb = find_action (words[0], is_word (words[1]) ? words[1] : NULL, &has_name);
  if (verb == NULL && has_name)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("%s: unknown action “%s”; stoker %s --help lists them"), words[0], words[1],
                 words[0]);
  else if (verb == NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("unknown verb “%s”; stoker --help lists them"), words[0]);
  else
    *n_used = verb->action != NULL && is_word (words[1]) ? 2 : 1;

  return verb;
}

/**
 * stoker_cli_verb_list_options:
 *
 * Returns: (transfer full) (element-type GOptionEntry): its own options and those it shares with
 * others, zero-terminated
 */
GArray *
stoker_cli_verb_list_options (const StokerCliVerb *self)
{
  GArray *entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  for (const GOptionEntry *entry = self->options; entry != NULL && entry->long_name != NULL;
       entry++)
    g_array_append_val (entries, *entry);
  for (guint i = 0; i < G_N_ELEMENTS (shared_options); i++)
    if ((self->shared_options & shared_options[i].option) != 0)
      g_array_append_val (entries, shared_options[i].entry);

  return entries;
}

/**
 * stoker_cli_verb_get_help:
 *
 * Returns: (transfer full): usage, summary and options of one verb
 */
char *
stoker_cli_verb_get_help (const StokerCliVerb *self)
{
  g_autofree char *words = describe (self);
  g_autoptr (GArray) options = stoker_cli_verb_list_options (self);

  return stoker_cli_options_get_help ((const GOptionEntry *) options->data, words,
                                      _ (self->summary));
}

/* printf() would count bytes, and an ellipsis has three. */
static void
append_usage (GString *text, const char *usage, const char *summary)
{
  int padding = USAGE_WIDTH - (int) g_utf8_strlen (usage, -1);

  g_string_append_printf (text, "  %s%*s %s\n", usage, MAX (padding, 0), "", summary);
}

/**
 * stoker_cli_verb_get_overview:
 * @name: (nullable): only the actions of this verb
 *
 * Returns: (transfer full): a line for each verb and action
 */
char *
stoker_cli_verb_get_overview (const char *name)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n", _ ("Usage:"));
  if (name == NULL)
    append_usage (text, "stoker", _ ("Open the window"));

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const StokerCliVerb *verb = groups[i]; verb->name != NULL; verb++)
      {
        g_autofree char *words = describe (verb);
        g_autofree char *usage = g_strdup_printf ("stoker %s", words);

        if (name == NULL || g_str_equal (verb->name, name))
          append_usage (text, usage, _ (verb->summary));
      }
  g_string_append_printf (text, "\n%s\n",
                          _ ("stoker VERB ACTION --help tells the options. Exit status: 0 done, 1 "
                             "it failed, 2 the call or the "
                             "input is wrong, 3 held by a budget or a policy."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}
