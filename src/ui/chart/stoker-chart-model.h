/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* How the points of a chart are drawn. */
typedef enum {
  STOKER_CHART_BARS,   /* horizontal stacked bars: a category a row, a series a part */
  STOKER_CHART_LINES,  /* curves over x */
  STOKER_CHART_POINTS, /* one dot a series, the marked ones joined to a front */
  STOKER_CHART_RANGES, /* a category a row; from low to high with y in it */
} StokerChartKind;

typedef enum {
  STOKER_CHART_UNIT_NONE,
  STOKER_CHART_UNIT_MONEY,    /* major units of the axis's currency */
  STOKER_CHART_UNIT_SECONDS,  /* a duration */
  STOKER_CHART_UNIT_COUNT,    /* outputs */
  STOKER_CHART_UNIT_HOURS,    /* hours a day */
  STOKER_CHART_UNIT_DATE,     /* seconds since 1970 UTC */
  STOKER_CHART_UNIT_CATEGORY, /* an index into the model's categories */
} StokerChartUnit;

typedef struct
{
  char *title; /* "Cost a month" */
  StokerChartUnit unit;
  char *currency; /* nullable: ISO 4217, for money */
  double min;
  double max;
  gboolean is_log;
  gboolean can_be_log; /* the reader may switch */
} StokerChartAxis;

/* NAN stands for unknown and for "no range". In the kinds with a category a row, x is the index of
 * the category and the model's y axis is that of the values, although it is drawn from left to
 * right. */
typedef struct
{
  double x;
  double y;
  double low;
  double high;
} StokerChartPoint;

/* Where the colour of a series comes from. */
typedef enum {
  STOKER_CHART_COLOR_ITEM,     /* color is a StokerItemKind */
  STOKER_CHART_COLOR_PROVIDER, /* color is a place in the palette of eight, further ones are grey */
} StokerChartColorKind;

typedef struct
{
  char *id;   /* unique in the chart; the same candidate has the same id in every chart */
  char *name; /* what the legend says */
  char *note; /* nullable: why it is unknown, what it leaves out */
  StokerChartColorKind color_kind;
  guint color;
  gboolean is_chosen; /* the advisor's choice */
  gboolean is_marked; /* on the Pareto front */
  GArray *points;     /* of StokerChartPoint, by x */
} StokerChartSeries;

/* A place with a meaning: a break-even. */
typedef struct
{
  double x;
  double y;
  char *text; /* "RunPod pod is cheaper than serverless from 820 a month" */
} StokerChartMark;

#define STOKER_TYPE_CHART_MODEL (stoker_chart_model_get_type ())

/* What a chart shows. Immutable once made, atomically counted. Knows no widget and no display. */
typedef struct _StokerChartModel StokerChartModel;
struct _StokerChartModel
{
  StokerChartKind kind;
  char *id;      /* "cost", "volume", "time", "hours", "waiting", "history" */
  char *title;   /* "Cost per Candidate" */
  char *summary; /* the chart in a few sentences */
  char *empty;   /* nullable: why there is nothing to draw */
  StokerChartAxis x;
  StokerChartAxis y;
  GPtrArray *categories;   /* of char*, for bars and ranges, from the top */
  GPtrArray *category_ids; /* of char*: the candidate of a category */
  GPtrArray *series;       /* of StokerChartSeries */
  GPtrArray *marks;        /* of StokerChartMark */
  double cursor;           /* x of the line that can be dragged; NAN: none */
  char *cursor_text;       /* nullable: what the line stands for: "outputs a month" */
  int chosen_category;     /* index of the advisor's choice; -1: none */

  gatomicrefcount ref_count; /*< private >*/
};

GType stoker_chart_model_get_type (void) G_GNUC_CONST;
StokerChartModel *stoker_chart_model_new (StokerChartKind kind, const char *id, const char *title);
StokerChartModel *
stoker_chart_model_copy_with_axes (StokerChartModel *self, gboolean is_log_x, gboolean is_log_y);
StokerChartModel *stoker_chart_model_ref (StokerChartModel *self);
void stoker_chart_model_unref (StokerChartModel *self);
StokerChartSeries *
stoker_chart_model_add_series (StokerChartModel *self, const char *id, const char *name);
void stoker_chart_model_add_category (StokerChartModel *self, const char *id, const char *name);
void stoker_chart_model_add_mark (StokerChartModel *self, double x, double y, const char *text);
void stoker_chart_series_add_point (StokerChartSeries *self, double x, double y);
void stoker_chart_series_add_range (
  StokerChartSeries *self, double x, double y, double low, double high);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerChartModel, stoker_chart_model_unref)

G_END_DECLS
