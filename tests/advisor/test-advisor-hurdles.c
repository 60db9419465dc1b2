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

/* The price of where it would run counts, though another region has a cheaper machine; where no
 * price of it is known the cheapest of elsewhere is told, and that it is one. */
static void
test_region_price_of_entry (Fixture *fixture, gconstpointer data)
{
  StokerProvider *provider = fixture_register (fixture, "alpha", 1);
  g_autoptr (StokerAdvice) known = NULL;
  g_autoptr (StokerAdvice) unknown = NULL;
  const StokerCandidate *alpha = NULL;

  fixture_set_small (fixture, "");
  stoker_provider_set_config (provider, "region", "US-1");
  known = fixture_advise (fixture);
  alpha = fixture_find_candidate (known, "alpha", "pod");
  g_assert_cmpstr (alpha->offer.region, ==, "US-1");
  g_assert_cmpstr (alpha->offer.gpu, ==, "RTX 3090");
  g_assert_false (fixture_has_text (alpha->warnings, "Its price is that of"));

  stoker_provider_set_config (provider, "region", "US-9");
  unknown = fixture_advise (fixture);
  alpha = fixture_find_candidate (unknown, "alpha", "pod");
  g_assert_cmpstr (alpha->offer.region, ==, "US-9");
  g_assert_cmpstr (alpha->offer.gpu, ==, "RTX 3060");
  g_assert_true (fixture_has_text (alpha->warnings, "that of EU-1; the one of US-9 is not told"));
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
                            "GPUs here with 24 GB or more: 1, needed: 4"));
}

/* Own hardware costs no rent, but its power is not known: at least nothing, and never simply
 * nothing. */
static void
test_own_hardware (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) unregistered = NULL;
  g_autoptr (StokerAdvice) small = NULL;
  g_autoptr (StokerAdvice) large = NULL;
  const StokerCandidate *candidate;

  fixture_set_small (fixture, "");
  unregistered = fixture_advise (fixture);
  g_assert_nonnull (fixture_find_rejection (unregistered, "box", "unsupported"));

  fixture_register (fixture, "box", 2);
  small = fixture_advise (fixture);
  g_assert_nonnull (strstr (fixture_find_rejection (small, "box", "vram")->reason, "12 GB needed"));

  g_ptr_array_set_size (fixture->providers, 0);
  fixture_import (
    fixture, "{'id': 'box', 'name': 'Box', 'kind': 'local', 'service': 'box', 'template_id': 'box',"
             " 'active': true, 'meta': {'min_vram_gb': 24}}");
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

/* A provider asked for by name that cannot be had is told as a warning, with its reason. */
static void
test_preferred_absent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) dear = NULL;
  g_autoptr (StokerAdvice) stranger = NULL;

  fixture_set_small (fixture, ", 'budget': {'limit_usd': 0.5}, 'preferred_provider': 'minutes'");
  dear = fixture_advise (fixture);
  g_assert_true (fixture_has_text (dear->warnings, "Minutes (On demand): It would cost $1.32"));

  fixture_set_small (fixture, ", 'preferred_provider': 'nobody'");
  stranger = fixture_advise (fixture);
  g_assert_true (fixture_has_text (stranger->warnings, "\"nobody\""));
}

/* Power paid in euros does not send the work away, and is not added to dollars. */
static void
test_other_currency (Fixture *fixture, gconstpointer data)
{
  StokerAdvisorInput input;
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_small (fixture, "");
  fixture_set_gpu (fixture, "RTX 4090", 24, 0);
  input = fixture_get_input (fixture);
  input.local_cost.watts = 500;
  g_assert_true (stoker_money_parse ("0.40", "EUR", &input.local_cost.tariff_per_kwh, NULL));
  advice = stoker_advise (&input, NULL);

  fixture_assert_chosen (advice, STOKER_CHOICE_GPU, "local", "own");
  /* 0.40 × 0.5 kW × 1 h. */
  fixture_assert_money (stoker_advice_get_chosen (advice)->estimate->total, "0.2");
  g_assert_cmpstr (stoker_advice_get_chosen (advice)->estimate->total.currency, ==, "EUR");
}

