/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-model.h"

G_BEGIN_DECLS

/* Charts as they come from an advice: the kind decides, and so many candidates. */
StokerChartModel *chart_sample_new (StokerChartKind kind, guint n_candidates);
StokerChartModel *chart_sample_new_history (void);

G_END_DECLS
