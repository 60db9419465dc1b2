/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-run.h"

#include "stoker-offer-table.h"

G_BEGIN_DECLS

/* What a finished operation says, in the words of core. */
StokerHealth *stoker_run_read_health (const StokerRun *run, gint64 now_us);
StokerOfferTable *
stoker_run_read_offers (const StokerRun *run, StokerCatalog *catalog, gint64 now_us);
StokerJobReport *stoker_run_read_job (const StokerRun *run, int fallback, GError **error);
StokerJobReport *stoker_run_read_failed_job (const StokerRun *run);
JsonNode *stoker_run_read_handle (const StokerRun *run);
double stoker_run_read_number (const StokerScope *scope, const char *name, double fallback);
StokerMoney stoker_run_read_money (const StokerScope *scope, const char *name);
GPtrArray *stoker_run_read_found_jobs (const StokerRun *run, GError **error);
gboolean stoker_run_read_outputs (const StokerRun *run, StokerJobReport *report, GError **error);

G_END_DECLS
