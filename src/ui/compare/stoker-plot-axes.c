/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-plot-axes.h"

#define KEY "compare-axes"

/**
 * stoker_plot_axes_can_turn:
 * @model: (nullable): a chart
 *
 * Returns: whether there is something to see that has axes of both kinds
 */
gboolean
stoker_plot_axes_can_turn (const StokerChartModel *model)
{
  return model != NULL && model->empty == NULL && (model->x.can_be_log || model->y.can_be_log);
}

/**
 * stoker_plot_axes_are_log:
 * @model: (nullable): a chart
 *
 * Returns: whether an axis of it is logarithmic
 */
gboolean
stoker_plot_axes_are_log (const StokerChartModel *model)
{
  return model != NULL && (model->x.is_log || model->y.is_log);
}

static void
turn (GPtrArray *models, guint index)
{
  StokerChartModel *model = models->pdata[index];
  gboolean is_log = !stoker_plot_axes_are_log (model);

  models->pdata[index] = stoker_chart_model_copy_with_axes (model, is_log && model->x.can_be_log,
                                                            is_log && model->y.can_be_log);
  stoker_chart_model_unref (model);
}

/**
 * stoker_plot_axes_restore:
 * @models: (element-type StokerChartModel): charts as they usually are
 * @settings: what the reader wanted before
 *
 * Puts charts with the other kind of axes in the place of those that are to have them.
 */
void
stoker_plot_axes_restore (GPtrArray *models, GSettings *settings)
{
  g_auto (GStrv) turned = g_settings_get_strv (settings, KEY);

  for (guint i = 0; i < models->len; i++)
    {
      const StokerChartModel *model = models->pdata[i];

      if (stoker_plot_axes_can_turn (model) &&
          g_strv_contains ((const char *const *) turned, model->id))
        turn (models, i);
    }
}

/* A chart that was turned before is as it usually is now. */
static void
remember (GSettings *settings, const char *plot)
{
  g_auto (GStrv) before = g_settings_get_strv (settings, KEY);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) after = NULL;

  for (guint i = 0; before[i] != NULL; i++)
    if (!g_str_equal (before[i], plot))
      g_strv_builder_add (builder, before[i]);
  if (!g_strv_contains ((const char *const *) before, plot))
    g_strv_builder_add (builder, plot);
  after = g_strv_builder_end (builder);
  g_settings_set_strv (settings, KEY, (const char *const *) after);
}

/**
 * stoker_plot_axes_turn:
 * @models: (element-type StokerChartModel): all charts
 * @plot: id of one of them
 * @settings: where to remember it
 *
 * Puts a chart with the other kind of axes in the place of this one.
 */
void
stoker_plot_axes_turn (GPtrArray *models, const char *plot, GSettings *settings)
{
  for (guint i = 0; i < models->len; i++)
    if (g_str_equal (((StokerChartModel *) models->pdata[i])->id, plot))
      {
        turn (models, i);
        remember (settings, plot);
        return;
      }
}
