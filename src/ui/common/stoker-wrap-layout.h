/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STOKER_TYPE_WRAP_LAYOUT (stoker_wrap_layout_get_type ())

/* Lays children at their natural size in lines, and goes on in the next line where there is no more
 * room. Properties: `spacing`, `line-spacing`. */
G_DECLARE_FINAL_TYPE (StokerWrapLayout, stoker_wrap_layout, STOKER, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
