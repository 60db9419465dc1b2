/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-overview-phrases.h"

#include "stoker-job-phrases.h"
#include "stoker-phrases.h"

#include <glib/gi18n-lib.h>

#define MINUTE_S 60

/**
 * stoker_phrase_sum:
 * @sum: a sum
 *
 * Returns: (transfer full): its figure in the first currency, "$1.20" or "unknown"
 */
char *
stoker_phrase_sum (const StokerSum *sum)
{
  return stoker_phrase_money (stoker_sum_get_main (sum));
}

/**
 * stoker_phrase_sum_caption:
 * @sum: a sum
 * @period: what it is for, "today"
 *
 * Returns: (transfer full): what stands under the figure: "today", "at least, today" when some of
 * it is unknown, and what there is in other currencies
 */
char *
stoker_phrase_sum_caption (const StokerSum *sum, const char *period)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 1; i < sum->n_amounts; i++)
    {
      g_autofree char *amount = stoker_money_format (sum->amounts[i]);

      g_string_append_printf (text, "+ %s ", amount);
    }
  if (sum->n_unknown > 0 && sum->n_amounts > 0)
    /* Translators: the period is "today", "this month" or "an hour"; a figure stands above. */
    g_string_append_printf (text, _ ("at least, %s"), period);
  else
    g_string_append (text, period);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * stoker_phrase_running:
 * @cost: what runs
 *
 * Returns: (transfer full): "running", or "running, 2 waiting"
 */
char *
stoker_phrase_running (const StokerRunningCost *cost)
{
  if (cost->n_waiting == 0)
    return g_strdup (_ ("running"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "running, %u waiting",
                                       "running, %u waiting", cost->n_waiting),
                          cost->n_waiting);
}

/* "$1.20", "at least $1.20" or "unknown". */
static char *
tell_bound (const StokerSum *sum)
{
  g_autofree char *figure = stoker_phrase_sum (sum);

  if (sum->n_unknown > 0 && sum->n_amounts > 0)
    return g_strdup_printf (_ ("at least %s"), figure);
  return g_steal_pointer (&figure);
}

/**
 * stoker_phrase_burn:
 * @cost: what runs
 *
 * Returns: (transfer full): "$0.34/h now"
 */
char *
stoker_phrase_burn (const StokerRunningCost *cost)
{
  g_autofree char *figure = NULL;

  if (!stoker_sum_get_main (&cost->per_hour).is_known)
    return g_strdup (_ ("Hourly cost unknown"));
  figure = tell_bound (&cost->per_hour);
  return g_strdup_printf (_ ("%s/h now"), figure);
}

/**
 * stoker_phrase_spent:
 * @sum: what was spent today
 * @budget: the budget for a day, or unknown for none
 *
 * Returns: (transfer full): "$1.20 today", or "$1.20 of $5.00 today"
 */
char *
stoker_phrase_spent (const StokerSum *sum, StokerMoney budget)
{
  g_autofree char *figure = NULL;
  g_autofree char *limit = stoker_phrase_money (budget);

  if (!stoker_sum_get_main (sum).is_known)
    return g_strdup (_ ("Spend today unknown"));
  figure = tell_bound (sum);
  if (budget.is_known)
    return g_strdup_printf (_ ("%s of %s today"), figure, limit);
  return g_strdup_printf (_ ("%s today"), figure);
}

static const char *
get_budget_text (StokerBudgetPeriod period, StokerBudgetStanding standing)
{
  gboolean is_day = period == STOKER_BUDGET_DAY;

  switch (standing)
    {
    case STOKER_BUDGET_WITHIN:
      return is_day ? _ ("of %s today") : _ ("of %s this month");
    case STOKER_BUDGET_NEARLY_USED:
      return is_day ? _ ("of %s today, nearly used") : _ ("of %s this month, nearly used");
    case STOKER_BUDGET_USED:
      return is_day ? _ ("of %s today, used up") : _ ("of %s this month, used up");
    case STOKER_BUDGET_UNSET:
    default:
      return NULL;
    }
}

