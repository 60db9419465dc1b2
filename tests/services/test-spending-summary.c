/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-spending-summary.h"

/* Half past nine in the evening of the 7th, in a place where it is still the 7th in the afternoon
 * of UTC. */
static GDateTime *
make_now (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (2 * 60 * 60);

  return g_date_time_new (zone, 2026, 11, 7, 21, 30, 0);
}

static gint64
at (int month, int day, int hour)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (2 * 60 * 60);
  g_autoptr (GDateTime) time = g_date_time_new (zone, 2026, month, day, hour, 0, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
add (GPtrArray *entries, StokerLedgerKind kind, const char *job, gint64 at_us, StokerMoney amount)
{
  StokerLedgerEntry *entry = stoker_ledger_entry_new (kind, job, "runpod", amount);

  entry->at_us = at_us;
  g_ptr_array_add (entries, entry);
}

static GPtrArray *
make_entries (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_ledger_entry_free);
}

static StokerMoney
cents (gint64 amount, const char *currency)
{
  return stoker_money_new (amount * STOKER_NANOS_PER_UNIT / 100, currency);
}

static void
assert_main (const StokerSum *sum, gint64 amount)
{
  g_assert_true (stoker_money_equal (stoker_sum_get_main (sum), cents (amount, "USD")));
}

static void
test_empty (void)
{
  g_autoptr (GPtrArray) entries = make_entries ();
  g_autoptr (GDateTime) now = make_now ();
  g_autoptr (StokerSpendingSummary) summary = stoker_spending_summary_new (entries, now);

  g_assert_cmpuint (summary->n_days, ==, 7);
  g_assert_cmpuint (summary->month.n_unknown, ==, 0);
  assert_main (&summary->today, 0);
  assert_main (&summary->month, 0);
}

static void
test_days (void)
{
  g_autoptr (GPtrArray) entries = make_entries ();
  g_autoptr (GDateTime) now = make_now ();
  g_autoptr (StokerSpendingSummary) summary = NULL;

  add (entries, STOKER_LEDGER_ACCRUED, "before", at (10, 31, 23), cents (900, "USD"));
  add (entries, STOKER_LEDGER_ACCRUED, "first", at (11, 1, 0), cents (100, "USD"));
  add (entries, STOKER_LEDGER_ACCRUED, "yesterday", at (11, 6, 23), cents (30, "USD"));
  add (entries, STOKER_LEDGER_ACCRUED, "midnight", at (11, 7, 0), cents (5, "USD"));
  add (entries, STOKER_LEDGER_ACCRUED, "now", at (11, 7, 21), cents (7, "USD"));
  summary = stoker_spending_summary_new (entries, now);

  assert_main (&summary->today, 12);
  assert_main (&summary->month, 142);
  assert_main (&summary->days[0], 100);
  assert_main (&summary->days[1], 0);
  assert_main (&summary->days[5], 30);
  assert_main (&summary->days[6], 12);
  g_assert_cmpint (stoker_spending_month_start (now), ==, at (11, 1, 0));
}

static void
test_billed_replaces_accrued (void)
{
  g_autoptr (GPtrArray) entries = make_entries ();
  g_autoptr (GDateTime) now = make_now ();
  g_autoptr (StokerSpendingSummary) summary = NULL;

  add (entries, STOKER_LEDGER_ESTIMATED, "a", at (11, 7, 9), cents (500, "USD"));
  add (entries, STOKER_LEDGER_ACCRUED, "a", at (11, 7, 10), cents (40, "USD"));
  add (entries, STOKER_LEDGER_BILLED, "a", at (11, 7, 11), cents (45, "USD"));
  add (entries, STOKER_LEDGER_ACCRUED, "b", at (11, 7, 11), cents (10, "USD"));
  /* A bill for what is not a job of ours. */
  add (entries, STOKER_LEDGER_BILLED, NULL, at (11, 7, 11), cents (1, "USD"));
  summary = stoker_spending_summary_new (entries, now);

  assert_main (&summary->today, 56);
}

static void
test_currencies (void)
{
  g_autoptr (GPtrArray) entries = make_entries ();
  g_autoptr (GDateTime) now = make_now ();
  g_autoptr (StokerSpendingSummary) summary = NULL;

  add (entries, STOKER_LEDGER_ACCRUED, "a", at (11, 7, 10), cents (40, "USD"));
  add (entries, STOKER_LEDGER_ACCRUED, "b", at (11, 7, 10), cents (70, "EUR"));
  add (entries, STOKER_LEDGER_ACCRUED, "c", at (11, 7, 10), cents (2, "USD"));
  summary = stoker_spending_summary_new (entries, now);

  g_assert_cmpuint (summary->today.n_amounts, ==, 2);
  assert_main (&summary->today, 42);
  g_assert_true (stoker_money_equal (summary->today.amounts[1], cents (70, "EUR")));
}

static void
test_unknown (void)
{
  g_autoptr (GPtrArray) entries = make_entries ();
  g_autoptr (GDateTime) now = make_now ();
  g_autoptr (StokerSpendingSummary) summary = NULL;

  add (entries, STOKER_LEDGER_BILLED, "a", at (11, 6, 10), stoker_money_unknown ());
  summary = stoker_spending_summary_new (entries, now);
  g_assert_false (stoker_sum_get_main (&summary->month).is_known);
  g_assert_cmpuint (summary->today.n_unknown, ==, 0);

  stoker_spending_summary_add_unknown (summary, at (11, 7, 1));
  stoker_spending_summary_add_unknown (summary, at (10, 7, 1));
  g_assert_cmpuint (summary->today.n_unknown, ==, 1);
  g_assert_cmpuint (summary->month.n_unknown, ==, 2);
}

static void
test_sum_overflow (void)
{
  StokerSum sum = { 0 };

  stoker_sum_add (&sum, stoker_money_usd (G_MAXINT64));
  stoker_sum_add (&sum, stoker_money_usd (1));
  g_assert_cmpuint (sum.n_unknown, ==, 1);
  g_assert_true (stoker_money_equal (stoker_sum_get_main (&sum), stoker_money_usd (G_MAXINT64)));

  for (const char *const *code = (const char *const[]){ "EUR", "GBP", "THB", "JPY", NULL };
       *code != NULL; code++)
    stoker_sum_add (&sum, stoker_money_new (1, *code));
  g_assert_cmpuint (sum.n_amounts, ==, STOKER_SUM_MAX_CURRENCIES);
  g_assert_cmpuint (sum.n_unknown, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spending-summary/empty", test_empty);
  g_test_add_func ("/spending-summary/days", test_days);
  g_test_add_func ("/spending-summary/billed-replaces-accrued", test_billed_replaces_accrued);
  g_test_add_func ("/spending-summary/currencies", test_currencies);
  g_test_add_func ("/spending-summary/unknown", test_unknown);
  g_test_add_func ("/sum/overflow", test_sum_overflow);
  return g_test_run ();
}
