/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"

G_BEGIN_DECLS

/* The candidates of an advice side by side, and where their monthly costs cross. */
char *stoker_comparison_to_text (const StokerAdvice *advice, gint64 outputs_per_month);
char *stoker_comparison_to_csv (const StokerAdvice *advice, gint64 outputs_per_month);
JsonNode *stoker_comparison_to_json (const StokerAdvice *advice, gint64 outputs_per_month);

/* Monthly cost of a candidate at a volume; unknown when its cost per output is. */
StokerMoney stoker_comparison_monthly_cost (const StokerCandidate *candidate,
                                            const StokerAdvice *advice,
                                            gint64 outputs_per_month);

G_END_DECLS
