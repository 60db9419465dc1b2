/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "stoker-ledger-entry.h"
#include "stoker-sum.h"

G_BEGIN_DECLS

#define STOKER_SUMMARY_MAX_DAYS 31

/**
 * StokerSpendingSummary:
 * @today: since midnight
 * @month: since the first of the month
 * @days: each day of the month so far, the first of the month first
 * @n_days: how many days that are, today included
 *
 * What was spent, by the calendar of the place where it is read.
 */
typedef struct
{
  StokerSum today;
  StokerSum month;
  StokerSum days[STOKER_SUMMARY_MAX_DAYS];
  guint n_days;

  gint64 today_us; /*< private >*/
  gint64 month_us; /*< private >*/
} StokerSpendingSummary;

StokerSpendingSummary *stoker_spending_summary_new (const GPtrArray *entries, GDateTime *now);
void stoker_spending_summary_free (StokerSpendingSummary *self);
void stoker_spending_summary_add_unknown (StokerSpendingSummary *self, gint64 until_us);
gint64 stoker_spending_month_start (GDateTime *now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerSpendingSummary, stoker_spending_summary_free)

G_END_DECLS
