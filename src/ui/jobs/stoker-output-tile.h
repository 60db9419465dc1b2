/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-output-item.h"

G_BEGIN_DECLS

#define STOKER_TYPE_OUTPUT_TILE (stoker_output_tile_get_type ())

/* An output as a tile of 160 pixels: a picture or the beginning of a text shows itself while the
 * tile is in view. It can be dragged out. */
G_DECLARE_FINAL_TYPE (StokerOutputTile, stoker_output_tile, STOKER, OUTPUT_TILE, AdwBin)

void stoker_output_tile_set_item (StokerOutputTile *self, StokerOutputItem *item);
StokerOutputItem *stoker_output_tile_get_item (StokerOutputTile *self);

G_END_DECLS
