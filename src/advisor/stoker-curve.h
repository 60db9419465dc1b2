/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advisor.h"
#include "stoker-comparison.h"

G_BEGIN_DECLS

/* Above this many outputs a month nobody looks for a break-even. */
#define STOKER_CURVE_MAX_OUTPUTS G_GINT64_CONSTANT (10000000)

/* How a candidate is paid for; the break-evens people ask for are those between two of these. */
typedef enum {
  STOKER_WAY_OWN,        /* this machine and other hardware of one's own */
  STOKER_WAY_MACHINE,    /* by the hour, while it is there */
  STOKER_WAY_SERVERLESS, /* by the second, while it works */
  STOKER_WAY_PER_OUTPUT,
  STOKER_N_WAYS,
} StokerWay;

/**
 * StokerCurve:
 *
 * What the monthly costs of all candidates of an advice have in common, worked out once: cheap
 * enough to follow a pointer. Borrows the advice.
 */
typedef struct
{
  const StokerAdvice *advice;
  StokerRequirements requirements;
  gboolean counts_jobs; /* the volume is one of jobs, not of outputs */
} StokerCurve;

/* Where the cheaper of two candidates changes. */
typedef struct
{
  const StokerCandidate *below; /* cheaper under @outputs */
  const StokerCandidate *above; /* cheaper, or as cheap, from @outputs on */
  gint64 outputs;               /* a month */
  StokerMoney cost;             /* of @above there */
  gboolean is_frontier;         /* nobody else is cheaper there */
} StokerCrossing;

/* A month in which a machine is used for the same hours every day. */
typedef struct
{
  StokerMoney used;    /* for the hours of use, and for what is kept at rest */
  StokerMoney stopped; /* more, when the hours in which it is stopped are billed like the others */
} StokerHoursCost;

void stoker_curve_init (StokerCurve *self, const StokerAdvice *advice);
void stoker_curve_clear (StokerCurve *self);
gboolean stoker_curve_count_jobs (StokerCurve *self);
StokerMoney stoker_curve_get_cost (const StokerCurve *self,
                                   const StokerCandidate *candidate,
                                   gint64 outputs_per_month);
StokerHoursCost stoker_curve_get_hours_cost (const StokerCurve *self,
                                             const StokerCandidate *candidate,
                                             double hours_a_day);

StokerWay stoker_way_of (const StokerCandidate *candidate);
GPtrArray *stoker_comparison_pick (const StokerAdvice *advice, guint limit);
GPtrArray *stoker_comparison_list_front (GPtrArray *candidates);

GArray *stoker_curve_list_crossings (const StokerAdvice *advice);
GArray *stoker_curve_list_break_evens (const StokerAdvice *advice, GPtrArray *candidates);
char *stoker_comparison_name_row (const StokerCandidate *candidate);
gint64 stoker_comparison_choose_volume (const StokerAdvice *advice, gint64 outputs_per_month);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StokerCurve, stoker_curve_clear)

G_END_DECLS
