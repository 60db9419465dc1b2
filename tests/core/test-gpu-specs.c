/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-data-resource.h"
#include "stoker-error.h"
#include "stoker-gpu-specs.h"
#include "stoker-json.h"

#define SPECS_PATH "/io/github/stokerapp/Stoker/gpu-specs.json"

static void
test_shipped_table (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerGpuSpecs) specs = stoker_gpu_specs_load (SPECS_PATH, &error);
  const StokerGpuSpec *spec = NULL;

  g_assert_no_error (error);
  spec = stoker_gpu_specs_lookup (specs, "NVIDIA GeForce RTX 3090");
  g_assert_cmpstr (spec->name, ==, "RTX 3090");
  g_assert_cmpfloat (spec->vram_gb, ==, 24);
  g_assert_cmpfloat (spec->tdp_w, ==, 350);
  g_assert_cmpfloat (spec->relative_speed, ==, 1);
  g_assert_true (spec->purchase.is_known);
  g_assert_nonnull (spec->purchase_fact.source);
  g_assert_cmpint (spec->purchase_fact.as_of_us, >, 0);
}

static void
test_spelling_does_not_count (void)
{
  g_autoptr (StokerGpuSpecs) specs = stoker_gpu_specs_load (SPECS_PATH, NULL);
  static const char *const names[] = { "rtx 3090", "RTX_3090", "RTX3090",
                                       "nvidia geforce rtx-3090" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (stoker_gpu_specs_lookup (specs, names[i])->name, ==, "RTX 3090");
}

static void
test_other_models_are_not_taken_for_it (void)
{
  g_autoptr (StokerGpuSpecs) specs = stoker_gpu_specs_load (SPECS_PATH, NULL);

  g_assert_null (stoker_gpu_specs_lookup (specs, "RTX 3090 Laptop GPU"));
  g_assert_null (stoker_gpu_specs_lookup (specs, "Voodoo 2"));
  g_assert_null (stoker_gpu_specs_lookup (specs, ""));
  g_assert_null (stoker_gpu_specs_lookup (specs, NULL));
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "{}", "f: $.schema: is missing" },
    { "{\"schema\":1,\"relative_speed_note\":\"\",\"gpus\":[{\"name\":\"x\"}]}",
      "f: $.gpus[0].aliases: is missing" },
    { "{\"schema\":1,\"relative_speed_note\":\"\",\"gpus\":[{\"name\":\"x\",\"aliases\":[],\"vram_"
      "gb\":-1,\"tdp_w\":null,"
      "\"purchase_usd\":null,\"purchase_source\":null,\"purchase_as_of\":null,\"relative_speed\":"
      "null}]}",
      "f: $.gpus[0].vram_gb: must not be negative" },
    { "{\"schema\":1,\"relative_speed_note\":\"\",\"gpus\":[{\"name\":\"x\",\"aliases\":[],\"vram_"
      "gb\":null,\"tdp_w\":null,"
      "\"purchase_usd\":\"9\",\"purchase_source\":null,\"purchase_as_of\":null,\"relative_speed\":"
      "null}]}",
      "f: $.gpus[0].purchase_source: must not be null" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = stoker_json_parse (cases[i].text, -1, "f", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (stoker_gpu_specs_decode (node, "f", &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/gpu-specs/shipped-table", test_shipped_table);
  g_test_add_func ("/gpu-specs/spelling-does-not-count", test_spelling_does_not_count);
  g_test_add_func ("/gpu-specs/other-models-are-not-taken-for-it",
                   test_other_models_are_not_taken_for_it);
  g_test_add_func ("/gpu-specs/refuses", test_refuses);

  return g_test_run ();
}
