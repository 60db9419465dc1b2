/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "example-profile.h"
#include "stoker-data-resource.h"
#include "stoker-error.h"

#include <glib/gstdio.h>

#include <string.h>

#define CATALOG_DIR "/io/github/stokerapp/Stoker/catalog"

static StokerCatalog *
load (const char *user_dir)
{
  g_autoptr (GError) error = NULL;
  StokerCatalog *catalog = stoker_catalog_load (CATALOG_DIR, user_dir, &error);

  g_assert_no_error (error);
  return catalog;
}

/* The providers that the first advisor, the comparison of clouds and the list of public providers
 * name, and ours. */
static void
test_all_providers_are_there (void)
{
  static const char *const ids[] = {
    "local",       "ssh",       "slurm",  "docker",        "comfyui", "kubernetes",   "coreweave",
    "runpod",      "vast",      "lambda", "aws-ec2",       "azure",   "google-cloud", "paperspace",
    "huggingface", "replicate", "modal",  "stability",     "fal",     "runway",       "pika",
    "luma",        "simulated", "banana", "aws-sagemaker",
  };
  g_autoptr (StokerCatalog) catalog = load (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_cmpstr (stoker_catalog_lookup (catalog, ids[i])->id, ==, ids[i]);
  g_assert_cmpuint (stoker_catalog_get_profiles (catalog)->len, >=, G_N_ELEMENTS (ids));
  g_assert_null (stoker_catalog_lookup (catalog, "no-such-provider"));
  g_assert_null (stoker_catalog_lookup (catalog, NULL));
  g_assert_null (stoker_catalog_get_problems (catalog)[0]);
}

static void
test_sorted_by_name (void)
{
  g_autoptr (StokerCatalog) catalog = load (NULL);
  GPtrArray *profiles = stoker_catalog_get_profiles (catalog);

  for (guint i = 1; i < profiles->len; i++)
    {
      const StokerProfile *before = g_ptr_array_index (profiles, i - 1);
      const StokerProfile *after = g_ptr_array_index (profiles, i);

      g_assert_cmpint (g_ascii_strcasecmp (before->name, after->name), <=, 0);
    }
}

/* A file that is not in the list of resources/meson.build would be missing in the program without
 * anybody noticing. */
static void
test_every_file_is_compiled_in (void)
{
  g_autofree char *dir_path = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "resources",
                                                "catalog", NULL);
  g_autoptr (GDir) dir = g_dir_open (dir_path, 0, NULL);
  g_autoptr (StokerCatalog) catalog = load (NULL);
  const char *name = NULL;
  guint count = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *id = NULL;

      if (!g_str_has_suffix (name, ".json"))
        continue;
      id = g_strndup (name, strlen (name) - strlen (".json"));
      g_assert_nonnull (stoker_catalog_lookup (catalog, id));
      count++;
    }
  g_assert_cmpuint (count, ==, stoker_catalog_get_profiles (catalog)->len);
}

static void
assert_origin (const StokerFact *fact)
{
  g_assert_nonnull (fact->source);
  g_assert_cmpstr (fact->source, !=, "");
  g_assert_cmpint (fact->as_of_us, >, 0);
}

static void
assert_price (const StokerPrice *price)
{
  g_assert_true (price->amount.is_known);
  assert_origin (&price->fact);
  /* "Free" is a claim too, and says why. */
  if (price->amount.nanos == 0)
    g_assert_nonnull (price->note);
}

static void
assert_plan (const StokerPlan *plan)
{
  assert_origin (&plan->billing.fact);
  if (plan->kind == STOKER_PLAN_PER_OUTPUT)
    g_assert_cmpint (plan->billing.increment_s, ==, -1);
  else
    g_assert_cmpint (plan->billing.increment_s, >=, 1);
  for (guint i = 0; i < plan->offers->len; i++)
    assert_price (&((const StokerPlanOffer *) g_ptr_array_index (plan->offers, i))->price);
  for (guint i = 0; i < plan->storage->len; i++)
    assert_price (&((const StokerStorageRate *) g_ptr_array_index (plan->storage, i))->price);
  for (guint i = 0; plan->egress != NULL && i < plan->egress->len; i++)
    assert_price (&((const StokerTier *) g_ptr_array_index (plan->egress, i))->price);
  for (guint i = 0; plan->ingress != NULL && i < plan->ingress->len; i++)
    assert_price (&((const StokerTier *) g_ptr_array_index (plan->ingress, i))->price);
}

