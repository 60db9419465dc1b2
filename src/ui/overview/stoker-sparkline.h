/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-spending-summary.h"

G_BEGIN_DECLS

#define STOKER_TYPE_SPARKLINE (stoker_sparkline_get_type ())

/* A bar for each day of a month, without axes: the shape of what was spent. */
G_DECLARE_FINAL_TYPE (StokerSparkline, stoker_sparkline, STOKER, SPARKLINE, GtkWidget)

void stoker_sparkline_set_summary (StokerSparkline *self, const StokerSpendingSummary *summary);

G_END_DECLS
