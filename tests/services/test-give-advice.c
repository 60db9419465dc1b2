/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-give-advice.h"
#include "stoker-paths.h"

static StokerWorkload *
new_workload (void)
{
  g_autoptr (JsonNode) node = stoker_json_parse (
    "{\"requirements\":{\"type\":\"image\",\"min_vram_gb\":24,\"estimated_minutes\":30}}", -1, "w",
    NULL);

  return stoker_workload_decode (node, "w", NULL);
}

/* The lines of compute_advisor.log. */
static guint
count_records (void)
{
  g_autofree char *state_dir = stoker_paths_get_state_dir ();
  g_autofree char *path = g_build_filename (state_dir, "compute_advisor.log", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  return g_strv_length (lines) - 1;
}

static StokerAdvice *
preview (StokerWorkspace *workspace)
{
  g_autoptr (StokerWorkload) workload = new_workload ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerAdvice *advice = NULL;

  stoker_preview_advice_async (workspace, workload, NULL, test_session_take_result, &result);
  advice = stoker_preview_advice_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  return advice;
}

static void
test_preview_writes_nothing (void)
{
  g_autoptr (StokerAdvice) advice = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace = NULL;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY);
  advice = preview (workspace);
  g_assert_nonnull (advice);
  g_assert_cmpuint (count_records (), ==, 0);

  stoker_record_advice_async (workspace, advice, NULL, test_session_take_result, &result);
  g_assert_true (stoker_record_advice_finish (test_session_wait (&result), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_records (), ==, 1);

  g_clear_object (&result);
  test_session_close (workspace);
  test_session_clear ();
}

static void
test_advice_is_recorded (void)
{
  g_autoptr (StokerWorkload) workload = new_workload ();
  g_autoptr (StokerAdvice) advice = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace = NULL;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_CATALOG);
  stoker_give_advice_async (workspace, workload, NULL, NULL, NULL, test_session_take_result,
                            &result);
  advice = stoker_give_advice_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_nonnull (advice);
  g_assert_cmpuint (count_records (), ==, 1);

  g_clear_object (&result);
  test_session_close (workspace);
  test_session_clear ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/services/give-advice/preview-writes-nothing", test_preview_writes_nothing);
  g_test_add_func ("/services/give-advice/advice-is-recorded", test_advice_is_recorded);

  return g_test_run ();
}
