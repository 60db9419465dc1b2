/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "example-profile.h"

typedef struct
{
  StokerCatalog *catalog;
  StokerProfile *profile; /* borrowed */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->catalog = example_profile_load_catalog ();
  fixture->profile = stoker_catalog_lookup (fixture->catalog, "example");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->catalog);
}

static void
test_head (Fixture *fixture, gconstpointer data)
{
  const StokerProfile *profile = fixture->profile;

  g_assert_cmpstr (profile->name, ==, "Example");
  g_assert_cmpint ((int) profile->kind, ==, STOKER_KIND_GPU);
  g_assert_false (profile->is_discontinued);
  g_assert_null (profile->status_note);
  g_assert_cmpstr (profile->feature_flag, ==, "enable_public_gpu");
  g_assert_cmpstr (profile->opt_in_warning, ==, "Hosts are run by strangers.");
  g_assert_cmpfloat (profile->min_vram_gb, ==, 16);
  g_assert_cmpint (profile->price_hint.amount.nanos, ==, 690000000);
  g_assert_cmpint ((int) profile->price_hint.fact.confidence, ==, STOKER_CONFIDENCE_OFFICIAL);
  g_assert_cmpfloat (profile->uptime_percent, ==, 99.5);
  g_assert_cmpfloat (profile->failure_rate, ==, 0.02);
  g_assert_cmpint (profile->rating, ==, 4);
  g_assert_cmpint (profile->result_kept_s, ==, 3600);
  g_assert_cmpstr (profile->docs_url, ==, "https://example.com/docs");
  g_assert_null (profile->pricing_url);
  g_assert_cmpuint (profile->corrections->len, ==, 1);
}

static void
test_plan (Fixture *fixture, gconstpointer data)
{
  const StokerPlan *plan = stoker_profile_find_plan (fixture->profile, "pod");
  const StokerTier *first = g_ptr_array_index (plan->egress, 0);
  const StokerTier *last = g_ptr_array_index (plan->egress, 1);
  const StokerPlanOffer *offer = g_ptr_array_index (plan->offers, 1);

  g_assert_cmpint (plan->billing.increment_s, ==, 60);
  g_assert_cmpint (plan->billing.minimum_s, ==, 120);
  g_assert_cmpint (plan->billing.idle_window_s, ==, -1);
  g_assert_cmpint ((int) plan->billing.starting, ==, STOKER_TRI_UNKNOWN);
  g_assert_cmpint ((int) plan->billing.idle, ==, STOKER_TRI_YES);
  g_assert_cmpint ((int) plan->billing.stopped, ==, STOKER_TRI_NO);
  g_assert_true (plan->cold_start.is_known);
  g_assert_cmpint (plan->cold_start.p95_s, ==, 90);
  g_assert_false (plan->request_time.is_known);
  g_assert_true (plan->interruption.is_known);
  g_assert_cmpfloat (plan->interruption.redo_fraction, ==, -1);
  g_assert_null (plan->ingress);
  g_assert_cmpfloat (first->up_to_gb, ==, 100);
  g_assert_cmpfloat (last->up_to_gb, ==, -1);
  g_assert_cmpint (offer->gpus, ==, 2);
  g_assert_cmpstr (offer->note, ==, "two cards");
  g_assert_null (stoker_profile_find_plan (fixture->profile, "spot"));
  g_assert_null (stoker_profile_find_plan (fixture->profile, NULL));
}

static void
test_fields (Fixture *fixture, gconstpointer data)
{
  const StokerAuthField *key = stoker_profile_find_field (fixture->profile, "api_key");
  const StokerAuthField *region = stoker_profile_find_field (fixture->profile, "api_region");

  g_assert_cmpint ((int) key->type, ==, STOKER_FIELD_SECRET);
  g_assert_true (key->is_required);
  g_assert_cmpstr (key->env[0], ==, "EXAMPLE_KEY");
  g_assert_cmpstr (region->default_value, ==, "eu");
  g_assert_null (stoker_profile_find_field (fixture->profile, "password"));
}

static void
test_policy_hint (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (stoker_profile_get_policy_hint (fixture->profile, "image"), ==, "For pictures.");
  g_assert_cmpstr (stoker_profile_get_policy_hint (fixture->profile, "training"), ==,
                   "For everything.");
  g_assert_cmpstr (stoker_profile_get_policy_hint (fixture->profile, NULL), ==, "For everything.");
}

static void
test_residency (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (stoker_profile_get_residency (fixture->profile, "eu-1"), ==, "eu");
  g_assert_cmpstr (stoker_profile_get_residency (fixture->profile, "us-1a"), ==, "us");
  g_assert_cmpstr (stoker_profile_get_residency (fixture->profile, "us-1-b"), ==, "us");
  g_assert_cmpstr (stoker_profile_get_residency (fixture->profile, "us-12"), ==, "unknown");
  g_assert_cmpstr (stoker_profile_get_residency (fixture->profile, "mars"), ==, "unknown");
  g_assert_cmpstr (stoker_profile_get_residency (fixture->profile, "*"), ==, "unknown");
  g_assert_cmpstr (stoker_profile_get_residency (fixture->profile, NULL), ==, "unknown");
}

static void
test_listing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) listing = stoker_profile_to_listing (fixture->profile);
  g_autofree char *text = stoker_json_to_string (listing, FALSE);

  g_assert_cmpstr (stoker_profile_get_connector_class (fixture->profile), ==, "http");
  g_assert_cmpstr (fixture->profile->proofs[0], ==, "emulator");
  g_assert_cmpstr (fixture->profile->proofs[1], ==, "official-client: example 1.2.0");
  g_assert_cmpstr (
    text, ==,
    "{\"id\":\"example\",\"name\":\"Example\",\"kind\":\"gpu\",\"status\":\"active\",\"hosted\":true,"
    "\"plans\":[\"pod\",\"per-output\",\"own\"],\"auth_fields\":[\"api_key\",\"api_region\","
    "\"token_id\"],"
    "\"operations\":[\"check\",\"submit\"],\"proved\":[\"emulator\",\"official-client\"],\"last_checked\":\"2026-11-"
    "02\"}");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/profile/head", test_head);
  ADD ("/profile/plan", test_plan);
  ADD ("/profile/fields", test_fields);
  ADD ("/profile/policy-hint", test_policy_hint);
  ADD ("/profile/residency", test_residency);
  ADD ("/profile/listing", test_listing);

  return g_test_run ();
}
