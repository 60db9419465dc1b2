/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "advisor-fixture.h"

#include <string.h>

#define SEED                                                                            \
  "{'requirements': {'type': 'cg_batch', 'min_vram_gb': 24, 'estimated_minutes': 180}," \
  " 'assets': [{'name': 'scene_cache.tar', 'size_mb': 2400}],"                          \
  " 'workflows': [{'id': 'cg-upscale', 'cached': false, 'persist_outputs': true}],"     \
  " 'budget': {'limit_usd': 20, 'mode': 'cost_saver'}}"

typedef struct
{
  const char *label;
  const char *amount; /* nullable: unknown */
} Item;

typedef struct
{
  const char *name;
  const char *workload;
  const char *provider;
  const char *plan;
  const char *what;  /* nullable */
  const char *total; /* nullable: unknown */
  gboolean is_complete;
  gint64 billed_s;
  gint64 ready_s;
  gint64 wall_s;
  const char *per_output;
  const char *per_month;
  const char *at_rest;
  Item items[6];
} Case;

static const Case cases[] = {
  /* 180 min = 10,800 s at $0.36/h: 0.36 × 10800 ÷ 3600 = 1.08.
   * Storage at the cheapest rate while running, 0.07 per GB and month of 2,628,000 s:
   * 0.07 × 2.4 × 10800 ÷ 2628000 = 0.000690411 (0.0006904109… rounded once). At rest 0.07 × 2.4 =
   * 0.168. Upload is free and known to be. Ready after 60 s, so 10,860 s in all. */
  { "seed-on-pod",
    SEED,
    "alpha",
    "pod",
    "EU-1",
    "1.080690411",
    TRUE,
    10800,
    60,
    10860,
    NULL,
    NULL,
    "0.168",
    { { "Computing", "1.08" },
      { "Storage while it runs", "0.000690411" },
      { "Upload of assets", "0" } } },
  /* The older comparison's "1000 videos of 20 s on serverless = $6.80" with what it left out:
   * 1000 × 20 × 0.00034 = 6.80, start 30 × 0.00034 = 0.0102, idle window 5 × 0.00034 = 0.0017. */
  { "thousand-on-serverless",
    "{'requirements': {'type': 'image'}, 'outputs': {'count': 1000, 'seconds_per_output': 20}}",
    "alpha",
    "serverless",
    NULL,
    "6.8119",
    TRUE,
    20035,
    30,
    20030,
    "0.0068119",
    NULL,
    "0",
    { { "Computing", "6.8" }, { "Start-up", "0.0102" }, { "Idle window", "0.0017" } } },
  /* 600 s at $1.20/h = 0.20; a tenth of jobs fails: 0.02. Download of 60 GB over three tiers:
   * 10 × 0.10 + 40 × 0.05 + 10 × 0.02 = 3.20. Disk 0.08 × 60 × 600 ÷ 2628000 = 0.00109589.
   * Whether the start is billed is not told: the sum 3.42109589 is a lower bound. */
  { "tiers",
    "{'requirements': {'type': 'image', 'estimated_minutes': 10, 'download_mb': 60000}}",
    "minutes",
    "on-demand",
    "A100",
    "3.42109589",
    FALSE,
    600,
    180,
    780,
    NULL,
    NULL,
    "0",
    { { "Computing", "0.2" },
      { "Failed hosts", "0.02" },
      { "Download of results", "3.2" },
      { "Storage while it runs", "0.00109589" },
      { "Start-up", NULL } } },
  /* 30 s are less than the minimum of 120 s: 1.20 × 120 ÷ 3600 = 0.04, and 0.004 for failures. */
  { "minimum",
    "{'requirements': {'type': 'image', 'estimated_minutes': 0.5}}",
    "minutes",
    "on-demand",
    "A100",
    "0.044",
    FALSE,
    120,
    180,
    210,
    NULL,
    NULL,
    "0",
    { { "Computing", "0.04" } } },
  /* 150 s are billed as 180 s in steps of 60 s: 1.20 × 180 ÷ 3600 = 0.06, and 0.006. */
  { "increment",
    "{'requirements': {'type': 'image', 'estimated_minutes': 2.5}}",
    "minutes",
    "on-demand",
    "A100",
    "0.066",
    FALSE,
    180,
    180,
    330,
    NULL,
    NULL,
    "0",
    { { "Computing", "0.06" } } },
  /* A begun hour is an hour: 0.80, and 0.08 for failures. How long it takes to start is not told,
     but not billed. */
  { "begun-hour",
    "{'requirements': {'type': 'image', 'estimated_minutes': 10}}",
    "minutes",
    "flaky",
    NULL,
    "0.88",
    TRUE,
    3600,
    -1,
    -1,
    NULL,
    NULL,
    "0",
    { { "Computing", "0.8" }, { "Failed hosts", "0.08" } } },
  /* 4 h at 0.09 = 0.36; 5 % an hour × 4 h × half of the work again = 0.36 × 0.05 × 4 × 0.5 = 0.036.
   * Traffic has no price there, so 0.396 is a lower bound. */
  { "spot",
    "{'requirements': {'type': 'image', 'estimated_minutes': 240, 'download_mb': 1000}}",
    "bazaar",
    "spot",
    NULL,
    "0.396",
    FALSE,
    14400,
    120,
    14520,
    NULL,
    NULL,
    "0",
    { { "Computing", "0.36" },
      { "Interruptions", "0.036" },
      { "Download of results", NULL },
      { "Storage while it runs", NULL } } },
  /* 1000 × 0.03 = 30; four seconds each, one after the other. */
  { "per-image",
    "{'requirements': {'type': 'image'}, 'outputs': {'count': 1000}}",
    "pictures",
    "per-output",
    "plain",
    "30",
    TRUE,
    -1,
    -1,
    4000,
    "0.03",
    NULL,
    NULL,
    { { "Computing", "30" } } },
  /* 10 videos × 5 s × 0.05 = 2.50. */
  { "per-video-second",
    "{'outputs': {'count': 10, 'seconds_per_output': 5, 'kind': 'video'}}",
    "pictures",
    "per-output",
    "moving",
    "2.5",
    TRUE,
    -1,
    -1,
    40,
    "0.25",
    NULL,
    NULL,
    { { "Computing", "2.5" } } },
  /* The length of the video itself is better: 10 × 8 s × 0.05 = 4. */
  { "per-video-duration",
    "{'outputs': {'count': 10, 'seconds_per_output': 5, 'kind': 'video'}, 'payload': {'duration': "
    "8}}",
    "pictures",
    "per-output",
    "moving",
    "4",
    TRUE,
    -1,
    -1,
    40,
    "0.4",
    NULL,
    NULL,
    { { "Computing", "4" } } },
  { "per-megapixel-unknown",
    "{'requirements': {'type': 'image'}, 'outputs': {'count': 100}}",
    "pictures",
    "by-size",
    NULL,
    NULL,
    FALSE,
    -1,
    -1,
    -1,
    NULL,
    NULL,
    NULL,
    { { "Computing", NULL } } },
  /* 1024 × 1024 = 1.048576 megapixels; × 100 × 0.012 = 1.2582912. */
  { "per-megapixel",
    "{'requirements': {'type': 'image'}, 'outputs': {'count': 100},"
    " 'payload': {'width': 1024, 'height': 1024}}",
    "pictures",
    "by-size",
    NULL,
    "1.2582912",
    TRUE,
    -1,
    -1,
    -1,
    "0.012582912",
    NULL,
    NULL,
    { { "Computing", "1.2582912" } } },
  { "unknown-work",
    "{'requirements': {'type': 'image'}}",
    "alpha",
    "pod",
    NULL,
    NULL,
    FALSE,
    -1,
    60,
    -1,
    NULL,
    NULL,
    "0",
    { { "Computing", NULL } } },
  /* A batch makes the month's 5000 in one session: (5000 × 20 + 30 + 5) × 0.00034 = 34.0119. */
  { "month-of-a-batch",
    "{'requirements': {'type': 'image'},"
    " 'outputs': {'count': 1000, 'seconds_per_output': 20, 'per_month': 5000}}",
    "alpha",
    "serverless",
    NULL,
    "6.8119",
    TRUE,
    20035,
    30,
    20030,
    "0.0068119",
    "34.0119",
    "0",
    { { "Computing", "6.8" } } },
  /* Bursts of 100, 250 a month: two whole ones of 2000 + 35 s, one of 50 with 1000 + 35 s: 5105 s ×
     0.00034. */
  { "month-of-bursts",
    "{'requirements': {'type': 'image'}, 'wish': 'latency',"
    " 'outputs': {'count': 100, 'seconds_per_output': 20, 'per_month': 250}}",
    "alpha",
    "serverless",
    NULL,
    "0.6919",
    TRUE,
    2035,
    30,
    2030,
    "0.006919",
    "1.7357",
    "0",
    { { "Computing", "0.68" } } },
  /* A pod kept on 8 h a day for 30 days: 240 h × 0.36 = 86.40, however little it does. */
  { "month-kept-on",
    "{'requirements': {'type': 'image', 'estimated_minutes': 60}, 'hours_per_month': 240}",
    "alpha",
    "pod",
    "EU-1",
    "0.36",
    TRUE,
    3600,
    60,
    3660,
    NULL,
    "86.4",
    "0",
    { { "Computing", "0.36" } } },
};