/* One in euros is known, but cannot be compared: after the dollars, and it says so. */
static void
test_foreign_offer (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = *fixture_find_offer (fixture, "alpha", "pod", "EU-1");
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *foreign;

  offer.provider_id = "euro";
  offer.price = stoker_money_new (1, "EUR");
  stoker_offer_table_append (fixture->offers, &offer);
  fixture_set_small (fixture, "");
  advice = fixture_advise (fixture);

  foreign = fixture_find_candidate (advice, "euro", NULL);
  g_assert_nonnull (foreign);
  g_assert_true (fixture_has_text (foreign->warnings, "in EUR"));
  g_assert_cmpstr (stoker_advice_get_chosen (advice)->id, !=, "euro");
}

static void
test_hint_of_entry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_import (
    fixture,
    "{'id': 'alpha', 'name': 'Alpha', 'kind': 'remote', 'service': 'alpha',"
    " 'template_id': 'alpha', 'active': true, 'meta': {'policy_hints': {'image': 'Ours.'}}}");
  fixture_set_small (fixture, "");
  advice = fixture_advise (fixture);

  g_assert_cmpstr (fixture_find_candidate (advice, "alpha", "pod")->policy_hint, ==, "Ours.");
}

/* An entry of the first advisor carries its own price and VRAM: an hour of it is 0.46. */
static void
test_price_of_entry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *mine;

  fixture_import (fixture, "{'id': 'mine', 'name': 'Mine', 'kind': 'remote', 'service': 'alpha',"
                           " 'template_id': 'alpha', 'active': true,"
                           " 'meta': {'min_vram_gb': 12, 'cost': {'hourly_usd': 0.46}}}");
  fixture_set_small (fixture, "");
  advice = fixture_advise (fixture);

  mine = fixture_find_candidate (advice, "mine", NULL);
  g_assert_nonnull (mine);
  fixture_assert_money (mine->estimate->total, "0.46");
  g_assert_cmpstr (mine->offer.source, ==, "registry entry");
}

static void
test_download_untold (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *minutes;

  fixture_set_small (fixture, "");
  advice = fixture_advise (fixture);
  minutes = fixture_find_candidate (advice, "minutes", "on-demand");

  g_assert_true (fixture_has_text (minutes->warnings, "each GB of it would cost $0.10"));
}

/* What the provider had none of free is told with the time it was asked, and stands behind
 * nothing: the dearer one that is free is advised. */
static void
test_sold_out (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = *fixture_find_offer (fixture, "alpha", "pod", "EU-1");
  g_autoptr (StokerOfferTable) offers = stoker_offer_table_new (fixture->catalog);
  g_autoptr (StokerAdvice) gone = NULL;
  g_autoptr (StokerAdvice) left = NULL;
  StokerAdvisorInput input;
  const StokerRejection *rejection = NULL;

  offer.is_live = TRUE;
  offer.as_of_us = FIXTURE_NOW_US - 5 * G_TIME_SPAN_MINUTE;
  offer.is_available = STOKER_TRI_NO;
  stoker_offer_table_append (offers, &offer);
  fixture_set_small (fixture, "");
  input = fixture_get_input (fixture);
  input.offers = offers;
  gone = stoker_advise (&input, NULL);
  g_assert_null (fixture_find_candidate (gone, "alpha", "pod"));
  rejection = fixture_find_rejection (gone, "alpha", "unavailable");
  g_assert_cmpstr (rejection->reason, ==,
                   "The provider had none of it free when it was asked (5 min ago).");

  offer.is_available = STOKER_TRI_YES;
  offer.offer_id = "dear";
  offer.price = stoker_money_scale (offer.price, 3, 1);
  stoker_offer_table_append (offers, &offer);
  left = stoker_advise (&input, NULL);
  g_assert_cmpstr (fixture_find_candidate (left, "alpha", "pod")->offer.offer_id, ==, "dear");
  g_assert_nonnull (fixture_find_rejection (left, "alpha", "unavailable"));
}

