/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-advice.h"
#include "stoker-cli-charts.h"
#include "stoker-cli-refresh.h"
#include "stoker-cli-verb.h"
#include "stoker-comparison.h"
#include "stoker-error.h"

#include <glib/gi18n-lib.h>

#define MAX_OUTPUTS_PER_MONTH G_GINT64_CONSTANT (1000000000)

static const GOptionEntry options[] = {
  { "outputs-per-month", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Volume to compare at"), "N" },
  { "csv", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print a table as CSV"), NULL },
  { "svg", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Save a chart, or all of them in a folder"),
    "FILE|DIR" },
  { "chart", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Which chart: cost, volume, time, hours, waiting or history"), "CHART" },
  { "mode", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("What matters: cost_saver, balanced or speed"),
    "MODE" },
  { "offers", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Weigh these offers instead of the curated ones"), "FILE|DIR" },
  { "refresh", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Ask the registered providers for their prices of today first"), NULL },
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

/* Saves the charts or prints the figures. */
static gboolean
answer (StokerCliContext *context, StokerAdvice *advice, GError **error)
{
  gint64 outputs_per_month = 0;

  if (!stoker_cli_context_get_count (context, "outputs-per-month", MAX_OUTPUTS_PER_MONTH,
                                     &outputs_per_month, error))
    return FALSE;
  if (stoker_cli_context_get_text (context, "svg") != NULL)
    return stoker_cli_charts_save (context, advice, outputs_per_month, error);

  print_comparison (context, advice, outputs_per_month);
  return TRUE;
}

static void
advice_given_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = STOKER_CLI_CONTEXT (source);
  g_autoptr (StokerAdvice) advice = stoker_cli_advice_ask_finish (context, result, &error);

  if (advice == NULL || !answer (context, advice, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_int (task, STOKER_CLI_DONE);
}

static gboolean
check_options (StokerCliContext *context, GError **error)
{
  const char *chart = stoker_cli_context_get_text (context, "chart");
  gboolean has_svg = stoker_cli_context_get_text (context, "svg") != NULL;
  int n_forms = (stoker_cli_context_get_flag (context, "csv") ? 1 : 0) +
                (stoker_cli_context_get_flag (context, "json") ? 1 : 0) + (has_svg ? 1 : 0);

  if (n_forms > 1)
    g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                         _ ("--csv, --json and --svg do not go together"));
  else if (chart != NULL && !has_svg)
    g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                         _ ("--chart goes with --svg only"));
  else
    return stoker_cli_charts_check_name (chart, error);
  return FALSE;
}

static void
start_compare (StokerCliContext *context, GTask *task)
{
  g_autoptr (GError) error = NULL;

  if (!check_options (context, &error))
    {
      g_autoptr (GTask) own_task = task;

      g_task_return_error (own_task, g_steal_pointer (&error));
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
    .shared_options = STOKER_CLI_JSON,
    .drawing_option = "svg",
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY,
    .live_parts = STOKER_CLI_REFRESH_PARTS,
    .start = start_compare,
  },
  { NULL },
};
