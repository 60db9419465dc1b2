/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"

G_BEGIN_DECLS

#define STOKER_TYPE_COMPARE_ITEM (stoker_compare_item_get_type ())

/**
 * StokerCompareItem:
 *
 * A row of the table: one candidate of an advice. Only its cost a month changes, with the volume.
 * Property: `per-month` (its text).
 */
G_DECLARE_FINAL_TYPE (StokerCompareItem, stoker_compare_item, STOKER, COMPARE_ITEM, GObject)

/* What a column shows. */
typedef enum {
  STOKER_COLUMN_NAME,
  STOKER_COLUMN_TOTAL,
  STOKER_COLUMN_PER_MONTH,
  STOKER_COLUMN_TIME,
  STOKER_COLUMN_PER_OUTPUT,
  STOKER_COLUMN_GPU,
  STOKER_COLUMN_COLD_START,
  STOKER_COLUMN_SPEED,
  STOKER_COLUMN_EASE,
  STOKER_COLUMN_UPTIME,
  STOKER_COLUMN_SUPPORT,
  STOKER_COLUMN_CHOOSE_IF,
  STOKER_N_COLUMNS,
} StokerCompareColumn;

StokerCompareItem *stoker_compare_item_new (StokerAdvice *advice, const StokerCandidate *candidate);
StokerCompareItem *stoker_compare_item_copy (StokerCompareItem *self);
void stoker_compare_item_become (StokerCompareItem *self, StokerCompareItem *other);
const char *stoker_compare_item_get_id (StokerCompareItem *self);
const StokerCandidate *stoker_compare_item_get_candidate (StokerCompareItem *self);
StokerMoney stoker_compare_item_get_per_month (StokerCompareItem *self);
void stoker_compare_item_set_per_month (StokerCompareItem *self, StokerMoney cost);
char *stoker_compare_item_get_text (StokerCompareItem *self, StokerCompareColumn column);
int stoker_compare_item_compare (StokerCompareItem *a,
                                 StokerCompareItem *b,
                                 StokerCompareColumn column);
const char *stoker_compare_column_get_title (StokerCompareColumn column);
gboolean stoker_compare_column_is_number (StokerCompareColumn column);

G_END_DECLS
