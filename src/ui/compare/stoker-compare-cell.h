/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-compare-item.h"

G_BEGIN_DECLS

/* The cells of the table of candidates: a label each, which follows what its row shows. */
GtkListItemFactory *stoker_compare_cell_factory_new (StokerCompareColumn column);
StokerCompareItem *stoker_compare_cell_find_item (GtkWidget *widget);

G_END_DECLS
