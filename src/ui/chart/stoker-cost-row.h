/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-advice.h"

G_BEGIN_DECLS

#define STOKER_TYPE_COST_ROW (stoker_cost_row_get_type ())

/* A candidate in the chart: name, sum and bar. */
G_DECLARE_FINAL_TYPE (StokerCostRow, stoker_cost_row, STOKER, COST_ROW, GtkListBoxRow)

GtkWidget *
stoker_cost_row_new (const StokerCandidate *candidate, double full_scale, gboolean is_chosen);
char *stoker_cost_row_describe (const StokerCandidate *candidate);

G_END_DECLS
