/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "advisor-fixture.h"

/* Every run sees the same two hundred worlds. */
#define SEED 20261121
#define N_WORLDS 200
#define N_OFFERS 60

static const char *const gpus[] = { "RTX 3060", "RTX 3090", "RTX 4090", "A100", "H100 SXM", NULL };
static const char *const regions[] = { "*", "EU-1", "US-1", "US-9" };
static const char *const modes[] = { "cost_saver", "balanced", "speed" };

typedef struct
{
  double vram_gb;
  double minutes;
  double download_mb;
  const char *mode;
  gboolean allows_spot;
} World;

static World
make_world (GRand *rand)
{
  World world = {
    .vram_gb = g_rand_int_range (rand, 1, 90),
    .minutes = g_rand_double_range (rand, 0.1, 3000),
    .download_mb = g_rand_int_range (rand, 0, 100000),
    .mode = modes[g_rand_int_range (rand, 0, G_N_ELEMENTS (modes))],
    .allows_spot = g_rand_boolean (rand),
  };

  return world;
}

static StokerWorkload *
make_workload (const World *world)
{
  char vram[G_ASCII_DTOSTR_BUF_SIZE], minutes[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *json = NULL;

  g_ascii_dtostr (vram, sizeof vram, world->vram_gb);
  g_ascii_dtostr (minutes, sizeof minutes, world->minutes);
  json = g_strdup_printf ("{'requirements': {'type': 'image', 'min_vram_gb': %s,"
                          " 'estimated_minutes': %s, 'download_mb': %d},"
                          " 'budget': {'mode': '%s'}, 'opt_in': ['bazaar'], 'allow_spot': %s}",
                          vram, minutes, (int) world->download_mb, world->mode,
                          world->allows_spot ? "true" : "false");

  return fixture_make_workload (json);
}

/* A listed offer with another GPU, size, place and price; one in eight has no price. The ids are
 * few, for interned texts are never freed. */
static void
append_random (Fixture *fixture, GRand *rand, StokerOfferTable *table)
{
  guint index = g_rand_int_range (rand, 0, stoker_offer_table_get_length (fixture->offers));
  StokerOffer offer = *stoker_offer_table_get (fixture->offers, index);
  g_autofree char *id = g_strdup_printf ("%u", g_rand_int_range (rand, 0, 500));

  if (offer.plan->kind != STOKER_PLAN_PER_OUTPUT && offer.plan->kind != STOKER_PLAN_OWN)
    {
      offer.gpu = gpus[g_rand_int_range (rand, 0, G_N_ELEMENTS (gpus))];
      offer.vram_gb = g_rand_int_range (rand, -1, 100);
      offer.gpus = g_rand_int_range (rand, 1, 5);
      offer.region = regions[g_rand_int_range (rand, 0, G_N_ELEMENTS (regions))];
      offer.reliability = g_rand_boolean (rand) ? -1 : g_rand_double (rand);
      offer.price = g_rand_int_range (rand, 0, 8) == 0
                      ? stoker_money_unknown ()
                      : stoker_money_usd (g_rand_int_range (rand, 1, 2000000000));
    }
  offer.offer_id = id;
  stoker_offer_table_append (table, &offer);
}

static StokerOfferTable *
make_table (Fixture *fixture, GRand *rand)
{
  StokerOfferTable *table = stoker_offer_table_new (fixture->catalog);

  for (int i = 0; i < N_OFFERS; i++)
    append_random (fixture, rand, table);

  return table;
}

static StokerOfferTable *
shuffle (Fixture *fixture, GRand *rand, StokerOfferTable *table)
{
  guint length = stoker_offer_table_get_length (table);
  StokerOfferTable *shuffled = stoker_offer_table_new (fixture->catalog);
  g_autofree guint *order = g_new (guint, length);

  for (guint i = 0; i < length; i++)
    order[i] = i;
  for (guint i = length - 1; i > 0; i--)
    {
      guint j = g_rand_int_range (rand, 0, i + 1);
      guint kept = order[i];

      order[i] = order[j];
      order[j] = kept;
    }
  for (guint i = 0; i < length; i++)
    stoker_offer_table_append (shuffled, stoker_offer_table_get (table, order[i]));

  return shuffled;
}

static StokerAdvice *
advise (Fixture *fixture, StokerWorkload *workload, StokerOfferTable *table)
{
  StokerAdvisorInput input = fixture_get_input (fixture);
  StokerAdvice *advice;

  input.workload = workload;
  input.offers = table;
  advice = stoker_advise (&input, NULL);
  g_assert_nonnull (advice);

  return advice;
}

static char *
print_advice (StokerAdvice *advice)
{
  g_autoptr (JsonNode) node = stoker_advice_to_json (advice, 0);

  return stoker_json_to_string (node, TRUE);
}

static void
test_order_of_offers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  for (int i = 0; i < N_WORLDS; i++)
    {
      World world = make_world (rand);
      g_autoptr (StokerWorkload) workload = make_workload (&world);
      g_autoptr (StokerOfferTable) table = make_table (fixture, rand);
      g_autoptr (StokerOfferTable) shuffled = shuffle (fixture, rand, table);
      g_autoptr (StokerAdvice) first = advise (fixture, workload, table);
      g_autoptr (StokerAdvice) second = advise (fixture, workload, shuffled);
      g_autofree char *first_text = print_advice (first);
      g_autofree char *second_text = print_advice (second);

      g_assert_cmpstr (first_text, ==, second_text);
    }
}

