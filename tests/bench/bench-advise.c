/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "advisor-fixture.h"

#include <stdio.h>

/* Advice over ten thousand offers must not be felt: one third of a frame. The best of twenty runs
 * counts. */
#define N_OFFERS 10000
#define N_RUNS 20
#define LIMIT_MS 5.0

static const char *const gpus[] = { "RTX 3090", "RTX 4090", "A100-80GB", "H100 SXM", "L4", "T4" };
static const double sizes_gb[] = { 24, 24, 80, 80, 24, 16 };
static const char *const regions[] = { "EU-1", "US-1", "US-9", "*" };

static StokerOfferTable *
make_table (Fixture *fixture)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  StokerOfferTable *table = stoker_offer_table_new (fixture->catalog);
  guint n_listed = stoker_offer_table_get_length (fixture->offers);

  for (int i = 0; i < N_OFFERS; i++)
    {
      guint listed = g_rand_int_range (rand, 0, n_listed);
      guint gpu = g_rand_int_range (rand, 0, G_N_ELEMENTS (gpus));
      StokerOffer offer = *stoker_offer_table_get (fixture->offers, listed);
      g_autofree char *id = g_strdup_printf ("%d", i);

      if (offer.plan->kind != STOKER_PLAN_PER_OUTPUT && offer.plan->kind != STOKER_PLAN_OWN)
        {
          offer.gpu = gpus[gpu];
          offer.vram_gb = sizes_gb[gpu];
          offer.region = regions[g_rand_int_range (rand, 0, G_N_ELEMENTS (regions))];
          offer.reliability = g_rand_double_range (rand, 0.8, 1);
          offer.price = stoker_money_usd (g_rand_int_range (rand, 100000000, 2000000000));
        }
      offer.offer_id = id;
      stoker_offer_table_append (table, &offer);
    }

  return table;
}

static double
measure (Fixture *fixture, StokerOfferTable *table)
{
  StokerAdvisorInput input = fixture_get_input (fixture);
  double best_ms = G_MAXDOUBLE;

  input.offers = table;
  for (int i = 0; i < N_RUNS; i++)
    {
      gint64 from_us = g_get_monotonic_time ();
      g_autoptr (StokerAdvice) advice = stoker_advise (&input, NULL);
      double ms = (double) (g_get_monotonic_time () - from_us) / 1000;

      g_assert_cmpuint (advice->candidates->len, >, 0);
      best_ms = MIN (best_ms, ms);
    }

  return best_ms;
}

int
main (int argc, char **argv)
{
  static const char *const modes[] = { "cost_saver", "balanced", "speed" };
  Fixture fixture = { 0 };
  g_autoptr (StokerOfferTable) table = NULL;
  double worst_ms = 0;

  fixture_set_up (&fixture, NULL);
  table = make_table (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autofree char *json = g_strdup_printf (
        "{'requirements': {'type': 'image', 'min_vram_gb': 24, 'estimated_minutes': 180,"
        " 'download_mb': 500}, 'outputs': 100, 'seconds_per_output': 20,"
        " 'residency': ['eu', 'us'], 'opt_in': ['bazaar'], 'allow_spot': true,"
        " 'budget': {'limit_usd': 50, 'mode': '%s'}}",
        modes[i]);
      double ms;

      fixture_set_workload (&fixture, json);
      ms = measure (&fixture, table);
      printf ("advise %d offers, %s: %.2f ms (limit %.0f ms)\n", N_OFFERS, modes[i], ms, LIMIT_MS);
      worst_ms = MAX (worst_ms, ms);
    }
  g_clear_object (&table);
  fixture_tear_down (&fixture, NULL);

  return worst_ms > LIMIT_MS ? 1 : 0;
}
