/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-run-job.h"

#include "stoker-json.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* A list of "operations.submit" of a manifest; empty without one. */
static StokerJsonPlace
find_submit_list (JsonNode *connector, const char *name)
{
  static const char *const steps[] = { "operations", "submit" };
  JsonNode *node = connector;

  for (gsize i = 0; i < G_N_ELEMENTS (steps) && node != NULL; i++)
    node = JSON_NODE_HOLDS_OBJECT (node)
             ? stoker_json_member (&(StokerJsonPlace){ .node = node }, steps[i]).node
             : NULL;
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    node = stoker_json_member (&(StokerJsonPlace){ .node = node }, name).node;
  else
    node = NULL;
  return (StokerJsonPlace){
    .name = name,
    .node = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? node : NULL,
  };
}

/* Whether "needs" names the payload or a member of it; one that depends on the settings is looked
 * at when the job is sent. */
static gboolean
manifest_needs_payload (JsonNode *connector)
{
  StokerJsonPlace list = find_submit_list (connector, "needs");

  for (guint i = 0; list.node != NULL && i < stoker_json_length (&list); i++)
    {
      StokerJsonPlace need = stoker_json_element (&list, i);
      const char *name = JSON_NODE_HOLDS_VALUE (need.node) ? json_node_get_string (need.node)
                                                           : NULL;

      if (name != NULL && strchr (name, '|') == NULL && g_str_has_prefix (name, "job.payload"))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_member (JsonNode *payload, const char *name)
{
  StokerJsonPlace place = { .node = payload };
  StokerJsonPlace member;

  if (!JSON_NODE_HOLDS_OBJECT (payload))
    return FALSE;
  member = stoker_json_member (&place, name);
  return stoker_json_is_present (&member);
}

/* Whether a parameter is there on a plan: one without a condition always is, one that asks for
 * nothing but the plan is on those it names. What depends on the settings is looked at when the job
 * is sent. */
static gboolean
is_of_plan (const StokerJsonPlace *parameter, const char *plan_id)
{
  StokerJsonPlace when = stoker_json_member (parameter, "when");
  g_auto (GStrv) conditions = NULL;
  g_auto (GStrv) plans = NULL;

  if (!stoker_json_is_present (&when))
    return TRUE;
  conditions = stoker_json_list_members (&when);
  if (plan_id == NULL || g_strv_length (conditions) != 1 ||
      !g_str_equal (conditions[0], "job.plan") ||
      !stoker_json_get_strings (&when, "job.plan", STOKER_JSON_OPTIONAL, &plans, NULL))
    return FALSE;
  return g_strv_contains ((const char *const *) plans, plan_id);
}

/* The first parameter that must be there on the plan, and is not. */
static char *
find_missing_parameter (JsonNode *connector, JsonNode *payload, const char *plan_id)
{
  StokerJsonPlace list = find_submit_list (connector, "parameters");

  for (guint i = 0; list.node != NULL && i < stoker_json_length (&list); i++)
    {
      StokerJsonPlace parameter = stoker_json_element (&list, i);
      g_autofree char *name = NULL;
      gboolean is_required = FALSE;

      stoker_json_get_boolean (&parameter, "required", STOKER_JSON_OPTIONAL, &is_required, NULL);
      if (is_required && is_of_plan (&parameter, plan_id) &&
          stoker_json_get_string (&parameter, "name", STOKER_JSON_REQUIRED, &name, NULL) &&
          !has_member (payload, name))
        return g_steal_pointer (&name);
    }
  return NULL;
}

/**
 * stoker_describe_missing_input:
 * @workload: what is to be done
 * @profile: (nullable): where
 *
 * As stoker_describe_missing_input_for_plan(), of what every plan asks for.
 *
 * Returns: (transfer full) (nullable): what is missing; %NULL when nothing is
 */
char *
stoker_describe_missing_input (StokerWorkload *workload, StokerProfile *profile)
{
  return stoker_describe_missing_input_for_plan (workload, profile, NULL);
}

/**
 * stoker_describe_missing_input_for_plan:
 * @workload: what is to be done
 * @profile: (nullable): where
 * @plan_id: (nullable): on which of its plans
 *
 * Looks whether there is anything to send. A workload typed into a form tells how large the work
 * is, and need not say what the work is.
 *
 * Returns: (transfer full) (nullable): what is missing before the workload can be sent, in one
 * sentence; %NULL when nothing is
 */
char *
stoker_describe_missing_input_for_plan (StokerWorkload *workload,
                                        StokerProfile *profile,
                                        const char *plan_id)
{
  const char *connector = profile != NULL ? stoker_profile_get_connector_class (profile) : NULL;
  g_autofree char *parameter = NULL;
  gboolean needs_payload;

  if (connector == NULL)
    return NULL;
  needs_payload = g_str_equal (connector, "comfyui") ||
                  (g_str_equal (connector, "http") && manifest_needs_payload (profile->connector));
  if (needs_payload && workload->payload == NULL)
    return g_strdup_printf (_ ("There is nothing to send to %s yet: write a prompt or open a "
                               "workflow."),
                            profile->name);
  if (g_str_equal (connector, "http") && workload->payload != NULL)
    parameter = find_missing_parameter (profile->connector, workload->payload, plan_id);
  if (parameter != NULL)
    return g_strdup_printf (_ ("%s needs “%s” in what is sent: open a workload that has it."),
                            profile->name, parameter);
  if (g_str_equal (connector, "local") && workload->command == NULL)
    return g_strdup (_ ("Nothing says what to run on this computer: the workload needs a "
                        "command."));
  return NULL;
}
