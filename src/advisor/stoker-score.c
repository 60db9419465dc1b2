/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-weighing-private.h"

#include <string.h>

/*
 * How much each term counts. The terms but "preference" sum to 1, and "preference" weighs 1 alone:
 * what the user prefers comes first whatever the others say, as the first routing rules had it
 * (preference, then priority, then cost). Every value is worked out against the best candidate or
 * against a fixed scale, never against the worst, so that one more bad candidate does not move the
 * others.
 */
typedef struct
{
  double cost;
  double time;
  double speed;
  double risk;
  double priority;
  double health;
  double fit;
} Weights;

static const Weights weights[] = {
  [STOKER_MODE_COST_SAVER] = { .60, .05, .00, .10, .15, .05, .05 },
  [STOKER_MODE_BALANCED] = { .35, .20, .00, .15, .15, .05, .10 },
  [STOKER_MODE_SPEED] = { .10, .30, .40, .10, .05, .05, .00 },
};

/* A wish for latency moves this much of the weight from cost to time, one for throughput back. */
#define WISH_SHIFT .05

/* A priority of this much is in the middle between the best and the worst. */
#define MIDDLE_PRIORITY 10.0

/* Risk of a host of which nothing is told; what an interruptible plan and a risky market add. */
#define UNKNOWN_RISK .10
#define SPOT_RISK .40
#define MARKET_RISK .20

typedef struct
{
  StokerWeighing *weighing;
  double cheapest;
  double cheapest_hour;
  double shortest_s;
} Scale;

/**
 * stoker_score_get_currency:
 *
 * Returns: (transfer none): the currency amounts are compared in: the budget's, else US dollars
 */
const char *
stoker_score_get_currency (const StokerWorkload *workload)
{
  return workload->budget.is_known ? workload->budget.currency : "USD";
}

static gboolean
is_comparable (const Scale *scale, StokerMoney money)
{
  return money.is_known &&
         g_str_equal (money.currency, stoker_score_get_currency (scale->weighing->workload));
}

/* Nobody converts currencies here: such a cost is neither good nor bad. */
#define OTHER_CURRENCY_VALUE .5

static StokerMoney
get_hourly (const StokerCandidate *candidate)
{
  StokerPrice price = { .amount = candidate->offer.price, .unit = candidate->offer.price_unit };

  return stoker_price_per_hour (&price);
}

static void
take_lower (double *lowest, double value)
{
  if (value > 0 && (*lowest <= 0 || value < *lowest))
    *lowest = value;
}

static void
measure (Scale *scale, const StokerAdvice *advice)
{
  for (guint i = 0; i < advice->candidates->len; i++)
    {
      const StokerCandidate *candidate = advice->candidates->pdata[i];
      StokerMoney total = candidate->estimate->total;
      StokerMoney hourly = get_hourly (candidate);

      if (is_comparable (scale, total))
        take_lower (&scale->cheapest, stoker_money_to_double (total));
      else if (is_comparable (scale, hourly))
        take_lower (&scale->cheapest_hour, stoker_money_to_double (hourly));
      take_lower (&scale->shortest_s, (double) candidate->estimate->wall_s);
    }
}

/* 0 for nothing, one half for the best there is, towards 1 for much more. */
static double
against_best (double value, double best)
{
  return value <= 0 ? 0 : best <= 0 ? 1 : value / (value + best);
}

static double
value_cost (const Scale *scale, const StokerCandidate *candidate)
{
  StokerMoney total = candidate->estimate->total;
  StokerMoney hourly = get_hourly (candidate);

  if (is_comparable (scale, total))
    return against_best (stoker_money_to_double (total), scale->cheapest);
  if (candidate->is_local && total.is_known)
    return OTHER_CURRENCY_VALUE;
  if (is_comparable (scale, hourly))
    return against_best (stoker_money_to_double (hourly), scale->cheapest_hour);

  return 1;
}

static double
value_time (const Scale *scale, const StokerCandidate *candidate)
{
  if (candidate->estimate->wall_s < 0)
    return 1;

  return against_best ((double) candidate->estimate->wall_s, scale->shortest_s);
}

/* A coarse ratio nobody measured: good for an order in the speed mode, never for a cost. */
static double
value_speed (const Scale *scale, const StokerCandidate *candidate)
{
  double speed = stoker_weighing_get_speed (scale->weighing, candidate->offer.gpu);

  return speed < 0 ? 1 : 1 / (1 + speed);
}

static double
value_risk (const StokerCandidate *candidate)
{
  const StokerProfile *profile = candidate->offer.profile;
  double risk = stoker_cost_get_failure_rate (&candidate->offer);

  if (candidate->is_local)
    return 0;
  if (risk < 0 && profile != NULL && profile->uptime_percent >= 0)
    risk = 1 - profile->uptime_percent / 100;
  if (risk < 0)
    risk = UNKNOWN_RISK;
  if (candidate->offer.plan->kind == STOKER_PLAN_SPOT)
    risk += SPOT_RISK;
  if (profile != NULL && profile->opt_in_warning != NULL)
    risk += MARKET_RISK;

  return CLAMP (risk, 0, 1);
}

static StokerSource *
find_source (const Scale *scale, const StokerCandidate *candidate)
{
  return g_hash_table_lookup (scale->weighing->sources, candidate->offer.provider_id);
}

