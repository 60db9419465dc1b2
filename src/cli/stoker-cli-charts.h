/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"
#include "stoker-cli-context.h"

G_BEGIN_DECLS

/**
 * StokerCliDrawChart:
 * @chart: a name of those given beside it
 * @outputs_per_month: the volume; 0 or less: the usual one
 *
 * Draws a chart of a comparison. The command line cannot: it links nothing that draws.
 *
 * Returns: (transfer full): an SVG document
 */
typedef GBytes *(*StokerCliDrawChart) (StokerAdvice *advice,
                                       const char *chart,
                                       gint64 outputs_per_month,
                                       GError **error);

void stoker_cli_charts_set_drawer (StokerCliDrawChart draw);
gboolean stoker_cli_charts_have_drawer (void);
gboolean stoker_cli_charts_check_name (const char *chart, GError **error);
gboolean stoker_cli_charts_save (StokerCliContext *context,
                                 StokerAdvice *advice,
                                 gint64 outputs_per_month,
                                 GError **error);

G_END_DECLS
