/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"

G_BEGIN_DECLS

/* How the command line puts values into words. */
char *stoker_cli_text_clean (const char *text, gboolean keeps_lines);
char *stoker_cli_text_duration (gint64 seconds);
char *stoker_cli_text_gpu (const StokerOffer *offer);
char *stoker_cli_text_vram (double vram_gb);
char *stoker_cli_text_price (const StokerOffer *offer);
char *stoker_cli_text_age (gint64 then_us, gint64 now_us);
char *stoker_cli_text_time (gint64 time_us);
const char *stoker_cli_text_plan_kind (StokerPlanKind kind);
char *stoker_cli_text_place (const StokerCandidate *candidate);

G_END_DECLS
