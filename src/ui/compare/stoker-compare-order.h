/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-compare-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How the table is sorted, as the setting compare-sort has it: "total", "-uptime"; "" is the order
 * of the advice, which is no column. */

int stoker_compare_order_items (gconstpointer a, gconstpointer b, gpointer column);
char *stoker_compare_order_read (GtkColumnView *view);
void stoker_compare_order_show (GtkColumnView *view, const char *order);

G_END_DECLS