static void
check_items (const Case *expected, const StokerEstimate *estimate)
{
  for (guint i = 0; i < G_N_ELEMENTS (expected->items) && expected->items[i].label != NULL; i++)
    {
      const StokerEstimateItem *item = fixture_find_item (estimate, expected->items[i].label);

      g_assert_nonnull (item);
      g_assert_nonnull (item->formula);
      fixture_assert_money (item->amount, expected->items[i].amount);
      if (!item->amount.is_known)
        g_assert_nonnull (item->note);
    }
}

static void
test_case (gconstpointer data)
{
  const Case *expected = data;
  Fixture fixture = { 0 };
  StokerRequirements requirements;
  g_autoptr (StokerEstimate) estimate = NULL;

  fixture_set_up (&fixture, NULL);
  fixture_set_workload (&fixture, expected->workload);
  stoker_requirements_init (&requirements, fixture.workload);
  estimate = stoker_estimate_offer (fixture_find_offer (&fixture, expected->provider,
                                                        expected->plan, expected->what),
                                    &requirements, fixture.workload, FIXTURE_NOW_US);

  check_items (expected, estimate);
  fixture_assert_money (estimate->total, expected->total);
  g_assert_cmpint (estimate->is_complete, ==, expected->is_complete);
  g_assert_cmpint (estimate->billed_s, ==, expected->billed_s);
  g_assert_cmpint (estimate->ready_s, ==, expected->ready_s);
  g_assert_cmpint (estimate->wall_s, ==, expected->wall_s);
  fixture_assert_money (estimate->per_output, expected->per_output);
  fixture_assert_money (estimate->per_month, expected->per_month);
  if (expected->at_rest != NULL)
    fixture_assert_money (estimate->at_rest_per_month, expected->at_rest);

  stoker_requirements_clear (&requirements);
  fixture_tear_down (&fixture, NULL);
}

