/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-advice-phrases.h"

#include "stoker-phrases.h"
#include "stoker-price-request.h"
#include "stoker-provider-phrases.h"

#include <glib/gi18n-lib.h>

/* Above this chance of being stopped within an hour people should hear of it. */
#define NOTABLE_INTERRUPTION 0.02

/* Of jobs that fail, and of the time a provider is there, in per cent. */
#define NOTABLE_FAILURE 0.02
#define GOOD_UPTIME 99.0

/**
 * stoker_phrase_candidate:
 * @candidate: an offer that could do it
 *
 * Returns: (transfer full): provider and plan, "RunPod · Serverless"
 */
char *
stoker_phrase_candidate (const StokerCandidate *candidate)
{
  const StokerPlan *plan = candidate->offer.plan;

  if (candidate->is_local)
    return g_strdup (_ ("This computer"));
  if (plan == NULL || plan->name == NULL)
    return g_strdup (candidate->name);
  return g_strdup_printf ("%s · %s", candidate->name, plan->name);
}

static void
add_hardware (GPtrArray *facts, const StokerOffer *offer)
{
  if (offer->gpu == NULL)
    {
      if (offer->output_model != NULL)
        g_ptr_array_add (facts, g_strdup (offer->output_model));
      return;
    }
  if (offer->gpus > 1)
    g_ptr_array_add (facts, g_strdup_printf ("%d × %s", offer->gpus, offer->gpu));
  else
    g_ptr_array_add (facts, g_strdup (offer->gpu));
}

static void
add_times (GPtrArray *facts, const StokerEstimate *estimate)
{
  g_autofree char *ready = NULL;
  g_autofree char *wall = NULL;

  if (estimate == NULL)
    return;
  if (estimate->ready_s >= 0)
    {
      ready = stoker_duration_format (estimate->ready_s);
      g_ptr_array_add (facts, g_strdup_printf (_ ("ready in %s"), ready));
    }
  if (estimate->wall_s >= 0)
    {
      wall = stoker_duration_format (estimate->wall_s);
      g_ptr_array_add (facts, g_strdup_printf (_ ("done in %s"), wall));
    }
}

/* How old a price is that the provider itself told. */
static void
add_live_price (GPtrArray *facts, const StokerOffer *offer)
{
  g_autofree char *ago = NULL;

  if (!offer->is_live)
    return;
  ago = stoker_phrase_ago (offer->as_of_us, g_get_real_time ());
  g_ptr_array_add (facts, g_strdup_printf (_ ("price asked %s"), ago));
}

static void
add_residency (GPtrArray *facts, const StokerCandidate *candidate)
{
  g_autofree char *place = NULL;

  if (candidate->is_local)
    {
      g_ptr_array_add (facts, g_strdup (_ ("nothing leaves this computer")));
      return;
    }
  place = stoker_phrase_residency (candidate->residency);
  if (place != NULL)
    g_ptr_array_add (facts, g_strdup_printf (_ ("stays in %s"), place));
}

static char *
join_facts (GPtrArray *facts)
{
  g_ptr_array_add (facts, NULL);
  return g_strjoinv (" · ", (char **) facts->pdata);
}

/**
 * stoker_phrase_candidate_facts:
 * @candidate: an offer that could do it
 *
 * Returns: (transfer full): hardware, times and place, without the cost: a row has that in a column
 * of its own
 */
char *
stoker_phrase_candidate_facts (const StokerCandidate *candidate)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_free);

  add_hardware (facts, &candidate->offer);
  add_times (facts, candidate->estimate);
  add_residency (facts, candidate);
  add_live_price (facts, &candidate->offer);
  return join_facts (facts);
}

/**
 * stoker_phrase_is_risky:
 * @candidate: an offer that could do it
 *
 * Returns: whether it may be taken away while it works
 */
gboolean
stoker_phrase_is_risky (const StokerCandidate *candidate)
{
  const StokerPlan *plan = candidate->offer.plan;

  return plan != NULL &&
         (plan->kind == STOKER_PLAN_SPOT ||
          (plan->interruption.is_known && plan->interruption.per_hour >= NOTABLE_INTERRUPTION));
}

/**
 * stoker_phrase_risk:
 * @candidate: an offer that could do it
 *
 * Returns: (transfer none) (nullable): what may go wrong, in two words; %NULL for this computer
 */
const char *
stoker_phrase_risk (const StokerCandidate *candidate)
{
  const StokerProfile *profile = candidate->offer.profile;

  if (candidate->is_local || candidate->offer.plan == NULL)
    return NULL;
  if (stoker_phrase_is_risky (candidate))
    return _ ("may vanish");
  if (profile == NULL || (profile->uptime_percent < 0 && profile->failure_rate < 0))
    return _ ("risk unknown");
  if (profile->opt_in_warning != NULL || profile->failure_rate > NOTABLE_FAILURE ||
      (profile->uptime_percent >= 0 && profile->uptime_percent < GOOD_UPTIME))
    return _ ("some risk");
  return _ ("low risk");
}

