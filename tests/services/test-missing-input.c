/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-run-job.h"

static char *
describe (StokerWorkspace *workspace, const char *profile_id, const char *json)
{
  StokerCatalog *catalog = stoker_workspace_get_catalog (workspace);
  StokerProfile *profile = stoker_catalog_lookup (catalog, profile_id);
  g_autoptr (JsonNode) node = stoker_json_parse (json, -1, "w", NULL);
  g_autoptr (StokerWorkload) workload = stoker_workload_decode (node, "w", NULL);

  g_assert_nonnull (profile);
  return stoker_describe_missing_input (workload, profile);
}

/* What a plan asks for, and another plan of the same provider does not. */
static void
test_by_plan (void)
{
  static const struct
  {
    const char *plan_id;
    const char *payload;
    gboolean is_missing;
  } cases[] = {
    { "pod", "{\"workflow\":{}}", TRUE },
    { "pod-community", "{\"image\":\"debian\"}", TRUE },
    { "pod", "{\"image\":\"debian\",\"command\":\"true\"}", FALSE },
    { "serverless", "{\"workflow\":{}}", FALSE },
    { NULL, "{\"workflow\":{}}", FALSE },
  };
  StokerWorkspace *workspace = NULL;
  StokerProfile *profile = NULL;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_CATALOG);
  profile = stoker_catalog_lookup (stoker_workspace_get_catalog (workspace), "runpod");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"payload\":%s}", cases[i].payload);
      g_autoptr (JsonNode) node = stoker_json_parse (json, -1, "w", NULL);
      g_autoptr (StokerWorkload) workload = stoker_workload_decode (node, "w", NULL);
      g_autofree char *text = stoker_describe_missing_input_for_plan (workload, profile,
                                                                      cases[i].plan_id);

      g_assert_cmpint (text != NULL, ==, cases[i].is_missing);
    }
  test_session_close (workspace);
  test_session_clear ();
}

static void
test_missing_input (void)
{
  static const struct
  {
    const char *profile_id;
    const char *workload;
    gboolean is_missing;
  } cases[] = {
    { "runpod", "{}", TRUE },     { "runpod", "{\"payload\":{\"workflow\":{}}}", FALSE },
    { "replicate", "{}", TRUE },  { "replicate", "{\"payload\":{\"prompt\":\"a door\"}}", FALSE },
    { "local", "{}", TRUE },      { "local", "{\"command\":[\"true\"]}", FALSE },
    { "simulated", "{}", FALSE },
  };
  StokerWorkspace *workspace = NULL;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_CATALOG);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = describe (workspace, cases[i].profile_id, cases[i].workload);

      g_assert_cmpint (text != NULL, ==, cases[i].is_missing);
    }
  test_session_close (workspace);
  test_session_clear ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/services/missing-input/by-provider", test_missing_input);
  g_test_add_func ("/services/missing-input/by-plan", test_by_plan);

  return g_test_run ();
}
