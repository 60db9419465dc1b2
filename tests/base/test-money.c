/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-money.h"

#include <math.h>

#define N STOKER_NANOS_PER_UNIT

static void
assert_nanos (StokerMoney money, gint64 nanos)
{
  g_assert_true (money.is_known);
  g_assert_cmpint (money.nanos, ==, nanos);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gint64 nanos;
  } cases[] = {
    { "0", 0 },
    { "0.45", 450000000 },
    { "-1.5", -1500000000 },
    { "0.000000001", 1 },
    { "0.00031", 310000 },
    { "007.10", 7100000000 },
    { "9223372036.854775807", G_MAXINT64 },
    { "-9223372036.854775808", G_MININT64 },
    { "20", 20 * N },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      StokerMoney money;

      g_assert_true (stoker_money_parse (cases[i].text, "USD", &money, &error));
      g_assert_no_error (error);
      assert_nanos (money, cases[i].nanos);
      g_assert_cmpstr (money.currency, ==, "USD");
    }
}

static void
test_parse_refuses (void)
{
  static const char *const cases[] = { "",
                                       ".5",
                                       "5.",
                                       "1e3",
                                       "0x1",
                                       "1,5",
                                       "+1",
                                       " 1",
                                       "1 ",
                                       "1.2.3",
                                       "-",
                                       "0.0000000001",
                                       "nan",
                                       "--1",
                                       "1.-2",
                                       "9223372036.854775808",
                                       "99999999999999999999999999999999999999999999" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      StokerMoney money = stoker_money_usd (7);

      g_assert_false (stoker_money_parse (cases[i], "USD", &money, &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      assert_nanos (money, 7);
    }
}

static void
test_parse_refuses_currencies (void)
{
  static const char *const cases[] = { NULL, "", "US", "usd", "USDX", "U$D" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      StokerMoney money;

      g_assert_false (stoker_money_parse ("1", cases[i], &money, &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
    }
}

static void
test_add_and_subtract (void)
{
  StokerMoney one = stoker_money_usd (N);
  StokerMoney most = stoker_money_usd (G_MAXINT64);
  StokerMoney euro = stoker_money_new (N, "EUR");

  assert_nanos (stoker_money_add (one, one), 2 * N);
  assert_nanos (stoker_money_subtract (one, stoker_money_usd (3 * N)), -2 * N);
  g_assert_false (stoker_money_add (most, stoker_money_usd (1)).is_known);
  g_assert_false (
    stoker_money_subtract (stoker_money_usd (G_MININT64), stoker_money_usd (1)).is_known);
  g_assert_false (stoker_money_add (one, euro).is_known);
  g_assert_false (stoker_money_subtract (one, euro).is_known);
}

/* Unknown is not zero: nothing that is counted with it is known. */
static void
test_unknown_spreads (void)
{
  StokerMoney unknown = stoker_money_unknown ();
  StokerMoney one = stoker_money_usd (N);

  g_assert_false (stoker_money_add (one, unknown).is_known);
  g_assert_false (stoker_money_add (unknown, one).is_known);
  g_assert_false (stoker_money_subtract (unknown, unknown).is_known);
  g_assert_false (stoker_money_scale (unknown, 0, 1).is_known);
  g_assert_false (stoker_money_scale_double (unknown, 0).is_known);
  g_assert_true (isnan (stoker_money_to_double (unknown)));
  g_assert_null (stoker_money_to_decimal (unknown));
}

static void
test_scale_rounds_half_to_even (void)
{
  static const struct
  {
    gint64 nanos, numerator, denominator, expected;
  } cases[] = {
    { 1, 1, 2, 0 },   { 3, 1, 2, 2 },   { 5, 1, 2, 2 },   { 7, 1, 2, 4 },   { -1, 1, 2, 0 },
    { -3, 1, 2, -2 }, { -5, 1, 2, -2 }, { 1, 1, 3, 0 },   { 2, 1, 3, 1 },   { -2, 1, 3, -1 },
    { 1, -1, 2, 0 },  { 3, 1, -2, -2 }, { 10, 3, 4, 8 },  { 6, 3, 4, 4 },   { 0, 5, 7, 0 },
    { 1, 5, 10, 0 },  { 15, 1, 10, 2 }, { 25, 1, 10, 2 }, { 35, 1, 10, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_nanos (stoker_money_scale (stoker_money_usd (cases[i].nanos), cases[i].numerator,
                                      cases[i].denominator),
                  cases[i].expected);
}

static void
test_scale_is_wide (void)
{
  StokerMoney most = stoker_money_usd (G_MAXINT64);

  assert_nanos (stoker_money_scale (most, G_MAXINT64, G_MAXINT64), G_MAXINT64);
  assert_nanos (stoker_money_scale (most, 2, 4), G_MAXINT64 / 2 + 1);
  g_assert_false (stoker_money_scale (most, 2, 1).is_known);
  g_assert_false (stoker_money_scale (most, 1, 0).is_known);
  g_assert_false (stoker_money_scale (stoker_money_usd (G_MININT64), -1, 1).is_known);
}

/* Worked out by hand: 0.00031 a second for 3 h is 3.348; 0.69 an hour for 100 s is 0.0191666…; a
 * quarter hour of 1.79. */
static void
test_scale_of_prices (void)
{
  assert_nanos (stoker_money_scale (stoker_money_usd (310000), 10800, 1), 3348000000);
  assert_nanos (stoker_money_scale (stoker_money_usd (690000000), 100, 3600), 19166667);
  assert_nanos (stoker_money_scale (stoker_money_usd (1790000000), 900, 3600), 447500000);
}

static void
test_scale_double (void)
{
  StokerMoney dollar = stoker_money_usd (N);

  assert_nanos (stoker_money_scale_double (dollar, 1.5), 1500000000);
  assert_nanos (stoker_money_scale_double (dollar, -0.1), -100000000);
  assert_nanos (stoker_money_scale_double (dollar, 0), 0);
  assert_nanos (stoker_money_scale_double (dollar, 20), 20 * N);
  assert_nanos (stoker_money_scale_double (dollar, 1e-300), 0);
  assert_nanos (stoker_money_scale_double (stoker_money_usd (1), 0.5), 0);
  assert_nanos (stoker_money_scale_double (stoker_money_usd (3), 0.5), 2);
  assert_nanos (stoker_money_scale_double (stoker_money_usd (1), 4611686018427387904.0),
                G_GINT64_CONSTANT (4611686018427387904));
  assert_nanos (stoker_money_scale_double (stoker_money_usd (G_MAXINT64), 1), G_MAXINT64);
  g_assert_false (stoker_money_scale_double (stoker_money_usd (G_MAXINT64), 1.5).is_known);
  g_assert_false (stoker_money_scale_double (dollar, 1e300).is_known);
  g_assert_false (stoker_money_scale_double (dollar, 1e10).is_known);
  g_assert_false (stoker_money_scale_double (dollar, INFINITY).is_known);
  g_assert_false (stoker_money_scale_double (dollar, NAN).is_known);
  assert_nanos (stoker_money_scale_double (stoker_money_usd (0), 1e300), 0);
}

static void
test_compare (void)
{
  StokerMoney one = stoker_money_usd (N);
  StokerMoney two = stoker_money_usd (2 * N);
  StokerMoney unknown = stoker_money_unknown ();

  g_assert_cmpint (stoker_money_compare (one, two), <, 0);
  g_assert_cmpint (stoker_money_compare (two, one), >, 0);
  g_assert_cmpint (stoker_money_compare (one, one), ==, 0);
  g_assert_cmpint (stoker_money_compare (unknown, one), >, 0);
  g_assert_cmpint (stoker_money_compare (one, unknown), <, 0);
  g_assert_cmpint (stoker_money_compare (unknown, unknown), ==, 0);
  g_assert_cmpint (stoker_money_compare (stoker_money_new (5 * N, "EUR"), one), <, 0);
  g_assert_false (stoker_money_equal (stoker_money_usd (0), unknown));
  g_assert_false (stoker_money_equal (one, stoker_money_new (N, "EUR")));
  g_assert_true (stoker_money_equal (one, stoker_money_usd (N)));
}

static void
test_decimal (void)
{
  static const struct
  {
    gint64 nanos;
    const char *expected;
  } cases[] = {
    { 0, "0" },
    { 310000, "0.00031" },
    { 3990000000, "3.99" },
    { -2 * N, "-2" },
    { 1, "0.000000001" },
    { G_MAXINT64, "9223372036.854775807" },
    { G_MININT64, "-9223372036.854775808" },
    { 100 * N, "100" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      StokerMoney money = stoker_money_usd (cases[i].nanos);
      g_autofree char *decimal = stoker_money_to_decimal (money);
      StokerMoney back;

      g_assert_cmpstr (decimal, ==, cases[i].expected);
      g_assert_true (stoker_money_parse (decimal, "USD", &back, NULL));
      g_assert_true (stoker_money_equal (money, back));
    }
}

static void
test_format (void)
{
  static const struct
  {
    gint64 nanos;
    const char *currency;
    const char *expected;
  } cases[] = {
    { 450000000, "USD", "$0.45" },   { 3400000, "USD", "$0.0034" },
    { 0, "USD", "$0.00" },           { 10000000, "USD", "$0.01" },
    { 9990000, "USD", "$0.01" },     { 9949999, "USD", "$0.0099" },
    { 15000000, "USD", "$0.015" },   { 25000000, "USD", "$0.025" },
    { 40400000, "USD", "$0.0404" },  { 10380000, "USD", "$0.0104" },
    { 50000000, "USD", "$0.05" },    { 20001000, "USD", "$0.02" },
    { -65000000, "USD", "-$0.065" }, { 99949999, "USD", "$0.0999" },
    { 99960000, "USD", "$0.10" },    { 100000000, "USD", "$0.10" },
    { 125000000, "USD", "$0.12" },   { 1234560000000, "USD", "$1234.56" },
    { -450000000, "USD", "-$0.45" }, { 310000, "USD", "$0.00031" },
    { 999600, "USD", "$0.0010" },    { 5, "USD", "$0.000000005" },
    { 57, "USD", "$0.000000057" },   { 1200000000, "CHF", "CHF 1.20" },
    { 2500000000, "EUR", "€2.50" },  { 99995000000, "GBP", "£100.00" },
    { -1, "USD", "-$0.000000001" },  { G_MININT64, "USD", "-$9223372036.85" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = stoker_money_format (
        stoker_money_new (cases[i].nanos, cases[i].currency));

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_format_as (void)
{
  static const StokerMoneyStyle german = { ",", "\u00a0", TRUE, TRUE, FALSE };
  static const StokerMoneyStyle codes = { ".", " ", FALSE, FALSE, TRUE };
  g_autofree char *dollars = stoker_money_format_as (stoker_money_usd (450000000), &german);
  g_autofree char *small = stoker_money_format_as (stoker_money_new (-3400000, "EUR"), &german);
  g_autofree char *code = stoker_money_format_as (stoker_money_usd (450000000), &codes);
  g_autofree char *franc = stoker_money_format_for_record (stoker_money_new (1200000000, "CHF"));

  g_assert_cmpstr (dollars, ==, "0,45\u00a0$");
  g_assert_cmpstr (small, ==, "-0,0034\u00a0€");
  g_assert_cmpstr (code, ==, "USD 0.45");
  g_assert_cmpstr (franc, ==, "CHF 1.20");
}

static void
test_format_of_unknown (void)
{
  g_autofree char *text = stoker_money_format (stoker_money_unknown ());

  g_assert_cmpstr (text, ==, "unknown");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/parse-refuses", test_parse_refuses);
  g_test_add_func ("/money/parse-refuses-currencies", test_parse_refuses_currencies);
  g_test_add_func ("/money/add-and-subtract", test_add_and_subtract);
  g_test_add_func ("/money/unknown-spreads", test_unknown_spreads);
  g_test_add_func ("/money/scale-rounds-half-to-even", test_scale_rounds_half_to_even);
  g_test_add_func ("/money/scale-is-wide", test_scale_is_wide);
  g_test_add_func ("/money/scale-of-prices", test_scale_of_prices);
  g_test_add_func ("/money/scale-double", test_scale_double);
  g_test_add_func ("/money/compare", test_compare);
  g_test_add_func ("/money/decimal", test_decimal);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/format-as", test_format_as);
  g_test_add_func ("/money/format-of-unknown", test_format_of_unknown);

  return g_test_run ();
}