static const char *
get_term_title (const char *name)
{
  static const struct
  {
    const char *name;
    const char *title;
  } titles[] = {
    { "cost", N_ ("Cost") },         { "time", N_ ("Time") },
    { "speed", N_ ("Speed") },       { "risk", N_ ("Risk") },
    { "priority", N_ ("Priority") }, { "health", N_ ("Health") },
    { "fit", N_ ("Fit") },           { "preference", N_ ("Preference") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].name, name))
      return g_dgettext (GETTEXT_PACKAGE, titles[i].title);
  return name;
}

/**
 * stoker_phrase_score_terms:
 * @terms: (element-type StokerScoreTerm): terms of a score
 *
 * Returns: (transfer full): what each adds, "Cost 0.12, Time 0.08"
 */
char *
stoker_phrase_score_terms (GArray *terms)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < terms->len; i++)
    {
      const StokerScoreTerm *term = &g_array_index (terms, StokerScoreTerm, i);

      g_string_append_printf (text, "%s%s %.2f", text->len > 0 ? ", " : "",
                              get_term_title (term->name), term->weight * term->value);
    }
  if (text->len == 0)
    return g_strdup (_ ("Nothing speaks against it"));
  return g_strdup_printf (_ ("Against it: %s"), text->str);
}

/**
 * stoker_phrase_score:
 * @candidate: an offer that could do it
 *
 * Returns: (transfer full): how its score came about, a line for each term
 */
