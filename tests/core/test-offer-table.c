/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "example-profile.h"
#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-offer-table.h"

typedef struct
{
  StokerCatalog *catalog;
  StokerProfile *profile; /* borrowed */
  StokerOfferTable *table;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->catalog = example_profile_load_catalog ();
  fixture->profile = stoker_catalog_lookup (fixture->catalog, "example");
  fixture->table = stoker_offer_table_new (fixture->catalog);
  stoker_offer_table_append_profile (fixture->table, fixture->profile, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->table);
  g_assert_finalize_object (fixture->catalog);
}

static void
assert_found (StokerOfferTable *table, const StokerOfferQuery *query, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = stoker_offer_table_query (table, query, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (text, "%u ", g_array_index (found, guint, i));
  g_assert_cmpstr (text->str, ==, expected);
}

/* The offers of the example: 0 is RTX 4090 at $0.69/h, 1 two A100 at $1.80/h, 2 a picture at $0.03,
 * 3 own hardware. */
static void
test_offers_of_a_profile (Fixture *fixture, gconstpointer data)
{
  const StokerOffer *pair = stoker_offer_table_get (fixture->table, 1);
  const StokerOffer *picture = stoker_offer_table_get (fixture->table, 2);
  const StokerOffer *own = stoker_offer_table_get (fixture->table, 3);

  g_assert_cmpuint (stoker_offer_table_get_length (fixture->table), ==, 4);
  g_assert_cmpstr (pair->provider_id, ==, "example");
  g_assert_true (pair->profile == fixture->profile);
  g_assert_cmpstr (pair->plan->id, ==, "pod");
  g_assert_cmpint (pair->gpus, ==, 2);
  g_assert_cmpint (stoker_offer_get_price_per_hour (pair).nanos, ==, 1800000000);
  g_assert_cmpstr (pair->source, ==, "a page");
  g_assert_cmpint ((int) picture->output_kind, ==, STOKER_OUTPUT_IMAGE);
  g_assert_false (stoker_offer_get_price_per_hour (picture).is_known);
  g_assert_cmpstr (own->plan->id, ==, "own");
  g_assert_null (own->gpu);
  g_assert_cmpfloat (own->vram_gb, ==, 16);
  g_assert_cmpstr (own->region, ==, "eu-1");
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  StokerOfferQuery all = { 0 };
  StokerOfferQuery gpu = { .gpu = "rtx_4090" };
  StokerOfferQuery vram = { .min_vram_gb = 24 };
  StokerOfferQuery price = { .max_price = stoker_money_usd (690000000) };
  StokerOfferQuery plan = { .plan = "per_output" };
  StokerOfferQuery plan_id = { .plan = "per-output" };
  StokerOfferQuery spot = { .is_spot = TRUE };
  StokerOfferQuery region = { .region = "US-1" };
  StokerOfferQuery residency = { .region = "eu" };
  StokerOfferQuery provider = { .provider = "nobody" };
  StokerOfferQuery limit = { .limit = 1 };

  assert_found (fixture->table, &all, "0 3 1 2 ");
  assert_found (fixture->table, &gpu, "0 ");
  assert_found (fixture->table, &vram, "0 1 ");
  assert_found (fixture->table, &price, "0 3 ");
  assert_found (fixture->table, &plan, "2 ");
  assert_found (fixture->table, &plan_id, "2 ");
  assert_found (fixture->table, &spot, "");
  assert_found (fixture->table, &region, "1 ");
  assert_found (fixture->table, &residency, "0 3 ");
  assert_found (fixture->table, &provider, "");
  assert_found (fixture->table, &limit, "0 ");
}

static void
test_registered_provider (Fixture *fixture, gconstpointer data)
{
  StokerOfferQuery registered = { .provider = "mine", .plan = "own" };
  StokerOfferQuery profile = { .provider = "example", .plan = "own" };

  stoker_offer_table_append_profile (fixture->table, fixture->profile, "mine");
  assert_found (fixture->table, &registered, "7 ");
  assert_found (fixture->table, &profile, "3 7 ");
}

static void
test_sorts (Fixture *fixture, gconstpointer data)
{
  StokerOfferQuery vram = { .sort = "vram" };
  StokerOfferQuery gpu = { .sort = "gpu" };
  StokerOfferQuery colour = { .sort = "colour" };
  g_autoptr (GError) error = NULL;

  assert_found (fixture->table, &vram, "1 0 3 2 ");
  assert_found (fixture->table, &gpu, "3 2 1 0 ");
  g_assert_null (stoker_offer_table_query (fixture->table, &colour, &error));
  g_assert_cmpstr (error->message, ==,
                   "cannot sort by \"colour\", only by price, vram, gpu, provider");
}

/* Not told is not cheap: an offer without a price comes last and does not pass a limit. */
static void
test_unknown_price (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = *stoker_offer_table_get (fixture->table, 0);
  StokerOfferQuery all = { .gpu = "4090" };
  StokerOfferQuery limited = { .gpu = "4090", .max_price = stoker_money_usd (G_MAXINT64) };

  offer.price = stoker_money_unknown ();
  stoker_offer_table_append (fixture->table, &offer);
  assert_found (fixture->table, &all, "0 4 ");
  assert_found (fixture->table, &limited, "0 ");
}

static void
test_tables_add_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerOfferTable) sum = stoker_offer_table_new (NULL);

  stoker_offer_table_append_table (sum, fixture->table);
  stoker_offer_table_append_table (sum, fixture->table);
  g_assert_cmpuint (stoker_offer_table_get_length (sum), ==, 8);
  g_assert_cmpstr (stoker_offer_table_get (sum, 4)->gpu, ==, "RTX 4090");
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = stoker_offer_to_json (stoker_offer_table_get (fixture->table, 1));
  g_autoptr (JsonNode) picture = stoker_offer_to_json (stoker_offer_table_get (fixture->table, 2));
  g_autofree char *text = stoker_json_to_string (node, FALSE);
  StokerJsonPlace root = stoker_json_root (picture, "offer");
  StokerJsonPlace per_hour = stoker_json_member (&root, "price_per_hour");
  StokerJsonPlace output = stoker_json_member (&root, "output");

  g_assert_cmpstr (
    text, ==,
    "{\"provider\":\"example\",\"template\":\"example\",\"plan\":\"pod\",\"plan_kind\":\"pod\","
    "\"offer_id\":null,"
    "\"gpu\":\"A100\",\"gpus\":2,\"vram_gb\":80,\"region\":\"us-1\",\"price\":\"0.0005\","
    "\"currency\":\"USD\","
    "\"unit\":\"second\",\"price_per_hour\":\"1.8\",\"source\":\"a "
    "page\",\"as_of\":\"2026-11-01T00:00:00Z\","
    "\"confidence\":\"official\",\"reliability\":null,\"available\":null,\"live\":false,"
    "\"output\":null}");
  g_assert_false (stoker_json_is_present (&per_hour));
  g_assert_true (stoker_json_expect_object (&output, NULL));
}

