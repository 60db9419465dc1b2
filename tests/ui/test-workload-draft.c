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

/* A document that nobody touched comes back as it was, odd as it may be. */
static void
test_untouched_documents_stay (void)
{
  static const char *const documents[] = {
    "{}",
    "{\"outputs\":1000,\"seconds_per_output\":20}",
    "{\"outputs\":{\"count\":0,\"per_month\":100},\"seconds_per_output\":2}",
    "{\"requirements\":{\"min_vram_gb\":0,\"upload_mb\":0,\"persistent_storage\":false}}",
    "{\"requirements\":{\"type\":\"made_up\",\"upload_mb\":2400.567,\"gpus\":1}}",
    "{\"allow_spot\":false,\"residency\":[\"mars\"],\"opt_in\":[],\"mine\":{\"a\":[1]}}",
    "{\"budget\":{\"limit_usd\":0.004}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (StokerWorkload) workload = decode (documents[i]);
      g_auto (StokerWorkloadDraft) draft = { 0 };
      g_autoptr (JsonNode) written = NULL;
      g_autofree char *text = NULL;

      stoker_workload_draft_read (&draft, workload);
      written = stoker_workload_draft_write (&draft, workload->source);
      text = stoker_json_to_string (written, FALSE);
      g_assert_cmpstr (text, ==, documents[i]);
    }
}

static void
test_short_outputs_grow (void)
{
  g_autoptr (StokerWorkload) workload = decode ("{\"outputs\":1000,\"seconds_per_output\":20}");
  g_auto (StokerWorkloadDraft) draft = { 0 };
  g_autoptr (JsonNode) written = NULL;
  g_autofree char *text = NULL;

  stoker_workload_draft_read (&draft, workload);
  draft.outputs_per_month = 300;
  written = stoker_workload_draft_write (&draft, workload->source);
  text = stoker_json_to_string (written, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"outputs\":{\"count\":1000,\"seconds_per_output\":20,\"per_month\":300}}");
}

static void
test_prompt_goes_into_the_payload (void)
{
  g_autoptr (StokerWorkload) workload = decode ("{\"payload\":{\"seed\":7,\"prompt\":\"a\"}}");
  g_auto (StokerWorkloadDraft) draft = { 0 };
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (JsonNode) cleared = NULL;
  g_autofree char *text = NULL;
  g_autofree char *cleared_text = NULL;

  stoker_workload_draft_read (&draft, workload);
  g_assert_cmpstr (draft.prompt, ==, "a");
  g_free (draft.prompt);
  draft.prompt = g_strdup ("a door");
  written = stoker_workload_draft_write (&draft, workload->source);
  text = stoker_json_to_string (written, FALSE);
  g_assert_cmpstr (text, ==, "{\"payload\":{\"seed\":7,\"prompt\":\"a door\"}}");

  g_clear_pointer (&draft.prompt, g_free);
  cleared = stoker_workload_draft_write (&draft, written);
  cleared_text = stoker_json_to_string (cleared, FALSE);
  g_assert_cmpstr (cleared_text, ==, "{\"payload\":{\"seed\":7}}");
}

/* A row ends at 640 GB; a file that asks for more is not changed by being shown. */
static void
test_numbers_beyond_a_row_stay (void)
{
  const StokerWorkloadDraft loaded = { .vram_gb = 90000, .minutes = 30 };
  const StokerWorkloadDraft shown = { .vram_gb = 640, .minutes = 30 };
  StokerWorkloadDraft draft = { .vram_gb = 640, .minutes = 45 };

  stoker_workload_draft_keep_numbers (&draft, &shown, &loaded);
  g_assert_cmpfloat (draft.vram_gb, ==, 90000);
  g_assert_cmpfloat (draft.minutes, ==, 45);
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
    .name = (char *) "Doors",
    .gpus = 2,
    .download_mb = 500,
    .outputs_per_month = 1000,
    .hours_per_month = 40,
    .deadline_minutes = 90,
    .wish = STOKER_WISH_THROUGHPUT,
    .keeps_files = TRUE,
    .regions = (GStrv) tags,
    .opt_in = (GStrv) tags,
    .preferred_provider = (char *) "runpod",
    .prompt = (char *) "a door",
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
  g_assert_cmpstr (workload->name, ==, "Doors");
  g_assert_cmpint (workload->gpus, ==, 2);
  g_assert_cmpfloat (workload->download_mb, ==, 500);
  g_assert_cmpint (workload->outputs_per_month, ==, 1000);
  g_assert_cmpfloat (workload->hours_per_month, ==, 40);
  g_assert_cmpfloat (workload->deadline_minutes, ==, 90);
  g_assert_cmpint (workload->wish, ==, STOKER_WISH_THROUGHPUT);
  g_assert_cmpint (workload->needs_persistent_storage, ==, STOKER_TRI_YES);
  g_assert_cmpuint (g_strv_length (workload->regions), ==, 2);
  g_assert_cmpuint (g_strv_length (workload->opt_in), ==, 2);
  g_assert_cmpstr (workload->preferred_provider, ==, "runpod");
  g_assert_nonnull (workload->payload);
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
  g_test_add_func ("/ui/workload-draft/untouched-documents-stay", test_untouched_documents_stay);
  g_test_add_func ("/ui/workload-draft/numbers-beyond-a-row-stay", test_numbers_beyond_a_row_stay);
  g_test_add_func ("/ui/workload-draft/short-outputs", test_short_outputs);
  g_test_add_func ("/ui/workload-draft/short-outputs-grow", test_short_outputs_grow);
  g_test_add_func ("/ui/workload-draft/prompt-goes-into-the-payload",
                   test_prompt_goes_into_the_payload);
  g_test_add_func ("/ui/workload-draft/writes-every-row", test_writes_every_row);
  g_test_add_func ("/ui/workload-draft/open-rows-are-left-out", test_open_rows_are_left_out);
  g_test_add_func ("/ui/workload-draft/source-is-not-changed", test_source_is_not_changed);

  return g_test_run ();
}