static void
test_formula (Fixture *fixture, gconstpointer data)
{
  StokerRequirements requirements;
  g_autoptr (StokerEstimate) estimate = NULL;
  const StokerEstimateItem *item;

  fixture_set_workload (fixture, SEED);
  stoker_requirements_init (&requirements, fixture->workload);
  estimate = stoker_estimate_offer (fixture_find_offer (fixture, "alpha", "pod", "EU-1"),
                                    &requirements, fixture->workload, FIXTURE_NOW_US);
  item = fixture_find_item (estimate, "Computing");
  g_assert_cmpstr (item->formula, ==, "$0.36/h × 10,800 s");
  g_assert_cmpstr (item->source, ==, "fixture price list");
  g_assert_cmpint (item->as_of_us, >, 0);
  item = fixture_find_item (estimate, "Storage while it runs");
  g_assert_cmpstr (item->formula, ==, "$0.07/GB a month × 2.4 GB × 10,800 s ÷ 730 h");
  g_assert_nonnull (strstr (item->note, "$0.17 a month"));
  stoker_requirements_clear (&requirements);
}

/* A host with a reliability of 95 % costs a twentieth more: 0.36 × 0.05 = 0.018 on an hour. */
static void
test_reliability (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = *fixture_find_offer (fixture, "alpha", "pod", "EU-1");
  StokerRequirements requirements;
  g_autoptr (StokerEstimate) estimate = NULL;

  offer.reliability = 0.95;
  fixture_set_workload (fixture, "{'requirements': {'type': 'image', 'estimated_minutes': 60}}");
  stoker_requirements_init (&requirements, fixture->workload);
  estimate = stoker_estimate_offer (&offer, &requirements, fixture->workload, FIXTURE_NOW_US);
  fixture_assert_money (fixture_find_item (estimate, "Failed hosts")->amount, "0.018");
  fixture_assert_money (estimate->total, "0.378");
  stoker_requirements_clear (&requirements);
}