static double
value_priority (const Scale *scale, const StokerCandidate *candidate)
{
  const StokerSource *source = find_source (scale, candidate);
  double priority;

  if (candidate->is_local)
    return 0;
  if (source == NULL || source->provider == NULL)
    return 1;
  priority = MAX (stoker_provider_get_priority (source->provider), 0);

  return priority / (priority + MIDDLE_PRIORITY);
}

static double
value_health (const Scale *scale, const StokerCandidate *candidate)
{
  const StokerSource *source = find_source (scale, candidate);

  if (candidate->is_local)
    return 0;
  if (source == NULL || source->provider == NULL ||
      stoker_provider_get_health (source->provider) == NULL)
    return .5;

  return 0;
}

static double
value_fit (const Scale *scale, const StokerCandidate *candidate)
{
  const StokerProfile *profile = candidate->offer.profile;
  const StokerWorkload *workload = scale->weighing->workload;

  if (candidate->is_local)
    return 0;
  if (profile == NULL || (scale->weighing->requirements.needs_persistent_storage &&
                          !profile->supports_persistent_storage))
    return 1;
  if (workload->type != NULL && profile->preferred_workloads != NULL &&
      g_strv_contains ((const char *const *) profile->preferred_workloads, workload->type))
    return 0;

  return .5;
}

/* Who is preferred when nobody is named: this machine, unless speed is asked for or it is busy. */
static double
value_preference (const Scale *scale, const StokerCandidate *candidate)
{
  const StokerWeighing *weighing = scale->weighing;
  const StokerSource *source = find_source (scale, candidate);
  const char *wanted = weighing->workload->preferred_provider;

  if (wanted != NULL && candidate->is_local)
    return g_str_equal (wanted, candidate->id) ? 0 : 1;
  if (wanted != NULL)
    return source != NULL && source->is_preferred ? 0 : 1;
  if (weighing->mode == STOKER_MODE_SPEED)
    return 0;

  return candidate->is_local && weighing->local_reason == NULL ? 0 : 1;
}

static void
add_term (StokerCandidate *candidate, const char *name, double weight, double value)
{
  StokerScoreTerm term = { name, weight, value };

  if (weight <= 0)
    return;
  g_array_append_val (candidate->terms, term);
  candidate->score += weight * value;
}

static Weights
choose_weights (const StokerWeighing *weighing)
{
  Weights chosen = weights[weighing->mode];

  if (weighing->workload->wish == STOKER_WISH_NONE)
    return chosen;
  chosen.cost += weighing->workload->wish == STOKER_WISH_LATENCY ? -WISH_SHIFT : WISH_SHIFT;
  chosen.time += weighing->workload->wish == STOKER_WISH_LATENCY ? WISH_SHIFT : -WISH_SHIFT;

  return chosen;
}

static void
score (const Scale *scale, StokerCandidate *candidate)
{
  Weights chosen = choose_weights (scale->weighing);

  candidate->score = 0;
  add_term (candidate, "cost", chosen.cost, value_cost (scale, candidate));
  add_term (candidate, "time", chosen.time, value_time (scale, candidate));
  add_term (candidate, "speed", chosen.speed, value_speed (scale, candidate));
  add_term (candidate, "risk", chosen.risk, value_risk (candidate));
  add_term (candidate, "priority", chosen.priority, value_priority (scale, candidate));
  add_term (candidate, "health", chosen.health, value_health (scale, candidate));
  add_term (candidate, "fit", chosen.fit, value_fit (scale, candidate));
  add_term (candidate, "preference", 1, value_preference (scale, candidate));
}

/**
 * stoker_score_is_late:
 *
 * Returns: whether the candidate is known to miss the workload's deadline
 */
gboolean
stoker_score_is_late (const StokerWeighing *weighing, const StokerCandidate *candidate)
{
  double deadline_s = weighing->workload->deadline_minutes * 60;

  return deadline_s > 0 && (double) candidate->estimate->wall_s > deadline_s;
}

/*
 * Unknown costs are last whoever offers them, as are those in another currency; before them, what
 * would be late. The power of this machine may be paid in any currency: that alone does not send
 * work away.
 */
static int
get_class (const Scale *scale, const StokerCandidate *candidate)
{
  StokerMoney total = candidate->estimate->total;

  if (candidate->is_local ? !total.is_known : !is_comparable (scale, total))
    return 2;

  return stoker_score_is_late (scale->weighing, candidate) ? 1 : 0;
}

static int
compare_candidates (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const StokerCandidate *left = *(StokerCandidate *const *) a;
  const StokerCandidate *right = *(StokerCandidate *const *) b;
  const Scale *scale = user_data;
  int order = get_class (scale, left) - get_class (scale, right);

  if (order == 0)
    order = (left->score > right->score) - (left->score < right->score);
  if (order == 0)
    order = stoker_money_compare (left->estimate->total, right->estimate->total);
  if (order == 0)
    order = g_strcmp0 (left->id, right->id);

  return order != 0 ? order : g_strcmp0 (left->offer.plan->id, right->offer.plan->id);
}

/**
 * stoker_score_candidates:
 *
 * Scores the candidates of @advice, each with its terms, and puts the best first.
 */
void
stoker_score_candidates (StokerWeighing *weighing, StokerAdvice *advice)
{
  Scale scale = { .weighing = weighing };

  measure (&scale, advice);
  for (guint i = 0; i < advice->candidates->len; i++)
    score (&scale, advice->candidates->pdata[i]);
  g_ptr_array_sort_with_data (advice->candidates, compare_candidates, &scale);
}
