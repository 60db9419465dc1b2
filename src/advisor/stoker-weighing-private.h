/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advisor.h"
#include "stoker-cost-private.h"

G_BEGIN_DECLS

/* A card sold as 24 GB reports 23.99: that much less is still enough. */
#define STOKER_VRAM_TOLERANCE_GB 0.5

/* What can be in the way, in the order of the questions: the further one gets, the nearer it was.
 */
typedef enum {
  STOKER_HURDLE_DISCONTINUED,
  STOKER_HURDLE_INACTIVE,
  STOKER_HURDLE_UNHEALTHY,
  STOKER_HURDLE_REHEARSAL,
  STOKER_HURDLE_OPT_IN,
  STOKER_HURDLE_UNREGISTERED,
  STOKER_HURDLE_NO_OFFER,
  STOKER_HURDLE_SPOT,
  STOKER_HURDLE_OUTPUT,
  STOKER_HURDLE_NO_GPU,
  STOKER_HURDLE_GPU_COUNT,
  STOKER_HURDLE_VRAM,
  STOKER_HURDLE_REGION,
  STOKER_HURDLE_RESIDENCY,
  STOKER_HURDLE_BUDGET,
  STOKER_HURDLE_QUOTA,
  STOKER_HURDLE_UNAVAILABLE,
  STOKER_HURDLE_NONE,
} StokerHurdle;

/* Somebody who offers: a registered provider, or a profile of the catalog nobody registered. */
typedef struct
{
  const char *id;               /* interned */
  const StokerProfile *profile; /* borrowed, nullable */
  StokerProvider *provider;     /* borrowed, nullable: not registered */
  const char *region;           /* interned, nullable: the one its entry is set to */
  double vram_gb;               /* its entry's own figure; -1 not told */
  StokerHurdle hurdle;
  gboolean is_preferred;
  guint n_offers;
} StokerSource;

/* One plan of a source with the best of its offers, or the one that came nearest. */
typedef struct
{
  StokerSource *source; /* borrowed */
  StokerCostFrame frame;
  StokerHurdle hurdle; /* of the plan as a whole */
  gboolean is_told;    /* the provider itself said what there is where it would run */
  gboolean has_best;
  StokerOffer best;
  StokerCost best_cost;
  StokerHurdle nearest_hurdle;
  StokerOffer nearest;
  StokerMoney nearest_total;
  guint n_rejected;
} StokerLot;

/* Everything one piece of advice is made from. */
typedef struct
{
  const StokerAdvisorInput *input;
  StokerWorkload *workload; /* borrowed */
  StokerRequirements requirements;
  StokerMode mode;
  GHashTable *sources; /* owned: interned id → StokerSource */
  GHashTable *lots;    /* owned: StokerLot as a set over source and plan */
  GHashTable *speeds;  /* owned: interned GPU name → StokerGpuSpec, nullable */
  GHashTable
    *residency; /* owned: (profile, region) are few: region → interned tag, per last profile */
  const StokerProfile *residency_profile;
  StokerLot *last_lot;
  guint n_offers;
  char *local_reason; /* owned, nullable: why this machine does not do it */
} StokerWeighing;

void stoker_weighing_init (StokerWeighing *self, const StokerAdvisorInput *input);
void stoker_weighing_clear (StokerWeighing *self);
void stoker_weighing_weigh (StokerWeighing *self);

StokerSource *
stoker_source_new (const StokerWeighing *weighing, const char *id, const StokerProfile *profile);
void stoker_source_free (StokerSource *self);
const char *stoker_source_get_name (const StokerSource *self);
gboolean stoker_source_is_abroad (const StokerSource *self, const StokerOffer *offer);
gboolean stoker_source_is_elsewhere (const StokerSource *self, const StokerOffer *offer);
const char *stoker_source_get_region (const StokerSource *self, const StokerOffer *offer);
char *stoker_source_get_policy_hint (const StokerSource *self, const char *workload_type);
gboolean stoker_source_make_offer (const StokerSource *self, StokerOffer *offer);

StokerLot *
stoker_lot_new (const StokerWeighing *weighing, StokerSource *source, const StokerPlan *plan);
void stoker_lot_take (StokerLot *self, StokerWeighing *weighing, const StokerOffer *offer);
gboolean stoker_lot_lacks_better (const StokerLot *self, StokerWeighing *weighing);
const char *stoker_weighing_get_residency (StokerWeighing *self,
                                           const StokerProfile *profile,
                                           const char *region);
double stoker_weighing_get_speed (StokerWeighing *self, const char *gpu);

const char *stoker_hurdle_get_group (StokerHurdle hurdle);
char *stoker_hurdle_explain_source (const StokerWeighing *weighing, const StokerSource *source);
char *stoker_hurdle_explain_lot (const StokerWeighing *weighing, const StokerLot *lot);

void stoker_shortlist_add_remote (StokerWeighing *weighing, StokerAdvice *advice);
void stoker_shortlist_add_local (StokerWeighing *weighing, StokerAdvice *advice);
void stoker_warn_candidate (StokerWeighing *weighing,
                            const StokerSource *source,
                            StokerCandidate *candidate);

/* The words of the mode in use, and the score's weights for it. */
void stoker_score_candidates (StokerWeighing *weighing, StokerAdvice *advice);
gboolean stoker_score_is_late (const StokerWeighing *weighing, const StokerCandidate *candidate);
const char *stoker_score_get_currency (const StokerWorkload *workload);

char *stoker_reason_write (const StokerWeighing *weighing, const StokerAdvice *advice);
JsonNode *stoker_record_analysis (StokerWeighing *weighing, const StokerAdvice *advice);
JsonNode *stoker_record_summary (const StokerWeighing *weighing, const StokerAdvice *advice);
GPtrArray *stoker_list_licences (const StokerWorkload *workload);

G_END_DECLS
