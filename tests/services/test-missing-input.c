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

  return g_test_run ();
}
