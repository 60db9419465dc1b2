/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-curve.h"

#include "stoker-cost-private.h"

#include <math.h>

#define HOURS_A_DAY 24
#define SECONDS_A_DAY (HOURS_A_DAY * G_GINT64_CONSTANT (3600))
#define DAYS_A_YEAR 365
#define MONTHS_A_YEAR 12

/**
 * stoker_curve_init:
 * @self: (out caller-allocates): borrows @advice
 *
 * Works out what the curves of all candidates have in common.
 */
void
stoker_curve_init (StokerCurve *self, const StokerAdvice *advice)
{
  self->advice = advice;
  self->counts_jobs = FALSE;
  stoker_requirements_init (&self->requirements, advice->workload);
}

/**
 * stoker_curve_clear:
 *
 * Frees what the curve owns.
 */
void
stoker_curve_clear (StokerCurve *self)
{
  stoker_requirements_clear (&self->requirements);
}

/**
 * stoker_curve_count_jobs:
 *
 * When the workload does not say how many outputs it makes, lets the volumes be numbers of such
 * jobs. What is paid by the output stays unknown then.
 *
 * Returns: whether jobs are counted
 */
gboolean
stoker_curve_count_jobs (StokerCurve *self)
{
  if (self->requirements.outputs <= 0)
    {
      self->requirements.outputs = 1;
      self->counts_jobs = TRUE;
    }
  return self->counts_jobs;
}

/* This machine has no start, no window and no rent: its cost grows evenly with the work. */
static StokerMoney
scale_local (const StokerCandidate *candidate, gint64 has, gint64 wanted)
{
  if (has <= 0 || wanted <= 0)
    return stoker_money_unknown ();

  return stoker_money_scale (candidate->estimate->total, wanted, has);
}

/**
 * stoker_curve_get_cost:
 * @candidate: one of the advice's
 * @outputs_per_month: how many of the workload's outputs a month, or of its jobs
 *
 * Monthly cost of a candidate at a volume, with the rules of the estimate: a batch makes the
 * month's outputs in one session, bursts come one workload at a time, and what is kept at rest is
 * added.
 *
 * Returns: the amount; unknown when the cost of an output is
 */
StokerMoney
stoker_curve_get_cost (const StokerCurve *self,
                       const StokerCandidate *candidate,
                       gint64 outputs_per_month)
{
  if (candidate->is_local)
    return scale_local (candidate, self->requirements.outputs, outputs_per_month);
  if (self->counts_jobs && !stoker_cost_is_timed (&candidate->offer))
    return stoker_money_unknown ();

  return stoker_cost_per_month (&candidate->offer, &self->requirements, self->advice->workload,
                                outputs_per_month);
}

/* Start, work and idle window of one session and the storage meanwhile. What is moved and what has
 * to be done again do not depend on the hours alone, and are left out. */
static StokerMoney
cost_session (const StokerCurve *self,
              const StokerCandidate *candidate,
              gint64 work_s,
              gint64 *billed_s)
{
  StokerRequirements requirements = self->requirements;
  StokerCostFrame frame;
  StokerCost cost;
  StokerMoney sum;

  requirements.vram_reason = NULL;
  requirements.work_s = work_s;
  requirements.upload_gb = 0;
  requirements.download_gb = 0;
  stoker_cost_frame_init (&frame, candidate->offer.plan, &requirements, self->advice->workload);
  stoker_cost_init (&cost, &frame, &candidate->offer, self->advice->workload);
  *billed_s = frame.billed_s;

  sum = cost.lines[STOKER_COST_COMPUTE].amount;
  for (int kind = STOKER_COST_START; kind <= STOKER_COST_STORAGE; kind++)
    if (cost.lines[kind].is_present && cost.lines[kind].amount.is_known)
      sum = stoker_money_add (sum, cost.lines[kind].amount);
  return sum;
}

static StokerMoney
each_day (StokerMoney amount)
{
  return stoker_money_scale (amount, DAYS_A_YEAR, MONTHS_A_YEAR);
}

static StokerMoney
keep_stopped (const StokerCandidate *candidate, gint64 seconds)
{
  gint64 unit_s = stoker_unit_get_seconds (candidate->offer.price_unit);

  if (stoker_way_of (candidate) != STOKER_WAY_MACHINE || unit_s == 0)
    return stoker_money_usd (0);
  return stoker_money_scale (candidate->offer.price, seconds, unit_s);
}

/* One session a day; one a month when there is no time between two of them. */
static StokerHoursCost
cost_days (const StokerCurve *self, const StokerCandidate *candidate, gint64 work_s)
{
  StokerHoursCost cost = { .stopped = stoker_money_usd (0) };
  gint64 billed_s = 0;

  cost.used = cost_session (self, candidate, work_s, &billed_s);
  if (billed_s >= SECONDS_A_DAY)
    {
      cost.used = cost_session (self, candidate, STOKER_MONTH_S, &billed_s);
      return cost;
    }
  cost.used = each_day (cost.used);
  cost.stopped = each_day (keep_stopped (candidate, SECONDS_A_DAY - billed_s));
  return cost;
}

/**
 * stoker_curve_get_hours_cost:
 * @candidate: one of the advice's that is paid by time
 * @hours_a_day: of work, 0 to 24
 *
 * Cost of a month of 365 ÷ 12 days in which the candidate works for some hours a day and is stopped
 * for the rest. Every day has its start and its idle window, rounded up like any session; when they
 * leave no time between two days it is never stopped. What is kept at rest is added for the whole
 * month; what is moved and what interruptions cost are left out.
 *
 * Returns: the costs; unknown when the price of computing is, or it is paid by the output
 */
StokerHoursCost
stoker_curve_get_hours_cost (const StokerCurve *self,
                             const StokerCandidate *candidate,
                             double hours_a_day)
{
  gint64 work_s = (gint64) ceil (CLAMP (hours_a_day, 0, HOURS_A_DAY) * 3600);
  StokerHoursCost cost = { .used = stoker_money_unknown (), .stopped = stoker_money_unknown () };
  StokerCostFrame frame;
  StokerMoney at_rest;

  if (!stoker_cost_is_timed (&candidate->offer))
    return cost;
  if (candidate->is_local)
    {
      cost.used = each_day (scale_local (candidate, self->requirements.work_s, MAX (work_s, 1)));
      cost.stopped = stoker_money_usd (0);
      return cost;
    }
  cost = work_s > 0 ? cost_days (self, candidate, work_s)
                    : (StokerHoursCost){ stoker_money_usd (0),
                                         each_day (keep_stopped (candidate, SECONDS_A_DAY)) };
  stoker_cost_frame_init (&frame, candidate->offer.plan, &self->requirements,
                          self->advice->workload);
  at_rest = stoker_cost_frame_get_at_rest (&frame);
  if (at_rest.is_known && at_rest.nanos > 0)
    cost.used = stoker_money_add (cost.used, at_rest);
  return cost;
}
