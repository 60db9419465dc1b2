/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-plot-set.h"

static void
make_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GPtrArray *models = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_chart_model_unref);

  for (int plot = 0; plot < STOKER_N_PLOTS && !g_cancellable_is_cancelled (cancellable); plot++)
    g_ptr_array_add (models, stoker_plot_make (plot, task_data));
  g_task_return_pointer (task, models, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * stoker_plot_set_make_async:
 * @line_up: what is compared
 * @cancellable: (nullable): to forget about it
 * @callback: called when the charts are there
 *
 * Makes all charts of @line_up.
 */
void
stoker_plot_set_make_async (StokerLineUp *line_up,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, stoker_plot_set_make_async);
  g_task_set_task_data (task, stoker_line_up_ref (line_up), (GDestroyNotify) stoker_line_up_unref);
  g_task_run_in_thread (task, make_in_thread);
}

/**
 * stoker_plot_set_make_finish:
 * @result: what the callback was given
 * @error: cancelled, nothing else
 *
 * Returns: (transfer full) (element-type StokerChartModel): a chart for each #StokerPlot
 */
GPtrArray *
stoker_plot_set_make_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_plot_set_make_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
