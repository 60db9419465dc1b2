/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-advice.h"
#include "stoker-cli-refresh.h"
#include "stoker-cli-verb.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_LIMIT 5
#define MAX_LIMIT 100000

static const GOptionEntry options[] = {
  { "mode", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("What matters: cost_saver, balanced or speed"),
    "MODE" },
  { "offers", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Weigh these offers instead of the curated ones"), "FILE|DIR" },
  { "refresh", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Ask the registered providers for their prices of today first"), NULL },
  { "limit", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Show this many candidates; 0 shows all"), "N" },
  { "explain", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Tell of each one not chosen why"), NULL },
  { NULL },
};

static void
advice_given_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = STOKER_CLI_CONTEXT (source);
  g_autoptr (StokerAdvice) advice = stoker_cli_advice_ask_finish (context, result, &error);
  g_autoptr (JsonNode) document = NULL;
  gint64 limit = DEFAULT_LIMIT;

  if (advice == NULL || !stoker_cli_context_get_count (context, "limit", MAX_LIMIT, &limit, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (stoker_cli_context_get_flag (context, "json"))
    {
      document = stoker_advice_to_json (advice, (guint) limit);
      stoker_cli_context_print_json (context, document);
    }
  else
    {
      stoker_cli_advice_print (context, advice, (guint) limit,
                               stoker_cli_context_get_flag (context, "explain"));
    }
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
start_advise (StokerCliContext *context, GTask *task)
{
  stoker_cli_advice_ask_async (context, advice_given_cb, task);
}

const StokerCliVerb stoker_verbs_advise[] = {
  {
    .name = "advise",
    .arguments = "WORKLOAD.json",
    .summary = N_ ("Tell where a workload runs best and what it costs"),
    .options = options,
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY,
    .live_parts = STOKER_CLI_REFRESH_PARTS,
    .start = start_advise,
  },
  { NULL },
};
