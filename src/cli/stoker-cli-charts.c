/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-charts.h"

#include "stoker-error.h"

#include <glib/gi18n-lib.h>

/* In the order of the window's switcher; the first is the one meant when none is named. */
static const char *const charts[] = {
  "cost", "volume", "time", "hours", "waiting", "history", NULL
};

static StokerCliDrawChart drawer;

/**
 * stoker_cli_charts_set_drawer:
 * @draw: draws a chart
 *
 * Tells who draws the charts of this process.
 */
void
stoker_cli_charts_set_drawer (StokerCliDrawChart draw)
{
  drawer = draw;
}

/**
 * stoker_cli_charts_have_drawer:
 *
 * Returns: whether this process can draw
 */
gboolean
stoker_cli_charts_have_drawer (void)
{
  return drawer != NULL;
}

/**
 * stoker_cli_charts_check_name:
 * @chart: (nullable): the value of `--chart`
 *
 * Returns: whether there is such a chart; %FALSE with %STOKER_ERROR_CONFIG
 */
gboolean
stoker_cli_charts_check_name (const char *chart, GError **error)
{
  g_autofree char *known = NULL;

  if (chart == NULL || g_strv_contains (charts, chart))
    return TRUE;
  known = g_strjoinv (", ", (char **) charts);
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("--chart: “%s” is none of %s"), chart,
               known);
  return FALSE;
}

static gboolean
save_chart (StokerCliContext *context, GBytes *svg, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local_error = NULL;

  if (!g_file_replace_contents (file, g_bytes_get_data (svg, NULL), g_bytes_get_size (svg), NULL,
                                FALSE, G_FILE_CREATE_NONE, NULL, NULL, &local_error))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_FAILED, _ ("%s: cannot be written: %s"), path,
                   local_error->message);
      return FALSE;
    }
  stoker_cli_context_print (context, "%s\n", path);
  return TRUE;
}

/* In a folder each chart gets the name that the window suggests for it. */
static char *
get_chart_path (const char *path, const char *chart)
{
  g_autofree char *name = g_strdup_printf ("stoker-%s.svg", chart);

  return g_file_test (path, G_FILE_TEST_IS_DIR) ? g_build_filename (path, name, NULL)
                                                : g_strdup (path);
}

static gboolean
draw_and_save (StokerCliContext *context,
               StokerAdvice *advice,
               gint64 outputs_per_month,
               const char *chart,
               GError **error)
{
  g_autofree char *given =
    stoker_cli_context_get_path (context, stoker_cli_context_get_text (context, "svg"));
  g_autofree char *path = get_chart_path (given, chart);
  g_autoptr (GBytes) svg = drawer (advice, chart, outputs_per_month, error);

  return svg != NULL && save_chart (context, svg, path, error);
}

/**
 * stoker_cli_charts_save:
 * @advice: what is compared
 * @outputs_per_month: the volume; 0 or less: the usual one
 *
 * Writes the chart of `--chart` to the file of `--svg`, or into it when it is a folder; a folder
 * gets all of them when none is named. Prints where they are.
 *
 * Returns: whether all was written
 */
gboolean
stoker_cli_charts_save (StokerCliContext *context,
                        StokerAdvice *advice,
                        gint64 outputs_per_month,
                        GError **error)
{
  const char *chart = stoker_cli_context_get_text (context, "chart");
  g_autofree char *path =
    stoker_cli_context_get_path (context, stoker_cli_context_get_text (context, "svg"));

  g_return_val_if_fail (stoker_cli_charts_have_drawer (), FALSE);

  if (chart != NULL || !g_file_test (path, G_FILE_TEST_IS_DIR))
    return draw_and_save (context, advice, outputs_per_month, chart != NULL ? chart : charts[0],
                          error);
  for (guint i = 0; charts[i] != NULL; i++)
    if (!draw_and_save (context, advice, outputs_per_month, charts[i], error))
      return FALSE;
  return TRUE;
}
