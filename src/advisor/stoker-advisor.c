/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-weighing-private.h"

#include "stoker-error.h"

static const StokerSource *
find_source (const StokerWeighing *weighing, const StokerCandidate *candidate)
{
  return g_hash_table_lookup (weighing->sources, candidate->offer.provider_id);
}

static gboolean
is_preferred (const StokerWeighing *weighing, const StokerCandidate *candidate)
{
  const StokerSource *source = find_source (weighing, candidate);

  if (candidate->is_local)
    return g_strcmp0 (weighing->workload->preferred_provider, candidate->id) == 0;

  return source != NULL && source->is_preferred;
}

/* This machine is 0; what is not registered comes after everything that is. */
static int
get_priority (const StokerWeighing *weighing, const StokerCandidate *candidate)
{
  const StokerSource *source = find_source (weighing, candidate);

  if (candidate->is_local)
    return G_MININT;
  if (source == NULL || source->provider == NULL)
    return G_MAXINT;

  return stoker_provider_get_priority (source->provider);
}

/* Preference, then priority, then cost: the order of the first routing rules. */
static int
compare_routes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const StokerCandidate *left = *(StokerCandidate *const *) a;
  const StokerCandidate *right = *(StokerCandidate *const *) b;
  const StokerWeighing *weighing = user_data;
  int left_priority = get_priority (weighing, left);
  int right_priority = get_priority (weighing, right);
  int order = is_preferred (weighing, right) - is_preferred (weighing, left);

  if (order == 0)
    order = (left_priority > right_priority) - (left_priority < right_priority);
  if (order == 0)
    order = stoker_money_compare (left->estimate->total, right->estimate->total);

  return order != 0 ? order : g_strcmp0 (left->id, right->id);
}

static gboolean
is_routable (const StokerWeighing *weighing, const StokerCandidate *candidate)
{
  gboolean has_registry = weighing->input->providers != NULL && weighing->input->providers->len > 0;

  return !has_registry || candidate->is_local || candidate->is_registered;
}

static void
add_route (GPtrArray *chain, const char *id)
{
  if (!g_ptr_array_find_with_equal_func (chain, id, g_str_equal, NULL))
    g_ptr_array_add (chain, g_strdup (id));
}

/* With a registry only what is in it can be tried; without one, everything that could be
 * registered. */
static void
make_chain (StokerWeighing *weighing, StokerAdvice *advice)
{
  g_autoptr (GPtrArray) routes = g_ptr_array_new ();

  if (!weighing->requirements.needs_gpu)
    add_route (advice->chain, STOKER_PROVIDER_LOCAL_ID);
  for (guint i = 0; i < advice->candidates->len; i++)
    if (is_routable (weighing, advice->candidates->pdata[i]))
      g_ptr_array_add (routes, advice->candidates->pdata[i]);
  g_ptr_array_sort_with_data (routes, compare_routes, weighing);
  for (guint i = 0; i < routes->len; i++)
    add_route (advice->chain, ((const StokerCandidate *) routes->pdata[i])->id);
}

static void
choose (StokerWeighing *weighing, StokerAdvice *advice)
{
  const StokerCandidate *first;

  advice->choice = STOKER_CHOICE_CPU;
  advice->chosen = -1;
  if (!weighing->requirements.needs_gpu || advice->candidates->len == 0)
    return;
  first = advice->candidates->pdata[0];
  advice->chosen = 0;
  advice->choice = first->is_local ? STOKER_CHOICE_GPU : STOKER_CHOICE_REMOTE;
}

/**
 * stoker_advise:
 *
 * Where a workload should run. Weighs every offer, keeps the best of each plan, ranks them with
 * this machine, and says why: the choice, each candidate's itemised estimate and score terms, each
 * rejected plan's reason, and the order to try them in. Does no I/O, reads no clock, and does not
 * depend on the order of the offers.
 *
 * A GPU of this machine that is big enough and idle comes first, unless the mode is speed and
 * something else scores better, or the user prefers another provider. No need for a GPU, or nothing
 * that has one, gives the CPU.
 *
 * Returns: (transfer full): the advice; %NULL with %STOKER_ERROR_CONFIG when there is no workload
 */
StokerAdvice *
stoker_advise (const StokerAdvisorInput *input, GError **error)
{
  g_autoptr (StokerAdvice) advice = NULL;
  StokerWeighing weighing;

  if (input->workload == NULL)
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                           "there is no workload to advise on");
      return NULL;
    }
  stoker_weighing_init (&weighing, input);
  stoker_weighing_weigh (&weighing);

  advice = stoker_advice_new (input->workload, input->offers, input->now_us);
  stoker_shortlist_add_remote (&weighing, advice);
  stoker_shortlist_add_local (&weighing, advice);
  stoker_score_candidates (&weighing, advice);
  choose (&weighing, advice);
  make_chain (&weighing, advice);
  advice->reason = stoker_reason_write (&weighing, advice);
  advice->analysis = stoker_record_analysis (&weighing, advice);
  advice->job_summary = stoker_record_summary (&weighing, advice);
  stoker_weighing_clear (&weighing);

  return g_steal_pointer (&advice);
}
