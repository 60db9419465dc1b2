/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-workload.h"

static StokerWorkload *
decode (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = stoker_json_parse (text, -1, "w", error);

  g_assert_nonnull (node);
  return stoker_workload_decode (node, "w", error);
}

static void
test_nothing_told (void)
{
  g_autoptr (StokerWorkload) workload = decode ("{}", NULL);

  g_assert_null (workload->name);
  g_assert_null (workload->type);
  g_assert_cmpfloat (workload->min_vram_gb, ==, -1);
  g_assert_cmpfloat (workload->estimated_minutes, ==, -1);
  g_assert_cmpint (workload->gpus, ==, 1);
  g_assert_cmpint ((int) workload->needs_persistent_storage, ==, STOKER_TRI_UNKNOWN);
  g_assert_cmpuint (workload->assets->len, ==, 0);
  g_assert_cmpuint (workload->workflows->len, ==, 0);
  g_assert_false (workload->budget.is_known);
  g_assert_false (workload->has_mode);
  g_assert_cmpint ((int) workload->mode, ==, STOKER_MODE_BALANCED);
  g_assert_cmpint (workload->outputs, ==, -1);
  g_assert_null (workload->residency);
  g_assert_false (workload->allows_spot);
  g_assert_null (workload->payload);
  g_assert_null (workload->command);
  g_assert_nonnull (workload->source);
}

static void
test_form_of_the_first_advisor (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "tests", "data",
                                            "workload-cg-batch.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkload) workload = stoker_workload_load (path, &error);
  const StokerAsset *asset = NULL;
  const StokerWorkflowRef *workflow = NULL;

  g_assert_no_error (error);
  asset = g_ptr_array_index (workload->assets, 0);
  workflow = g_ptr_array_index (workload->workflows, 0);
  g_assert_cmpstr (workload->type, ==, "cg_batch");
  g_assert_cmpfloat (workload->min_vram_gb, ==, 24);
  g_assert_cmpfloat (workload->estimated_minutes, ==, 180);
  g_assert_cmpstr (asset->name, ==, "scene_cache.tar");
  g_assert_cmpfloat (asset->size_mb, ==, 2400);
  g_assert_cmpstr (workflow->id, ==, "cg-upscale");
  g_assert_false (workflow->is_cached);
  g_assert_true (workflow->persists_outputs);
  g_assert_cmpint (workload->budget.nanos, ==, 20 * STOKER_NANOS_PER_UNIT);
  g_assert_true (workload->has_mode);
  g_assert_cmpint ((int) workload->mode, ==, STOKER_MODE_COST_SAVER);
  g_assert_true (workload->pipeline_requires_gpu);
  g_assert_cmpstr (workload->pipeline_stages[0], ==, "translation");
}

static void
test_full_form (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkload)
    workload = decode ("{\"name\":\"n\",\"project\":\"p\",\"requirements\":{\"gpus\":2,"
                       "\"persistent_storage\":false,\"upload_mb\":1.5,"
                       "\"download_mb\":2},\"outputs\":{\"count\":10,\"seconds_per_"
                       "output\":2.5,\"kind\":\"video\",\"per_month\":1000},"
                       "\"residency\":[\"eu\"],\"regions\":[\"EU-RO-1\"],\"wish\":"
                       "\"throughput\",\"deadline_minutes\":60,"
                       "\"preferred_provider\":\"runpod\",\"opt_in\":[\"vast\"],\"allow_"
                       "spot\":true,\"hours_per_month\":160,"
                       "\"payload\":{\"prompt\":\"x\"},\"command\":[\"render\",\"-f\"],"
                       "\"assets\":[{\"licence\":\"CC-BY-4.0\",\"type\":\"model\"}]}",
                       &error);
  const StokerAsset *asset = NULL;

  g_assert_no_error (error);
  asset = g_ptr_array_index (workload->assets, 0);
  g_assert_cmpstr (workload->project, ==, "p");
  g_assert_cmpint (workload->gpus, ==, 2);
  g_assert_cmpint ((int) workload->needs_persistent_storage, ==, STOKER_TRI_NO);
  g_assert_cmpfloat (workload->upload_mb, ==, 1.5);
  g_assert_cmpint (workload->outputs, ==, 10);
  g_assert_cmpfloat (workload->seconds_per_output, ==, 2.5);
  g_assert_cmpint ((int) workload->output_kind, ==, STOKER_OUTPUT_VIDEO);
  g_assert_cmpint (workload->outputs_per_month, ==, 1000);
  g_assert_cmpstr (workload->residency[0], ==, "eu");
  g_assert_cmpstr (workload->regions[0], ==, "EU-RO-1");
  g_assert_cmpint ((int) workload->wish, ==, STOKER_WISH_THROUGHPUT);
  g_assert_cmpfloat (workload->deadline_minutes, ==, 60);
  g_assert_cmpstr (workload->preferred_provider, ==, "runpod");
  g_assert_cmpstr (workload->opt_in[0], ==, "vast");
  g_assert_true (workload->allows_spot);
  g_assert_cmpfloat (workload->hours_per_month, ==, 160);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (workload->payload));
  g_assert_cmpstr (workload->command[1], ==, "-f");
  g_assert_cmpstr (asset->licence, ==, "CC-BY-4.0");
  g_assert_cmpfloat (asset->size_mb, ==, -1);
}

