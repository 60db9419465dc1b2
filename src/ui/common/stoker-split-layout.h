/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STOKER_TYPE_SPLIT_LAYOUT (stoker_split_layout_get_type ())

/**
 * StokerSplitLayout:
 *
 * Lays the first child beside the others when there is room, else above them. Properties:
 * `threshold` (width in pixels from which they stand side by side), `side-width` (of the first
 * child then), `spacing`.
 */
G_DECLARE_FINAL_TYPE (
  StokerSplitLayout, stoker_split_layout, STOKER, SPLIT_LAYOUT, GtkLayoutManager)

G_END_DECLS
