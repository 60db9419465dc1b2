/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-advice.h"

#include "stoker-cli-refresh.h"
#include "stoker-cli-text.h"
#include "stoker-price-request.h"
#include "stoker-table.h"

#include <glib/gi18n-lib.h>

static const StokerTableColumn candidate_columns[] = {
  { "#", "rank", TRUE },
  { N_ ("Where"), "where", FALSE },
  { N_ ("GPU"), "gpu", FALSE },
  { N_ ("Cost"), "cost", TRUE },
  { N_ ("Per output"), "per_output", TRUE },
  { N_ ("Ready in"), "ready_in", TRUE },
  { N_ ("Mind"), "mind", FALSE },
};

static void
print_paragraph (StokerCliContext *context, const char *text)
{
  g_autofree char *clean = stoker_cli_text_clean (text, FALSE);

  stoker_cli_context_print (context, "%s\n", clean);
}

/* "about" says that it is an estimate, "at least" that a part of it is unknown. */
static char *
describe_cost (const StokerEstimate *estimate)
{
  g_autofree char *amount = NULL;

  if (!estimate->total.is_known)
    return g_strdup (_ ("cost unknown"));

  amount = stoker_money_format (estimate->total);
  return g_strdup_printf (estimate->is_complete ? _ ("about %s") : _ ("at least %s"), amount);
}

static void
print_sentence (StokerCliContext *context, const StokerAdvice *advice)
{
  const StokerCandidate *chosen = stoker_advice_get_chosen (advice);
  g_autofree char *place = NULL;
  g_autofree char *cost = NULL;

  if (chosen == NULL)
    {
      print_paragraph (context, advice->candidates->len == 0 && advice->choice != STOKER_CHOICE_CPU
                                  ? _ ("Nothing known can run it.")
                                  : _ ("Run it on this machine's processor."));
      return;
    }

  place = stoker_cli_text_place (chosen);
  cost = describe_cost (chosen->estimate);
  if (chosen->is_local)
    stoker_cli_context_print (context, _ ("Run it here: %s: %s.\n"), place, cost);
  else
    stoker_cli_context_print (context, _ ("Run it on %s: %s.\n"), place, cost);
}

static const char *
get_first_warning (const StokerCandidate *candidate)
{
  return candidate->warnings->len > 0 ? g_ptr_array_index (candidate->warnings, 0) : "";
}

static void
add_candidate (StokerTable *table, const StokerCandidate *candidate, guint rank)
{
  const StokerPlan *plan = candidate->offer.plan;
  g_autofree char *number = g_strdup_printf ("%u", rank);
  g_autofree char *where = candidate->is_local || plan == NULL
                             ? g_strdup (candidate->name)
                             : g_strdup_printf ("%s · %s", candidate->name, plan->name);
  g_autofree char *gpu = stoker_cli_text_gpu (&candidate->offer);
  g_autofree char *cost = stoker_money_format (candidate->estimate->total);
  g_autofree char *per_output = stoker_money_format (candidate->estimate->per_output);
  g_autofree char *ready = stoker_cli_text_duration (candidate->estimate->ready_s);
  gboolean is_floor = candidate->estimate->total.is_known && !candidate->estimate->is_complete;
  g_autofree char *shown_cost = g_strdup_printf ("%s%s", is_floor ? "≥ " : "", cost);
  const char *const cells[] = {
    number, where, gpu, shown_cost, per_output, ready, get_first_warning (candidate)
  };

  stoker_table_add_row (table, cells);
}

static void
print_candidates (StokerCliContext *context, const StokerAdvice *advice, guint limit)
{
  g_autoptr (StokerTable)
    table = stoker_table_new (candidate_columns, G_N_ELEMENTS (candidate_columns));
  guint shown = limit == 0 ? advice->candidates->len : MIN (limit, advice->candidates->len);
  g_autofree char *text = NULL;

  if (advice->candidates->len == 0)
    return;

  for (guint i = 0; i < shown; i++)
    add_candidate (table, g_ptr_array_index (advice->candidates, i), i + 1);

  text = stoker_table_to_text (table);
  stoker_cli_context_print (context, "\n%s", text);
  if (shown < advice->candidates->len)
    stoker_cli_context_print (context, _ ("… and %u more (--limit 0 shows all)\n"),
                              advice->candidates->len - shown);
}

static const StokerTableColumn item_columns[] = {
  { N_ ("Item"), "item", FALSE },
  { N_ ("Amount"), "amount", TRUE },
  { N_ ("How"), "how", FALSE },
  { N_ ("From"), "from", FALSE },
};

static void
add_item (StokerTable *table, const StokerEstimateItem *item, gint64 now_us)
{
  g_autofree char *amount = stoker_money_format (item->amount);
  g_autofree char *age = stoker_cli_text_age (item->as_of_us, now_us);
  g_autofree char *from = item->source != NULL ? g_strdup_printf ("%s, %s", item->source, age)
                                               : g_strdup ("");
  g_autofree char *how = g_strjoin (item->note != NULL && item->formula != NULL ? "; " : "",
                                    item->formula != NULL ? item->formula : "",
                                    item->note != NULL ? item->note : "", NULL);
  const char *const cells[] = { item->label, amount, how, from };

  stoker_table_add_row (table, cells);
}

