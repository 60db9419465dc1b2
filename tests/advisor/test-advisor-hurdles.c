/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "advisor-fixture.h"

#include <string.h>

static void
test_opt_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) without = NULL;
  g_autoptr (StokerAdvice) with = NULL;
  const StokerCandidate *bazaar;

  fixture_set_small (fixture, "");
  without = fixture_advise (fixture);
  g_assert_null (fixture_find_candidate (without, "bazaar", NULL));
  g_assert_nonnull (strstr (fixture_find_rejection (without, "bazaar", "opt-in")->reason,
                            "\"opt_in\": [\"bazaar\"]"));

  fixture_set_small (fixture, ", 'opt_in': ['bazaar']");
  with = fixture_advise (fixture);
  bazaar = fixture_find_candidate (with, "bazaar", "on-demand");
  g_assert_nonnull (bazaar);
  g_assert_true (fixture_has_text (bazaar->warnings, "strangers"));
}

static void
test_opted_in_provider (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_small (fixture, "");
  stoker_provider_set_opted_in (fixture_register (fixture, "bazaar", 3), TRUE);
  advice = fixture_advise (fixture);

  g_assert_nonnull (fixture_find_candidate (advice, "bazaar", "on-demand"));
}

static void
test_spot (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) without = NULL;
  g_autoptr (StokerAdvice) with = NULL;

  fixture_set_small (fixture, ", 'opt_in': ['bazaar']");
  without = fixture_advise (fixture);
  g_assert_nonnull (
    strstr (fixture_find_rejection (without, "bazaar", "spot")->reason, "\"allow_spot\": true"));

  fixture_set_small (fixture, ", 'opt_in': ['bazaar'], 'allow_spot': true");
  with = fixture_advise (fixture);
  g_assert_nonnull (fixture_find_candidate (with, "bazaar", "spot"));
}

static void
test_residency (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *alpha;

  fixture_set_small (fixture, ", 'residency': ['eu'], 'opt_in': ['bazaar']");
  advice = fixture_advise (fixture);

  alpha = fixture_find_candidate (advice, "alpha", "pod");
  g_assert_cmpstr (alpha->offer.region, ==, "EU-1");
  g_assert_cmpstr (alpha->residency, ==, "eu");
  g_assert_nonnull (
    strstr (fixture_find_rejection (advice, "minutes", "residency")->reason, "\"us\" (US-9)"));
  g_assert_nonnull (
    strstr (fixture_find_rejection (advice, "bazaar", "residency")->reason, "not told"));
  for (guint i = 0; i < advice->candidates->len; i++)
    g_assert_cmpstr (((StokerCandidate *) advice->candidates->pdata[i])->residency, ==, "eu");
}

/* A registered provider that is set to a region keeps its data there. */
static void
test_region_of_entry (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = *fixture_find_offer (fixture, "alpha", "pod", "EU-1");
  StokerProvider *provider = fixture_register (fixture, "alpha", 1);
  g_autoptr (StokerOfferTable) offers = stoker_offer_table_new (fixture->catalog);
  StokerAdvisorInput input;
  g_autoptr (StokerAdvice) advice = NULL;

  offer.region = "*";
  stoker_offer_table_append (offers, &offer);
  stoker_provider_set_config (provider, "region", "US-1");
  fixture_set_small (fixture, ", 'residency': ['us']");
  input = fixture_get_input (fixture);
  input.offers = offers;
  advice = stoker_advise (&input, NULL);

  g_assert_cmpuint (advice->candidates->len, ==, 1);
  g_assert_cmpstr (((StokerCandidate *) advice->candidates->pdata[0])->residency, ==, "us");
}

static void
test_region (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_small (fixture, ", 'regions': ['US-1']");
  advice = fixture_advise (fixture);

  g_assert_cmpuint (advice->candidates->len, ==, 1);
  g_assert_cmpstr (stoker_advice_get_chosen (advice)->offer.region, ==, "US-1");
}

/* An hour on alpha/pod with 12 GB is 0.18; serverless is 0.00034 × 3635 = 1.2359; minutes 1.20 +
 * 0.12. */
static void
test_budget (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_small (fixture, ", 'budget': {'limit_usd': 0.5}");
  advice = fixture_advise (fixture);

  fixture_assert_chosen (advice, STOKER_CHOICE_REMOTE, "alpha", "pod");
  for (guint i = 1; i < advice->candidates->len; i++)
    fixture_assert_money (((StokerCandidate *) advice->candidates->pdata[i])->estimate->total,
                          NULL);
  g_assert_cmpstr (fixture_find_rejection (advice, "alpha", "budget")->reason, ==,
                   "It would cost $1.24, and the limit is $0.50.");
}

/* Without a price nothing is rejected for its cost, but it comes last and says so. */
static void
test_unknown_cost (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = *fixture_find_offer (fixture, "bazaar", "on-demand", NULL);
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *last;

  offer.price = stoker_money_unknown ();
  offer.offer_id = "mystery";
  offer.provider_id = "mystery";
  stoker_offer_table_append (fixture->offers, &offer);
  fixture_set_small (
    fixture,
    ", 'budget': {'limit_usd': 20}, 'opt_in': ['mystery'], 'preferred_provider': 'mystery'");
  advice = fixture_advise (fixture);

  /* Preferred or not, it comes after all whose cost is known: the pod, serverless and two of
   * minutes. */
  last = fixture_find_candidate (advice, "mystery", NULL);
  g_assert_nonnull (last);
  for (guint i = 0; i < 4; i++)
    g_assert_true (((StokerCandidate *) advice->candidates->pdata[i])->estimate->total.is_known);
  g_assert_true (fixture_has_text (last->warnings, "limit of $20.00 cannot be checked"));
}

