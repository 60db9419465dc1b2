/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-run-obstacle.h"

#include "stoker-advice-phrases.h"
#include "stoker-phrases.h"
#include "stoker-price-request.h"
#include "stoker-run-job.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define PAYLOAD_PLACE "payload: "

/**
 * stoker_run_obstacle_clear:
 *
 * Frees what it holds.
 */
void
stoker_run_obstacle_clear (StokerRunObstacle *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->target, g_free);
}

static void
lead_on (StokerRunObstacle *self, const char *label, const char *action, const char *target)
{
  self->label = label;
  self->action = action;
  self->target = g_strdup (target);
}

static const char *
get_plan_id (const StokerCandidate *candidate)
{
  return candidate->offer.plan != NULL ? candidate->offer.plan->id : NULL;
}

/* An obstacle of the provider; what the workload lacks comes after it. */
static void
look_at_provider (StokerRunObstacle *self,
                  StokerWorkspace *workspace,
                  const StokerCandidate *candidate,
                  StokerProvider *provider)
{
  StokerProfile *profile = provider != NULL ? stoker_workspace_get_profile (workspace, provider)
                                            : NULL;
  gboolean is_allowed = profile != NULL &&
                        stoker_settings_allows (stoker_workspace_get_settings (workspace), profile);

  self->text = stoker_phrase_run_obstacle (candidate, provider, is_allowed);
  if (self->text == NULL || candidate == NULL)
    return;
  if (candidate->offer.profile != NULL && !stoker_candidate_can_run (candidate))
    return;
  if (provider == NULL)
    lead_on (self, _ ("Add a Provider"), "win.add-provider", NULL);
  else
    lead_on (self, _ ("Open Its Page"), "win.show-provider", candidate->id);
}

/* Where it stands in a file is nothing to people who look at a form. */
static char *
describe_mistake (const GError *error)
{
  const char *message = error->message;

  if (g_str_has_prefix (message, PAYLOAD_PLACE))
    message += strlen (PAYLOAD_PLACE);
  return stoker_phrase_sentence (message);
}

/* What the workload lacks, or has that the provider does not take; or what it may not cost. */
static char *
look_at_request (StokerWorkspace *workspace,
                 StokerWorkload *workload,
                 StokerProvider *provider,
                 const StokerCandidate *candidate)
{
  StokerProfile *profile = stoker_workspace_get_profile (workspace, provider);
  g_autofree char *missing = stoker_describe_missing_input_for_plan (workload, profile,
                                                                     get_plan_id (candidate));
  g_autoptr (StokerEstimate) price = NULL;
  g_autoptr (GError) error = NULL;

  if (missing != NULL)
    return g_steal_pointer (&missing);
  if (stoker_price_request (workspace, candidate->id, workload, &candidate->offer, &price,
                            &error) &&
      stoker_price_check_budget (price, workload, &error))
    return NULL;
  return describe_mistake (error);
}

/**
 * stoker_run_obstacle_find:
 * @self: (out caller-allocates): what is found
 * @workspace: (nullable): the open workspace
 * @workload: (nullable): what would be run
 * @candidate: (nullable): where
 *
 * Looks for what stands between the candidate and a live run.
 */
void
stoker_run_obstacle_find (StokerRunObstacle *self,
                          StokerWorkspace *workspace,
                          StokerWorkload *workload,
                          const StokerCandidate *candidate)
{
  StokerProvider *provider = NULL;

  *self = (StokerRunObstacle){ NULL };
  if (candidate != NULL && workspace != NULL)
    provider = stoker_workspace_lookup_provider (workspace, candidate->id);
  look_at_provider (self, workspace, candidate, provider);
  if (self->text != NULL || provider == NULL || workload == NULL)
    return;
  self->text = look_at_request (workspace, workload, provider, candidate);
  if (self->text != NULL)
    lead_on (self, _ ("Open a Workflow"), "win.open-workload", NULL);
}

/**
 * stoker_run_obstacle_can_send:
 * @workspace: (nullable): the open workspace
 * @workload: (nullable): what would be run
 * @candidate: where
 *
 * Returns: whether Stoker could run it there as it is, were live requests allowed: the provider was
 * added, and it takes the workload as it is
 */
gboolean
stoker_run_obstacle_can_send (StokerWorkspace *workspace,
                              StokerWorkload *workload,
                              const StokerCandidate *candidate)
{
  StokerProvider *provider = NULL;
  g_autofree char *obstacle = NULL;

  if (workspace == NULL || workload == NULL || !stoker_candidate_can_run (candidate))
    return FALSE;
  provider = stoker_workspace_lookup_provider (workspace, candidate->id);
  if (provider == NULL)
    return FALSE;
  obstacle = look_at_request (workspace, workload, provider, candidate);
  return obstacle == NULL;
}