static void
print_estimate (StokerCliContext *context,
                const StokerAdvice *advice,
                const StokerCandidate *chosen)
{
  const StokerEstimate *estimate = chosen->estimate;
  g_autoptr (StokerTable) table = stoker_table_new (item_columns, G_N_ELEMENTS (item_columns));
  g_autofree char *cost = describe_cost (estimate);
  g_autofree char *wall = stoker_cli_text_duration (estimate->wall_s);
  g_autofree char *text = NULL;

  for (guint i = 0; i < estimate->items->len; i++)
    add_item (table, g_ptr_array_index (estimate->items, i), advice->made_us);

  text = stoker_table_to_text (table);
  stoker_cli_context_print (context, _ ("\nThe estimate for %s: %s, done in %s\n"), chosen->name,
                            cost, wall);
  stoker_cli_context_print_text (context, text);
}

/* What one request there costs by its own parameters, or why it is not taken; only of what Run
 * would take: the providers that were added. */
static void
print_request_price (StokerCliContext *context,
                     const StokerAdvice *advice,
                     const StokerCandidate *chosen)
{
  g_autoptr (StokerEstimate) price = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *formula = NULL;

  if (!chosen->is_registered)
    return;
  stoker_price_request (stoker_cli_context_get_workspace (context), chosen->id, advice->workload,
                        &chosen->offer, &price, &error);
  if (error != NULL)
    stoker_cli_context_print (context, _ ("%s does not take this request: %s\n"), chosen->name,
                              error->message);
  if (price == NULL)
    return;
  amount = stoker_money_format (price->total);
  formula = stoker_price_describe (price);
  stoker_cli_context_print (context, _ ("This request costs %s: %s\n"), amount, formula);
}

static void
print_warnings (StokerCliContext *context,
                const StokerAdvice *advice,
                const StokerCandidate *chosen)
{
  if (chosen != NULL && chosen->policy_hint != NULL)
    stoker_cli_context_print (context, "\n%s\n", chosen->policy_hint);

  if (advice->warnings->len + (chosen != NULL ? chosen->warnings->len : 0) == 0)
    return;

  stoker_cli_context_print (context, "\n%s\n", _ ("Mind:"));
  for (guint i = 0; i < advice->warnings->len; i++)
    stoker_cli_context_print (context, "- %s\n",
                              (const char *) g_ptr_array_index (advice->warnings, i));
  for (guint i = 0; chosen != NULL && i < chosen->warnings->len; i++)
    stoker_cli_context_print (context, "- %s\n",
                              (const char *) g_ptr_array_index (chosen->warnings, i));
}

static const char *
get_group_word (const char *group)
{
  static const struct
  {
    const char *group;
    const char *word;
  } words[] = {
    { "vram", N_ ("too little VRAM") },        { "residency", N_ ("in the wrong region") },
    { "opt-in", N_ ("only after opting in") }, { "inactive", N_ ("switched off") },
    { "unhealthy", N_ ("not healthy") },       { "discontinued", N_ ("discontinued") },
    { "budget", N_ ("over the budget") },      { "kind", N_ ("made for something else") },
    { "price", N_ ("price unknown") },         { "spot", N_ ("may be interrupted") },
    { "unsupported", N_ ("can not do this") }, { "unavailable", N_ ("sold out") },
    { "quota", N_ ("beyond the quota") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].group, group))
      return _ (words[i].word);

  return group;
}

static void
print_rejection_counts (StokerCliContext *context, const StokerAdvice *advice)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < advice->rejected->len; i++)
    {
      const StokerRejection *rejection = g_ptr_array_index (advice->rejected, i);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, rejection->group));

      if (count == 0)
        g_ptr_array_add (groups, rejection->group);
      g_hash_table_insert (counts, rejection->group, GUINT_TO_POINTER (count + 1));
    }

  for (guint i = 0; i < groups->len; i++)
    {
      const char *group = g_ptr_array_index (groups, i);

      g_string_append_printf (text, "%s%u %s", i > 0 ? ", " : "",
                              GPOINTER_TO_UINT (g_hash_table_lookup (counts, group)),
                              get_group_word (group));
    }
  stoker_cli_context_print (context, _ ("\n%u not chosen: %s (--explain tells each)\n"),
                            advice->rejected->len, text->str);
}

static void
print_rejections (StokerCliContext *context, const StokerAdvice *advice)
{
  stoker_cli_context_print (context, _ ("\n%u not chosen:\n"), advice->rejected->len);
  for (guint i = 0; i < advice->rejected->len; i++)
    {
      const StokerRejection *rejection = g_ptr_array_index (advice->rejected, i);

      stoker_cli_context_print (context, "- %s%s%s: %s\n", rejection->name,
                                rejection->offer != NULL ? ", " : "",
                                rejection->offer != NULL ? rejection->offer : "",
                                rejection->reason);
    }
}

/**
 * stoker_cli_advice_print:
 * @limit: how many candidates; 0 for all
 * @explains: list each rejected one instead of counting them
 *
 * Prints the advice: the sentence, why, the ranking, what to mind, and how the figure came about.
 */
void
stoker_cli_advice_print (StokerCliContext *context,
                         const StokerAdvice *advice,
                         guint limit,
                         gboolean explains)
{
  const StokerCandidate *chosen = stoker_advice_get_chosen (advice);

  print_sentence (context, advice);
  print_paragraph (context, advice->reason);
  print_candidates (context, advice, limit);
  if (chosen != NULL)
    {
      print_estimate (context, advice, chosen);
      print_request_price (context, advice, chosen);
    }
  print_warnings (context, advice, chosen);
  if (advice->rejected->len > 0 && explains)
    print_rejections (context, advice);
  else if (advice->rejected->len > 0)
    print_rejection_counts (context, advice);
  if (stoker_cli_context_get_text (context, "offers") == NULL)
    stoker_cli_refresh_print_ages (context);
}