static void
test_unknown_price (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = *fixture_find_offer (fixture, "alpha", "pod", "EU-1");
  StokerRequirements requirements;
  g_autoptr (StokerEstimate) estimate = NULL;

  offer.price = stoker_money_unknown ();
  fixture_set_workload (fixture, SEED);
  stoker_requirements_init (&requirements, fixture->workload);
  estimate = stoker_estimate_offer (&offer, &requirements, fixture->workload, FIXTURE_NOW_US);
  fixture_assert_money (estimate->total, NULL);
  g_assert_false (estimate->is_complete);
  stoker_requirements_clear (&requirements);
}

typedef struct
{
  const char *tariff;
  double watts;
  const char *purchase;
  double useful_hours;
  const char *energy;
  const char *wear;
  const char *total;
  gboolean is_complete;
} LocalCase;

/* Three hours on an RTX 4090. */
static const LocalCase local_cases[] = {
  /* 0.30 × 0.6 kW × 3 h = 0.54; 2000 ÷ 10000 h × 3 h = 0.60. */
  { "0.30", 600, "2000", 10000, "0.54", "0.6", "1.14", TRUE },
  /* The card's 450 W stand for the machine: 0.30 × 0.45 × 3 = 0.405; the purchase is left out. */
  { "0.30", -1, NULL, -1, "0.405", NULL, "0.405", FALSE },
  /* Nothing is told: no rent, and at least that is known. */
  { NULL, -1, NULL, -1, NULL, NULL, "0", FALSE },
};

static StokerMoney
parse_money (const char *decimal)
{
  StokerMoney money = stoker_money_unknown ();

  if (decimal != NULL)
    g_assert_true (stoker_money_parse (decimal, "USD", &money, NULL));

  return money;
}

static void
check_local (Fixture *fixture, const LocalCase *expected)
{
  StokerLocalCost cost = { parse_money (expected->tariff), expected->watts,
                           parse_money (expected->purchase), expected->useful_hours };
  const StokerGpu *gpu = fixture->local->gpus->pdata[0];
  const StokerGpuSpec *spec = stoker_gpu_specs_lookup (fixture->specs, gpu->name);
  StokerRequirements requirements;
  g_autoptr (StokerEstimate) estimate = NULL;

  g_assert_nonnull (spec);
  stoker_requirements_init (&requirements, fixture->workload);
  estimate = stoker_estimate_local (gpu, &cost, spec, &requirements, fixture->workload,
                                    FIXTURE_NOW_US);
  fixture_assert_money (fixture_find_item (estimate, "Electricity")->amount, expected->energy);
  fixture_assert_money (fixture_find_item (estimate, "Purchase, spread over its use")->amount,
                        expected->wear);
  fixture_assert_money (estimate->total, expected->total);
  g_assert_cmpint (estimate->is_complete, ==, expected->is_complete);
  g_assert_cmpint (estimate->wall_s, ==, 10800);
  stoker_requirements_clear (&requirements);
}

static void
test_local (Fixture *fixture, gconstpointer data)
{
  fixture_set_workload (fixture, SEED);
  fixture_set_gpu (fixture, "RTX 4090", 24, 0);
  for (guint i = 0; i < G_N_ELEMENTS (local_cases); i++)
    check_local (fixture, &local_cases[i]);
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/estimate/offer/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  ADD ("/estimate/formula", test_formula);
  ADD ("/estimate/reliability", test_reliability);
  ADD ("/estimate/unknown-price", test_unknown_price);
  ADD ("/estimate/local", test_local);

  return g_test_run ();
}
