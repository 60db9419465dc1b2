/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "example-profile.h"
#include "stoker-offer-table.h"

/* The example lists an RTX 4090 in eu-1 at $0.69 an hour, two A100 in us-1 at $0.0005 a second, a
 * picture of the model "core" at $0.03, and own hardware. */
typedef struct
{
  StokerCatalog *catalog;
  StokerProfile *profile; /* borrowed */
  StokerOfferTable *live;
  StokerOfferTable *merged;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->catalog = example_profile_load_catalog ();
  fixture->profile = stoker_catalog_lookup (fixture->catalog, "example");
  fixture->live = stoker_offer_table_new (fixture->catalog);
  fixture->merged = stoker_offer_table_new (fixture->catalog);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->merged);
  g_assert_finalize_object (fixture->live);
  g_assert_finalize_object (fixture->catalog);
}

static StokerOffer
tell (Fixture *fixture, const char *plan, const char *what, const char *region, const char *price)
{
  StokerOffer offer = {
    .provider_id = "mine",
    .profile = fixture->profile,
    .plan = stoker_profile_find_plan (fixture->profile, plan),
    .region = region,
    .vram_gb = 24,
    .gpus = 1,
    .price_unit = STOKER_UNIT_HOUR,
    .source = "asked",
    .as_of_us = 7,
    .is_available = STOKER_TRI_YES,
  };

  offer.price = stoker_money_unknown ();
  if (price != NULL)
    g_assert_true (stoker_money_parse (price, "USD", &offer.price, NULL));
  if (g_str_equal (plan, "pod"))
    offer.gpu = g_intern_string (what);
  else
    offer.offer_id = what;
  return offer;
}

/* "RTX 4090 eu-1 0.69 list, …" */
static void
assert_merged (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  stoker_offer_table_append_current (fixture->merged, fixture->profile, "mine", fixture->live);
  for (guint i = 0; i < stoker_offer_table_get_length (fixture->merged); i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (fixture->merged, i);
      g_autofree char *price = stoker_money_to_decimal (offer->price);

      g_assert_cmpstr (offer->provider_id, ==, "mine");
      g_string_append_printf (text, "%s%s %s %s %s", i > 0 ? ", " : "",
                              offer->gpu != NULL ? offer->gpu : offer->plan->id, offer->region,
                              price, offer->is_live ? "live" : "list");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_nothing_told (Fixture *fixture, gconstpointer data)
{
  assert_merged (fixture, "RTX 4090 eu-1 0.69 list, A100 us-1 0.0005 list, per-output * 0.03 list, "
                          "own eu-1 0.69 list");
}

/* The answer is about one region; what it does not name there is gone, the other region stays. */
static void
test_region (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = tell (fixture, "pod", "L4", "EU-1", "0.20");

  stoker_offer_table_append (fixture->live, &offer);
  assert_merged (fixture, "L4 EU-1 0.2 live, A100 us-1 0.0005 list, per-output * 0.03 list, "
                          "own eu-1 0.69 list");
}

/* It names no region, so it is about all of them. */
static void
test_anywhere (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = tell (fixture, "pod", "L4", "*", "0.20");

  stoker_offer_table_append (fixture->live, &offer);
  assert_merged (fixture, "L4 * 0.2 live, per-output * 0.03 list, own eu-1 0.69 list");
}

/* A service that is paid by the output tells the price of a model, and of no other. */
static void
test_model (Fixture *fixture, gconstpointer data)
{
  StokerOffer known = tell (fixture, "per-output", "core", "*", "0.025");
  StokerOffer other = tell (fixture, "per-output", "ultra", "*", "0.5");
  const StokerOffer *merged = NULL;

  known.price_unit = STOKER_UNIT_IMAGE;
  stoker_offer_table_append (fixture->live, &known);
  stoker_offer_table_append (fixture->live, &other);
  assert_merged (fixture, "RTX 4090 eu-1 0.69 list, A100 us-1 0.0005 list, per-output * 0.025 "
                          "live, own eu-1 0.69 list");
  merged = stoker_offer_table_get (fixture->merged, 2);
  g_assert_cmpint ((int) merged->output_kind, ==, STOKER_OUTPUT_IMAGE);
  g_assert_cmpstr (merged->source, ==, "asked");
}

/* What was not told of a machine is in the list: its memory, and its price, which is not live. */
static void
test_untold (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = tell (fixture, "pod", "rtx 4090", "*", NULL);
  const StokerOffer *merged = NULL;

  offer.vram_gb = -1;
  offer.is_available = STOKER_TRI_NO;
  stoker_offer_table_append (fixture->live, &offer);
  assert_merged (fixture, "rtx 4090 * 0.69 list, per-output * 0.03 list, own eu-1 0.69 list");
  merged = stoker_offer_table_get (fixture->merged, 0);
  g_assert_cmpfloat (merged->vram_gb, ==, 24);
  g_assert_cmpint ((int) merged->is_available, ==, STOKER_TRI_NO);
  g_assert_cmpstr (merged->source, ==, "a page");
}

/* A price of another region is better than none, and says of which it is. */
static void
test_price_of_elsewhere (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = tell (fixture, "pod", "RTX 4090", "us-1", NULL);

  offer.lacks_quota = TRUE;
  offer.is_available = STOKER_TRI_NO;
  stoker_offer_table_append (fixture->live, &offer);
  assert_merged (fixture, "RTX 4090 us-1 0.69 list, RTX 4090 eu-1 0.69 list, per-output * 0.03 "
                          "list, own eu-1 0.69 list");
  g_assert_cmpstr (stoker_offer_table_get (fixture->merged, 0)->price_region, ==, "eu-1");
  g_assert_true (stoker_offer_table_get (fixture->merged, 0)->lacks_quota);
  g_assert_null (stoker_offer_table_get (fixture->merged, 1)->price_region);
}

#define ADD(path, function) \
  g_test_add ("/offer-merge/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("nothing-told", test_nothing_told);
  ADD ("region", test_region);
  ADD ("anywhere", test_anywhere);
  ADD ("model", test_model);
  ADD ("untold", test_untold);
  ADD ("price-of-elsewhere", test_price_of_elsewhere);

  return g_test_run ();
}
