/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-run-job.h"

#include "stoker-json.h"

#include <glib/gi18n-lib.h>

/* Whether "operations.submit.needs" of a manifest names the payload. */
static gboolean
manifest_needs_payload (JsonNode *connector)
{
  StokerJsonPlace root = stoker_json_root (connector, NULL);
  StokerJsonPlace operations = { 0 };
  StokerJsonPlace submit = { 0 };
  g_auto (GStrv) needs = NULL;

  if (!stoker_json_get_object (&root, "operations", STOKER_JSON_OPTIONAL, &operations, NULL) ||
      operations.node == NULL ||
      !stoker_json_get_object (&operations, "submit", STOKER_JSON_OPTIONAL, &submit, NULL) ||
      submit.node == NULL)
    return FALSE;
  stoker_json_get_strings (&submit, "needs", STOKER_JSON_OPTIONAL, &needs, NULL);
  for (gsize i = 0; needs != NULL && needs[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (needs[i], "|", -1);

      if (parts[0] != NULL && parts[1] == NULL && g_str_equal (parts[0], "job.payload"))
        return TRUE;
    }
  return FALSE;
}

/**
 * stoker_describe_missing_input:
 * @workload: what is to be done
 * @profile: (nullable): where
 *
 * Looks whether there is anything to send. A workload typed into a form tells how large the work
 * is, and need not say what the work is.
 *
 * Returns: (transfer full) (nullable): what is missing before the workload can be sent, in one
 * sentence; %NULL when nothing is
 */
char *
stoker_describe_missing_input (StokerWorkload *workload, StokerProfile *profile)
{
  const char *connector = profile != NULL ? stoker_profile_get_connector_class (profile) : NULL;
  gboolean needs_payload;

  if (connector == NULL)
    return NULL;
  needs_payload = g_str_equal (connector, "comfyui") ||
                  (g_str_equal (connector, "http") && manifest_needs_payload (profile->connector));
  if (needs_payload && workload->payload == NULL)
    return g_strdup_printf (_ ("There is nothing to send to %s yet: write a prompt or open a "
                               "workflow."),
                            profile->name);
  if (g_str_equal (connector, "local") && workload->command == NULL)
    return g_strdup (_ ("Nothing says what to run on this computer: the workload needs a "
                        "command."));
  return NULL;
}
