/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-comparison.h"

G_BEGIN_DECLS

/* Above this many outputs a month nobody looks for a break-even. */
#define STOKER_CURVE_MAX_OUTPUTS G_GINT64_CONSTANT (10000000)

/* Where the cheaper of two candidates changes. */
typedef struct
{
  const StokerCandidate *below; /* cheaper under @outputs */
  const StokerCandidate *above; /* cheaper, or as cheap, from @outputs on */
  gint64 outputs;               /* a month */
  StokerMoney cost;             /* of @above there */
  gboolean is_frontier;         /* nobody else is cheaper there */
} StokerCrossing;

GArray *stoker_curve_list_crossings (const StokerAdvice *advice);
char *stoker_comparison_name_row (const StokerCandidate *candidate);
gint64 stoker_comparison_choose_volume (const StokerAdvice *advice, gint64 outputs_per_month);

G_END_DECLS
