/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-spending-summary.h"

static gint64
to_us (GDateTime *time)
{
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

static gint64
get_day_start (GDateTime *now, int day)
{
  g_autoptr (GDateTime)
    start = g_date_time_new (g_date_time_get_timezone (now), g_date_time_get_year (now),
                             g_date_time_get_month (now), day, 0, 0, 0);

  return to_us (start);
}

/* Jobs whose provider told what it bills: what was reckoned for them in the meantime is void. */
static GHashTable *
collect_billed (const GPtrArray *entries)
{
  GHashTable *billed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < entries->len; i++)
    {
      const StokerLedgerEntry *entry = g_ptr_array_index (entries, i);

      if (entry->kind == STOKER_LEDGER_BILLED && entry->job_id != NULL)
        g_hash_table_add (billed, entry->job_id);
    }
  return billed;
}

static gboolean
counts (const StokerLedgerEntry *entry, GHashTable *billed)
{
  if (entry->kind == STOKER_LEDGER_ESTIMATED)
    return FALSE;
  return entry->kind == STOKER_LEDGER_BILLED || entry->job_id == NULL ||
         !g_hash_table_contains (billed, entry->job_id);
}

static void
add_entry (StokerSpendingSummary *self, const StokerLedgerEntry *entry, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (entry->at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (local == NULL || entry->at_us < self->month_us)
    return;
  stoker_sum_add (&self->month, entry->amount);
  if (entry->at_us >= self->today_us)
    stoker_sum_add (&self->today, entry->amount);
  stoker_sum_add (&self->days[MIN ((guint) g_date_time_get_day_of_month (local), self->n_days) - 1],
                  entry->amount);
}

/**
 * stoker_spending_summary_new:
 * @entries: (element-type StokerLedgerEntry): lines of the ledger, in any order
 * @now: the time it is, in the time zone whose days and months count
 *
 * Adds up what was accrued, or billed where the provider told. An accrued line counts for the day
 * on which it was last written, as the ledger keeps one for each job. Estimates are no spending.
 *
 * Returns: (transfer full): the sums
 */
StokerSpendingSummary *
stoker_spending_summary_new (const GPtrArray *entries, GDateTime *now)
{
  StokerSpendingSummary *self = g_new0 (StokerSpendingSummary, 1);
  g_autoptr (GHashTable) billed = collect_billed (entries);

  self->n_days = (guint) g_date_time_get_day_of_month (now);
  self->today_us = get_day_start (now, g_date_time_get_day_of_month (now));
  self->month_us = get_day_start (now, 1);
  for (guint i = 0; i < entries->len; i++)
    {
      const StokerLedgerEntry *entry = g_ptr_array_index (entries, i);

      if (counts (entry, billed))
        add_entry (self, entry, g_date_time_get_timezone (now));
    }
  return self;
}

/**
 * stoker_spending_summary_free:
 * @self: (transfer full): a summary
 */
void
stoker_spending_summary_free (StokerSpendingSummary *self)
{
  g_free (self);
}

/**
 * stoker_spending_summary_add_unknown:
 * @self: a summary
 * @until_us: when it stopped to cost, or now when it has not
 *
 * Counts something of which nobody knows what it has cost, so that the sums are lower bounds.
 */
void
stoker_spending_summary_add_unknown (StokerSpendingSummary *self, gint64 until_us)
{
  if (until_us >= self->month_us)
    stoker_sum_add (&self->month, stoker_money_unknown ());
  if (until_us >= self->today_us)
    stoker_sum_add (&self->today, stoker_money_unknown ());
}

/**
 * stoker_spending_month_start:
 * @now: the time it is, in the time zone that counts
 *
 * Returns: the first instant of its month, for stoker_list_spending_async()
 */
gint64
stoker_spending_month_start (GDateTime *now)
{
  return get_day_start (now, 1);
}
