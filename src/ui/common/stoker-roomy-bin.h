/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STOKER_TYPE_ROOMY_BIN (stoker_roomy_bin_get_type ())

/**
 * StokerRoomyBin:
 *
 * Asks for a natural width of its own, whatever its child would like. A leaflet folds by natural
 * widths; with this it folds at the same width on every page. Property: `natural-width`.
 */
G_DECLARE_FINAL_TYPE (StokerRoomyBin, stoker_roomy_bin, STOKER, ROOMY_BIN, GtkWidget)

G_END_DECLS