/**
 * stoker_phrase_budget:
 * @period: a day or a month
 * @budget: its budget, or unknown for none
 * @spent: what was spent in it
 *
 * Returns: (transfer full): what a figure is of: "today", "of $5.00 today", "of $5.00 today, used
 * up"
 */
char *
stoker_phrase_budget (StokerBudgetPeriod period, StokerMoney budget, const StokerSum *spent)
{
  const char *text = get_budget_text (period, stoker_spending_budget_judge (budget, spent));
  g_autofree char *limit = stoker_phrase_money (budget);
  g_auto (GStrv) parts = NULL;

  if (text == NULL)
    return g_strdup (period == STOKER_BUDGET_DAY ? _ ("today") : _ ("this month"));
  parts = g_strsplit (text, "%s", 2);
  return g_strjoinv (limit, parts);
}

/**
 * stoker_phrase_budget_class:
 * @budget: a budget, or unknown for none
 * @spent: what was spent of it
 *
 * Returns: (transfer none) (nullable): style class of what was spent
 */
const char *
stoker_phrase_budget_class (StokerMoney budget, const StokerSum *spent)
{
  switch (stoker_spending_budget_judge (budget, spent))
    {
    case STOKER_BUDGET_NEARLY_USED:
      return "warning";
    case STOKER_BUDGET_USED:
      return "error";
    case STOKER_BUDGET_UNSET:
    case STOKER_BUDGET_WITHIN:
    default:
      return NULL;
    }
}

/**
 * stoker_phrase_days:
 * @summary: the sums of a month
 *
 * Returns: (transfer full): the days on which something was spent, for who does not see the chart:
 * "Spend by day: 3rd: $1.20, 7th: $0.40"
 */
char *
stoker_phrase_days (const StokerSpendingSummary *summary)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < summary->n_days; i++)
    {
      StokerMoney amount = stoker_sum_get_main (&summary->days[i]);
      g_autofree char *figure = stoker_phrase_money (amount);

      if (amount.is_known && amount.nanos == 0)
        continue;
      if (text->len > 0)
        g_string_append (text, ", ");
      /* Translators: a day of the month and what was spent on it. */
      g_string_append_printf (text, _ ("day %u: %s"), i + 1, figure);
    }
  if (text->len == 0)
    return g_strdup (_ ("Nothing was spent this month"));
  return g_strdup_printf (_ ("Spend this month by day: %s"), text->str);
}

/**
 * stoker_phrase_elapsed:
 * @job: a job that runs
 * @now_us: the time it is
 *
 * Returns: (transfer full): for how long it has been running, "3 min", or waiting since it was made
 */
char *
stoker_phrase_elapsed (StokerJob *job, gint64 now_us)
{
  gint64 since_us = stoker_job_get_started (job);

  gint64 seconds;

  if (since_us == 0)
    since_us = stoker_job_get_created (job);
  seconds = MAX (now_us - since_us, 0) / G_USEC_PER_SEC;
  /* Seconds would be old before they are read. */
  if (seconds >= MINUTE_S)
    seconds -= seconds % MINUTE_S;
  return stoker_phrase_duration (seconds);
}

/**
 * stoker_phrase_running_job:
 * @job: a job that has not ended
 * @now_us: the time it is
 *
 * Returns: (transfer full): what it is doing and for how long: "Running · 4 min · 62 % · sampling"
 */
char *
stoker_phrase_running_job (StokerJob *job, gint64 now_us)
{
  double progress = stoker_job_get_progress (job);
  g_autofree char *told = stoker_phrase_job_progress (progress > 0 ? progress : -1,
                                                      stoker_job_get_stage (job));
  g_autofree char *elapsed = stoker_phrase_elapsed (job, now_us);
  const char *state = stoker_phrase_job_state (stoker_job_get_state (job));

  if (*told == '\0')
    return g_strdup_printf ("%s · %s", state, elapsed);
  return g_strdup_printf ("%s · %s · %s", state, elapsed, told);
}
