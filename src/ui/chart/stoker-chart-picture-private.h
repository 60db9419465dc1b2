/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-scene.h"
#include "stoker-chart-text.h"

G_BEGIN_DECLS

/* A chart on a sheet of its own: title, legend, chart, notes. */
typedef struct _StokerChartPicture StokerChartPicture;

StokerChartPicture *
stoker_chart_picture_new (StokerChartModel *model, int width, int height, gboolean is_dark);
void stoker_chart_picture_free (StokerChartPicture *self);
int stoker_chart_picture_get_height (StokerChartPicture *self);
GPtrArray *stoker_chart_picture_get_texts (StokerChartPicture *self);
char *stoker_chart_picture_describe (StokerChartPicture *self);
void stoker_chart_picture_draw (StokerChartPicture *self, cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerChartPicture, stoker_chart_picture_free)

G_END_DECLS
