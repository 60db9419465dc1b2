/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-advice.h"

const char *const stoker_choice_names[] = {
  [STOKER_CHOICE_GPU] = "gpu",
  [STOKER_CHOICE_REMOTE] = "remote",
  [STOKER_CHOICE_CPU] = "cpu",
  NULL,
};

G_DEFINE_BOXED_TYPE (StokerAdvice, stoker_advice, stoker_advice_ref, stoker_advice_unref)

/**
 * stoker_candidate_new:
 * @offer: what is offered; copied, its borrowed parts belong to a table that the advice keeps
 * @id: the provider's id
 * @name: the provider's name
 *
 * Returns: (transfer full): a candidate without estimate and score
 */
StokerCandidate *
stoker_candidate_new (const StokerOffer *offer, const char *id, const char *name)
{
  StokerCandidate *self = g_new0 (StokerCandidate, 1);
  const StokerProfile *profile = offer->profile;

  self->offer = *offer;
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->service = g_strdup (profile != NULL ? profile->service : id);
  self->terms = g_array_new (FALSE, FALSE, sizeof (StokerScoreTerm));
  self->residency = g_strdup (
    profile != NULL ? stoker_profile_get_residency (profile, offer->region) : "unknown");
  self->warnings = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/**
 * stoker_candidate_can_run:
 * @self: a candidate
 *
 * Returns: %TRUE when Stoker can send a job there by itself; %FALSE when the offer is for the
 * provider's own console
 */
gboolean
stoker_candidate_can_run (const StokerCandidate *self)
{
  if (self->offer.profile == NULL)
    return self->is_local;
  return stoker_profile_can_run (self->offer.profile,
                                 self->offer.plan != NULL ? self->offer.plan->id : NULL);
}

/**
 * stoker_candidate_free:
 * @self: (transfer full): a candidate
 */
void
stoker_candidate_free (StokerCandidate *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->service);
  g_clear_pointer (&self->estimate, stoker_estimate_unref);
  g_array_unref (self->terms);
  g_free (self->policy_hint);
  g_free (self->residency);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

/**
 * stoker_rejection_new:
 * @id: the provider's id
 * @name: the provider's name
 * @offer: (nullable): GPU and region, when one offer of several is meant
 * @group: one of the words that the header lists
 * @reason: one sentence
 *
 * Returns: (transfer full): why something was left out
 */
StokerRejection *
stoker_rejection_new (
  const char *id, const char *name, const char *offer, const char *group, const char *reason)
{
  StokerRejection *self = g_new0 (StokerRejection, 1);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->offer = g_strdup (offer);
  self->group = g_strdup (group);
  self->reason = g_strdup (reason);

  return self;
}

/**
 * stoker_rejection_free:
 * @self: (transfer full): a rejection
 */
void
stoker_rejection_free (StokerRejection *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->offer);
  g_free (self->group);
  g_free (self->reason);
  g_free (self);
}

/**
 * stoker_advice_new:
 * @workload: what the advice is about
 * @offers: (nullable): the offers it was chosen from; kept alive
 * @made_us: when
 *
 * Returns: (transfer full): an advice that has nothing to advise yet, to be filled before it is
 * shared
 */
StokerAdvice *
stoker_advice_new (StokerWorkload *workload, StokerOfferTable *offers, gint64 made_us)
{
  StokerAdvice *self = g_new0 (StokerAdvice, 1);

  self->choice = STOKER_CHOICE_CPU;
  self->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_candidate_free);
  self->chosen = -1;
  self->rejected = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_rejection_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->chain = g_ptr_array_new_with_free_func (g_free);
  self->workload = stoker_workload_ref (workload);
  g_set_object (&self->offers, offers);
  self->made_us = made_us;
  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

/**
 * stoker_advice_ref:
 *
 * Returns: (transfer full): @self
 */
StokerAdvice *
stoker_advice_ref (StokerAdvice *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * stoker_advice_unref:
 * @self: (transfer full): an advice
 */
void
stoker_advice_unref (StokerAdvice *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->reason);
  g_ptr_array_unref (self->candidates);
  g_ptr_array_unref (self->rejected);
  g_ptr_array_unref (self->warnings);
  g_ptr_array_unref (self->chain);
  g_clear_pointer (&self->analysis, json_node_unref);
  g_clear_pointer (&self->job_summary, json_node_unref);
  g_clear_pointer (&self->workload, stoker_workload_unref);
  g_clear_object (&self->offers);
  g_clear_object (&self->history);
  g_free (self);
}

/**
 * stoker_advice_get_chosen:
 *
 * Returns: (transfer none) (nullable): the candidate that is advised; %NULL when it is the CPU, or
 * nothing can do it
 */
const StokerCandidate *
stoker_advice_get_chosen (const StokerAdvice *self)
{
  if (self->chosen < 0 || (guint) self->chosen >= self->candidates->len)
    return NULL;

  return g_ptr_array_index (self->candidates, (guint) self->chosen);
}

/**
 * stoker_advice_get_remote_candidate:
 *
 * Returns: (transfer none) (nullable): the best candidate that is not this machine: the chosen one,
 * if it is elsewhere
 */
const StokerCandidate *
stoker_advice_get_remote_candidate (const StokerAdvice *self)
{
  const StokerCandidate *chosen = stoker_advice_get_chosen (self);

  if (chosen != NULL && !chosen->is_local)
    return chosen;
  for (guint i = 0; i < self->candidates->len; i++)
    {
      const StokerCandidate *candidate = g_ptr_array_index (self->candidates, i);

      if (!candidate->is_local)
        return candidate;
    }

  return NULL;
}
