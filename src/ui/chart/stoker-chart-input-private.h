/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-chart-area.h"

G_BEGIN_DECLS

void stoker_chart_input_attach (StokerChartArea *area);

G_END_DECLS
