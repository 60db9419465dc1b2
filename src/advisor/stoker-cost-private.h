/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advisor.h"

G_BEGIN_DECLS

/* Seconds of a month for prices per GB and month: 730 hours. */
#define STOKER_MONTH_S G_GINT64_CONSTANT (2628000)

/* GB are counted in millionths, so that a kilobyte is exact. */
#define STOKER_GB_PARTS G_GINT64_CONSTANT (1000000)

/* The lines an estimate can have. */
typedef enum {
  STOKER_COST_COMPUTE,
  STOKER_COST_POWER,
  STOKER_COST_START,
  STOKER_COST_IDLE,
  STOKER_COST_STORAGE,
  STOKER_COST_EGRESS,
  STOKER_COST_INGRESS,
  STOKER_COST_INTERRUPTION,
  STOKER_COST_FAILURE,
  STOKER_N_COSTS,
} StokerCostKind;

typedef struct
{
  gboolean is_present;
  StokerMoney amount;
} StokerCostLine;

/*
 * What every offer of a plan has in common for one workload: the times, and the lines that do not
 * depend on the rate. Worked out once a plan, so that weighing ten thousand offers stays cheap.
 */
typedef struct
{
  const StokerPlan *plan;
  const StokerRequirements *requirements;
  gint64 start_s;  /* billed; 0: not billed, -1: unknown */
  gint64 idle_s;   /* the same */
  gint64 billed_s; /* with start, idle window, rounding and minimum; -1 unknown */
  gint64 ready_s;
  gint64 wall_s;
  gint64 quantity_parts; /* of a plan per output, in millionths of the unit; see the unit */
  gboolean has_start;
  gboolean has_idle;
  StokerCostLine storage;
  StokerCostLine egress;
  StokerCostLine ingress;
  const StokerStorageRate *running; /* nullable */
  const StokerStorageRate *resting; /* nullable */
} StokerCostFrame;

/* The figures of one offer, without a text. */
typedef struct
{
  StokerCostLine lines[STOKER_N_COSTS];
  StokerMoney total;
  gboolean is_complete;
} StokerCost;

void stoker_cost_frame_init (StokerCostFrame *self,
                             const StokerPlan *plan,
                             const StokerRequirements *requirements,
                             const StokerWorkload *workload);
StokerMoney stoker_cost_frame_get_at_rest (const StokerCostFrame *self);
void stoker_cost_init (StokerCost *self,
                       const StokerCostFrame *frame,
                       const StokerOffer *offer,
                       const StokerWorkload *workload);
double stoker_cost_get_failure_rate (const StokerOffer *offer);
gint64 stoker_cost_count_requests (const StokerOffer *offer,
                                   const StokerRequirements *requirements);
gint64 stoker_cost_count_units (const StokerOffer *offer,
                                const StokerRequirements *requirements,
                                const StokerWorkload *workload);
gboolean stoker_cost_is_timed (const StokerOffer *offer);
gboolean stoker_cost_is_rent_free (const StokerOffer *offer);
StokerMoney stoker_cost_of_tiers (GPtrArray *tiers, double gb);
gint64 stoker_cost_to_parts (double gb);
StokerMoney stoker_cost_per_month (const StokerOffer *offer,
                                   const StokerRequirements *requirements,
                                   const StokerWorkload *workload,
                                   gint64 outputs);
double stoker_payload_get_number (const StokerWorkload *workload, const char *name);

G_END_DECLS
