/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STOKER_TYPE_AMOUNT_ROW (stoker_amount_row_get_type ())

/**
 * StokerAmountRow:
 *
 * A row for a number that may be left open: 0 reads as `open-text`. Properties: `value`, `upper`,
 * `step`, `unit` (a blank keeps its place free),
 * `open-text`.
 */
G_DECLARE_FINAL_TYPE (StokerAmountRow, stoker_amount_row, STOKER, AMOUNT_ROW, AdwActionRow)

double stoker_amount_row_get_value (StokerAmountRow *self);
void stoker_amount_row_set_value (StokerAmountRow *self, double value);

G_END_DECLS
