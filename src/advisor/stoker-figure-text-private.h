/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-price.h"

G_BEGIN_DECLS

/* How figures look inside a formula: exact, with their unit. All (transfer full). */
char *stoker_figure_money (StokerMoney money);
char *stoker_figure_rate (StokerMoney money, StokerUnit unit);
char *stoker_figure_count (gint64 count);
char *stoker_figure_seconds (gint64 seconds);
char *stoker_figure_gb (double gb);
char *stoker_figure_percent (double fraction);

G_END_DECLS