static void
test_more_minutes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + 1);

  for (int i = 0; i < N_WORLDS; i++)
    {
      World world = make_world (rand);
      g_autoptr (StokerWorkload) shorter = make_workload (&world);
      g_autoptr (StokerOfferTable) table = make_table (fixture, rand);
      g_autoptr (StokerWorkload) longer = NULL;
      StokerRequirements less, more;

      world.minutes += g_rand_double_range (rand, 0, 100);
      longer = make_workload (&world);
      stoker_requirements_init (&less, shorter);
      stoker_requirements_init (&more, longer);
      for (guint j = 0; j < stoker_offer_table_get_length (table); j++)
        {
          const StokerOffer *offer = stoker_offer_table_get (table, j);
          g_autoptr (StokerEstimate) a = stoker_estimate_offer (offer, &less, shorter, 0);
          g_autoptr (StokerEstimate) b = stoker_estimate_offer (offer, &more, longer, 0);

          g_assert_cmpint (stoker_money_compare (a->total, b->total), <=, 0);
        }
      stoker_requirements_clear (&less);
      stoker_requirements_clear (&more);
    }
}

static void
test_higher_floor (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + 2);

  for (int i = 0; i < N_WORLDS; i++)
    {
      World world = make_world (rand);
      g_autoptr (StokerWorkload) lower = make_workload (&world);
      g_autoptr (StokerOfferTable) table = make_table (fixture, rand);
      g_autoptr (StokerWorkload) higher = NULL;
      g_autoptr (StokerAdvice) many = NULL;
      g_autoptr (StokerAdvice) few = NULL;

      world.vram_gb += g_rand_int_range (rand, 0, 40);
      higher = make_workload (&world);
      many = advise (fixture, lower, table);
      few = advise (fixture, higher, table);
      for (guint j = 0; j < few->candidates->len; j++)
        {
          const StokerCandidate *candidate = few->candidates->pdata[j];

          g_assert_nonnull (
            fixture_find_candidate (many, candidate->id, candidate->offer.plan->id));
        }
    }
}

static void
test_unknown_last (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + 3);

  for (int i = 0; i < N_WORLDS; i++)
    {
      World world = make_world (rand);
      g_autoptr (StokerWorkload) workload = make_workload (&world);
      g_autoptr (StokerOfferTable) table = make_table (fixture, rand);
      g_autoptr (StokerAdvice) advice = advise (fixture, workload, table);
      gboolean has_unknown = FALSE;

      for (guint j = 0; j < advice->candidates->len; j++)
        {
          const StokerCandidate *candidate = advice->candidates->pdata[j];

          g_assert_false (has_unknown && candidate->estimate->total.is_known);
          has_unknown = !candidate->estimate->total.is_known;
        }
    }
}

static StokerOffer
make_worst (Fixture *fixture)
{
  StokerOffer offer = *fixture_find_offer (fixture, "minutes", "flaky", NULL);

  offer.provider_id = "zz-worst";
  offer.offer_id = "worst";
  offer.vram_gb = 200;
  offer.reliability = 0;
  offer.price = stoker_money_usd (1000 * STOKER_NANOS_PER_UNIT);

  return offer;
}

/* One more candidate, the worst in everything, leaves the order of the others as it was. */
static void
test_irrelevant (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + 4);
  StokerOffer worst = make_worst (fixture);

  for (int i = 0; i < N_WORLDS; i++)
    {
      World world = make_world (rand);
      g_autoptr (StokerWorkload) workload = make_workload (&world);
      g_autoptr (StokerOfferTable) table = make_table (fixture, rand);
      g_autoptr (StokerAdvice) before = advise (fixture, workload, table);
      g_autoptr (StokerAdvice) after = NULL;
      guint at = 0;

      stoker_offer_table_append (table, &worst);
      after = advise (fixture, workload, table);
      for (guint j = 0; j < after->candidates->len; j++)
        {
          const StokerCandidate *candidate = after->candidates->pdata[j];
          const StokerCandidate *old;

          if (g_str_equal (candidate->id, "zz-worst"))
            continue;
          old = before->candidates->pdata[at++];
          g_assert_cmpstr (candidate->id, ==, old->id);
          g_assert_cmpstr (candidate->offer.plan->id, ==, old->offer.plan->id);
        }
      g_assert_cmpuint (at, ==, before->candidates->len);
    }
}

#define ADD(path, function)                                                         \
  g_test_add ("/advisor-properties/" path, Fixture, NULL, fixture_set_up, function, \
              fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("order-of-offers", test_order_of_offers);
  ADD ("more-minutes", test_more_minutes);
  ADD ("higher-floor", test_higher_floor);
  ADD ("unknown-last", test_unknown_last);
  ADD ("irrelevant", test_irrelevant);

  return g_test_run ();
}
