/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-weighing-private.h"

#include <glib/gi18n-lib.h>

static char *
join (const char *first, char *second)
{
  g_autofree char *owned = second;

  if (first == NULL)
    return g_steal_pointer (&owned);

  return g_strdup_printf ("%s %s", first, owned);
}

static char *
describe_cost (const StokerCandidate *candidate)
{
  const StokerEstimate *estimate = candidate->estimate;
  g_autofree char *total = stoker_money_format (estimate->total);

  if (!estimate->total.is_known)
    return g_strdup (_ ("an unknown cost"));
  if (!estimate->is_complete)
    return g_strdup_printf (_ ("at least %s"), total);

  return g_strdup_printf (_ ("about %s"), total);
}

static char *
describe_thing (const StokerCandidate *candidate)
{
  const StokerOffer *offer = &candidate->offer;
  const char *thing = offer->gpu != NULL ? offer->gpu : offer->output_model;

  if (thing == NULL)
    return g_strdup_printf ("%s (%s)", candidate->name, offer->plan->name);

  return g_strdup_printf ("%s (%s, %s)", candidate->name, offer->plan->name, thing);
}

static char *
write_remote (const StokerWeighing *weighing,
              const StokerAdvice *advice,
              const StokerCandidate *candidate)
{
  g_autofree char *cost = describe_cost (candidate);
  g_autofree char *thing = describe_thing (candidate);
  char *sentence =
    g_strdup_printf (_ ("%s does it for %s, the best of %u candidates in the mode %s."), thing,
                     cost, advice->candidates->len, stoker_mode_names[weighing->mode]);

  return join (weighing->local_reason, sentence);
}

static char *
write_local (const StokerWeighing *weighing, const StokerCandidate *candidate)
{
  char *sentence =
    g_strdup_printf (_ ("The local GPU (%s) has %g GB, %g GB needed, and costs no rent."),
                     candidate->offer.gpu, candidate->offer.vram_gb,
                     weighing->requirements.min_vram_gb);

  return join (weighing->local_reason, sentence);
}

static char *
describe_needs (const StokerWeighing *weighing)
{
  const StokerWorkload *workload = weighing->workload;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *limit = stoker_money_format (workload->budget);
  g_autofree char *residency = NULL;

  g_string_append_printf (text, _ ("a GPU with %g GB"), weighing->requirements.min_vram_gb);
  if (workload->budget.is_known)
    g_string_append_printf (text, _ (" for at most %s"), limit);
  if (workload->residency != NULL && workload->residency[0] != NULL)
    {
      residency = g_strjoinv (", ", workload->residency);
      g_string_append_printf (text, _ (" in %s"), residency);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
write_nothing (const StokerWeighing *weighing, const StokerAdvice *advice)
{
  g_autofree char *needs = describe_needs (weighing);
  char *sentence = g_strdup_printf (_ ("None of the %u offers weighed will do: it would take %s."),
                                    weighing->n_offers, needs);

  return join (weighing->local_reason, sentence);
}

/**
 * stoker_reason_write:
 *
 * Returns: (transfer full): why the choice is what it is, in one or two sentences with figures
 */
char *
stoker_reason_write (const StokerWeighing *weighing, const StokerAdvice *advice)
{
  const StokerCandidate *chosen = stoker_advice_get_chosen (advice);

  if (!weighing->requirements.needs_gpu)
    return join (weighing->requirements.vram_reason,
                 g_strdup (_ ("The CPU of this machine will do.")));
  if (chosen == NULL)
    return write_nothing (weighing, advice);
  if (chosen->is_local)
    return write_local (weighing, chosen);

  return write_remote (weighing, advice, chosen);
}
