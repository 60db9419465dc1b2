/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-chart-model.h"
#include "stoker-line-up.h"

G_BEGIN_DECLS

/* What of a comparison may be saved as a file. */
typedef enum {
  STOKER_EXPORT_SVG,
  STOKER_EXPORT_PNG,
  STOKER_EXPORT_CHART,
  STOKER_EXPORT_TABLE,
  STOKER_N_EXPORTS,
} StokerExport;

GBytes *stoker_export_render (StokerExport what,
                              StokerChartModel *model,
                              StokerLineUp *line_up,
                              GError **error);
GBytes *stoker_export_draw_chart (StokerAdvice *advice,
                                  const char *plot,
                                  gint64 outputs_per_month,
                                  GError **error);
void stoker_export_ask (GtkWidget *widget,
                        StokerExport what,
                        StokerChartModel *model,
                        StokerLineUp *line_up);

G_END_DECLS
