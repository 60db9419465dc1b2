/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-operation-run.h"

#include "stoker-offer-table.h"

G_BEGIN_DECLS

/* What a finished operation says, in the words of core. */
StokerHealth *stoker_run_read_health (const StokerOperationRun *run, gint64 now_us);
StokerOfferTable *
stoker_run_read_offers (const StokerOperationRun *run, StokerCatalog *catalog, gint64 now_us);
StokerJobReport *stoker_run_read_job (const StokerOperationRun *run, int fallback, GError **error);
StokerJobReport *stoker_run_read_failed_job (const StokerOperationRun *run);
JsonNode *stoker_run_read_handle (const StokerOperationRun *run);
double stoker_run_read_number (const StokerStepContext *context, const char *name, double fallback);
StokerMoney stoker_run_read_money (const StokerStepContext *context, const char *name);
GPtrArray *stoker_run_read_found_jobs (const StokerOperationRun *run, GError **error);
gboolean
stoker_run_read_outputs (const StokerOperationRun *run, StokerJobReport *report, GError **error);

G_END_DECLS