/* Sold out is told only of what would have done, and only where it would have been better. */
static void
test_sold_out_in_vain (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = *fixture_find_offer (fixture, "alpha", "pod", "EU-1");
  g_autoptr (StokerOfferTable) offers = stoker_offer_table_new (fixture->catalog);
  g_autoptr (StokerAdvice) advice = NULL;
  StokerAdvisorInput input;

  stoker_offer_table_append (offers, &offer);
  offer.is_available = STOKER_TRI_NO;
  offer.price = stoker_money_scale (offer.price, 2, 1);
  stoker_offer_table_append (offers, &offer);
  offer.price = stoker_money_scale (offer.price, 1, 4);
  offer.vram_gb = 1;
  stoker_offer_table_append (offers, &offer);
  fixture_set_small (fixture, "");
  input = fixture_get_input (fixture);
  input.offers = offers;
  advice = stoker_advise (&input, NULL);

  g_assert_nonnull (fixture_find_candidate (advice, "alpha", "pod"));
  for (guint i = 0; i < advice->rejected->len; i++)
    g_assert_cmpstr (((StokerRejection *) advice->rejected->pdata[i])->group, !=, "unavailable");
}

/* What the account may not have in its region is told so, and what is listed of another region does
 * not stand in for it: it would run where the entry says. */
static void
test_over_quota (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = *fixture_find_offer (fixture, "alpha", "pod", "EU-1");
  g_autoptr (StokerOfferTable) offers = stoker_offer_table_new (fixture->catalog);
  g_autoptr (StokerAdvice) elsewhere = NULL;
  g_autoptr (StokerAdvice) advice = NULL;
  StokerProvider *provider = NULL;
  StokerAdvisorInput input;
  const StokerRejection *rejection = NULL;

  provider = fixture_register (fixture, "alpha", 1);
  stoker_provider_set_config (provider, "region", "EU-1");
  offer.region = "US-1";
  stoker_offer_table_append (offers, &offer);
  fixture_set_small (fixture, "");
  input = fixture_get_input (fixture);
  input.offers = offers;
  elsewhere = stoker_advise (&input, NULL);
  g_assert_nonnull (fixture_find_candidate (elsewhere, "alpha", "pod"));

  offer.region = "EU-1";
  offer.is_available = STOKER_TRI_NO;
  offer.lacks_quota = TRUE;
  stoker_offer_table_append (offers, &offer);
  advice = stoker_advise (&input, NULL);
  g_assert_null (fixture_find_candidate (advice, "alpha", "pod"));
  rejection = fixture_find_rejection (advice, "alpha", "quota");
  g_assert_cmpstr (rejection->reason, ==,
                   "The quota of the account in EU-1 does not allow it; ask the provider for "
                   "more.");
}

#define ADD(path, function) \
  g_test_add ("/advisor-hurdles/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("opt-in", test_opt_in);
  ADD ("opted-in-provider", test_opted_in_provider);
  ADD ("sold-out", test_sold_out);
  ADD ("sold-out-in-vain", test_sold_out_in_vain);
  ADD ("over-quota", test_over_quota);
  ADD ("spot", test_spot);
  ADD ("residency", test_residency);
  ADD ("region-of-entry", test_region_of_entry);
  ADD ("region-price-of-entry", test_region_price_of_entry);
  ADD ("region", test_region);
  ADD ("budget", test_budget);
  ADD ("unknown-cost", test_unknown_cost);
  ADD ("skipped", test_skipped);
  ADD ("discontinued", test_discontinued);
  ADD ("gpu-count", test_gpu_count);
  ADD ("own-hardware", test_own_hardware);
  ADD ("per-output", test_per_output);
  ADD ("preferred-absent", test_preferred_absent);
  ADD ("other-currency", test_other_currency);
  ADD ("foreign-offer", test_foreign_offer);
  ADD ("hint-of-entry", test_hint_of_entry);
  ADD ("price-of-entry", test_price_of_entry);
  ADD ("download-untold", test_download_untold);
  ADD ("licences", test_licences);

  return g_test_run ();
}
