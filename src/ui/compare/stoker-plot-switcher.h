/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STOKER_TYPE_PLOT_SWITCHER (stoker_plot_switcher_get_type ())

/**
 * StokerPlotSwitcher:
 *
 * Chooses a chart: buttons side by side, or a list that drops down where there is no room for them.
 * Property: `plot` (one of #stoker_plot_ids).
 */
G_DECLARE_FINAL_TYPE (StokerPlotSwitcher, stoker_plot_switcher, STOKER, PLOT_SWITCHER, AdwBin)

void stoker_plot_switcher_set_plot (StokerPlotSwitcher *self, const char *plot);
const char *stoker_plot_switcher_get_plot (StokerPlotSwitcher *self);

G_END_DECLS
