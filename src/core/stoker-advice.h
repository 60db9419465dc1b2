/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-estimate.h"
#include "stoker-local-snapshot.h"
#include "stoker-workload.h"

G_BEGIN_DECLS

typedef enum {
  STOKER_CHOICE_GPU, /* this machine */
  STOKER_CHOICE_REMOTE,
  STOKER_CHOICE_CPU,
} StokerChoice;

/* One term of a candidate's score; the score is the sum of weight × value, lower is better. */
typedef struct
{
  const char *name; /* static: cost, time, speed, risk, priority, health, fit, preference */
  double weight;
  double value; /* 0 best … 1 worst */
} StokerScoreTerm;

/* An offer that could do it. Owns its texts and a reference on its estimate. */
typedef struct
{
  StokerOffer offer;
  char *id; /* provider id */
  char *name;
  char *service;
  gboolean is_local;
  gboolean is_registered;
  StokerEstimate *estimate;
  double score;
  GArray *terms;       /* of StokerScoreTerm */
  char *policy_hint;   /* nullable */
  char *residency;     /* tag of the region */
  GPtrArray *warnings; /* of char* */
} StokerCandidate;

typedef struct
{
  char *id; /* provider id */
  char *name;
  char *offer;  /* nullable: GPU and region, when one offer of several is meant */
  char *reason; /* one sentence */
  char *group;  /* word to group by: vram, residency, opt-in, inactive, unhealthy, discontinued,
                   budget,  spot, unavailable, quota, kind, price, unsupported */
} StokerRejection;

#define STOKER_TYPE_ADVICE (stoker_advice_get_type ())

/* The advisor's answer. Immutable once made, atomically counted. */
typedef struct _StokerAdvice StokerAdvice;
struct _StokerAdvice
{
  StokerChoice choice;
  char *reason;
  GPtrArray
    *candidates; /* of StokerCandidate, best first; the local machine among them when it can */
  int chosen;    /* index in candidates; -1: the CPU, or nothing can */
  GPtrArray *rejected;   /* of StokerRejection */
  GPtrArray *warnings;   /* of char* */
  GPtrArray *chain;      /* of char*: provider ids in the order to try, local first when able */
  JsonNode *analysis;    /* how the requirements were worked out */
  JsonNode *job_summary; /* small record for the audit log */
  StokerWorkload *workload;
  StokerOfferTable *offers; /* keeps the candidates' borrowed parts alive */
  gint64 made_us;
  StokerOfferTable *history; /* owned, nullable: prices of earlier days; nothing to be rented */

  gatomicrefcount ref_count; /*< private >*/
};

extern const char *const stoker_choice_names[];

GType stoker_advice_get_type (void) G_GNUC_CONST;
StokerAdvice *
stoker_advice_new (StokerWorkload *workload, StokerOfferTable *offers, gint64 made_us);
StokerAdvice *stoker_advice_ref (StokerAdvice *self);
void stoker_advice_unref (StokerAdvice *self);
StokerCandidate *stoker_candidate_new (const StokerOffer *offer, const char *id, const char *name);
gboolean stoker_candidate_can_run (const StokerCandidate *self);
void stoker_candidate_free (StokerCandidate *self);
StokerRejection *stoker_rejection_new (
  const char *id, const char *name, const char *offer, const char *group, const char *reason);
void stoker_rejection_free (StokerRejection *self);
const StokerCandidate *stoker_advice_get_chosen (const StokerAdvice *self);
const StokerCandidate *stoker_advice_get_remote_candidate (const StokerAdvice *self);
JsonNode *stoker_candidate_to_json (const StokerCandidate *self, gint64 now_us);
JsonNode *stoker_advice_to_json (const StokerAdvice *self, guint limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerCandidate, stoker_candidate_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerRejection, stoker_rejection_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerAdvice, stoker_advice_unref)

G_END_DECLS
