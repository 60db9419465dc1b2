/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"
#include "stoker-provider.h"

G_BEGIN_DECLS

/* How an advice reads. Pure: no widget, no clock, no display. */

char *stoker_phrase_candidate (const StokerCandidate *candidate);
char *stoker_phrase_candidate_facts (const StokerCandidate *candidate);
gboolean stoker_phrase_is_risky (const StokerCandidate *candidate);
char *stoker_phrase_score_terms (GArray *terms);
char *stoker_phrase_score (const StokerCandidate *candidate);
const char *stoker_phrase_risk (const StokerCandidate *candidate);
char *stoker_phrase_advice_title (const StokerAdvice *advice);
char *stoker_phrase_advice_facts (const StokerAdvice *advice);
char *stoker_phrase_advice_short (const StokerAdvice *advice);
char *stoker_phrase_request_price (const StokerEstimate *price);
char *stoker_phrase_run_button (const StokerCandidate *candidate, const StokerEstimate *price);
char *stoker_phrase_run_obstacle (const StokerCandidate *candidate,
                                  StokerProvider *provider,
                                  gboolean is_allowed);
char *stoker_phrase_run_detour (const char *obstacle, const StokerCandidate *candidate);
const char *stoker_phrase_rejection_group (const char *group);

G_END_DECLS
