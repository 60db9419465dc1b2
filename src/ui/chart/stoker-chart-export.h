/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-model.h"

G_BEGIN_DECLS

/* A chart as a picture of its own, with title and legend. Needs no display. */
GBytes *stoker_chart_export_svg (
  StokerChartModel *model, int width, int height, gboolean is_dark, GError **error);
GBytes *stoker_chart_export_png (
  StokerChartModel *model, int width, int height, gboolean is_dark, GError **error);

G_END_DECLS
