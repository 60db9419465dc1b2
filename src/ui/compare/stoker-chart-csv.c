/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-sheet.h"

#include "stoker-csv.h"
#include "stoker-time.h"

#include <math.h>
#include <string.h>

/*
 * One line a point, so that the form is the same for all charts: dates in ISO 8601, durations in
 * seconds, money as plain decimals of the unit. What is not known is an empty field.
 */
static const char header[] = "chart,series,name,x,x_unit,y,y_unit,low,high,note\r\n";

static const char *
name_unit (const StokerChartAxis *axis)
{
  switch (axis->unit)
    {
    case STOKER_CHART_UNIT_MONEY:
      return axis->currency != NULL ? axis->currency : "";
    case STOKER_CHART_UNIT_SECONDS:
      return "s";
    case STOKER_CHART_UNIT_COUNT:
      return "outputs";
    case STOKER_CHART_UNIT_HOURS:
      return "h/day";
    case STOKER_CHART_UNIT_DATE:
      return "date";
    case STOKER_CHART_UNIT_CATEGORY:
      return "candidate";
    case STOKER_CHART_UNIT_NONE:
    default:
      return "";
    }
}

static void
add_number (GString *csv, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE] = "";

  if (!isnan (value))
    g_ascii_formatd (digits, sizeof digits, "%.10g", value);
  g_string_append (csv, digits);
  g_string_append_c (csv, ',');
}

static void
add_place (GString *csv, const StokerChartModel *model, double x)
{
  g_autofree char *iso = NULL;

  if (model->x.unit == STOKER_CHART_UNIT_CATEGORY && (guint) x < model->category_ids->len)
    {
      stoker_csv_append_text (csv, model->category_ids->pdata[(guint) x]);
    }
  else if (model->x.unit == STOKER_CHART_UNIT_DATE && !isnan (x))
    {
      iso = stoker_time_format_iso ((gint64) x * G_USEC_PER_SEC);
      stoker_csv_append_text (csv, iso);
    }
  else
    {
      add_number (csv, x);
      return;
    }
  g_string_append_c (csv, ',');
}

static void
add_text (GString *csv, const char *text)
{
  stoker_csv_append_text (csv, text);
  g_string_append_c (csv, ',');
}

static void
add_point (GString *csv,
           const StokerChartModel *model,
           const StokerChartSeries *series,
           const StokerChartPoint *point)
{
  add_text (csv, model->id);
  add_text (csv, series->id);
  add_text (csv, series->name);
  add_place (csv, model, point->x);
  add_text (csv, name_unit (&model->x));
  add_number (csv, point->y);
  add_text (csv, name_unit (&model->y));
  add_number (csv, point->low);
  add_number (csv, point->high);
  stoker_csv_append_text (csv, series->note);
  g_string_append (csv, "\r\n");
}

/**
 * stoker_chart_to_csv:
 * @model: a chart
 *
 * Returns: (transfer full): its points, one a line (RFC 4180)
 */
char *
stoker_chart_to_csv (const StokerChartModel *model)
{
  GString *csv = g_string_new (header);

  for (guint i = 0; i < model->series->len; i++)
    {
      const StokerChartSeries *series = model->series->pdata[i];

      for (guint j = 0; j < series->points->len; j++)
        add_point (csv, model, series, &g_array_index (series->points, StokerChartPoint, j));
    }
  return g_string_free (csv, FALSE);
}
