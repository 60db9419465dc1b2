/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-chart-model.h"

G_BEGIN_DECLS

#define STOKER_TYPE_SHEET_VIEW (stoker_sheet_view_get_type ())

/**
 * StokerSheetView:
 *
 * The twin of a chart: the same figures as a table.
 */
G_DECLARE_FINAL_TYPE (StokerSheetView, stoker_sheet_view, STOKER, SHEET_VIEW, AdwBin)

void stoker_sheet_view_set_model (StokerSheetView *self, StokerChartModel *model);

G_END_DECLS
