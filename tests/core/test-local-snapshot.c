/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json.h"
#include "stoker-local-snapshot.h"

static StokerGpu *
add_gpu (StokerLocalSnapshot *snapshot, const char *name, double vram_gb, const char *problem)
{
  StokerGpu *gpu = stoker_gpu_new ("nvidia", name);

  gpu->vram_total_gb = vram_gb;
  gpu->problem = g_strdup (problem);
  g_ptr_array_add (snapshot->gpus, gpu);

  return gpu;
}

static void
test_largest_gpu (void)
{
  g_autoptr (StokerLocalSnapshot) snapshot = stoker_local_snapshot_new (1, "nvml");

  g_assert_null (stoker_local_snapshot_get_largest_gpu (snapshot));
  add_gpu (snapshot, "broken", 80, "fell off the bus");
  g_assert_cmpstr (stoker_local_snapshot_get_largest_gpu (snapshot)->name, ==, "broken");
  add_gpu (snapshot, "small", 8, NULL);
  g_assert_cmpstr (stoker_local_snapshot_get_largest_gpu (snapshot)->name, ==, "small");
  add_gpu (snapshot, "large", 24, NULL);
  add_gpu (snapshot, "unknown", -1, NULL);
  g_assert_cmpstr (stoker_local_snapshot_get_largest_gpu (snapshot)->name, ==, "large");
}

static void
test_json (void)
{
  g_autoptr (StokerLocalSnapshot) snapshot = stoker_local_snapshot_new (G_USEC_PER_SEC, "nvml");
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  add_gpu (snapshot, "RTX 4090", 24, NULL)->vram_used_gb = 1.5;
  snapshot->cpus = 8;
  node = stoker_local_snapshot_to_json (snapshot);
  text = stoker_json_to_string (node, FALSE);
  g_assert_cmpstr (
    text, ==,
    "{\"gpus\":[{\"vendor\":\"nvidia\",\"name\":\"RTX 4090\",\"uuid\":null,\"driver_version\":null,"
    "\"vram_total_gb\":24,\"vram_used_gb\":1.5,\"load_percent\":null,\"temperature_c\":null,"
    "\"power_w\":null,"
    "\"power_limit_w\":null,\"integrated\":false,\"problem\":null}],\"cpus\":8,\"memory_gb\":null,"
    "\"load_average\":null,\"source\":\"nvml\",\"taken_at\":\"1970-01-01T00:00:01Z\"}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/local-snapshot/largest-gpu", test_largest_gpu);
  g_test_add_func ("/local-snapshot/json", test_json);

  return g_test_run ();
}