static void
test_every_price_has_an_origin (void)
{
  g_autoptr (StokerCatalog) catalog = load (NULL);
  GPtrArray *profiles = stoker_catalog_get_profiles (catalog);

  for (guint i = 0; i < profiles->len; i++)
    {
      const StokerProfile *profile = g_ptr_array_index (profiles, i);

      if (profile->price_hint.amount.is_known)
        assert_price (&profile->price_hint);
      for (guint j = 0; j < profile->plans->len; j++)
        assert_plan (g_ptr_array_index (profile->plans, j));
    }
}

/* The table of curated providers of the first advisor. */
typedef struct
{
  const char *id;
  const char *fields;      /* separated by spaces */
  const char *default_gpu; /* NULL: named differently today; a correction says so */
  double min_vram_gb;
} Curated;

static const Curated curated[] = {
  { "runpod", "api_key", "A10G", 12 },
  { "vast", "api_key", "RTX 4090", 16 },
  { "lambda", "api_key", "A100", 24 },
  { "aws-ec2", "access_key secret_key region", "g5.xlarge", 24 },
  { "azure", "tenant_id client_id client_secret subscription_id", "NC4as_T4_v3", 16 },
  { "coreweave", "api_key organization_id", "A40", 24 },
  { "google-cloud", "project_id service_account_json region", "L4", 16 },
  { "paperspace", "api_key project", "A4000", 16 },
  { "docker", "endpoint api_token", "local", 8 },
  { "ssh", "hostname username ssh_key_path nfs_mount", "custom", 8 },
};

static void
test_curated_providers (void)
{
  g_autoptr (StokerCatalog) catalog = load (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (curated); i++)
    {
      const StokerProfile *profile = stoker_catalog_lookup (catalog, curated[i].id);
      g_auto (GStrv) fields = g_strsplit (curated[i].fields, " ", -1);

      for (guint j = 0; fields[j] != NULL; j++)
        g_assert_nonnull (stoker_profile_find_field (profile, fields[j]));
      g_assert_cmpstr (profile->default_gpu, ==, curated[i].default_gpu);
      g_assert_cmpfloat (profile->min_vram_gb, ==, curated[i].min_vram_gb);
      g_assert_cmpstr (profile->policy_highlight, !=, "");
      g_assert_nonnull (stoker_profile_get_policy_hint (profile, NULL));
      g_assert_cmpuint (g_strv_length (profile->onboarding_notes), >, 0);
      g_assert_cmpuint (profile->regions->len, >, 0);
      g_assert_true (profile->price_hint.amount.is_known);
    }
}

/* The comparison of clouds. */
typedef struct
{
  const char *id;
  int rating;
  double uptime_percent; /* -1: the comparison tells none */
} Compared;

static const Compared compared[] = {
  { "runpod", 5, 99.5 }, { "google-cloud", 4, 99.95 }, { "vast", 4, 90 },
  { "lambda", 4, 99.5 }, { "replicate", 3, 99.9 },     { "aws-sagemaker", 3, 99.99 },
  { "azure", 3, -1 },
};

static void
test_compared_providers (void)
{
  g_autoptr (StokerCatalog) catalog = load (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (compared); i++)
    {
      const StokerProfile *profile = stoker_catalog_lookup (catalog, compared[i].id);

      g_assert_cmpint (profile->rating, ==, compared[i].rating);
      g_assert_nonnull (profile->rating_speed);
      g_assert_nonnull (profile->rating_ease);
      assert_origin (&profile->rating_fact);
      g_assert_cmpfloat (profile->uptime_percent, ==, compared[i].uptime_percent);
      g_assert_cmpstr (profile->best_for, !=, "");
      g_assert_cmpstr (profile->support, !=, "");
      g_assert_cmpuint (g_strv_length (profile->choose_if), >, 0);
      g_assert_cmpuint (g_strv_length (profile->pros), >=, 3);
      g_assert_cmpuint (g_strv_length (profile->cons), >=, 3);
    }
}

static void
test_public_providers (void)
{
  static const struct
  {
    const char *id;
    const char *flag;
  } cases[] = {
    { "runpod", "enable_public_gpu" },
    { "huggingface", "enable_public_gpu" },
    { "replicate", "enable_public_gpu" },
    { "modal", "enable_public_gpu" },
    { "stability", "enable_public_image_providers" },
    { "fal", "enable_public_image_providers" },
    { "runway", "enable_public_video_providers" },
    { "pika", "enable_public_video_providers" },
    { "luma", "enable_public_video_providers" },
  };
  g_autoptr (StokerCatalog) catalog = load (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const StokerProfile *profile = stoker_catalog_lookup (catalog, cases[i].id);

      g_assert_cmpstr (profile->feature_flag, ==, cases[i].flag);
      g_assert_cmpuint (g_strv_length (profile->capabilities), >=, 3);
      g_assert_nonnull (profile->pricing_url);
      g_assert_true (g_str_has_prefix (profile->pricing_url, "https://"));
    }
}

