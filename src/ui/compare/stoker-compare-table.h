/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-line-up.h"

G_BEGIN_DECLS

#define STOKER_TYPE_COMPARE_TABLE (stoker_compare_table_get_type ())

/**
 * StokerCompareTable:
 *
 * The candidates of a line-up in rows that can be sorted by each column. Properties: `selected-id`
 * (nullable: id of the selected row), `pointed-id` (nullable: id of the row under the pointer),
 * `order` (the column it is sorted by, as the setting compare-sort has it).
 */
G_DECLARE_FINAL_TYPE (StokerCompareTable, stoker_compare_table, STOKER, COMPARE_TABLE, AdwBin)

void stoker_compare_table_set_line_up (StokerCompareTable *self, StokerLineUp *line_up);
void stoker_compare_table_set_volume (StokerCompareTable *self, gint64 outputs_per_month);
void stoker_compare_table_set_selected_id (StokerCompareTable *self, const char *id);
const char *stoker_compare_table_get_selected_id (StokerCompareTable *self);
const char *stoker_compare_table_get_pointed_id (StokerCompareTable *self);
const StokerCandidate *stoker_compare_table_find_cheapest (StokerCompareTable *self,
                                                           StokerMoney *cost);

G_END_DECLS
