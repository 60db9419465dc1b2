/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-price.h"

static StokerPrice
make_price (gint64 nanos, StokerUnit unit)
{
  StokerPrice price = { .amount = stoker_money_usd (nanos), .unit = unit };

  return price;
}

static void
test_seconds_of_units (void)
{
  g_assert_cmpint (stoker_unit_get_seconds (STOKER_UNIT_SECOND), ==, 1);
  g_assert_cmpint (stoker_unit_get_seconds (STOKER_UNIT_MINUTE), ==, 60);
  g_assert_cmpint (stoker_unit_get_seconds (STOKER_UNIT_HOUR), ==, 3600);
  g_assert_cmpint (stoker_unit_get_seconds (STOKER_UNIT_MONTH), ==, 730 * 3600);
  g_assert_cmpint (stoker_unit_get_seconds (STOKER_UNIT_GB_MONTH), ==, 0);
  g_assert_cmpint (stoker_unit_get_seconds (STOKER_UNIT_VIDEO_SECOND), ==, 0);
}

/* $0.00031 a second is $1.116 an hour; three hours of it are $3.348. */
static void
test_for_seconds (void)
{
  StokerPrice second = make_price (310000, STOKER_UNIT_SECOND);
  StokerPrice hour = make_price (690000000, STOKER_UNIT_HOUR);
  StokerPrice image = make_price (30000000, STOKER_UNIT_IMAGE);
  StokerPrice unknown;

  stoker_price_init_unknown (&unknown, STOKER_UNIT_HOUR);
  g_assert_cmpint (stoker_price_per_hour (&second).nanos, ==, 1116000000);
  g_assert_cmpint (stoker_price_for_seconds (&second, 10800).nanos, ==, 3348000000);
  g_assert_cmpint (stoker_price_for_seconds (&hour, 1800).nanos, ==, 345000000);
  g_assert_false (stoker_price_per_hour (&image).is_known);
  g_assert_false (stoker_price_for_seconds (&unknown, 10).is_known);
}

static void
test_copy_and_clear (void)
{
  StokerPrice price = make_price (5, STOKER_UNIT_GB);
  StokerPrice copy;

  price.note = g_strdup ("note");
  price.fact.source = g_strdup ("page");
  price.fact.as_of_us = 7;
  price.fact.confidence = STOKER_CONFIDENCE_OFFICIAL;
  stoker_price_copy (&price, &copy);
  stoker_price_clear (&price);

  g_assert_null (price.note);
  g_assert_null (price.fact.source);
  g_assert_false (price.amount.is_known);
  g_assert_cmpstr (copy.note, ==, "note");
  g_assert_cmpstr (copy.fact.source, ==, "page");
  g_assert_cmpint (copy.fact.as_of_us, ==, 7);
  g_assert_cmpint ((int) copy.fact.confidence, ==, STOKER_CONFIDENCE_OFFICIAL);
  g_assert_cmpint (copy.amount.nanos, ==, 5);
  stoker_price_clear (&copy);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/price/seconds-of-units", test_seconds_of_units);
  g_test_add_func ("/price/for-seconds", test_for_seconds);
  g_test_add_func ("/price/copy-and-clear", test_copy_and_clear);

  return g_test_run ();
}
