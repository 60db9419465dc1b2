/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-spending-summary.h"

G_BEGIN_DECLS

#define STOKER_TYPE_FIGURE_TILE (stoker_figure_tile_get_type ())

/* One figure on a card, what it is under it, and for a sum of money the days that made it. */
G_DECLARE_FINAL_TYPE (StokerFigureTile, stoker_figure_tile, STOKER, FIGURE_TILE, AdwBin)

void stoker_figure_tile_set (StokerFigureTile *self, const char *figure, const char *caption);
void stoker_figure_tile_set_state (StokerFigureTile *self, const char *style_class);
void stoker_figure_tile_set_days (StokerFigureTile *self, const StokerSpendingSummary *summary);

G_END_DECLS
