/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-estimate.h"

G_BEGIN_DECLS

#define STOKER_TYPE_COST_BAR (stoker_cost_bar_get_type ())

/* An itemised cost as one stacked bar. The widget says nothing of its own to people who do not see
 * it: the row around it does. */
G_DECLARE_FINAL_TYPE (StokerCostBar, stoker_cost_bar, STOKER, COST_BAR, GtkWidget)

void
stoker_cost_bar_set_estimate (StokerCostBar *self, StokerEstimate *estimate, double full_scale);
const char *stoker_cost_bar_get_color_name (StokerItemKind kind);

G_END_DECLS