static void
test_skipped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerHealth)
               health = stoker_health_new (FALSE, FIXTURE_NOW_US, "the key was refused");
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_small (fixture, "");
  stoker_provider_set_active (fixture_register (fixture, "minutes", 1), FALSE);
  stoker_provider_set_health (fixture_register (fixture, "alpha", 2), health);
  advice = fixture_advise (fixture);

  g_assert_null (fixture_find_candidate (advice, "alpha", NULL));
  g_assert_null (fixture_find_candidate (advice, "minutes", NULL));
  g_assert_nonnull (fixture_find_rejection (advice, "minutes", "inactive"));
  g_assert_nonnull (
    strstr (fixture_find_rejection (advice, "alpha", "unhealthy")->reason, "the key was refused"));
  g_assert_true (fixture_has_text (advice->warnings, "Alpha: "));
  g_assert_true (fixture_has_text (advice->warnings, "Minutes: "));
}

static void
test_discontinued (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_small (fixture, "");
  advice = fixture_advise (fixture);

  g_assert_nonnull (
    strstr (fixture_find_rejection (advice, "gone", "discontinued")->reason, "closed in 2024"));
}

static void
test_gpu_count (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_workload (
    fixture,
    "{'requirements': {'type': 'training', 'min_vram_gb': 24, 'gpus': 4, 'estimated_minutes': 5}}");
  fixture_set_gpu (fixture, "RTX 4090", 24, 0);
  advice = fixture_advise (fixture);

  /* Only the machine with eight H100 has four; the local one has one. */
  g_assert_cmpuint (advice->candidates->len, ==, 1);
  g_assert_cmpstr (stoker_advice_get_chosen (advice)->offer.gpu, ==, "H100 SXM");
  g_assert_nonnull (strstr (fixture_find_rejection (advice, "local", "vram")->reason,
                            "1 GPUs with 24 GB, 4 needed"));
}

/* Own hardware costs no rent, but its power is not known: at least nothing, and never simply
 * nothing. */
static void
test_own_hardware (Fixture *fixture, gconstpointer data)
{
  StokerProvider *box;
  g_autoptr (StokerAdvice) unregistered = NULL;
  g_autoptr (StokerAdvice) small = NULL;
  g_autoptr (StokerAdvice) large = NULL;
  const StokerCandidate *candidate;

  fixture_set_small (fixture, "");
  unregistered = fixture_advise (fixture);
  g_assert_nonnull (fixture_find_rejection (unregistered, "box", "unsupported"));

  box = fixture_register (fixture, "box", 2);
  small = fixture_advise (fixture);
  g_assert_nonnull (strstr (fixture_find_rejection (small, "box", "vram")->reason, "12 GB needed"));

  json_object_set_double_member (stoker_provider_get_meta (box), "min_vram_gb", 24);
  large = fixture_advise (fixture);
  candidate = fixture_find_candidate (large, "box", "own");
  g_assert_nonnull (candidate);
  fixture_assert_money (candidate->estimate->total, "0");
  g_assert_false (candidate->estimate->is_complete);
}

static void
test_per_output (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) plain = NULL;
  g_autoptr (StokerAdvice) graph = NULL;

  fixture_set_workload (fixture, "{'requirements': {'type': 'image'}, 'outputs': {'count': 10}}");
  plain = fixture_advise (fixture);
  g_assert_cmpstr (fixture_find_candidate (plain, "pictures", "per-output")->offer.output_model, ==,
                   "plain");

  fixture_set_workload (fixture, "{'requirements': {'type': 'image'}, 'outputs': {'count': 10},"
                                 " 'workflows': [{'id': 'mine'}]}");
  graph = fixture_advise (fixture);
  g_assert_null (fixture_find_candidate (graph, "pictures", NULL));
  g_assert_nonnull (
    strstr (fixture_find_rejection (graph, "pictures", "kind")->reason, "its own workflow"));
}

static void
test_licences (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *local, *alpha;

  fixture_set_small (fixture,
                     ", 'assets': [{'name': 'face.png', 'size_mb': 1, 'licence': 'Proprietary'},"
                     " {'name': 'sky.png', 'size_mb': 1, 'licence': 'CC0-1.0'}]");
  fixture_set_gpu (fixture, "RTX 4090", 24, 0);
  advice = fixture_advise (fixture);

  alpha = fixture_find_candidate (advice, "alpha", "pod");
  g_assert_true (fixture_has_text (alpha->warnings, "face.png: Proprietary"));
  g_assert_false (fixture_has_text (alpha->warnings, "sky.png"));
  local = fixture_find_candidate (advice, "local", NULL);
  g_assert_false (fixture_has_text (local->warnings, "face.png"));
}

#define ADD(path, function) \
  g_test_add ("/advisor-hurdles/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("opt-in", test_opt_in);
  ADD ("opted-in-provider", test_opted_in_provider);
  ADD ("spot", test_spot);
  ADD ("residency", test_residency);
  ADD ("region-of-entry", test_region_of_entry);
  ADD ("region", test_region);
  ADD ("budget", test_budget);
  ADD ("unknown-cost", test_unknown_cost);
  ADD ("skipped", test_skipped);
  ADD ("discontinued", test_discontinued);
  ADD ("gpu-count", test_gpu_count);
  ADD ("own-hardware", test_own_hardware);
  ADD ("per-output", test_per_output);
  ADD ("licences", test_licences);

  return g_test_run ();
}
