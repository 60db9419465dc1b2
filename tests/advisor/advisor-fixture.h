/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advisor.h"

G_BEGIN_DECLS

/* The providers of tests/advisor/catalog, whose prices are round so that results can be worked out
 * by hand. */
typedef struct
{
  StokerCatalog *catalog;
  StokerOfferTable *offers; /* list prices of every profile but this machine and own hardware */
  StokerGpuSpecs *specs;
  GPtrArray *providers; /* of StokerProvider, empty at first */
  StokerLocalSnapshot *local;
  StokerWorkload *workload;
} Fixture;

#define FIXTURE_NOW_US (G_GINT64_CONSTANT (1795219200) * G_USEC_PER_SEC) /* 2026-11-21 */

void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);

StokerWorkload *fixture_make_workload (const char *json);
void fixture_set_workload (Fixture *fixture, const char *json);
void fixture_set_gpu (Fixture *fixture, const char *name, double vram_gb, double load_percent);
StokerProvider *fixture_import (Fixture *fixture, const char *json);
StokerProvider *fixture_register (Fixture *fixture, const char *profile, int priority);
const StokerOffer *
fixture_find_offer (Fixture *fixture, const char *provider, const char *plan, const char *what);
StokerAdvisorInput fixture_get_input (Fixture *fixture);
StokerAdvice *fixture_advise (Fixture *fixture);
const StokerCandidate *
fixture_find_candidate (const StokerAdvice *advice, const char *provider, const char *plan);
const StokerRejection *
fixture_find_rejection (const StokerAdvice *advice, const char *provider, const char *group);
gboolean fixture_has_text (GPtrArray *texts, const char *part);
void fixture_set_small (Fixture *fixture, const char *more);
void fixture_assert_chosen (const StokerAdvice *advice,
                            StokerChoice choice,
                            const char *id,
                            const char *plan);
void fixture_assert_money (StokerMoney money, const char *decimal);
const StokerEstimateItem *fixture_find_item (const StokerEstimate *estimate, const char *label);

G_END_DECLS