char *
stoker_phrase_score (const StokerCandidate *candidate)
{
  g_autoptr (GString) text = g_string_new (_ ("The lowest score comes first."));

  for (guint i = 0; candidate->terms != NULL && i < candidate->terms->len; i++)
    {
      const StokerScoreTerm *term = &g_array_index (candidate->terms, StokerScoreTerm, i);

      g_string_append_printf (text, "\n%s: %.2f × %.0f %% = %.2f", get_term_title (term->name),
                              term->value, term->weight * 100, term->weight * term->value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * stoker_phrase_advice_title:
 * @advice: an advice
 *
 * Returns: (transfer full): the page's one large sentence
 */
char *
stoker_phrase_advice_title (const StokerAdvice *advice)
{
  const StokerCandidate *chosen = stoker_advice_get_chosen (advice);

  if (advice->choice == STOKER_CHOICE_GPU)
    return g_strdup (_ ("Run it on this computer."));
  if (chosen != NULL)
    return g_strdup_printf (_ ("Run it on %s."), chosen->name);
  /* Without need for a GPU this computer is the first to try; else the choice is for want of one.
   */
  if (advice->choice == STOKER_CHOICE_CPU && advice->chain != NULL &&
      g_ptr_array_find_with_equal_func (advice->chain, STOKER_PROVIDER_LOCAL_ID, g_str_equal, NULL))
    return g_strdup (_ ("Run it on the processor of this computer."));
  return g_strdup (_ ("Nothing here can run it."));
}

/**
 * stoker_phrase_advice_facts:
 * @advice: an advice
 *
 * Returns: (transfer full) (nullable): plan, hardware, cost, times and place of the chosen one
 */
char *
stoker_phrase_advice_facts (const StokerAdvice *advice)
{
  const StokerCandidate *chosen = stoker_advice_get_chosen (advice);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_free);

  if (chosen == NULL)
    return NULL;
  if (!chosen->is_local && chosen->offer.plan != NULL && chosen->offer.plan->name != NULL)
    g_ptr_array_add (facts, g_strdup (chosen->offer.plan->name));
  add_hardware (facts, &chosen->offer);
  if (chosen->estimate != NULL)
    g_ptr_array_add (facts, stoker_phrase_about (chosen->estimate->total));
  if (chosen->estimate != NULL && chosen->estimate->per_output.is_known)
    {
      g_autofree char *each = stoker_money_format (chosen->estimate->per_output);

      g_ptr_array_add (facts, g_strdup_printf (_ ("%s each"), each));
    }
  add_times (facts, chosen->estimate);
  add_residency (facts, chosen);
  add_live_price (facts, &chosen->offer);
  return join_facts (facts);
}

/**
 * stoker_phrase_advice_short:
 * @advice: an advice
 *
 * Returns: (transfer full): the choice and its cost in a few words
 */
char *
stoker_phrase_advice_short (const StokerAdvice *advice)
{
  const StokerCandidate *chosen = stoker_advice_get_chosen (advice);
  g_autofree char *title = stoker_phrase_advice_title (advice);
  g_autofree char *cost = NULL;

  if (chosen == NULL || chosen->estimate == NULL)
    return g_steal_pointer (&title);
  cost = stoker_phrase_about (chosen->estimate->total);
  return g_strdup_printf ("%s · %s", chosen->name, cost);
}

/**
 * stoker_phrase_run_button:
 * @candidate: (nullable): what would be run
 * @price: (nullable): of the request, where it is told before it is sent
 *
 * Returns: (transfer full): what the button does and what it costs, "Run on RunPod · about $0.45"
 */
char *
stoker_phrase_run_button (const StokerCandidate *candidate, const StokerEstimate *price)
{
  g_autofree char *cost = NULL;

  if (candidate == NULL || candidate->estimate == NULL)
    return g_strdup (_ ("Run"));
  cost = price != NULL ? stoker_money_format (price->total)
                       : stoker_phrase_about (candidate->estimate->total);
  if (candidate->is_local)
    return g_strdup_printf (_ ("Run Here · %s"), cost);
  return g_strdup_printf (_ ("Run on %s · %s"), candidate->name, cost);
}

/**
 * stoker_phrase_request_price:
 * @price: of a request
 *
 * Returns: (transfer full): what this one request costs, how that was worked out and where it is
 * from
 */
char *
stoker_phrase_request_price (const StokerEstimate *price)
{
  const StokerEstimateItem *first = g_ptr_array_index (price->items, 0);
  g_autofree char *cost = stoker_money_format (price->total);
  g_autofree char *formula = stoker_price_describe (price);
  g_autofree char *age = NULL;

  if (first->source == NULL || first->as_of_us == 0)
    return g_strdup_printf (_ ("This request costs %s: %s."), cost, formula);
  age = stoker_phrase_age (first->as_of_us, g_get_real_time ());
  return g_strdup_printf (_ ("This request costs %s: %s. Price of %s (%s)."), cost, formula,
                          first->source, age);
}

/**
 * stoker_phrase_run_obstacle:
 * @candidate: (nullable): what would be run
 * @provider: (nullable): the registered provider of it
 * @is_allowed: whether live requests to it are switched on
 *
 * Returns: (transfer full) (nullable): why it cannot be run live now and what to do, or %NULL when
 * it can
 */
char *
stoker_phrase_run_obstacle (const StokerCandidate *candidate,
                            StokerProvider *provider,
                            gboolean is_allowed)
{
  if (candidate == NULL)
    return g_strdup (_ ("No provider can run it as it is."));
  if (candidate->offer.profile != NULL && !stoker_candidate_can_run (candidate))
    {
      g_autofree char *name = stoker_phrase_candidate (candidate);

      return g_strdup_printf (_ ("Stoker cannot start %s by itself."), name);
    }
  if (provider == NULL)
    return g_strdup_printf (_ ("Add %s on the Providers page to run it there."), candidate->name);
  if (!stoker_provider_get_active (provider))
    return g_strdup_printf (_ ("%s is switched off on the Providers page."),
                            stoker_phrase_provider_name (provider));
  if (!is_allowed)
    return g_strdup_printf (
      _ ("Live requests to %s are off. Allow them on its page under Providers."), candidate->name);
  return NULL;
}

/**
 * stoker_phrase_run_detour:
 * @obstacle: why the advised candidate cannot be run
 * @candidate: the one that is run in its place
 *
 * Returns: (transfer full): both in one text
 */
char *
stoker_phrase_run_detour (const char *obstacle, const StokerCandidate *candidate)
{
  g_autofree char *name = stoker_phrase_candidate (candidate);

  return g_strdup_printf (_ ("%s Run takes %s."), obstacle, name);
}

/**
 * stoker_phrase_rejection_group:
 * @group: word of a #StokerRejection
 *
 * Returns: (transfer none): heading of the group
 */
const char *
stoker_phrase_rejection_group (const char *group)
{
  static const struct
  {
    const char *id;
    const char *title;
  } groups[] = {
    { "vram", N_ ("Too little video memory") },
    { "residency", N_ ("Data would go elsewhere") },
    { "opt-in", N_ ("Needs your consent") },
    { "inactive", N_ ("Switched off") },
    { "unhealthy", N_ ("Not working") },
    { "discontinued", N_ ("Discontinued") },
    { "budget", N_ ("Over the budget") },
    { "kind", N_ ("Made for other work") },
    { "price", N_ ("Price unknown") },
    { "unsupported", N_ ("Cannot do this yet") },
    { "spot", N_ ("May vanish") },
    { "unavailable", N_ ("Nothing free") },
    { "quota", N_ ("No quota") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_strcmp0 (groups[i].id, group) == 0)
      return g_dgettext (GETTEXT_PACKAGE, groups[i].title);
  return _ ("Other reasons");
}
