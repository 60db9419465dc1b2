/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-model.h"

G_BEGIN_DECLS

/**
 * StokerChartSheet:
 *
 * A chart as a table of texts. Categories, places on the x axis or dots are its rows; parts, curves
 * or the two axes its columns. Knows no widget and no display.
 */
typedef struct
{
  GPtrArray *titles; /* of char*: the heads of the columns */
  GPtrArray *cells;  /* of char*: row by row, as many as titles in each */
} StokerChartSheet;

StokerChartSheet *stoker_chart_sheet_new (const StokerChartModel *model);
void stoker_chart_sheet_free (StokerChartSheet *self);
guint stoker_chart_sheet_get_n_rows (const StokerChartSheet *self);
const char *stoker_chart_sheet_get_cell (const StokerChartSheet *self, guint row, guint column);

char *stoker_chart_to_csv (const StokerChartModel *model);
char *stoker_chart_format_cell (const StokerChartAxis *axis, double value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerChartSheet, stoker_chart_sheet_free)

G_END_DECLS
