/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "advisor-fixture.h"

#include <string.h>

static char *
build_path (const char *first, const char *second)
{
  return g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), first, second, NULL);
}

static StokerGpuSpecs *
load_specs (void)
{
  g_autofree char *path = build_path ("resources", "gpu-specs.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = stoker_json_load_file (path, STOKER_JSON_MAX_BYTES, &error);
  StokerGpuSpecs *specs;

  g_assert_no_error (error);
  specs = stoker_gpu_specs_decode (node, "gpu-specs.json", &error);
  g_assert_no_error (error);

  return specs;
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = build_path ("tests/advisor", "catalog");
  g_autoptr (GError) error = NULL;
  GPtrArray *profiles;

  fixture->catalog = stoker_catalog_load_dir (dir, &error);
  g_assert_no_error (error);
  fixture->specs = load_specs ();
  fixture->offers = stoker_offer_table_new (fixture->catalog);
  fixture->providers = g_ptr_array_new_with_free_func (g_object_unref);
  profiles = stoker_catalog_get_profiles (fixture->catalog);
  g_assert_cmpuint (profiles->len, ==, 7);
  for (guint i = 0; i < profiles->len; i++)
    stoker_offer_table_append_profile (fixture->offers, profiles->pdata[i], NULL);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->workload, stoker_workload_unref);
  g_clear_pointer (&fixture->local, stoker_local_snapshot_unref);
  g_clear_pointer (&fixture->providers, g_ptr_array_unref);
  g_assert_finalize_object (fixture->specs);
  g_assert_finalize_object (fixture->offers);
  g_assert_finalize_object (fixture->catalog);
}

/* JSON with ' for ", which C reads better. */
StokerWorkload *
fixture_make_workload (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = stoker_json_parse (text, -1, "workload", &error);
  StokerWorkload *workload;

  g_assert_no_error (error);
  workload = stoker_workload_decode (node, "workload", &error);
  g_assert_no_error (error);

  return workload;
}

void
fixture_set_workload (Fixture *fixture, const char *json)
{
  g_clear_pointer (&fixture->workload, stoker_workload_unref);
  fixture->workload = fixture_make_workload (json);
}

void
fixture_set_gpu (Fixture *fixture, const char *name, double vram_gb, double load_percent)
{
  StokerGpu *gpu = stoker_gpu_new ("nvidia", name);

  gpu->vram_total_gb = vram_gb;
  gpu->vram_used_gb = 0.5;
  gpu->load_percent = load_percent;
  g_clear_pointer (&fixture->local, stoker_local_snapshot_unref);
  fixture->local = stoker_local_snapshot_new (FIXTURE_NOW_US, "nvml");
  g_ptr_array_add (fixture->local->gpus, gpu);
}

StokerProvider *
fixture_register (Fixture *fixture, const char *profile, int priority)
{
  StokerProvider *provider =
    stoker_provider_new_from_profile (stoker_catalog_lookup (fixture->catalog, profile), profile);

  stoker_provider_set_priority (provider, priority);
  stoker_provider_set_active (provider, TRUE);
  g_ptr_array_add (fixture->providers, provider);

  return provider;
}

/* Registers an entry in the form of a registry export. */
StokerProvider *
fixture_import (Fixture *fixture, const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = stoker_json_parse (text, -1, "entry", &error);
  StokerJsonPlace root = stoker_json_root (node, "entry");
  StokerProvider *provider = stoker_provider_decode (&root, fixture->catalog, NULL, &error);

  g_assert_no_error (error);
  g_ptr_array_add (fixture->providers, provider);

  return provider;
}

/* The first offer of a plan; @what, when given, is its GPU, region or model. */
const StokerOffer *
fixture_find_offer (Fixture *fixture, const char *provider, const char *plan, const char *what)
{
  for (guint i = 0; i < stoker_offer_table_get_length (fixture->offers); i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (fixture->offers, i);

      if (!g_str_equal (offer->provider_id, provider) || !g_str_equal (offer->plan->id, plan))
        continue;
      if (what == NULL || g_strcmp0 (what, offer->gpu) == 0 ||
          g_strcmp0 (what, offer->region) == 0 || g_strcmp0 (what, offer->output_model) == 0)
        return offer;
    }

  g_assert_not_reached ();
}

StokerAdvisorInput
fixture_get_input (Fixture *fixture)
{
  StokerAdvisorInput input = {
    .workload = fixture->workload,
    .catalog = fixture->catalog,
    .offers = fixture->offers,
    .providers = fixture->providers,
    .local = fixture->local,
    .local_cost = { .watts = -1, .useful_hours = -1 },
    .specs = fixture->specs,
    .now_us = FIXTURE_NOW_US,
  };

  return input;
}

StokerAdvice *
fixture_advise (Fixture *fixture)
{
  StokerAdvisorInput input = fixture_get_input (fixture);
  g_autoptr (GError) error = NULL;
  StokerAdvice *advice = stoker_advise (&input, &error);

  g_assert_no_error (error);
  g_assert_nonnull (advice->reason);
  g_assert_nonnull (advice->analysis);
  g_assert_nonnull (advice->job_summary);

  return advice;
}

const StokerCandidate *
fixture_find_candidate (const StokerAdvice *advice, const char *provider, const char *plan)
{
  for (guint i = 0; i < advice->candidates->len; i++)
    {
      const StokerCandidate *candidate = advice->candidates->pdata[i];

      if (g_str_equal (candidate->id, provider) &&
          (plan == NULL || g_str_equal (candidate->offer.plan->id, plan)))
        return candidate;
    }

  return NULL;
}

const StokerRejection *
fixture_find_rejection (const StokerAdvice *advice, const char *provider, const char *group)
{
  for (guint i = 0; i < advice->rejected->len; i++)
    {
      const StokerRejection *rejection = advice->rejected->pdata[i];

      if (g_str_equal (rejection->id, provider) && g_str_equal (rejection->group, group))
        return rejection;
    }

  return NULL;
}

gboolean
fixture_has_text (GPtrArray *texts, const char *part)
{
  for (guint i = 0; i < texts->len; i++)
    if (strstr (texts->pdata[i], part) != NULL)
      return TRUE;

  return FALSE;
}

/* @decimal NULL: the amount has to be unknown. */
void
fixture_assert_money (StokerMoney money, const char *decimal)
{
  g_autofree char *text = stoker_money_to_decimal (money);

  g_assert_cmpstr (text, ==, decimal);
}

const StokerEstimateItem *
fixture_find_item (const StokerEstimate *estimate, const char *label)
{
  for (guint i = 0; i < estimate->items->len; i++)
    {
      const StokerEstimateItem *item = estimate->items->pdata[i];

      if (g_str_equal (item->label, label))
        return item;
    }

  return NULL;
}

/* An hour of pictures on 12 GB; @more is appended to the document. */
void
fixture_set_small (Fixture *fixture, const char *more)
{
  g_autofree char *json = g_strdup_printf (
    "{'requirements': {'type': 'image', 'min_vram_gb': 12, 'estimated_minutes': 60}%s}", more);

  fixture_set_workload (fixture, json);
}

void
fixture_assert_chosen (const StokerAdvice *advice,
                       StokerChoice choice,
                       const char *id,
                       const char *plan)
{
  const StokerCandidate *chosen = stoker_advice_get_chosen (advice);

  g_assert_cmpint (advice->choice, ==, choice);
  g_assert_nonnull (chosen);
  g_assert_cmpstr (chosen->id, ==, id);
  g_assert_cmpstr (chosen->offer.plan->id, ==, plan);
}
