/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"

G_BEGIN_DECLS

#define STOKER_TYPE_COMPARE_ITEM (stoker_compare_item_get_type ())

/* A row of the table: one candidate of an advice. Immutable. */
G_DECLARE_FINAL_TYPE (StokerCompareItem, stoker_compare_item, STOKER, COMPARE_ITEM, GObject)

/* What a column shows; below STOKER_N_ITEMS, a kind of cost. */
enum {
  STOKER_COLUMN_NAME = STOKER_N_ITEMS,
  STOKER_COLUMN_TOTAL,
  STOKER_COLUMN_PER_OUTPUT,
  STOKER_COLUMN_PER_MONTH,
  STOKER_N_COLUMNS,
};

StokerCompareItem *
stoker_compare_item_new (StokerAdvice *advice, guint index, gint64 outputs_per_month);
gboolean stoker_compare_item_has_kind (StokerCompareItem *self, int kind);
char *stoker_compare_item_get_text (StokerCompareItem *self, int column);
const char *stoker_compare_item_get_title (int column);

G_END_DECLS
