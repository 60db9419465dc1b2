/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STOKER_TYPE_LINE_LAYOUT (stoker_line_layout_get_type ())

/**
 * StokerLineLayout:
 *
 * Lays children beside each other, each in the middle of the height; what is left of the width goes
 * to those that expand. GtkBoxLayout does so too, and asks texts that wrap how wide they would be
 * at the height it gives them, which makes them lay themselves out some forty times. Property:
 * `spacing`.
 */
G_DECLARE_FINAL_TYPE (StokerLineLayout, stoker_line_layout, STOKER, LINE_LAYOUT, GtkLayoutManager)

G_END_DECLS
