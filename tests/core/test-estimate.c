/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-estimate.h"
#include "stoker-json.h"

#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static void
test_nothing_is_known_at_first (void)
{
  g_autoptr (StokerEstimate) estimate = stoker_estimate_new ();

  g_assert_false (estimate->total.is_known);
  g_assert_false (estimate->per_output.is_known);
  g_assert_cmpint (estimate->wall_s, ==, -1);
  g_assert_false (stoker_estimate_sum (estimate, STOKER_N_ITEMS).is_known);
}

static void
test_sum (void)
{
  g_autoptr (StokerEstimate) estimate = stoker_estimate_new ();

  stoker_estimate_add_item (estimate, STOKER_ITEM_COMPUTE, "compute", stoker_money_usd (5));
  stoker_estimate_add_item (estimate, STOKER_ITEM_STORAGE, "disk", stoker_money_usd (7));
  stoker_estimate_add_item (estimate, STOKER_ITEM_STORAGE, "volume", stoker_money_usd (11));
  stoker_estimate_add_item (estimate, STOKER_ITEM_TRANSFER, "egress", stoker_money_unknown ());
  g_assert_cmpint (stoker_estimate_sum (estimate, STOKER_ITEM_STORAGE).nanos, ==, 18);
  g_assert_cmpint (stoker_estimate_sum (estimate, STOKER_N_ITEMS).nanos, ==, 23);
  g_assert_false (stoker_estimate_sum (estimate, STOKER_ITEM_TRANSFER).is_known);
  g_assert_false (stoker_estimate_sum (estimate, STOKER_ITEM_REDO).is_known);
}

static void
test_json (void)
{
  g_autoptr (StokerEstimate) estimate = stoker_estimate_new ();
  StokerEstimateItem *item = stoker_estimate_add_item (estimate, STOKER_ITEM_COMPUTE, "GPU",
                                                       stoker_money_usd (450000000));
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  item->formula = g_strdup ("$0.45/h × 1 h");
  item->source = g_strdup ("a page");
  item->as_of_us = DAY_US;
  estimate->total = item->amount;
  estimate->billed_s = 3600;
  node = stoker_estimate_to_json (estimate, 4 * DAY_US);
  text = stoker_json_to_string (node, FALSE);
  g_assert_cmpstr (
    text, ==,
    "{\"total\":{\"amount\":\"0.45\",\"currency\":\"USD\"},\"text\":\"$0.45\",\"complete\":false,"
    "\"items\":[{\"kind\":\"compute\",\"label\":\"GPU\",\"amount\":{\"amount\":\"0.45\","
    "\"currency\":\"USD\"},"
    "\"text\":\"$0.45\",\"formula\":\"$0.45/h × 1 h\",\"source\":\"a "
    "page\",\"as_of\":\"1970-01-02T00:00:00Z\","
    "\"age\":\"3 days "
    "ago\",\"note\":null}],\"per_output\":null,\"per_month\":null,\"at_rest_per_month\":null,"
    "\"billed_s\":3600,\"wall_s\":null,\"ready_s\":null}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/estimate/nothing-is-known-at-first", test_nothing_is_known_at_first);
  g_test_add_func ("/estimate/sum", test_sum);
  g_test_add_func ("/estimate/json", test_json);

  return g_test_run ();
}