static void
test_outputs_as_a_number (void)
{
  g_autoptr (StokerWorkload)
    workload = decode ("{\"outputs\":1000,\"seconds_per_output\":20}", NULL);

  g_assert_cmpint (workload->outputs, ==, 1000);
  g_assert_cmpfloat (workload->seconds_per_output, ==, 20);
}

static void
test_exact_budget (void)
{
  g_autoptr (StokerWorkload) workload = decode ("{\"budget\":{\"limit_usd\":0.1}}", NULL);
  g_autoptr (StokerWorkload) nothing = decode ("{\"budget\":{\"limit_usd\":0}}", NULL);

  g_assert_cmpint (workload->budget.nanos, ==, 100000000);
  g_assert_true (nothing->budget.is_known);
  g_assert_cmpint (nothing->budget.nanos, ==, 0);
}

static void
test_foreign_members_are_kept (void)
{
  g_autoptr (StokerWorkload) workload = decode (
    "{\"importer\":{\"version\":3},\"budget\":{\"owner\":\"me\"},\"requirements\":{\"cuda\":12}}",
    NULL);
  g_autofree char *source = stoker_json_to_string (workload->source, FALSE);

  g_assert_cmpstr (
    source, ==,
    "{\"importer\":{\"version\":3},\"budget\":{\"owner\":\"me\"},\"requirements\":{\"cuda\":12}}");
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "[]", "w: $: expected an object, found an array" },
    { "{\"requirements\":[]}", "w: $.requirements: expected an object, found an array" },
    { "{\"requirements\":{\"min_vram_gb\":-1}}",
      "w: $.requirements.min_vram_gb: must not be negative" },
    { "{\"requirements\":{\"min_vram_gb\":\"24\"}}",
      "w: $.requirements.min_vram_gb: expected a number, found a string" },
    { "{\"requirements\":{\"min_vram_gb\":1e300}}",
      "w: $.requirements.min_vram_gb: must be at most 100000" },
    { "{\"requirements\":{\"gpus\":0}}", "w: $.requirements.gpus: must be at least 1" },
    { "{\"requirements\":{\"gpus\":1.5}}",
      "w: $.requirements.gpus: expected a whole number within 64 bits" },
    { "{\"requirements\":{\"type\":7}}",
      "w: $.requirements.type: expected a string, found a number" },
    { "{\"assets\":{}}", "w: $.assets: expected an array, found an object" },
    { "{\"assets\":[{},{},{\"size_mb\":-3}]}", "w: $.assets[2].size_mb: must not be negative" },
    { "{\"assets\":[\"x\"]}", "w: $.assets[0]: expected an object, found a string" },
    { "{\"workflows\":[{\"cached\":\"no\"}]}",
      "w: $.workflows[0].cached: expected true or false, found a string" },
    { "{\"budget\":{\"mode\":\"cheap\"}}",
      "w: $.budget.mode: \"cheap\" is none of cost_saver, balanced, speed" },
    { "{\"budget\":{\"limit_usd\":-1}}", "w: $.budget.limit_usd: must not be negative" },
    { "{\"budget\":20}", "w: $.budget: expected an object, found a number" },
    { "{\"pipeline\":{\"voice\":true}}", "w: $.pipeline.voice: expected an object, found true" },
    { "{\"pipeline\":{\"a b\":{\"requires_gpu\":1}}}",
      "w: $.pipeline[\"a b\"].requires_gpu: expected true or false, found a number" },
    { "{\"outputs\":-1}", "w: $.outputs: must not be negative" },
    { "{\"outputs\":\"many\"}", "w: $.outputs: expected a whole number, found a string" },
    { "{\"outputs\":{\"kind\":\"song\"}}",
      "w: $.outputs.kind: \"song\" is none of image, video, audio" },
    { "{\"wish\":\"both\"}", "w: $.wish: \"both\" is none of latency, throughput" },
    { "{\"residency\":\"eu\"}", "w: $.residency: expected an array, found a string" },
    { "{\"hours_per_month\":800}", "w: $.hours_per_month: must be at most 744" },
    { "{\"payload\":[]}", "w: $.payload: expected an object, found an array" },
    { "{\"command\":\"ls\"}", "w: $.command: expected an array, found a string" },
    { "{\"command\":[]}", "w: $.command: must name a program" },
    { "{\"allow_spot\":1}", "w: $.allow_spot: expected true or false, found a number" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (decode (cases[i].text, &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workload/nothing-told", test_nothing_told);
  g_test_add_func ("/workload/form-of-the-first-advisor", test_form_of_the_first_advisor);
  g_test_add_func ("/workload/full-form", test_full_form);
  g_test_add_func ("/workload/outputs-as-a-number", test_outputs_as_a_number);
  g_test_add_func ("/workload/exact-budget", test_exact_budget);
  g_test_add_func ("/workload/foreign-members-are-kept", test_foreign_members_are_kept);
  g_test_add_func ("/workload/refuses", test_refuses);

  return g_test_run ();
}
