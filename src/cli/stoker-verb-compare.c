/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-advice.h"
#include "stoker-cli-verb.h"
#include "stoker-comparison.h"
#include "stoker-error.h"

#include <glib/gi18n-lib.h>

#define MAX_OUTPUTS_PER_MONTH G_GINT64_CONSTANT (1000000000)

static const GOptionEntry options[] = {
  { "outputs-per-month", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Volume to compare at"), "N" },
  { "csv", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print a table as CSV"), NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print one JSON document"), NULL },
  { "mode", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("What matters: cost_saver, balanced or speed"),
    "MODE" },
  { "offers", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Weigh these offers instead of the curated ones"), "FILE|DIR" },
  { NULL },
};

static void
print_comparison (StokerCliContext *context, const StokerAdvice *advice, gint64 outputs_per_month)
{
  g_autoptr (JsonNode) document = NULL;
  g_autofree char *text = NULL;

  if (stoker_cli_context_get_flag (context, "json"))
    {
      document = stoker_comparison_to_json (advice, outputs_per_month);
      stoker_cli_context_print_json (context, document);
      return;
    }

  text = stoker_cli_context_get_flag (context, "csv")
           ? stoker_comparison_to_csv (advice, outputs_per_month)
           : stoker_comparison_to_text (advice, outputs_per_month);
  stoker_cli_context_print_text (context, text);
}

static void
advice_given_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = STOKER_CLI_CONTEXT (source);
  g_autoptr (StokerAdvice) advice = stoker_cli_advice_ask_finish (context, result, &error);
  gint64 outputs_per_month;

  if (advice == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  outputs_per_month = advice->workload->outputs_per_month;
  if (!stoker_cli_context_get_count (context, "outputs-per-month", MAX_OUTPUTS_PER_MONTH,
                                     &outputs_per_month, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  print_comparison (context, advice, outputs_per_month);
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
start_compare (StokerCliContext *context, GTask *task)
{
  if (stoker_cli_context_get_flag (context, "json") && stoker_cli_context_get_flag (context, "csv"))
    {
      g_autoptr (GTask) own_task = task;

      g_task_return_new_error (own_task, STOKER_ERROR, STOKER_ERROR_CONFIG,
                               _ ("--csv and --json do not go together"));
      return;
    }

  stoker_cli_advice_ask_async (context, advice_given_cb, task);
}

const StokerCliVerb stoker_verbs_compare[] = {
  {
    .name = "compare",
    .arguments = "WORKLOAD.json",
    .summary = N_ ("Set the candidates side by side, by volume too"),
    .options = options,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY,
    .start = start_compare,
  },
  { NULL },
};