static void
test_own_hardware_needs_no_flag (void)
{
  static const char *const ids[] = { "local",   "ssh",        "slurm",    "docker",
                                     "comfyui", "kubernetes", "simulated" };
  g_autoptr (StokerCatalog) catalog = load (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_null (stoker_catalog_lookup (catalog, ids[i])->feature_flag);
}

static void
test_special_cases (void)
{
  g_autoptr (StokerCatalog) catalog = load (NULL);
  const StokerProfile *banana = stoker_catalog_lookup (catalog, "banana");

  g_assert_true (banana->is_discontinued);
  g_assert_cmpstr (banana->status_note, !=, "");
  g_assert_cmpint (banana->rating, ==, 2);
  g_assert_nonnull (stoker_catalog_lookup (catalog, "vast")->opt_in_warning);
  g_assert_cmpstr (stoker_profile_get_residency (stoker_catalog_lookup (catalog, "local"), NULL),
                   !=, "");
}

/* The second file of the same provider under another name, one that is no JSON, one that takes a
 * shipped id. */
static void
test_files_of_the_user (void)
{
  g_autofree char *dir = g_build_filename (g_get_user_data_dir (), "catalog", NULL);
  g_autofree char *good = g_build_filename (dir, "example.json", NULL);
  g_autofree char *misnamed = g_build_filename (dir, "other.json", NULL);
  g_autofree char *broken = g_build_filename (dir, "broken.json", NULL);
  g_autofree char *taken = g_build_filename (dir, "runpod.json", NULL);
  g_autofree char *text = example_profile_load_text ();
  g_autoptr (GString) runpod = g_string_new (text);
  g_autoptr (StokerCatalog) catalog = NULL;
  GStrv problems = NULL;

  g_string_replace (runpod, "\"id\": \"example\"", "\"id\": \"runpod\"", 1);
  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (good, text, -1, NULL));
  g_assert_true (g_file_set_contents (misnamed, text, -1, NULL));
  g_assert_true (g_file_set_contents (broken, "{\"id\": }", -1, NULL));
  g_assert_true (g_file_set_contents (taken, runpod->str, -1, NULL));
  catalog = load (dir);
  problems = stoker_catalog_get_problems (catalog);

  g_assert_cmpstr (stoker_catalog_lookup (catalog, "example")->name, ==, "Example");
  g_assert_cmpstr (stoker_catalog_lookup (catalog, "runpod")->name, ==, "RunPod");
  g_assert_cmpuint (g_strv_length (problems), ==, 3);
  g_assert_true (g_str_has_suffix (problems[0], "broken.json:1:8: expected a value"));
  g_assert_true (
    g_str_has_suffix (problems[1], "other.json: $.id: \"example\" is not the name of the file"));
  g_assert_true (
    g_str_has_suffix (problems[2],
                      "runpod.json: $.id: \"runpod\" is the id of another provider already"));
}

static void
test_no_folder_of_the_user (void)
{
  g_autofree char *dir = g_build_filename (g_get_user_data_dir (), "no-such-folder", NULL);
  g_autoptr (StokerCatalog) catalog = load (dir);

  g_assert_null (stoker_catalog_get_problems (catalog)[0]);
}

static void
test_mistakes_in_a_folder_are_errors (void)
{
  g_autofree char *dir = g_build_filename (g_get_user_data_dir (), "wrong", NULL);
  g_autofree char *path = g_build_filename (dir, "x.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) resource_error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{}", -1, NULL));
  g_assert_null (stoker_catalog_load_dir (dir, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_null (stoker_catalog_load ("/no/such/folder", NULL, &resource_error));
  g_assert_nonnull (resource_error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/catalog/all-providers-are-there", test_all_providers_are_there);
  g_test_add_func ("/catalog/sorted-by-name", test_sorted_by_name);
  g_test_add_func ("/catalog/every-file-is-compiled-in", test_every_file_is_compiled_in);
  g_test_add_func ("/catalog/every-price-has-an-origin", test_every_price_has_an_origin);
  g_test_add_func ("/catalog/curated-providers", test_curated_providers);
  g_test_add_func ("/catalog/compared-providers", test_compared_providers);
  g_test_add_func ("/catalog/public-providers", test_public_providers);
  g_test_add_func ("/catalog/own-hardware-needs-no-flag", test_own_hardware_needs_no_flag);
  g_test_add_func ("/catalog/special-cases", test_special_cases);
  g_test_add_func ("/catalog/files-of-the-user", test_files_of_the_user);
  g_test_add_func ("/catalog/no-folder-of-the-user", test_no_folder_of_the_user);
  g_test_add_func ("/catalog/mistakes-in-a-folder-are-errors",
                   test_mistakes_in_a_folder_are_errors);

  return g_test_run ();
}
