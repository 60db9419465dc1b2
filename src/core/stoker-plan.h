/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-price.h"

G_BEGIN_DECLS

typedef enum {
  STOKER_PLAN_POD,
  STOKER_PLAN_SERVERLESS,
  STOKER_PLAN_SPOT,
  STOKER_PLAN_ENDPOINT,
  STOKER_PLAN_PER_OUTPUT,
  STOKER_PLAN_OWN,
} StokerPlanKind;

/* A yes-or-no fact that may be unknown. */
typedef enum {
  STOKER_TRI_UNKNOWN = -1,
  STOKER_TRI_NO = 0,
  STOKER_TRI_YES = 1,
} StokerTri;

/* How a plan is billed; -1 in a time is unknown or without meaning. */
typedef struct
{
  gint64 increment_s;
  gint64 minimum_s;
  gint64 idle_window_s;
  StokerTri starting;
  StokerTri idle;
  StokerTri stopped;
  StokerFact fact;
} StokerBilling;

/* A duration as a range; is_known is FALSE when nobody told, p95_s is -1 when only the middle is
 * known. */
typedef struct
{
  gboolean is_known;
  gint64 p50_s;
  gint64 p95_s;
  StokerFact fact;
} StokerDelay;

typedef enum {
  STOKER_STORAGE_RUNNING,
  STOKER_STORAGE_STOPPED,
  STOKER_STORAGE_ALWAYS,
} StokerStorageState;

typedef struct
{
  char *name;
  StokerStorageState state;
  StokerPrice price; /* per GB and month */
} StokerStorageRate;

/* One step of a tiered price per GB a month; up_to_gb is -1 in the last one. */
typedef struct
{
  double up_to_gb;
  StokerPrice price;
} StokerTier;

typedef struct
{
  double per_hour;      /* chance of being stopped in an hour; -1 unknown */
  double redo_fraction; /* share of the work to do again; -1 unknown */
  gboolean is_known;    /* FALSE: nothing is told of interruptions */
  StokerFact fact;
} StokerInterruption;

typedef enum {
  STOKER_OUTPUT_NONE,
  STOKER_OUTPUT_IMAGE,
  STOKER_OUTPUT_VIDEO,
  STOKER_OUTPUT_AUDIO,
} StokerOutputKind;

/* A list price of a plan. */
typedef struct
{
  char *gpu;      /* nullable: priced per output */
  double vram_gb; /* of one GPU; -1 unknown */
  int gpus;
  char *region; /* "*": any or not told */
  StokerPrice price;
  StokerOutputKind output_kind;
  char *output_model;      /* nullable */
  char *output_resolution; /* nullable */
  char *note;              /* nullable */
} StokerPlanOffer;

/* A way a provider sells. Part of a #StokerProfile and immutable like it. */
typedef struct
{
  char *id;
  char *name;
  StokerPlanKind kind;
  StokerBilling billing;
  StokerDelay cold_start;
  StokerDelay request_time;
  GPtrArray *storage; /* of StokerStorageRate */
  GPtrArray *egress;  /* of StokerTier; NULL: unknown */
  GPtrArray *ingress; /* of StokerTier; NULL: unknown */
  StokerInterruption interruption;
  GPtrArray *offers; /* of StokerPlanOffer */
} StokerPlan;

extern const char *const stoker_plan_kind_names[];
extern const char *const stoker_storage_state_names[];
extern const char *const stoker_output_kind_names[];

void stoker_plan_free (StokerPlan *self);
void stoker_storage_rate_free (StokerStorageRate *self);
void stoker_tier_free (StokerTier *self);
void stoker_plan_offer_free (StokerPlanOffer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerPlan, stoker_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerStorageRate, stoker_storage_rate_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerTier, stoker_tier_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerPlanOffer, stoker_plan_offer_free)

G_END_DECLS
