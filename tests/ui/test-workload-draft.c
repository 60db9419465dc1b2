/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-workload-draft.h"

#include "stoker-json.h"

static StokerWorkload *
decode (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = stoker_json_parse (text, -1, "test", &error);
  StokerWorkload *workload = NULL;

  g_assert_no_error (error);
  workload = stoker_workload_decode (node, "test", &error);
  g_assert_no_error (error);
  return workload;
}

/* What the form would send of a document nobody touched. */
static StokerWorkload *
round_trip (const char *text)
{
  g_autoptr (StokerWorkload) workload = decode (text);
  g_auto (StokerWorkloadDraft) draft = { 0 };
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (GError) error = NULL;
  StokerWorkload *again = NULL;

  stoker_workload_draft_read (&draft, workload);
  written = stoker_workload_draft_write (&draft, workload->source);
  again = stoker_workload_decode (written, "written", &error);
  g_assert_no_error (error);
  return again;
}

static void
test_keeps_what_the_form_lacks (void)
{
  g_autoptr (StokerWorkload) workload = round_trip (
    "{\"name\":\"n\",\"requirements\":{\"type\":\"image\",\"gpus\":2},"
    "\"payload\":{\"a\":[1,2]},\"command\":[\"echo\",\"x\"],\"assets\":[{\"name\":\"f\",\"size_"
    "mb\":3}]}");

  g_assert_cmpstr (workload->name, ==, "n");
  g_assert_cmpint (workload->gpus, ==, 2);
  g_assert_nonnull (workload->payload);
  g_assert_cmpstr (workload->command[1], ==, "x");
  g_assert_cmpuint (workload->assets->len, ==, 1);
}

static void
test_short_outputs (void)
{
  g_autoptr (StokerWorkload) workload = round_trip ("{\"outputs\":1000,\"seconds_per_output\":20}");

  g_assert_cmpint (workload->outputs, ==, 1000);
  g_assert_cmpfloat (workload->seconds_per_output, ==, 20);
}

static void
test_writes_every_row (void)
{
  const char *tags[] = { "eu", "uk", NULL };
  const StokerWorkloadDraft draft = {
    .type = "cg_batch",
    .vram_gb = 24,
    .minutes = 180,
    .upload_mb = 2400.5,
    .outputs = 12,
    .seconds_per_output = 1.5,
    .mode = STOKER_MODE_SPEED,
    .budget_usd = 20,
    .residency = (GStrv) tags,
    .allows_spot = TRUE,
  };
  g_autoptr (JsonNode) node = stoker_workload_draft_write (&draft, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkload) workload = stoker_workload_decode (node, "draft", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (workload->type, ==, "cg_batch");
  g_assert_cmpfloat (workload->min_vram_gb, ==, 24);
  g_assert_cmpfloat (workload->estimated_minutes, ==, 180);
  g_assert_cmpfloat (workload->upload_mb, ==, 2400.5);
  g_assert_cmpint (workload->outputs, ==, 12);
  g_assert_cmpfloat (workload->seconds_per_output, ==, 1.5);
  g_assert_cmpint (workload->mode, ==, STOKER_MODE_SPEED);
  g_assert_cmpint (workload->budget.nanos, ==, 20 * STOKER_NANOS_PER_UNIT);
  g_assert_cmpuint (g_strv_length (workload->residency), ==, 2);
  g_assert_true (workload->allows_spot);
}

static void
test_open_rows_are_left_out (void)
{
  const StokerWorkloadDraft draft = { .mode = STOKER_MODE_BALANCED };
  g_autoptr (JsonNode) node = stoker_workload_draft_write (&draft, NULL);
  g_autofree char *text = stoker_json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==, "{\"budget\":{\"mode\":\"balanced\"}}");
}

static void
test_source_is_not_changed (void)
{
  g_autoptr (StokerWorkload)
    workload = decode ("{\"requirements\":{\"type\":\"image\",\"min_vram_gb\":12}}");
  g_autofree char *before = stoker_json_to_string (workload->source, FALSE);
  g_autofree char *after = NULL;
  const StokerWorkloadDraft draft = { .type = "video", .vram_gb = 80 };
  g_autoptr (JsonNode) written = stoker_workload_draft_write (&draft, workload->source);

  after = stoker_json_to_string (workload->source, FALSE);
  g_assert_cmpstr (before, ==, after);
  g_assert_nonnull (written);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/workload-draft/keeps-what-the-form-lacks", test_keeps_what_the_form_lacks);
  g_test_add_func ("/ui/workload-draft/short-outputs", test_short_outputs);
  g_test_add_func ("/ui/workload-draft/writes-every-row", test_writes_every_row);
  g_test_add_func ("/ui/workload-draft/open-rows-are-left-out", test_open_rows_are_left_out);
  g_test_add_func ("/ui/workload-draft/source-is-not-changed", test_source_is_not_changed);

  return g_test_run ();
}
