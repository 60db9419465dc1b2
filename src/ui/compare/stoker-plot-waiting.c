/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-plot.h"

#include "stoker-advice-phrases.h"
#include "stoker-phrases.h"

#include <glib/gi18n-lib.h>

#include <math.h>

typedef const StokerDelay *(*GetDelay) (const StokerCandidate *candidate);

static const StokerDelay *
get_cold_start (const StokerCandidate *candidate)
{
  return &candidate->offer.plan->cold_start;
}

static const StokerDelay *
get_request_time (const StokerCandidate *candidate)
{
  return &candidate->offer.plan->request_time;
}

static void
add_delay (StokerChartSeries *series, guint row, const StokerDelay *delay)
{
  gboolean has_range = delay->is_known && delay->p95_s >= 0;

  if (!delay->is_known || delay->p50_s < 0)
    stoker_chart_series_add_point (series, row, NAN);
  else
    stoker_chart_series_add_range (series, row, (double) delay->p50_s,
                                   has_range ? (double) delay->p50_s : NAN,
                                   has_range ? (double) delay->p95_s : NAN);
}

static void
add_series (const StokerLineUp *line_up,
            StokerChartModel *model,
            StokerItemKind color,
            const char *name,
            GetDelay get_delay)
{
  StokerChartSeries *series =
    stoker_chart_model_add_series (model,
                                   color == STOKER_ITEM_START ? "cold-start" : "request-time",
                                   name);

  series->color_kind = STOKER_CHART_COLOR_ITEM;
  series->color = color;
  series->note = g_strdup (_ ("half are faster than the mark, all but one in twenty within the "
                              "bar"));
  for (guint i = 0; i < line_up->candidates->len; i++)
    add_delay (series, i, get_delay (line_up->candidates->pdata[i]));
}

static const StokerCandidate *
find_quickest (const StokerLineUp *line_up, GetDelay get_delay)
{
  const StokerCandidate *quickest = NULL;

  for (guint i = 0; i < line_up->candidates->len; i++)
    {
      const StokerCandidate *candidate = line_up->candidates->pdata[i];
      const StokerDelay *delay = get_delay (candidate);

      if (delay->is_known && delay->p50_s >= 0 &&
          (quickest == NULL || delay->p50_s < get_delay (quickest)->p50_s))
        quickest = candidate;
    }
  return quickest;
}

static guint
count_unknown (const StokerLineUp *line_up, GetDelay get_delay)
{
  guint count = 0;

  for (guint i = 0; i < line_up->candidates->len; i++)
    count += !get_delay (line_up->candidates->pdata[i])->is_known;
  return count;
}

static void
say_start (const StokerLineUp *line_up, GPtrArray *sentences)
{
  const StokerCandidate *quickest = find_quickest (line_up, get_cold_start);
  g_autofree char *name = quickest != NULL ? stoker_phrase_candidate (quickest) : NULL;
  g_autofree char *time = quickest != NULL
                            ? stoker_phrase_duration (get_cold_start (quickest)->p50_s)
                            : NULL;
  guint n_unknown = count_unknown (line_up, get_cold_start);

  if (quickest != NULL)
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("%s is ready first, usually after %s."), name, time));
  if (n_unknown > 0)
    g_ptr_array_add (
      sentences,
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    "How long %u candidate takes to start is unknown.",
                                    "How long %u candidates take to start is unknown.", n_unknown),
                       n_unknown));
}

static void
say_request (const StokerLineUp *line_up, GPtrArray *sentences)
{
  const StokerCandidate *quickest = find_quickest (line_up, get_request_time);
  g_autofree char *name = quickest != NULL ? stoker_phrase_candidate (quickest) : NULL;
  g_autofree char *time = quickest != NULL
                            ? stoker_phrase_duration (get_request_time (quickest)->p50_s)
                            : NULL;

  if (quickest != NULL)
    g_ptr_array_add (sentences, g_strdup_printf (_ ("Once warm, a request at %s usually takes %s."),
                                                 name, time));
}

/**
 * stoker_plot_waiting:
 * @line_up: what is compared
 *
 * Returns: (transfer full): how long a cold start and a request take, from the median to what 19 of
 * 20 keep to
 */
StokerChartModel *
stoker_plot_waiting (const StokerLineUp *line_up)
{
  StokerChartModel *model = stoker_chart_model_new (STOKER_CHART_RANGES, "waiting",
                                                    _ ("Waiting Times"));
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  stoker_line_up_add_categories (line_up, model);
  stoker_plot_set_axis (&model->x, _ ("Candidate"), STOKER_CHART_UNIT_CATEGORY);
  stoker_plot_set_axis (&model->y, _ ("Time, median to 95 of 100"), STOKER_CHART_UNIT_SECONDS);
  model->y.can_be_log = TRUE;
  add_series (line_up, model, STOKER_ITEM_START, _ ("Cold start"), get_cold_start);
  add_series (line_up, model, STOKER_ITEM_COMPUTE, _ ("A request once warm"), get_request_time);
  stoker_plot_fit (model);
  say_start (line_up, sentences);
  say_request (line_up, sentences);
  model->summary = stoker_plot_join (sentences);
  if (!stoker_plot_is_drawable (model))
    stoker_plot_set_empty (model, _ ("No waiting time is known"),
                           _ ("Nobody has told how long any of the candidates keeps one "
                              "waiting."));
  return model;
}
