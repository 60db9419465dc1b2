/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-advice.h"

G_BEGIN_DECLS

#define STOKER_TYPE_COST_CHART (stoker_cost_chart_get_type ())

/**
 * StokerCostChart:
 *
 * The costs of the candidates of an advice as stacked bars on one scale, with a legend. To people
 * who do not see it, it is a list whose items say name, sum and parts.
 */
G_DECLARE_FINAL_TYPE (StokerCostChart, stoker_cost_chart, STOKER, COST_CHART, AdwBin)

void stoker_cost_chart_set_advice (StokerCostChart *self, StokerAdvice *advice, guint limit);

G_END_DECLS