#define MANY 10000

static void
fill (StokerOfferTable *table, StokerOffer offer)
{
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *gpu = g_strdup_printf ("GPU %u", i % 50);

      offer.gpu = gpu;
      offer.price = stoker_money_usd ((gint64) ((i * 7919) % MANY) * 1000000);
      stoker_offer_table_append (table, &offer);
    }
}

/* Generous, for sanitizers and busy machines: it takes some 5 ms in a plain build. */
static void
test_ten_thousand_offers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerOfferTable) table = stoker_offer_table_new (fixture->catalog);
  StokerOfferQuery query = { .gpu = "gpu 1", .min_vram_gb = 8, .region = "eu" };
  g_autoptr (GArray) found = NULL;
  gint64 start;

  fill (table, *stoker_offer_table_get (fixture->table, 0));
  start = g_get_monotonic_time ();
  found = stoker_offer_table_query (table, &query, NULL);
  g_test_message ("%u of %u in %" G_GINT64_FORMAT " us", found->len, MANY,
                  g_get_monotonic_time () - start);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
  g_assert_cmpuint (found->len, ==, MANY / 50 * 11);
  for (guint i = 1; i < found->len; i++)
    {
      const StokerOffer *before = stoker_offer_table_get (table,
                                                          g_array_index (found, guint, i - 1));
      const StokerOffer *after = stoker_offer_table_get (table, g_array_index (found, guint, i));

      g_assert_cmpint (stoker_money_compare (before->price, after->price), <=, 0);
    }
}

static JsonNode *
encode (StokerOfferTable *table)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < stoker_offer_table_get_length (table); i++)
    json_array_add_element (array, stoker_offer_to_json (stoker_offer_table_get (table, i)));
  return json_node_init_array (json_node_alloc (), array);
}

/* What was written can be read again, with all that it tells. */
static void
test_json_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerOfferTable) again = stoker_offer_table_new (fixture->catalog);
  g_autoptr (JsonNode) document = encode (fixture->table);
  g_autoptr (JsonNode) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (
    stoker_offer_table_append_json (again, fixture->catalog, document, "o.json", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (stoker_offer_table_get_length (again), ==, 4);
  second = encode (again);
  g_assert_true (json_node_equal (document, second));
}

static void
test_json_mistakes (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *member;
    const char *value;
    const char *message;
  } mistakes[] = {
    { "template", "\"nobody\"", "o.json: $[0].template: the catalog has no provider “nobody”" },
    { "plan", "\"golden\"", "o.json: $[0].plan: “example” has no plan “golden”" },
    { "as_of", "\"soon\"", "o.json: $[0].as_of: “soon” is no time" },
    { "unit", "\"fortnight\"", "o.json: $[0].unit: " },
    { "price", "\"cheap\"", "o.json: $[0].price: " },
    { "gpus", "-1", "o.json: $[0].gpus: " },
    { "source", "null", "o.json: $[0].source: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (StokerOfferTable) again = stoker_offer_table_new (fixture->catalog);
      g_autoptr (JsonNode) document = encode (fixture->table);
      g_autoptr (GError) error = NULL;
      JsonArray *array = json_node_get_array (document);

      json_object_set_member (json_node_get_object (json_array_get_element (array, 0)),
                              mistakes[i].member,
                              stoker_json_parse (mistakes[i].value, -1, "value", NULL));
      g_assert_false (
        stoker_offer_table_append_json (again, fixture->catalog, document, "o.json", &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_true (g_str_has_prefix (error->message, mistakes[i].message));
    }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/offer-table/offers-of-a-profile", test_offers_of_a_profile);
  ADD ("/offer-table/filters", test_filters);
  ADD ("/offer-table/registered-provider", test_registered_provider);
  ADD ("/offer-table/sorts", test_sorts);
  ADD ("/offer-table/unknown-price", test_unknown_price);
  ADD ("/offer-table/tables-add-up", test_tables_add_up);
  ADD ("/offer-table/json", test_json);
  ADD ("/offer-table/ten-thousand-offers", test_ten_thousand_offers);
  ADD ("/offer-table/json-again", test_json_again);
  ADD ("/offer-table/json-mistakes", test_json_mistakes);

  return g_test_run ();
}
