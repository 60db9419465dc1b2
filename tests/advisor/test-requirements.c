/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "advisor-fixture.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *workload;
  double vram_gb;
  const char *reason; /* part of it */
  gboolean is_batch;
  gboolean is_kept;
  gint64 work_s;
} Case;

static const Case cases[] = {
  /* The seed's workload: 180 min × 60 = 10,800 s; outputs are persisted. */
  { "seed",
    "{'requirements': {'type': 'cg_batch', 'min_vram_gb': 24, 'estimated_minutes': 180},"
    " 'workflows': [{'id': 'cg-upscale', 'cached': false, 'persist_outputs': true}]}",
    24, "ask for 24 GB", TRUE, TRUE, 10800 },
  { "cg-by-type", "{'requirements': {'type': 'cg_batch'}}", 12, "type cg_batch", TRUE, FALSE, -1 },
  { "voice", "{'requirements': {'type': 'voice_synthesis', 'estimated_minutes': 20}}", 8,
    "voice_synthesis", FALSE, FALSE, 1200 },
  { "translation", "{'requirements': {'type': 'translation'}}", 0, "Nothing", FALSE, FALSE, -1 },
  { "translation-gpu",
    "{'requirements': {'type': 'translation'}, 'pipeline': {'translation': {'requires_gpu': "
    "true}}}",
    8, "pipeline", FALSE, FALSE, -1 },
  { "asset-wins",
    "{'requirements': {'type': 'voice_synthesis'}, 'assets': [{'name': 'a', 'type': 'cg'}]}", 12,
    "Assets of type cg", FALSE, FALSE, -1 },
  { "sprite", "{'assets': [{'name': 'a', 'type': 'Sprite'}]}", 8, "sprite", FALSE, FALSE, -1 },
  { "output-kind", "{'outputs': {'count': 2, 'seconds_per_output': 30, 'kind': 'video'}}", 16,
    "kind video", FALSE, FALSE, 60 },
  { "workflow", "{'workflows': [{'id': 'a', 'cached': true}]}", 8, "workflow", FALSE, TRUE, -1 },
  { "told-none", "{'requirements': {'type': 'cg_batch', 'min_vram_gb': 0}}", 0, "no GPU", TRUE,
    FALSE, -1 },
  { "empty", "{}", 0, "Nothing", FALSE, FALSE, -1 },
  /* Minutes name the whole work and win over 10 × 20 s. A tenth of a minute is 6 s, not 7. */
  { "minutes-win",
    "{'requirements': {'type': 'image', 'estimated_minutes': 0.1},"
    " 'outputs': {'count': 10, 'seconds_per_output': 20}}",
    8, "image", FALSE, FALSE, 6 },
  /* 3 × 2.5 s = 7.5 s, billed as 8. */
  { "rounds-up", "{'outputs': {'count': 3, 'seconds_per_output': 2.5, 'kind': 'image'}}", 8,
    "image", FALSE, FALSE, 8 },
  { "many-outputs", "{'requirements': {'type': 'image'}, 'outputs': {'count': 50}}", 8, "image",
    TRUE, FALSE, -1 },
  { "an-hour", "{'requirements': {'type': 'image', 'estimated_minutes': 60}}", 8, "image", TRUE,
    FALSE, 3600 },
  { "latency", "{'requirements': {'type': 'cg_batch'}, 'wish': 'latency'}", 12, "cg_batch", FALSE,
    FALSE, -1 },
  { "throughput", "{'requirements': {'type': 'interactive'}, 'wish': 'throughput'}", 8,
    "interactive", TRUE, FALSE, -1 },
  { "training", "{'requirements': {'type': 'training'}}", 24, "training", TRUE, TRUE, -1 },
  { "training-not-kept", "{'requirements': {'type': 'training', 'persistent_storage': false}}", 24,
    "training", TRUE, FALSE, -1 },
};

static void
test_case (gconstpointer data)
{
  const Case *expected = data;
  g_autoptr (StokerWorkload) workload = fixture_make_workload (expected->workload);
  StokerRequirements requirements;

  stoker_requirements_init (&requirements, workload);
  g_assert_cmpfloat (requirements.min_vram_gb, ==, expected->vram_gb);
  g_assert_cmpint (requirements.needs_gpu, ==, expected->vram_gb > 0);
  g_assert_nonnull (strstr (requirements.vram_reason, expected->reason));
  g_assert_cmpint (requirements.is_batch, ==, expected->is_batch);
  g_assert_cmpint (requirements.needs_persistent_storage, ==, expected->is_kept);
  g_assert_cmpint (requirements.work_s, ==, expected->work_s);
  stoker_requirements_clear (&requirements);
}

/* 2400 + 0.2 MB of assets and 100 MB more = 2500.2 MB up, 500 MB down: 3.0002 GB in all. */
static void
test_volume (void)
{
  g_autoptr (StokerWorkload) workload = fixture_make_workload (
    "{'requirements': {'upload_mb': 100, 'download_mb': 500},"
    " 'assets': [{'name': 'a', 'size_mb': 2400}, {'name': 'b', 'size_mb': 0.2}]}");
  StokerRequirements requirements;

  stoker_requirements_init (&requirements, workload);
  g_assert_cmpfloat_with_epsilon (requirements.upload_gb, 2.5002, 1e-9);
  g_assert_cmpfloat_with_epsilon (requirements.download_gb, 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (requirements.storage_gb, 3.0002, 1e-9);
  stoker_requirements_clear (&requirements);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/requirements/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/requirements/volume", test_volume);

  return g_test_run ();
}
